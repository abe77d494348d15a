"""Rates: how often something succeeded, and how sure that is."""

from math import sqrt

from msgspec import Struct

Z = 1.959964
"""The normal deviate that leaves 2.5 % on either side."""

LEAST_SUCCESSES = 5
WIDEST_RATIO = 3
WIDEST_POINTS = 0.30


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95 % score interval of a rate, each end 0 to 1.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22 (1927), 209-212.

    Raises:
        ValueError: when there are no trials, or more successes than trials.
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

        They do when the upper end is at most three times the lower one and at most 30 points above
        it; that takes more than 5 successes.
        """
        if self.interval is None:
            return False
        low, high = self.interval
        return high <= WIDEST_RATIO * low and high - low <= WIDEST_POINTS
