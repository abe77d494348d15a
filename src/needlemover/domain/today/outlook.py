"""Whether today can still be won, when it must be begun or was won, and what is said unasked."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from ..calls.entry import EntryFact, contact_key
from ..day import ONE_DAY, day_start, instant_on
from ..promises.commitment import NOTHING, Done
from ..promises.marks import NOT_DUE
from ..promises.status import Status, StripDay, seconds_to_win
from ..settings import working_hours
from .history import progress_of
from .snapshot import ActivityDay, DaySnapshot

LATELY = 20  # decided days, of which it is said how many were won
SOON = timedelta(minutes=30)  # before the last start


class Chance(StrEnum):
    """How today can still be won."""

    IN_TIME = "in_time"  # within the working day
    OUTSIDE = "outside"  # only after the working hours
    GONE = "gone"  # not any more


class LastStart(Struct, frozen=True):
    """The latest moment at which what is still due fits."""

    chance: Chance
    at: datetime  # UTC: before the working day ends or, outside, the local one; gone: its end


def last_start(snapshot: DaySnapshot, now: datetime, zone: tzinfo) -> LastStart | None:
    """When what is still due must be begun, with what a timer has by now; None: no open today."""
    if snapshot.status is not Status.OPEN or not snapshot.is_today:
        return None
    settings = snapshot.settings
    dues = (replace(it.due, progress=snapshot.done_by(it, now)) for it in snapshot.activities)
    needed = timedelta(seconds=seconds_to_win(dues))
    day_ends = day_start(snapshot.day + ONE_DAY, zone, settings.day_starts_at)
    if any(not item.due.begins for item in snapshot.over_limits(now)):
        return LastStart(Chance.GONE, day_ends)
    _, work_ends = working_hours(snapshot.day, zone, settings.working_day)
    in_time, outside = min(work_ends, day_ends) - needed, day_ends - needed
    if now <= in_time:
        return LastStart(Chance.IN_TIME, in_time)
    return LastStart(Chance.GONE, day_ends) if now > outside else LastStart(Chance.OUTSIDE, outside)


class Start(Struct, frozen=True):
    """An activity that is due, with the time at which it is meant to begin; nothing is done yet."""

    activity: ActivityDay
    at: time
    late: int  # seconds since then; negative before it


def open_starts(snapshot: DaySnapshot, now: datetime, zone: tzinfo) -> tuple[Start, ...]:
    """What is still to be begun today, by rank."""
    begun = {entry.activity_id for entry in snapshot.entries}
    if snapshot.running is not None:
        begun.add(snapshot.running.activity_id)
    found, boundary = [], snapshot.settings.day_starts_at
    for item in snapshot.due if snapshot.is_today else ():
        at = item.activity.starts_at
        if at is not None and item.due.is_open and item.id not in begun:
            late = now - instant_on(snapshot.day, at, zone, boundary)
            found.append(Start(item, at, int(late.total_seconds())))
    return tuple(found)


def late_for(snapshot: DaySnapshot, now: datetime, zone: tzinfo) -> Start | None:
    """What should have been begun longest ago; of equals what ranks higher."""
    come = (start for start in open_starts(snapshot, now, zone) if start.late >= 0)
    return max(come, key=lambda start: start.late, default=None)


def won_at(snapshot: DaySnapshot) -> datetime | None:
    """The end of the entry (UTC) with which everything due was met; None: it is not won."""
    if snapshot.status is not Status.WON:
        return None
    open_ones = {item.id: item.terms for item in snapshot.asked if item.terms is not None}
    done: dict[int, Done] = {}
    for entry in sorted(snapshot.entries, key=_end):
        for key, more in progress_of([entry]).items():
            done[key] = done.get(key, NOTHING) + more
            if key in open_ones and open_ones[key].met_by(done[key]):
                del open_ones[key]
        if not open_ones:
            return _end(entry)
    return None


def _end(entry: EntryFact) -> datetime:
    """When it was over, as far as is known: what has no beginning ended when it was logged."""
    began = entry.started_at
    return entry.placed_at if began is None else began + timedelta(seconds=entry.seconds)


def won_lately(strip: Sequence[StripDay]) -> tuple[int, int]:
    """How many of the last decided days were won, and of how many: at most `LATELY`."""
    decided = [each.status for each in strip if each.status.mark != NOT_DUE][-LATELY:]
    return decided.count(Status.WON), len(decided)


class Occasion(StrEnum):
    """What it is about; of a promise to a contact, its `StepKind`."""

    CALL = "call"
    MEETING = "meeting"
    START = "start"
    LAST_START = "last_start"


class Nudge(Struct, frozen=True):
    """One thing to be said once."""

    occasion: Occasion
    key: str  # what tells it from the others of its day
    name: str  # of the contact or the activity; empty for the last start
    at: time  # the local time that was agreed or chosen, or until which to start


def nudges(snapshot: DaySnapshot, now: datetime, zone: tzinfo) -> Iterator[Nudge]:
    """All that may be said at a moment, what was promised to others first; on no day off."""
    if not snapshot.is_today or snapshot.status is Status.OFF:
        return
    local, running = now.astimezone(zone), snapshot.running
    talking_to = contact_key(running.contact) if running is not None else ""
    for buyer in snapshot.candidates.buyers if snapshot.candidates is not None else ():
        step = buyer.step if buyer.key != talking_to else None
        if step is not None and step.day == snapshot.day and step.at and step.has_come(local):
            kind = Occasion(step.kind)
            key = f"{kind} {buyer.contact.id} {step.at:%H:%M}"
            yield Nudge(kind, key, buyer.contact.name, step.at)
    for start in open_starts(snapshot, now, zone):
        if start.late >= 0:
            item = start.activity
            yield Nudge(Occasion.START, f"start {item.id}", item.name, start.at)
    last = last_start(snapshot, now, zone)
    if last is not None and last.chance is Chance.IN_TIME and last.at - now <= SOON:
        yield Nudge(Occasion.LAST_START, "last start", "", last.at.astimezone(zone).time())
