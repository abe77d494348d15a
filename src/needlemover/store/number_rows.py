"""What Numbers is worked out of, added up by the database: a statement a subject."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from ..domain.entry import ANSWERS, ASKS, NOT_REACHED, Outcome
from ..domain.funnel import Buyers, Tally
from ..domain.slots import Slot
from .database import plain_rows


def _list(outcomes: Iterable[Outcome]) -> str:
    return ", ".join(f"'{item.value}'" for item in sorted(outcomes))


_IN_WINDOW = "day BETWEEN :since AND :until"
_DIAL = "outcome IS NOT NULL AND follows IS NULL"
_TALKED = f"outcome NOT IN ({_list(NOT_REACHED)}) AND follows IS NULL"

# Of what has an outcome and follows nothing, the conversations are what fills a quota.
_DAYS = f"""
    SELECT day, count(*), sum(fills_quota),
        sum(outcome IN ({_list(ASKS)})),
        sum(outcome = '{Outcome.WON}'),
        sum(CASE WHEN fills_quota THEN seconds ELSE 0 END),
        sum(fills_quota AND contact_key IS NULL),
        sum(outcome = '{Outcome.ASKED}')
        {{unreached}}
    FROM entry WHERE {_IN_WINDOW} AND {_DIAL} GROUP BY day
"""
# Time on calls that reached nobody fills no quota, and only sales activities have any. A column
# for each of them saves the database from sorting all entries.
_UNREACHED = ", sum(CASE WHEN activity_id = {} AND NOT fills_quota THEN seconds ELSE 0 END)"

# Nor does the time that an answer took.
_ANSWER_TIME = f"""
    SELECT activity_id, day, seconds FROM entry
    WHERE follows IS NOT NULL AND NOT fills_quota AND seconds > 0 AND {_IN_WINDOW}
"""

# Joined, because so the window of each activity is read from the index `entry_filling` alone.
_TIME = f"""
    SELECT activity_id, day, sum(seconds)
    FROM activity CROSS JOIN entry INDEXED BY entry_filling ON activity_id = activity.id
    WHERE fills_quota = 1 AND {_IN_WINDOW} GROUP BY activity_id, day
"""

# The latest answer is the last one of its ask.
_ANSWERED = f"""
    SELECT ask.id, ask.day, ask.outcome, answer.outcome
    FROM entry AS answer JOIN entry AS ask ON ask.id = answer.follows
    WHERE answer.follows IS NOT NULL AND answer.outcome IN ({_list(ANSWERS)})
        AND ask.outcome NOT IN ({_list(NOT_REACHED)}) AND ask.follows IS NULL
        AND ask.day BETWEEN :since AND :until
    ORDER BY answer.day, answer.id
"""

# A payment follows an answer, which follows an ask: what brought the buyer may stand at any one.
_MONEY = """
    SELECT entry.day, entry.amount,
        coalesce(entry.activity_id, paid.activity_id, asked.activity_id),
        coalesce(entry.came_from, paid.came_from, asked.came_from,
            entry.activity_id, paid.activity_id, asked.activity_id)
    FROM entry LEFT JOIN entry AS paid ON paid.id = entry.follows
        LEFT JOIN entry AS asked ON asked.id = paid.follows
    WHERE entry.day BETWEEN :since AND :until AND entry.amount IS NOT NULL
"""

# Contacts of two windows that lie side by side, looked up once for both.
_BUYERS = f"""
    WITH talked AS MATERIALIZED (
        SELECT contact_key, max(day >= :since) AS now, max(day < :since) AS earlier FROM entry
        WHERE day BETWEEN :first AND :until AND {_TALKED} AND contact_key IS NOT NULL
        GROUP BY contact_key
    ), buyer AS MATERIALIZED (
        SELECT now, earlier, :looks_back AND EXISTS (
            SELECT 1 FROM entry WHERE entry.contact_key = talked.contact_key
                AND day < :first AND {_TALKED}
        ) AS older FROM talked
    )
    SELECT sum(now), sum(now AND (earlier OR older)), sum(earlier), sum(earlier AND older)
    FROM buyer
"""

# The hour on the clock where the call was; null where only its day is known.
_SLOTS = f"""
    SELECT day, (CAST(substr(started_at, 12, 2) AS INTEGER) * 3600
        + CAST(substr(started_at, 15, 2) AS INTEGER) * 60
        + coalesce(utc_offset, 0) + 86400) / 3600 % 24 AS hour,
        count(*), sum(fills_quota)
    FROM entry WHERE {_IN_WINDOW} AND {_DIAL} GROUP BY day, hour
