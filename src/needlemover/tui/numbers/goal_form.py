"""The money wanted, this month or by a day, and what is assumed while the past is too thin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from msgspec import Struct
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from ...domain.settings import AssumedRate
from ...text.parse import parse_day
from ...text.settings import parse_setting
from ..kit.fields import TextField
from ..kit.form import Form

_NOTE = "What you assume counts only where your own numbers are too few, and is labelled so."


class ChosenGoal(Struct, frozen=True):
    """The goal, and what is assumed of wins; money in minor units."""

    goal: int | None
    by: date | None
    win_rate: AssumedRate | None
    win: int | None


def goal_form(
    typed: Mapping[str, str], today: date, save: Callable[[ChosenGoal], object]
) -> Form[ChosenGoal]:
    """Amount, day, assumed rate, assumed win; nothing in a field is none.

    Args:
        typed: the settings as they are typed.
        today: the local day.
        save: does the command; what it refuses is said in the dialog.
    """

    def field(key: str, label: str, setting: str, placeholder: str, hint: str = "") -> TextField:
        text = typed[setting] if typed[setting] != "none" else ""
        read = partial(parse_setting, setting, currency=typed["currency"])
        return TextField(
            key, label, text, read=read, blank=None, placeholder=placeholder, hint=hint
        )

    by = typed["goal_by"] if typed["goal_by"] != "none" else ""
    fields = (
        field("amount", f"Money ({typed['currency']})", "goal", "12000"),
        TextField("by", "By", by, read=partial(parse_day, today=today), blank=None,
                  placeholder="blank: in every month", hint="2026-12-31"),
        Container(Static(Content(_NOTE)), classes="note"),
        field("win_rate", "Assumed rate", "assumed_win_rate", "none", "1 in 20, 5 %"),
        field("win", "Assumed win", "assumed_win", "none", "what one brings"),
    )  # fmt: skip

    def answer(
        amount: int | None, by: date | None, win_rate: AssumedRate | None, win: int | None
    ) -> ChosenGoal:
        return ChosenGoal(amount, None if amount is None else by, win_rate, win)

    hint = "Enter saves · Tab next · blank: no goal, nothing assumed"
    return Form("The goal", fields, answer, save, hint=hint)
