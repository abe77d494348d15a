"""needle activity list, add, edit, rank, archive; needle off."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

import typer
from msgspec import UNSET
from msgspec.structs import replace

from ..domain.day import ONE_DAY
from ..domain.errors import WrongUsageError
from ..domain.promises.commitment import ActivityFact, Rule, Terms, Timeline, is_archived, terms_on
from ..text.format import clock_time, days_from_to, from_day, in_lines, promise, quoted, short_day
from ..text.parse.days import parse_day, parse_start, says_weekly, with_days
from ..text.parse.values import LONGEST, LONGEST_WEEK, parse_choice, parse_count, parse_seconds
from .line import Activity, AsJson, ForActivity, Typed, argument, flag, if_given, offer, option
from .opening import open_store
from .output import columns, fit, give_answer, listing, pick, say

_HEAD = 42  # columns before what is promised
_HELP = "List, add, change, rank and put away activities.\n\nExample: needle activity list"
activity = typer.Typer(help=_HELP)

Sales = Annotated[bool, flag("--sales", "Its entries are calls with buyers.")]
Minutes = Annotated[Typed, option("MINUTES", "A day, or a week: 30, 1h30; 0 for none.")]
Count = Annotated[Typed, option("NUMBER", "Conversations or times a day, or a week; 0 for none.")]
AtMost = Annotated[Typed, option("MINUTES", "An upper limit of a day, in the place of a quota.")]
RuleOption = Annotated[Typed, option("RULE", "Of two quotas all, or any.", offers=offer(Rule))]
_DAYS = offer(("daily", "mon-fri", "weekly"))
Days = Annotated[Typed, option("DAYS", "mon-fri, daily, mon,wed or weekly.", offers=_DAYS)]
Rank = Annotated[Typed, option("RANK", "Its place: 1 is the highest.")]
At = Annotated[Typed, option("TIME", "When it is meant to begin: 9:00; none for no such time.")]
From = Annotated[Typed, option("DAY", "The first day on which it holds: 2026-11-24.", "--from")]


@activity.command("list")
def list_activities(as_json: AsJson = False) -> None:
    """List the activities by rank, those put away last.

    Example: needle activity list
    """
    with open_store(only_reads=True) as store:
        today = store.today
        facts = store.activities.all(archived=True)
    facts = tuple(sorted(facts, key=lambda item: is_archived(item.timeline, today)))
    lines = (line for fact in facts for line in _lines(fact, today))
    parts = [pick(it, "name rank is_sales starts_at", promised="timeline") for it in facts]
    for part, fact in zip(parts, facts, strict=True):
        part["archived"] = is_archived(fact.timeline, today)
    give_answer(listing(activities=parts), lines, as_json=as_json)
    if not facts:
        say("There are no activities yet: add one with needle activity add NAME.")


@activity.command()
def add(
    name: Annotated[str, argument("NAME", "What you call it.")],
    sales: Sales = False,
    minutes: Minutes = None,
    at_most: AtMost = None,
    count: Count = None,
    rule: RuleOption = None,
    days: Days = None,
    rank: Rank = None,
    start: From = None,
    at: At = None,
) -> None:
    """Add an activity.

    With no quota it is a plain tick; with no days it is due Monday to Friday. With --days weekly
    the minutes and the count are those of a week.

    Example: needle activity add "Sales conversations" --sales --minutes 15
    """
    terms = _changed(Terms(), minutes, at_most, count, rule, days)
    place = if_given(parse_count, rank)
    with open_store() as store:
        today = store.today
        begins, begins_at = if_given(parse_day, start, today, ahead=True), if_given(parse_start, at)
        fact = store.activities.add(
            name, terms, is_sales=sales, rank=place, start=begins, starts_at=begins_at
        )
    begin = f"; {_start(fact)}" if fact.starts_at else ""
    say(f"Added {quoted(fact.name)}: {_promise(fact, today, ())}{begin}.")


@activity.command()
def edit(
    activity: Activity,
    name: Annotated[Typed, option("NAME", "Another name for it.")] = None,
    sales: Sales = False,
    minutes: Minutes = None,
    at_most: AtMost = None,
    count: Count = None,
    rule: RuleOption = None,
    days: Days = None,
    rank: Rank = None,
    start: From = None,
    at: At = None,
) -> None:
    """Change an activity, or take it up again after it was put away.

    What is not given stays. What asks at least as much holds from today, anything easier from
    tomorrow, or from the next week where it is promised by the week.

    Example: needle activity edit sales --minutes 30
    """
    promised = (minutes, at_most, count, rule, days, start)
    if not sales and all(item is None for item in (name, rank, at, *promised)):
        raise WrongUsageError("Say what to change: see needle activity edit --help.")
    place = if_given(parse_count, rank)
    with open_store() as store:
        today = store.today
        before = store.activities.find(activity)
        terms = None
        if any(item is not None for item in promised):
            # What was last promised, whether or not it has begun or was put away since.
            *_, last = [Terms(), *(it.terms for it in before.timeline if it.terms is not None)]
            terms = _changed(last, minutes, at_most, count, rule, days)
        after = store.activities.edit(
            before.id,
            name=name,
            is_sales=True if sales else None,
            terms=terms,
            rank=place,
            start=if_given(parse_day, start, today, ahead=True),
            starts_at=UNSET if at is None else parse_start(at),
        )
    told = [_promise(after, today, before.timeline)] if terms is not None else []
    told += [_start(after)] if at is not None else []
    say(f"Changed {quoted(after.name)}{': ' if told else ''}{'; '.join(told)}.")


@activity.command()
def rank(
    activity: Activity,
    place: Annotated[str, argument("RANK", "Its place: 1 is the highest.")],
) -> None:
    """Move an activity to a place; the others make room.

    Example: needle activity rank film 1
    """
    number = parse_count(place)
    with open_store() as store:
        fact = store.activities.edit(store.activities.find(activity).id, rank=number)
    say(f"{quoted(fact.name)} is number {fact.rank} now.")


@activity.command()
def archive(activity: Activity) -> None:
    """Put an activity away. Its past stays; edit it to take it up again.

    Example: needle activity archive newsletter
    """
    with open_store() as store:
        today = store.today
        fact = store.activities.archive(store.activities.find(activity).id)
    start = fact.timeline[-1].start if fact.timeline else today
    say(f"Put {quoted(fact.name)} away {from_day(start, today)}.")


def _changed(
    terms: Terms, minutes: Typed, at_most: Typed, count: Typed, rule: Typed, days: Typed
) -> Terms:
    """The terms with what was typed in place of what was there."""
    if at_most is not None:
        if minutes is not None:
            raise WrongUsageError("Give either --minutes or --at-most, not both.")
        limit = parse_seconds(at_most) or None
        terms = Terms(terms.weekdays or Terms().weekdays, limit, at_most=True)
    weekly = terms.weekly if days is None else says_weekly(days)
    if minutes is not None:
        seconds = parse_seconds(minutes, longest=LONGEST_WEEK if weekly else LONGEST) or None
        terms = replace(terms, seconds=seconds, at_most=False)
    if count is not None:
        terms = replace(terms, count=None if count.strip() == "0" else parse_count(count))
    if rule is not None:
        terms = replace(terms, rule=parse_choice(rule, Rule, "a rule"))
    if days is not None:
        return with_days(terms, days)
    return terms.a_week if weekly else terms


def _promise(fact: ActivityFact, today: date, before: Timeline) -> str:
    """`15 min, Mon to Fri; it holds from today`."""
    new = [item for item in fact.timeline if item not in before]
    chosen = new[0] if new else fact.timeline[-1]
    words = promise(chosen.terms or Terms(), is_sales=fact.is_sales)
    if not new:
        return f"{words}, as it was"
    return f"{words}; it holds {from_day(chosen.start, today)}"


def _start(fact: ActivityFact) -> str:
    return f"starts at {clock_time(fact.starts_at) if fact.starts_at else 'no set time'}"


def _lines(fact: ActivityFact, today: date) -> Iterator[str]:
    """What holds, and each change to come, on as many lines as they take."""
    rank = "" if is_archived(fact.timeline, today) else str(fact.rank)
    sales = "sales" if fact.is_sales else ""
    at = f", at {clock_time(fact.starts_at)}" if fact.starts_at and rank else ""
    head, told = f"{rank:>3}  {fit(fact.name, 28)}  {sales:<5}  ", [f"{_terms(fact, today)}{at}"]
    to_come = (item.start for item in fact.timeline if item.start > today)
    told += [f"{from_day(start, today)}: {_terms(fact, start)}" for start in to_come]
    for words in told:
        for line in in_lines(words, max(24, columns() - _HEAD)):
            yield f"{head}{line}"
            head = " " * _HEAD


def _terms(fact: ActivityFact, day: date) -> str:
    if is_archived(fact.timeline, day):
        return "put away"
    return promise(terms_on(fact.timeline, day), is_sales=fact.is_sales)


def off(
    start: Annotated[Typed, argument("FROM", "The first day: 2026-12-24, tomorrow.")] = None,
    end: Annotated[Typed, argument("TO", "The last day, if there are several.")] = None,
    reason: Annotated[Typed, option("TEXT", "Why.")] = None,
    activity: ForActivity = None,
    remove: Annotated[bool, flag("--remove", "Work on these days after all.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take days off, now or afterwards: nothing is due then. With no day, list them.

    Example: needle off 2026-12-24 2027-01-01 --reason Holidays
    """
    if start is None:
        if remove or reason is not None or activity is not None:
            raise WrongUsageError("Say which days: type the first one, like 2026-12-24.")
        _list_days_off(as_json=as_json)
        return
    with open_store() as store:
        today = store.today
        first = parse_day(start, today, ahead=True)
        last = if_given(parse_day, end, today, ahead=True, after=first - ONE_DAY) or first
        fact = if_given(store.activities.find, activity)
        whose = fact.id if fact else None
        if remove:
            store.days_off.remove(first, last, activity_id=whose)
        else:
            store.days_off.add(first, last, reason=reason or "", activity_id=whose)
    days = " to ".join(short_day(day, today) for day in dict.fromkeys((first, last)))
    what = "no longer off" if remove else "off"
    say(f"{days}: {what}{f' for {quoted(fact.name)}' if fact else ''}.")


def _list_days_off(*, as_json: bool) -> None:
    with open_store(only_reads=True) as store:
        names = {item.id: item.name for item in store.activities.all(archived=True)}
        found = store.days_off.all()
    lines, answer = [], []
    for item in found:
        name = names[item.activity_id] if item.activity_id is not None else None
        afterwards = "said afterwards" if item.said_afterwards else ""
        whose = "everything" if name is None else quoted(name)
        parts = (days_from_to(item.start, item.end), whose, item.reason, afterwards)
        lines.append("  ".join(filter(None, parts)))
        answer.append(pick(item, "start end reason said_afterwards") | {"activity": name})
    give_answer(listing(days_off=answer), lines, as_json=as_json)
    if not found:
        say("There are no days off: take some with needle off FROM TO.")
