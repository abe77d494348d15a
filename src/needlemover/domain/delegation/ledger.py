"""The ledger: all problems in order, what was bought back so far, and all that Delegate shows."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from functools import cached_property

from msgspec import Struct

from ..calls.entry import Running
from ..numbers.returns import Return
from ..numbers.worth import Worth
from ..settings import Settings
from .problem import DAYS_A_MONTH, Problem, ProblemState
from .verdict import Weighing, weigh

_OVER = frozenset((ProblemState.DONE, ProblemState.DROPPED))


class GivenBack(Struct, frozen=True):
    """What delegating gave back so far. Money is in minor units."""

    hours: Fraction
    worth: int | None
    """Of these hours; None where the worth of an hour is not known."""
    paid: int
    """So far: the costs of the months gone by, and the one-off cost."""
    handover: int | None
    """What the hours of the hand-over were worth."""

    @property
    def money(self) -> int | None:
        """What is left of the worth; below 0 until the set-up is paid back."""
        if self.worth is None or self.handover is None:
            return None
        return self.worth - self.paid - self.handover


class LedgerRow(Struct, frozen=True):
    """A problem in the ledger."""

    weighing: Weighing
    given_back: GivenBack | None
    """Of what is delegated; None of all else, and where too little is known."""


class Totals(Struct, frozen=True):
    """What all delegated problems add up to. Money is in minor units."""

    delegated: int
    """How many there are."""
    left_out: int
    """How many of them are in no sum, because minutes, how often or the cost are missing."""
    hours: Fraction
    """Bought back a month; one-off things give back none a month."""
    cost: int
    """A month."""
    worth: int | None
    """Of the hours of a month; None where the worth of an hour is not known."""
    given_back: GivenBack
    """So far, one-off things too."""


class Ledger(Struct, frozen=True):
    """All problems, and what delegating adds up to."""

    rows: tuple[LedgerRow, ...]
    """What saves most first; then where that is not known; then what is done or dropped."""
    totals: Totals


def ledger_of(problems: Iterable[Problem], worth: Worth, settings: Settings, today: date) -> Ledger:
    """All problems, in any state, weighed and put in order.

    The money freed is what is saved a month or, of a one-off thing, once.
    """
    weighed = sorted((weigh(item, worth, settings, today) for item in problems), key=_place)
    rows = tuple(LedgerRow(item, given_back(item, today)) for item in weighed)
    return Ledger(rows, _totals(rows, worth.now))


def given_back(weighing: Weighing, today: date) -> GivenBack | None:
    """What a delegated problem gave back since then; a one-off thing gives all on its first day.

    Whole days that are over count, at 91/3 to a month; nothing counts before the day itself.
    """
    found, problem = weighing.sum, weighing.problem
    if problem.state is not ProblemState.DELEGATED or found is None:
        return None
    offer, worth = found.offer, found.worth
    hours = paid = handover = Fraction(0)
    if problem.state_on <= today:
        months = Fraction(1) if offer.is_once else (today - problem.state_on).days / DAYS_A_MONTH
        hours, handover = offer.hours * months, offer.handover
        paid = offer.monthly_cost * months + offer.once_cost
    if worth is None:
        return GivenBack(hours, None, round(paid), None)
    return GivenBack(hours, round(hours * worth), round(paid), round(handover * worth))


def _totals(rows: tuple[LedgerRow, ...], worth: int | None) -> Totals:
    """The sums of what is delegated, each rounded once."""
    delegated = [row for row in rows if row.weighing.problem.state is ProblemState.DELEGATED]
    counted = [
        (row.weighing.sum.offer, row.given_back)
        for row in delegated
        if row.weighing.sum is not None and row.given_back is not None
    ]
    monthly = [offer for offer, _ in counted if not offer.is_once]
    hours = sum((offer.hours for offer in monthly), Fraction())
    given = [item for _, item in counted]
    return Totals(
        delegated=len(delegated),
        left_out=len(delegated) - len(counted),
        hours=hours,
        cost=round(sum((offer.monthly_cost for offer in monthly), Fraction())),
        worth=None if worth is None else round(hours * worth),
        given_back=GivenBack(
            sum((item.hours for item in given), Fraction()),
            None if worth is None else sum(item.worth or 0 for item in given),
            sum(item.paid for item in given),
            None if worth is None else sum(item.handover or 0 for item in given),
        ),
    )


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
    problems: tuple[Problem, ...]
    """In any state, earliest first."""
    worth: Worth
    returns: tuple[Return, ...]
    """Of all activities in the last 90 days, to say what freed hours could earn."""
    running: Running | None = None
    """The timer, which may run on one of them."""

    @cached_property
    def ledger(self) -> Ledger:
        """All problems weighed and put in order."""
        return ledger_of(self.problems, self.worth, self.settings, self.today)
