"""Logging time that was put into a problem after all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ...store.calls.new_entry import NewEntry
from ..kit.fields import TextField
from ..kit.form import FieldError, Form, day_field, length_field


def leak_form(title: str, today: date, save: Callable[[NewEntry], object]) -> Form[NewEntry]:
    """Minutes and Enter.

    Args:
        title: of the problem.
        today: the local day.
        save: does the command; what it refuses is said in the dialog.
    """

    def answer(seconds: int, day: date, note: str) -> NewEntry:
        if not seconds:
            raise FieldError("seconds", "Type how long it took, like 12.")
        return NewEntry(None, day, seconds=seconds, note=note)

    fields = (
        length_field("seconds", placeholder="12, 1:30 or 1 h 30"),
        day_field("day", "Day", today, today),
        TextField("note", "Note"),
    )
    hint = "Enter saves · Tab next · it fills no quota"
    return Form(f"Time put into {title}", fields, answer, save, hint=hint)
