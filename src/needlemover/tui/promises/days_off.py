"""Taking days off, to come or afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from ...domain.promises.activity import ActivityFact
from ...domain.promises.status import DayOff
from ..kit.fields import TextField
from ..kit.form import Form, activity_field, day_field


def days_off_form(
    today: date,
    day: date,
    activities: Sequence[ActivityFact],
    save: Callable[[DayOff], object],
) -> Form[DayOff]:
    """From, to, why, and of what: one day of everything, unless said otherwise.

    Args:
        today: the local day.
        day: the day it is proposed for.
        activities: to choose from.
        save: does the command; what it refuses is said in the dialog.
    """

    def answer(start: date, end: date | None, reason: str, activity_id: int | None) -> DayOff:
        return DayOff(start, end or start, activity_id, reason)

    fields = (
        day_field("start", "From", day, today, hint="2026-12-24, tomorrow"),
        day_field("end", "To", None, today, blank=None, placeholder="the same day"),
        TextField("reason", "Why"),
        activity_field("activity_id", "Off from", activities, none="everything"),
    )
    hint = "Enter saves · Tab next · ← → choose · nothing is due on a day off"
    return Form("Days off", fields, answer, save, hint=hint)
