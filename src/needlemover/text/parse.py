"""What people type: durations, money, days, times, weekdays. Each says what to type instead."""

import re
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation

from msgspec.structs import replace

from ..domain.calls.entry import Outcome
from ..domain.errors import WrongUsageError
from ..domain.promises.commitment import EVERY_DAY, Terms
from ..domain.promises.working_day import WorkingDay
from .format import WEEKDAYS, is_blank, minor_digits, quoted

LONGEST = 24 * 3600
"""Seconds: more than this is not logged by hand for one day."""
LONGEST_WEEK = 7 * LONGEST
MOST_MONEY = 10**15
LONGEST_NAME = 1000
LONGEST_NOTE = 10_000
"""Characters."""

_UNITS = {"h": 3600, "m": 60, "s": 1}
_CLOCK = re.compile(r"(\d+):(\d\d)(?::(\d\d))?")
_WORDS = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*"
    r"(?:(h)(?:(?:ou)?rs?)?|(m)(?:in(?:ute)?s?)?|(s)(?:ec(?:ond)?s?)?)(?![a-z])\.?\s*",
    re.IGNORECASE,
)


def parse_seconds(typed: str, *, unit: str = "m", longest: int | None = LONGEST) -> int:
    """Read a duration: `12`, `12 min`, `1 h 30`, `1:30` (hours), `0:12:40`.

    Args:
        typed: what was typed.
        unit: what a bare number counts in and what the first part of `a:b` does not: with `m`,
            `1:30` is an hour and a half; with `s`, a minute and a half.
        longest: in seconds; None for no limit.

    Returns:
        Seconds.

    Raises:
        WrongUsageError: when it is something else.
    """
    seconds = _seconds(typed.strip(), unit)
    if seconds is None:
        raise WrongUsageError(
            f"{quoted(typed)} is not a length of time: type minutes (12), 1:30, or 1 h 30 min."
        )
    if longest is not None and seconds > longest:
        raise WrongUsageError(f"{quoted(typed)} is more than {longest // 3600} hours: type less.")
    return seconds


def _seconds(typed: str, unit: str) -> int | None:
    if clock := _CLOCK.fullmatch(typed):
        first, second, third = int(clock[1]), int(clock[2]), clock[3]
        if second > 59 or (third and int(third) > 59):
            return None
        if third is not None:
            return first * 3600 + second * 60 + int(third)
        return first * 3600 + second * 60 if unit == "m" else first * 60 + second
    if re.fullmatch(r"\d+(?:[.,]\d+)?", typed):
        return _whole(typed, _UNITS[unit])
    total, place, smaller = 0, 0, "s"
    while part := _WORDS.match(typed, place):
        letter = (part[2] or part[3] or part[4]).lower()
        whole = _whole(part[1], _UNITS[letter])
        if whole is None:
            return None
        total += whole
        place, smaller = part.end(), {"h": "m", "m": "s", "s": ""}[letter]
    rest = typed[place:]
    if place and rest.isdecimal() and smaller:  # 1 h 30
        return total + int(rest) * _UNITS[smaller]
    return total if place and not rest else None


def _whole(number: str, unit: int) -> int | None:
    if len(number) > 12:
        return 10**12  # far beyond any limit, without the arithmetic
    return int((Decimal(number.replace(",", ".")) * unit).to_integral_value())


def parse_amount(typed: str, currency: str) -> int:
    """Read money in major units (`1200`, `1,200.50`, `-30`).

    Returns:
        Minor units.

    Raises:
        WrongUsageError: when it is something else, or has more decimals than the currency.
    """
    bare = re.sub(r"[\s_'$€£¥]|" + re.escape(currency), "", typed, flags=re.IGNORECASE)
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", bare):
        bare = bare.replace(",", "")
    elif re.fullmatch(r"[+-]?\d+,\d{1,2}", bare):
        bare = bare.replace(",", ".")
    digits = minor_digits(currency)
    try:
        if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", bare):
            raise InvalidOperation
        minor = Decimal(bare).scaleb(digits)
    except InvalidOperation:
        raise WrongUsageError(
            f"{quoted(typed)} is not an amount of money: type it like 1200.50."
        ) from None
    # 1.200 means twelve hundred to half of the world: better asked than guessed.
    is_unclear = len(bare.partition(".")[2]) > max(2, digits)
    if is_unclear or minor != minor.to_integral_value():
        raise WrongUsageError(
            f"{quoted(typed)} has more decimals than {currency} has: type at most {digits}."
        )
    if abs(minor) > MOST_MONEY:
        raise WrongUsageError(f"{quoted(typed)} is more money than can be kept: type less.")
    return int(minor)


