"""What the keys of Today do with activities: ticking, timing, archiving.

Dialogs and the store are imported when they are first used: the first picture needs none of them.
"""

from __future__ import annotations

from ...domain.promises.commitment import is_archived
from ...domain.today.snapshot import ActivityDay, DaySnapshot, WeeklyDay
from ...text.format import from_day, quoted, short_day
from ..calls.outcomes import Answer
from ..kit.view import View
from .calls import Calls


class Activities:
    """What is promised, and doing it."""

    def __init__(self, view: View[DaySnapshot], calls: Calls) -> None:
        """Take the view that shows the day, and what has the timer."""
        self._view = view
        self._calls = calls

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
            entry.is_tick and entry.activity_id == activity_id for entry in snapshot.entries
        )
        command = entries.untick if ticked else entries.tick
        self._view.attempt(lambda: command(activity_id, snapshot.day))

    def _time(self, activity_id: int) -> None:
        running = self._view.snapshot.running
        if not self._view.snapshot.is_today:
            from ..calls.entry_form import ask_entry

            ask_entry(self._view, activity_id=activity_id)
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

        from ...store.calls.new_entry import NewEntry

        def save(answer: Answer) -> None:
            new = NewEntry(
                current.id,
                day=snapshot.day,
                seconds=answer.seconds or 0,
                outcome=answer.outcome,
                contact=answer.contact,
                amount=answer.amount,
                note=answer.note or "",
                came_from=answer.came_from,
            )
            form.ask_once("seconds", view.store.entries.doubt(new))
            view.do(lambda: view.store.entries.log(new))

        day = "" if snapshot.is_today else f", {short_day(snapshot.day)}"
        title = f"{current.name}{day}"
        from ..calls.outcome_form import outcome_form

        activities, currency = view.store.activities.all(), snapshot.settings.currency
        form = outcome_form(title, currency, save, activities=activities)
        view.app.push_screen(form)

    def archive(self, current: ActivityDay | WeeklyDay) -> None:
        """Put an activity away."""
        view = self._view
        done = view.attempt(lambda: view.store.activities.archive(current.id))
        if done is not None:
            today, start = view.store.today, done.timeline[-1].start
            when = "" if is_archived(done.timeline, today) else f" {from_day(start, today)}"
            view.say(f"{quoted(done.name)} is archived{when}; u brings it back.", stays=True)
