"""Lists of entries: what happened with a contact, asks without an answer, and what they offer."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from rich.cells import cell_len
from textual.widgets import Input

from ...domain.buyers.contact import OfferNews
from ...domain.calls.entry import EntryFact, Outcome
from ...domain.today.snapshot import DaySnapshot
from ...text.buyers.words import news_words
from ...text.calls import entry_parts
from ...text.format import counted, in_lines, money, plain_money, short_day, shown
from ..kit.dialog import ListDialog
from ..kit.form import FieldError, Form, money_field
from ..kit.lines import Line, Span, fit
from ..kit.panel import Panel
from ..kit.view import View

# The columns from which on there is room for each beside the age, a name and an amount.
_WHAT, _DAY, _LENGTH, _WHEN = 27, 39, 48, 58
_NAME, _AMOUNT = 12, 10


class EntryList(Panel[tuple[EntryFact, ...], EntryFact], can_focus=True):
    """Entries with their days and notes."""

    scrolls = True

    def __init__(
        self, entries: Sequence[EntryFact], today: date, currency: str, *, of_one: bool = False
    ) -> None:
        """Take them; `of_one`: all of one contact, whose name is said elsewhere."""
        super().__init__(tuple(entries), id="entries")
        self._today, self._currency, self._of_one = today, currency, of_one

    def items(self, facts: tuple[EntryFact, ...]) -> Sequence[EntryFact]:
        return facts

    def lines(self, facts: tuple[EntryFact, ...], width: int, height: int) -> Sequence[Line]:
        found, paid = [], any(entry.amount is not None for entry in facts)
        room = width - _NAME * (not self._of_one) - _AMOUNT * paid
        kinds = [entry_parts(entry, self._currency).what or entry.activity for entry in facts]
        longest = min(14, max(map(cell_len, kinds), default=0))
        for number, entry in enumerate(facts):
            age = (self._today - entry.day).days
            ago = f"{age} d ago" if age else "today"
            said = entry_parts(entry, self._currency)
            columns = (
                (_DAY, f"{short_day(entry.day, self._today):<12}", "text"),
                (0, f"{ago:<10}", "muted"),
                (_WHEN, f"{said.when:<7}", "muted"),
                (_LENGTH, f"{said.length:>7}  ", "text"),
                (0, "" if self._of_one else shown(entry.contact), "text"),
            )
            head = ((text, ink) for least, text, ink in columns if room >= least)
            what: Span = (f" {fit(kinds[number], longest)}" * (room >= _WHAT), said.tone)
            right = (what, (said.amount.rjust(_AMOUNT * paid), "strong"))
            found.append(Line((self.mark(number), (" ", "text"), *head), right, number))
            note = in_lines(shown(" ".join(entry.note.split())), width - 7, most=max(2, height))
            found += (Line(((f"      {part}", "muted"),), (), number) for part in note)
        return found or [Line((("Nothing.", "muted"),))]


def show_contact(view: View[DaySnapshot], name: str) -> None:
    """Show what happened with a contact before, newest first."""
    found, snapshot = view.store.entries.with_contact(name), view.snapshot
    entries = EntryList(found, snapshot.today, snapshot.settings.currency, of_one=True)
    contact = view.store.contacts.find(name).contact
    known = " · ".join(filter(None, (contact.phone, contact.note)))
    title = f"{name}: {counted(len(found), 'entry', 'entries')}"
    view.ask(ListDialog(title, entries, hint=shown(known)))


class AsksDialog(ListDialog[None]):
    """Asks without an answer, each settled in one key."""

    BINDINGS = [
        ("7,w", "settle('won')", "Won"),
        ("8,l", "settle('lost')", "Lost"),
        ("dollar_sign", "money", "Money"),
    ]

    def __init__(self, view: View[DaySnapshot]) -> None:
        self._view, self._currency = view, view.snapshot.settings.currency
        entries = EntryList(view.store.entries.open_asks(), view.snapshot.today, self._currency)
        title, hint = "Asked, and waiting for an answer", "7 or w won, as asked · 8 or l lost · "
        super().__init__(title, entries, hint=f"{hint}$ won with other money")

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
        self._view.do(lambda: self._view.store.entries.settle(ask.id, outcome, amount))
        self._entries.facts = tuple(item for item in self._entries.facts or () if item is not ask)

    def _close_when_empty(self, _: object = None) -> None:
        if not self._entries.facts:
            self.dismiss(None)


def propose_offer(view: View[DaySnapshot], form: Form, said: Mapping[str, Any]) -> None:
    """Put what a contact was asked for into the field of a win that names no money."""
    if said["outcome"] is Outcome.WON and said["amount"] is None:
        offer, currency = view.store.offers.of(said["contact"]), view.snapshot.settings.currency
        if offer is not None:
            form.query_one("#amount", Input).value = plain_money(offer, currency)
            words = f"{money(offer, currency)} was asked for: Enter takes it; 0: nothing came yet."
            raise FieldError("amount", words)


def tell_offers(view: View[DaySnapshot], news: OfferNews) -> None:
    """Tell which amounts are offers now; one that was received after all is kept as money."""
    offers, currency = view.store.offers, view.snapshot.settings.currency

    def then(ask: EntryFact | None) -> None:
        view.call_later(view.turns.do, None, partial(go_on, ask))

    def go_on(ask: EntryFact | None) -> None:
        do = partial(offers.note_said, told=True) if ask is None else partial(offers.keep, ask.id)
        view.attempt(do)
        if ask is not None:
            view.say(f"{money(ask.offer or 0, currency)} is money received; u takes it back.")
            if (left := offers.news()) is not None:
                tell_offers(view, left)

    hint = "Enter: it was received, and stays money · Esc closes"
    asks = EntryList(news.asks, view.snapshot.today, currency)
    title, take = news_words(news, currency), news.asks.__getitem__
    view.ask(ListDialog(title, asks, hint=hint, take=take), then)
