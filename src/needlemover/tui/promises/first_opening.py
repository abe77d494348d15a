"""The first opening: three non-negotiables in under a minute."""

from typing import Any

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from ...domain.today.snapshot import DaySnapshot
from ..kit.fields import TextField
from ..kit.form import FieldError, Form, length_field
from ..kit.view import View
from .activity_form import days_field, terms_of_fields

_PROPOSED = (
    (1, "Sales conversations", 15 * 60),
    (2, "Film one video", None),
    (3, "Follow up on open offers", 30 * 60),
)
_ASKS = (
    "Which few activities make you the most money? You do some of each on its days, even if a "
    "million things go wrong. The first is time spent talking to buyers. Change what you like, now "
    "or later."
)


def propose_first(view: View[DaySnapshot]) -> None:
    """Propose the first non-negotiables."""

    def save(currency: str, **said: Any) -> None:
        found = []
        for rank, _, _ in _PROPOSED:
            name, key = said[f"name{rank}"].strip(), f"seconds{rank}"
            if name:
                terms = terms_of_fields(said[key], 0, said[f"days{rank}"], key=key)
                found.append((name, terms, rank == 1))
        if not found:
            raise FieldError("name1", "Name at least one thing, or press Esc to skip.")
        view.do(lambda: view.store.choices.begin(currency, found))

    def closed(done: bool | None) -> None:
        if not done:
            view.say("Nothing is promised yet: a adds a non-negotiable.")

    fields = (
        Static(Content(_ASKS), classes="note"),
        Horizontal(
            Static(Content(""), classes="rank"),
            Static(Content("What"), classes="what"),
            Static(Content("Minutes"), classes="minutes"),
            Static(Content("Weekdays"), classes="days"),
            classes="field heads",
        ),
        *(_row(*proposed) for proposed in _PROPOSED),
        Static(Content(""), classes="note"),
        TextField("currency", "Currency", view.store.settings.currency, hint="USD, EUR, GBP, …"),
    )
    form = Form(
        "The few things that make the money",
        fields,
        save,
        save_word="Start",
        cancel_word="Skip",
        hint="Enter starts · Tab next · Esc skips (a adds one later)",
    )
    view.app.push_screen(form, closed)


def _row(rank: int, name: str, seconds: int | None) -> Horizontal:
    return Horizontal(
        Static(Content(str(rank)), classes="rank"),
        TextField(f"name{rank}", text=name, placeholder="leave blank for fewer", classes="what"),
        length_field(
            f"seconds{rank}", "", seconds, placeholder="tick", longest=None, classes="minutes"
        ),
        days_field(f"days{rank}", "", "mon-fri", classes="days"),
        classes="field",
    )
