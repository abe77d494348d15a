"""Entries as the views take them: read with what the other entries say about them."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from ...domain.calls.entry import ANSWERS, NOT_REACHED, EntryFact, Newness, Outcome, contact_key
from ...domain.day import ONE_DAY
from ...domain.errors import NeedleError
from ..remembered import remembered
from ..schema.tables import ACTIVITY, BY_HAND, ENTRY, PROBLEM

_COLUMNS = (
    "id", "activity_id", "day", "started_at", "utc_offset", "seconds", "count", "outcome",
    "contact", "amount", "note", "came_from", "follows", "source", "logged_on",
    "problem_id",
)  # fmt: skip

_EARLIER = ENTRY.alias("earlier")
_ANSWER = ENTRY.alias("answer")


def _order(table: Any) -> ColumnElement[Any]:
    """Where an entry stands within its day."""
    return func.coalesce(table.c.started_at, table.c.logged_at)


def _written(outcome: Outcome) -> ColumnElement[str]:
    """A word as it stands in a statement; a list of parameters would be put in at each use."""
    return literal_column(f"'{outcome.value}'", String)


def _was_conversation(table: Any) -> ColumnElement[bool]:
    return and_(
        table.c.outcome.is_not(None),
        table.c.outcome.not_in(map(_written, NOT_REACHED)),
        table.c.follows.is_(None),
    )


# Whether an earlier conversation with the same contact exists.
_KNOWN = exists().where(
    _EARLIER.c.contact_key == ENTRY.c.contact_key,
    _was_conversation(_EARLIER),
    or_(
        _EARLIER.c.day < ENTRY.c.day,
        and_(
            _EARLIER.c.day == ENTRY.c.day,
            or_(
                _order(_EARLIER) < _order(ENTRY),
                and_(_order(_EARLIER) == _order(ENTRY), _EARLIER.c.id < ENTRY.c.id),
            ),
        ),
    ),
)
_ANSWERED = (
    select(_ANSWER.c.outcome)
    .where(
        _ANSWER.c.follows == ENTRY.c.id,
        _ANSWER.c.outcome.in_(map(_written, ANSWERS)),
    )
    .order_by(_ANSWER.c.day.desc(), _ANSWER.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_FACTS = select(
    *(ENTRY.c[name] for name in _COLUMNS),
    ACTIVITY.c.name,
    ACTIVITY.c.is_sales,
    PROBLEM.c.title,
    _KNOWN.label("known"),
    _ANSWERED.label("answer"),
).select_from(
    ENTRY.join(ACTIVITY, ACTIVITY.c.id == ENTRY.c.activity_id, isouter=True).join(
        PROBLEM, PROBLEM.c.id == ENTRY.c.problem_id, isouter=True
    )
)
OPEN_ASK = and_(
    # Written out, because only then the index of asks is sure to be used.
    ENTRY.c.outcome == _written(Outcome.ASKED),
    _ANSWERED.is_(None),
)


def entries_where(
    *where: ColumnElement[bool], newest_first: bool = False, at_most: int | None = None
) -> Select[Any]:
    """The statement for the entries that fit, in the order in which they happened.

    Made once for each use and kept: building it anew takes as long as answering it.
    """
    order = (ENTRY.c.day, _order(ENTRY), ENTRY.c.id)
    ordered = _FACTS.where(*where).order_by(
        *(item.desc() for item in order) if newest_first else order
    )
    return ordered.limit(at_most) if at_most is not None else ordered


_ON_DAY = entries_where(ENTRY.c.day == bindparam("on"))
_WITH_ID = entries_where(ENTRY.c.id == bindparam("wanted"))


def read_entries(
    connection: Connection, statement: Select[Any], **values: Any
) -> tuple[EntryFact, ...]:
    """The entries of a statement made by `entries_where`, with its parameters."""
    return tuple(map(_fact, connection.execute(statement, values)))


def entries_on(connection: Connection, day: date) -> tuple[EntryFact, ...]:
    """The entries of a day, in the order in which they happened."""
    return remembered(connection, (ENTRY.name, ACTIVITY.name, PROBLEM.name), _entries_on, day)


def _entries_on(connection: Connection, day: date) -> tuple[EntryFact, ...]:
    return read_entries(connection, _ON_DAY, on=day)


def read_entry(connection: Connection, entry_id: int) -> EntryFact:
    """One entry.

    Raises:
        NeedleError: when it is gone.
    """
    found = read_entries(connection, _WITH_ID, wanted=entry_id)
    if not found:
        raise NeedleError("This entry is gone: another terminal may have taken it back.")
    return found[0]


def _fact(row: Any) -> EntryFact:
    (
        entry_id, activity_id, day, started_at, utc_offset, seconds, count, outcome,
        contact, amount, note, came_from, follows, source, logged_on, problem_id,
        activity, is_sales, problem, known, answer,
    ) = row  # fmt: skip
    outcome = Outcome(outcome) if outcome else None
    newness = None
    if contact and outcome is not None and outcome.reached and follows is None:
        newness = Newness.KNOWN if known else Newness.NEW
    return EntryFact(
        id=entry_id,
        activity_id=activity_id,
        activity=activity or "",
        is_sales=bool(is_sales),
        day=day,
        started_at=started_at,
        utc_offset=utc_offset,
        seconds=seconds,
        count=count,
        outcome=outcome,
        contact=contact or "",
        amount=amount,
        note=note or "",
        came_from=came_from,
        follows=follows,
        late=source == BY_HAND and logged_on > day,
        newness=newness,
        answer=Outcome(answer) if answer else None,
        problem_id=problem_id,
        problem=problem or "",
    )


def count_open_asks(connection: Connection, before: date) -> int:
    """How many asks of the days before have no answer."""
    query = select(func.count()).select_from(ENTRY).where(OPEN_ASK, ENTRY.c.day < before)
    return int(connection.execute(query).scalar() or 0)


_NEAR = (
    select(ENTRY.c.id, ENTRY.c.started_at, ENTRY.c.seconds)
    .where(
        ENTRY.c.day.between(bindparam("first"), bindparam("last")),
        ENTRY.c.started_at < bindparam("end"),
        ENTRY.c.seconds > 0,
        ENTRY.c.id != bindparam("but_for"),
    )
    .order_by(ENTRY.c.started_at, ENTRY.c.id)
)


def overlapping(connection: Connection, entry: EntryFact) -> EntryFact | None:
    """Another entry that went on at the same time."""
    if entry.started_at is None or not entry.seconds:
        return None
    begin, end = entry.started_at, entry.started_at + timedelta(seconds=entry.seconds)
    near = connection.execute(
        _NEAR,
        {
            "first": entry.day - ONE_DAY,
            "last": entry.day + ONE_DAY,
            "end": end,
            "but_for": entry.id,
        },
    )
    for other_id, start, seconds in near:
        if begin < start + timedelta(seconds=seconds):
            return read_entry(connection, other_id)
    return None


def recent_contacts(connection: Connection, beginning: str, at_most: int) -> tuple[str, ...]:
    """Names of contacts that begin so, most recent first, as they were spelled last."""
    key = contact_key(beginning)
    # Answered from the index alone; only the few names found are read from the entries.
    found = (
        select(ENTRY.c.contact_key, func.max(ENTRY.c.day).label("last"))
        .where(ENTRY.c.contact_key >= key, ENTRY.c.contact_key < key + "\U0010ffff")
        .group_by(ENTRY.c.contact_key)
        .order_by(func.max(ENTRY.c.day).desc(), ENTRY.c.contact_key)
        .limit(at_most)
        .subquery()
    )
    spelled = (
        select(_EARLIER.c.contact)
        .where(_EARLIER.c.contact_key == found.c.contact_key)
        .order_by(_EARLIER.c.day.desc(), _EARLIER.c.id.desc())
        .limit(1)
        .correlate(found)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(spelled).select_from(found).order_by(found.c.last.desc(), found.c.contact_key)
    )
    return tuple(row[0] for row in rows)
