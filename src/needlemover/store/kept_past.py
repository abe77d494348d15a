"""What was worked out of the days before a day, kept in the file until one of them changes.

Without it every opening would add up the whole history. The row is deleted in the transaction
that changes a day before, so it is either true or not there; on a later day it is carried on.
"""

from datetime import date

from msgspec import DecodeError, Struct, json
from sqlalchemy import Connection, select

from ..domain.today.past import Past
from ..domain.today.snapshot import StripDay
from .remembered import has_changed, remembered
from .schema.bookkeeping import KEPT_PAST, write_only_row


class Kept(Struct, frozen=True):
    """What the days before a day hand on to it."""

    day: date
    past: Past
    strip: tuple[StripDay, ...]
    """It ends before the day."""


def read_kept(connection: Connection, first_weekday: int) -> Kept | None:
    """What was kept last, be it for today or for an earlier day."""
    text = connection.execute(
        select(KEPT_PAST.c.facts).where(KEPT_PAST.c.first_weekday == first_weekday)
    ).scalar()
    try:
        return None if text is None else json.decode(text, type=Kept)
    except DecodeError:  # another version of the program kept it
        return None


def keep(connection: Connection, kept: Kept, first_weekday: int) -> None:
    """Keep what the days before a day hand on to it."""
    facts = json.encode(kept).decode()
    write_only_row(connection, KEPT_PAST, day=kept.day, first_weekday=first_weekday, facts=facts)
    has_changed(connection, KEPT_PAST.name)


def forget(connection: Connection, *, after: date = date.min) -> None:
    """Let go of what is kept, unless it is for a day until which nothing has changed.

    Args:
        connection: to the file.
        after: the first day of which something has changed.
    """
    kept_for = remembered(connection, (KEPT_PAST.name,), _kept_for)
    if kept_for is not None and kept_for > after:
        connection.execute(KEPT_PAST.delete())
        has_changed(connection, KEPT_PAST.name)


def _kept_for(connection: Connection) -> date | None:
    day: date | None = connection.execute(select(KEPT_PAST.c.day)).scalar()
    return day
