"""The JSON of needle next and due."""

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


def next_view(first: NextCall, touches: Sequence[EntryFact], then: Sequence[NextCall]) -> NextView:
    """Whom to call now, what happened last with them, and who follows."""
    last = [pick(entry, "day outcome seconds amount note") for entry in touches]
    calls = [_buyer(call.buyer) | {"why": call.why} for call in (first, *then)]
    return view(NextView, next=calls[0] | {"last": last}, then=calls[1:])


def due_view(day: date, buyers: Sequence[Buyer]) -> DueView:
    """What was promised for a day."""
    return view(DueView, day=day, due=list(map(_buyer, buyers)))


def _buyer(buyer: Buyer) -> Part:
    promised, step = None, buyer.step
    if step is not None:
        promised = pick(step, "kind day note") | {"at": step.at and clock_time(step.at)}
    return {
        **pick(buyer.contact, "name phone note"),
        **pick(buyer, "tries asked_on offer"),
        "promised": promised,
    }
