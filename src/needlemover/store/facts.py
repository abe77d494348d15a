"""What today is made of, read with one statement as JSON. Null is a setting that nobody chose."""

import sqlite3
from bisect import insort
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time, tzinfo
from typing import Any

from msgspec import DecodeError, Raw, Struct, ValidationError, convert, json
from msgspec.structs import asdict, replace

from ..domain.calls.entry import Block, EntryFact, Running
from ..domain.day import local_day, skipped_day
from ..domain.errors import DamagedError, NeedleError
from ..domain.promises.commitment import ActivityFact
from ..domain.promises.status import DayOff
from ..domain.settings import Settings
from ..domain.today.history import Past
from .entry_facts import FACT, IN_ORDER, SUBJECTS

COLUMNS = (
    "currency", "day_starts_at", "first_weekday", "works_from", "works_until", "works_on",
    "call_cap", "hourly_worth", "next_worth", "next_worth_from", "goal", "goal_by", "goal_since",
    "assumed_wins", "assumed_conversations", "assumed_win", "week_turns", "retry_days",
)  # fmt: skip


def read_settings(
    connection: sqlite3.Connection, other: dict[str, object] | None = None
) -> Settings:
    """The settings of a file, with `other` columns; a `DamagedError` for what they cannot hold."""
    row = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM settings").fetchone()
    return settings_of(dict(zip(COLUMNS, row or (), strict=False)) | (other or {}))


def settings_of(chosen: Mapping[str, object]) -> Settings:
    """The settings of which the columns hold so much; else a `DamagedError`."""
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
        return convert({**row, **nested}, Settings)
    except (ValidationError, AttributeError, TypeError, ValueError) as error:
        raise DamagedError(f"The settings are damaged ({error}).") from error


def wrong_settings(settings: Settings) -> list[str]:
    """A sentence for each setting that nobody could have typed; a `DamagedError` as above."""
    from ..text.settings import typed_settings, with_setting  # of no use to who only reads

    found = []
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
    """The values of the columns of the settings."""
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
_PASSING = """
    'running', (SELECT json_object(
        'activity_id', timer.activity_id, 'name', coalesce(activity.name, problem.title),
        'is_sales', coalesce(activity.is_sales, 0), 'contact', coalesce(timer.contact, ''),
        'started_at', timer.started_at, 'day', timer.day, 'problem_id', timer.problem_id,
        'utc_offset', timer.utc_offset, 'draft', coalesce(timer.draft, ''))
        FROM timer LEFT JOIN activity ON activity.id = timer.activity_id
        LEFT JOIN problem ON problem.id = timer.problem_id),
    'block', (SELECT json_object('day', call_block.day, 'started_at', call_block.started_at,
        'planned', planned, 'dials', count(entry.id),
        'conversations', coalesce(sum(entry.fills_quota), 0))
        FROM call_block LEFT JOIN entry ON outcome IS NOT NULL AND follows IS NULL
            AND entry.day BETWEEN call_block.day AND date(call_block.day, '+1 day')
            AND strftime('%s', entry.started_at) - strftime('%s', call_block.started_at)
                BETWEEN 0 AND planned - 1
        WHERE ended_at IS NULL GROUP BY call_block.id)
"""
_PAST = "(SELECT facts FROM kept_past WHERE typeof(facts) = 'text')"
_HAPPENED = f"""(
    SELECT '[' || group_concat(fact) || ']' FROM (
        SELECT {FACT} AS fact FROM entry {SUBJECTS} WHERE {{which}} ORDER BY {IN_ORDER}
    )
)"""
_FACTS = f"""
SELECT json_object(
    'activities', (SELECT json_group_array(json_object(
        'id', id, 'name', name, 'is_sales', is_sales, 'rank', rank, 'starts_at', starts_at,
        'timeline', (
            SELECT json_group_array(json_object('start', start, 'set_on', set_on, 'terms', json(
                iif(weekdays IS NULL, NULL, json_object('weekdays', (
                    SELECT json_group_array(value) FROM json_each('[0,1,2,3,4,5,6]')
                    WHERE weekdays >> value & 1
                ), 'seconds', seconds, 'count', count, 'rule', rule, 'weekly', weekly,
                    'at_most', at_most)))))
            FROM (SELECT * FROM commitment WHERE activity_id = ranked.id ORDER BY start, set_on))))
        FROM (SELECT * FROM activity ORDER BY rank, id) AS ranked),
    'days_off', (SELECT json_group_array(json_object(
        'start', start, 'end', "end", 'activity_id', activity_id, 'reason', reason,
        'said_on', said_on, 'id', id))
        FROM (SELECT * FROM day_off ORDER BY start, id)),
    'skipped', (SELECT json_group_array(day) FROM skipped_day),
    'last_use', (SELECT json_object('day', day, 'asked_on', asked_on, 'utc_offset', utc_offset,
        'zone', zone) FROM last_use),
    'asks', (SELECT json_group_array(json_object(
        'problem_id', id, 'title', title, 'day', ask_again_on))
        FROM (SELECT problem.id, coalesce(activity.name, title) AS title, ask_again_on
            FROM problem LEFT JOIN activity ON activity.id = problem.activity_id
            WHERE ask_again_on <= :today AND state = 'parked' ORDER BY ask_again_on, problem.id)),
    {_PASSING}
),
(SELECT json_object({", ".join(f"'{name}', {name}" for name in COLUMNS)}) FROM settings),
{_PAST}, {_HAPPENED.format(which="entry.day = :today")}
"""
# What is told of an entry takes long; of those that are known only what may be another is read.
_NAMED = """+entry.day = :today AND entry.id IN (
    WITH named AS (SELECT value FROM json_each(:named, '$.ids'))
    SELECT value FROM named
    UNION ALL SELECT id FROM entry WHERE contact_key IN (
        SELECT contact_key FROM entry WHERE id IN named
        UNION ALL SELECT value FROM json_each(:named, '$.contacts')
    )
)"""
_FACTS_OF_NAMED = f"SELECT json_object({_PASSING}), {_PAST}, {_HAPPENED.format(which=_NAMED)}"


