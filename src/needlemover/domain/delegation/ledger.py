"""The ledger: all problems in order, what was bought back so far, and all that Delegate shows."""

from datetime import date
from enum import IntEnum
from fractions import Fraction
from functools import cached_property

from msgspec import Struct

from ..calls.entry import Running
from ..numbers.returns import Return
from ..numbers.worth import Worth
from ..settings import Settings
from .deal import Verdict
from .problem import Problem, ProblemState
from .verdict import Weighing, weigh


class Totals(Struct, frozen=True):
    """What all delegated problems add up to. Money is in minor units."""

    delegated: int  # how many there are
    left_out: int  # of them are in no sum: minutes, how often or the cost are missing
    hours: Fraction  # bought back a month; one-off things give back none a month
    cost: int  # a month
    worth: int | None  # of the hours of a month; None where the worth of an hour is not known


class Part(IntEnum):
    """The parts of the ledger, in their order."""

    NOW = 0  # parked, and worth delegating now
    DELEGATED = 1
    PARKED = 2
    OVER = 3


def part_of(weighing: Weighing) -> Part:
    """In which part of the ledger it stands."""
    state = weighing.problem.state
    if state is ProblemState.PARKED:
        return Part.NOW if weighing.verdict is Verdict.NOW else Part.PARKED
    return Part.DELEGATED if state is ProblemState.DELEGATED else Part.OVER


def _place(weighing: Weighing) -> tuple[int | Fraction, ...]:
    """Where it stands in its part: by what it saves, then by its hours; of what is over, newest."""
    problem, found, part = weighing.problem, weighing.sum, part_of(weighing)
    if part is Part.OVER:
        return part, -problem.state_on.toordinal(), problem.id
    hours = weighing.workload.seconds if weighing.workload else 0
    after = -hours, problem.parked_on.toordinal(), problem.id
    if found is None or found.saving is None:
        return part, 1, *after
    return part, 0, -found.saving, *after


class ProblemsSnapshot(Struct, frozen=True, dict=True):
    """All that Delegate is worked out of."""

    today: date
    settings: Settings
    problems: tuple[Problem, ...]  # in any state, earliest first
    worth: Worth
    returns: tuple[Return, ...]  # of all activities in 90 days: what freed hours could earn
    running: Running | None = None  # the timer, which may run on one of them

    @cached_property
    def rows(self) -> tuple[Weighing, ...]:
        """What to delegate now, what is delegated, what else is parked, and what is over."""
        weighed = (weigh(item, self.worth, self.settings, self.today) for item in self.problems)
        return tuple(sorted(weighed, key=_place))

    @cached_property
    def totals(self) -> Totals:
        """The sums of what is delegated, as each part of them is told."""
        worth = self.worth.now
        delegated = [row for row in self.rows if part_of(row) is Part.DELEGATED]
        counted = [row.sum for row in delegated if row.sum is not None]
        monthly = [found for found in counted if not found.deal.is_once]
        return Totals(
            delegated=len(delegated),
            left_out=len(delegated) - len(counted),
            hours=sum((found.deal.hours for found in monthly), Fraction()),
            cost=sum(found.cost for found in monthly),
            worth=None if worth is None else sum(found.freed or 0 for found in monthly),
        )
