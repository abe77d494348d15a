"""What was worked out of the days before today, kept in the file until one of them changes.

Without it every opening would add up the whole history. The row is deleted in the transaction
that changes a past day, so it is either true or not there.
"""

import json
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from ..domain.assembly import Past
from ..domain.snapshots import StripDay
from ..domain.status import Status
from ..domain.streak import Run, Streak
from .bookkeeping import KEPT_PAST, write_only_row


def read_kept(
    connection: Connection, day: date, first_weekday: int
) -> tuple[Past, tuple[StripDay, ...]] | None:
    """What the days before a day hand on to it, and the strip that ends before it, if kept."""
    row = connection.execute(
        KEPT_PAST.select().where(KEPT_PAST.c.day == day, KEPT_PAST.c.first_weekday == first_weekday)
    ).first()
    if row is None:
        return None
    facts = json.loads(row.facts)
    past = Past(
        overall=_streak(facts["overall"]),
        streaks=_streaks(facts["streaks"]),
        yesterday_seconds=facts["yesterday_seconds"],
        week_seconds=facts["week_seconds"],
        week_quota_seconds=facts["week_quota_seconds"],
        open_asks=facts["open_asks"],
        week_streaks=_streaks(facts["week_streaks"]),
    )
    strip = tuple(
        StripDay(day - timedelta(days=number), Status(word))
        for number, word in zip(range(len(facts["strip"]), 0, -1), facts["strip"], strict=True)
    )
    return past, strip


def keep(
    connection: Connection,
    day: date,
    first_weekday: int,
    past: Past,
    strip: tuple[StripDay, ...],
) -> None:
    """Keep what the days before a day hand on to it."""
    facts = {
        "overall": _values(past.overall),
        "streaks": {key: _values(streak) for key, streak in past.streaks.items()},
        "yesterday_seconds": past.yesterday_seconds,
        "week_seconds": past.week_seconds,
        "week_quota_seconds": past.week_quota_seconds,
        "open_asks": past.open_asks,
        "week_streaks": {key: _values(streak) for key, streak in past.week_streaks.items()},
        "strip": [item.status.value for item in strip],
    }
    write_only_row(
        connection, KEPT_PAST, day=day, first_weekday=first_weekday, facts=json.dumps(facts)
    )


def forget(connection: Connection, *, but_for: date | None = None) -> None:
    """Let go of what is kept, but for the one of a day whose past has not changed."""
    query = KEPT_PAST.delete()
    connection.execute(query if but_for is None else query.where(KEPT_PAST.c.day != but_for))


def _values(streak: Streak) -> list[Any]:
    run = streak.current_run
    last = [run.start.isoformat(), run.end.isoformat(), run.days] if run else None
    return [streak.current, streak.best, last]


def _streaks(facts: dict[str, list[Any]]) -> dict[int, Streak]:
    return {int(key): _streak(values) for key, values in facts.items()}


def _streak(values: list[Any]) -> Streak:
    current, best, last = values
    runs: tuple[Run, ...] = ()
    if last is not None:
        runs = (Run(date.fromisoformat(last[0]), date.fromisoformat(last[1]), last[2]),)
    return Streak(current, runs, best)
