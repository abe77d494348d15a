"""Rates: how often something succeeded, and how sure that is; and fair shares of money and time."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import erfc, sqrt

from msgspec import Struct


def divide(amount: int, by: int) -> int | None:
    """Minor units or seconds shared out evenly, rounded half-even; None among nobody."""
    return round(Fraction(amount, by)) if by > 0 else None


def per_hour(amount: int, seconds: int) -> int | None:
    """Minor units an hour; None without any time."""
    return divide(amount * 3600, seconds)


def percents(parts: Sequence[int], whole: int) -> list[int]:
    """The parts in percent of a whole, rounded so that they add up; 0 where there is no whole.

    By the largest remainders (A. Hamilton, 1792): each is rounded down, and those of which most was
    cut off get what is missing to their sum.
    """
    if whole <= 0:
        return [0] * len(parts)
    found = [part * 100 // whole for part in parts]
    missing = round(Fraction(sum(parts) * 100, whole)) - sum(found)
    by_rest = sorted(range(len(parts)), key=lambda place: -(parts[place] * 100 % whole))
    for place in by_rest[:missing]:
        found[place] += 1
    return found


Z = 1.959964  # the normal deviate that leaves 2.5 % on either side


def deviate(chance: float) -> float:
    """The normal deviate that leaves so much, 0 to 1, on both sides together."""
    low, high = 0.0, 40.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if erfc(middle / sqrt(2)) > chance else (low, middle)
    return high


LEAST_SUCCESSES = 5
WIDEST_RATIO = 3
WIDEST_POINTS = 0.30


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95 % score interval of a rate, each end 0 to 1.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22 (1927), 209-212. A `ValueError` without
    trials, or with more successes than trials.
    """
    if not 0 <= successes <= trials or not trials:
        raise ValueError(f"{successes} of {trials} is not a rate")
    share, square = successes / trials, Z * Z
    middle = share + square / (2 * trials)
    reach = Z * sqrt(share * (1 - share) / trials + square / (4 * trials * trials))
    whole = 1 + square / trials
    # At the two ends the interval touches 0 or 1 exactly; rounding would leave it a hair beside.
    low = 0.0 if not successes else (middle - reach) / whole
    high = 1.0 if successes == trials else (middle + reach) / whole
    return low, high


class Rate(Struct, frozen=True):
    """How many of the trials succeeded."""

    successes: int
    trials: int

    @property
    def value(self) -> float | None:
        """The share that succeeded, 0 to 1; None without any trial."""
        return self.successes / self.trials if self.trials else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval, each end 0 to 1; None without any trial."""
        return wilson(self.successes, self.trials) if self.trials else None

    @property
    def low(self) -> float | None:
        """The lower end of the 95 % interval."""
        return self.interval[0] if self.interval else None

    @property
    def high(self) -> float | None:
        """The upper end of the 95 % interval."""
        return self.interval[1] if self.interval else None

    @property
    def can_be_said(self) -> bool:
        """Whether there is enough for a single number.

        The upper end is at most three times the lower, and 30 points above: that takes 6 successes.
        """
        if self.interval is None:
            return False
        low, high = self.interval
        return high <= WIDEST_RATIO * low and high - low <= WIDEST_POINTS


def pooled(rates: Iterable[Rate]) -> Rate:
    """All of them as one."""
    found = [(rate.successes, rate.trials) for rate in rates]
    return Rate(sum(successes for successes, _ in found), sum(trials for _, trials in found))


class Parts(Struct, frozen=True):
    """Rates in a row, parted in two."""

    place: int  # so many belong to the first part
    first: Rate
    later: Rate

    @property
    def gap(self) -> float:
        """How far their 95 % intervals lie apart, 0 to 1; 0 where either rate cannot be said."""
        if not (self.first.can_be_said and self.later.can_be_said):
            return 0.0
        low, high = wilson(self.first.successes, self.first.trials)
        later_low, later_high = wilson(self.later.successes, self.later.trials)
        return max(0.0, low - later_high, later_low - high)


def parted(rates: Sequence[Rate]) -> Parts | None:
    """The two parts of rates in a row that lie furthest apart; None where all could be alike."""
    places = range(1, len(rates))
    parts = [Parts(place, pooled(rates[:place]), pooled(rates[place:])) for place in places]
    found = max(parts, key=lambda each: each.gap, default=None)
    return found if found is not None and found.gap else None
