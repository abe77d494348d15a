"""The settings as they are typed, and as exports of ours write them: a key and a text each."""

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from ..domain.errors import WrongUsageError
from ..domain.settings import AssumedRate, NextWorth, Settings
from . import format
from .parse.amounts import parse_amount, parse_seconds
from .parse.days import parse_date, parse_time, parse_weekdays, parse_working_day

KEYS = (
    "currency", "day_starts_at", "first_weekday", "working_day", "call_cap", "hourly_worth",
    "hourly_worth_next", "goal", "goal_by", "goal_since", "assumed_win_rate", "assumed_win",
)  # fmt: skip
MONEY_KEYS = ("hourly_worth", "hourly_worth_next", "goal", "assumed_win")
"""Those that hold an amount in the currency."""
_NONE = "none"


def parse_settings(typed: Mapping[str, str]) -> Settings:
    """The settings of those that were chosen, by their keys.

    Raises:
        WrongUsageError: for a value that a setting cannot have.
    """
    settings = Settings()
    for key in KEYS:
        if key in typed:
            settings = with_setting(settings, key, typed[key])
    return settings


def with_setting(settings: Settings, key: str, typed: str) -> Settings:
    """The settings after one was chosen.

    Raises:
        WrongUsageError: for an unknown key, or a value that it cannot have.
    """
    return replace(settings, **{key: parse_setting(key, typed, settings.currency)})


def parse_setting(key: str, typed: str, currency: str) -> Any:
    """The value of a setting; of one that may be none, `none` or nothing is None.

    Raises:
        WrongUsageError: for an unknown key, or a value that it cannot have.
    """
    value: Any
    match key:
        case "currency":
            value = typed.strip().upper()
            if len(value) != 3 or not (value.isascii() and value.isalpha()):
                raise WrongUsageError(
                    f"{format.quoted(typed)} is not a currency: type its three letters, like EUR."
                )
        case "day_starts_at":
            value = parse_time(typed)
            if value.hour >= 12:
                raise WrongUsageError("The day can start from 00:00 to 11:59: type such a time.")
        case "first_weekday":
            chosen = parse_weekdays(typed)
            if len(chosen) != 1:
                raise WrongUsageError("The week starts on one day: type it, like monday.")
            (value,) = chosen
        case "working_day":
            value = parse_working_day(typed)
        case "call_cap":
            value = parse_seconds(typed)
            if value < 60:
                raise WrongUsageError("The call cap is at least a minute: type more.")
        case _ if key in KEYS:
            is_none = typed.strip().casefold() in ("", _NONE)
            value = None if is_none else _number(key, typed, currency)
        case _:
            raise WrongUsageError(
                f"There is no setting {format.quoted(key)}: there are {', '.join(KEYS)}."
            )
    return value


def typed_setting(settings: Settings, key: str) -> str:
    """A setting as it is typed."""
    match key:
        case "currency":
            return settings.currency
        case "day_starts_at":
            return format.clock_time(settings.day_starts_at)
        case "first_weekday":
            return format.WEEKDAYS[settings.first_weekday].lower()
        case "working_day":
            return format.working_day(settings.working_day)
        case "call_cap":
            minutes, seconds = divmod(settings.call_cap, 60)
            return f"{settings.call_cap} s" if seconds else f"{minutes} min"
        case _:
            value = getattr(settings, key)
            return _NONE if value is None else _typed_number(value, settings.currency)


def typed_settings(settings: Settings) -> dict[str, str]:
    """All settings as they are typed, by their keys."""
    return {key: typed_setting(settings, key) for key in KEYS}


def _number(key: str, typed: str, currency: str) -> Any:
    """A setting that may be none, where it is not."""
    match key:
        case "hourly_worth_next":
            return _next_worth(typed, currency)
        case "goal_by" | "goal_since":
            return parse_date(typed)
        case "assumed_win_rate":
            return _rate(typed)
        case "hourly_worth":
            amount = parse_amount(typed, currency)
            if amount < 0:
                raise WrongUsageError("An hour is worth 0 or more: type such an amount.")
            return amount
        case _:
            amount = parse_amount(typed, currency)
            if amount <= 0:
                raise WrongUsageError(
                    f"{format.quoted(typed)} is not above 0: type such an amount, or none."
                )
            return amount


def _next_worth(typed: str, currency: str) -> NextWorth:
    """Read a worth that holds from a day on: `60 from 2027-03-01`.

    Raises:
        WrongUsageError: when it is something else.
    """
    found = re.fullmatch(r"(.+?)\s+from\s+(\S+)", typed.strip(), re.IGNORECASE)
    if found is None:
        raise WrongUsageError(
            f"{format.quoted(typed)} is not a worth with a day: type it like 60 from 2027-03-01."
        )
    value = parse_amount(found[1], currency)
    if value < 0:
        raise WrongUsageError("An hour is worth 0 or more: type such an amount.")
    return NextWorth(value, parse_date(found[2]))


def _rate(typed: str) -> AssumedRate:
    """Read a win rate: `1 in 20`, `5 %`, `2.5%`.

    Raises:
        WrongUsageError: when it is something else, or not above 0 and at most all.
    """
    word = typed.strip().casefold()
    share = None
    if found := re.fullmatch(r"(\d{1,6})\s*(?:in|of|/)\s*(\d{1,6})", word):
        wins, conversations = int(found[1]), int(found[2])
        share = Fraction(wins, conversations) if conversations else None
    elif found := re.fullmatch(r"(\d{1,3}(?:[.,]\d{1,4})?)\s*%", word):
        share = Fraction(found[1].replace(",", ".")) / 100
    if share is None or not 0 < share <= 1:
        raise WrongUsageError(
            f"{format.quoted(typed)} is not a win rate: type it like 1 in 20, or 5 %."
        )
    return AssumedRate(share.numerator, share.denominator)


def _typed_number(value: Any, currency: str) -> str:
    match value:
        case date():
            return value.isoformat()
        case AssumedRate():
            return f"{value.wins} in {value.conversations}"
        case NextWorth():
            return f"{format.plain_money(value.value, currency)} from {value.start}"
        case _:
            return format.plain_money(value, currency)
