"""Rates: how often something succeeded, and how sure that is; and fair shares of money and time."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import inf, sqrt

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
CHANCE = 0.05  # the share of what is told that may be so by chance alone


def deviate(chance: float) -> float:
    """The normal deviate that leaves so much, 0 to 1, on both sides together."""
    from statistics import NormalDist  # it takes long to load

    return NormalDist().inv_cdf(1 - chance / 2)


LEAST_SUCCESSES = 5
WIDEST_RATIO = 3
WIDEST_POINTS = 0.30


def wilson(successes: float, trials: float) -> tuple[float, float]:
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
    effect: float = 1.0  # how many trials tell as much as one would, were each one's own

    @property
    def value(self) -> float | None:
        """The share that succeeded, 0 to 1; None without any trial."""
        return self.successes / self.trials if self.trials else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval, each end 0 to 1; None without any trial."""
        if not self.trials:
            return None
        return wilson(self.successes / self.effect, self.trials / self.effect)

    @property
    def can_be_said(self) -> bool:
        """Whether one number can be said: upper end ≤ 3 × lower and ≤ 30 points above it."""
        if self.interval is None:
            return False
        low, high = self.interval
        return high <= WIDEST_RATIO * low and high - low <= WIDEST_POINTS


def pooled(rates: Iterable[Rate]) -> Rate:
    """All of them as one, as far as its trials repeat as those of any."""
    found = [(rate.successes, rate.trials, rate.effect) for rate in rates]
    successes, trials, effects = zip(*found, strict=True) if found else ((), (), ())
    return Rate(sum(successes), sum(trials), max(effects, default=1.0))


def spread(rates: Sequence[Rate]) -> tuple[float, float]:
    """The rate of them all, and its variance where each of them may have a rate of its own.

    Source: the ratio estimator of W. G. Cochran, "Sampling Techniques", third edition (1977),
    section 6.4. Of fewer than two with trials the variance has no end.
    """
    rates, whole = [rate for rate in rates if rate.trials], pooled(rates)
    if len(rates) < 2:
        return whole.value or 0.0, inf
    share = whole.successes / whole.trials
    squares = sum((rate.successes - share * rate.trials) ** 2 for rate in rates)
    return share, squares * len(rates) / (len(rates) - 1) / whole.trials**2


def design_effect(contacts: Iterable[tuple[int, int]], whole: Rate) -> float:
    """How many trials tell as much as one would if no contact were tried twice; never below 1.

    `contacts` are successes and trials of each; what is of `whole` beside them has each its own. It
    is 1 + (m - 1)ρ, with m the trials of a contact, weighed by them, and ρ the correlation within
    contacts in these data; of many contacts, so without the factor n ÷ (n - 1).

    Source: L. Kish, "Survey Sampling" (1965), section 8.2; for a rate J. N. K. Rao and A. J. Scott,
    "A simple method for the analysis of clustered binary data", Biometrics 48 (1992), 577-585.
    """
    if not 0 < whole.successes < whole.trials:
        return 1.0
    share = whole.successes / whole.trials
    alone, reached, squares = whole.trials, whole.successes, 0.0
    for successes, trials in contacts:
        alone, reached = alone - trials, reached - successes
        squares += (successes - share * trials) ** 2
    squares += reached * (1 - share) ** 2 + (alone - reached) * share**2
    return max(1.0, squares / (whole.trials * share * (1 - share)))


class Parts(Struct, frozen=True):
    """Rates in a row, parted in two."""

    place: int  # so many belong to the first part
    first: Rate
    later: Rate

    @property
    def gap(self) -> float:
        """How far their 95 % intervals lie apart, 0 to 1; 0 where either rate cannot be said."""
        first, later = self.first.interval, self.later.interval
        if first is None or later is None:
            return 0.0
        is_said = self.first.can_be_said and self.later.can_be_said
        return is_said * max(0.0, first[0] - later[1], later[0] - first[1])


def parted(rates: Sequence[Rate]) -> Parts | None:
    """The two parts of rates in a row that lie furthest apart; None where all could be alike."""
    places = range(1, len(rates))
    parts = [Parts(place, pooled(rates[:place]), pooled(rates[place:])) for place in places]
    found = max(parts, key=lambda each: each.gap, default=None)
    return found if found is not None and found.gap else None
