"""What is said of streaks, weeks and suggestions, and a review as Markdown."""

from collections.abc import Iterator

from ..domain.progress.quota_history import ThisWeek, WeekPace
from ..domain.progress.review import REACHED, Advice, Measure, Period, Review, Suggestion
from ..domain.progress.summary import StreakCard
from . import format
from .promises import done_words, left_words, pace_words

OFF = "Off"  # the label of a day off: what the user typed stands behind it


def record_words(card: StreakCard) -> str:
    """`record 92 days, you are at 45; 47 to go`; of a promise by the week in weeks."""
    if not card.streak.best:
        return "no streak yet"
    best = format.counted(card.streak.best, card.unit)
    if card.to_go:
        return f"record {best}, you are at {card.streak.current:,}; {card.to_go:,} to go"
    return f"{best}, and that is the record"


def stake_words(card: StreakCard) -> str:
    """`2 things still due today or a 14-day streak ends`, `today or never, or …`; else empty."""
    if not card.still_due:
        return ""
    if card.is_weekly:
        return f"today or never, or a {card.streak.current}-week streak ends"
    things = format.plural(card.still_due, "thing")
    return f"{card.still_due} {things} still due today or a {card.streak.current}-day streak ends"


def kept_words(due: int, met: int, *, is_weekly: bool = False) -> str:
    """`18 of 20 (90 %)`, of weeks `3 of 4 weeks (75 %)`."""
    weeks = f" {format.plural(due, 'week')}" if is_weekly else ""
    return f"{met:,} of {due:,}{weeks} ({format.percent(met / due)})" if due else "none due"


def week_words(week: ThisWeek, pace: WeekPace, word: str) -> str:
    """`3 h 10 of 5 h, 12 min behind pace, 37 min a day for 3 days`; `1 of 3 times, 2 to go …`."""
    parts = []
    bar = week.bar
    if bar.quota_seconds is not None:
        parts.append(f"{format.minutes(bar.seconds)} of {format.minutes(bar.quota_seconds)}")
    if bar.quota_count is not None:
        parts.append(f"{bar.count:,} of {format.counted(bar.quota_count, word)}")
    if pace.seconds is not None:
        parts.append(pace_words(format.minutes(abs(pace.seconds)), pace.seconds))
    elif pace.count is not None:
        parts.append(pace_words(str(abs(pace.count)), pace.count, least=1))
    left = _left_words(week, word) if week.weekly is None else left_words(week.weekly)
    return ", ".join([*parts, left] if left else parts)


def _left_words(week: ThisWeek, word: str) -> str:
    parts = [format.minutes(week.seconds_a_day)] if week.seconds_a_day else []
    parts += [format.counted(week.count_a_day, word)] if week.count_a_day else []
    days = week.days_left
    when = f"a day for {days} days" if days > 1 else "to go on the last day"
    return f"{' and '.join(parts)} {when}" if parts else ""


def suggestion_words(item: Suggestion, name: str) -> str:
    """The advice with the numbers it stands on; the name is safe for where it is shown."""
    unit = "conversation" if item.activity.is_sales else "time"
    asked, reached, to = (
        format.minutes(it) if item.measure is Measure.SECONDS else format.counted(it, unit)
        for it in (item.asked, item.reached, item.to)
    )
    word, many = ("Raise", REACHED) if item.advice is Advice.RAISE else ("Lower", "half")
    days = f"in {item.met} of the last {item.of} due weeks"
    if not item.is_weekly:
        days = f"on {item.met} of the last {item.of} due days"
    return f"{word} {name} from {asked} to {to}: met {days}, and {many} of them reached {reached}."


def review_markdown(review: Review, currency: str) -> Iterator[str]:
    """The lines of a review; what the user wrote is escaped."""
    yield f"# {review_title(review)}"
    yield ""
    for label, value in review_facts(review, currency):
        yield f"- {label}: {format.as_markdown(value) if label == OFF else value}"
    for title, first, items in (
        ("Activities", "activity", review.activities),
        ("By the week", "weeks of", review.weekly),
    ):
        if items:
            yield from ("", f"## {title}", "")
            yield f"| {first} | due | met | missed | time | count |"
            yield "|---|---:|---:|---:|---:|---:|"
        for item in items:
            name, missed = format.as_markdown(item.activity.name), item.due - item.met
            cells = (name, item.due, item.met, missed, format.minutes(item.seconds), item.count)
            yield f"| {' | '.join(map(str, cells))} |"
    missed_weeks = [(item, week) for item in review.weekly for week in item.missed]
    if review.misses or missed_weeks:
        yield from ("", "## Missed", "")
    for miss in review.misses:
        names = ", ".join(f"“{format.as_markdown(item.name)}”" for item in miss.activities)
        day = f"{format.short_day(miss.record.day)} ({miss.record.status.value})"
        reason = format.as_markdown(miss.record.reason) or "no reason noted"
        yield f"- {day}: {names} ({reason})"
    for item, week in missed_weeks:
        days = f"{format.short_day(week.start)} to {format.short_day(week.end)}"
        yield f"- {days}: “{format.as_markdown(item.activity.name)}”, {done_words(week.due)}"
    if review.suggestions:
        yield from ("", "## Suggested", "")
        for suggestion in review.suggestions:
            name = f"“{format.as_markdown(suggestion.activity.name)}”"
            yield f"- {suggestion_words(suggestion, name)}"


def review_facts(review: Review, currency: str) -> Iterator[tuple[str, str]]:
    """What the period came to, each with its label; with a day off its reason as it was typed."""
    yield "Days won", kept_words(review.due, review.met)
    talked = format.counted(review.conversations, "conversation")
    dials = format.counted(review.totals.dials, "dial")
    yield "With buyers", f"{format.minutes(review.seconds)}, {talked}, {dials}"
    yield "Money", format.money(review.totals.money, currency)
    kept = review.totals.kept
    told = (kept.callbacks, "callbacks kept on their day"), (kept.meetings, "meetings held")
    if parts := [f"{number} of {of} {what}" for (number, of), what in told if of]:
        yield "Promised", ", ".join(parts)
    if (best := review.best_day) is not None:
        many = format.counted(best.count, "conversation")
        yield "Best day", f"{format.short_day(best.day)}, {format.minutes(best.seconds)}, {many}"
    for item in review.days_off:
        reason = f": {item.reason}" if item.reason else ""
        said = ", said afterwards" if item.said_afterwards else ""
        yield OFF, f"{format.days_from_to(item.start, item.end)}{reason}{said}"


def review_title(review: Review) -> str:
    """Which period it is: `October 2026`, or from which day to which."""
    if review.period is Period.MONTH:
        return f"{format.MONTHS[review.start.month - 1]} {review.start.year}"
    return f"{format.long_day(review.start)} to {format.long_day(review.end)}"
