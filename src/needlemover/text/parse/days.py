"""What people type for days, times of day, weekdays and working hours."""

import re
from datetime import date, time, timedelta

from msgspec.structs import replace

from ...domain.errors import WrongUsageError
from ...domain.promises.commitment import EVERY_DAY, Terms
from ...domain.promises.working_day import WorkingDay
from ..format import WEEKDAYS, quoted


def parse_day(typed: str, today: date) -> date:
    """Read a day: `2026-11-24`, `today`, `yesterday`, `tomorrow`, `-3`."""
    word = typed.strip().casefold()
    near = {"today": 0, "yesterday": -1, "tomorrow": 1}
    if word in near:
        return today + timedelta(days=near[word])
    if re.fullmatch(r"[+-]\d{1,4}", word):
        return today + timedelta(days=int(word))
    return parse_date(typed)


def parse_date(typed: str) -> date:
    """Read a day of the calendar: `2027-03-01`."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", typed.strip()):
            raise ValueError
        day = date.fromisoformat(typed.strip())
    except ValueError:
        raise WrongUsageError(f"{quoted(typed)} is not a day: type it like 2027-03-01.") from None
    if not 1900 <= day.year <= 2999:
        raise WrongUsageError(f"{quoted(typed)} is too far away: type a day from 1900 to 2999.")
    return day


def parse_time(typed: str) -> time:
    """Read a time of day: `9:05`, `17:30`, `9am`, `17`."""
    found = re.fullmatch(r"(\d{1,2})(?:[:.h](\d\d))?\s*(am|pm)?", typed.strip().casefold())
    try:
        if not found:
            raise ValueError
        return time_of(found[1], found[2] or 0, 0, found[3])
    except ValueError:
        raise WrongUsageError(
            f"{quoted(typed)} is not a time of day: type it like 15:40."
        ) from None


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
        start, end = _weekday(first, typed), _weekday(last if dash else first, typed)
        found.update((start + number) % 7 for number in range((end - start) % 7 + 1))
    return frozenset(found)


def _weekday(part: str, typed: str) -> int:
    for number, name in enumerate(WEEKDAYS):
        if len(part) >= 2 and name.casefold().startswith(part):
            return number
    raise WrongUsageError(f"{quoted(typed)} are not weekdays: type daily, mon-fri, or mon,wed,fri.")


def with_days(terms: Terms, typed: str) -> Terms:
    """The terms on other days: weekdays as above, or `weekly` for once in the calendar week."""
    if says_weekly(typed):
        return terms.a_week
    return replace(terms, weekdays=parse_weekdays(typed), weekly=False)


def says_weekly(typed: str) -> bool:
    """Whether `weekly` was typed for the days."""
    return typed.strip().casefold() in ("weekly", "a week", "by the week")


def parse_working_day(typed: str) -> WorkingDay:
    """Read working hours, with weekdays or without: `09:00-17:00`, `8:30-17 mon-thu`."""
    hours, _, days = re.sub(r"\s*-\s*", "-", typed.strip()).partition(" ")
    start, dash, end = hours.partition("-")
    if not dash:
        raise WrongUsageError(
            f"{quoted(typed)} is not a working day: type it like 09:00-17:00 mon-fri."
        )
    weekdays = parse_weekdays(days) if days.strip() else WorkingDay().weekdays
    working = WorkingDay(parse_time(start), parse_time(end), weekdays)
    if working.start == working.end:
        raise WrongUsageError("A working day must end at another time than it starts.")
    return working
