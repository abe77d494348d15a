"""What a change of a commitment may do: from which day it holds, and what it leaves as it was."""

from datetime import date

from ..day import ONE_DAY, USUAL_WEEKS, Week, Weeks
from ..errors import NeedleError, WrongUsageError
from .commitment import Commitment, Terms, Timeline, terms_on, week_terms


def as_the_day_began(timeline: Timeline, today: date) -> Timeline:
    """The commitments without what was decided today, or on a later day."""
    return tuple(item for item in timeline if item.set_on < today)


def change(
    timeline: Timeline,
    terms: Terms | None,
    today: date,
    start: date | None = None,
    weeks: Weeks = USUAL_WEEKS,
) -> Timeline:
    """The commitments after a change decided today; no terms archive the activity.

    What asks at least as much as today's bar did when the day began, and this week's when the week
    began, holds from today. What asks less of the day, archiving included, holds from tomorrow;
    what asks less of the week, from the first day of the next one. A promise that is still to
    begin keeps its first day. No day or week before today is ever altered, but for days before the
    first commitment. `start` is the day asked for; None lets these rules choose. A `NeedleError`
    when it would rewrite the past or lower a day's or week's bar, or the terms ask for nothing.
    """
    _must_ask_something(terms)
    if start is not None and start < today:
        return _begin_earlier(timeline, terms, today, start)
    week = weeks.of(today)
    asked = None  # what this week asked when it began; nothing while no promise has begun at all
    if timeline and timeline[0].start <= today:
        asked = week_terms(as_the_day_began(timeline, week.first), week)
    holds = _holds_from(timeline, terms, today, week, asked)
    begins = start or holds
    if start is None and terms is not None and timeline and timeline[0].start > today:
        begins = timeline[0].start
    if start is not None:
        asked_week = weeks.of(start)
        bar = asked if asked_week == week else week_terms(timeline, asked_week)
        _must_not_ease(terms, start, holds, bar, asked_week, week)
    # What was decided today (or, of a week, in it) can be edited freely, but a change that is
    # asked for a later day leaves the days before it alone.
    is_final = start is not None
    free_from = week.first if asked is not None else today
    kept = tuple(
        item
        for item in timeline
        if (item.start < begins and (is_final or item.set_on < free_from or item.start < today))
        or (item.start == today and item.set_on < today)
    )
    if start is None and begins > today:
        raised = week_terms(kept, week)
        if raised is not None and raised != asked:
            kept = (*kept, Commitment(today, asked, today))
    if kept and kept[-1].terms == terms:
        return kept
    return (*kept, Commitment(begins, terms, today))


def _holds_from(
    timeline: Timeline, terms: Terms | None, today: date, week: Week, asked: Terms | None
) -> date:
    """The first day on which terms can hold that are decided today."""
    if asked is not None and not _asks_at_least(terms, asked):
        return week.last + ONE_DAY
    bar = terms_on(as_the_day_began(timeline, today), today)
    if bar is not None and not bar.weekly and not _asks_at_least(terms, bar):
        return today + ONE_DAY
    return today


def _asks_at_least(terms: Terms | None, bar: Terms) -> bool:
    return terms is not None and terms.asks_at_least(bar)


def _must_not_ease(
    terms: Terms | None, start: date, holds: date, bar: Terms | None, week: Week, this_week: Week
) -> None:
    """Refuse a start before terms can hold, or one that eases a week (its `bar`) in its middle."""
    is_within = start > week.first or week == this_week
    if bar is not None and is_within and not _asks_at_least(terms, bar):
        raise NeedleError(
            "That asks less than the commitment of the week, so it can only begin with a week: "
            f"leave the day out, or give {(week.last + ONE_DAY).isoformat()}."
        )
    if start < holds:
        raise NeedleError(
            "That asks less than today's commitment, so it can hold from tomorrow at the earliest: "
            "leave the day out, or give a later one."
        )


def _begin_earlier(timeline: Timeline, terms: Terms | None, today: date, start: date) -> Timeline:
    began = as_the_day_began(timeline, today)
    if terms is None or (began and start >= began[0].start):
        raise NeedleError(
            "A commitment can only start in the past before the activity's first one: past days "
            "stay as they were promised."
        )
    first = Commitment(start, terms, today)
    if not began:
        return (first,)
    return (first, *(item for item in timeline if item.start >= began[0].start))


def _must_ask_something(terms: Terms | None) -> None:
    if terms is None:
        return
    if terms.weekly and (terms.weekdays or terms.is_plain):
        raise WrongUsageError("What is promised by the week needs minutes or a count: give one.")
    if not terms.weekly and not terms.weekdays:
        raise WrongUsageError("It must be due on some day of the week: choose at least one.")
    if terms.at_most and (terms.weekly or terms.seconds is None or terms.count is not None):
        why = "An upper limit is minutes a day: give it without a count, and not by the week."
        raise WrongUsageError(why)
    if any(quota is not None and quota < 1 for quota in (terms.seconds, terms.count)):
        why = "A quota asks for something: give at least 1, or leave it out for a plain tick."
        raise WrongUsageError(why)
