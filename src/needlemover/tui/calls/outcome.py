"""How did the call end, and what else is there to say about it?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from ...domain.promises.activity import ActivityFact
from ...text.format import clock_length
from ...text.parse import parse_amount, parse_seconds
from ..kit.dialog import Dialog
from ..kit.fields import Field, TextField, activity_choices
from .outcome_list import OutcomeList
from .outcomes import OUTCOMES, Answer


class _Outcomes(OutcomeList):
    """The outcomes in the dialog: Enter saves, Tab goes on to the fields."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "screen.save", "Save", show=False)]

    async def on_click(self, event: events.Click) -> None:
        """A click on an outcome is the answer."""
        if self.at(event) is not None:
            await self.screen.run_action("save")


class OutcomeDialog(Dialog[Answer]):
    """Asks for the outcome and for what may be added: contact, minutes, money, a note."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"answer({number})", outcome.words, show=False)
            for number, outcome in enumerate(OUTCOMES, start=1)
        ),
        Binding("w", "go('contact')", "Who", show=False),
        Binding("dollar_sign", "go('amount')", "Money", show=False),
        Binding("n", "go('note')", "Note", show=False),
        Binding("m", "go('minutes')", "Minutes", show=False),
    ]

    cancel_word = "Back"
    hint_text = "1 to 8 saves · Enter: the marked one · w who · $ money · n note"

    def __init__(
        self,
        title: str,
        currency: str,
        save: Callable[[Answer], object],
        *,
        contact: str = "",
        seconds: int | None = None,
        field: str | None = None,
        activities: Sequence[ActivityFact] = (),
    ) -> None:
        """Make the dialog.

        Args:
            title: what it is about.
            currency: of the money.
            save: does the command; what it refuses is said in the dialog.
            contact: with whom, as far as known.
            seconds: how long it was; None: asks for the minutes.
            field: where to begin; None: at the outcomes.
            activities: that may have brought the buyer.
        """
        super().__init__()
        self.title_text = title if seconds is None else f"{title} · {clock_length(seconds)}"
        self._currency = currency
        self._save = save
        self._contact = contact
        self._asks_minutes = seconds is None
        self._activities = activities
        self._begin = f"#{field}" if field else "_Outcomes"

    def on_mount(self) -> None:
        """Begin where it was asked to."""
        self.query_one(self._begin).focus()

    def fields(self) -> Iterable[Widget]:
        """The outcomes, then what may be added."""
        yield _Outcomes()
        yield Field("Who", TextField(self._contact, id="contact"))
        if self._asks_minutes:
            yield Field("Minutes", TextField(placeholder="12", id="minutes"))
        yield Field(f"Money ({self._currency})", TextField(placeholder="received", id="amount"))
        came_from = activity_choices(self._activities, None, id="came_from")
        yield Field("Came from", came_from, "what brought the buyer")
        yield Field("Note", TextField(id="note"))

    def accept(self) -> Answer:
        """The marked outcome with what was added."""
        amount = self.typed("amount").strip()
        minutes = self.typed("minutes").strip() if self._asks_minutes else ""
        came_from = self.chosen("came_from")
        answer = Answer(
            outcome=self.query_one(_Outcomes).value,
            contact=self.typed("contact"),
            amount=parse_amount(amount, self._currency) if amount else None,
            note=self.typed("note"),
            seconds=parse_seconds(minutes) if minutes else None,
            came_from=came_from if isinstance(came_from, int) else None,
        )
        self._save(answer)
        return answer

    def action_answer(self, number: int) -> None:
        """One key: this outcome."""
        self.query_one(_Outcomes).place = number - 1
        self.action_save()

    def action_go(self, field: str) -> None:
        """Go to a field."""
        for found in self.query(f"#{field}"):
            found.focus()
