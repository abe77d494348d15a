"""Lists of entries in a dialog: what happened with a contact, and asks without an answer."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from ...domain.calls.entry import EntryFact, Outcome
from ...domain.today.snapshot import DaySnapshot
from ...text.format import clock_length, counted, local_time, money, short_day
from ..kit.dialog import Dialog
from ..kit.fields import TextField, TextInput
from ..kit.form import money_field
from ..kit.lines import Line, Span, fit
from ..kit.list_dialog import LIST_KEYS, ListDialog
from ..kit.panel import Panel
from ..kit.view import View
from .day_log import what_happened

_TYPING_HINT = "Enter: won with this money · Shift+Tab back to the asks"


class EntryList(Panel[tuple[EntryFact, ...], EntryFact], can_focus=True):
    """Entries with their days and notes."""

    scrolls = True

    def __init__(self, entries: Sequence[EntryFact], today: date, currency: str) -> None:
        super().__init__(tuple(entries), id="entries")
        self._today = today
        self._currency = currency

    def items(self, facts: tuple[EntryFact, ...]) -> Sequence[EntryFact]:
        return facts

    def lines(self, facts: tuple[EntryFact, ...], width: int, height: int) -> Sequence[Line]:
        """A line for each entry, and its note under it."""
        found = []
        for number, entry in enumerate(facts):
            found.append(self._line(entry, number, width))
            for part in entry.note.splitlines():
                found.append(Line((("    ", "text"), (fit(part, width - 5), "muted")), (), number))
        return found or [Line((("Nothing.", "muted"),))]

    def _line(self, entry: EntryFact, number: int, width: int) -> Line:
        age = (self._today - entry.day).days
        ago = "today" if not age else f"{counted(age, 'day')} ago"
        day = short_day(entry.day, self._today)
        amount = money(entry.amount, self._currency) if entry.amount is not None else ""
        what, ink = what_happened(entry) if entry.outcome else (entry.activity, "text")
        right: tuple[Span, ...] = ((fit(what, 14), ink), (amount.rjust(10), "strong"))
        when = local_time(entry.started_at, entry.utc_offset)
        how_long = clock_length(entry.seconds) if entry.seconds else ""
        head: list[Span] = [(f"{day:<11} ", "text"), (f"{ago:<14}", "muted")]
        if width >= 80:
            head.append((f"{when:<7}", "muted"))
        head.append((f"{how_long:>7}  ", "text"))
        room = width - sum(len(text) for text, _ in (*head, *right)) - 1
        return Line((*head, (fit(entry.contact, max(0, room)), "text")), right, number)


def show_contact(view: View[DaySnapshot], name: str) -> None:
    """Show what happened with a contact before, newest first."""
    found, snapshot = view.store.entries.with_contact(name), view.snapshot
    entries = EntryList(found, snapshot.today, snapshot.settings.currency)
    title = f"{name}: {counted(len(found), 'entry', 'entries')}"
    view.app.push_screen(ListDialog(title, entries, kind="-entries"))


class AsksDialog(Dialog[None]):
    """Asks without an answer, each settled in one key."""

    DEFAULT_CLASSES = "-list -entries"
    title_text = "Asked, and waiting for an answer"
    save_word = ""
    hint_text = "7 or w won, as asked · 8 or l lost · $ other money, then Enter: won"
    BINDINGS: ClassVar[list[BindingType]] = [
        *LIST_KEYS,
        Binding("7,w", "settle('won')", "Won", show=False),
        Binding("8,l", "settle('lost')", "Lost", show=False),
        Binding("dollar_sign", "go_to_money", "Money", show=False),
    ]

    def __init__(self, view: View[DaySnapshot]) -> None:
        super().__init__()
        self._view, snapshot = view, view.snapshot
        self._currency = snapshot.settings.currency
        self._list = EntryList(view.store.entries.open_asks(), snapshot.today, self._currency)

    def fields(self) -> Iterable[Widget]:
        yield self._list
        label = f"Money ({self._currency})"
        yield money_field("amount", label, self._currency, placeholder="received; 0: none yet")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """In the line of text the keys are typed: say there what leads out of it."""
        typing = isinstance(event.widget, TextInput)
        self.say_hint(_TYPING_HINT if typing else self.hint_text)

    def action_go_to_money(self) -> None:
        self.query_one("#amount").focus()

    def action_save(self) -> None:
        """Won, with the money that was typed; where none was, say what to do."""
        if self.query_one("#amount", TextInput).value.strip():
            self.action_settle("won")
        else:
            self._say_below("Press 7 if it is won, 8 if it is lost, or type the money first.")

    def action_settle(self, outcome: str) -> None:
        """Answer the ask under the cursor; it leaves the list."""
        asks = self._list
        ask = asks.current
        if ask is None:
            return

        def settle() -> None:
            amount = self.query_one(TextField).value if outcome == "won" else None
            if outcome == "won" and amount is None:
                amount = ask.offer
            entries = self._view.store.entries
            self._view.do(lambda: entries.settle(ask.id, Outcome(outcome), amount))
            self.query_one("#amount", TextInput).value = ""
            asks.facts = tuple(item for item in asks.facts or () if item is not ask)
            asks.focus()
            if not asks.facts:
                self.dismiss(None)

        self.attempt(settle)
