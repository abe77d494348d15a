"""The words for streaks, weeks and suggestions, as the screen and the commands say them."""

from ...domain.progress.quota_history import ThisWeek, WeekPace
from ...domain.progress.suggestion import Advice, Measure, Suggestion
from ...domain.progress.summary import StreakCard, WeekdayKept
from ..format import WEEKDAYS, counted, hours, minutes, plural
from ..promises import left_words, pace_words


def record_words(card: StreakCard) -> str:
    """`record 92 days, you are at 45; 47 to go`; of a promise by the week in weeks."""
    if not card.best:
        return "no streak yet"
    best = counted(card.best, card.unit)
    if card.to_go:
        return f"record {best}, you are at {card.current}; {card.to_go} to go"
    return f"{best}, and that is the record"


def stake_words(card: StreakCard) -> str:
    """`2 things still due today or a 14-day streak ends`; empty when nothing is at stake.

    Of a promise by the week: `today or never, or a 5-week streak ends`.
    """
    if not card.still_due:
        return ""
    if card.is_weekly:
        return f"today or never, or a {card.current}-week streak ends"
    things = plural(card.still_due, "thing")
    return f"{card.still_due} {things} still due today or a {card.current}-day streak ends"


def kept_words(due: int, met: int, *, is_weekly: bool = False) -> str:
    """`18 of 20 (90 %)`, of weeks `3 of 4 weeks (75 %)`; never rounded up to all of it."""
    weeks = f" {plural(due, 'week')}" if is_weekly else ""
    return f"{met} of {due}{weeks} ({met * 100 // due} %)" if due else "none due"


def weekday_words(item: WeekdayKept) -> str:
    """`Mon 7 of 9`."""
    return f"{WEEKDAYS[item.weekday][:3]} {item.met} of {item.due}"


def week_words(week: ThisWeek, pace: WeekPace, word: str) -> str:
    """`3 h 10 of 5 h, 12 min behind pace, 37 min a day for 3 days`.

    Of a promise by the week: `1 of 3 times, 2 to go in 4 days`, with the word for one of them.
    """
    parts = []
    bar = week.bar
    if bar.quota_seconds is not None:
        parts.append(f"{hours(bar.seconds)} of {hours(bar.quota_seconds)}")
    if bar.quota_count is not None:
        many = plural(bar.quota_count, word)
        parts.append(f"{bar.count} of {bar.quota_count} {many}")
    if pace.seconds is not None:
        parts.append(pace_words(minutes(abs(pace.seconds)), pace.seconds))
    elif pace.count is not None:
        parts.append(pace_words(str(abs(pace.count)), pace.count, least=1))
    left = _left_words(week, word) if week.weekly is None else left_words(week.weekly)
    return ", ".join([*parts, left] if left else parts)


def _left_words(week: ThisWeek, word: str) -> str:
    parts = []
    if week.seconds_a_day:
        parts.append(minutes(week.seconds_a_day))
    if week.count_a_day:
        parts.append(counted(week.count_a_day, word))
    if not parts:
        return ""
    days = counted(week.days_left, "day")
    return f"{' and '.join(parts)} a day for {days}"


def suggestion_words(item: Suggestion, name: str) -> str:
    """The advice with the numbers it stands on; the name is safe for where it is shown."""
    asked, average, to = (_much(item, value) for value in (item.asked, item.average, item.to))
    word = "Raise" if item.advice is Advice.RAISE else "Lower"
    unit, on = ("week", "in") if item.is_weekly else ("day", "on")
    return (
        f"{word} {name} from {asked} to {to}: met {on} {item.met} of the last {item.of} due "
        f"{unit}s, {average} a {unit} on average."
    )


def _much(item: Suggestion, value: float) -> str:
    if item.measure is Measure.SECONDS:
        return minutes(int(value))
    counted = "conversation" if item.activity.is_sales else "time"
    return f"{f'{value:.1f}'.removesuffix('.0')} {counted if value == 1 else counted + 's'}"
