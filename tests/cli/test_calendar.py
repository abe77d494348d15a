"""needle due --ics."""

from datetime import date, datetime

import icalendar

from .conftest import Needle


def test_each_promise_is_an_event_at_the_local_time_that_was_agreed(morning: Needle) -> None:
    morning("contact", "add", "Acme, Inc; [/] \x1b[31m", "--phone", "+49 30 5550142")
    morning("callback", "acme", "thu 14:00", "--note", "line one\nBEGIN:VEVENT; two, \\n")
    morning("callback", "=Iris", "+7", "--meeting")
    morning("callback", "Zeta", "today")
    morning("contact", "add", "On the list")
    ended = morning("due", "--ics")
    assert ended.code == 0
    assert "\x1b" not in ended.out
    assert "Z" not in next(line for line in ended.lines if line.startswith("DTSTART:"))
    zeta, acme, iris = icalendar.Calendar.from_ical(ended.out).walk("VEVENT")
    assert acme["summary"] == "Call Acme, Inc; [/] ␛[31m"
    assert acme["dtstart"].dt == datetime(2026, 11, 26, 14)
    assert acme["description"] == "+49 30 5550142\nline one\nBEGIN:VEVENT; two, \\n"
    assert (iris["summary"], iris["dtstart"].dt) == ("Meet =Iris", date(2026, 12, 1))
    assert zeta["dtstart"].dt == date(2026, 11, 24)
    assert len({event["uid"] for event in (zeta, acme, iris)}) == 3
    assert all(event.walk("VALARM") for event in (zeta, acme, iris))


def test_a_day_alone_and_a_day_without_promises_are_calendars_too(morning: Needle) -> None:
    morning("callback", "Acme", "thu 14:00")
    thursday = icalendar.Calendar.from_ical(morning("due", "--ics", "--day", "thu").out)
    assert len(thursday.walk("VEVENT")) == 1
    ended = morning("due", "--ics", "--day", "fri")
    assert (ended.code, ended.err) == (0, "")
    assert icalendar.Calendar.from_ical(ended.out).walk("VEVENT") == []


def test_a_promise_that_is_moved_is_the_same_event(morning: Needle) -> None:
    uids = []
    for when in ("thu 14:00", "fri"):
        morning("callback", "Acme", when)
        (event,) = icalendar.Calendar.from_ical(morning("due", "--ics").out).walk("VEVENT")
        uids.append(event["uid"])
    assert uids[0] == uids[1]


def test_a_calendar_file_and_json_at_once_are_refused(morning: Needle) -> None:
    ended = morning("due", "--ics", "--json")
    assert (ended.code, ended.out) == (2, "")
    assert "Choose one of --json and --ics." in ended.err
