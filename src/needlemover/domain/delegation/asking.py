"""When a problem that is not worth handing over yet will be, and when to ask about it again."""

from datetime import date, timedelta

from ..numbers.worth import Worth
from ..settings import Settings
from .offer import Offer
from .problem import Problem, ProblemState

WEEKS_AHEAD = 12
"""How far a trend is followed."""


def turning_day(offer: Offer, worth: Worth, settings: Settings, today: date) -> date | None:
    """The first day on which an offer that is not worth it now will be, as far as can be seen.

    That is a week from now, or within 12 weeks of a clear trend, unless a declared
    worth holds then; or the day of the second declared worth.
    """
    following = settings.hourly_worth_next
    for week in range(1, WEEKS_AHEAD + 1):
        day = today + timedelta(weeks=week)
        if following is not None and following.start <= day:
            break
        coming = _coming(worth, week)
        if coming is not None and offer.is_worth_it(coming):
            return day
    if following is not None and offer.is_worth_it(following.value):
        return following.start
    return None


def next_ask(
    problem: Problem, turns_on: date | None, settings: Settings, today: date
) -> date | None:
    """The day to remember as the one on which Today asks again; None: none.

    A problem is weighed anew each day, and "a week from now" is another day each time. So the day
    that was said first is kept with the problem and stands until it has come and was answered. It
    moves to an earlier day when the problem turns sooner, and to the day of a declared worth, which
    does not slide. An answer, or a change of the details or of a declared worth, first takes the
    remembered day away.
    """
    if problem.state is not ProblemState.PARKED:
        return None
    said = problem.ask_again_on
    if said is None or turns_on is None:
        return said or turns_on
    declared = settings.hourly_worth_next
    if said > today and declared is not None and declared.start == turns_on:
        return turns_on
    return min(said, turns_on)


def _coming(worth: Worth, week: int) -> int | None:
    """The worth of an hour some weeks from now, by the measured trend alone."""
    if worth.declared or worth.measured is None:
        return None
    if week == 1:
        return worth.next_week
    if worth.trend is None or not worth.trend.is_clear:
        return None
    return max(0, worth.measured + week * worth.trend.slope)
