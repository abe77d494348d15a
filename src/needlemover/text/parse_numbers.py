"""What people type about worth and goal: a dated worth, a rate, a date."""

import re
from datetime import date
from fractions import Fraction

from ..domain.errors import WrongUsageError
from ..domain.settings import AssumedRate, NextWorth
from .format import quoted
from .parse import parse_amount


def parse_next_worth(typed: str, currency: str) -> NextWorth:
    """Read a worth that holds from a day on: `60 from 2027-03-01`.

    Raises:
        WrongUsageError: when it is no such thing.
    """
    found = re.fullmatch(r"(.+?)\s+from\s+(\S+)", typed.strip(), re.IGNORECASE)
    if found is None:
        raise WrongUsageError(
            f"{quoted(typed)} is no worth with a day: type it like 60 from 2027-03-01."
        )
    value = parse_amount(found[1], currency)
    if value < 0:
        raise WrongUsageError("An hour is worth 0 or more: type such an amount.")
    return NextWorth(value, parse_date(found[2]))


def parse_date(typed: str) -> date:
    """Read a day that is kept: `2027-03-01`.

    Raises:
        WrongUsageError: when there is no such day.
    """
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", typed.strip()):
            raise ValueError
        day = date.fromisoformat(typed.strip())
    except ValueError:
        raise WrongUsageError(f"{quoted(typed)} is no day: type it like 2027-03-01.") from None
    if not 1900 <= day.year <= 2999:
        raise WrongUsageError(f"{quoted(typed)} is too far away: type a day from 1900 to 2999.")
    return day


def parse_rate(typed: str) -> AssumedRate:
    """Read a win rate: `1 in 20`, `5 %`, `2.5%`.

    Raises:
        WrongUsageError: when it is none, or not above 0 and at most all.
    """
    word = typed.strip().casefold()
    share = None
    if found := re.fullmatch(r"(\d{1,6})\s*(?:in|of|/)\s*(\d{1,6})", word):
        wins, conversations = int(found[1]), int(found[2])
        share = Fraction(wins, conversations) if conversations else None
    elif found := re.fullmatch(r"(\d{1,3}(?:[.,]\d{1,4})?)\s*%", word):
        share = Fraction(found[1].replace(",", ".")) / 100
    if share is None or not 0 < share <= 1:
        raise WrongUsageError(f"{quoted(typed)} is no win rate: type it like 1 in 20, or 5 %.")
    return AssumedRate(share.numerator, share.denominator)
