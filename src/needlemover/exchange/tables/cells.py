"""What the cells of people's files say: lengths of time, days and times, outcomes, money."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal

from msgspec import Struct

from ...domain.calls.entry import Outcome
from ...domain.errors import WrongUsageError
from ...store.care.rules import LONGEST
from ...text.format import minor_digits, quoted
from ...text.parse.amounts import has_two_readings, parse_amount, parse_seconds
from ...text.parse.days import time_of
from ..records import FIRST_YEAR, UnreadableError

_ISO = re.compile(r"\d{4}-?\d\d-?\d\d([T ]\d.*)?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*([ap]m)?", re.IGNORECASE)
_THOUSANDS_OR_DECIMALS = re.compile(r"\D*\d{1,3}\.\d{3}\D*")
_MILLISECONDS = re.compile(r"\d{1,18}(\.0*)?")
_EPOCH = re.compile(r"\d{12,13}")
_LONGEST_NUMBER = 40
_OUTCOMES = {item.value: item for item in Outcome}


class Written(Struct, frozen=True):
    """A date as it is written, with the time of day and the zone where they are."""

    day: date
    clock: time | None = None
    zone: tzinfo | None = None


def read_seconds(text: str, *, minutes: bool = False) -> int:
    """Read a length in seconds: `261`, `0:04:21`, `4:21` (minutes and seconds), `12 min`.

    None is written: 0.
    """
    if not text:
        return 0
    if text.startswith(("-", "−")):
        raise UnreadableError(f"{quoted(text)} is a negative length of time")
    unit = "m" if minutes else "s"
    if has_two_readings(text):
        raise UnreadableError(
            f"{quoted(text)} could be thousands or decimals: write the length like 1234"
        )
    try:
        if len(text) > _LONGEST_NUMBER:
            raise ValueError
        seconds = parse_seconds(text, unit=unit, longest=None, in_file=True)
    except (WrongUsageError, ValueError):
        raise UnreadableError(f"{quoted(text)} is not a length of time") from None
    if seconds > LONGEST:
        raise UnreadableError(f"{quoted(text)} is longer than a year")
    return seconds


def read_milliseconds(text: str) -> int:
    """Read a length that is a bare number of milliseconds, or written like any other.

    Seconds come out, rounded.
    """
    bare = text.strip()
    if not _MILLISECONDS.fullmatch(bare):
        return read_seconds(bare)
    seconds = round(Decimal(bare) / 1000)
    if seconds > LONGEST:
        raise UnreadableError(f"{quoted(text)} is longer than a year")
    return seconds


LENGTHS: Mapping[str, Callable[[str], int]] = {
    "seconds": read_seconds,
    "minutes": lambda text: read_seconds(text, minutes=True),
    "milliseconds": read_milliseconds,
}
"""How a length is read, by the field that holds it."""


def read_date(text: str, date_format: str | None = None) -> Written:
    """Read a date, with its time of day and its zone where it has them.

    It is written as the format says (as for `strptime`) or as ISO 8601 does; twelve or thirteen
    digits are milliseconds since 1970 in any case.
    """
    try:
        if _EPOCH.fullmatch(text):
            found = datetime.fromtimestamp(int(text) / 1000, UTC).replace(microsecond=0)
            has_time = True
        elif date_format is not None:
            found = datetime.strptime(text, date_format)
            told = date_format.replace("%%", "")
            has_time = any(sign in told for sign in ("%H", "%I", "%c", "%X"))
        elif iso := _ISO.fullmatch(text):
            found = datetime.fromisoformat(text)
            has_time = iso[1] is not None
        else:
            raise ValueError
    except ValueError:
        if date_format is not None:
            raise UnreadableError(
                f"{quoted(text)} is not a date like {quoted(date_format)}"
            ) from None
        raise UnreadableError(
            f"{quoted(text)} is not a date like 2026-11-24: say how dates are written",
            "date format",
        ) from None
    if found.year < FIRST_YEAR:
        raise UnreadableError(f"{quoted(text)} is before the year {FIRST_YEAR}")
    return Written(found.date(), found.time() if has_time else None, found.tzinfo)


def read_time(text: str) -> time:
    """Read a time of day: `9:05`, `17:30:12`, `5:30 pm`."""
    found = _CLOCK.fullmatch(text)
    try:
        if not found:
            raise ValueError
        return time_of(found[1], found[2], found[3] or 0, found[4])
    except ValueError:
        raise UnreadableError(f"{quoted(text)} is not a time of day like 15:40") from None


def read_outcome(text: str) -> Outcome | None:
    """Read an outcome by its whole name in any case; none is written: None."""
    if not text:
        return None
    found = _OUTCOMES.get("_".join(text.casefold().replace("-", " ").split()))
    if found is None:
        raise UnreadableError(
            f"{quoted(text)} is not an outcome: say which it stands for, of {', '.join(_OUTCOMES)}",
            "outcome meaning",
        )
    return found


def read_amount(text: str, currency: str) -> int | None:
    """Read money in major units; minor units come out; none is written: None."""
    if not text:
        return None
    if minor_digits(currency) != 3 and _THOUSANDS_OR_DECIMALS.fullmatch(text):
        raise UnreadableError(
            f"{quoted(text)} could be thousands or decimals: write the amount like 1200.50"
        )
    if len(text) > _LONGEST_NUMBER:
        raise UnreadableError(f"{quoted(text)} is not an amount of money")
    try:
        return parse_amount(text, currency)
    except WrongUsageError as error:
        raise UnreadableError(str(error).rstrip(".")) from None
