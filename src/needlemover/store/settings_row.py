"""The settings as the one row that keeps them; null is what nobody chose."""

import sqlite3
from collections.abc import Mapping
from typing import Any

import msgspec

from ..domain.errors import DamagedError, NeedleError
from ..domain.settings import Settings

COLUMNS = (
    "currency", "day_starts_at", "first_weekday", "works_from", "works_until", "works_on",
    "call_cap", "hourly_worth", "next_worth", "next_worth_from", "goal", "goal_by", "goal_since",
    "assumed_wins", "assumed_conversations", "assumed_win", "week_turns", "retry_days",
)  # fmt: skip


def read_settings(connection: sqlite3.Connection) -> Settings:
    """The settings of a file; see `settings_of`."""
    row = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM settings").fetchone()
    return settings_of({} if row is None else dict(zip(COLUMNS, row, strict=True)))


def settings_of(chosen: Mapping[str, object]) -> Settings:
    """The settings of the row's values; a `DamagedError` when one is not of its type."""
    row: dict[str, Any] = _USUAL | {key: each for key, each in chosen.items() if each is not None}
    later, since = row["next_worth"], row["next_worth_from"]
    wins, of = row["assumed_wins"], row["assumed_conversations"]
    try:
        nested = {
            "weeks": {"first_weekday": row["first_weekday"], "turns": row["week_turns"].split()},
            "retry_days": [int(days) for days in row["retry_days"].split()],
            "working_day": {
                "start": row["works_from"],
                "end": row["works_until"],
                "weekdays": [day for day in range(7) if row["works_on"] >> day & 1],
            },
            "hourly_worth_next": None if later is None else {"value": later, "start": since},
            "assumed_win_rate": None if wins is None else {"wins": wins, "conversations": of},
        }
        return msgspec.convert({**row, **nested}, Settings)
    except (msgspec.ValidationError, TypeError, ValueError) as error:
        raise DamagedError(f"The settings are damaged ({error}).") from error


def wrong_settings(connection: sqlite3.Connection) -> list[str]:
    """A sentence for each setting that nobody could have typed; a `DamagedError` as above."""
    from ..text.settings import typed_settings, with_setting  # of no use to who only reads

    settings, found = read_settings(connection), []
    try:
        typed = typed_settings(settings)
    except (IndexError, ValueError) as error:
        raise DamagedError(f"The settings are damaged ({error}).") from error
    for key, value in typed.items():
        try:
            if with_setting(settings, key, value) != settings:
                found.append(f"The setting {key} is not as it is written here: {value}.")
        except NeedleError as error:
            found.append(f"The setting {key} is not allowed: {error}")
    return found


def settings_values(settings: Settings) -> dict[str, object]:
    """The values of the row's columns."""
    values = _values(settings)
    return {name: None if value == _USUAL[name] else value for name, value in values.items()}


def _values(settings: Settings) -> dict[str, Any]:
    working, later = settings.working_day, settings.hourly_worth_next
    assumed = settings.assumed_win_rate
    nested = {
        "day_starts_at": settings.day_starts_at.isoformat(),
        "first_weekday": settings.weeks.first_weekday,
        "week_turns": " ".join(map(str, settings.weeks.turns)),
        "retry_days": " ".join(map(str, settings.retry_days)),
        "works_from": working.start.isoformat(),
        "works_until": working.end.isoformat(),
        "works_on": sum(1 << day for day in working.weekdays),
        "next_worth": later and later.value,
        "next_worth_from": later and later.start,
        "assumed_wins": assumed and assumed.wins,
        "assumed_conversations": assumed and assumed.conversations,
    }
    return {name: nested.get(name, getattr(settings, name, None)) for name in COLUMNS}


_USUAL = _values(Settings())  # what holds before anyone chose
