"""Lists of entries in a dialog: what happened with a contact, and asks without an answer."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType

from ...domain.calls.entry import EntryFact, Outcome
from ...domain.today.snapshot import DaySnapshot
from ...text.calls import entry_parts
from ...text.format import counted, short_day, shown
from ..kit.form import Form, money_field
from ..kit.lines import Line, Span, fit
from ..kit.list_dialog import ListDialog
from ..kit.panel import Panel
from ..kit.view import View


class EntryList(Panel[tuple[EntryFact, ...], EntryFact], can_focus=True):
    """Entries with their days and notes."""

    scrolls = True

    def __init__(self, entries: Sequence[EntryFact], today: date, currency: str) -> None:
        super().__init__(tuple(entries), id="entries")
        self._today, self._currency = today, currency

    def items(self, facts: tuple[EntryFact, ...]) -> Sequence[EntryFact]:
        return facts

    def lines(self, facts: tuple[EntryFact, ...], width: int, height: int) -> Sequence[Line]:
        found = []
        for number, entry in enumerate(facts):
            found.append(self._line(entry, number, width))
            for part in entry.note.splitlines():
                found.append(Line(((f"      {fit(part, width - 7)}", "muted"),), (), number))
        return found or [Line((("Nothing.", "muted"),))]

    def _line(self, entry: EntryFact, number: int, width: int) -> Line:
        age = (self._today - entry.day).days
        ago = f"{age} d ago" if age else "today"
        day = short_day(entry.day, self._today)
        said = entry_parts(entry, self._currency)
        right: tuple[Span, ...] = (
            (fit(said.what or entry.activity, 14), said.tone),
            (said.amount.rjust(10), "strong"),
        )
        head: list[Span] = [self.mark(number), (f" {day:<11} ", "text"), (f"{ago:<10}", "muted")]
        if width >= 80:
            head.append((f"{said.when:<7}", "muted"))
        head.append((f"{said.length:>7}  ", "text"))
        room = width - sum(len(text) for text, _ in (*head, *right)) - 1
        return Line((*head, (fit(entry.contact, max(0, room)), "text")), right, number)


def show_contact(view: View[DaySnapshot], name: str) -> None:
    """Show what happened with a contact before, newest first."""
    found, snapshot = view.store.entries.with_contact(name), view.snapshot
    entries = EntryList(found, snapshot.today, snapshot.settings.currency)
    title = f"{name}: {counted(len(found), 'entry', 'entries')}"
    view.app.push_screen(ListDialog(title, entries, kind="-entries"))


class AsksDialog(ListDialog[None]):
    """Asks without an answer, each settled in one key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("7,w", "settle('won')", "Won", show=False),
        Binding("8,l", "settle('lost')", "Lost", show=False),
        Binding("dollar_sign", "money", "Money", show=False),
    ]

    def __init__(self, view: View[DaySnapshot]) -> None:
        self._view, self._currency = view, view.snapshot.settings.currency
        found = view.store.entries.open_asks()
        entries = EntryList(found, view.snapshot.today, self._currency)
        title, hint = "Asked, and waiting for an answer", "7 or w won, as asked · 8 or l lost · "
        super().__init__(title, entries, hint=f"{hint}$ won with other money", kind="-entries")

    def action_save(self) -> None:
        """Say what settles an ask: Enter alone might settle one that nobody meant."""
        self._say_below("Press 7 if it is won, 8 if it is lost, or $ for other money.")

    def action_settle(self, outcome: str) -> None:
        ask: EntryFact | None = self._entries.current
        if ask is not None:
            amount = ask.offer if outcome == "won" else None
            if self.attempt(lambda: self._settle(ask, Outcome(outcome), amount)):
                self._close_when_empty()

    def action_money(self) -> None:
        ask: EntryFact | None = self._entries.current
        if ask is not None:
            field = money_field("amount", f"Money ({self._currency})", self._currency, ask.offer,
                                placeholder="received; 0: none yet")  # fmt: skip
            form = Form(f"Won: {shown(ask.contact) or 'what was asked'}", [field],
                        lambda amount: self._settle(ask, Outcome.WON, amount),
                        hint="Enter: won with this money")  # fmt: skip
            self.app.push_screen(form, self._close_when_empty)

    def _settle(self, ask: EntryFact, outcome: Outcome, amount: int | None) -> None:
        """Answer an ask; it leaves the list."""
        entries = self._view.store.entries
        self._view.do(lambda: entries.settle(ask.id, outcome, amount))
        self._entries.facts = tuple(item for item in self._entries.facts or () if item is not ask)

    def _close_when_empty(self, _: object = None) -> None:
        if not self._entries.facts:
            self.dismiss(None)
