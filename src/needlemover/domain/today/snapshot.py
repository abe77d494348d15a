"""The frozen facts that a view shows. What moves with the clock is asked of them with a now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..calls.entry import Block, EntryFact, Running, contact_key, running_seconds
from ..day import ONE_DAY, day_start, instant_on
from ..promises.commitment import NOTHING, ActivityFact, Done, Terms
from ..promises.marks import NOT_DUE, Streak
from ..promises.status import DayOff, Due, Status, StripDay, WeekDue, seconds_to_win
from ..settings import Settings, expected_share, pace, working_hours
from .history import History, Past, progress_of

if TYPE_CHECKING:
    from ..buyers.contact import Talk
    from ..buyers.next_calls import Candidates
    from ..numbers.goal import Goal

LATELY = 20  # decided days, of which it is said how many were won
SOON = timedelta(minutes=30)  # before the last start


class ActivityDay(Struct, frozen=True):
    """One line of the checklist."""

    activity: ActivityFact
    due: Due
    streak: Streak

    @property
    def id(self) -> int:
        """The activity's."""
        return self.activity.id

    @property
    def name(self) -> str:
        """The activity's."""
        return self.activity.name

    @property
    def terms(self) -> Terms | None:
        """What is promised."""
        return self.due.terms

    @property
    def progress(self) -> Done:
        """What was done."""
        return self.due.progress


class WeeklyDay(ActivityDay, frozen=True):
    """One line of what is promised by the week, as its whole week stands; its streak in weeks."""

    due: WeekDue


class SalesDay(Struct, frozen=True):
    """All sales activities of a day together."""

    seconds: int
    quota_seconds: int | None
    conversations: int
    quota_conversations: int | None
    dials: int
    new_buyers: int
    yesterday_seconds: int
    week_seconds: int  # of the calendar week
    week_quota_seconds: int  # of all its due days, and what is promised by the week


class ProblemAsk(Struct, frozen=True):
    """A problem about which it was promised to ask again on a day."""

    problem_id: int
    title: str
    day: date


class Chance(StrEnum):
    """How today can still be won."""

    IN_TIME = "in_time"  # within the working day
    OUTSIDE = "outside"  # only after the working hours
    GONE = "gone"  # not any more


class LastStart(Struct, frozen=True):
    """The latest moment at which what is still due fits."""

    chance: Chance
    at: datetime  # UTC: before the working day ends or, outside, the local one; gone: its end


class Start(Struct, frozen=True):
    """An activity that is due, with the time at which it is meant to begin; nothing is done yet."""

    activity: ActivityDay
    at: time
    late: int  # seconds since then; negative before it


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


