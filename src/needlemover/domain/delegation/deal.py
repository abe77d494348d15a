"""What handing a problem over frees and costs, and the worth of an hour from which it is worth it.

Hours are whole minutes, as they are told. Products are rounded, half-even, to whole minor units,
and sums are added up from these, so that they come out by hand; verdicts are exact. The worth
needed is rounded up: at that worth it is really worth it.
"""

from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from msgspec import Struct

from .problem import DAYS_A_MONTH, HOUR, Cost, CostPer, Workload, whole_minutes

PAYBACK_MONTHS = 3  # the hand-over must be paid back within as many months
_FAR = 1200  # months after which no date is given


class Verdict(StrEnum):
    """Whether to hand it over."""

    NOW = "now"
    CLOSE = "close"  # worth it at the worth of the hour, but not at the lower end of its range
    SOON = "soon"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"


class Deal(Struct, frozen=True):
    """What handing it over frees and what it costs."""

    hours: Fraction  # freed a month; of a one-off thing, once
    monthly_cost: Fraction  # minor units; 0 for a one-off thing
    once_cost: Fraction  # minor units
    handover: Fraction  # hours of the owner, once
    is_once: bool

    @property
    def turning_worth(self) -> Fraction | None:
        """The worth of an hour, in minor units, from which it is worth it; None: never.

        From set-up ≤ 3 × saving, solved for the worth; a one-off thing must bring in what it costs.
        """
        if self.is_once:
            asked, over = self.once_cost, self.hours - self.handover
        else:
            asked = PAYBACK_MONTHS * self.monthly_cost + self.once_cost
            over = PAYBACK_MONTHS * self.hours - self.handover
        return asked / over if over > 0 else None

    @property
    def worth_needed(self) -> int | None:
        """The least worth of an hour, in whole minor units, at which it is worth it."""
        turning = self.turning_worth
        return None if turning is None else ceil(turning)

    def most_to_pay(self, worth: int) -> int:
        """The most that it may cost a month (a one-off thing: once), beside its one-off cost.

        From set-up ≤ 3 × saving, solved for the cost; rounded down, so that it is still worth it.
        """
        if self.is_once:
            return floor((self.hours - self.handover) * worth)
        setup = self.handover * worth + self.once_cost
        return floor(self.hours * worth - setup / PAYBACK_MONTHS)

    def is_worth_it(self, worth: int) -> bool:
        """Whether to hand it over at a worth of the hour, in minor units."""
        turning = self.turning_worth
        return turning is not None and worth >= turning


class Sum(Struct, frozen=True):
    """A deal at the worth of the hour. Money is in minor units."""

    deal: Deal
    worth: int | None  # of an hour; None: not known, and of what follows only the cost is then
    verdict: Verdict
    turns_on: date | None  # the day from which it will be worth it, as far as that can be seen
    cost: int  # a month; of a one-off thing, once
    freed: int | None = None  # what the freed hours are worth, a month; of a one-off thing, once
    handover: int | None = None  # what the hours of the hand-over are worth
    setup: int | None = None  # what it takes once: the hand-over and the one-off cost
    saving: int | None = None  # what is left of it, a month; of a one-off thing, once, set-up paid
    payback_months: Fraction | None = None  # until the set-up has come back; None: never
    payback_on: date | None = None  # about when; None: never, or not in a hundred years


def sum_of(deal: Deal, worth: int | None, since: date, verdict: Verdict, turns: date | None) -> Sum:
    """The sum of a deal; payback is counted from `since`, of a one-off thing at once or never."""
    cost = round(deal.once_cost if deal.is_once else deal.monthly_cost)
    if worth is None:
        return Sum(deal, None, verdict, turns, cost)
    freed, handover = round(deal.hours * worth), round(deal.handover * worth)
    setup = handover + round(deal.once_cost)
    saving = freed - (setup if deal.is_once else cost)
    months = Fraction(setup, saving) if saving > 0 else None
    if saving >= 0 and (deal.is_once or setup <= 0):
        months = Fraction(0)
    paid_back = None
    if months is not None and months <= _FAR:
        paid_back = since + timedelta(days=round(months * DAYS_A_MONTH))
    return Sum(
        *(deal, worth, verdict, turns, cost),
        freed=freed,
        handover=handover,
        setup=setup,
        saving=saving,
        payback_months=months,
        payback_on=paid_back,
    )


def deal_of(workload: Workload, cost: Cost, handover_seconds: int) -> Deal:
    """What handing over a workload frees and costs; a one-off thing is paid once, whatever for."""
    amount = Fraction(cost.amount)
    monthly = Fraction(0)
    if not workload.is_once and cost.per is not CostPer.ONCE:
        monthly = amount * (workload.times if cost.per is CostPer.TIME else 1)
        amount = Fraction(0)
    handover = whole_minutes(Fraction(handover_seconds, HOUR))
    return Deal(workload.hours, monthly, amount, handover, workload.is_once)


class GivenBack(Struct, frozen=True):
    """What delegating gave back so far. Money is in minor units."""

    hours: Fraction
    worth: int | None  # of these hours; None where the worth of an hour is not known
    paid: int  # so far: the costs of the months gone by, and the one-off cost
    handover: int | None  # what the hours of the hand-over were worth

    @property
    def money(self) -> int | None:
        """What is left of the worth; below 0 until the set-up is paid back."""
        if self.worth is None or self.handover is None:
            return None
        return self.worth - self.paid - self.handover


def given_back(found: Sum, since: date, today: date) -> GivenBack:
    """What a deal gave back in the days that are over; a one-off thing gives all."""
    deal, worth = found.deal, found.worth
    hours = paid = handover = Fraction(0)
    if since <= today:
        months = Fraction(1) if deal.is_once else (today - since).days / DAYS_A_MONTH
        hours, handover = whole_minutes(deal.hours * months), deal.handover
        paid = deal.monthly_cost * months + deal.once_cost
    if worth is None:
        return GivenBack(hours, None, round(paid), None)
    return GivenBack(hours, round(hours * worth), round(paid), round(handover * worth))
