"""Imports: many entries in one transaction, one step of the undo history, none of them twice."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select

from ..domain.commitment import is_archived
from ..domain.entry import Outcome, contact_key, fills_quota
from ..domain.errors import NeedleError, WrongUsageError
from ..domain.snapshots import ActivityFact
from ..text.format import plural, quoted
from ..text.parse import parse_name
from .activities import add_activity, find_activity, name_key, read_activities
from .bookkeeping import BATCH, FORGOTTEN_KEY
from .journal import Step
from .remembered import has_changed
from .rollup import added_together
from .session import Moment, Session
from .tables import ACTIVITY, ENTRY

DEFAULT_ACTIVITY = "Sales conversations"
BY_HAND = "hand"
"""The source of what was not imported."""
_AT_A_TIME = 2000
# New keys fall all over their index: with too few pages at hand each would be fetched again.
_LARGE_CACHE = "PRAGMA cache_size = -65536"


@dataclass(frozen=True, slots=True)
class ImportedEntry:
    """A row of somebody's file, read."""

    row: str
    """The row as it stands in the file, before any mapping."""
    day: date
    row_id: str | None = None
    """What the file itself calls the row."""
    started_at: datetime | None = None
    utc_offset: int | None = None
    seconds: int = 0
    outcome: Outcome | None = None
    contact: str = ""
    amount: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    activity: str
    added: int
    known: int
    """Rows that had been imported before, those deleted since included."""
    created_activity: bool
    without_outcome: int = 0
    """Those added to a sales activity that name no outcome; they count as talked."""


class _OnlyTriedError(Exception):
    """Ends a trial run, so that the transaction is rolled back."""


