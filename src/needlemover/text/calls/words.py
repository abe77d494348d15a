"""What is said of an entry."""

from ...domain.calls.entry import EntryFact
from ..format import clock_length, minutes, money, quoted


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
    """Of a call as the log shows it: `12:40`; of anything else `12 min`."""
    return clock_length(entry.seconds) if entry.is_sales else minutes(entry.seconds)


def length_doubt(seconds: int, run: int | None, call_cap: int | None) -> str:
    """Why a length may be a slip, as the beginning of a sentence; empty: it may well be so.

    Args:
        seconds: the length.
        run: the seconds that there were for it; None: any.
        call_cap: in seconds, how long a call is taken to be unasked; None: it is no call.
    """
    if run is not None and seconds > run:
        return f"{minutes(seconds)} is longer than there was time for ({minutes(run)})"
    if call_cap is not None and seconds > call_cap:
        return f"{minutes(seconds)} is long for a call (over {minutes(call_cap)})"
    return ""
