"""needle log, tick, untick, earn, start, stop."""

from contextlib import suppress
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Annotated

from msgspec.structs import replace

from ..domain.calls.entry import LET_GO_TRIES, EntryFact, Running, contact_key
from ..domain.errors import NeedleError, WrongUsageError
from ..text.calls import entry_words, not_timed_words
from ..text.format import clock_time, local_time, money, quoted, short_day, wrong
from ..text.format import minutes as minutes_words
from ..text.parse.values import parse_amount, parse_outcome, parse_seconds
from . import line
from .line import Typed, activity_names, argument, day_given, flag, if_given, option, time_given
from .opening import open_store
from .output import say

if TYPE_CHECKING:
    from ..domain.promises.commitment import ActivityFact
    from ..domain.settings import Moment
    from ..store.calls.new_entry import Logged
    from ..store.store import Store


def log(
    minutes: Annotated[str, argument("MINUTES", "How long it took: 12, 7m10, 1h30.")],
    activity: line.SalesActivity = None,
    with_: line.With = None,
    outcome: line.OutcomeOption = None,
    amount: line.Amount = None,
    came_from: line.CameFrom = None,
    note: line.Note = None,
    day: line.Day = None,
    at: Annotated[Typed, option("TIME", "When it began: 15:40.")] = None,
    yes: Annotated[bool, flag("--yes", "It was as long as it says.")] = False,
) -> None:
    """Log a call or a stretch of time that has already happened.

    Example: needle log 12 --with "Acme Corp" --outcome meeting_set
    """
    seconds = parse_seconds(minutes)
    result = if_given(parse_outcome, outcome)
    if not seconds and result is None:
        raise WrongUsageError("Nothing took 0 minutes: type how long it took, or an --outcome.")
    from ..store.calls.new_entry import NewEntry

    with open_store() as store:
        moment = store.moment()
        fact = _activity(store, activity)
        _must_be_sales(fact, outcome, came_from)
        on = day_given(day, moment.today)
        started_at = None
        if (began := time_given(at)) is not None:
            started_at = moment.lately_at(began) if on is None else moment.at(on, began)
        new = NewEntry(
            fact.id if fact else None,
            day=on,
            started_at=started_at,
            seconds=seconds,
            outcome=result,
            contact=with_ or "",
            amount=if_given(parse_amount, amount, moment.settings.currency),
            note=note or "",
            came_from=_activity_id(store, came_from),
        )
        if not yes and (doubt := store.entries.doubt(new)):
            raise NeedleError(f"{doubt}: add --yes if it was.")
        offer = store.offers.of(new.contact)
        _say_logged(store, store.entries.log(new), moment, offer)


def tick(activity: line.Activity, day: line.Day = None) -> None:
    """Tick an activity, or count one more of a counted one.

    Example: needle tick film
    """
    with open_store() as store:
        today, fact = store.today, store.activities.find(activity)
        entry = store.entries.tick(fact.id, day_given(day, today))
    say(f"Ticked {quoted(fact.name)}{_for_day(entry.day, today)}.")


def untick(activity: line.Activity, day: line.Day = None) -> None:
    """Take back the last tick of a day.

    Example: needle untick film --day yesterday
    """
    with open_store() as store:
        today, fact = store.today, store.activities.find(activity)
        entry = store.entries.untick(fact.id, day_given(day, today))
    say(f"Took back a tick of {quoted(fact.name)}{_for_day(entry.day, today)}.")


def earn(
    amount: Annotated[str, argument("AMOUNT", "Money received: 1200.50; below 0 for a refund.")],
    activity: Annotated[Typed, argument("ACTIVITY", "What earned it.", activity_names)] = None,
    day: line.Day = None,
    with_: line.With = None,
    follows: Annotated[bool, flag("--follows", "It pays for the last sale with them.")] = False,
    came_from: line.CameFrom = None,
) -> None:
    """Log money received: on an activity, or for an earlier sale.

    A payment for an ask that has no answer yet answers it: won.

    Example: needle earn 1200.50 --with "Acme Corp" --follows
    """
    if follows and not (with_ or "").strip():
        raise WrongUsageError("Say whose sale it follows: add --with NAME.")
    from ..store.calls.new_entry import NewEntry

    with open_store() as store:
        moment = store.moment()
        if not (received := parse_amount(amount, moment.settings.currency)):
            raise WrongUsageError("Nothing was earned: type an amount other than 0.")
        on = day_given(day, moment.today) or moment.today
        named, brought = _activity_id(store, activity), _activity_id(store, came_from)
        new = NewEntry(named, day=on, count=0, amount=received, came_from=brought)
        new, after = replace(new, contact=with_ or ""), ""
        if follows:
            sale = store.entries.last_sale(with_ or "", on, is_open=received > 0)
            whose = sale.activity_id if named is None else named
            new = replace(new, activity_id=whose, contact=sale.contact, follows=sale.id)
            after = f"; it follows {_day_entry_words(sale, moment)}"
        logged = store.entries.log(new)
    say(f"Logged {_logged_words(logged, moment)}{after}.")


