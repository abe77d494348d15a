"""needle numbers, worth, goal, and the settings on which they depend."""

from collections.abc import Iterable, Iterator
from typing import Annotated

from ..domain.errors import WrongUsageError
from ..domain.numbers.funnel import Funnel
from ..domain.numbers.goal import Gap, Goal
from ..domain.numbers.rates import Rate
from ..domain.numbers.returns import Return, right_seconds
from ..domain.numbers.snapshot import NumbersSnapshot
from ..domain.numbers.worth import best_return
from ..domain.settings import Settings
from ..text.format import counted, days_from_to, in_lines, minutes, money, percent, quoted
from ..text.numbers import goal as goal_words
from ..text.numbers import words
from ..text.numbers.worth import hour_lines
from ..text.settings import KEYS, parse_setting
from .line import AsJson, Typed, argument, day_given, offer, option
from .opening import open_store
from .output import Part, columns, fit, give_answer, listing, pick, say

_RATES = "conversation_per_dial ask_per_conversation win_per_ask win_per_conversation win_per_dial"


def numbers(
    since: Annotated[Typed, option("DAY", "The first day; else 90 days back.")] = None,
    until: Annotated[Typed, option("DAY", "The last day; else today.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what hours earn: funnel, returns, when buyers answer.

    Example: needle numbers --since 2026-10-01 --until 2026-10-31
    """
    with open_store(only_reads=True) as store:
        today = store.today
        snapshot = store.numbers.snapshot(day_given(since, today), day_given(until, today))
    give_answer(_numbers_answer(snapshot), _in_columns(_lines(snapshot)), as_json=as_json)


def worth(as_json: AsJson = False) -> None:
    """Show what an hour is worth now, and in a week. Also where it returns most.

    It is measured unless it is declared: see needle settings hourly_worth.

    Example: needle worth
    """
    with open_store(only_reads=True) as store:
        snapshot = store.numbers.snapshot()
    lines = _in_columns(hour_lines(snapshot.worth, snapshot.returns, snapshot.settings))
    give_answer(_worth_answer(snapshot), lines, as_json=as_json)


def goal(
    amount: Annotated[Typed, argument("AMOUNT", "The money wanted, or none.")] = None,
    by: Annotated[Typed, option("DAY", "Until this day; else in every month.")] = None,
    as_json: AsJson = False,
) -> None:
    """Set the money wanted, or show what it takes. It is this month's, or by a day.

    Example: needle goal 12000 --by 2026-12-31
    """
    with open_store(only_reads=amount is None and by is None) as store:
        last = day_given(by, store.today, ahead=True)
        if amount is not None or last is not None:
            settings = store.settings
            wanted = settings.goal
            if amount is not None:
                wanted = parse_setting("goal", amount, settings.currency)
            if last is not None and wanted is None:
                raise WrongUsageError("Say how much: type needle goal 12000 --by DAY.")
            store.choices.set_goal(wanted, last)
        snapshot = store.numbers.snapshot()
    lines = goal_lines(snapshot.goal, snapshot.settings, snapshot.funnel)
    give_answer(_goal_answer(snapshot.goal), _in_columns(lines), as_json=as_json)


def settings(
    key: Annotated[Typed, argument("KEY", "Which setting; else all.", offer(KEYS))] = None,
    value: Annotated[list[str] | None, argument("VALUE", "What it is to be.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show or choose what the numbers depend on.

    Among them are the currency, the time at which a day starts, and the working day.

    Example: needle settings working_day 09:00-17:00 mon-fri
    """
    with open_store(only_reads=not value) as store:
        if key is not None and value:
            before = store.settings.currency
            chosen = store.choices.set(key, " ".join(value))
            say(f"{key} is {chosen} now.")
            if key == "first_weekday" and " from " in chosen:
                weeks = chosen.rpartition(", ")[2].capitalize()
                say(f"Weeks begin on {weeks}; a short one before breaks no streak.")
            if store.settings.currency != before and store.choices.hold_money():
                say(f"Amounts in {before} are not converted: the same numbers are {chosen} now.")
            return
        values = store.choices.typed()
    if key is not None and key not in values:
        raise WrongUsageError(f"There is no setting {quoted(key)}: there are {', '.join(values)}.")
    asked, lines = values, [f"{name:<17} {typed}" for name, typed in values.items()]
    if key is not None:
        asked, lines = {key: values[key]}, [values[key]]
    give_answer(listing(settings=asked), lines, as_json=as_json)


def goal_lines(goal: Goal, settings: Settings, funnel: Funnel) -> list[str]:
    """The goal, what is missing, what it takes, and which commands help."""
    if goal.wanted is None:
        return ["No goal is set: type needle goal 12000, or needle goal 12000 --by 2026-12-31."]
    currency = settings.currency
    lines = [goal_words.title_words(goal, currency), goal_words.received_words(goal, currency)]
    if goal.gap is Gap.REACHED:
        return lines
    if goal.gap is Gap.OVER:
        return [*lines, "Its last day has passed: set another goal with needle goal AMOUNT."]
    if goal.gap is None:
        lines.insert(0, f"{goal_words.lead_words(goal, settings)}.")
        lines += goal_words.way_lines(goal, settings, funnel)
    else:
        lines.append(goal_words.gap_words(goal))
    if goal.rate is None or not goal.rate.is_sure:
        lines.append('Assume a rate: needle settings assumed_win_rate "1 in 20".')
    if goal.average_win is None or not goal.average_win.is_sure:
        lines.append("Assume what a win brings: needle settings assumed_win 1200.")
    return lines


def _in_columns(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        # Tables are laid out already; only sentences are broken.
        yield from in_lines(line, columns()) if "  " not in line else [line]


def _lines(snapshot: NumbersSnapshot) -> Iterator[str]:
    currency = snapshot.settings.currency
    days = (snapshot.until - snapshot.since).days + 1
    yield f"{days_from_to(snapshot.since, snapshot.until)}, {counted(days, 'day')}"
    if missing := words.empty_words(snapshot.funnel):
        yield missing
    if snapshot.funnel.tally.dials or snapshot.funnel.tally.money:
        yield from _funnel_lines(snapshot, currency)
    yield from words.buyer_lines(snapshot)
    yield "What the hours brought"
    if not snapshot.returns:
        yield "No activity yet: add one with needle activity add NAME."
    else:
        yield words.ranking_words(snapshot.returns, snapshot.contradiction)
    size = min(24, max((len(item.name) for item in snapshot.returns), default=0))
    for item in snapshot.returns:
        share = percent(item.seconds_share, item.seconds_percent)
        share = f"{share} of time" if item.seconds_share is not None else ""
        name, earned = fit(item.name, size), words.return_words(item, currency)
        yield f"{item.rank:>2}  {name} {minutes(item.seconds):>8}  {share:<17} {earned}".rstrip()
        if evidence := words.evidence_words(item):
            received = money(item.money, currency)
            if item.money_share is not None:
                received += f", {percent(item.money_share, item.money_percent)} of money"
            yield from in_lines(f"    {received}, {evidence}", columns(), "    ")
    if snapshot.untraced_money:
        yield f"{money(snapshot.untraced_money, currency)} came in with no activity."
    yield from filter(None, [words.hours_words(snapshot)])
    yield words.right_words(*right_seconds(snapshot.returns), snapshot.leak_seconds)
    yield "When buyers answered"
    yield from words.slots_words(snapshot.slots)
    if snapshot.blocks is not None:
        yield from words.block_hours_words(snapshot.blocks)


def _funnel_lines(snapshot: NumbersSnapshot, currency: str) -> Iterator[str]:
    funnel, before = snapshot.funnel, snapshot.before
    tally = funnel.tally
    for name, figure, rates in words.STEPS:
        rate = "".join(words.funnel_rate_words(funnel, before, *each) for each in rates[:1])
        yield f"{name:<14}{getattr(tally, figure):>9,}  {rate}".rstrip()
    yield f"{'Money':<14}{money(tally.money, currency):>9}"
    yield from words.few_words(funnel)
    yield from (said for said, _ in words.per_figures(funnel, currency))
    if tally.conversations:
        yield words.buyers_words(funnel.buyers)
    if before is not None:
        yield words.before_words(before, currency)


def _numbers_answer(snapshot: NumbersSnapshot) -> Part:
    found, before = snapshot.contradiction, snapshot.before
    contradiction: Part | None = None
    if found is not None:
        names = {"ranked": found.ranked.name, "better": found.better.name}
        contradiction = {**names, "times": found.tenths / 10}
    return _funnel_part(snapshot.funnel) | listing(
        activities=list(map(_return_part, snapshot.returns)),
        untraced_revenue=snapshot.untraced_money,
        contradiction=contradiction,
        open_asks=snapshot.funnel.tally.open,
        offers=snapshot.offers,
        before=before and _funnel_part(before),
        weeks=[{**_tally_part(week), "start": week.since} for week in snapshot.weeks],
        right_things=snapshot.right_weeks,
        slots=pick(snapshot.slots, "best dials_missing", all="slots", without_time="timeless"),
        blocks=snapshot.blocks,
        tries=list(map(_rate_part, snapshot.tries)),
        callbacks_kept=_rate_part(Rate(*snapshot.kept.callbacks)),
        meetings_held=_rate_part(Rate(*snapshot.kept.meetings)),
    )


def _tally_part(funnel: Funnel) -> Part:
    return pick(funnel.tally, "dials conversations asks wins seconds", revenue="money")


def _funnel_part(funnel: Funnel) -> Part:
    return {
        **_tally_part(funnel),
        **pick(funnel, "since until"),
        "new_buyers": funnel.buyers.new,
        "known_buyers": funnel.buyers.known,
        "rates": {name: _rate_part(getattr(funnel, name)) for name in _RATES.split()},
        "per": pick(
            funnel, "seconds_per_conversation seconds_per_win",
            revenue_per_hour="money_per_hour", revenue_per_win="money_per_win",
            revenue_per_conversation="money_per_conversation", revenue_per_dial="money_per_dial",
        ),
    }  # fmt: skip


def _rate_part(rate: Rate) -> Part | None:
    if rate.interval is None:
        return None
    low, high = rate.interval
    return pick(rate, "successes trials value can_be_said") | {"low": low, "high": high}


def _return_part(item: Return) -> Part:
    return pick(
        item, "name rank seconds payments seconds_share is_archived", revenue="money",
        revenue_per_hour="per_hour", revenue_per_hour_range="interval",
        revenue_share="money_share", can_be_said="can_be_compared",
    )  # fmt: skip


def _worth_answer(snapshot: NumbersSnapshot) -> Part:
    worth, best = snapshot.worth, best_return(snapshot.returns)
    basis, trend = worth.basis, worth.trend
    return listing(
        **pick(worth, "now next_week", range="interval"),
        basis=pick(basis, "since until seconds payments", revenue="money"),
        **pick(worth, "declared", next_week_declared="next_declared", measured="measured"),
        missing=pick(basis, payments="payments_missing", days="days_missing"),
        trend=trend and pick(trend, "slope low high sure") | {"can_be_borne": bool(trend.sure)},
        best=best and _return_part(best),
    )


def _goal_answer(goal: Goal) -> Part:
    win, quota, rate = goal.average_win, goal.quota, goal.rate
    asked: Part | None = None
    if quota is not None:
        asked = pick(quota, "due_days weeks conversations needed_seconds", reaches="reach")
        asked["needed_conversations"] = quota.needed
        asked["per"] = "week" if quota.is_by_week else "day"
    return listing(
        goal=goal.wanted,
        **pick(goal, "since by is_monthly received missing working_days anyway gap"),
        average_win=win.money if win else None,
        average_win_assumed=win.is_assumed if win else None,
        rate=rate and pick(rate, "low high is_assumed", value="likely"),
        **pick(goal, "wins conversations"),
        per_working_day=pick(goal, conversations="conversations_a_day", seconds="seconds_a_day"),
        quota=asked,
    )
