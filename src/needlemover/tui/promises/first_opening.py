"""The first opening: three non-negotiables in under a minute."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ...domain.errors import WrongUsageError
from ...domain.promises.commitment import Terms
from ..kit.dialog import KIT, Dialog
from ..kit.fields import Field, TextField
from .activity_form import read_terms

_PROPOSED = (
    ("Sales conversations", "15", "mon-fri"),
    ("Film one video", "", "mon-fri"),
    ("Follow up on open offers", "30", "mon-fri"),
)


class FirstPromises(Struct, frozen=True):
    """What a new user promises."""

    activities: tuple[tuple[str, Terms, bool], ...]
    """Name, terms, whether it is sales; by rank."""
    currency: str


class _Row(Horizontal):
    def __init__(self, number: int, name: str, minutes: str, days: str) -> None:
        super().__init__(classes="field promise")
        self._number = number
        self._values = (name, minutes, days)

    def compose(self) -> ComposeResult:
        name, minutes, days = self._values
        yield Static(Content(f"{self._number}"), classes="rank")
        yield TextField(name, placeholder="leave blank for fewer", id=f"name{self._number}")
        yield TextField(minutes, placeholder="tick", id=f"minutes{self._number}")
        yield TextField(days, id=f"days{self._number}")


class FirstOpening(Dialog[bool]):
    """Three proposals, each editable, and the currency."""

    CSS_PATH = [KIT / "dialog.tcss", "first_opening.tcss"]  # noqa: RUF012
    AUTO_FOCUS = "#name1"
    title_text = "The few things that make the money"
    save_word = "Start"
    cancel_word = "Skip"
    hint_text = "Enter starts · Tab next · Esc skips (a adds one later)"

    def __init__(self, currency: str, save: Callable[[FirstPromises], object]) -> None:
        super().__init__()
        self._currency = currency
        self._save = save

    def fields(self) -> Iterable[Widget]:
        """A line for each proposal."""
        yield Static(
            Content(
                "Which few activities make you the most money? You do some of each on its days, "
                "even if a million things go wrong. The first is time spent talking to buyers. "
                "Change what you like, now or later."
            ),
            classes="note",
        )
        with_heads = Horizontal(
            Static(Content(""), classes="rank"),
            Static(Content("What"), classes="what"),
            Static(Content("Minutes"), classes="minutes"),
            Static(Content("Weekdays"), classes="days"),
            classes="field heads",
        )
        yield with_heads
        for number, (name, minutes, days) in enumerate(_PROPOSED, start=1):
            yield _Row(number, name, minutes, days)
        yield Static(Content(""), classes="note")
        yield Field("Currency", TextField(self._currency, id="currency"), "USD, EUR, GBP, …")

    def accept(self) -> bool:
        """The promises that the lines say."""
        found = []
        for number in range(1, len(_PROPOSED) + 1):
            name = self.typed(f"name{number}").strip()
            if name:
                terms = read_terms(self.typed(f"minutes{number}"), "", self.typed(f"days{number}"))
                found.append((name, terms, number == 1))
        if not found:
            raise WrongUsageError("Name at least one thing, or press Esc to skip.")
        self._save(FirstPromises(tuple(found), self.typed("currency")))
        return True
