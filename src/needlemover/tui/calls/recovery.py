"""A timer that was left alone, or ran longer than a call: what is true?"""

from datetime import datetime
from enum import Enum, auto

from ...domain.calls.entry import Running
from ...domain.day import local_day
from ...domain.errors import WrongUsageError
from ...domain.settings import Moment
from ...text.format import clock_time, minutes, short_day
from ...text.parse.days import parse_time
from ..kit.dialog import Question, Way
from ..kit.fields import text_field


class Fate(Enum):
    """What becomes of a timer that did not end at another time."""

    KEEP = auto()
    DISCARD = auto()


def recovery_question(
    running: Running, last_seen: datetime | None, moment: Moment
) -> Question[datetime | Fate]:
    """Asks when the timer ended, or what else becomes of it, and answers that."""

    def clock(at: datetime) -> str:
        day, words = local_day(at, moment.zone, moment.starts_at), at.astimezone(moment.zone).time()
        return f"{'' if day == moment.today else f'{short_day(day)} '}{clock_time(words)}"

    def read(typed: str) -> datetime:
        """The end that was typed, within the day on which it started or today."""
        ended = parse_time(typed)
        for day in (running.day, moment.today):
            if running.started_at <= (end := moment.at(day, ended)) <= moment.now:
                return end
        raise WrongUsageError("The end lies between the start and now: type such a time.")

    note = f"Started {clock(running.started_at)}."
    ways: list[Way[datetime | Fate]] = [
        ("1", "Keep all of it: it is going on", lambda: Fate.KEEP),
        ("3", "", text_field("end", "3  It ended at", placeholder="15:40, then Enter", read=read)),
        ("4", "Discard it: log nothing", lambda: Fate.DISCARD),
    ]
    if last_seen is not None:
        note += f" Last seen {clock(last_seen)}."
        ways.insert(1, ("2", f"It ended when last seen, {clock(last_seen)}", lambda: last_seen))
    length = minutes(int((moment.now - running.started_at).total_seconds()))
    title = f"{running.contact or running.name} has been running for {length}"
    return Question(title, [note], ways, leave="Esc  Ask me later")