def start(
    activity: line.SalesActivity = None,
    with_: line.With = None,
    at: Annotated[Typed, option("TIME", "When it began, if not now: 15:40.")] = None,
    next_: Annotated[bool, flag("--next", "With the buyer who is to be called next.")] = False,
) -> None:
    """Start the timer that every terminal shows.

    Example: needle start --with "Acme Corp"
    """
    with open_store() as store:
        fact = _activity(store, activity)
        moment, began = store.moment(), time_given(at)
        if next_:
            from .buyers import whom_to_call

            if with_ is not None:
                raise WrongUsageError("Leave out --with NAME or --next: the call is with one.")
            with_ = whom_to_call(store.contacts.candidates().calls(moment))[0].buyer.contact.name
        since = moment.lately_at(began) if began is not None else None
        running = store.timer.start(fact.id if fact else None, contact=with_ or "", at=since)
    who = f" with {quoted(running.contact)}" if running.contact else ""
    told = clock_time(running.started_at.astimezone(moment.zone).time())
    say(f"Started {quoted(running.name)}{who} at {told}: stop it with needle stop.")


def stop(
    outcome: line.OutcomeOption = None,
    amount: line.Amount = None,
    came_from: line.CameFrom = None,
    note: line.Note = None,
    at: Annotated[Typed, option("TIME", "When it ended, if not now: 15:40.")] = None,
    with_: line.With = None,
    back: Annotated[Typed, option("WHEN", "When to call again, or to meet: thu 14:00.")] = None,
) -> None:
    """Stop the timer and log what it measured.

    Example: needle stop --outcome won --amount 1200
    """
    result = if_given(parse_outcome, outcome)
    from ..store.calls.new_entry import Logged
    from ..text.parse.days import parse_when

    with open_store() as store:
        moment = store.moment()
        received = if_given(parse_amount, amount, moment.settings.currency)
        again = if_given(parse_when, back, moment.today, moment.local)
        ended, running = time_given(at), store.timer.running()
        _must_be_sales(running, outcome, came_from, back)
        offer = store.offers.of(with_ or (running.contact if running is not None else ""))
        logged = store.timer.stop(
            result,
            amount=received,
            contact=with_,
            back=again,
            came_from=_activity_id(store, came_from),
            note=note,
            at=_end(running, ended, moment) if ended and running is not None else None,
        )
        if not isinstance(logged, Logged):
            say(not_timed_words(logged.name))
            return
        _say_logged(store, logged, moment, offer)
    if logged.entry.seconds > moment.settings.call_cap:
        then = "if nobody hung up, take it back with needle undo and stop it with --at TIME."
        say(f"That is longer than {minutes_words(moment.settings.call_cap)}: {then}")


def _say_logged(store: "Store", logged: "Logged", moment: "Moment", offer: int | None) -> None:
    """Say what was logged, promised and moved; of a win without money, the offer until then."""
    say(f"Logged {_logged_words(logged, moment)}.")
    entry, who = logged.entry, logged.entry.contact
    if offer is not None and entry.outcome == "won" and entry.amount is None:
        asked = money(offer, moment.settings.currency)
        say(f"{asked} was asked for; when it is paid: needle earn AMOUNT --with NAME --follows.")
    if logged.promised is not None:
        from ..text.buyers.words import promised_words

        say(f"{promised_words(who, logged.promised, moment.today)}.")
    if logged.tries == LET_GO_TRIES:
        say(f"{logged.tries} dials and no conversation: needle contact drop NAME lets go.")
    for item in () if entry.is_sales else store.day(entry.day).activities:
        if item.id == entry.activity_id and item.due.over_limit and item.terms is not None:
            from ..text.promises import over_words

            say(over_words(item.name, item.terms))


def _logged_words(logged: "Logged", moment: "Moment") -> str:
    """`12 min, talked, with “Acme Corp” (“Sales conversations”); it overlaps …`."""
    words, other = _day_entry_words(logged.entry, moment), logged.overlaps
    if other is None:
        return words
    since = local_time(other.started_at, other.utc_offset)
    return f"{words}; it overlaps {_day_entry_words(other, moment)} at {since}, and both are kept"


def _day_entry_words(entry: EntryFact, moment: "Moment") -> str:
    """What happened, and on which day where it was not today."""
    return entry_words(entry, moment.settings.currency) + _for_day(entry.day, moment.today)


def _for_day(day: date, today: date) -> str:
    """` for Mon 23 Nov`, or nothing for today."""
    return "" if day == today else f" for {short_day(day, today)}"


def _activity(store: "Store", typed: Typed) -> "ActivityFact | None":
    """The activity that was named; where that is only a contact, it is said how one is typed."""
    if typed is None:
        return None
    try:
        return store.activities.find(typed)
    except NeedleError:
        key, name = contact_key(typed), ""
        if not any(contact_key(item.name).startswith(key) for item in store.activities.all()):
            with suppress(NeedleError):
                name = store.contacts.find(typed).contact.name
        if not name:
            raise
    name = name if name.isalnum() else f'"{name}"'
    raise wrong(typed, f"is a contact and no activity: type --with {name}.")


def _activity_id(store: "Store", typed: Typed) -> int | None:
    fact = _activity(store, typed)
    return fact.id if fact else None


def _must_be_sales(
    fact: "ActivityFact | Running | None", outcome: Typed, came_from: Typed, back: Typed = None
) -> None:
    """Refuse what only a sales activity has; None stands for the highest-ranked one."""
    if fact is None or fact.is_sales:
        return
    for given, why in (
        (outcome, "it has no outcome: leave it out."),
        (came_from, "nothing brings a buyer to it: leave --came-from out."),
        (back, "nobody is called for it: leave --back out."),
    ):
        if given is not None:
            raise wrong(fact.name, f"is not a sales activity, so {why}")


def _end(running: Running, at: time, moment: "Moment") -> datetime:
    """The first such time after the start, or, where that is still to come, the one before."""
    ended_at = moment.at(running.day, at)
    if ended_at < running.started_at and running.day < moment.today:
        today = moment.at(moment.today, at)
        if running.started_at <= today <= moment.now:
            return today
    return ended_at
