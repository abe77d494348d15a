"""What the keys of Today do with activities: ticking, timing, adding, editing, ranking, archiving.

Dialogs and the store are imported when they are first used: the first picture needs none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...domain.calls.entry import contact_key
from ...domain.promises.commitment import is_archived
from ...domain.today.snapshot import ActivityDay, WeeklyDay
from ...text.format import from_day, quoted, short_day
from ..calls.day_log import DayLog
from ..calls.outcomes import Answer
from ..kit.list_panel import ListPanel
from .checklist import Checklist
from .entry_actions import EntryActions

if TYPE_CHECKING:
    from ..promises.activity_form import ActivityInput
    from ..promises.first_opening import FirstPromises


class ActivityActions(EntryActions):
    """The activity under the cursor of the checklist."""

    def action_move(self, by: int) -> None:
        """Move the cursor of the list that has the focus."""
        if isinstance(self.focused, ListPanel):
            self.focused.move(by)

    def action_tick(self) -> None:
        """Tick, count one more, time it, or ask how the call ended: what the activity asks for."""
        snapshot, current = self.snapshot, self.query_one(Checklist).current
        if snapshot is None or current is None or self.is_ahead():
            return
        terms = current.terms
        if current.activity.is_sales:
            self._log_conversation(current)
        elif terms is not None and terms.seconds is not None:
            self._time(current)
        elif terms is not None and terms.count is not None:
            self.attempt(lambda: self.store.entries.tick(current.id, snapshot.day))
        else:
            self._toggle(current)

    def _toggle(self, current: ActivityDay | WeeklyDay) -> None:
        snapshot = self.snapshot
        assert snapshot is not None
        ticked = any(
            entry.activity_id == current.id and entry.fills_quota and not entry.seconds
            for entry in snapshot.entries
        )
        command = self.store.entries.untick if ticked else self.store.entries.tick
        self.attempt(lambda: command(current.id, snapshot.day))

    def _time(self, current: ActivityDay | WeeklyDay) -> None:
        snapshot = self.snapshot
        assert snapshot is not None
        running = snapshot.running
        if not snapshot.is_today:
            self.open_log(current.id)
        elif running is None:
            self.start_timer(current.id)
        elif running.activity_id == current.id:
            self.hang_up()
        else:
            self.hang_up(lambda: self.start_timer(current.id))

    def _log_conversation(self, current: ActivityDay | WeeklyDay) -> None:
        snapshot = self.snapshot
        assert snapshot is not None
        running = snapshot.running
        if running is not None and running.activity_id == current.id and snapshot.is_today:
            self.hang_up()
            return

        def save(answer: Answer) -> None:
            from ...store.calls.new_entry import NewEntry

            new = NewEntry(
                current.id,
                day=snapshot.day,
                seconds=answer.seconds or 0,
                outcome=answer.outcome,
                contact=answer.contact,
                amount=answer.amount,
                note=answer.note,
                came_from=answer.came_from,
            )
            self.do(lambda: self.store.entries.log(new))

        day = "" if snapshot.is_today else f", {short_day(snapshot.day)}"
        title = f"{current.name}{day}"
        from ..calls.outcome import OutcomeDialog

        activities = self.store.activities.all()
        self.app.push_screen(
            OutcomeDialog(title, snapshot.settings.currency, save, activities=activities)
        )

    def action_edit(self) -> None:
        """Edit the entry or activity under the cursor, or name the running call."""
        snapshot = self.snapshot
        if snapshot is None:
            return
        running = snapshot.running
        if isinstance(self.focused, DayLog):
            if self.focused.current is not None:
                self.edit_entry(self.focused.current)
        elif running is not None and running.is_sales:
            self.name_contact(running)
        else:
            self._edit_activity()

    def _edit_activity(self) -> None:
        current = self.query_one(Checklist).current
        if current is None:
            self.action_add()
            return
        activity = current.activity

        def save(new: ActivityInput) -> None:
            same = activity.timeline and activity.timeline[-1].terms == new.terms
            self.do(
                lambda: self.store.activities.edit(
                    activity.id,
                    name=new.name,
                    is_sales=new.is_sales,
                    terms=None if same else new.terms,
                    rank=None if new.rank == activity.rank else new.rank,
                )
            )

        from ..promises.activity_form import ActivityForm

        self.app.push_screen(ActivityForm(self.store.moment(), save, activity=activity))

    def action_add(self) -> None:
        """Add a non-negotiable; one that was archived is taken up again."""

        def save(new: ActivityInput) -> None:
            archived = self._archived(new.name)
            if archived is not None:
                self.do(
                    lambda: self.store.activities.edit(archived, terms=new.terms, rank=new.rank)
                )
                return
            self.do(
                lambda: self.store.activities.add(
                    new.name, new.terms, is_sales=new.is_sales, rank=new.rank
                )
            )

        from ..promises.activity_form import ActivityForm

        self.app.push_screen(ActivityForm(self.store.moment(), save))

    def _archived(self, name: str) -> int | None:
        today = self.store.today
        for item in self.store.activities.all(archived=True):
            if contact_key(item.name) == contact_key(name) and is_archived(item.timeline, today):
                return item.id
        return None

    def action_rank(self, by: int) -> None:
        """Rank the activity under the cursor higher or lower."""
        checklist = self.query_one(Checklist)
        current, other = checklist.current, checklist.beside(by)
        if current is None or other is None:
            return
        place = checklist.cursor + by
        if self.attempt(lambda: self.store.activities.rank(current.id, other.activity.rank)):
            checklist.cursor = place

    def action_archive(self) -> None:
        """Put the activity under the cursor away."""
        current = self.query_one(Checklist).current
        if current is None:
            return
        done = self.attempt(lambda: self.store.activities.archive(current.id))
        if done is not None:
            today, start = self.store.today, done.timeline[-1].start
            when = "" if is_archived(done.timeline, today) else f" {from_day(start, today)}"
            self.say(f"{quoted(done.name)} is archived{when}; u brings it back.")

    def open_first_opening(self) -> None:
        """Propose the first non-negotiables."""

        def save(promises: FirstPromises) -> None:
            self.do(lambda: self.store.begin(promises.currency, promises.activities))

        def skipped(done: bool | None) -> None:
            if not done:
                self.say("Nothing is promised yet: a adds a non-negotiable.")

        currency = self.store.settings.currency
        from ..promises.first_opening import FirstOpening

        self.app.push_screen(FirstOpening(currency, save), skipped)
