"""What is said of the day on top, of its calls, and of its week."""

from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.day import ONE_WEEK, seconds_left
from ..domain.promises.status import Status
from ..domain.today.assembly import Fall
from ..domain.today.snapshot import Chance, DaySnapshot, Nudge, Occasion, SalesDay
from .format import WEEKDAYS, clock_time, counted, joined, minutes, money, quoted, short_day, shown
from .promises import left_of

if TYPE_CHECKING:
    from ..domain.numbers.goal import Goal

_IN_REACH = 5  # so many conversations more are worth naming
_LONG_NAME = 24
"""Letters of a name in a question, whose keys must stay in sight."""
_NUDGES = {
    Occasion.CALL: ("Call {name}: promised for {at}.", "A call is promised for {at}."),
    Occasion.MEETING: ("Meeting with {name} at {at}.", "There is a meeting at {at}."),
    Occasion.START: ("Start {name}: set for {at}.", "A start is set for {at}."),
    Occasion.LAST_START: ("Start by {at} to win today.",) * 2,
}


class Said(Struct, frozen=True):
    """What is said in the room that there is."""

    forms: tuple[str, ...] = ("",)  # the longest first; the last one is empty
    tone: str = "muted"  # `good`, `bad`, `accent` or `muted`


def end_words(snapshot: DaySnapshot, now: datetime, zone: tzinfo) -> Said:
    """How today stands by the clock: what is late, until when to start, that it is won."""
    if snapshot.status is Status.WON:
        moment, record = snapshot.won_at, _against_last_week(snapshot)
        won = f"won at {moment.astimezone(zone):%H:%M}" if moment else "won"
        short = f"{won} · day {snapshot.streak.current}"
        return Said((*([f"{short} · {record}"] if record else ()), short, won, ""), "good")
    to_go = seconds_left(now, snapshot.today, zone, snapshot.settings.day_starts_at)
    left = minutes(to_go // 60 * 60)
    if (last := snapshot.last_start(now, zone)) is None:
        return Said((f"day ends in {left}", f"{left} left", ""))
    at, late = f"{last.at.astimezone(zone):%H:%M}", snapshot.late_for(now, zone)
    start = f"start by {at}"
    match last.chance:
        case Chance.IN_TIME if late is not None:
            words = late_words(shown(late.activity.name), late.late)
            since = words.partition(" for ")[0] if late.late >= 60 else "time to start"
            return Said((f"{words} · {start}", words, since, ""), "bad")
        case Chance.IN_TIME:
            return Said((f"{start} to win today", start, f"by {at}", ""), "text")
        case Chance.OUTSIDE:
            words = f"still winnable until {at}"
            return Said((f"{words} (outside working hours)", words, f"until {at}", ""), "accent")
    return Said((f"today can no longer be won; {left} still count", f"{left} still count", ""))


def late_words(name: str, seconds: int) -> str:
    """`28 min late for Sales conversations`; in the first minute `time for Sales conversations`."""
    return f"{minutes(seconds // 60 * 60)} late for {name}" if seconds >= 60 else f"time for {name}"


def _against_last_week(snapshot: DaySnapshot) -> str:
    """`2 more conversations would beat last Tuesday`, `better than last Tuesday`, or nothing."""
    then, sales = snapshot.talks_week_ago, snapshot.sales
    if not then or sales is None:
        return ""
    day = f"last {WEEKDAYS[snapshot.day.weekday()]}"
    more = then + 1 - sales.conversations
    if more > _IN_REACH:
        return ""
    words = f"{counted(more, 'more conversation', 'more conversations')} would beat {day}"
    return words if more > 0 else f"better than {day}"


def best_words(snapshot: DaySnapshot) -> tuple[str, ...]:
    """Beside the streak: `  best 31`; where it is 0, `  won 18 of the last 20 days`."""
    best, (won, decided) = f"  best {snapshot.streak.best}", snapshot.won_lately
    if snapshot.streak.current or not won:
        return (best,)
    return best, f" · won {won} of the last {counted(decided, 'day')}"


def to_go_words(sales: SalesDay | None) -> str:
    """What is left of the quotas with buyers: `22 min and 6 conversations to go`, or nothing."""
    if sales is None:
        return ""
    seconds = (sales.quota_seconds or 0) - sales.seconds
    talks = (sales.quota_conversations or 0) - sales.conversations
    parts = [minutes(-(-seconds // 60) * 60)] if seconds > 0 else []
    parts += [counted(talks, "conversation")] if talks > 0 else []
    return f"{' and '.join(parts)} to go" if parts else ""


def slipped_words(fall: Fall, today: date) -> str:
    """`Thursday slipped: Film one video.`, or `3 days slipped, the last on Thu 5 Nov.`."""
    last = fall.days[-1]
    is_far = today - last.day >= ONE_WEEK
    day = short_day(last.day, today) if is_far else WEEKDAYS[last.day.weekday()]
    if fall.count > 1:
        return f"{fall.count:,} days slipped, the last on {day}."
    return f"{day} slipped: {joined([_short(item.name) for item in last.activities], most=3)}."


def _short(name: str) -> str:
    return name if len(name) <= _LONG_NAME else f"{name[: _LONG_NAME - 1]}…"


def to_win_words(snapshot: DaySnapshot) -> str:
    """`Today is won by Film one video and Sales conversations (60 min · 10 conversations).`."""
    if snapshot.status is not Status.OPEN:
        return "Today is won already." if snapshot.status is Status.WON else "Nothing is due today."
    if over := [quoted(item.name) for item in snapshot.asked if item.due.over_limit]:
        return f"Today can no longer be won: over its limit is {joined(over, most=3)}."
    things = []
    for item in snapshot.asked:
        if item.due.is_open and item.terms is not None:
            left = left_of(item.progress, item.terms, is_sales=item.activity.is_sales)
            things.append(_short(item.name) + f" ({left})" * bool(left))
    others = f"{', '.join(things[:-1])} and " if things[1:] else ""
    return f"Today is won by {others}{things[-1]}."


def goal_forms(goal: "Goal", currency: str) -> tuple[str, ...]:
    """`$10,800 of $30,000 · 15 wins at the average to go`, and shorter."""
    so_far = f"{money(goal.received, currency)} of {money(goal.wanted or 0, currency)}"
    if not goal.missing:
        return f"{so_far} · goal reached", so_far
    if goal.wins is None or goal.average_win is None or not goal.average_win.is_sure:
        return (so_far,)
    wins = f"{so_far} · {counted(goal.wins, 'win')}"
    if goal.average_win.is_assumed:
        return f"{wins} to go, as assumed", so_far
    return f"{wins} at the average to go", f"{wins} to go", so_far


def nudge_words(nudge: Nudge, *, names: bool) -> str:
    """One sentence: what is due; with or without the names."""
    with_name, without = _NUDGES[nudge.occasion]
    return (with_name if names else without).format(name=nudge.name, at=clock_time(nudge.at))
