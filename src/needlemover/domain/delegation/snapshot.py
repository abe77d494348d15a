"""The frozen facts that the Delegate view shows."""

from datetime import date

from msgspec import Struct

from ..calls.timer import Running
from ..numbers.returns import Return
from ..numbers.worth import Worth
from ..settings import Settings
from .ledger import Ledger, ledger_of
from .problem import Problem


class ProblemsSnapshot(Struct, frozen=True):
    """All that Delegate is worked out of."""

    today: date
    settings: Settings
    problems: tuple[Problem, ...]
    """In any state, earliest first."""
    worth: Worth
    returns: tuple[Return, ...]
    """Of all activities in the last 90 days, to say what freed hours could earn."""
    running: Running | None = None
    """The timer, which may run on one of them."""

    @property
    def ledger(self) -> Ledger:
        """All problems weighed and put in order."""
        return ledger_of(self.problems, self.worth, self.settings, self.today)
