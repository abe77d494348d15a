"""Why was a day missed?"""

from collections.abc import Callable, Iterable
from datetime import date

from textual.widget import Widget

from ...text.format import short_day
from ..kit.dialog import Dialog
from ..kit.fields import Field, TextField


class MissedReason(Dialog[bool]):
    """One line, to learn from at the end of the week."""

    AUTO_FOCUS = "#reason"
    hint_text = "Enter saves; an empty line removes it"

    def __init__(self, day: date, reason: str, save: Callable[[str], object]) -> None:
        super().__init__()
        self.title_text = f"Why was {short_day(day)} missed?"
        self._reason = reason
        self._save = save

    def fields(self) -> Iterable[Widget]:
        """The reason."""
        yield Field("Why", TextField(self._reason, id="reason"))

    def accept(self) -> bool:
        """The reason that was typed."""
        self._save(self.typed("reason"))
        return True
