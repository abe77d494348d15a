"""Who is talked to: the phone, what was promised and asked, and what was said before."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from textwrap import wrap

from rich.cells import cell_len
from textual.content import Content

from ...domain.calls.entry import EntryFact
from ...domain.today.snapshot import DaySnapshot
from ...text.format import clock_length, money, quoted, short_day, shown
from ..calls.day_log import what_happened
from ..kit.lines import Line, Span, cut, flow, length


def title(snapshot: DaySnapshot) -> Content:
    """With whom, where that is known."""
    named = snapshot.running.contact if snapshot.running is not None else ""
    return Content(shown(f"WITH {named}") if named else "WITH A BUYER")


def lines(snapshot: DaySnapshot, width: int, height: int) -> Sequence[Line]:
    """What is known, and the last touches with as much of their notes as there is room for."""
    running = snapshot.running
    if running is None:
        return ()
    written = [("note ", "muted"), (quoted(running.draft), "text")]
    draft = [Line(tuple(written))] if running.draft else []
    if not running.contact:
        who = (("e", "accent"), (" says who it is; then what is known stands here", "muted"))
        return [Line(who), *draft]
    known = flow(_known(snapshot, width), width)
    room = height - len(known) - len(draft)
    happened, currency = snapshot.talk.touches if snapshot.talk else (), snapshot.settings.currency
    below: list[Line] = []
    for most in range(4, -1, -1):
        below = [*touch_lines(happened, snapshot.today, currency, width, most)]
        if len(below) <= room:
            break
    return [*known, *below[:room], *draft]


def _known(snapshot: DaySnapshot, width: int) -> list[list[Span]]:
    """What is known of the contact but for its touches, each in its ink."""
    talk, today = snapshot.talk, snapshot.today
    if talk is None:
        return [[("Nothing is known of them yet.", "muted")]]
    # Imported when there is somebody: the first picture seldom needs it.
    from ...text.buyers.words import ask_words, step_words, try_words

    contact, step = talk.buyer.contact, talk.buyer.step
    parts = (
        (contact.phone, "strong"),
        (step_words(step, today) if step is not None else "", "accent"),
        (ask_words(talk.buyer, today, snapshot.settings.currency), "advance"),
        (try_words(talk.buyer), "muted"),
        (contact.note, "muted"),
        ("" if talk.buyer.last_talk else "the first conversation", "muted"),
    )
    return [[(cut(text, width), ink)] for text, ink in parts if text]


def touch_lines(
    touches: Iterable[EntryFact], today: date, currency: str, width: int, most: int
) -> Iterator[Line]:
    """Of each touch a line, and at most so many for a note that has no room in it."""
    for entry in touches:
        day, (word, ink) = short_day(entry.day, today), what_happened(entry)
        how_long = clock_length(entry.seconds) if entry.seconds else ""
        amount = f" {money(entry.amount, currency)}" if entry.amount is not None else ""
        head: list[Span] = [(f"{day:<10} {how_long:>6}  ", "muted"), (word + amount + "  ", ink)]
        note = f"“{shown(entry.note)}”" if entry.note else ""
        if cell_len(note) <= width - length(head) or not most:
            yield Line((*head, (cut(note, width - length(head)), "text")))
        else:
            below = wrap(note, width - 2, max_lines=most, placeholder=" …")
            yield from (Line(tuple(head)), *(Line(((f"  {part}", "text"),)) for part in below))
