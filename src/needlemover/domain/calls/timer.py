"""Timers that are in doubt: they went on while nobody looked, or longer than a call can be."""

from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct

GAP = timedelta(seconds=90)
"""Longer than this without being seen, a running timer was alone: an app that runs sees it every
30 seconds."""


class Running(Struct, frozen=True):
    """The timer that runs."""

    activity_id: int | None
    name: str
    """Of the activity, or the title of the problem."""
    is_sales: bool
    contact: str
    started_at: datetime
    day: date
    problem_id: int | None = None
    """Where it is set there is no activity."""
    utc_offset: int | None = None
    """Seconds east of UTC where it was started."""
    draft: str = ""
    """Of its note, as far as it is typed."""

    @property
    def kind(self) -> Literal["activity", "problem"]:
        """What it runs on."""
        return "activity" if self.problem_id is None else "problem"


def was_left_alone(
    running: Running, last_seen: datetime | None, now: datetime, call_cap: int
) -> bool:
    """Whether a running timer went on while no app saw it.

    One that a command started, and no app has seen yet (`last_seen` is None), is only in doubt when
    it is longer than `call_cap` seconds.
    """
    if last_seen is None:
        return is_too_long(running, now, call_cap)
    return now - last_seen > GAP


def is_in_doubt(running: Running, last_seen: datetime | None, now: datetime, call_cap: int) -> bool:
    """Whether it is to be asked what is true before the timer is stopped."""
    return is_too_long(running, now, call_cap) or was_left_alone(running, last_seen, now, call_cap)


def is_too_long(running: Running, now: datetime, call_cap: int) -> bool:
    """Whether a running timer is longer than the `call_cap`, in seconds."""
    return now - running.started_at > timedelta(seconds=call_cap)


def running_seconds(started_at: datetime, now: datetime) -> int:
    """How long a timer has run; 0 when the clock was set back."""
    return max(0, int((now - started_at).total_seconds()))
