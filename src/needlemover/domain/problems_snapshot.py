"""The frozen facts that the Delegate view shows."""

from dataclasses import dataclass
from datetime import date

from .problem import Problem
from .returns import Return
from .settings import Settings
from .worth import Worth


@dataclass(frozen=True, slots=True)
class ProblemsSnapshot:
    """All that Delegate is worked out of."""

    today: date
    settings: Settings
    problems: tuple[Problem, ...]
    """In any state, earliest first."""
    worth: Worth
    returns: tuple[Return, ...]
    """Of all activities in the last 90 days, to say what freed hours could earn."""
