"""The first opening: three non-negotiables in under a minute."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from ...domain.errors import WrongUsageError
from ...domain.promises.commitment import Terms
from ..kit.dialog import KIT
from ..kit.fields import TextField
from ..kit.form import Form, length_field
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


class FirstPromises(Struct, frozen=True):
    """What a new user promises."""

    activities: tuple[tuple[str, Terms, bool], ...]
    """Name, terms, whether it is sales; by rank."""
    currency: str


class FirstOpening(Form[FirstPromises]):
    """Three proposals, each editable, and the currency."""

    CSS_PATH = [KIT / "dialog.tcss", "first_opening.tcss"]  # noqa: RUF012
    cancel_word = "Skip"

    def __init__(self, currency: str, save: Callable[[FirstPromises], object]) -> None:
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
            TextField("currency", "Currency", currency, hint="USD, EUR, GBP, …"),
        )
        super().__init__(
            "The few things that make the money",
            fields,
            _read,
            save,
            save_word="Start",
            hint="Enter starts · Tab next · Esc skips (a adds one later)",
        )


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


def _read(currency: str, **said: Any) -> FirstPromises:
    found = []
    for rank, _, _ in _PROPOSED:
        name = said[f"name{rank}"].strip()
        if name:
            key = f"seconds{rank}"
            terms = terms_of_fields(said[key], 0, said[f"days{rank}"], key=key)
            found.append((name, terms, rank == 1))
    if not found:
        raise WrongUsageError("Name at least one thing, or press Esc to skip.")
    return FirstPromises(tuple(found), currency)
