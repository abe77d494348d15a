"""What the keys of Progress do with the day under the cursor: open it, say why, take it off.

Dialogs are imported when they are first shown.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ...domain.progress.record import record
from ...domain.promises.status import DayOff, Status
from ...text.format import days_from_to, quoted
from .promises import Promises
from .record import ProgressRecord

if TYPE_CHECKING:
    from ...domain.progress.review import Period, Review
    from ..promises.days_off import DaysOffInput


class ProgressActions(ProgressRecord):
    """The commands."""

    @property
    def can_note(self) -> bool:
        """Whether the day was missed, of everything together."""
        if self.snapshot is None:
            return False
        (found,) = record(self.snapshot, self.day, self.day)
        return found.status in (Status.PART, Status.MISSED) or bool(found.reason)

    @property
    def day_off(self) -> DayOff | None:
        """The days off under the cursor of the list that has the focus, or of the calendar."""
        if isinstance(self.focused, Promises):
            return self.focused.day_off
        return self.day_numbers.record.day_off if self.day_numbers else None

    def action_open_day(self) -> None:
        """Open the day in Today."""
        self.show_view("today", self.day)

    def action_note(self) -> None:
        """Ask why the day was missed."""
        if self.snapshot is None:
            return
        day = self.day
        from .missed_reason import MissedReason

        self.app.push_screen(
            MissedReason(
                day,
                self.snapshot.reasons.get(day, ""),
                lambda reason: self.do(lambda: self.store.progress.note_reason(day, reason)),
            )
        )

    def action_off(self) -> None:
        """Ask which days are off."""
        snapshot = self.snapshot
        if snapshot is None:
            return

        def save(new: DaysOffInput) -> None:
            self.do(
                lambda: self.store.days_off.add(
                    new.start, new.end, reason=new.reason, activity_id=new.activity_id
                )
            )

        from ..promises.days_off import DaysOffForm

        activities = self.store.activities.all()
        self.app.push_screen(DaysOffForm(snapshot.today, self.day, activities, save))

    def action_work_again(self) -> None:
        """Make the days off under the cursor working days again."""
        item, snapshot = self.day_off, self.snapshot
        if item is None or snapshot is None:
            return
        remove = self.store.days_off.remove
        done = self.attempt(lambda: remove(item.start, item.end, activity_id=item.activity_id))
        if done:
            names = (
                each.name for each in snapshot.history.activities if each.id == item.activity_id
            )
            whose = f" for {quoted(next(names))}" if item.activity_id is not None else ""
            when = days_from_to(item.start, item.end)
            self.say(f"{when}: no longer off{whose}; u brings it back.")

    def action_review(self) -> None:
        """Look back on the week of the day under the cursor."""
        snapshot = self.snapshot
        if snapshot is None:
            return

        def load(period: Period, of: date) -> Review:
            return self.store.progress.review(period, of)

        from .review import ReviewScreen

        of = min(self.day, snapshot.today)
        settings = snapshot.settings
        self.app.push_screen(ReviewScreen(load, of, snapshot.today, settings.currency))
