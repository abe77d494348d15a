"""Dates and times of day as people and programs write them, and what those of a column mean."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache

from msgspec import Struct

from ...domain.errors import NeedleError
from ...text.format import long_day, quoted
from ...text.parse.days import time_of
from ..questions import Choice, Question
from ..reading import FIRST_YEAR, unreadable
from .words import MONTHS, plain

_ISO = re.compile(r"\d{4}-?\d\d-?\d\d([T ]\d.*)?", re.IGNORECASE)
_EPOCH = re.compile(r"\d{12,13}")
_MONTHS = 12
_CLOCK = r"(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(?:([ap])\.?\s?m\.?)?"
_TIME = re.compile(_CLOCK, re.IGNORECASE)
_ZONES = {  # hours from UTC, as in RFC 822
    "z": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
    "pst": -8, "pdt": -7,
}  # fmt: skip
_AFTER = re.compile(  # a date
    rf"(?:,|T|\s|\b(?:at|um|à|às|kl|alle)\b)*{_CLOCK}\s*\(?({'|'.join(_ZONES)})?\)?"
    r"(?:([+-])(\d\d):?(\d\d))?",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:[^\W\d]{2,10}\.?,?\s+)?"
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})[/.-](?P<day>\d{1,2})(?!\d)")
_NUMBERS = re.compile(
    _WEEKDAY + r"(?P<day>\d{1,2})(?P<sign>[/.-])\s?(?P<month>\d{1,2})(?P=sign)\s?"
    r"(?P<year>\d{4}|\d\d)(?!\d)"
)
_NAMED = (
    re.compile(
        _WEEKDAY + r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?[\s-]*(?:de\s+)?"
        r"(?P<name>[^\W\d_]{3,})\.?,?[\s-]*(?:de\s+)?(?P<year>\d{4}|\d\d)(?!\d)"
    ),
    re.compile(
        _WEEKDAY + r"(?P<name>[^\W\d_]{3,})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+"
        r"(?P<year>\d{4})(?!\d)"
    ),
)
_ORDER = re.compile(r"%([dm])([/.-])%([dm])\2%[yY]")


class Written(Struct, frozen=True):
    """A date as it is written, with the time of day and the zone where they are."""

    day: date
    clock: time | None = None
    zone: tzinfo | None = None


class _Parts(Struct, frozen=True):
    """A date taken apart."""

    day: int
    month: int
    year: int
    sign: str  # between numbers of which the first may be the month; empty: the order is sure
    clock: time | None
    zone: tzinfo | None

    def of(self, *, day_first: bool) -> Written:
        day, month = (self.day, self.month) if day_first else (self.month, self.day)
        return Written(date(self.year, month, day), self.clock, self.zone)


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
        parts = _parts(text) if order else None
        if order and parts and parts.sign:
            return parts.of(day_first=order[1] == "d")
        found = datetime.strptime(text, date_format)
        told = date_format.replace("%%", "")
        has_time = any(sign in told for sign in ("%H", "%I", "%c", "%X"))
    elif iso := _ISO.fullmatch(text):
        found, has_time = _of_iso(text), iso[1] is not None
    else:
        parts = _parts(text)
        if parts is None or (parts.sign and day_first is None):
            raise ValueError
        return parts.of(day_first=day_first is not False or not parts.sign)
    return Written(found.date(), found.time() if has_time else None, found.tzinfo)


def _of_iso(text: str) -> datetime:
    """ISO 8601, with `2026-11-24 09:05:30 UTC` and `… +0100` of programs beside it."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        written = _parts(text)
        if written is None or written.clock is None:
            raise
        return datetime.combine(written.of(day_first=True).day, written.clock, written.zone)


def _parts(text: str) -> _Parts | None:
    """A date that is not ISO 8601, taken apart; None: it is none."""
    found = _YEAR_FIRST.match(text) or _NUMBERS.match(text)
    month = found["month"] if found else ""
    if found is None:
        found = next(filter(None, (shape.match(text) for shape in _NAMED)), None)
        word = plain(found["name"]) if found else ""
        month = str(MONTHS.get(word[:4]) or MONTHS.get(word[:3]) or "")
    if found is None or not month:
        return None
    rest = text[found.end() :].strip()
    after = _AFTER.fullmatch(rest) if rest else None
    if rest and after is None:
        return None
    year = found["year"]
    return _Parts(
        int(found["day"]),
        int(month),
        int(year) + (0 if len(year) > 2 else 2000),
        found.groupdict().get("sign", ""),
        time_of(*_clock_parts(after)) if after else None,
        _zone_of(after) if after else None,
    )


