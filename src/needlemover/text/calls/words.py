"""What is said of an entry."""

from ...domain.calls.entry import EntryFact
from ..format import minutes, money, quoted


def entry_words(entry: EntryFact, currency: str, *, short: bool = False) -> str:
    """`12 min, talked, with “Acme Corp” (“Sales conversations”)`; short: without the activity."""
    parts = [minutes(entry.seconds)] if entry.seconds else []
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
