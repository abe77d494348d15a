"""A review as Markdown."""

from collections.abc import Iterator, Sequence

from ...domain.progress.review import ActivityReview, Miss, Period, Review
from ..format import MONTHS, as_markdown, counted, days_from_to, long_day, minutes, money, short_day
from ..promises import done_words
from .words import kept_words, suggestion_words

OFF = "Off"
"""The label of a day off: what the user typed stands behind it."""


def review_markdown(review: Review, currency: str) -> Iterator[str]:
    """The lines of a review; what the user wrote is escaped."""
    yield f"# {review_title(review)}"
    yield ""
    for label, value in review_facts(review, currency):
        yield f"- {label}: {as_markdown(value) if label == OFF else value}"
    if review.activities:
        yield from _table("Activities", "activity", review.activities)
    if review.weekly:
        yield from _table("By the week", "weeks of", review.weekly)
    missed_weeks = [line for item in review.weekly for line in _missed_weeks(item)]
    if review.misses or missed_weeks:
        yield from ("", "## Missed", "")
        yield from map(_miss, review.misses)
        yield from missed_weeks
    if review.suggestions:
        yield from ("", "## Suggested", "")
        for suggestion in review.suggestions:
            name = f"“{as_markdown(suggestion.activity.name)}”"
            yield f"- {suggestion_words(suggestion, name)}"


def review_facts(review: Review, currency: str) -> Iterator[tuple[str, str]]:
    """What the period came to, each with its label; with a day off its reason as it was typed."""
    yield "Days won", kept_words(review.due, review.met)
    talked = counted(review.conversations, "conversation")
    dials = counted(review.totals.dials, "dial")
    yield "With buyers", f"{minutes(review.seconds)}, {talked}, {dials}"
    yield "Money", money(review.totals.money, currency)
    if (best := review.best_day) is not None:
        many = counted(best.count, "conversation")
        yield "Best day", f"{short_day(best.day)}, {minutes(best.seconds)}, {many}"
    for item in review.days_off:
        reason = f": {item.reason}" if item.reason else ""
        said = ", said afterwards" if item.said_afterwards else ""
        yield OFF, f"{days_from_to(item.start, item.end)}{reason}{said}"


def review_title(review: Review) -> str:
    """Which period it is: `October 2026`, or from which day to which."""
    if review.period is Period.MONTH:
        return f"{MONTHS[review.start.month - 1]} {review.start.year}"
    return f"{long_day(review.start)} to {long_day(review.end)}"


def _table(title: str, first: str, activities: Sequence[ActivityReview]) -> Iterator[str]:
    yield from ("", f"## {title}", "")
    yield f"| {first} | due | met | missed | time | count |"
    yield "|---|---:|---:|---:|---:|---:|"
    for item in activities:
        name, missed = as_markdown(item.activity.name), item.due - item.met
        cells = (name, item.due, item.met, missed, minutes(item.seconds), item.count)
        yield f"| {' | '.join(map(str, cells))} |"


def _miss(miss: Miss) -> str:
    names = ", ".join(f"“{as_markdown(item.name)}”" for item in miss.activities)
    reason = as_markdown(miss.record.reason) or "no reason noted"
    return f"- {short_day(miss.record.day)} ({miss.record.status.value}): {names}: {reason}"


def _missed_weeks(item: ActivityReview) -> Iterator[str]:
    for week in item.missed:
        days = f"{short_day(week.start)} to {short_day(week.end)}"
        yield f"- {days}: “{as_markdown(item.activity.name)}”: {done_words(week.due)}"