class Imports:
    """Taking in many entries at once."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        entries: Iterable[ImportedEntry],
        *,
        source: str,
        file_name: str,
        activity: str | None = None,
        dry_run: bool = False,
    ) -> Imported:
        """Add all entries that are not here yet, or, when anything fails, none.

        Args:
            entries: read one after the other, so that a file of any length fits.
            source: whose file it is; rows of one source are recognised when they come again.
            file_name: for the undo history.
            activity: into which; None: the highest-ranked sales activity. Where there is no sales
                activity, one is made.
            dry_run: only count.

        Raises:
            NeedleError: when there is no such activity, or it is no sales activity and the
                entries have outcomes.
        """
        source = parse_name(source, "source")
        if source == BY_HAND:
            raise WrongUsageError(
                f"{quoted(source)} stands for what is logged by hand: give another --source."
            )
        done: Imported | None = None
        try:
            with self._session.change("") as (step, moment):
                done = _add(step, moment, entries, source, file_name, activity)
                what = plural(done.added, "entry", "entries")
                step.label = f"Imported {done.added:,} {what} from {quoted(file_name)}"
                if dry_run:
                    raise _OnlyTriedError
        except _OnlyTriedError:
            pass
        assert done is not None
        return done


def _add(
    step: Step,
    moment: Moment,
    entries: Iterable[ImportedEntry],
    source: str,
    file_name: str,
    activity: str | None,
) -> Imported:
    step.connection.exec_driver_sql(_LARGE_CACHE)
    target, created = _target(step, moment, activity)
    batch_id = step.insert(BATCH, source=source, file_name=file_name, imported_at=moment.now)
    batch = _Batch(step.connection, moment, target, source, batch_id)
    with added_together(step.connection):
        batch.add(entries)
    if batch.added:
        step.added_batch(batch_id)
    else:
        _take_back(step, created, target, batch_id)
    return Imported(
        activity=target.name,
        added=batch.added,
        known=batch.known,
        created_activity=created and bool(batch.added),
        without_outcome=batch.without_outcome,
    )


def _target(step: Step, moment: Moment, typed: str | None) -> tuple[ActivityFact, bool]:
    """The activity to import into, and whether it had to be made."""
    known = read_activities(step.connection)
    sales = [item for item in known if item.is_sales]
    if typed is None and sales:
        return min(sales, key=lambda item: is_archived(item.timeline, moment.today)), False
    name = parse_name(DEFAULT_ACTIVITY if typed is None else typed, "activity")
    begins_so = any(name_key(item.name).startswith(name_key(name)) for item in known)
    if typed is not None and (sales or begins_so):
        return find_activity(step.connection, moment, name), False
    if begins_so and any(name_key(item.name) == name_key(name) for item in known):
        raise NeedleError(
            f"{quoted(name)} is no sales activity: name the one to import into with --activity."
        )
    activity_id = add_activity(step, moment, name, is_sales=True)
    known = read_activities(step.connection)
    return next(item for item in known if item.id == activity_id), True


def _take_back(step: Step, created: bool, target: ActivityFact, batch_id: int) -> None:
    """Leave no trace of an import that added nothing."""
    connection = step.connection
    connection.execute(BATCH.delete().where(BATCH.c.id == batch_id))
    if created:
        connection.execute(ACTIVITY.delete().where(ACTIVITY.c.id == target.id))
        has_changed(connection, ACTIVITY.name)
    step.changed.clear()


def _known_keys(connection: Connection, source: str) -> set[str]:
    found: set[str] = set()
    for table in (ENTRY, FORGOTTEN_KEY):
        query = select(table.c.source_key).where(
            table.c.source == source, table.c.source_key.is_not(None)
        )
        found.update(row[0] for row in connection.execute(query))
    return found


class _Batch:
    """The entries of one import, on their way in."""

    def __init__(
        self,
        connection: Connection,
        moment: Moment,
        target: ActivityFact,
        source: str,
        batch_id: int,
    ) -> None:
        self.added = self.known = self.without_outcome = 0
        self._connection = connection
        self._moment = moment
        self._target = target
        self._source = source
        self._batch_id = batch_id
        self._known_keys = _known_keys(connection, source)
        self._places: Counter[bytes] = Counter()

    def add(self, entries: Iterable[ImportedEntry]) -> None:
        """Add those that are not here yet."""
        rows = iter(entries)
        while chunk := list(islice(rows, _AT_A_TIME)):
            values = [row for row in map(self._values, chunk) if row is not None]
            if values:
                self._connection.execute(ENTRY.insert(), values)
            self.added += len(values)
            self.known += len(chunk) - len(values)

    def _values(self, entry: ImportedEntry) -> dict[str, Any] | None:
        """The row of the table; None: it is here already, or was and has been deleted."""
        key = self._key(entry)
        if key in self._known_keys:
            return None
        self._known_keys.add(key)
        contact = " ".join(entry.contact.split())
        outcome = self._outcome(entry)
        return {
            "activity_id": self._target.id,
            "day": entry.day,
            "started_at": entry.started_at,
            "utc_offset": entry.utc_offset,
            "seconds": entry.seconds,
            "count": 1,
            "outcome": outcome.value if outcome else None,
            "contact": contact or None,
            "contact_key": contact_key(contact) or None,
            "amount": entry.amount,
            "note": entry.note.strip() or None,
            "fills_quota": fills_quota(
                is_sales=self._target.is_sales,
                outcome=outcome,
                follows=False,
                seconds=entry.seconds,
                count=1,
            ),
            "source": self._source,
            "batch_id": self._batch_id,
            "source_key": key,
            "logged_at": self._moment.now,
            "logged_on": self._moment.today,
        }

    def _key(self, entry: ImportedEntry) -> str:
        """What tells a row from all others of its source.

        Its own id; where it has none, a hash of the row as it stands in the file, the activity,
        the source and its place among equal rows, so that of twelve equal calls each is kept once.
        """
        if entry.row_id is not None:
            return f"id:{entry.row_id}"
        row = sha256(entry.row.encode()).digest()
        self._places[row] += 1
        rest = f"{self._target.id}\0{self._source}\0{self._places[row]}"
        return sha256(row + rest.encode()).hexdigest()

    def _outcome(self, entry: ImportedEntry) -> Outcome | None:
        if not self._target.is_sales:
            if entry.outcome is not None:
                raise NeedleError(
                    f"{quoted(self._target.name)} is no sales activity, so its entries have no "
                    "outcome: leave the outcome out (--map outcome=), or name a sales activity "
                    "with --activity."
                )
            return None
        if entry.outcome is None:
            self.without_outcome += 1
        return entry.outcome or Outcome.TALKED
