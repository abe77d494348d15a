"""When buyers answer: the hours and weekdays that differ from all calls by more than chance."""

from collections.abc import Iterable, Sequence
from math import ceil, exp, lgamma

from msgspec import Struct

from .rates import CHANCE, Rate, deviate, pooled

BEST = 3
POINTS = 0.10  # the difference of which it is said how many dials would show it
_FOUND = 1.0364  # the normal deviate with which 85 of 100 such differences are found
_LEAST_DIALS = 5  # an hour or weekday with fewer is not looked at


class Slot(Struct, frozen=True):
    """An hour of a weekday."""

    weekday: int  # of the local day, Monday is 0: midnight belongs to the evening before
    hour: int  # on the clock where the call was, 0 to 23
    dials: int
    conversations: int


class Stretch(Struct, frozen=True):
    """An hour of the clock on all weekdays, or a weekday with all its hours."""

    weekday: int | None
    hour: int | None
    dials: int
    conversations: int
    effect: float = 1.0  # how many dials tell as much as one would, as contacts repeat in it

    @property
    def rate(self) -> Rate:
        """How often a buyer answered."""
        return Rate(self.conversations, self.dials, self.effect)


class Slots(Struct, frozen=True):
    """All hours in which anyone was called."""

    slots: tuple[Slot, ...] = ()  # by weekday, then by hour; only those with a dial
    timeless: int = 0  # dials of which only the day is known; they are in no slot
    best: tuple[Stretch, ...] = ()  # those that stand out above, the best first; at most three
    dials_missing: int | None = None
    """Until a difference of 10 points would show; None: there is nothing to compare yet."""


def by_chance(part: Rate, whole: Rate) -> float:
    """How likely a part of the dials differs from the whole as much as it does by chance alone.

    Source: the exact test of R. A. Fisher, "The logic of inductive inference", Journal of the Royal
    Statistical Society 98 (1935), 39-82; both sides, as twice the smaller one. Of trials that
    repeat, as many count as tell something (J. N. K. Rao and A. J. Scott, see `design_effect`).
    """
    numbers = (part.trials, part.successes, whole.trials, whole.successes)
    n, k, all_n, all_k = (number / whole.effect for number in numbers)
    if k * all_n < all_k * n:
        k, all_k = n - k, all_n - all_k
    term = exp(_choose(all_k, k) + _choose(all_n - all_k, n - k) - _choose(all_n, n))
    total = 0.0
    while total + term > total:
        total += term
        term *= (all_k - k) * (n - k) / ((k + 1) * (all_n - all_k - n + k + 1))
        k += 1
    return min(1.0, 2 * total)


def _choose(n: float, k: float) -> float:
    """The logarithm of the ways to choose k of n."""
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def standing_out(parts: Sequence[Rate], whole: Rate) -> list[int]:
    """The places of the parts that differ from the whole, with at most 5 % of them named falsely.

    Source: Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", Journal of the
    Royal Statistical Society B 57 (1995), 289-300.
    """
    chances = [by_chance(part, whole) for part in parts]
    limit = max(
        (p for rank, p in enumerate(sorted(chances), 1) if p <= CHANCE * rank / len(parts)),
        default=-1.0,
    )
    return [place for place, p in enumerate(chances) if p <= limit]


def slots_of(found: Iterable[Slot], timeless: int, effect: float = 1.0) -> Slots:
    """The slots; and which hours of all weekdays, and weekdays with all hours, stand out.

    `effect` says how many dials tell as much as one would, as contacts repeat in an hour.
    """
    slots = tuple(sorted(found, key=lambda slot: (slot.weekday, slot.hour)))
    hours = [_together(slots, None, hour, effect) for hour in sorted({slot.hour for slot in slots})]
    days = [_together(slots, day, None, effect) for day in sorted({slot.weekday for slot in slots})]
    whole = pooled(item.rate for item in hours)
    parts = [item for item in hours + days if _LEAST_DIALS <= item.dials < whole.trials]
    if not parts:
        return Slots(slots, timeless)
    average = whole.successes / whole.trials
    named = [parts[place] for place in standing_out([item.rate for item in parts], whole)]
    named.sort(key=lambda item: item.conversations / item.dials, reverse=True)
    best = [item for item in named if item.conversations > average * item.dials][:BEST]
    share, missing = sum(item.dials**2 for item in hours) / whole.trials**2, None
    if share < 1:
        needed = ceil(dials_needed(average, share, len(parts)) * effect)
        missing = max(0, needed - whole.trials)
    return Slots(slots, timeless, tuple(best), missing)


def _together(slots: Iterable[Slot], day: int | None, hour: int | None, effect: float) -> Stretch:
    part = [item for item in slots if day in (None, item.weekday) and hour in (None, item.hour)]
    dials, talks = sum(item.dials for item in part), sum(item.conversations for item in part)
    return Stretch(day, hour, dials, talks, effect)


def dials_needed(rate: float, share: float, compared: int) -> int:
    """How many dials show an hour, with its `share` of them, that answers 10 points more often.

    Source: the sample size for two proportions, J. L. Fleiss, "Statistical Methods for Rates and
    Proportions", third edition (2003), section 4.2, at the level of the first of so many `compared`
    and for 85 of 100 such hours; at the rate of the two that varies more.
    """
    rate = max(rate, min(0.5, rate + POINTS))
    z = deviate(CHANCE / compared) + _FOUND
    return ceil(z * z * rate * (1 - rate) / (POINTS**2 * share * (1 - share)))
