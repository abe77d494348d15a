"""What the keys of Today do with activities: ticking, timing, adding, editing, ranking, archiving.

Dialogs and the store are imported when they are first used: the first picture needs none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...domain.calls.entry import contact_key
from ...domain.promises.commitment import is_archived
from ...domain.today.snapshot import ActivityDay, DaySnapshot, WeeklyDay
from ...text.format import from_day, quoted, short_day
from ..calls.outcomes import Answer
from ..kit.view import View
from .calls import Calls
from .entries import Entries

if TYPE_CHECKING:
    from ..promises.activity_form import ActivityDetails
    from ..promises.first_opening import FirstPromises


class Activities:
    """What is promised, and doing it."""

    def __init__(self, view: View[DaySnapshot], calls: Calls, entries: Entries) -> None:
        """Take what is needed.

        Args:
            view: shows the day, and does the commands.
            calls: has the timer.
            entries: logs what happened.
        """
        self._view = view
        self._calls = calls
        self._entries = entries

    def tick(self, current: ActivityDay | WeeklyDay) -> None:
        """Tick, count one more, time it, or ask how the call ended: what the activity asks for."""
        view, terms = self._view, current.terms
        if current.activity.is_sales:
            self._log_conversation(current)
        elif terms is not None and terms.seconds is not None:
            self._time(current.id)
        elif terms is not None and terms.count is not None:
            view.attempt(lambda: view.store.entries.tick(current.id, view.snapshot.day))
        else:
            self._toggle(current.id)

    def _toggle(self, activity_id: int) -> None:
        snapshot, entries = self._view.snapshot, self._view.store.entries
        ticked = any(
            entry.activity_id == activity_id and entry.fills_quota and not entry.seconds
            for entry in snapshot.entries
        )
        command = entries.untick if ticked else entries.tick
        self._view.attempt(lambda: command(activity_id, snapshot.day))

    def _time(self, activity_id: int) -> None:
        running = self._view.snapshot.running
        if not self._view.snapshot.is_today:
            self._entries.ask(activity_id)
        elif running is None:
            self._calls.start(activity_id)
        elif running.activity_id == activity_id:
            self._calls.hang_up()
        else:
            self._calls.hang_up(lambda: self._calls.start(activity_id))

    def _log_conversation(self, current: ActivityDay | WeeklyDay) -> None:
        view, snapshot = self._view, self._view.snapshot
        running = snapshot.running
        if running is not None and running.activity_id == current.id and snapshot.is_today:
            self._calls.hang_up()
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
            view.do(lambda: view.store.entries.log(new))

        day = "" if snapshot.is_today else f", {short_day(snapshot.day)}"
        title = f"{current.name}{day}"
        from ..calls.outcome import OutcomeDialog

        activities, currency = view.store.activities.all(), snapshot.settings.currency
        view.app.push_screen(OutcomeDialog(title, currency, save, activities=activities))

    def edit(self, current: ActivityDay | WeeklyDay) -> None:
        """Ask what is to be changed of an activity."""
        view, activity = self._view, current.activity

        def save(new: ActivityDetails) -> None:
            same = activity.timeline and activity.timeline[-1].terms == new.terms
            view.do(
                lambda: view.store.activities.edit(
                    activity.id,
                    name=new.name,
                    is_sales=new.is_sales,
                    terms=None if same else new.terms,
                    rank=None if new.rank == activity.rank else new.rank,
                )
            )

        from ..promises.activity_form import ActivityForm

        view.app.push_screen(ActivityForm(view.store.moment(), save, activity=activity))

    def add(self) -> None:
        """Ask for a non-negotiable; one that was archived is taken up again."""
        view = self._view

        def save(new: ActivityDetails) -> None:
            archived = self._archived(new.name)
            if archived is not None:
                view.do(
                    lambda: view.store.activities.edit(archived, terms=new.terms, rank=new.rank)
                )
                return
            view.do(
                lambda: view.store.activities.add(
                    new.name, new.terms, is_sales=new.is_sales, rank=new.rank
                )
            )

        from ..promises.activity_form import ActivityForm

        view.app.push_screen(ActivityForm(view.store.moment(), save))

    def _archived(self, name: str) -> int | None:
        today = self._view.store.today
        for item in self._view.store.activities.all(archived=True):
            if contact_key(item.name) == contact_key(name) and is_archived(item.timeline, today):
                return item.id
        return None

    def archive(self, current: ActivityDay | WeeklyDay) -> None:
        """Put an activity away."""
        view = self._view
        done = view.attempt(lambda: view.store.activities.archive(current.id))
        if done is not None:
            today, start = view.store.today, done.timeline[-1].start
            when = "" if is_archived(done.timeline, today) else f" {from_day(start, today)}"
            view.say(f"{quoted(done.name)} is archived{when}; u brings it back.")

    def propose_first(self) -> None:
        """Propose the first non-negotiables."""
        view = self._view

        def save(promises: FirstPromises) -> None:
            view.do(lambda: view.store.begin(promises.currency, promises.activities))

        def skipped(promises: FirstPromises | None) -> None:
            if promises is None:
                view.say("Nothing is promised yet: a adds a non-negotiable.")

        from ..promises.first_opening import FirstOpening

        view.app.push_screen(FirstOpening(view.store.settings.currency, save), skipped)
