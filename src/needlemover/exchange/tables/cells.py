"""What the cells of people's files say: lengths of time, days and times, outcomes, money."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal

from msgspec import Struct

from ...domain.calls.entry import Outcome
from ...domain.errors import NeedleError, WrongUsageError
from ...store.care.rules import LONGEST
from ...text.format import long_day, minor_digits, quoted
from ...text.parse.days import time_of
from ...text.parse.values import has_two_readings, parse_amount, parse_seconds
from ..questions import Choice, Question, QuestionsError
from ..reading import FIRST_YEAR, UnreadableError, unreadable

_ISO = re.compile(r"\d{4}-?\d\d-?\d\d([T ]\d.*)?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*([ap]m)?", re.IGNORECASE)
_THOUSANDS_OR_DECIMALS = re.compile(r"\D*\d{1,3}\.\d{3}\D*")
_MILLISECONDS = re.compile(r"\d{1,18}(\.0*)?")
_EPOCH = re.compile(r"\d{12,13}")
_DATE = re.compile(
    r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?:(,?\s+)(\d{1,2}:\d\d(:\d\d)?)(\s*)([ap]m)?)?",
    re.IGNORECASE,
)
_MONTHS = 12
_LONGEST_NUMBER = 40
_OUTCOMES = {item.value: item for item in Outcome}


class Written(Struct, frozen=True):
    """A date as it is written, with the time of day and the zone where they are."""

    day: date
    clock: time | None = None
    zone: tzinfo | None = None


def read_seconds(text: str, *, minutes: bool = False) -> int:
    """A length in seconds: `261`, `0:04:21`, `4:21` (minutes and seconds), `12 min`; empty is 0."""
    if not text:
        return 0
    if text.startswith(("-", "−")):
        raise unreadable(text, "is a negative length of time")
    unit = "m" if minutes else "s"
    if has_two_readings(text):
        raise unreadable(text, "could be thousands or decimals: write the length like 1234")
    try:
        if len(text) > _LONGEST_NUMBER:
            raise ValueError
        seconds = parse_seconds(text, unit=unit, longest=None, in_file=True)
    except (WrongUsageError, ValueError):
        raise unreadable(text, "is not a length of time") from None
    if seconds > LONGEST:
        raise unreadable(text, "is longer than a year")
    return seconds


def read_milliseconds(text: str) -> int:
    """Seconds, rounded, of a bare number of milliseconds, or of a length written like any other."""
    bare = text.strip()
    if not _MILLISECONDS.fullmatch(bare):
        return read_seconds(bare)
    seconds = round(Decimal(bare) / 1000)
    if seconds > LONGEST:
        raise unreadable(text, "is longer than a year")
    return seconds


LENGTHS: Mapping[str, Callable[[str], int]] = {  # how a length is read, by the field that holds it
    "seconds": read_seconds,
    "minutes": lambda text: read_seconds(text, minutes=True),
    "milliseconds": read_milliseconds,
}


def read_date(text: str, date_format: str | None = None) -> Written:
    """Read a date, with its time and zone where it has them, as a `strptime` format or ISO 8601.

    Twelve or thirteen digits are milliseconds since 1970 in any case.
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
            raise unreadable(text, f"is not a date like {quoted(date_format)}") from None
        why = "is not a date like 2026-11-24: say how dates are written"
        raise unreadable(text, why, "date format") from None
    if found.year < FIRST_YEAR:
        raise unreadable(text, f"is before the year {FIRST_YEAR}")
    return Written(found.date(), found.time() if has_time else None, found.tzinfo)


def read_time(text: str) -> time:
    """Read a time of day: `9:05`, `17:30:12`, `5:30 pm`."""
    found = _CLOCK.fullmatch(text)
    try:
        if not found:
            raise ValueError
        return time_of(found[1], found[2], found[3] or 0, found[4])
    except ValueError:
        raise unreadable(text, "is not a time of day like 15:40") from None


def read_outcome(text: str) -> Outcome | None:
    """Read an outcome by its whole name in any case; none is written: None."""
    if not text:
        return None
    found = _OUTCOMES.get("_".join(text.casefold().replace("-", " ").split()))
    if found is None:
        why = f"is not an outcome: say which it stands for, of {', '.join(_OUTCOMES)}"
        raise unreadable(text, why, "outcome meaning")
    return found


def read_amount(text: str, currency: str) -> int | None:
    """Read money in major units; minor units come out; none is written: None."""
    if not text:
        return None
    if minor_digits(currency) != 3 and _THOUSANDS_OR_DECIMALS.fullmatch(text):
        raise unreadable(text, "could be thousands or decimals: write the amount like 1200.50")
    if len(text) > _LONGEST_NUMBER:
        raise unreadable(text, "is not an amount of money")
    try:
        return parse_amount(text, currency)
    except WrongUsageError as error:
        raise UnreadableError(str(error).rstrip(".")) from None


class DateOrder:
    """Finds how the dates of a file are written."""

    def __init__(self) -> None:
        self._any: re.Match[str] | None = None
        self._unclear: re.Match[str] | None = None
        self._clear: dict[bool, str] = {}  # by whether the day is first, one date that must be so

    def add(self, text: str) -> None:
        """Take in one of them; what is no such date is left to the reader of the row."""
        found = _DATE.fullmatch(text.strip())
        if not found:
            return
        self._any = self._any or found
        first, second = int(found[1]), int(found[3])
        if max(first, second) > _MONTHS:
            self._clear.setdefault(first > _MONTHS, found[0])
        elif first != second:
            self._unclear = self._unclear or found

    def date_format(self) -> str | None:
        """Their format for `strptime`, None for other dates; asked where there are two."""
        if self._any is None:
            return None
        if len(self._clear) > 1:
            raise NeedleError(
                f"{quoted(self._clear[True])} has the day first and {quoted(self._clear[False])} "
                "the month: write all dates of the file in one way."
            )
        day_first, month_first = _formats(self._any)
        # With full stops nobody writes the month first.
        if True in self._clear or self._any[2] == ".":
            return day_first
        if self._clear or self._unclear is None:
            return month_first
        raise QuestionsError([_date_question(self._unclear, day_first, month_first)])


def _date_question(found: re.Match[str], day_first: str, month_first: str) -> Question:
    ways = ((day_first, _meant(found, 1, 3)), (month_first, _meant(found, 3, 1)))
    choices = tuple(Choice(meant, ("date-format", way)) for way, meant in ways)
    return Question(f"Which day is {quoted(found[0])}?", choices)


def _meant(found: re.Match[str], day: int, month: int) -> str:
    year = int(found[4]) + (0 if len(found[4]) > 2 else 2000)
    return long_day(date(year or 2000, int(found[month]), int(found[day])))


def _formats(found: re.Match[str]) -> tuple[str, str]:
    """With the day first, and with the month first."""
    sign, year = found[2], "%Y" if len(found[4]) > 2 else "%y"
    rest = ""
    if found[6]:
        hour = "%I" if found[9] else "%H"
        rest = f"{found[5]}{hour}:%M{':%S' if found[7] else ''}{found[8]}{'%p' if found[9] else ''}"
    return f"%d{sign}%m{sign}{year}{rest}", f"%m{sign}%d{sign}{year}{rest}"
