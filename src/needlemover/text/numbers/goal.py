"""The goal in sentences."""

from collections.abc import Iterator

from ...domain.numbers.funnel import Funnel
from ...domain.numbers.goal import Gap, Goal, GoalQuota, Range, Reach
from ...domain.settings import Settings, seconds_a_day
from ..format import MONTHS, average_length, counted, joined, minutes, money, plain_day, quoted
from .words import no_end_words, range_words

_A_DAY = 24 * 3600

_REACHES = {
    Reach.YES: "that is enough.",
    Reach.PERHAPS: "perhaps enough, the range is too wide to say.",
    Reach.NO: "that is too few.",
}


def title_words(goal: Goal, currency: str) -> str:
    """`Goal: $12,000 in November 2026`, `Goal: $12,000 by 31 Dec 2026, counted from 1 Nov 2026`."""
    wanted = money(goal.wanted or 0, currency)
    if goal.is_monthly:
        return f"Goal: {wanted} in {MONTHS[goal.by.month - 1]} {goal.by.year}"
    return f"Goal: {wanted} by {plain_day(goal.by)}, counted from {plain_day(goal.since)}"


def received_words(goal: Goal, currency: str) -> str:
    """As `$4,000 received so far; $8,000 to go`."""
    received, missing = money(goal.received, currency), money(goal.missing, currency)
    if not goal.missing:
        beyond = goal.received - (goal.wanted or 0)
        more = f", {money(beyond, currency)} more than wanted" if beyond else ""
        return f"Reached: {received} received{more}."
    if goal.received < 0:
        return f"More was paid back than received so far ({received}); {missing} to go."
    return f"{received} received so far; {missing} to go."


def gap_words(goal: Goal) -> str:
    """Why it cannot be said what a goal takes that is neither reached nor over."""
    why = "nothing was won in these days"
    if goal.gap is Gap.NO_CONVERSATIONS:
        why = "there was no conversation in these days"
    elif goal.gap is Gap.NO_MONEY:
        why = "the wins of these days brought no money"
    return f"How many conversations that takes is not known yet: {why}."


def lead_words(goal: Goal, settings: Settings) -> str:
    """As `75 conversations a day, 5 days left · your quota: 10 · 9 h 20 a day does not fit …`."""
    needed, rate = goal.conversations_a_day, goal.rate
    if needed is None or rate is None:
        return "No working day is left"
    is_sure = rate.is_sure and needed.high is not None
    each = counted(needed.likely or 0 if is_sure else needed.low, "conversation")
    days = counted(goal.working_days, "day")
    parts = [f"{each} a day, {days} left" if is_sure else f"At least {each} a day, {days} left"]
    if goal.quota is not None and goal.quota.conversations is not None:
        promised = _promised(goal.quota, goal.quota.conversations, goal.working_days)
        parts.append(f"your quota: {promised}")
    time, working = goal.seconds_a_day, seconds_a_day(settings.working_day)
    if time is not None:
        takes = time.likely or 0 if is_sure else time.low
        fits = "" if takes <= working else f" does not fit a day of {minutes(working)}"
        told = f"{'' if is_sure or fits else 'at least '}{_in_a_day(takes)} a day{fits}"
        parts.append(told if takes <= _A_DAY else "no day has that many hours")
    return " · ".join(parts)


def _promised(quota: GoalQuota, conversations: int, days: int) -> str:
    """What is asked for a day, and on how many days if not on those left; else in all."""
    each, rest = divmod(conversations, quota.due_days or 1)
    if not quota.due_days or quota.weeks or rest:
        return f"{conversations:,} until then"
    on = "" if quota.due_days == days else f" on {counted(quota.due_days, 'day')}"
    return f"{each:,}{on}"


def way_lines(goal: Goal, settings: Settings, funnel: Funnel) -> Iterator[str]:
    """Wins, conversations, each day, the quota; of a goal without a gap.

    As `Conversations still needed: 60 (48 to 74), as 12 of 240 were won`, `On each of the 6 working
    days left: 10 (8 to 13), 55 min (44 min to 1 h 11)`.
    """
    rate, needed, each = goal.rate, goal.conversations, goal.conversations_a_day
    assert rate is not None
    assert needed is not None
    yield wins_words(goal, settings.currency, funnel.tally.earned)
    if goal.anyway > 0:
        came = money(goal.anyway, settings.currency)
        yield f"In these days {came} came in anyway, from earlier sales or from none."
    words = f"Conversations still needed: {range_words(needed, is_sure=rate.is_sure)}"
    words += no_end_words(needed, is_sure=rate.is_sure)
    assumed, found = settings.assumed_win_rate, funnel.win_per_conversation
    if rate.is_assumed and assumed is not None:
        words += f", at the assumed {assumed.wins} in {assumed.conversations}"
    else:
        words += f", as {found.successes:,} of {found.trials:,} were won"
        if left_out := funnel.tally.conversations - found.trials:
            words += f"; {left_out:,} left out for {counted(funnel.tally.open, 'open ask')}"
    yield f"{words}."
    if each is not None:
        days = f"On each of the {goal.working_days:,} working days left"
        if goal.working_days == 1:
            days = "On the one working day left"
        words = f"{days}: {range_words(each, is_sure=rate.is_sure)}"
        if goal.seconds_a_day is not None:
            time = range_words(goal.seconds_a_day, _in_a_day, is_sure=rate.is_sure)
            words += f", {time} with buyers"
        yield f"{words}."
    if goal.quota is not None:
        yield from quota_lines(goal.quota, is_sure=rate.is_sure, said_a_day=each)


def wins_words(goal: Goal, currency: str, earned: int) -> str:
    """As `3 wins, at $3,574 a win ($296,642 ÷ 83)`; the minor units that the wins `earned`."""
    win = goal.average_win
    assert win is not None
    of = "assumed" if win.is_assumed else f"{money(earned, currency)} ÷ {win.wins:,}"
    if win.wins == 1:
        of = "a single one"
    if not win.is_sure:
        of += ": too few to say"
    return f"{counted(goal.wins or 0, 'win')}, at {money(win.money, currency)} a win ({of})."


def _in_a_day(seconds: int) -> str:
    return average_length(seconds) if seconds <= _A_DAY else "more than 24 h"


def quota_lines(
    quota: GoalQuota, *, is_sure: bool = True, said_a_day: Range | None = None
) -> list[str]:
    """Whether the quotas of day and week get there, and what would: unless that was said."""
    if quota.needed is None:
        return ["No sales activity is due until then."]
    if quota.conversations is None or quota.reach is None:
        lines = ["Your sales activities have no quota that could be counted in conversations."]
    else:
        names = joined([quoted(name) for name in quota.names], most=2)
        asked = counted(quota.conversations, "conversation")
        lines = [f"The quota of {names} asks for {asked} until then: {_REACHES[quota.reach]}"]
    if quota.needed == said_a_day and not quota.is_by_week:
        return lines
    each = "a week" if quota.is_by_week else f"a day on {counted(quota.due_days, 'due day')}"
    words = f"Needed: {range_words(quota.needed, is_sure=is_sure)} {each}"
    if quota.needed_seconds is not None:
        shape = average_length if quota.is_by_week else _in_a_day
        words += f", {range_words(quota.needed_seconds, shape, is_sure=is_sure)}"
    return [*lines, f"{words}."]
