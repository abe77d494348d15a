"""What is asked and changed from Progress about a day: why it was missed, days off, its week.

Dialogs are imported when they are first shown.
"""

from datetime import date

from ...domain.progress.record import ProgressSnapshot
from ...domain.promises.status import DayOff
from ...text.format import days_from_to, quoted, short_day
from ..kit.view import View


def ask_reason(view: View[ProgressSnapshot], day: date) -> None:
    """Ask why a day was missed: one line, to learn from at the end of the week."""
    from ..kit.fields import TextField
    from ..kit.form import Form

    def save(reason: str) -> None:
        view.do(lambda: view.store.progress.note_reason(day, reason))

    fields = [TextField("reason", "Why", view.snapshot.reasons.get(day, ""))]
    hint = "Enter saves; an empty line removes it"
    view.app.push_screen(Form(f"Why was {short_day(day)} missed?", fields, save, hint=hint))


def ask_days_off(view: View[ProgressSnapshot], day: date) -> None:
    """Ask which days are off: a day of everything, unless said otherwise."""
    from ..kit.fields import TextField
    from ..kit.form import Form, activity_field, day_field

    def save(start: date, end: date | None, reason: str, activity_id: int | None) -> None:
        add = view.store.days_off.add
        view.do(lambda: add(start, end, reason=reason, activity_id=activity_id))

    today, activities = view.snapshot.today, view.store.activities.all()
    fields = (
        day_field("start", "From", day, today, ahead=True, hint="24 dec, mon, +3"),
        day_field("end", "To", None, today, ahead=True, blank=None, placeholder="the same day"),
        TextField("reason", "Why"),
        activity_field("activity_id", "Off from", activities, none="everything"),
    )
    hint = "Enter saves · Tab next · ← → choose · nothing is due on a day off"
    view.app.push_screen(Form("Days off", fields, save, hint=hint))


def work_again(view: View[ProgressSnapshot], item: DayOff) -> None:
    """Make days off working days again."""
    remove = view.store.days_off.remove
    if not view.attempt(lambda: remove(item.start, item.end, activity_id=item.activity_id)):
        return
    activities = view.snapshot.history.activities
    names = (each.name for each in activities if each.id == item.activity_id)
    whose = f" for {quoted(next(names))}" if item.activity_id is not None else ""
    view.say(f"{days_from_to(item.start, item.end)}: no longer off{whose}; u brings it back.")
