"""What was promised to buyers as a calendar file (RFC 5545), so that a phone reminds of it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from ..domain.buyers.contact import Buyer, StepKind
from ..text.format import shown

_MORNING = timedelta(hours=9)  # into a day without a time: when it is reminded of


def calendar_file(buyers: Iterable[Buyer], now: datetime) -> bytes:
    """An event a promise, at the time on the local clock that was agreed, whatever the zone."""
    calendar = Calendar()
    calendar.add("prodid", "-//Needlemover//EN")
    calendar.add("version", "2.0")
    for buyer in buyers:
        contact, step = buyer.contact, buyer.step
        if step is None:
            continue
        what = "Meet" if step.kind is StepKind.MEETING else "Call"
        event, alarm = Event(), Alarm()
        # Of the contact, so that a promise that was moved takes the place of the one before.
        event.add("uid", f"contact-{contact.id}@needlemover")
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
    content: bytes = calendar.to_ical()
    return content