def _clock_parts(found: re.Match[str]) -> tuple[str, str, str | int, str | None]:
    return found[1], found[2], found[3] or 0, f"{found[4]}m" if found[4] else None


def _zone_of(found: re.Match[str]) -> tzinfo | None:
    if found[6]:
        offset = timedelta(hours=int(found[7]), minutes=int(found[8]))
        return timezone(offset if found[6] == "+" else -offset)
    return timezone(timedelta(hours=_ZONES[found[5].lower()])) if found[5] else None


@lru_cache(maxsize=4096)
def read_time(text: str) -> time:
    """Read a time of day: `9:05`, `17:30:12`, `5:30 pm`."""
    found = _TIME.fullmatch(text)
    try:
        if not found:
            raise ValueError
        return time_of(*_clock_parts(found))
    except ValueError:
        raise unreadable(text, "is not a time of day like 15:40") from None


class DateOrder:
    """Finds what comes first in the dates of a file, the day or the month."""

    def __init__(self, latest: date = date.max) -> None:
        """None of them is of a later day."""
        self.sign = ""  # between their numbers; empty: there are no such dates
        self.has_clock = False  # whether any of them has a time of day that is not midnight
        self._latest = latest
        self._unclear = ""
        self._clear: dict[bool, str] = {}  # by whether the day is first, one date that must be so

    def add(self, text: str) -> None:
        """Take in one of them; what is no date is left to the reader of the row."""
        try:
            parts = None if _ISO.fullmatch(text) else _parts(text)
            clock = parts.clock if parts else _read(text, None, None).clock
        except ValueError:
            return
        self.has_clock |= clock is not None and clock != time.min
        if not parts or not parts.sign:
            return
        self.sign = self.sign or parts.sign
        can_be = {first for first in (True, False) if self._is_day(parts, day_first=first)}
        if len(can_be) == 1:
            self._clear.setdefault(can_be.pop(), text)
        elif can_be and parts.day != parts.month:
            self._unclear = self._unclear or text

    def _is_day(self, parts: _Parts, *, day_first: bool) -> bool:
        try:
            return parts.of(day_first=day_first).day <= self._latest
        except ValueError:
            return False

    @property
    def day_first(self) -> bool | None:
        """Whether the day is first; None: it is not known, or there are no such dates."""
        if len(self._clear) > 1:
            raise NeedleError(
                f"{quoted(self._clear[True])} has the day first and {quoted(self._clear[False])} "
                "the month: write all dates of the file in one way."
            )
        if self._clear:
            return next(iter(self._clear))
        # With full stops nobody writes the month first.
        return True if self.sign == "." else None if self._unclear or not self.sign else False

    @property
    def date_format(self) -> str | None:
        """As for `strptime`; None: there are no such dates."""
        return self._format(day_first=self.day_first is not False) if self.sign else None

    def question(self) -> Question | None:
        """Which day is meant; None: that is known."""
        if self.day_first is not None or not self._unclear:
            return None
        parts = _parts(self._unclear)
        assert parts is not None
        return Question(
            f"Which day is {quoted(self._unclear)}?",
            tuple(
                Choice(
                    long_day(parts.of(day_first=first).day),
                    ("date-format", self._format(day_first=first)),
                )
                for first in (True, False)
            ),
        )

    def _format(self, *, day_first: bool) -> str:
        return self.sign.join(["%d", "%m", "%Y"] if day_first else ["%m", "%d", "%Y"])


def date_shape(text: str) -> str:
    """`date`, or `datetime` with a time of day; empty: it is neither."""
    for day_first in (True, False):
        with suppress(ValueError):
            return "date" if _read(text, None, day_first).clock is None else "datetime"
    return ""
