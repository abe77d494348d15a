"""What is said of an entry."""

from msgspec import Struct

from ..domain.calls.block import BlockSum
from ..domain.calls.entry import EntryFact, Outcome
from .format import counted, exact_length, local_time, minutes, money, quoted, shown

_TONES = {Outcome.WON: "good", Outcome.LOST: "bad", Outcome.MEETING_SET: "advance"}


class EntryParts(Struct, frozen=True):
    """An entry in words, part by part; empty where there is nothing to say."""

    when: str  # on the clock where it was: `09:12`
    length: str  # `12 min`
    what: str  # what happened, in one or two words: `asked, won`
    tone: str  # of that
    amount: str
    note: str  # in quotes


def entry_parts(entry: EntryFact, currency: str) -> EntryParts:
    """What the log, the history of a buyer and the lists of entries say of an entry."""
    return EntryParts(
        local_time(entry.started_at, entry.utc_offset),
        minutes(entry.seconds) if entry.seconds else "",
        *_what_happened(entry),
        "" if entry.amount is None else money(entry.amount, currency),
        f"“{shown(entry.note)}”" if entry.note else "",
    )


def _what_happened(entry: EntryFact) -> tuple[str, str]:
    if entry.outcome is not None:
        word = entry.outcome.words
        if entry.answer is not None:
            word = f"asked, {entry.answer.words}"
        elif entry.follows is not None:
            word = f"{word} (asked)"
        outcome = entry.answer or entry.outcome
        return word, _TONES.get(outcome, "text" if outcome.reached else "muted")
    if entry.amount is not None:
        return "refund" if entry.amount < 0 else "received", "text"
    if entry.is_leak or entry.seconds:
        return "leak" if entry.is_leak else "", "muted"
    return "ticked" if entry.count == 1 else f"× {entry.count}", "muted"


def entry_words(entry: EntryFact, currency: str, *, short: bool = False) -> str:
    """`12 min, talked, with “Acme Corp” (“Film one video”)`; short: without the activity."""
    parts = [exact_length(entry.seconds)] if entry.seconds else []
    if entry.outcome is not None:
        parts.append(entry.outcome.words)
    if entry.amount is not None:
        parts.append(money(entry.amount, currency))
    if entry.contact:
        parts.append(f"with {quoted(entry.contact)}")
    elif short and entry.subject:
        parts.append(quoted(entry.subject))
    words = ", ".join(parts) or "an entry"
    return words if short or not entry.subject else f"{words} ({quoted(entry.subject)})"


def block_words(dials: int, conversations: int) -> str:
    """`14 dials · 3 conversations`."""
    return f"{counted(dials, 'dial')} · {counted(conversations, 'conversation')}"


def brought_words(done: BlockSum, usual: BlockSum | None) -> str:
    """`Block over: 14 dials, 3 conversations in 50 min. Usually 11 and 2 in 50 min.`."""
    brought = block_words(done.dials, done.conversations).replace(" · ", ", ")
    words = f"Block over: {brought} in {minutes(done.seconds)}."
    if usual is None:
        return words
    return f"{words} Usually {usual.dials} and {usual.conversations} in {minutes(usual.seconds)}."


def not_timed_words(name: str) -> str:
    """What is said where a timer measured nothing."""
    return f"No time passed on {quoted(name)}, so nothing is logged."


def length_doubt(seconds: int, run: int | None, call_cap: int | None) -> str:
    """Why a length may be a slip, as the beginning of a sentence; empty: it may well be so.

    All in seconds: `run` there was for it (None: any), `call_cap` is asked after (None: no call).
    """
    if run is not None and seconds > run:
        return f"{exact_length(seconds)} is longer than there was time for ({exact_length(run)})"
    if call_cap is not None and seconds > call_cap:
        return f"{exact_length(seconds)} is long for a call (over {exact_length(call_cap)})"
    return ""
