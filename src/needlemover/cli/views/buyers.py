"""The JSON of needle next, due and contact."""

from collections.abc import Sequence
from datetime import date

from ...domain.buyers.contact import Buyer
from ...domain.buyers.next_calls import NextCall
from ...domain.calls.entry import EntryFact
from ...text.format import clock_time
from . import JsonView, Part, pick, view


class NextView(JsonView, frozen=True):
    """Whom to call as `needle next --json` gives it."""

    version: int
    next: Part
    then: list[Part]


class DueView(JsonView, frozen=True):
    """What was promised for a day as `needle due --json` gives it."""

    version: int
    day: date
    due: list[Part]


class ContactsView(JsonView, frozen=True):
    """The buyers as `needle contact list --json` gives them."""

    version: int
    contacts: list[Part]


class ContactView(JsonView, frozen=True):
    """A buyer as `needle contact show --json` gives it."""

    version: int
    contact: Part


def next_view(first: NextCall, touches: Sequence[EntryFact], then: Sequence[NextCall]) -> NextView:
    """Whom to call now, what happened last with them, and who follows."""
    calls = [_buyer(call.buyer) | {"why": call.why} for call in (first, *then)]
    return view(NextView, next=calls[0] | _last(touches), then=calls[1:])


def due_view(day: date, buyers: Sequence[Buyer]) -> DueView:
    """What was promised for a day."""
    return view(DueView, day=day, due=list(map(_buyer, buyers)))


def contacts_view(buyers: Sequence[Buyer]) -> ContactsView:
    """All buyers."""
    return view(ContactsView, contacts=list(map(_buyer, buyers)))


def contact_view(buyer: Buyer, touches: Sequence[EntryFact]) -> ContactView:
    """A buyer, and what happened with it."""
    return view(ContactView, contact=_buyer(buyer) | _last(touches))


def _last(touches: Sequence[EntryFact]) -> Part:
    return {"last": [pick(entry, "day outcome seconds amount note") for entry in touches]}


def _buyer(buyer: Buyer) -> Part:
    promised, step = None, buyer.step
    if step is not None:
        promised = pick(step, "kind day note") | {"at": step.at and clock_time(step.at)}
    return {
        **pick(buyer.contact, "name phone note", never="never_since"),
        **pick(buyer, "tries last_dial last_talk asked_on offer"),
        "promised": promised,
    }
