"""What handing a problem over frees and costs, and the worth of an hour from which it is worth it.

All sums are exact. They are rounded, half-even, to whole minor units where they are told, except
for the worth needed, which is rounded up: at that worth it is really worth it.
"""

from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from math import floor

from msgspec import Struct

from ..numbers.rates import round_up
from .problem import DAYS_A_MONTH, HOUR, Cost, CostPer, Workload

PAYBACK_MONTHS = 3
"""The hand-over must be paid back within as many months."""
_FAR = 1200
"""Months after which no date is given."""


class Verdict(StrEnum):
    """Whether to hand it over."""

    NOW = "now"
    SOON = "soon"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"


class Offer(Struct, frozen=True):
    """What handing it over frees and what it costs."""

    hours: Fraction
    """Freed a month; of a one-off thing, once."""
    monthly_cost: Fraction
    """Minor units; 0 for a one-off thing."""
    once_cost: Fraction
    """Minor units."""
    handover: Fraction
    """Hours of the owner, once."""
    is_once: bool

    @property
    def turning_worth(self) -> Fraction | None:
        """The worth of an hour, in minor units, from which it is worth it; None: never.

        From set-up ≤ 3 × saving, solved for the worth; a one-off thing must bring in what it
        costs. Breaking even counts.
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
        return None if turning is None else round_up(turning.numerator, turning.denominator)

    @property
    def is_possible(self) -> bool:
        """Whether there is any worth of an hour at which it is worth it."""
        return self.turning_worth is not None

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
    """An offer at the worth of the hour. Money is in minor units."""

    offer: Offer
    worth: int | None
    """Of an hour; None: not known, and nothing else is then."""
    since: date
    """Payback is counted from here: today, or when it was delegated."""
    verdict: Verdict
    turns_on: date | None
    """The day from which it will be worth it, as far as that can be seen."""

    @property
    def freed(self) -> int | None:
        """What the freed hours are worth, a month; of a one-off thing, once."""
        return None if self.worth is None else round(self.offer.hours * self.worth)

    @property
    def cost(self) -> int:
        """A month; of a one-off thing, once."""
        return round(self.offer.once_cost if self.offer.is_once else self.offer.monthly_cost)

    @property
    def handover(self) -> int | None:
        """What the hours of the hand-over are worth."""
        return None if self.worth is None else round(self.offer.handover * self.worth)

    @property
    def setup(self) -> int | None:
        """What it takes once: the hand-over and the one-off cost."""
        exact = self._exact
        return None if exact is None else round(exact[1])

    @property
    def saving(self) -> int | None:
        """What is left of what is freed, a month; of a one-off thing, once, set-up paid."""
        exact = self._exact
        return None if exact is None else round(exact[0])

    @property
    def saving_per_month(self) -> int | None:
        """The saving of what comes back; None for a one-off thing."""
        return None if self.offer.is_once else self.saving

    @property
    def payback_months(self) -> Fraction | None:
        """After how many months the set-up has come back; None: never.

        What a one-off thing brings comes at once, so it is 0 or never.
        """
        exact = self._exact
        if exact is None:
            return None
        saving, setup = exact
        if saving >= 0 and (self.offer.is_once or setup <= 0):
            return Fraction(0)
        return setup / saving if saving > 0 else None

    @property
    def payback_on(self) -> date | None:
        """About when the set-up has come back; None: never, or not in a hundred years."""
        months = self.payback_months
        if months is None or months > _FAR:
            return None
        return self.since + timedelta(days=round(months * DAYS_A_MONTH))

    @property
    def _exact(self) -> tuple[Fraction, Fraction] | None:
        if self.worth is None:
            return None
        setup = self.offer.handover * self.worth + self.offer.once_cost
        freed = self.offer.hours * self.worth
        paid = setup if self.offer.is_once else self.offer.monthly_cost
        return freed - paid, setup


def offer_of(workload: Workload, cost: Cost, handover_seconds: int) -> Offer:
    """What handing over a workload frees and costs.

    A one-off thing is paid once, whatever the price is said to be for.
    """
    amount = Fraction(cost.amount)
    monthly = Fraction(0)
    if not workload.is_once and cost.per is not CostPer.ONCE:
        monthly = amount * (workload.times if cost.per is CostPer.TIME else 1)
        amount = Fraction(0)
    handover = Fraction(handover_seconds, HOUR)
    return Offer(workload.hours, monthly, amount, handover, workload.is_once)