class LastUse(Struct, frozen=True):
    """When and where the data were last used."""

    day: date  # the latest of any use so far
    utc_offset: int | None  # seconds east of UTC; None: an earlier version did not keep it
    zone: str | None
    asked_on: date | None  # the day on which the app last asked about missed days


class Named(Struct, frozen=True):
    """The entries that a change may concern."""

    ids: list[int]
    contacts: list[str]  # the keys of contacts, all of whose entries are meant
    since: date  # the days before it stand unchanged
    are_of_buyers: bool  # whether one names a contact, or follows another one, which may


class _Passing(Struct, frozen=True):
    running: Running | None
    block: Block | None  # the one that is open


class _Rows(_Passing, frozen=True):
    activities: tuple[ActivityFact, ...]  # by rank, archived ones included
    days_off: tuple[DayOff, ...]  # earliest first
    skipped: frozenset[date]  # local dates that travel skipped, also since the last use
    last_use: LastUse | None
    asks: Raw  # the `ProblemAsk`s of today, which only a view needs


class Facts(_Rows, frozen=True):
    """What the file says that today is made of."""

    today: date
    settings: Settings
    entries: tuple[EntryFact, ...]  # of today, in the order in which they happened
    before: Past | None  # what is kept of the days before; it may be of an earlier day


_ROWS = json.Decoder(_Rows, strict=False)
_WHAT_PASSES = json.Decoder(_Passing, strict=False)
_ENTRIES = json.Decoder(tuple[EntryFact, ...], strict=False)


def read_facts(
    connection: sqlite3.Connection,
    now: datetime,
    zone: tzinfo,
    starts_at: time = time(4),
    before: Facts | None = None,
    named: Named | None = None,
) -> Facts:
    """What the file says at a moment (UTC).

    `starts_at` is when the local day probably begins; only the file can tell. `named` are the
    entries to which alone, beside what runs, something has happened since it said what was
    `before`; None: to anything. What is not allowed in it is a `DamagedError` or
    `msgspec.ValidationError`.
    """
    today = local_day(now, zone, starts_at)
    if named is not None and before is not None and before.today == today:
        return _read_named(connection, before, named)
    found = connection.execute(_FACTS, {"today": today.isoformat()}).fetchone()
    text, chosen, kept, happened = found
    rows = _ROWS.decode(text)
    settings = settings_of(json.decode(chosen or "{}"))
    if local_day(now, zone, settings.day_starts_at) != today:
        return read_facts(connection, now, zone, settings.day_starts_at, before, named)
    skipped, last = rows.skipped, rows.last_use
    if last is not None and last.utc_offset is not None:
        day = skipped_day(last.day, last.utc_offset, today, now, zone, settings.day_starts_at)
        skipped |= {day} if day is not None else set()
    return Facts(
        today=today,
        settings=settings,
        entries=_ENTRIES.decode(happened or "[]"),
        before=_past(kept),
        **asdict(rows) | {"skipped": skipped},
    )


def _read_named(connection: sqlite3.Connection, before: Facts, named: Named) -> Facts:
    wanted = {"today": before.today.isoformat(), "named": json.encode(named).decode()}
    text, kept, happened = connection.execute(_FACTS_OF_NAMED, wanted).fetchone()
    read = _ENTRIES.decode(happened or "[]")
    gone = {*named.ids, *(item.id for item in read)}
    entries = [item for item in before.entries if item.id not in gone]
    for item in read:
        insort(entries, item, key=lambda each: (each.placed_at, each.id))
    passing = asdict(_WHAT_PASSES.decode(text))
    return replace(before, entries=tuple(entries), before=_past(kept), **passing)


def _past(kept: str | None) -> Past | None:
    with suppress(DecodeError):  # another version of the program kept it
        return json.decode(kept or "null", type=Past | None)
    return None
