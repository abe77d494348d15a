"""When buyers answer: conversations per dial by weekday and hour of the local day."""

from collections.abc import Iterable

from msgspec import Struct

from .rates import Rate

BEST = 3


class Slot(Struct, frozen=True):
    """An hour of a weekday."""

    weekday: int
    """Of the local day, Monday is 0: an hour after midnight still belongs to the evening before."""
    hour: int
    """On the clock where the call was, 0 to 23."""
    dials: int
    conversations: int

    @property
    def rate(self) -> Rate:
        """How often a buyer answered."""
        return Rate(self.conversations, self.dials)


class Slots(Struct, frozen=True):
    """All hours in which anyone was called."""

    slots: tuple[Slot, ...] = ()
    """By weekday, then by hour; only those with a dial."""
    timeless: int = 0
    """Dials of which only the day is known; they are in no slot."""
    best: tuple[Slot, ...] = ()
    """At most three whose rate can be said, the best first."""

    @property
    def overall(self) -> Rate:
        """How often a buyer answered in all these hours together."""
        return Rate(
            sum(slot.conversations for slot in self.slots), sum(slot.dials for slot in self.slots)
        )


def slots_of(found: Iterable[Slot], timeless: int) -> Slots:
    """The slots, and the best three of those whose rate can be said.

    The best are ordered by the lower end of their interval, so that a lucky hour with few calls
    does not stand above a good one with many; a slot is named only when its rate can be said by
    the rule of `Rate.can_be_said`.
    """
    slots = tuple(sorted(found, key=lambda slot: (slot.weekday, slot.hour)))
    sure = [slot for slot in slots if slot.rate.can_be_said]
    sure.sort(key=lambda slot: slot.rate.low or 0.0, reverse=True)
    return Slots(slots, timeless, tuple(sure[:BEST]))
