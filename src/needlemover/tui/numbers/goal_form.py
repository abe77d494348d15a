"""The money wanted, this month or by a day, and what is assumed while the past is too thin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from msgspec import Struct
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from ...text.parse import parse_day
from ..kit.fields import TextField
from ..kit.form import Form

_NOTE = "What you assume counts only where your own numbers are too few, and is labelled so."


class TypedGoal(Struct, frozen=True):
    """The goal as it is typed, each amount and rate perhaps `none`."""

    amount: str
    by: date | None
    win_rate: str
    win: str


def goal_form(
    typed: Mapping[str, str], today: date, save: Callable[[TypedGoal], object]
) -> Form[TypedGoal]:
    """Amount, day, assumed rate, assumed win; nothing in a field is none.

    Args:
        typed: the settings as they are typed.
        today: the local day.
        save: does the command; what it refuses is said in the dialog.
    """

    def field(key: str, label: str, setting: str, placeholder: str, hint: str = "") -> TextField:
        text = typed[setting] if typed[setting] != "none" else ""
        return TextField(key, label, text, blank="none", placeholder=placeholder, hint=hint)

    by = typed["goal_by"] if typed["goal_by"] != "none" else ""
    fields = (
        field("amount", f"Money ({typed['currency']})", "goal", "12000"),
        TextField("by", "By", by, read=partial(parse_day, today=today), blank=None,
                  placeholder="blank: in every month", hint="2026-12-31"),
        Container(Static(Content(_NOTE)), classes="note"),
        field("win_rate", "Assumed rate", "assumed_win_rate", "none", "1 in 20, 5 %"),
        field("win", "Assumed win", "assumed_win", "none", "what one brings"),
    )  # fmt: skip

    def answer(amount: str, by: date | None, win_rate: str, win: str) -> TypedGoal:
        return TypedGoal(amount, by if amount != "none" else None, win_rate, win)

    hint = "Enter saves · Tab next · blank: no goal, nothing assumed"
    return Form("The goal", fields, answer, save, hint=hint)