class DaySnapshot(Struct, frozen=True):
    """All that the Today view shows of one day."""

    day: date
    today: date
    status: Status
    streak: Streak
    activities: tuple[ActivityDay, ...]
    sales: SalesDay | None
    entries: tuple[EntryFact, ...]
    running: Running | None
    strip: tuple[StripDay, ...]
    open_asks: int
    settings: Settings
    day_off: DayOff | None = None
    weekly: tuple[WeeklyDay, ...] = ()  # promised by the week: it never decides whether it is won
    asks: tuple[ProblemAsk, ...] = ()  # the problems to ask about again, if it is today
    talks_week_ago: int | None = None  # the conversations a week before, if it is today and won
    block: Block | None = None  # the call block that is open
    goal: Goal | None = None  # the money wanted, if it is today, that was asked for
    candidates: Candidates | None = None  # who may be called next, if that was asked for
    talk: Talk | None = None  # the same of who is talked to, where a contact is named that is known

    @property
    def is_today(self) -> bool:
        """Whether it is the day that runs now."""
        return self.day == self.today

    @property
    def is_talking(self) -> bool:
        """Whether it is today, and a call runs."""
        return self.is_today and self.running is not None and self.running.is_sales

    @property
    def is_this_week(self) -> bool:
        """Whether it lies in the week that runs now."""
        weeks = self.settings.weeks
        return weeks.of(self.day) == weeks.of(self.today)

    @property
    def due(self) -> tuple[ActivityDay, ...]:
        """The activities due on this day."""
        return tuple(item for item in self.activities if item.due.due)

    def over_limits(self, now: datetime) -> tuple[ActivityDay, ...]:
        """The activities whose upper limit is passed, by what a timer measured so far, too."""
        limits = ((item, item.terms) for item in self.activities if item.due.is_limit)
        return tuple(
            item for item, terms in limits if terms and not terms.met_by(self.done_by(item, now))
        )

    def done_by(self, item: ActivityDay, now: datetime) -> Done:
        """What is done for an activity, with what a timer that began on this day has by now."""
        running = self.running
        if running is None or (running.activity_id, running.day) != (item.id, self.day):
            return item.progress
        return item.progress + Done(running_seconds(running.started_at, now))

    @property
    def asked(self) -> tuple[ActivityDay, ...]:
        """What decides whether today is won: none on its first day, unless all are."""
        return tuple(item for item in self.due if not item.due.begins) or self.due

    def pace(self, now: datetime, zone: tzinfo) -> int | None:
        """Seconds with buyers ahead of (negative: behind) the quota; None: none, or another day."""
        if not self.is_today or self.sales is None or self.sales.quota_seconds is None:
            return None
        share = expected_share(now, self.day, zone, self.settings.working_day)
        return pace(self.sales.seconds, self.sales.quota_seconds, share)

    def last_start(self, now: datetime, zone: tzinfo) -> LastStart | None:
        """When what is still due must be begun, with what a timer has now; None: no open today."""
        if self.status is not Status.OPEN or not self.is_today:
            return None
        settings = self.settings
        dues = (replace(it.due, progress=self.done_by(it, now)) for it in self.activities)
        needed = timedelta(seconds=seconds_to_win(dues))
        day_ends = day_start(self.day + ONE_DAY, zone, settings.day_starts_at)
        if any(not item.due.begins for item in self.over_limits(now)):
            return LastStart(Chance.GONE, day_ends)
        _, work_ends = working_hours(self.day, zone, settings.working_day)
        in_time, outside = min(work_ends, day_ends) - needed, day_ends - needed
        if now <= in_time:
            return LastStart(Chance.IN_TIME, in_time)
        if now <= outside:
            return LastStart(Chance.OUTSIDE, outside)
        return LastStart(Chance.GONE, day_ends)

    def open_starts(self, now: datetime, zone: tzinfo) -> tuple[Start, ...]:
        """What is still to be begun today, by rank."""
        begun = {entry.activity_id for entry in self.entries}
        if self.running is not None:
            begun.add(self.running.activity_id)
        found, boundary = [], self.settings.day_starts_at
        for item in self.due if self.is_today else ():
            at = item.activity.starts_at
            if at is not None and item.id not in begun:
                late = now - instant_on(self.day, at, zone, boundary)
                found.append(Start(item, at, int(late.total_seconds())))
        return tuple(found)

    def late_for(self, now: datetime, zone: tzinfo) -> Start | None:
        """What should have been begun longest ago; of equals what ranks higher."""
        come = (start for start in self.open_starts(now, zone) if start.late >= 0)
        return max(come, key=lambda start: start.late, default=None)

    @property
    def won_at(self) -> datetime | None:
        """The end of the entry (UTC) with which everything due was met; None: it is not won."""
        if self.status is not Status.WON:
            return None
        open_ones = {item.id: item.terms for item in self.asked if item.terms is not None}
        done: dict[int, Done] = {}
        for entry in sorted(self.entries, key=_end):
            for key, more in progress_of([entry]).items():
                done[key] = done.get(key, NOTHING) + more
                if key in open_ones and open_ones[key].met_by(done[key]):
                    del open_ones[key]
            if not open_ones:
                return _end(entry)
        return None

    @property
    def won_lately(self) -> tuple[int, int]:
        """How many of the last decided days were won, and of how many: at most `LATELY`."""
        decided = [each.status for each in self.strip if each.status.mark != NOT_DUE][-LATELY:]
        return decided.count(Status.WON), len(decided)

    def nudges(self, now: datetime, zone: tzinfo) -> Iterator[Nudge]:
        """All that may be said at a moment, what was promised to others first; on no day off."""
        if not self.is_today or self.status is Status.OFF:
            return
        local, running = now.astimezone(zone), self.running
        talking_to = contact_key(running.contact) if running is not None else ""
        for buyer in self.candidates.buyers if self.candidates is not None else ():
            step = buyer.step if buyer.key != talking_to else None
            if step is not None and step.day == self.day and step.at and step.has_come(local):
                kind = Occasion(step.kind)
                key = f"{kind} {buyer.contact.id} {step.at:%H:%M}"
                yield Nudge(kind, key, buyer.contact.name, step.at)
        for start in self.open_starts(now, zone):
            if start.late >= 0:
                item = start.activity
                yield Nudge(Occasion.START, f"start {item.id}", item.name, start.at)
        last = self.last_start(now, zone)
        if last is not None and last.chance is Chance.IN_TIME and last.at - now <= SOON:
            yield Nudge(Occasion.LAST_START, "last start", "", last.at.astimezone(zone).time())

    def past_ahead(self, history: History, day: date) -> Past:
        """What today, as it stands, hands on to a day to come; the history holds its week."""
        streaks, in_weeks = (
            {item.id: item.streak for item in lines} for lines in (self.activities, self.weekly)
        )
        past = Past(day, self.streak, streaks, 0, 0, 0, self.open_asks, in_weeks)
        return history.with_sums(past, self.day)


def _end(entry: EntryFact) -> datetime:
    """When it was over, as far as is known: what has no beginning ended when it was logged."""
    began = entry.started_at
    return entry.placed_at if began is None else began + timedelta(seconds=entry.seconds)


class MissedDay(Struct, frozen=True):
    """A day since the last use on which something due was not met."""

    day: date
    activities: tuple[ActivityDay, ...]  # those that were due and not met
