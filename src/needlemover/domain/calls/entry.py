"""The words for what happened: outcomes, and which entries fill a quota."""

import unicodedata
from enum import StrEnum


class Outcome(StrEnum):
    """How a call or a meeting with a buyer ended."""

    NO_ANSWER = "no_answer"
    VOICEMAIL = "voicemail"
    GATEKEEPER = "gatekeeper"
    TALKED = "talked"
    MEETING_SET = "meeting_set"
    ASKED = "asked"
    WON = "won"
    LOST = "lost"

    @property
    def reached(self) -> bool:
        """Whether it was a conversation with a buyer."""
        return self not in NOT_REACHED

    @property
    def words(self) -> str:
        """As it is written on screen."""
        return self.value.replace("_", " ")


NOT_REACHED = frozenset({Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.GATEKEEPER})
ASKS = frozenset({Outcome.ASKED, Outcome.WON, Outcome.LOST})
ANSWERS = frozenset({Outcome.WON, Outcome.LOST})
"""The outcomes that settle an ask."""


def fills_quota(
    *, is_sales: bool, outcome: Outcome | None, follows: bool, seconds: int, count: int
) -> bool:
    """Whether an entry counts towards what its activity promises for the day.

    A sales entry does when it was a conversation of its own (one that settles an earlier ask, or
    only brings its money, is none) or a plain tick; any other entry when it was ticked or timed.
    """
    if not is_sales:
        return bool(seconds or count)
    if outcome is not None:
        return outcome.reached and not follows
    return count > 0


def is_dial(outcome: Outcome | None, *, follows: bool) -> bool:
    """Whether a sales entry is a try at reaching a buyer."""
    return outcome is not None and not follows


def contact_key(name: str) -> str:
    """What makes two spellings of a contact the same one: trimmed and case-folded.

    Letters typed with a separate accent are the same as those that bring it along.
    """
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())
