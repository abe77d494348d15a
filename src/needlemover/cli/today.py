"""needle today, needle status."""

import sys
from collections.abc import Iterator
from typing import Annotated

from ..domain.calls.entry import running_seconds
from ..domain.promises.status import Status
from ..domain.settings import Moment
from ..domain.today.snapshot import ActivityDay, DaySnapshot, SalesDay
from ..paths import database_name
from ..text import promises as words
from ..text.format import counted, long_day, minutes, plural, quoted
from ..text.plain import clock_length, round_minutes
from .line import AsJson, Day, Typed, day_given, option
from .output import Part, columns, fit, give_answer, listing, pick
from .status import read_day, running_part, sales_part, show_status

MARKS = ("✓", "◧", "□", "·")  # met, part done, still to do, not due
PLAIN_MARKS = ("x", "~", "o", "-")  # the same, for a terminal without these signs


def today(day: Day = None, as_json: AsJson = False) -> None:
    """Show what is due and done, the streaks, the time with buyers.

    Example: needle today --day yesterday
    """
    snapshot, moment = read_day(database_name(), lambda today: day_given(day, today) or today)
    lines = (fit(line, columns()).rstrip() for line in _lines(snapshot, moment))
    answer = listing(
        **pick(snapshot, "day status"),
        streak=pick(snapshot.streak, "current best"),
        activities=list(map(_activity_part, snapshot.activities)),
        weekly=[
            _activity_part(item) | pick(item.due, "days_left today_or_never")
            for item in snapshot.weekly
        ],
        sales=sales_part(snapshot, moment),
        running=running_part(snapshot, moment),
        **pick(snapshot, "open_asks"),
        asks=[pick(item, "title day") for item in snapshot.asks],
    )
    give_answer(answer, lines, as_json=as_json)


def _activity_part(item: ActivityDay) -> Part:
    terms = item.terms
    return {
        **pick(item.activity, "name rank"),
        **pick(item.progress, "seconds count"),
        "due": item.due.due,
        "met": item.due.met if item.due.due else None,
        "quota_seconds": terms and terms.seconds,
        "quota_count": terms and terms.count,
        "rule": terms and terms.rule,
        "at_most": item.due.is_limit,
        "streak": pick(item.streak, "current best"),
    }


def status(
    form: Annotated[Typed, option("TEXT", "What to write, with placeholders.", "--format")] = None,
    as_json: AsJson = False,
) -> int:
    """Show today in one line, for a prompt. It only reads, and at once.

    The placeholders and the exit codes: needle help prompt.

    Example: needle status --format "{streak} d, {left} min to go"
    """
    return show_status(form, as_json=as_json)


def _lines(snapshot: DaySnapshot, moment: Moment) -> Iterator[str]:
    streak = snapshot.streak
    current = f"{streak.current}-day streak" if streak.current else "no streak"
    best = f" · best {streak.best}" if streak.best else ""
    yield f"{long_day(snapshot.day)} · {current}{best}"
    yield _status_words(snapshot)
    marks = MARKS if "utf" in str(sys.stdout.encoding).casefold() else PLAIN_MARKS
    for item in snapshot.activities:
        name, done = fit(item.name, 32), fit(words.asked_words(item), 30)
        sign, days = _mark(item, marks), f"{item.streak.current} d"
        yield f"{item.activity.rank:>2} {sign} {name} {done} {days:>8}"
    if snapshot.weekly:
        yield "This week:" if snapshot.is_this_week else "That week:"
        for line in snapshot.weekly:
            done, room = words.done_words(line.due), 36
            said = f"{done} · {words.left_words(line.due)}".removeprefix(" · ")
            if len(said) > room:
                said = f"{done} · {words.left_words(line.due, short=True)}"
            name, weeks = fit(line.name, 26), f"{line.streak.current} w"
            sign, rank = _mark(line, marks), line.activity.rank
            yield f"{rank:>2} {sign} {name} {fit(said, room)} {weeks:>8}"
    if snapshot.sales is not None:
        yield f"Talking to buyers: {_buyers_words(snapshot.sales)}"
        yield _pace_words(snapshot, snapshot.sales, snapshot.pace(moment.now, moment.zone))
    if snapshot.open_asks:
        yield f"{counted(snapshot.open_asks, 'ask')} without an answer"
    if snapshot.asks:
        from ..text.delegation import asked_today_words

        yield asked_today_words(snapshot.asks)
    if (running := snapshot.running) is not None:
        length = clock_length(running_seconds(running.started_at, moment.now))
        doing = "talking to" if running.is_sales else "on"
        yield f"{length} {doing} {quoted(running.contact or running.name)}, running"


def _status_words(snapshot: DaySnapshot) -> str:
    due = snapshot.due
    done = f"{sum(item.due.met for item in due)} of {len(due)} done"
    match snapshot.status:
        case Status.OPEN:
            return done
        case Status.REST:
            return "Nothing was due." if snapshot.day < snapshot.today else "Nothing is due."
        case Status.OFF:
            reason = snapshot.day_off.reason if snapshot.day_off else ""
            return f"Day off: {reason}" if reason else "Day off"
        case Status.AHEAD:
            return f"Still to come: {len(due)} due"
        case Status.UNTRACKED:
            return "Nothing was promised yet."
        case status:
            return f"{status.value.capitalize()}: {done}"


def _mark(item: ActivityDay, marks: tuple[str, str, str, str]) -> str:
    met, part, to_do, not_due = marks
    if item.due.over_limit:
        return "!"
    if not item.due.due:
        return not_due
    return met if item.due.met else part if item.progress.done else to_do


def _buyers_words(sales: SalesDay) -> str:
    done, talked = minutes(sales.seconds), str(sales.conversations)
    if sales.quota_seconds is not None:
        done = f"{round_minutes(sales.seconds)} of {round_minutes(sales.quota_seconds)} min"
    if sales.quota_conversations is not None:
        talked += f" of {sales.quota_conversations}"
    many = plural(sales.quota_conversations or sales.conversations, "conversation")
    return f"{done} · {talked} {many} · {words.dial_words(sales)}"


def _pace_words(snapshot: DaySnapshot, sales: SalesDay, pace: int | None) -> str:
    parts = []
    if pace is not None:
        parts.append(words.pace_words(minutes(abs(pace)), pace))
        left = (sales.quota_seconds or 0) - sales.seconds
        if left > 0:
            parts.append(f"{minutes(left)} to go")
    before = "yesterday" if snapshot.is_today else "the day before"
    parts.append(f"{before} {minutes(sales.yesterday_seconds)}")
    parts.append(f"{'this' if snapshot.is_today else 'that'} week {words.buyers_week_words(sales)}")
    return " · ".join(parts)
