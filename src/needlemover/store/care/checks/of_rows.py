"""Checks of what is in the tables: the rules that the schema cannot express."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum

from ....domain.calls.entry import Outcome, contact_key, fills_quota
from ....domain.delegation.problem import CostPer, Every, ProblemState
from ....domain.errors import NeedleError
from ....domain.promises.commitment import Rule
from ....text.settings import typed_settings, with_setting
from ...derived import differences
from ...settings_row import read_settings
from .registry import Looked, check

_OUTCOMES = frozenset(Outcome)
_ONE_DAY = timedelta(days=1)
_NOON = 12
"""The local day begins before noon, whatever the setting was."""

_DAYS = (
    ("entry", ("day", "logged_on")), ("commitment", ("start", "set_on")),
    ("problem", ("parked_on", "state_on", "ask_again_on")),
    ("day_off", ("start", "end", "said_on")), ("missed_reason", ("day",)), ("timer", ("day",)),
)  # fmt: skip
_INSTANTS = (
    ("entry", ("started_at", "logged_at")), ("timer", ("started_at", "last_seen")),
    ("change", ("changed_at",)), ("batch", ("imported_at",)),
)  # fmt: skip
_DAY_SHAPE = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
_INSTANT_SHAPE = f"{_DAY_SHAPE}T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z"

_PROBLEM_COLUMNS: tuple[tuple[str, type[StrEnum]], ...] = (
    ("state", ProblemState), ("every", Every), ("cost_per", CostPer), ("real_cost_per", CostPer),
)  # fmt: skip


@check("Days and times are written as they should be")
def written(looked: Looked) -> Iterator[str]:
    """What SQLite would keep although it is no day and no instant."""
    for shape, places, of in (
        (_DAY_SHAPE, _DAYS, "date"),
        (_INSTANT_SHAPE, _INSTANTS, "datetime"),
    ):
        for table, columns in places:
            for column in columns:
                rows = looked.connection.execute(
                    f'SELECT id FROM "{table}" WHERE "{column}" IS NOT NULL AND '
                    f'("{column}" NOT GLOB ? OR {of}("{column}") IS NULL)',
                    (shape,),
                )
                for (row,) in rows:
                    yield f"Row {row} of {table} has no {column.replace('_', ' ')} that is one."


@check("Entries fill their quotas as the rule says")
def quotas(looked: Looked) -> Iterator[str]:
    """Entries that count though they should not, or the other way round."""
    rows = looked.connection.execute(
        """
        SELECT entry.id, entry.day, is_sales, outcome, follows IS NOT NULL, seconds, count,
            fills_quota, problem_id IS NOT NULL
        FROM entry LEFT JOIN activity ON activity.id = entry.activity_id
        """
    )
    for row, day, is_sales, outcome, follows, seconds, count, fills, is_leak in rows:
        if outcome is not None and outcome not in _OUTCOMES:
            yield f"Entry {row} of {day} has an outcome that is not known."
            continue
        should = not is_leak and fills_quota(
            is_sales=bool(is_sales),
            outcome=None if outcome is None else Outcome(outcome),
            follows=bool(follows),
            seconds=seconds,
            count=count,
        )
        if should != bool(fills):
            yield f"Entry {row} of {day} {'should fill' if should else 'should not fill'} a quota."


@check("Only sales entries have outcomes, only money and leaks have no activity")
def places(looked: Looked) -> Iterator[str]:
    """Entries that stand where they cannot."""
    rows = looked.connection.execute(
        """
        SELECT entry.id, entry.day, entry.activity_id FROM entry
        LEFT JOIN activity ON activity.id = entry.activity_id
        WHERE (outcome IS NOT NULL AND NOT coalesce(is_sales, 0))
            OR (entry.activity_id IS NULL AND problem_id IS NULL
                AND (seconds OR count OR amount IS NULL))
        """
    )
    for row, day, activity in rows:
        what = "no activity" if activity is None else "an outcome, but is no sales entry"
        yield f"Entry {row} of {day} has {what}."


@check("An answer or a payment follows an earlier entry")
def following(looked: Looked) -> Iterator[str]:
    """Entries that follow themselves, a later one, or a payment."""
    rows = looked.connection.execute(
        """
        SELECT entry.id, entry.day FROM entry JOIN entry AS ask ON ask.id = entry.follows
        WHERE ask.day > entry.day OR ask.id = entry.id
            OR (ask.follows IS NOT NULL AND ask.outcome IS NULL)
        """
    )
    for row, day in rows:
        yield f"Entry {row} of {day} follows one that is not before it."


@check("Every entry counts for the day on which it began")
def local_days(looked: Looked) -> Iterator[str]:
    """The local date at the start is the day, or before its boundary the next one."""
    for table in ("entry", "timer"):
        rows = looked.connection.execute(
            f"SELECT id, day, started_at, utc_offset FROM {table} WHERE started_at IS NOT NULL"
        )
        for row, day, started_at, offset in rows:
            local = datetime.fromisoformat(started_at) + timedelta(seconds=offset or 0)
            behind = local.date() - date.fromisoformat(day)
            if behind and not (behind == _ONE_DAY and local.hour < _NOON):
                what = "The timer" if table == "timer" else f"Entry {row}"
                yield f"{what} counts for {day}, but began on {local:%Y-%m-%d at %H:%M}."


@check("Names are compared as they read")
def names(looked: Looked) -> Iterator[str]:
    """Activities and contacts that would not be found by their name."""
    for row, name, key in looked.connection.execute("SELECT id, name, name_key FROM activity"):
        if contact_key(name) != key:
            yield f"Activity {row} is not found by its name."
    rows = looked.connection.execute(
        "SELECT min(id), contact, contact_key FROM entry "
        "WHERE contact IS NOT NULL OR contact_key IS NOT NULL GROUP BY contact, contact_key"
    )
    for row, contact, key in rows:
        if contact is None or contact_key(contact) != key:
            yield f"The contact of entry {row} is not found by its name."


@check("Ranks go from 1 on, each once")
def ranks(looked: Looked) -> Iterator[str]:
    """Activities that share a rank, or leave one out."""
    found = [row[0] for row in looked.connection.execute("SELECT rank FROM activity ORDER BY rank")]
    if found != list(range(1, len(found) + 1)):
        yield "The ranks leave a place out or share one: rank any activity."


@check("Promises can be kept")
def promises(looked: Looked) -> Iterator[str]:
    """Commitments with weekdays, quotas or rules that are none."""
    rows = looked.connection.execute(
        "SELECT id, weekdays, seconds, count, rule, weekly FROM commitment"
    )
    for row, weekdays, seconds, count, rule, weekly in rows:
        if (
            (weekdays is not None and not 0 <= weekdays < 1 << 7)
            or any(quota is not None and quota <= 0 for quota in (seconds, count))
            or rule not in frozenset(Rule)
            or (weekly and weekdays)
        ):
            yield f"Commitment {row} promises what cannot be."


@check("At most one timer runs")
def timers(looked: Looked) -> Iterator[str]:
    """More than one."""
    ((many,),) = looked.connection.execute("SELECT count(*) FROM timer")
    if many > 1:
        yield f"{many} timers run."


@check("Problems can be weighed")
def problems(looked: Looked) -> Iterator[str]:
    """Problems with a state, a rhythm or a price that is none."""
    for column, kind in _PROBLEM_COLUMNS:
        known = ", ".join(f"'{item}'" for item in kind)
        rows = looked.connection.execute(f"SELECT id FROM problem WHERE {column} NOT IN ({known})")
        for (row,) in rows:
            yield f"Problem {row} has no {column.replace('_', ' ')} that is one."


@check("What is kept of each day adds up to its entries")
def sums(looked: Looked) -> list[str]:
    """Days whose sums are not those of their entries."""
    return differences(looked.connection)


@check("The settings can be read")
def settings(looked: Looked) -> Iterator[str]:
    """A value that a setting cannot have."""
    kept = read_settings(looked.connection)
    for key, typed in typed_settings(kept).items():
        try:
            with_setting(kept, key, typed)
        except NeedleError as error:
            yield f"The setting {key} cannot be: {error}"


@check("Every change can be undone")
def history(looked: Looked) -> Iterator[str]:
    """What the undo history says is no row."""
    for row, before, after in looked.connection.execute(
        "SELECT id, before, after FROM changed_row"
    ):
        try:
            images = [json.loads(image) for image in (before, after) if image is not None]
        except ValueError:
            images = [None]
        if not all(isinstance(image, dict) for image in images):
            yield f"Step {row} of the undo history cannot be read."
    # Undone changes are the last ones: otherwise undo and redo would mix them up.
    ((mixed,),) = looked.connection.execute(
        "SELECT count(*) FROM change WHERE undone AND id < "
        "(SELECT coalesce(max(id), 0) FROM change WHERE NOT undone)"
    )
    if mixed:
        yield f"{mixed} undone changes stand before others that were not undone."
