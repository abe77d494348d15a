"""Why was a day missed?"""

from collections.abc import Callable
from datetime import date

from ...text.format import short_day
from ..kit.fields import TextField
from ..kit.form import Form


def reason_form(day: date, reason: str, save: Callable[[str], object]) -> Form[str]:
    """One line, to learn from at the end of the week."""
    return Form(
        f"Why was {short_day(day)} missed?",
        [TextField("reason", "Why", reason)],
        lambda reason: reason,
        save,
        hint="Enter saves; an empty line removes it",
    )
