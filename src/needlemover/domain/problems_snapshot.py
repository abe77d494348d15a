"""The frozen facts that the Delegate view shows."""

from datetime import date

from msgspec import Struct

from .problem import Problem
from .returns import Return
from .settings import Settings
from .worth import Worth


class ProblemsSnapshot(Struct, frozen=True):
    """All that Delegate is worked out of."""

    today: date
    settings: Settings
    problems: tuple[Problem, ...]
    """In any state, earliest first."""
    worth: Worth
    returns: tuple[Return, ...]
    """Of all activities in the last 90 days, to say what freed hours could earn."""
