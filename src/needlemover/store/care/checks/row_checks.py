"""Checks of what is in the tables: the rules that the schema cannot express."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from ....domain.calls.entry import Outcome, contact_key, fills_quota
from ....domain.day import ONE_DAY
from ...derived import wrong_sums
from ...settings_row import wrong_settings
from ..sections import SECTIONS, Kind
from .report import OpenFile, check

_NOON = 12
"""The local day begins before noon, whatever the setting was."""
_TWO, _DAY = "[0-9][0-9]", "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
_SHAPES = {
    Kind.DAY: ("date", _DAY),
    Kind.INSTANT: ("datetime", f"{_DAY}T{_TWO}:{_TWO}:{_TWO}Z"),
}
_COLUMNS = [
    (section.table.name, field) for section in SECTIONS.values() for field in section.fields
]

# Each finds rows that break a rule, and says it of them.
_RULES = (
    (
        "Only sales entries have outcomes, only money and leaks have no activity",
        """
        SELECT entry.id, entry.day, CASE WHEN entry.activity_id IS NULL THEN 'no activity'
            ELSE 'an outcome, but is not a sales entry' END
        FROM entry LEFT JOIN activity ON activity.id = entry.activity_id
        WHERE (outcome IS NOT NULL AND NOT coalesce(is_sales, 0))
            OR (entry.activity_id IS NULL AND problem_id IS NULL
                AND (seconds OR count OR amount IS NULL))
        """,
        "Entry {} of {} has {}.",
    ),
    (
        "An answer or a payment follows an earlier entry",
        """
        SELECT entry.id, entry.day FROM entry JOIN entry AS ask ON ask.id = entry.follows
        WHERE ask.day > entry.day OR ask.id = entry.id
            OR (ask.follows IS NOT NULL AND ask.outcome IS NULL)
        """,
        "Entry {} of {} follows one that is not before it.",
    ),
    (
        "Ranks go from 1 on, each once",
        """
        SELECT 1 FROM activity GROUP BY NULL
        HAVING count(DISTINCT rank) < count(*) OR min(rank) <> 1 OR max(rank) <> count(*)
        """,
        "The ranks leave a place out or share one: rank any activity.",
    ),
    (
        "Promises can be kept",
        """
        SELECT id FROM commitment WHERE weekdays NOT BETWEEN 0 AND 127 OR seconds <= 0
            OR count <= 0 OR (weekly AND weekdays)
        """,
        "Commitment {} has a quota or weekdays that are not allowed.",
    ),
    (
        "Undone changes are the last ones",
        """
        SELECT count(*) FROM change
        WHERE undone AND id < (SELECT max(id) FROM change WHERE NOT undone)
        GROUP BY NULL
        """,
        "{} undone changes stand before others that were not undone.",
    ),
)


def _rule(name: str, statement: str, sentence: str) -> None:
    check(name)(lambda file: (sentence.format(*row) for row in file.connection.execute(statement)))


for _name, _statement, _sentence in _RULES:
    _rule(_name, _statement, _sentence)


@check("Days and times are written as they should be")
def days_and_times(file: OpenFile) -> Iterator[str]:
    """What SQLite would keep although it is neither a day nor an instant."""
    for table, field in _COLUMNS:
        if field.kind in _SHAPES:
            of, shape = _SHAPES[field.kind]
            name = f'"{field.name}"'
            yield from _rows_where(
                file, table, field.name, f"{name} NOT GLOB '{shape}' OR {of}({name}) IS NULL"
            )


@check("Each word is one that is known")
def words(file: OpenFile) -> Iterator[str]:
    """Outcomes, rules, states, rhythms and prices that there are not."""
    for table, field in _COLUMNS:
        if field.choices:
            known = ", ".join(f"'{choice}'" for choice in field.choices)
            yield from _rows_where(file, table, field.name, f'"{field.name}" NOT IN ({known})')


def _rows_where(file: OpenFile, table: str, column: str, wrong: str) -> Iterator[str]:
    rows = file.connection.execute(
        f'SELECT id FROM "{table}" WHERE "{column}" IS NOT NULL AND ({wrong})'
    )
    for (row,) in rows:
        yield f"Row {row} of {table}: the value of {column} is not allowed."


@check("Entries fill their quotas as the rule says")
def quotas(file: OpenFile) -> Iterator[str]:
    """Entries that count though they should not, or the other way round."""
    rows = file.connection.execute(
        """
        SELECT entry.id, entry.day, is_sales, outcome, follows IS NOT NULL, seconds, count,
            fills_quota, problem_id IS NOT NULL
        FROM entry LEFT JOIN activity ON activity.id = entry.activity_id
        WHERE outcome IS NULL OR outcome IN (SELECT value FROM json_each(?))
        """,
        (json.dumps(list(Outcome)),),
    )
    for row, day, is_sales, outcome, follows, seconds, count, fills, is_leak in rows:
        should = fills_quota(
            is_sales=bool(is_sales),
            outcome=None if outcome is None else Outcome(outcome),
            follows=bool(follows),
            seconds=seconds,
            count=count,
            is_leak=bool(is_leak),
        )
        if should != bool(fills):
            yield f"Entry {row} of {day} {'should fill' if should else 'should not fill'} a quota."


@check("Every entry counts for the day on which it began")
def local_days(file: OpenFile) -> Iterator[str]:
    """The local date at the start is the day, or before its boundary the next one."""
    for table in ("entry", "timer"):
        rows = file.connection.execute(
            f"SELECT id, day, started_at, utc_offset FROM {table} WHERE started_at IS NOT NULL"
        )
        for row, day, started_at, offset in rows:
            local = datetime.fromisoformat(started_at) + timedelta(seconds=offset or 0)
            behind = local.date() - date.fromisoformat(day)
            if behind and not (behind == ONE_DAY and local.hour < _NOON):
                what = "The timer" if table == "timer" else f"Entry {row}"
                yield f"{what} counts for {day}, but began on {local:%Y-%m-%d at %H:%M}."


@check("Names are compared as they read")
def names(file: OpenFile) -> Iterator[str]:
    """Activities and contacts that would not be found by their name."""
    for row, name, key in file.connection.execute("SELECT id, name, name_key FROM activity"):
        if contact_key(name) != key:
            yield f"Activity {row} is not found by its name."
    rows = file.connection.execute(
        "SELECT min(id), contact, contact_key FROM entry "
        "WHERE contact IS NOT NULL OR contact_key IS NOT NULL GROUP BY contact, contact_key"
    )
    for row, contact, key in rows:
        if contact is None or contact_key(contact) != key:
            yield f"The contact of entry {row} is not found by its name."


@check("What is kept of each day adds up to its entries")
def sums(file: OpenFile) -> list[str]:
    """Days whose sums are not those of their entries."""
    return wrong_sums(file.connection)


@check("The settings can be read")
def settings(file: OpenFile) -> list[str]:
    """A value that a setting cannot have."""
    return wrong_settings(file.connection)


@check("Every change can be undone")
def history(file: OpenFile) -> Iterator[str]:
    """Where the undo history does not hold a row."""
    for row, before, after in file.connection.execute("SELECT id, before, after FROM changed_row"):
        try:
            images = [json.loads(image) for image in (before, after) if image is not None]
        except ValueError:
            images = [None]
        if not all(isinstance(image, dict) for image in images):
            yield f"Step {row} of the undo history cannot be read."
