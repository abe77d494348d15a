"""The JSON of needle next, due and contact."""

from collections.abc import Sequence

from ...domain.buyers.contact import Buyer
from ...domain.buyers.next_calls import NextCall
from ...domain.calls.entry import EntryFact
from ...text.format import clock_time
from ..output import JSON_VERSION
from . import Part, pick


def buyers_view(**said: object) -> Part:
    """An answer about buyers: what is given, a buyer of `buyer_part` or several."""
    return {"version": JSON_VERSION, **said}


def call_part(call: NextCall) -> Part:
    """Whom to call, and why."""
    return buyer_part(call.buyer) | {"why": call.why}


def last_part(touches: Sequence[EntryFact]) -> Part:
    """What happened last with a buyer."""
    return {"last": [pick(entry, "day outcome seconds amount note") for entry in touches]}


def buyer_part(buyer: Buyer) -> Part:
    """What is known of a buyer."""
    promised, step = None, buyer.step
    if step is not None:
        promised = pick(step, "kind day note") | {"at": step.at and clock_time(step.at)}
    return {
        **pick(buyer.contact, "name phone note", never="never_since"),
        **pick(buyer, "tries last_dial last_talk asked_on offer"),
        "promised": promised,
    }
