"""What is asked and changed from Progress about a day: why it was missed, days off, its week.

Dialogs are imported when they are first shown.
"""

from __future__ import annotations

from datetime import date

from ...domain.progress.record import ProgressSnapshot
from ...domain.promises.status import DayOff
from ...text.format import days_from_to, quoted
from ..kit.view import View


def ask_reason(view: View[ProgressSnapshot], day: date) -> None:
    """Ask why a day was missed."""
    from .missed_reason import reason_form

    def save(reason: str) -> None:
        view.do(lambda: view.store.progress.note_reason(day, reason))

    view.app.push_screen(reason_form(day, view.snapshot.reasons.get(day, ""), save))


def ask_days_off(view: View[ProgressSnapshot], day: date) -> None:
    """Ask which days are off; a day is proposed."""
    from ..promises.days_off import days_off_form

    def save(new: DayOff) -> None:
        view.do(
            lambda: view.store.days_off.add(
                new.start, new.end, reason=new.reason, activity_id=new.activity_id
            )
        )

    activities = view.store.activities.all()
    view.app.push_screen(days_off_form(view.snapshot.today, day, activities, save))


def work_again(view: View[ProgressSnapshot], item: DayOff) -> None:
    """Make days off working days again."""
    remove = view.store.days_off.remove
    if not view.attempt(lambda: remove(item.start, item.end, activity_id=item.activity_id)):
        return
    activities = view.snapshot.history.activities
    names = (each.name for each in activities if each.id == item.activity_id)
    whose = f" for {quoted(next(names))}" if item.activity_id is not None else ""
    view.say(f"{days_from_to(item.start, item.end)}: no longer off{whose}; u brings it back.")


def show_review(view: View[ProgressSnapshot], of: date) -> None:
    """Look back on the week that a day lies in."""
    from .review import ReviewScreen

    snapshot = view.snapshot
    load, currency = view.store.progress.review, snapshot.settings.currency
    view.app.push_screen(ReviewScreen(load, of, snapshot.today, currency))
