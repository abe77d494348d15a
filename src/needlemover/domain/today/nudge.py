"""What is said unasked: a promise is due, a start has come, or the last one comes soon."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from msgspec import Struct

from ..buyers.contact import StepKind
from ..calls.entry import contact_key
from ..promises.status import Status
from .outlook import Chance, last_start, open_starts
from .snapshot import DaySnapshot

SOON = timedelta(minutes=30)  # before the last start


class Occasion(StrEnum):
    """What it is about."""

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
            kind = Occasion.MEETING if step.kind is StepKind.MEETING else Occasion.CALL
            key = f"{kind} {buyer.contact.id} {step.at:%H:%M}"
            yield Nudge(kind, key, buyer.contact.name, step.at)
    for start in open_starts(snapshot, now, zone):
        if start.late >= 0:
            item = start.activity
            yield Nudge(Occasion.START, f"start {item.id}", item.name, start.at)
    last = last_start(snapshot, now, zone)
    if last is not None and last.chance is Chance.IN_TIME and last.at - now <= SOON:
        yield Nudge(Occasion.LAST_START, "last start", "", last.at.astimezone(zone).time())
