"""The names of contacts, as they were spelled last."""

from sqlalchemy import Connection, func, select

from ...domain.calls.entry import contact_key
from ..schema.tables import ENTRY

_LATER = ENTRY.alias("later")


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
        select(_LATER.c.contact)
        .where(_LATER.c.contact_key == found.c.contact_key)
        .order_by(_LATER.c.day.desc(), _LATER.c.id.desc())
        .limit(1)
        .correlate(found)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(spelled).select_from(found).order_by(found.c.last.desc(), found.c.contact_key)
    )
    return tuple(row[0] for row in rows)
