"""Rates: how often something succeeded, how sure that is, and when too little is known to say."""

from math import floor, sqrt

from msgspec import Struct

Z = 1.959964
"""The normal deviate that leaves 2.5 % on either side."""

LEAST_SUCCESSES = 5
WIDEST_RATIO = 3
WIDEST_POINTS = 0.30

_MOST_DIGITS = 4


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95 % score interval of a rate, each end 0 to 1.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22 (1927), 209-212.

    Raises:
        ValueError: when there are no trials, or more successes than trials.
    """
    if not 0 <= successes <= trials or not trials:
        raise ValueError(f"{successes} of {trials} is no rate")
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
        """Whether the data bear a bare number.

        They do from 5 successes on, when the upper end is at most three times the lower one and
        at most 30 points above it.
        """
        if self.interval is None or self.successes < LEAST_SUCCESSES:
            return False
        low, high = self.interval
        return high <= WIDEST_RATIO * low and high - low <= WIDEST_POINTS

    @property
    def words(self) -> str:
        """The rate as it may be told: a number where the data bear one, else what it could be.

        `11.7 % (11.4 to 12.0 %)`; `1 of 8: could be 1 in 2 or 1 in 45`; above one half
        `3 of 3: could be 4 to 10 in 10`; `none so far: at most 1 in 3`; `nothing to go by yet`.
        """
        if self.interval is None:
            return "nothing to go by yet"
        low, high = self.interval
        if self.can_be_said:
            return _percent(self.successes / self.trials, low, high)
        if not self.successes:
            return f"none so far: at most {_at_most(high)}"
        counted = f"{self.successes} of {self.trials}: could be"
        if 2 * self.successes > self.trials:
            return f"{counted} {round(low * 10)} to {round(high * 10)} in 10"
        return f"{counted} {_chance(high)} or {_chance(low)}"


def _percent(value: float, low: float, high: float) -> str:
    if value == 1:
        return f"100 % (at least {floor(low * 1000) / 10:.1f} %)"
    digits = 0 if high - low > 0.05 else 1
    value, low, high = value * 100, low * 100, high * 100
    # What is not 0 is never told as 0, nor what is not all as all.
    while digits < _MOST_DIGITS and not 0 < round(low, digits) <= round(value, digits) < 100:
        digits += 1
    return f"{value:.{digits}f} % ({low:.{digits}f} to {high:.{digits}f} %)"


def _chance(share: float) -> str:
    """`1 in 45`, or `7 in 10` where one in two would be too little."""
    one_in = round(1 / share)
    return f"1 in {one_in}" if one_in > 1 else f"{round(share * 10)} in 10"


def _at_most(share: float) -> str:
    """A bound in words that is never below it."""
    one_in = floor(1 / share)
    return f"1 in {one_in}" if one_in > 1 else f"{-floor(-share * 10)} in 10"
