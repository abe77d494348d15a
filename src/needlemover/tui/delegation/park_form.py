"""Parking what popped up, instead of working on it."""

from __future__ import annotations

from typing import Any

from ...text.format import quoted
from ..kit.fields import TextField
from ..kit.form import Form
from ..kit.view import View


def ask_to_park(view: View[Any]) -> None:
    """Ask what popped up, and park it: a title and Enter. A running timer goes on."""

    def save(title: str) -> None:
        problem = view.do(lambda: view.store.problems.park(title))
        view.say(f"Parked {quoted(problem.title)}.")
        view.show_parked(problem)

    form = Form(
        "What popped up?",
        [TextField("name", "Park", placeholder="the printer is broken")],
        lambda name: name,
        save,
        save_word="Park",
        hint="Enter parks it and goes back · details later, in Delegate (4)",
    )
    view.app.push_screen(form)
