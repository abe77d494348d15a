"""The money wanted, this month or by a day, and what is assumed while the past is too thin."""

from datetime import date
from functools import partial
from typing import Unpack

from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from ...domain.numbers.snapshot import NumbersSnapshot
from ...domain.settings import AssumedRate
from ...text.settings import parse_setting, typed_setting
from ..kit.fields import FieldOptions, TextField
from ..kit.form import Form, day_field
from ..kit.view import View

_NOTE = "What you assume counts only where your own numbers are too few, and is labelled so."


def ask_goal(view: View[NumbersSnapshot]) -> None:
    """Ask for amount, day, assumed rate and assumed win; nothing in a field is none."""
    settings = view.store.settings

    def field(key: str, label: str, **options: Unpack[FieldOptions]) -> TextField:
        text = typed_setting(settings, key).removeprefix("none")
        read = partial(parse_setting, key, currency=settings.currency)
        return TextField(key, label, text, read=read, blank=None, **options)

    def save(
        goal: int | None,
        by: date | None,
        assumed_win_rate: AssumedRate | None,
        assumed_win: int | None,
    ) -> None:
        last, assumed = None if goal is None else by, (assumed_win_rate, assumed_win)
        view.do(lambda: view.store.choices.set_goal(goal, last, assumed=assumed))

    fields = (
        field("goal", f"Money ({settings.currency})", placeholder="12000"),
        day_field("by", "By", settings.goal_by, view.snapshot.today, ahead=True, blank=None,
                  placeholder="blank: in every month", hint="31 dec"),
        Container(Static(Content(_NOTE)), classes="note"),
        field("assumed_win_rate", "Assumed rate", placeholder="none", hint="1 in 20, 5 %"),
        field("assumed_win", "Assumed win", placeholder="none", hint="what one brings"),
    )  # fmt: skip
    hint = "Enter saves · Tab next · blank: no goal, nothing assumed"
    view.app.push_screen(Form("The goal", fields, save, hint=hint))
