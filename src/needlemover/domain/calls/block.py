"""Call blocks: stretches of time kept for calling. They fill no quota."""

from collections.abc import Sequence
from math import log, sqrt

from msgspec import Struct

LONGEST_BLOCK = 12 * 3600  # seconds
USUAL_FROM = 3  # so many earlier blocks make a usual one
_LEAST_TALKS = 5
_Z = 1.959964


class BlockSum(Struct, frozen=True):
    """What one block or several brought."""

    seconds: int = 0  # by the clock
    dials: int = 0
    conversations: int = 0
    blocks: int = 1

    @property
    def talks_an_hour(self) -> float | None:
        """Conversations in an hour; None without time."""
        return self.conversations * 3600 / self.seconds if self.seconds else None


class BlockHours(Struct, frozen=True):
    """What the hours in blocks brought, and the hours of the clock with a dial outside of them."""

    inside: BlockSum
    outside: BlockSum


def usual(blocks: Sequence[BlockSum]) -> BlockSum | None:
    """The medians of earlier blocks; None of fewer than three."""
    if len(blocks) < USUAL_FROM:
        return None
    from statistics import median_low  # it takes long to load

    dials, talks, seconds = (
        median_low(getattr(item, name) for item in blocks)
        for name in ("dials", "conversations", "seconds")
    )
    return BlockSum(seconds, dials, talks, len(blocks))


def log_ratio(hours: BlockHours) -> tuple[float, float] | None:
    """The 95 % interval of the logarithm of how many times as many conversations an hour brings.

    Counts of events in known times, Poisson: the logarithm of the ratio of two rates has the
    variance 1/a + 1/b. None where one has fewer than five conversations, or no time.
    """
    inside, outside = hours.inside, hours.outside
    a, b = inside.conversations, outside.conversations
    if min(a, b) < _LEAST_TALKS or not inside.seconds or not outside.seconds:
        return None
    middle = log(a / inside.seconds) - log(b / outside.seconds)
    half = _Z * sqrt(1 / a + 1 / b)
    return middle - half, middle + half
