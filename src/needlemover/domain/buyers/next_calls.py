"""Whom to call next, in order, and why; what was kept of what was promised."""

from collections.abc import Iterable
from datetime import date, datetime, time
from enum import StrEnum

from msgspec import Struct

from ..calls.entry import Outcome
from ..day import ONE_WEEK
from ..settings import Moment
from .contact import Buyer, NextStep, Standing, StepKind


class Why(StrEnum):
    """Why a contact is called next, in the order of the calls; the first two go by their time."""

    MEETING = "meeting"  # it is over: whether it was held is asked, and nobody called
    DUE = "due"  # the time that was agreed for today has come
    LATE = "late"
    TODAY = "today"
    ASK = "ask"  # it was asked to buy more than a week ago
    LIST = "list"


_PLACES = {why: max(place, 1) for place, why in enumerate(Why)}
_OF_STANDING = {
    Standing.LATE: Why.LATE,
    Standing.TODAY: Why.TODAY,
    Standing.WAITING: Why.ASK,
    Standing.LIST: Why.LIST,
}


class NextCall(Struct, frozen=True):
    """A contact to call today, and why."""

    buyer: Buyer
    why: Why

    @property
    def is_now(self) -> bool:
        """Whether it may be called now: what is agreed for a time still to come is only shown."""
        step = self.buyer.step
        is_to_come = self.why is Why.TODAY and step is not None and step.at is not None
        return not is_to_come and self.why is not Why.MEETING

    @property
    def note(self) -> str:
        """What was noted with what was promised, else with the ask that waits."""
        step = self.buyer.step
        return step.note if step is not None and step.note else self.buyer.asked_note

    @property
    def meeting(self) -> NextStep | None:
        """The meeting of which it is asked whether it was held."""
        return self.buyer.step if self.why is Why.MEETING else None


class Candidates(Struct, frozen=True):
    """Who may be called next, and how many of the list may still be called today."""

    buyers: tuple[Buyer, ...]
    listed: int

    def calls(self, moment: Moment) -> tuple[NextCall, ...]:
        """The contacts to call at a moment, in order: see `next_calls`."""
        evening = moment.settings.working_day.evening
        return next_calls(self.buyers, moment.today, moment.local, evening)


def next_calls(
    buyers: Iterable[Buyer], today: date, now: datetime, evening: time
) -> tuple[NextCall, ...]:
    """The contacts to call today, whatever the order in which they are given.

    First come, by their times, promises whose time has come, and meetings of which it is asked,
    from the evening on, whether they were held; then late ones, the other ones of today, asks older
    than a week (the last first: the weakest call is the one of years ago), and the list, with the
    fewest tries first. The one to call now stands before the times to come. Left out are those who
    asked never to be called, those promised for a later day, and those dialled today, unless
    something is promised for today. Each contact is given once, of a long list its beginning is
    enough. All times are local.
    """
    found = ((buyer, _why(buyer, today, now, evening)) for buyer in buyers)
    calls = sorted((NextCall(buyer, why) for buyer, why in found if why is not None), key=_place)
    first = next((place for place, call in enumerate(calls) if call.is_now), 0)
    waits = [call for call in calls[:first] if call.why is not Why.MEETING]
    before = [call for call in calls[:first] if call.why is Why.MEETING]
    return (*before, *calls[first : first + 1], *waits, *calls[first + 1 :])


def first_call(calls: Iterable[NextCall]) -> NextCall | None:
    """The one to call now: the first that may be."""
    return next((call for call in calls if call.is_now), None)


def _why(buyer: Buyer, today: date, now: datetime, evening: time) -> Why | None:
    why, step = _OF_STANDING.get(buyer.standing(today)), buyer.step
    if why is not None and step is not None and step.is_over(now, evening):
        return Why.MEETING
    if why is Why.TODAY:
        return Why.DUE if step and step.at is not None and step.has_come(now) else Why.TODAY
    if why in (Why.ASK, Why.LIST) and buyer.last_dial == today:
        return None
    is_old_ask = buyer.asked_on is not None and today - buyer.asked_on > ONE_WEEK
    return None if why is Why.ASK and not is_old_ask else why


def _place(call: NextCall) -> tuple[int, int, time, int, str]:
    """Where a call stands; names decide at last, so that no order of logging does."""
    buyer, step = call.buyer, call.buyer.step
    first, at, position = buyer.tries, time.min, buyer.contact.position or 0
    if step is not None:
        first, at, position = step.day.toordinal(), step.at or at, 0
    elif buyer.asked_on is not None:
        first, position = -buyer.asked_on.toordinal(), 0
    return _PLACES[call.why], first, at, position, buyer.key


class Promised(Struct, frozen=True):
    """A next step, as it stands or as it ended."""

    kind: StepKind
    day: date
    set_on: date
    ended_on: date | None = None
    outcome: Outcome | None = None  # of the call that ended it; None: open, moved or dropped

    def was_kept(self, today: date) -> bool | None:
        """Whether a callback was called by its day, answered or not, or a meeting was held.

        None: it is to come, was taken back before its day or at once, or no call of its day tells.
        """
        if self.kind is StepKind.MEETING:
            is_held = self.outcome is not None and self.outcome.reached
            is_said = self.outcome is not None and (not is_held or self.ended_on == self.day)
            return is_held if is_said else None
        if self.ended_on is None:
            return False if self.day < today else None
        if self.outcome is None and (self.ended_on < self.day or self.ended_on == self.set_on):
            return None
        return self.outcome is not None and self.ended_on <= self.day


class Kept(Struct, frozen=True):
    """How many of the callbacks and meetings of some days were kept, and of how many."""

    callbacks: tuple[int, int] = (0, 0)
    meetings: tuple[int, int] = (0, 0)


def kept(promised: Iterable[Promised], today: date) -> Kept:
    """How many were kept of those of which it can be said today."""
    found: dict[StepKind, list[bool]] = {kind: [] for kind in StepKind}
    for item in promised:
        if (was_kept := item.was_kept(today)) is not None:
            found[item.kind].append(was_kept)
    return Kept(*((sum(each), len(each)) for each in found.values()))
