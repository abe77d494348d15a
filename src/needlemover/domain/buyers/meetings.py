"""What became of a meeting. It follows from the calls: no outcome says it."""

from datetime import datetime, time
from enum import StrEnum

from ..calls.entry import Outcome
from .contact import NextStep


class MeetingState(StrEnum):
    """What became of a meeting."""

    OPEN = "open"
    UNSAID = "unsaid"
    """It is over, and neither a conversation nor a dial says whether it was held: to be asked."""
    HELD = "held"
    NO_SHOW = "no_show"

    @property
    def words(self) -> str:
        """As it is written on screen."""
        return self.value.replace("_", "-")


def meeting_state(
    meeting: NextStep, settled_by: Outcome | None, now: datetime, evening: time
) -> MeetingState:
    """What became of a meeting.

    Args:
        meeting: the next step that it is.
        settled_by: how the call ended that settled it; None: none has.
        now: the local moment.
        evening: from when on it is asked about on its own day; on a later day at once.
    """
    if settled_by is not None:
        return MeetingState.HELD if settled_by.reached else MeetingState.NO_SHOW
    asked_from = datetime.combine(meeting.day, max(evening, meeting.at or evening))
    return MeetingState.UNSAID if asked_from <= now.replace(tzinfo=None) else MeetingState.OPEN
