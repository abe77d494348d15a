"""What was asked for: proposed where it is won, and told of where it was money received before."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from textual.widgets import Input

from ...domain.buyers.contact import OfferNews
from ...domain.calls.entry import EntryFact, Outcome
from ...domain.today.snapshot import DaySnapshot
from ...text.buyers.words import news_words
from ...text.format import money, plain_money
from ..kit.form import FieldError, Form
from ..kit.list_dialog import ListDialog
from ..kit.view import View
from .entry_lists import EntryList


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
    view.app.push_screen(ListDialog(title, asks, hint=hint, kind="-entries", take=take), then)
