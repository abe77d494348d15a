"""What was kept of what was promised: callbacks on their day, and meetings."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from ..calls.entry import Outcome
from .contact import StepKind


class Promised(Struct, frozen=True):
    """A next step, as it stands or as it ended."""

    kind: StepKind
    day: date
    set_on: date
    ended_on: date | None = None
    outcome: Outcome | None = None  # of the call that ended it; None: open, moved or dropped

    def was_kept(self, today: date) -> bool | None:
        """Whether a callback was called by its day, answered or not, or a meeting was held.

        None: it is to come, was taken back before its day or at once, or no call of its day tells.
        """
        if self.kind is StepKind.MEETING:
            is_held = self.outcome is not None and self.outcome.reached
            is_said = self.outcome is not None and (not is_held or self.ended_on == self.day)
            return is_held if is_said else None
        if self.ended_on is None:
            return False if self.day < today else None
        if self.outcome is None and (self.ended_on < self.day or self.ended_on == self.set_on):
            return None
        return self.outcome is not None and self.ended_on <= self.day


class Kept(Struct, frozen=True):
    """How many of the callbacks and meetings of some days were kept, and of how many."""

    callbacks: tuple[int, int] = (0, 0)
    meetings: tuple[int, int] = (0, 0)


def kept(promised: Iterable[Promised], today: date) -> Kept:
    """How many were kept of those of which it can be said today."""
    found: dict[StepKind, list[bool]] = {kind: [] for kind in StepKind}
    for item in promised:
        if (was_kept := item.was_kept(today)) is not None:
            found[item.kind].append(was_kept)
    return Kept(*((sum(each), len(each)) for each in found.values()))
