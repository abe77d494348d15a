"""Logging time that was put into a problem after all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct
from textual.widget import Widget

from ...domain.errors import WrongUsageError
from ...text.parse import parse_day, parse_seconds
from ..kit.dialog import Dialog
from ..kit.fields import Field, TextField


class LeakInput(Struct, frozen=True):
    """What was entered."""

    seconds: int
    day: date
    note: str


class LeakForm(Dialog[bool]):
    """Minutes and Enter."""

    AUTO_FOCUS = "#minutes"
    hint_text = "Enter saves · Tab next · it fills no quota"

    def __init__(self, title: str, today: date, save: Callable[[LeakInput], object]) -> None:
        """Make the dialog.

        Args:
            title: of the problem.
            today: the local day.
            save: does the command; what it refuses is said in the dialog.
        """
        super().__init__()
        self.title_text = f"Time put into {title}"
        self._today = today
        self._save = save

    def fields(self) -> Iterable[Widget]:
        """Today, unless said otherwise."""
        yield Field("Minutes", TextField(placeholder="12, 1:30 or 1 h 30", id="minutes"))
        yield Field("Day", TextField(self._today.isoformat(), id="day"))
        yield Field("Note", TextField(id="note"))

    def accept(self) -> bool:
        """The time that the fields say."""
        length = self.typed("minutes").strip()
        if not length:
            raise WrongUsageError("Type how long it took, like 12.")
        day = parse_day(self.typed("day"), self._today)
        self._save(LeakInput(parse_seconds(length), day, self.typed("note")))
        return True
