"""needle next, due, callback, contact."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from ..domain.buyers.contact import Buyer, StepKind
from ..domain.buyers.next_calls import NextCall, first_call
from ..domain.errors import NeedleError, WrongUsageError
from ..text.buyers.words import next_words, promised_words, touch_words
from ..text.format import clock_time, long_day, quoted
from ..text.parse.days import parse_when
from . import line
from .line import Typed, argument, contact_names, day_given, flag, option
from .opening import open_store
from .output import Part, columns, fit, give_answer, listing, pick, say

if TYPE_CHECKING:
    from ..domain.calls.entry import EntryFact
    from ..domain.settings import Moment
    from ..store.store import Store

_HELP = "List, show, add, change and join buyers.\n\nExample: needle contact list"
contact = typer.Typer(help=_HELP)

Phone = Annotated[Typed, option("PHONE", "As it is dialled: +49 30 5550142.")]


def next_command(as_json: line.AsJson = False) -> None:
    """Say whom to call now, what is known of them, and who follows. Exit code 1: nobody.

    Example: needle next
    """
    with open_store(only_reads=True) as store:
        moment = store.moment()
        first, then = whom_to_call(store.contacts.candidates().calls(moment))
        touches = store.entries.with_contact(first.buyer.contact.name, 1)
    lines = [*_about(first.buyer, touches, moment), *(_line(call.buyer, moment) for call in then)]
    answer = listing(next=_call_part(first) | _last_part(touches), then=[*map(_call_part, then)])
    give_answer(answer, lines, as_json=as_json)


def whom_to_call(calls: Sequence[NextCall]) -> tuple[NextCall, list[NextCall]]:
    """The one to call now, and the few who follow; a `NeedleError` when nobody is to be called."""
    if (first := first_call(calls)) is None:
        why = "Nobody is to be called now: see needle contact list, or add somebody to it."
        raise NeedleError(why, "add contact")
    return first, [call for call in calls if call is not first][:5]


def due(
    day: line.Day = None,
    as_json: line.AsJson = False,
    as_calendar: Annotated[bool, flag("--ics", "Write a calendar file, of all days.")] = False,
) -> None:
    """List what was promised for a day: calls and meetings. Today's begins with what is late.

    Example: needle due --day tomorrow
    """
    if as_json and as_calendar:
        raise WrongUsageError("Choose one of --json and --ics.")
    with open_store(only_reads=True) as store:
        moment = store.moment()
        on = day_given(day, moment.today, ahead=True) or moment.today
        last = date.max if as_calendar and day is None else on
        buyers = store.contacts.due(date.min if on == moment.today else on, last)
    if as_calendar:
        from ..exchange.calendar import calendar_file

        sys.stdout.buffer.write(calendar_file(buyers, moment.now))
        return
    answer = listing(day=on, due=list(map(_buyer_part, buyers)))
    give_answer(answer, (_line(buyer, moment) for buyer in buyers), as_json=as_json)
    if not buyers:
        say(f"No call or meeting is promised for {long_day(on)}.")


def callback(
    name: line.Contact,
    when: Annotated[list[str] | None, argument("WHEN", "thu 14:00, +3, 30 nov; drop.")] = None,
    meeting: Annotated[bool, flag("--meeting", "It is a meeting.")] = False,
    note: line.Note = None,
    as_json: line.AsJson = False,
) -> None:
    """Say when a buyer is called again or met. Who is not known yet is from now on.

    Example: needle callback "Acme Corp" thu 14:00 --note "after the board"
    """
    typed = " ".join(when or ()).strip()
    is_drop = typed.casefold() == "drop"
    is_set = bool(typed) and not is_drop
    if not is_set and (meeting or note is not None):
        raise WrongUsageError("Say the day: type one after the name, like thu 14:00.")
    with open_store(only_reads=not typed) as store:
        moment = store.moment()
        if is_set:
            day, at = parse_when(typed, moment.today, moment.local)
            name, new = _known_or_new(store, name)
            kind = StepKind.MEETING if meeting else StepKind.CALL
            buyer = store.contacts.promise(name, day, at, kind=kind, note=note)
            say(f"{promised_words(buyer.contact.name, buyer.step, moment.today)}{new}.")
            return
        buyer = store.contacts.find(name)
        if buyer.step is None:
            raise NeedleError(f"Nothing is promised to {quoted(buyer.contact.name)}.")
        if is_drop:
            store.contacts.drop(buyer.contact.id)
            say(f"Dropped: {promised_words(buyer.contact.name, buyer.step, moment.today)}.")
        else:
            answer = listing(contact=_buyer_part(buyer))
            give_answer(answer, [_line(buyer, moment)], as_json=as_json)


@contact.command("list")
def list_contacts(as_json: line.AsJson = False) -> None:
    """List the buyers, last called first, with what comes next.

    Example: needle contact list
    """
    with open_store(only_reads=True) as store:
        moment, buyers = store.moment(), store.contacts.all()
    lines = (_line(buyer, moment) for buyer in buyers)
    give_answer(listing(contacts=list(map(_buyer_part, buyers))), lines, as_json=as_json)
    if not buyers:
        say("There are no contacts yet: add one with needle contact add NAME.")


@contact.command()
def show(name: line.Contact, as_json: line.AsJson = False) -> None:
    """Show what is known of a buyer, and what happened, newest first.

    Example: needle contact show acme
    """
    with open_store(only_reads=True) as store:
        moment, buyer = store.moment(), store.contacts.find(name)
        touches = store.entries.with_contact(buyer.contact.name, 20)
    answer = listing(contact=_buyer_part(buyer) | _last_part(touches))
    give_answer(answer, _about(buyer, touches, moment), as_json=as_json)


@contact.command()
def add(
    name: Annotated[str, argument("NAME", "Whom to call.")],
    phone: Phone = None,
    note: line.Note = None,
) -> None:
    """Put a buyer on the list of those to call.

    Example: needle contact add "Acme Corp" --phone "+49 30 5550142"
    """
    with open_store() as store:
        buyer = store.contacts.add(name, phone or "", note or "")
    say(f"Added {quoted(buyer.contact.name)} to the list.")


@contact.command()
def edit(
    name: line.Contact,
    new_name: Annotated[Typed, option("NAME", "Another name for it.", "--name")] = None,
    phone: Phone = None,
    note: line.Note = None,
) -> None:
    """Change what is known of a buyer. What happened goes by the new name, too.

    Example: needle contact edit acme --name "Acme Corp" --phone "+49 30 5550142"
    """
    typed = {"name": new_name, "phone": phone, "note": note}
    changes = {key: value for key, value in typed.items() if value is not None}
    if not changes:
        raise WrongUsageError("Say what to change: see needle contact edit --help.")
    with open_store() as store:
        buyer = store.contacts.edit(store.contacts.find(name).contact.id, **changes)
    say(f"Changed {quoted(buyer.contact.name)}.")


@contact.command()
def merge(
    name: line.Contact,
    into: Annotated[str, argument("INTO", "The one that is kept.", offers=contact_names)],
) -> None:
    """Join two spellings of one buyer. All that happened was with the second.

    Example: needle contact merge "Initech Inc" Initech
    """
    with open_store() as store:
        gone = store.contacts.find(name).contact
        kept = store.contacts.merge(gone.id, store.contacts.find(into).contact.id).contact
    say(f"Joined {quoted(gone.name)} into {quoted(kept.name)}.")


@contact.command()
def never(
    name: line.Contact,
    off: Annotated[bool, flag("--off", "It may be called again.")] = False,
) -> None:
    """Keep that a buyer asked not to be called.

    Example: needle contact never acme
    """
    with open_store() as store:
        who = store.contacts.never(store.contacts.find(name).contact.id, on=not off).contact
    say(f"{quoted(who.name)} {'may be called again' if off else 'is never to be called'}.")


@contact.command()
def drop(name: line.Contact) -> None:
    """Let a buyer go: off the list, nothing promised. No list brings them back.

    Example: needle contact drop acme
    """
    with open_store() as store:
        who = store.contacts.drop(store.contacts.find(name).contact.id, let_go=True).contact
    say(f"Let go of {quoted(who.name)}.")


def _known_or_new(store: "Store", typed: str) -> tuple[str, str]:
    """The name of a contact by a beginning of it, else that of a new one; and what says so."""
    try:
        return store.contacts.find(typed).contact.name, ""
    except NeedleError as error:
        if error.hint != "add contact":
            raise
        return typed, ", who is new"


def _about(buyer: Buyer, touches: "Sequence[EntryFact]", moment: "Moment") -> Iterator[str]:
    yield f"{buyer.contact.name}  {buyer.contact.phone}".rstrip()
    yield next_words(buyer, moment.today, moment.settings.currency) or "nothing promised"
    if buyer.contact.note:
        yield f"note: {buyer.contact.note}"
    for entry in touches:
        yield touch_words(entry, moment.settings.currency)


def _line(buyer: Buyer, moment: "Moment") -> str:
    who, words = buyer.contact, next_words(buyer, moment.today, moment.settings.currency)
    return fit(f"{fit(who.name, 26)}  {fit(who.phone, 18)}  {words}", columns()).rstrip()


def _call_part(call: NextCall) -> Part:
    return _buyer_part(call.buyer) | {"why": call.why}


def _last_part(touches: "Sequence[EntryFact]") -> Part:
    return {"last": [pick(entry, "day outcome seconds amount note") for entry in touches]}


def _buyer_part(buyer: Buyer) -> Part:
    step, found = buyer.step, pick(buyer.contact, "name phone note", never="never_since")
    found |= pick(buyer, "tries last_dial last_talk asked_on offer")
    at = step and step.at and clock_time(step.at)
    return found | {"promised": step and pick(step, "kind day note") | {"at": at}}
