"""The settings as typed, and in exports of ours; what cannot be one is a `WrongUsageError`."""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from ..domain.day import USUAL_WEEKS, Weeks
from ..domain.errors import WrongUsageError
from ..domain.settings import AssumedRate, NextWorth, Settings, WorkingDay
from .format import WEEKDAYS, clock_time, plain_money, quoted, typed_weekdays, wrong
from .parse.days import parse_day, parse_time, parse_weekdays, parse_working_day
from .parse.values import parse_amount, parse_seconds

KEYS = (
    "currency", "day_starts_at", "first_weekday", "working_day", "call_cap", "retry_days",
    "hourly_worth", "hourly_worth_next", "goal", "goal_by", "goal_since", "assumed_win_rate",
    "assumed_win",
)  # fmt: skip
_NEVER_NONE = KEYS[:6]
MONEY_KEYS = ("hourly_worth", "hourly_worth_next", "goal", "assumed_win")
_NONE = "none"
_NO_TODAY = date(1000, 1, 1)  # so of what was kept only whole dates are read: others are too far


def parse_settings(typed: Mapping[str, str]) -> Settings:
    """The settings of those that were chosen, by their keys."""
    settings = Settings()
    for key in KEYS:
        if key in typed:
            settings = with_setting(settings, key, typed[key])
    return settings


def with_setting(settings: Settings, key: str, typed: str, today: date = _NO_TODAY) -> Settings:
    """The settings after one was chosen."""
    name = "weeks" if key == "first_weekday" else key
    return replace(settings, **{name: parse_setting(key, typed, settings.currency, today)})


def parse_setting(key: str, typed: str, currency: str, today: date = _NO_TODAY) -> Any:
    """The value of a setting; of one that may be none, `none` or nothing is None."""
    if key not in KEYS:
        raise WrongUsageError(f"There is no setting {quoted(key)}: there are {', '.join(KEYS)}.")
    if key not in _NEVER_NONE and typed.strip().casefold() in ("", _NONE):
        return None
    match key:
        case "currency":
            name = typed.strip().upper()
            if len(name) != 3 or not (name.isascii() and name.isalpha()):
                raise wrong(typed, "is not a currency: type its three letters, like EUR.")
            return name
        case "day_starts_at":
            if (starts_at := parse_time(typed)).hour >= 12:
                raise WrongUsageError("The day can start from 00:00 to 11:59: type such a time.")
            return starts_at
        case "first_weekday":
            return _weeks(typed, today)
        case "working_day":
            return parse_working_day(typed)
        case "call_cap":
            if (call_cap := parse_seconds(typed)) < 60:
                raise WrongUsageError("The call cap is at least a minute: type more.")
            return call_cap
        case "retry_days":
            return _retry_days(typed)
        case "goal_by" | "goal_since":
            return parse_day(typed, today, ahead=key == "goal_by")
        case "assumed_win_rate":
            return _rate(typed)
        case "hourly_worth_next":
            return _next_worth(typed, currency, today)
        case "hourly_worth":
            return _worth(typed, currency)
        case _:
            if (amount := parse_amount(typed, currency)) <= 0:
                raise wrong(typed, "is not above 0: type such an amount, or none.")
            return amount


def typed_setting(settings: Settings, key: str) -> str:
    """A setting as it is typed."""
    if key == "first_weekday":
        turns = (f", {WEEKDAYS[day.weekday()]} from {day}" for day in settings.weeks.turns)
        return "".join((WEEKDAYS[settings.weeks.first_weekday], *turns)).lower()
    value = getattr(settings, key)
    if key == "call_cap":
        return f"{value} s" if value % 60 else f"{value // 60} min"
    match value:
        case None:
            return _NONE
        case tuple():
            return ", ".join(map(str, value))
        case time():
            return clock_time(value)
        case WorkingDay():
            return f"{value.start:%H:%M}-{value.end:%H:%M} {typed_weekdays(value.weekdays)}"
        case AssumedRate():
            return f"{value.wins} in {value.conversations}"
        case NextWorth():
            return f"{plain_money(value.value, settings.currency)} from {value.start}"
        case int():
            return plain_money(value, settings.currency)
        case _:
            return str(value)


def typed_settings(settings: Settings) -> dict[str, str]:
    """All settings as they are typed, by their keys."""
    return {key: typed_setting(settings, key) for key in KEYS}


def _weeks(typed: str, today: date) -> Weeks:
    """Read on which day weeks begin: `monday`, `monday, sunday from 2026-12-13`."""
    weeks = USUAL_WEEKS
    for place, part in enumerate(typed.casefold().split(",")):
        name, _, day = part.partition(" from ")
        weekday, *more = parse_weekdays(name)
        if more or bool(day) != bool(place):
            why = "Weeks begin on one day: type monday, or monday, sunday from 2026-12-13."
            raise WrongUsageError(why)
        if place:
            turn = parse_day(day, today, ahead=True)
            weeks = weeks.turned(turn + timedelta(days=(weekday - turn.weekday()) % 7))
        else:
            weeks = Weeks(weekday)
    return weeks


def _retry_days(typed: str) -> tuple[int, ...]:
    """Read after how many days it is tried again: `1, 3, 6, 30`."""
    words = typed.replace(",", " ").split()
    if not 0 < len(words) <= 20 or not all(re.fullmatch(r"[1-9][0-9]{0,2}", day) for day in words):
        raise wrong(typed, "is not a number of days for each try: type it like 1, 3, 6, 30.")
    return tuple(map(int, words))


def _worth(typed: str, currency: str) -> int:
    if (amount := parse_amount(typed, currency)) < 0:
        raise WrongUsageError("An hour is worth 0 or more: type such an amount.")
    return amount


def _next_worth(typed: str, currency: str, today: date) -> NextWorth:
    """Read a worth that holds from a day on: `60 from 2027-03-01`."""
    found = re.fullmatch(r"(.+?)\s+from\s+(.+)", typed.strip(), re.IGNORECASE)
    if found is None:
        raise wrong(typed, "is not a worth with a day: type it like 60 from 2027-03-01.")
    return NextWorth(_worth(found[1], currency), parse_day(found[2], today, ahead=True))


def _rate(typed: str) -> AssumedRate:
    """Read a win rate: `1 in 20`, `5 %`, `2.5%`."""
    word = typed.strip().casefold()
    share = None
    if found := re.fullmatch(r"(\d{1,6})\s*(?:in|of|/)\s*(\d{1,6})", word):
        wins, conversations = int(found[1]), int(found[2])
        share = Fraction(wins, conversations) if conversations else None
    elif found := re.fullmatch(r"(\d{1,3}(?:[.,]\d{1,4})?)\s*%", word):
        share = Fraction(found[1].replace(",", ".")) / 100
    if share is None or not 0 < share <= 1:
        raise wrong(typed, "is not a win rate: type it like 1 in 20, or 5 %.")
    return AssumedRate(share.numerator, share.denominator)
