"""What people type for days, times of day, weekdays and working hours."""

import re
from collections.abc import Iterator, Sequence, Set
from contextlib import suppress
from datetime import UTC, date, datetime, time

from msgspec.structs import replace

from ...domain.day import ONE_DAY, ONE_WEEK
from ...domain.promises.commitment import EVERY_DAY, Terms
from ...domain.settings import WorkingDay
from ..format import MONTHS, WEEKDAYS, plain_when, wrong

When = tuple[date, time | None]  # a day, perhaps with a time on it

_NEAR = {"today": 0, "yesterday": -1, "tomorrow": 1}
_AWAY = re.compile(r"([+-]?)(\d{1,4}) ?(d|w|days?|weeks?)?", re.ASCII)
_DATES = (
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)",
    r"(?P<day>\d{1,2})\.? ?(?P<month>[a-z]{3,})(?: (?P<year>\d{4}))?",
    r"(?P<month>[a-z]{3,}) (?P<day>\d{1,2})(?:,? (?P<year>\d{4}))?",
    r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})(?:[./](?P<year>\d{4})?)?",
    r"(?P<month>\d{1,2})[./](?P<day>\d{1,2})(?:[./](?P<year>\d{4})?)?",
)
"""How a day of the calendar is written; what fits two of them can be read in two ways."""
_MOST_YEARS = 9  # in which there is a 29 February
_CLOCK = r"(?:[01]?\d|2[0-3])[:.h][0-5]\d(?: ?[ap]m)?|\d\d? ?[ap]m"
_WITH_TIME = re.compile(rf"(?:(.+?) )??(?:at )?({_CLOCK})", re.ASCII)


def parse_day(typed: str, today: date, *, ahead: bool = False, after: date | None = None) -> date:
    """Read a day: `today`, `mon`, `-1d`, `+3`, `2w`, `30 nov`, `31.12.`, `2027-03-01`.

    A weekday, never today's, and what has no sign or year is the nearest past or, `ahead`, to come;
    counted from the local day `today`, or from the day that it comes `after`.
    """
    days = _days(_words(typed), today, after or today, 1 if ahead else -1)
    return _only_one(typed, {(day, None) for day in days})[0]


def parse_when(typed: str, today: date, now: datetime) -> When:
    """Read a local day or time to come: `2w`, `thu 14:00`, `30 nov 9:30`; `14:00` is the next."""
    now, words = now.replace(tzinfo=None), _words(typed)
    found: set[When] = {(day, None) for day in _days(words, today, today, 1)}
    if parts := _WITH_TIME.fullmatch(words):
        clock = parse_time(parts[2])
        soon = now.date() if clock > now.time() else now.date() + ONE_DAY
        days = _days(parts[1], today, today, 1) if parts[1] else {soon}
        found.update((day, clock) for day in days)
    day, at = _only_one(typed, found, ", and perhaps a time: thu 14:00")
    if day < today or (at is not None and datetime.combine(day, at) < now):
        raise wrong(typed, "is past: type a day to come, like tomorrow.")
    return day, at


def _words(typed: str) -> str:
    return " ".join(typed.casefold().split())


def _only_one(typed: str, found: Set[When], more: str = "") -> When:
    if not found:
        ways = "today, yesterday, tomorrow, mon, -1d, +3, 2w, 30 nov, 31.12. or 2027-03-01"
        raise wrong(typed, f"is not a day: type {ways}{more}.")
    if len(found) > 1:
        in_order = sorted(found, key=lambda way: (way[0], way[1] or time.min))
        told = (plain_when(day, at) for day, at in in_order)
        raise wrong(typed, f"can be read in several ways: type {', or '.join(told)}.")
    (only,) = found
    if not 1900 <= only[0].year <= 2999:
        raise wrong(typed, "is too far away: type a day from 1900 to 2999.")
    return only


def _days(words: str, today: date, after: date, way: int) -> set[date]:
    """The days that the words can mean; `way` is 1 for what lies ahead, else -1."""
    if words in _NEAR:
        return {today + _NEAR[words] * ONE_DAY}
    if (away := _AWAY.fullmatch(words)) and (away[1] or away[3]):
        unit = ONE_WEEK if "w" in (away[3] or "") else ONE_DAY
        return {today + {"+": 1, "-": -1, "": way}[away[1]] * int(away[2]) * unit}
    first, _, rest = words.partition(" ")
    weekday = _place(first.removesuffix(","), WEEKDAYS, 2)
    if weekday >= 0 and not rest:
        return {after + way * ((way * (weekday - after.weekday()) - 1) % 7 + 1) * ONE_DAY}
    days = set(_calendar_days(words if weekday < 0 else rest, after, way))
    return {day for day in days if weekday in (-1, day.weekday())}