"""


@dataclass(frozen=True, slots=True)
class Received:
    """Money that came in or was paid back."""

    day: date
    money: int
    """Minor units."""
    activity_id: int | None
    """Where it was logged."""
    credited_to: int | None
    """The activity that brought the buyer, else where it was logged."""


@dataclass(slots=True)
class DayRows:
    """What the days of a window held."""

    tallies: dict[date, Tally] = field(default_factory=dict)
    """Without the money."""
    unnamed: dict[date, int] = field(default_factory=dict)
    """Conversations that name no contact."""
    open_asks: dict[date, int] = field(default_factory=dict)
    time: list[tuple[int, date, int]] = field(default_factory=list)
    """Activity, day, and all seconds logged on it."""


def first_day(connection: Connection) -> date | None:
    """The day of the first entry."""
    (found,) = plain_rows(connection, "SELECT min(day) FROM entry").fetchone()
    return date.fromisoformat(found) if found else None


def read_days(
    connection: Connection, since: date, until: date, sales_ids: Iterable[int]
) -> DayRows:
    """What each day of a window held, with asks as later entries answered them."""
    values, found = _window(since, until), DayRows()
    for statement in (_TIME, _ANSWER_TIME):
        for activity_id, day, seconds in plain_rows(connection, statement, values):
            found.time.append((activity_id, date.fromisoformat(day), seconds))
    ids = tuple(sales_ids)
    statement = _DAYS.format(unreached="".join(_UNREACHED.format(int(key)) for key in ids))
    for row in plain_rows(connection, statement, values):
        day = date.fromisoformat(row[0])
        found.tallies[day] = Tally(*row[1:6])
        found.unnamed[day], found.open_asks[day] = row[6:8]
        found.time.extend(
            (key, day, seconds) for key, seconds in zip(ids, row[8:], strict=True) if seconds
        )
    _answer(connection, values, found)
    return found


def _answer(connection: Connection, values: dict[str, object], found: DayRows) -> None:
    answers = {row[0]: row[1:] for row in plain_rows(connection, _ANSWERED, values)}
    for on, asked, answer in answers.values():
        day = date.fromisoformat(on)
        was_won = asked == Outcome.WON
        found.tallies[day] += Tally(asks=asked not in ASKS, wins=(answer == Outcome.WON) - was_won)
        found.open_asks[day] -= asked == Outcome.ASKED


def read_money(connection: Connection, since: date, until: date) -> tuple[Received, ...]:
    """All money of a range of days."""
    return tuple(
        Received(date.fromisoformat(day), money, activity_id, credited_to)
        for day, money, activity_id, credited_to in plain_rows(
            connection, _MONEY, _window(since, until)
        )
    )


def read_buyers(
    connection: Connection, first: date, since: date, until: date, *, looks_back: bool
) -> tuple[Buyers, Buyers]:
    """With whom the conversations of a window and of the one before it were.

    Those that name no contact are not counted here.

    Args:
        connection: to the file.
        first: the first day of the window before; `since` where there is none.
        since: the first day of the window.
        until: its last day.
        looks_back: whether there are entries before the first day.
    """
    values = _window(since, until) | {"first": first.isoformat(), "looks_back": looks_back}
    now, known, earlier, older = (
        number or 0 for number in plain_rows(connection, _BUYERS, values).fetchone()
    )
    return Buyers(now - known, known), Buyers(earlier - older, older)


def read_slots(connection: Connection, since: date, until: date) -> tuple[list[Slot], int]:
    """The dials and conversations by weekday and hour, and the dials without a time of day."""
    sums: dict[tuple[int, int], tuple[int, int]] = {}
    timeless = 0
    for day, hour, dials, talked in plain_rows(connection, _SLOTS, _window(since, until)):
        if hour is None:
            timeless += dials
            continue
        key = (date.fromisoformat(day).weekday(), hour)
        before = sums.get(key, (0, 0))
        sums[key] = (before[0] + dials, before[1] + talked)
    return [Slot(*key, *counts) for key, counts in sums.items()], timeless


def _window(since: date, until: date) -> dict[str, object]:
    return {"since": since.isoformat(), "until": until.isoformat()}
