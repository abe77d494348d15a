"""What each panel of Today shows: facts of the snapshot, and what moves with the clock."""

from datetime import date, datetime, tzinfo
from itertools import chain

from ...domain.calls.timer import running_seconds
from ...domain.day import seconds_left
from ...domain.promises.working_day import expected_share
from ...domain.today.snapshot import DaySnapshot
from ...text.format import WEEKDAYS, round_minutes
from ..calls.call_line import CallFacts, CallLineFacts
from ..calls.day_log import LogFacts
from .checklist import ChecklistFacts
from .headline import HeadlineFacts
from .strip import StripFacts
from .talking import BuyersFacts


def _share(snapshot: DaySnapshot, now: datetime, zone: tzinfo) -> float | None:
    """The share of today's quotas due by now, in steps too small to be seen on a bar."""
    if not snapshot.is_today:
        return None
    share = expected_share(now, snapshot.day, zone, snapshot.settings.working_day)
    return round(share, 3)


def checklist_facts(snapshot: DaySnapshot, now: datetime, zone: tzinfo) -> ChecklistFacts:
    """For the checklist."""
    return ChecklistFacts(
        day=snapshot.day,
        activities=snapshot.activities,
        share=_share(snapshot, now, zone),
        running=snapshot.running.activity_id if snapshot.running and snapshot.is_today else None,
        weekly=snapshot.weekly,
        is_this_week=snapshot.is_this_week,
    )


def buyers_facts(snapshot: DaySnapshot, now: datetime, zone: tzinfo) -> BuyersFacts:
    """For the minutes with buyers."""
    seconds = snapshot.pace(now, zone)
    return BuyersFacts(
        snapshot.sales,
        _day_before(snapshot.day, snapshot.today),
        _share(snapshot, now, zone),
        None if seconds is None else round_minutes(seconds),
    )


def _day_before(day: date, today: date) -> str:
    return "Yesterday" if day == today else WEEKDAYS[(day.weekday() - 1) % 7]


def log_facts(snapshot: DaySnapshot) -> LogFacts:
    """For the log of the day."""
    return LogFacts(
        day=snapshot.day,
        is_today=snapshot.is_today,
        is_ahead=snapshot.day > snapshot.today,
        entries=snapshot.entries,
        open_asks=snapshot.open_asks,
        currency=snapshot.settings.currency,
        can_call=snapshot.sales is not None,
    )


def strip_facts(snapshot: DaySnapshot) -> StripFacts:
    """For the last twelve weeks."""
    return StripFacts(snapshot.strip, snapshot.day)


def headline_facts(
    snapshot: DaySnapshot, now: datetime, zone: tzinfo, *, demo: bool
) -> HeadlineFacts:
    """For the line on top."""
    left = seconds_left(now, snapshot.today, zone, snapshot.settings.day_starts_at)
    return HeadlineFacts(
        day=snapshot.day,
        today=snapshot.today,
        status=snapshot.status,
        streak=snapshot.streak.current,
        best=snapshot.streak.best,
        minutes_left=round_minutes(left),
        off_reason=snapshot.day_off.reason if snapshot.day_off else "",
        demo=demo,
    )


def call_line_facts(snapshot: DaySnapshot, now: datetime) -> CallLineFacts:
    """For the running call, or else what is to be done next."""
    running = snapshot.running
    if running is None:
        return CallLineFacts(None, _next_thing(snapshot))
    call = CallFacts(
        name=running.name,
        contact=running.contact,
        is_sales=running.is_sales,
        seconds=running_seconds(running.started_at, now),
        on_problem=running.kind == "problem",
    )
    return CallLineFacts(call, "")


def question(snapshot: DaySnapshot) -> str:
    """What is asked about the problems whose day to ask again has come."""
    if not snapshot.asks:
        return ""
    # Imported when it is asked: the first picture seldom needs it.
    from ...text.delegation.ledger import asked_today_words

    return asked_today_words(snapshot.asks)


def _next_thing(snapshot: DaySnapshot) -> str:
    """What is due today and not met, first; then what is today or never this week."""
    if not snapshot.is_today:
        return ""
    of_today = (item.name for item in snapshot.due if not item.due.met)
    of_the_week = (item.name for item in snapshot.weekly if item.due.today_or_never)
    return next(chain(of_today, of_the_week), "")