def parse_count(typed: str, *, least: int = 1) -> int:
    """Read a whole number from 1, or what is the least, to 10,000.

    Raises:
        WrongUsageError: when it is something else.
    """
    if not typed.strip().isdecimal() or not least <= int(typed.strip()[:9]) <= 10_000:
        raise WrongUsageError(
            f"{quoted(typed)} is not a count: type a whole number from {least} to 10000."
        )
    return int(typed)


def parse_day(typed: str, today: date) -> date:
    """Read a day: `2026-11-24`, `today`, `yesterday`, `tomorrow`, `-3`.

    Raises:
        WrongUsageError: when there is no such day.
    """
    word = typed.strip().casefold()
    near = {"today": 0, "yesterday": -1, "tomorrow": 1}
    if word in near:
        return today + timedelta(days=near[word])
    if re.fullmatch(r"[+-]\d{1,4}", word):
        return today + timedelta(days=int(word))
    return parse_date(typed)


def parse_date(typed: str) -> date:
    """Read a day of the calendar: `2027-03-01`.

    Raises:
        WrongUsageError: when there is no such day.
    """
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
    """Read a time of day: `9:05`, `17:30`, `9am`, `17`.

    Raises:
        WrongUsageError: when there is no such time.
    """
    found = re.fullmatch(r"(\d{1,2})(?:[:.h](\d\d))?\s*(am|pm)?", typed.strip().casefold())
    try:
        if not found:
            raise ValueError
        hour, minute = int(found[1]), int(found[2] or 0)
        if found[3]:
            if not 1 <= hour <= 12:
                raise ValueError
            hour = hour % 12 + (12 if found[3] == "pm" else 0)
        return time(hour, minute)
    except ValueError:
        raise WrongUsageError(
            f"{quoted(typed)} is not a time of day: type it like 15:40."
        ) from None


def parse_weekdays(typed: str) -> frozenset[int]:
    """Read weekdays: `daily`, `mon-fri`, `mon,wed`, `fri-mon`, `weekdays`.

    Raises:
        WrongUsageError: when a part is something else.
    """
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


def with_days(terms: Terms, typed: str) -> Terms:
    """The terms on other days: weekdays as above, or `weekly` for once in the calendar week.

    Raises:
        WrongUsageError: when it is neither.
    """
    if says_weekly(typed):
        return terms.a_week
    return replace(terms, weekdays=parse_weekdays(typed), weekly=False)


def says_weekly(typed: str) -> bool:
    """Whether `weekly` was typed for the days."""
    return typed.strip().casefold() in ("weekly", "a week", "by the week")


def _weekday(part: str, typed: str) -> int:
    for number, name in enumerate(WEEKDAYS):
        if len(part) >= 2 and name.casefold().startswith(part):
            return number
    raise WrongUsageError(f"{quoted(typed)} are not weekdays: type daily, mon-fri, or mon,wed,fri.")


def parse_outcome(typed: str) -> Outcome:
    """Read an outcome by its name or a unique beginning of it.

    Raises:
        WrongUsageError: when it is none of them, or could be several.
    """
    word = re.sub(r"[\s-]+", "_", typed.strip().casefold())
    found = [item for item in Outcome if item.value == word] or [
        item for item in Outcome if word and item.value.startswith(word)
    ]
    if len(found) != 1:
        raise WrongUsageError(
            f"{quoted(typed)} is not an outcome: choose one of {', '.join(Outcome)}."
        )
    return found[0]


def parse_working_day(typed: str) -> WorkingDay:
    """Read working hours, with weekdays or without: `09:00-17:00`, `8:30-17 mon-thu`.

    Raises:
        WrongUsageError: when it is something else.
    """
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


def parse_name(typed: str, what: str) -> str:
    """Read a name: anything that shows.

    Raises:
        WrongUsageError: when it is blank or longer than a name can be.
    """
    name = typed.strip()
    if is_blank(name):
        raise WrongUsageError(f"The {what} needs a name: type one.")
    if len(name) > LONGEST_NAME:
        raise WrongUsageError(
            f"The name of the {what} is longer than {LONGEST_NAME} characters: type a shorter one."
        )
    return name


def parse_contact(typed: str) -> str | None:
    """Read the name of a contact; None: there is none.

    Raises:
        WrongUsageError: when it is longer than a name can be.
    """
    name = " ".join(typed.split())
    if len(name) > LONGEST_NAME:
        raise WrongUsageError(
            f"The name is longer than {LONGEST_NAME} characters: type a shorter one."
        )
    return name or None


def parse_note(typed: str, what: str = "note") -> str | None:
    """Read a note, or a text that is like one; None: there is none.

    Raises:
        WrongUsageError: when it is longer than a note can be.
    """
    note = typed.strip()
    if len(note) > LONGEST_NOTE:
        raise WrongUsageError(
            f"The {what} is longer than {LONGEST_NOTE:,} characters: type a shorter one."
        )
    return note or None
