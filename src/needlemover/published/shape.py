"""A snapshot of a day as text, and back: equal to what it was.

Its fields are those of the values themselves. Whoever changes what one of them means counts
`FORMAT` up; a text in which one is missing is not read anyway.
"""

from msgspec import Struct, json

from ..domain.snapshots import DaySnapshot
from . import FORMAT


class _Published(Struct):
    format: int
    snapshot: DaySnapshot


def as_text(snapshot: DaySnapshot) -> str:
    """A snapshot as JSON."""
    from .glance import glance_of  # who only reads the day does not need it

    facts = {"format": FORMAT, "glance": glance_of(snapshot), "snapshot": snapshot}
    # Sets in an order of their own, so that what is equal is the same text.
    return json.encode(facts, order="deterministic").decode()


def as_snapshot(text: str) -> DaySnapshot | None:
    """The snapshot of a text; None when it has another format.

    Raises:
        msgspec.DecodeError: when the text is damaged, or lacks something.
    """
    published = json.decode(text, type=_Published)
    return published.snapshot if published.format == FORMAT else None
