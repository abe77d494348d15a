"""A snapshot of a day as text, and back: equal to what it was.

Its fields are those of the values themselves. Whoever changes what one of them means counts
`FORMAT` up; a text in which one is missing is not read anyway.
"""

from collections.abc import Sequence

from msgspec import Struct, json

from ..domain.today.snapshot import DaySnapshot
from . import FORMAT


class _Day(Struct):
    snapshot: DaySnapshot


class _Published(Struct):
    format: int
    days: tuple[_Day, ...]


def as_text(snapshot: DaySnapshot, ahead: Sequence[DaySnapshot] = ()) -> str:
    """Snapshots of a day and of the next ones as JSON."""
    from .glance import glance_of  # who only reads the day does not need it

    days = [{"glance": glance_of(day), "snapshot": day} for day in (snapshot, *ahead)]
    # Sets in an order of their own, so that what is equal is the same text.
    return json.encode({"format": FORMAT, "days": days}, order="deterministic").decode()


def as_snapshots(text: str) -> tuple[DaySnapshot, ...]:
    """The snapshots of a text; none when it has another format.

    Raises:
        msgspec.DecodeError: when the text is damaged, or lacks something.
    """
    published = json.decode(text, type=_Published)
    return tuple(day.snapshot for day in published.days) if published.format == FORMAT else ()
