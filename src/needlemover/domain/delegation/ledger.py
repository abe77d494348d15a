"""The ledger: all problems in order, what was bought back so far, and all that Delegate shows."""

from datetime import date
from fractions import Fraction
from functools import cached_property

from msgspec import Struct

from ..calls.entry import Running
from ..numbers.returns import Return
from ..numbers.worth import Worth
from ..settings import Settings
from .problem import Problem, ProblemState
from .verdict import GivenBack, Weighing, weigh

_OVER = frozenset((ProblemState.DONE, ProblemState.DROPPED))


class Totals(Struct, frozen=True):
    """What all delegated problems add up to. Money is in minor units."""

    delegated: int  # how many there are
    left_out: int  # of them are in no sum: minutes, how often or the cost are missing
    hours: Fraction  # bought back a month; one-off things give back none a month
    cost: int  # a month
    worth: int | None  # of the hours of a month; None where the worth of an hour is not known
    given_back: GivenBack  # so far, one-off things too


def _place(weighing: Weighing) -> tuple[int | Fraction, ...]:
    """Where it stands: by what it saves, then by its hours; what is over, newest first."""
    problem, found = weighing.problem, weighing.sum
    if problem.state in _OVER:
        return 2, -problem.state_on.toordinal(), problem.id
    hours = weighing.workload.seconds if weighing.workload else 0
    after = -hours, problem.parked_on.toordinal(), problem.id
    if found is None or found.saving is None:
        return 1, *after
    return 0, -found.saving, *after


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
        """What saves most, a month or once; where that is not known; what is done or dropped."""
        weighed = (weigh(item, self.worth, self.settings, self.today) for item in self.problems)
        return tuple(sorted(weighed, key=_place))

    @cached_property
    def totals(self) -> Totals:
        """The sums of what is delegated, each rounded once."""
        worth = self.worth.now
        delegated = [row for row in self.rows if row.problem.state is ProblemState.DELEGATED]
        counted = [
            (row.sum.deal, row.given_back)
            for row in delegated
            if row.sum is not None and row.given_back is not None
        ]
        monthly = [deal for deal, _ in counted if not deal.is_once]
        hours = sum((deal.hours for deal in monthly), Fraction())
        given = [item for _, item in counted]
        return Totals(
            delegated=len(delegated),
            left_out=len(delegated) - len(counted),
            hours=hours,
            cost=round(sum((deal.monthly_cost for deal in monthly), Fraction())),
            worth=None if worth is None else round(hours * worth),
            given_back=GivenBack(
                sum((item.hours for item in given), Fraction()),
                None if worth is None else sum(item.worth or 0 for item in given),
                sum(item.paid for item in given),
                None if worth is None else sum(item.handover or 0 for item in given),
            ),
        )
