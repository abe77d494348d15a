"""What was worked out of the days before today, kept in the file until one of them changes.

Without it every opening would add up the whole history. The row is deleted in the transaction
that changes a past day, so it is either true or not there.
"""

from datetime import date, timedelta

from msgspec import DecodeError, Struct, json
from sqlalchemy import Connection, select

from ..domain.assembly import Past
from ..domain.snapshots import StripDay
from ..domain.status import Status
from .bookkeeping import KEPT_PAST, write_only_row
from .remembered import has_changed, remembered


class _Kept(Struct):
    past: Past
    strip: tuple[Status, ...]
    """Of the days before, the last one of them yesterday."""


def read_kept(
    connection: Connection, day: date, first_weekday: int
) -> tuple[Past, tuple[StripDay, ...]] | None:
    """What the days before a day hand on to it, and the strip that ends before it, if kept."""
    row = connection.execute(
        KEPT_PAST.select().where(KEPT_PAST.c.day == day, KEPT_PAST.c.first_weekday == first_weekday)
    ).first()
    if row is None:
        return None
    try:
        kept = json.decode(row.facts, type=_Kept)
    except DecodeError:  # another version of the program kept it
        return None
    first = day - timedelta(days=len(kept.strip))
    strip = tuple(
        StripDay(first + timedelta(days=number), status) for number, status in enumerate(kept.strip)
    )
    return kept.past, strip


def keep(
    connection: Connection,
    day: date,
    first_weekday: int,
    past: Past,
    strip: tuple[StripDay, ...],
) -> None:
    """Keep what the days before a day hand on to it."""
    facts = json.encode(_Kept(past, tuple(item.status for item in strip))).decode()
    write_only_row(connection, KEPT_PAST, day=day, first_weekday=first_weekday, facts=facts)
    has_changed(connection, KEPT_PAST.name)


def forget(connection: Connection, *, but_for: date | None = None) -> None:
    """Let go of what is kept, but for the one of a day whose past has not changed."""
    if remembered(connection, (KEPT_PAST.name,), _kept_for) in (None, but_for):
        return
    connection.execute(KEPT_PAST.delete())
    has_changed(connection, KEPT_PAST.name)


def _kept_for(connection: Connection) -> date | None:
    day: date | None = connection.execute(select(KEPT_PAST.c.day)).scalar()
    return day
