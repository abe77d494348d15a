"""Calendar files (RFC 5545): promises go out, so that a phone reminds of them; meetings come in."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from ..domain.buyers.contact import Buyer, StepKind
from ..domain.errors import NeedleError
from ..domain.settings import Moment
from ..store.imports.content import ImportedStep
from ..text.format import shown
from ..text.parse.values import LONGEST_NAME, LONGEST_NOTE
from . import files
from .reading import Reading, Request
from .tables.csv_file import Grid, TableRow
from .tables.table import opened_table

if TYPE_CHECKING:
    from icalendar import Event


_MORNING = timedelta(hours=9)  # into a day without a time: when it is reminded of
_MOST = 250_000  # lines; the library takes a second and 20 MB for 35,000
_COLUMNS = ("dtstart", "dtend", "with", "summary", "kind of event")  # as the preset knows them
_WITH = re.compile(r"\b(?:with|mit|avec|con|com|met) ([^\W\d_].*)")
_FAULTS = (ValueError, LookupError, AttributeError, TypeError, ArithmeticError, RecursionError)
_OURS = "@needlemover"  # the end of the ids of what needle export wrote


def calendar_file(buyers: Iterable[Buyer], now: datetime) -> bytes:
    """An event a promise, at the time on the local clock that was agreed, whatever the zone."""
    from icalendar import Alarm, Calendar, Event  # takes a fifth of a second

    calendar = Calendar()
    calendar.add("prodid", "-//Needlemover//EN")
    calendar.add("version", "2.0")
    for buyer in buyers:
        if (step := buyer.step) is None:
            continue
        contact = buyer.contact
        what = "Meet" if step.kind is StepKind.MEETING else "Call"
        event, alarm = Event(), Alarm()
        # Of the contact, so that a promise that was moved takes the place of the one before.
        event.add("uid", f"contact-{contact.id}{_OURS}")
        event.add("dtstamp", now)
        event.add("dtstart", step.day if step.at is None else datetime.combine(step.day, step.at))
        event.add("summary", shown(f"{what} {contact.name}"))
        about = "\n".join(filter(None, (contact.phone, step.note, contact.note)))
        event.add("description", "\n".join(map(shown, about.splitlines())))
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", _MORNING if step.at is None else timedelta())
        alarm.add("description", shown(contact.name))
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


@contextmanager
def opened_calendar(request: Request) -> Iterator[Reading]:
    """The meetings that are over as calls; those to come, as far as they name somebody, beside."""
    rows: list[TableRow] = []
    promised: list[ImportedStep] = []
    events = _events(request)
    # Whose calendar it is stands in more of its events than anybody else.
    known = Counter(address for event in events for address, _ in _people(event))
    owner = max(known, key=known.__getitem__, default="")
    for number, event in enumerate(events, start=1):
        begins, _, who, what, kind = cells = _cells(event, owner, request.moment)
        if kind == "to come" and who:
            at = datetime.fromisoformat(begins)
            promised.append(ImportedStep(who, at.date(), at.time(), what[:LONGEST_NOTE]))
        else:
            rows.append(TableRow(number, cells))
    with opened_table(request, lambda _: Grid(request.path, list(_COLUMNS), rows)) as reading:
        reading.promised = promised
        yield reading


def _events(request: Request) -> "list[Event]":
    from icalendar import Calendar, Event

    text = files.read_text(request.path)
    if text.count("\n") > _MOST:
        raise files.over(request.path.name, f"more than {_MOST:,} lines")
    try:
        calendar = Calendar.from_ical(text)
    except _FAULTS as error:
        raise NeedleError(f"{request.path.name} is damaged: export it again.") from error
    return [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]


def _cells(event: "Event", owner: str, moment: Moment) -> list[str]:
    """When it begins and ends, with whom, what it is called, and of what kind it is."""
    what = " ".join(str(event.get("summary", "")).split())
    others = (name for address, name in _people(event) if address != owner)
    named = _WITH.search(what)
    who = next(others, named[1] if named else "")[:LONGEST_NAME]
    try:
        begins, ends = (_local(at, moment) for at in (event.start, event.end))
    except _FAULTS:
        return ["", "", who, what, ""]  # a row without a day, which is told as such
    kind = "to come" if begins > moment.now else "not over" if ends > moment.now else ""
    if "rrule" in event:
        kind = "repeated"
    elif str(event.get("status", "")).casefold() == "cancelled":
        kind = "cancelled"
    elif not isinstance(event.start, datetime) or str(event.get("uid", "")).endswith(_OURS):
        kind = "no meeting"
    return [begins.isoformat(" ", "seconds"), ends.isoformat(" ", "seconds"), who, what, kind]


def _local(at: date, moment: Moment) -> datetime:
    """The time on the local clock; of a whole day, its midnight."""
    local = at if isinstance(at, datetime) else datetime.combine(at, time.min)
    return local.astimezone(moment.zone) if local.tzinfo else local.replace(tzinfo=moment.zone)


def _people(event: "Event") -> Iterator[tuple[str, str]]:
    """The address and the name of who asks and who is asked."""
    for role in ("organizer", "attendee"):
        found = event.get(role, [])
        for person in found if isinstance(found, list) else [found]:
            address = str(person).casefold().removeprefix("mailto:")
            name = getattr(person, "params", {}).get("CN", address)
            yield address, " ".join(str(name).split())
