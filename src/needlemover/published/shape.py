"""A snapshot of a day as text, and back: equal to what it was.

Each kind of value is a list of its fields in their order; days, times and instants are ISO text.
Whoever changes a field here, or in the values themselves, counts `FORMAT` up.
"""

import json
from datetime import date, datetime, time
from typing import Any

from ..domain.commitment import Commitment, Progress, Rule, Terms
from ..domain.entry import Outcome
from ..domain.quota import Week, WorkingDay
from ..domain.settings import AssumedRate, NextWorth, Settings
from ..domain.snapshots import (
    ActivityDay,
    ActivityFact,
    DaySnapshot,
    EntryFact,
    Newness,
    ProblemAsk,
    Running,
    SalesDay,
    StripDay,
    WeeklyDay,
)
from ..domain.status import DayOff, Due, Status
from ..domain.streak import Run, Streak
from ..domain.weekly import WeekDue
from . import FORMAT

Values = list[Any]


def as_text(snapshot: DaySnapshot) -> str:
    """A snapshot as JSON."""
    from .glance import glance_of  # who only reads the day does not need it

    facts = {
        "format": FORMAT,
        "glance": glance_of(snapshot),
        "day": snapshot.day.isoformat(),
        "today": snapshot.today.isoformat(),
        "status": snapshot.status,
        "streak": _streak_values(snapshot.streak),
        "activities": [
            [_activity_values(item.activity), _due_values(item.due), _streak_values(item.streak)]
            for item in snapshot.activities
        ],
        "weekly": [
            [
                _activity_values(item.activity),
                _week_due_values(item.due),
                _streak_values(item.streak),
            ]
            for item in snapshot.weekly
        ],
        "sales": snapshot.sales and _sales_values(snapshot.sales),
        "entries": [_entry_values(item) for item in snapshot.entries],
        "running": snapshot.running and _running_values(snapshot.running),
        "strip": [[item.day.isoformat(), item.status] for item in snapshot.strip],
        "open_asks": snapshot.open_asks,
        "settings": _settings_values(snapshot.settings),
        "day_off": snapshot.day_off and _day_off_values(snapshot.day_off),
        "asks": [[item.problem_id, item.title, item.day.isoformat()] for item in snapshot.asks],
    }
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))


def as_snapshot(text: str) -> DaySnapshot | None:
    """The snapshot of a text; None when it has another format.

    Raises:
        ValueError, LookupError, TypeError, AttributeError: when the text is damaged.
    """
    facts = json.loads(text)
    if facts["format"] != FORMAT:
        return None
    return DaySnapshot(
        day=_day(facts["day"]),
        today=_day(facts["today"]),
        status=Status(facts["status"]),
        streak=_streak(facts["streak"]),
        activities=tuple(
            ActivityDay(_activity(activity), _due(due), _streak(streak))
            for activity, due, streak in facts["activities"]
        ),
        weekly=tuple(
            WeeklyDay(_activity(activity), _week_due(due), _streak(streak))
            for activity, due, streak in facts["weekly"]
        ),
        sales=facts["sales"] and _sales(facts["sales"]),
        entries=tuple(map(_entry, facts["entries"])),
        running=facts["running"] and _running(facts["running"]),
        strip=tuple(StripDay(_day(day), Status(status)) for day, status in facts["strip"]),
        open_asks=facts["open_asks"],
        settings=_settings(facts["settings"]),
        day_off=facts["day_off"] and _day_off(facts["day_off"]),
        asks=tuple(ProblemAsk(key, title, _day(day)) for key, title, day in facts["asks"]),
    )


_day = date.fromisoformat


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _iso(value: date | datetime | None) -> str | None:
    return None if value is None else value.isoformat()


def _outcome(text: str | None) -> Outcome | None:
    return None if text is None else Outcome(text)


def _streak_values(streak: Streak) -> Values:
    runs = [[run.start.isoformat(), run.end.isoformat(), run.days] for run in streak.runs]
    return [streak.current, runs, streak.best]


def _streak(values: Values) -> Streak:
    current, runs, best = values
    return Streak(
        current, tuple(Run(_day(start), _day(end), days) for start, end, days in runs), best
    )


def _terms_values(terms: Terms | None) -> Values | None:
    if terms is None:
        return None
    return [sorted(terms.weekdays), terms.seconds, terms.count, terms.rule, terms.weekly]


def _terms(values: Values | None) -> Terms | None:
    if values is None:
        return None
    weekdays, seconds, count, rule, weekly = values
    return Terms(frozenset(weekdays), seconds, count, Rule(rule), weekly)


def _activity_values(activity: ActivityFact) -> Values:
    timeline = [
        [item.start.isoformat(), _terms_values(item.terms), item.set_on.isoformat()]
        for item in activity.timeline
    ]
    return [activity.id, activity.name, activity.is_sales, activity.rank, timeline]


def _activity(values: Values) -> ActivityFact:
    activity_id, name, is_sales, rank, timeline = values
    return ActivityFact(activity_id, name, is_sales, rank, tuple(map(_commitment, timeline)))


def _commitment(values: Values) -> Commitment:
    start, terms, set_on = values
    return Commitment(_day(start), _terms(terms), _day(set_on))


def _progress_values(progress: Progress) -> Values:
    return [progress.seconds, progress.count, progress.done]


