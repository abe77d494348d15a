"""Offers: the amounts of asks that wait for their answer. They are no money received."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from ..calls.entry import ANSWERS, EntryFact, Outcome, contact_key


class OpenOffers(Struct, frozen=True):
    """What was asked for and has no answer yet."""

    amount: int = 0
    """In minor units."""
    asks: int = 0
    """Those that name an amount."""
    oldest_days: int = 0
    """The age of the oldest one of them, in days."""


def answers_of(entries: Sequence[EntryFact]) -> Mapping[int, EntryFact | None]:
    """By the id of each ask the entry that settled it; None: it waits for its answer.

    An ask is settled by the last answer that follows it, else by the first call of its own with the
    same contact that was won or lost afterwards.

    Args:
        entries: as they happened, earliest first.
    """
    found: dict[int, EntryFact | None] = {
        entry.id: None for entry in entries if entry.outcome is Outcome.ASKED
    }
    waiting: dict[str, list[int]] = {}
    for entry in entries:
        key = contact_key(entry.contact)
        if entry.outcome is Outcome.ASKED:
            waiting.setdefault(key, []).append(entry.id)
        elif entry.outcome in ANSWERS and entry.follows is not None:
            if entry.follows in found:
                found[entry.follows] = entry
        elif entry.outcome in ANSWERS and key:
            for ask_id in waiting.pop(key, ()):
                found[ask_id] = found[ask_id] or entry
    return found


def open_offers(open_asks: Iterable[EntryFact], today: date) -> OpenOffers:
    """What the asks that wait for their answer add up to."""
    offers = [(ask.amount, ask.day) for ask in open_asks if ask.amount]
    if not offers:
        return OpenOffers()
    oldest = min(day for _, day in offers)
    return OpenOffers(sum(amount for amount, _ in offers), len(offers), (today - oldest).days)


class AskedAmount(Struct, frozen=True):
    """An amount on an ask, which counted as money received, and what becomes of it."""

    ask: EntryFact
    win: EntryFact | None = None
    """The win that takes it, because it names no amount itself."""
    is_kept: bool = False
    """Whether it stays money received."""

    @property
    def is_received(self) -> bool:
        """Whether it is money received afterwards, too."""
        return self.is_kept or self.win is not None


class OfferChange(Struct, frozen=True):
    """What becomes of the amounts on asks, and of the money received (in minor units)."""

    amounts: tuple[AskedAmount, ...]
    before: int
    after: int


def amounts_to_offers(entries: Sequence[EntryFact], kept: Collection[int] = ()) -> OfferChange:
    """Take the amounts on asks for offers.

    The amount of an ask that was won moves to its win, where that names none: so no revenue is
    lost. Of several asks that one win settles, the last one's does. A refund is no offer.

    Args:
        entries: as they happened, earliest first.
        kept: the ids of asks whose amount was received indeed.
    """
    answers, amounts = answers_of(entries), []
    bare_wins = {
        entry.id for entry in entries if entry.outcome is Outcome.WON and entry.amount is None
    }
    for ask in reversed(entries):
        if ask.outcome is not Outcome.ASKED or not ask.amount:
            continue
        win, is_kept = answers[ask.id], ask.id in kept or ask.amount < 0
        if is_kept or win is None or win.id not in bare_wins:
            win = None
        else:
            bare_wins.remove(win.id)
        amounts.append(AskedAmount(ask, win, is_kept))
    before = sum(entry.amount or 0 for entry in entries)
    gone = sum(item.ask.amount or 0 for item in amounts if not item.is_received)
    return OfferChange(tuple(reversed(amounts)), before, before - gone)
