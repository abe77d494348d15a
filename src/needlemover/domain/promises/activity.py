"""The activities that something is promised for."""

from msgspec import Struct

from .commitment import Timeline


class ActivityFact(Struct, frozen=True):
    """A high-value activity and what was promised for it."""

    id: int
    name: str
    is_sales: bool
    rank: int
    timeline: Timeline
