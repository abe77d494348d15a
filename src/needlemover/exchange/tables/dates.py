"""Dates and times of day as people and programs write them, and what those of a column mean."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache

from msgspec import Struct

from ...domain.errors import NeedleError
from ...text.format import long_day, quoted
from ...text.parse.days import time_of
from ..call_map import Question
from ..reading import FIRST_YEAR, unreadable
from .words import MONTHS, ZONES, plain

_ISO = re.compile(r"\d{4}-?\d\d-?\d\d([T ]\d.*)?", re.IGNORECASE)
_EPOCH = re.compile(r"\d{12,13}")
_EPOCHS = (946_684_800_000, 4_102_444_800_000)  # milliseconds, those of this century
_CLOCK = r"(\d{1,2})(?:[:h.](\d\d)|h(?!\d))(?::(\d\d)(?:[.,]\d+)?)?\s*(?:([ap])\.?\s?m\.?)?"
_TIME = re.compile(_CLOCK, re.IGNORECASE)
_BEFORE_TIME = r"(?:,|T|\s|\b(?:at|um|à|às|kl|alle)\b)*"
_ZONE = rf"\s*\(?({'|'.join(ZONES)})?\)?(?:([+-]\d\d):?(\d\d))?"
_AFTER = re.compile(f"{_BEFORE_TIME}{_CLOCK}{_ZONE}", re.IGNORECASE)  # a date
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = r"(?:[^\W\d]{2,10}\.?,?\s+)?"
_YEAR = r"(?P<year>\d{4}|\d\d)(?!\d)"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})[/.-](?P<day>\d{1,2})(?!\d)",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?P<sign>[/.-])\s?(?P<month>\d{{1,2}})(?P=sign)\s?{_YEAR}",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[\s-]*(?:de\s+)?"
        rf"(?P<name>[^\W\d_]{{3,}})\.?,?[\s-]*(?:de\s+)?{_YEAR}",
        rf"{_WEEKDAY}(?P<name>[^\W\d_]{{3,}})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}",
    )
)
_ORDER = re.compile(r"%([dm])([/.-])%([dm])\2%[yY]")


class Written(Struct, frozen=True):
    """A date as it is written, with the time of day and the zone where they are."""

    day: date
    clock: time | None = None
    zone: tzinfo | None = None


def read_date(
    text: str, date_format: str | None = None, *, day_first: bool | None = None
) -> Written:
    """Read a date, with its time and zone where it has them.

    It is written as a format for `strptime`, else as ISO 8601 or in another way that is clear;
    whether the day stands before the month has to be said. Twelve or thirteen digits are
    milliseconds since 1970 in any case.
    """
    try:
        written = _read(text, date_format, day_first)
    except ValueError:
        if date_format is not None:
            raise unreadable(text, f"is not a date like {quoted(date_format)}") from None
        why = "is not a date like 2026-11-24: say how dates are written"
        raise unreadable(text, why, "date format") from None
    if written.day.year < FIRST_YEAR:
        raise unreadable(text, f"is before the year {FIRST_YEAR}")
    return written


@lru_cache(maxsize=4096)
def _read(text: str, date_format: str | None, day_first: bool | None) -> Written:
    if _EPOCH.fullmatch(text):
        found, has_time = datetime.fromtimestamp(int(text) // 1000, UTC), True
    elif date_format is not None:
        order = _ORDER.fullmatch(date_format)
        with suppress(ValueError, KeyError):
            sign, readings = _readings(text)
            if order and sign:
                return readings[order[1] == "d"]
        found = datetime.strptime(text, date_format)
        told = date_format.replace("%%", "")
        has_time = any(sign in told for sign in ("%H", "%I", "%c", "%X"))
    else:
        try:
            iso = _ISO.fullmatch(text)
            found, has_time = datetime.fromisoformat(text if iso else ""), bool(iso and iso[1])
        except ValueError:  # also of what nearly is one: `2026-11-24 09:05:30 UTC`
            sign, readings = _readings(text)
            if (written := readings.get(day_first if sign else True)) is None:
                raise
            return written
    return Written(found.date(), found.time() if has_time else None, found.tzinfo)


@lru_cache(maxsize=4096)
def _readings(text: str) -> tuple[str, Mapping[bool | None, Written]]:
    """What a date can be that is not ISO 8601, by whether the day is first; a `ValueError`: none.

    And the sign between numbers of which the first may be the month; empty: the day is first.
    """
    found = next(filter(None, (shape.match(text) for shape in _SHAPES)), None)
    parts = found.groupdict() if found else {}
    name = plain(parts.get("name") or "")
    month = int(parts.get("month") or MONTHS.get(name[:4]) or MONTHS.get(name[:3]) or 0)
    rest = text[found.end() :].strip() if found else ""
    after = _AFTER.fullmatch(rest) if rest else None
    if not month or (rest and after is None):
        raise ValueError(text)
    clock, zone = _time(after) if after else None, None
    if after and after[6]:
        minutes = int(after[7]) * (-1 if after[6][0] == "-" else 1)
        zone = timezone(timedelta(hours=int(after[6]), minutes=minutes))
    elif after and after[5]:
        zone = timezone(timedelta(hours=ZONES[after[5].lower()]))
    year, day, sign = int(parts["year"]), int(parts["day"]), parts.get("sign") or ""
    year += 2000 if year < 100 else 0
    readings: dict[bool | None, Written] = {}
    for first, of in ((True, (month, day)), (False, (day, month))):
        with suppress(ValueError):
            readings[first] = Written(date(year, *of), clock, zone)
    return sign, readings


def _time(found: re.Match[str]) -> time:
    return time_of(found[1], found[2] or 0, found[3] or 0, f"{found[4]}m" if found[4] else None)


@lru_cache(maxsize=4096)
def read_time(text: str) -> time:
    """Read a time of day: `9:05`, `17:30:12`, `5:30 pm`, `9h05`, `9h`, `9.05`."""
    with suppress(ValueError):
        if found := _TIME.fullmatch(text):
            return _time(found)
    raise unreadable(text, "is not a time of day like 15:40")


def date_shape(text: str) -> str:
    """`date`, or `datetime` with a time of day; empty: it is neither."""
    if _EPOCH.fullmatch(text) and not _EPOCHS[0] < int(text) < _EPOCHS[1]:
        return ""  # a phone
    for day_first in (True, False):
        with suppress(ValueError):
            return "date" if _read(text, None, day_first).clock is None else "datetime"
    return ""


class DateOrder:
    """Finds what comes first in the dates of a file, the day or the month."""

    def __init__(
        self, latest: date = date.max, usual: bool | None = None, said: str | None = None
    ) -> None:
        """None is later than `latest`; `usual` is where nothing tells; `said` was named."""
        self.has_clock = False  # whether any of them has a time of day that is not midnight
        self.is_other = False  # whether any of them is a date, but not as was said
        self._said = said
        self._sign = ""  # between their numbers; empty: there are no such dates
        self._latest = latest
        self._usual = usual
        self._unclear = ""
        self._clear: dict[bool, str] = {}  # by whether the day is first, one date that must be so

    def add(self, text: str) -> None:
        """Take in one of them; what is no date is left to the reader of the row."""
        can_be: dict[bool, Written] = {}
        for day_first in (True, False):
            with suppress(ValueError):
                can_be[day_first] = _read(text, None, day_first)
        self.has_clock |= any(it.clock not in (None, time.min) for it in can_be.values())
        if can_be and self._said:
            try:
                _read(text, self._said, None)
            except ValueError:
                self.is_other = True
        sign = ""
        with suppress(ValueError):
            sign, _ = _readings(text)
        if not can_be or not sign:
            return
        self._sign = self._sign or sign
        past = {first for first, written in can_be.items() if written.day <= self._latest}
        if (name := text[:3].casefold()) in _WEEKDAYS:
            weekday = _WEEKDAYS.index(name)
            past = {first for first in past if can_be[first].day.weekday() == weekday} or past
        if len(past) == 1:
            self._clear.setdefault(past.pop(), text)
        elif past and can_be[True].day != can_be[False].day:
            self._unclear = self._unclear or text

    @property
    def day_first(self) -> bool | None:
        """Whether the day is first; None: it is not known."""
        if len(self._clear) > 1:
            day, month = quoted(self._clear[True]), quoted(self._clear[False])
            then = "write all dates of the file in one way."
            raise NeedleError(f"{day} has the day first and {month} the month: {then}")
        # With full stops nobody writes the month first.
        known = next(iter(self._clear), None)
        return (True if self._sign == "." else self._usual) if known is None else known

    @property
    def date_format(self) -> str | None:
        """As for `strptime`; None: no date needs one."""
        return self._format(self.day_first) if self._sign else None

    def questions(self) -> Iterator[Question]:
        """Which day is meant, where that is not known."""
        if self._said or self.day_first is not None or not self._unclear:
            return
        choices = {}
        for first in (True, False):
            day = long_day(_read(self._unclear, None, first).day)
            choices[day] = ("date-format", self._format(first))
        yield Question(f"Which day is {quoted(self._unclear)}?", choices)

    def _format(self, day_first: bool | None) -> str:
        return self._sign.join(["%d", "%m", "%Y"] if day_first else ["%m", "%d", "%Y"])
