"""What the commands say about what was logged, and columns of text."""

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from ..text.calls.words import entry_words
from ..text.format import local_time, short_day, shown

if TYPE_CHECKING:
    from ..domain.calls.entry import EntryFact
    from ..store.calls.new_entry import Logged
    from ..store.moment import Moment

COLUMNS = 80


def logged_words(logged: "Logged", moment: "Moment") -> str:
    """`12 min, talked, with “Acme Corp” (“Sales conversations”); it overlaps …`."""
    words = day_entry_words(logged.entry, moment)
    if logged.overlaps is None:
        return words
    other = logged.overlaps
    since = local_time(other.started_at, other.utc_offset)
    return f"{words}; it overlaps {day_entry_words(other, moment)} at {since}, and both are kept"


def day_entry_words(entry: "EntryFact", moment: "Moment") -> str:
    """What happened, and on which day where it was not today."""
    return entry_words(entry, moment.settings.currency) + for_day(entry.day, moment.today)


def for_day(day: date, today: date) -> str:
    """` for Mon 23 Nov`, or nothing for today."""
    return "" if day == today else f" for {short_day(day, today)}"


def cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(map(_cells, text))


def _cells(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def fit(text: str, width: int) -> str:
    """A user's text in exactly so many columns, cut or filled up."""
    text = shown(text)
    taken = cells(text)
    if taken <= width:
        return text + " " * (width - taken)
    kept, taken = "", 0
    for sign in text:
        taken += _cells(sign)
        if taken > width - 1:
            break
        kept += sign
    return kept + "…" + " " * (width - 1 - cells(kept))
