"""The money wanted, this month or by a day, and what is assumed while the past is too thin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from msgspec import Struct
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ...text.parse import parse_day
from ..kit.dialog import Dialog
from ..kit.fields import Field, TextField

_NOTE = "What you assume counts only where your own numbers are too few, and is labelled so."


class GoalInput(Struct, frozen=True):
    """What was entered, as it is typed."""

    amount: str
    by: date | None
    win_rate: str
    win: str


class GoalForm(Dialog[bool]):
    """Amount, day, assumed rate, assumed win."""

    AUTO_FOCUS = "#amount"
    title_text = "The goal"
    hint_text = "Enter saves · Tab next · blank: no goal, nothing assumed"

    def __init__(
        self, typed: Mapping[str, str], today: date, save: Callable[[GoalInput], object]
    ) -> None:
        """Make the dialog.

        Args:
            typed: the settings as they are typed.
            today: the local day.
            save: does the command; what it refuses is said in the dialog.
        """
        super().__init__()
        self._settings = typed
        self._today = today
        self._save = save

    def fields(self) -> Iterable[Widget]:
        """As it is set now."""
        currency = self._settings["currency"]
        yield Field(f"Money ({currency})", self._field("goal", "12000"))
        yield Field("By", self._field("goal_by", "blank: in every month"), "2026-12-31")
        yield Container(Static(Content(_NOTE)), classes="note")
        yield Field("Assumed rate", self._field("assumed_win_rate", "none"), "1 in 20, 5 %")
        yield Field("Assumed win", self._field("assumed_win", "none"), "what one brings")

    def _field(self, key: str, placeholder: str) -> TextField:
        value = self._settings[key]
        name = {"goal": "amount", "goal_by": "by"}.get(key, key)
        return TextField("" if value == "none" else value, placeholder=placeholder, id=name)

    def accept(self) -> bool:
        """The goal that the fields say; nothing in a field is none."""
        by = self.typed("by").strip()
        self._save(
            GoalInput(
                amount=self._or_none("amount"),
                by=parse_day(by, self._today) if by and self._or_none("amount") != "none" else None,
                win_rate=self._or_none("assumed_win_rate"),
                win=self._or_none("assumed_win"),
            )
        )
        return True

    def _or_none(self, field: str) -> str:
        return self.typed(field).strip() or "none"
