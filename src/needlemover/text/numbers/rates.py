"""A rate in words: a number where the data allow one, else what it could be."""

from math import floor

from ...domain.numbers.rates import Rate
from ..format import counted

_MOST_DIGITS = 4


def rate_words(rate: Rate, of: str = "") -> str:
    """A rate as it may be told, with one of its trials: `11.7 % (11.4 to 12.0 %) of dials`.

    Else what it could be: `1 of 8 dials (could be 1 in 2 or 1 in 45)`; from 1 in 10 to above one
    half `3 of 3 (could be 4 to 10 in 10)`; `none of 8 so far (at most 1 in 3)`; `nothing to go by
    yet`.
    """
    if rate.interval is None:
        return "nothing to go by yet"
    low, high = rate.interval
    if rate.can_be_said:
        words = _percent(rate.successes / rate.trials, low, high)
        return f"{words} of {of}s" if of else words
    trials = counted(rate.trials, of) if of else f"{rate.trials:,}"
    if not rate.successes:
        return f"none of {trials} so far (at most {_at_most(high)})"
    could_be = f"{_chance(high)} or {_chance(low)}"
    if low >= 0.1 and high > 0.5:
        could_be = f"{round(low * 10)} to {round(high * 10)} in 10"
    return f"{rate.successes:,} of {trials} (could be {could_be})"


def _percent(value: float, low: float, high: float) -> str:
    if value == 1:
        return f"100 % (at least {floor(low * 1000) / 10:.1f} %)"
    digits = 0 if high - low > 0.05 else 1
    value, low, high = value * 100, low * 100, high * 100
    # What is not 0 is never told as 0, nor what is not all as all.
    while digits < _MOST_DIGITS and not 0 < round(low, digits) <= round(high, digits) < 100:
        digits += 1
    return f"{value:.{digits}f} % ({low:.{digits}f} to {high:.{digits}f} %)"


def _chance(share: float) -> str:
    """`1 in 45`, or `7 in 10` where one in two would be too little."""
    one_in = round(1 / share)
    return f"1 in {one_in:,}" if one_in > 1 else f"{round(share * 10)} in 10"


def _at_most(share: float) -> str:
    """A bound in words that is never below it."""
    one_in = floor(1 / share)
    return f"1 in {one_in:,}" if one_in > 1 else f"{-floor(-share * 10)} in 10"