def _calendar_days(words: str, after: date, way: int) -> Iterator[date]:
    for pattern in _DATES:
        if (found := re.fullmatch(pattern, words, re.ASCII)) is None:
            continue
        named, year = found["month"], int(found["year"] or after.year)
        month = int(named) if named.isdecimal() else _place(named, MONTHS, 3) + 1
        for number in range(1 if found["year"] else _MOST_YEARS):
            with suppress(ValueError):
                day = date(year + way * number, month, int(found["day"]))
                if found["year"] or way * (day - after).days >= 0:
                    yield day
                    break


def _place(word: str, names: Sequence[str], least: int) -> int:
    """Which of the names begins with a word of so many letters or more; -1: none does."""
    fits = (place for place, name in enumerate(names) if name.casefold().startswith(word))
    return next(fits, -1) if len(word) >= least else -1


def parse_time(typed: str) -> time:
    """Read a time of day: `9:05`, `17:30`, `9am`, `17`."""
    found = re.fullmatch(r"(\d\d?)(?:[:.h](\d\d))? ?(am|pm)?", _words(typed), re.ASCII)
    with suppress(ValueError):
        if found:
            return time_of(found[1], found[2] or 0, 0, found[3])
    raise wrong(typed, "is not a time of day: type it like 15:40.")


def parse_until(typed: str, now: datetime) -> int | None:
    """Read `until 10:00` as the seconds from a local moment on; None: it is no such time."""
    word, _, rest = _words(typed).partition(" ")
    if word not in ("until", "till", "to"):
        return None
    end = datetime.combine(now.date(), parse_time(rest), now.tzinfo)
    if end.astimezone(UTC) <= now.astimezone(UTC):
        end += ONE_DAY
    return int((end.astimezone(UTC) - now.astimezone(UTC)).total_seconds())


def parse_start(typed: str) -> time | None:
    """Read the time of day at which something is meant to begin; None: `none` was typed."""
    return None if _words(typed) == "none" else parse_time(typed)


def time_of(hour: str, minute: str | int, second: str | int, half: str | None) -> time:
    """The time of day so written, with `am` or `pm` or without; no such time: `ValueError`."""
    found = time(int(hour), int(minute), int(second))
    if half is None:
        return found
    if not 1 <= found.hour <= 12:
        raise ValueError
    return found.replace(hour=found.hour % 12 + (12 if half.casefold() == "pm" else 0))


def parse_weekdays(typed: str) -> frozenset[int]:
    """Read weekdays: `daily`, `mon-fri`, `mon,wed`, `fri-mon`, `weekdays`."""
    word = typed.strip().casefold()
    named = {"daily": EVERY_DAY, "everyday": EVERY_DAY, "every day": EVERY_DAY,
             "weekdays": frozenset(range(5)), "weekend": frozenset({5, 6})}  # fmt: skip
    if word in named:
        return named[word]
    found: set[int] = set()
    for part in re.split(r"[,\s]+", re.sub(r"\s*(?:-|to)\s*", "-", word)):
        first, dash, last = part.partition("-")
        start, end = (_place(name, WEEKDAYS, 2) for name in (first, last if dash else first))
        if start < 0 or end < 0:
            raise wrong(typed, "are not weekdays: type daily, mon-fri, or mon,wed,fri.")
        found.update((start + number) % 7 for number in range((end - start) % 7 + 1))
    return frozenset(found)


def with_days(terms: Terms, typed: str) -> Terms:
    """The terms on other days: weekdays as above, or `weekly` for once in the calendar week."""
    if says_weekly(typed):
        return terms.a_week
    return replace(terms, weekdays=parse_weekdays(typed), weekly=False)


def says_weekly(typed: str) -> bool:
    """Whether `weekly` was typed for the days."""
    return typed.strip().casefold() in ("weekly", "a week", "by the week")


def parse_working_day(typed: str) -> WorkingDay:
    """Read working hours: `09:00-17:00`, `8:30-17 mon-thu`; `9-9` takes 24 hours."""
    hours, _, days = re.sub(r"\s*-\s*", "-", typed.strip()).partition(" ")
    start, dash, end = hours.partition("-")
    if not dash:
        raise wrong(typed, "is not a working day: type it like 09:00-17:00 mon-fri.")
    weekdays = parse_weekdays(days) if days.strip() else WorkingDay().weekdays
    return WorkingDay(parse_time(start), parse_time(end), weekdays)
