"""What is said of an entry."""

from ..domain.calls.entry import EntryFact
from .format import clock_length, exact_length, money, quoted


def entry_words(entry: EntryFact, currency: str, *, short: bool = False) -> str:
    """`12:40, talked, with “Acme Corp” (“Sales conversations”)`; short: without the activity."""
    parts = [entry_length(entry)] if entry.seconds else []
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


def entry_length(entry: EntryFact) -> str:
    """Of a call as the log shows it: `12:40`; of anything else `12 min`, `1 min 30 s`."""
    return clock_length(entry.seconds) if entry.is_sales else exact_length(entry.seconds)


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
