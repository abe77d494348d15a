"""Who is talked to: the phone, what was promised and asked, and what was said before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rich.cells import cell_len
from textual.content import Content

from ...domain.calls.entry import EntryFact
from ...domain.today.snapshot import DaySnapshot
from ...text.calls import entry_parts
from ...text.format import in_lines, quoted, short_day, shown
from .. import later
from ..kit.lines import EMPTY, Hint, Line, Span, cut, flow, length, wrapped


def title(snapshot: DaySnapshot) -> Content:
    """With whom, where that is known."""
    named = snapshot.running.contact if snapshot.running is not None else ""
    return Content(shown(f"WITH {named}") if named else "WITH A BUYER")


def lines(snapshot: DaySnapshot, width: int, height: int) -> Sequence[Line]:
    """What is known, and the last touches with as much of their notes as there is room for."""
    running = snapshot.running
    assert running is not None  # else nothing is shown of it
    draft = wrapped(f"note {quoted(running.draft, 300)}", width) if running.draft else []
    draft = draft[: max(1, height // 3)]
    if not running.contact:
        return [Line((("e", "accent"), (" says who: to read what is known", "muted"))), *draft]
    talk, today, currency = snapshot.talk, snapshot.today, snapshot.settings.currency
    if talk is None:
        return [Line((("Nothing is known of them yet.", "muted"),)), *draft]
    about = known_of(talk.buyer, today, currency)
    most = 2 if height > len(about) + 2 else 1  # rows of each
    told = [(part, ink) for text, ink in about for part in in_lines(shown(text), width, most=most)]
    known = flow([[each] for each in told], width)
    room = height - len(known) - len(draft)
    below: list[Line] = []
    for most in range(4, -1, -1):
        below = [*touch_lines(talk.touches, today, currency, width, most)]
        if len(below) <= room:
            break
    return [*known, *below[:room], *draft]


def known_of(buyer: later.contact.Buyer, today: date, currency: str) -> list[Span]:
    """What is known of a buyer but for the name and the touches, each in its ink."""
    parts = (
        (buyer.contact.phone, "strong"),
        (later.words.next_words(buyer, today, currency), "accent"),
        (later.words.ask_words(buyer, today, currency) if buyer.step else "", "advance"),
        (buyer.contact.note, "muted"),
        ("" if buyer.last_talk else "no conversation yet", "muted"),
    )
    return [(text, ink) for text, ink in parts if text]


def touch_lines(
    touches: Iterable[EntryFact], today: date, currency: str, width: int, most: int
) -> Iterator[Line]:
    """Of each touch a line, and at most so many for a note that has no room in it."""
    for entry in touches:
        day, said = short_day(entry.day, today), entry_parts(entry, currency)
        what = " ".join(filter(None, (said.what, said.amount)))
        head: list[Span] = [(f"{day:<10} {said.length:>6}  ", "muted"), (f"{what}  ", said.tone)]
        if cell_len(said.note) <= width - length(head) or not most:
            yield Line((*head, (cut(said.note, width - length(head)), "text")))
        else:
            below = in_lines(said.note, width - 2, most=most)
            yield from (Line(tuple(head)), *(Line(((f"  {part}", "text"),)) for part in below))


def known_lines(facts: later.contact.BuyersSnapshot, width: int, height: int) -> Sequence[Line]:
    """What is known of one buyer, and what happened, newest first."""
    if facts.buyer is None:
        said = "What is known of a buyer comes here: the phone, what was promised, and all calls."
        return Hint(said, width)
    currency = facts.settings.currency
    about = known_of(facts.buyer, facts.today, currency)
    about.insert(0, (facts.buyer.contact.name, "strong"))
    found = [line for text, ink in about for line in wrapped(shown(text), width, ink)]
    below = [*touch_lines(facts.touches, facts.today, currency, width, most=20)]
    return [*found, EMPTY, *(below or wrapped("No call yet.", width, "muted"))]