def _due_values(due: Due) -> Values:
    progress = _progress_values(due.progress)
    return [_terms_values(due.terms), due.due, due.met, due.first_day, progress, due.taken_off]


def _due(values: Values) -> Due:
    terms, due, met, first_day, progress, taken_off = values
    return Due(_terms(terms), due, met, first_day, Progress(*progress), taken_off)


def _week_due_values(due: WeekDue) -> Values:
    return [
        _terms_values(due.terms),
        due.due,
        due.met,
        due.first_week,
        _progress_values(due.progress),
        due.days_left,
        due.today_or_never,
        due.taken_off,
        due.is_over,
    ]


def _week_due(values: Values) -> WeekDue:
    terms, due, met, first_week, progress, days_left, today_or_never, taken_off, is_over = values
    return WeekDue(
        _terms(terms),
        due,
        met,
        first_week,
        Progress(*progress),
        days_left,
        today_or_never,
        taken_off,
        is_over,
    )


def _sales_values(sales: SalesDay) -> Values:
    return [
        sales.seconds,
        sales.quota_seconds,
        sales.conversations,
        sales.quota_conversations,
        sales.dials,
        sales.new_buyers,
        sales.yesterday_seconds,
        [sales.week.seconds, sales.week.quota_seconds, sales.week.quota_before],
    ]


def _sales(values: Values) -> SalesDay:
    seconds, quota_seconds, conversations, quota_conversations, dials, new_buyers, before, week = (
        values
    )
    return SalesDay(
        seconds,
        quota_seconds,
        conversations,
        quota_conversations,
        dials,
        new_buyers,
        before,
        Week(*week),
    )


def _entry_values(entry: EntryFact) -> Values:
    return [
        entry.id,
        entry.activity_id,
        entry.activity,
        entry.is_sales,
        entry.day.isoformat(),
        _iso(entry.started_at),
        entry.utc_offset,
        entry.seconds,
        entry.count,
        entry.outcome,
        entry.contact,
        entry.amount,
        entry.note,
        entry.came_from,
        entry.follows,
        entry.late,
        entry.newness,
        entry.answer,
        entry.problem_id,
        entry.problem,
    ]


def _entry(values: Values) -> EntryFact:
    (
        entry_id, activity_id, activity, is_sales, day, started_at, utc_offset, seconds, count,
        outcome, contact, amount, note, came_from, follows, late, newness, answer, problem_id,
        problem,
    ) = values  # fmt: skip
    return EntryFact(
        entry_id,
        activity_id,
        activity,
        is_sales,
        _day(day),
        _instant(started_at),
        utc_offset,
        seconds,
        count,
        _outcome(outcome),
        contact,
        amount,
        note,
        came_from,
        follows,
        late,
        None if newness is None else Newness(newness),
        _outcome(answer),
        problem_id,
        problem,
    )


def _running_values(running: Running) -> Values:
    return [
        running.activity_id,
        running.name,
        running.is_sales,
        running.contact,
        running.started_at.isoformat(),
        _iso(running.last_seen),
        running.day.isoformat(),
        running.problem_id,
    ]


def _running(values: Values) -> Running:
    activity_id, name, is_sales, contact, started_at, last_seen, day, problem_id = values
    return Running(
        activity_id,
        name,
        is_sales,
        contact,
        datetime.fromisoformat(started_at),
        _instant(last_seen),
        _day(day),
        problem_id,
    )


def _settings_values(settings: Settings) -> Values:
    working, following = settings.working_day, settings.hourly_worth_next
    rate = settings.assumed_win_rate
    return [
        settings.currency,
        settings.day_starts_at.isoformat(),
        settings.first_weekday,
        [working.start.isoformat(), working.end.isoformat(), sorted(working.weekdays)],
        settings.call_cap,
        settings.hourly_worth,
        following and [following.value, following.start.isoformat()],
        settings.goal,
        _iso(settings.goal_by),
        _iso(settings.goal_since),
        rate and [rate.wins, rate.conversations],
        settings.assumed_win,
    ]


def _settings(values: Values) -> Settings:
    (
        currency, day_starts_at, first_weekday, working, call_cap, hourly_worth, following, goal,
        goal_by, goal_since, rate, assumed_win,
    ) = values  # fmt: skip
    start, end, weekdays = working
    return Settings(
        currency,
        time.fromisoformat(day_starts_at),
        first_weekday,
        WorkingDay(time.fromisoformat(start), time.fromisoformat(end), frozenset(weekdays)),
        call_cap,
        hourly_worth,
        following and NextWorth(following[0], _day(following[1])),
        goal,
        goal_by and _day(goal_by),
        goal_since and _day(goal_since),
        rate and AssumedRate(*rate),
        assumed_win,
    )


def _day_off_values(day_off: DayOff) -> Values:
    return [
        day_off.start.isoformat(),
        day_off.end.isoformat(),
        day_off.activity_id,
        day_off.reason,
        _iso(day_off.said_on),
        day_off.id,
    ]


def _day_off(values: Values) -> DayOff:
    start, end, activity_id, reason, said_on, day_off_id = values
    said = None if said_on is None else _day(said_on)
    return DayOff(_day(start), _day(end), activity_id, reason, said, day_off_id)
