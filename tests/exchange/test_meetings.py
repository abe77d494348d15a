"""Meetings of a calendar file: held where they are over, promised where they are to come."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from needlemover.domain.buyers.contact import StepKind
from needlemover.domain.errors import NeedleError
from needlemover.exchange.calendar import calendar_file
from needlemover.store.imports.content import ImportedStep
from needlemover.store.store import Store

from .reading import DATA, bring_in, read

ME = "ORGANIZER;CN=Me:mailto:me@example.org\nATTENDEE:mailto:me@example.org\n"
ANN = "ATTENDEE;CN=Ann Lee:mailto:ann@example.org\n"


def calendar(path: Path, *events: str) -> Path:
    found = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    path.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\n{found}END:VCALENDAR\n", encoding="utf-8")
    return path


def held(start: str, end: str, more: str = "") -> str:
    return f"DTSTART:{start}\nDTEND:{end}\nSUMMARY:Demo\n{more}"


def test_a_meeting_that_is_over_is_a_conversation(store: Store) -> None:
    path = DATA / "imports" / "12_wrong_format_sentences" / "meetings.ics"
    (entry,) = read(store, path).entries
    assert entry.started_at == datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
    assert (entry.seconds, entry.contact, entry.note) == (1800, "Acme", "Demo with Acme")
    bring_in(store, path)
    sales = store.day(date(2026, 10, 1)).sales
    assert sales is not None
    assert (sales.conversations, sales.seconds) == (1, 1800)
    assert bring_in(store, path).changed_anything is False


def test_times_are_of_their_zone_or_local(store: Store, tmp_path: Path) -> None:
    path = calendar(
        tmp_path / "a.ics",
        "DTSTART;TZID=America/New_York:20261103T090000\nDURATION:PT45M\n",
        "DTSTART:20261103T090000\nDTEND:20261103T093000\n",
    )
    there, here = read(store, path).entries
    assert (there.started_at, there.seconds) == (datetime(2026, 11, 3, 14, 0, tzinfo=UTC), 2700)
    assert (here.started_at, here.seconds) == (datetime(2026, 11, 3, 8, 0, tzinfo=UTC), 1800)


def test_the_guest_is_who_is_not_in_all_of_the_calendar(store: Store, tmp_path: Path) -> None:
    asked_by_her = ANN.replace("ATTENDEE", "ORGANIZER") + "ATTENDEE:mailto:me@example.org\n"
    bob = ME + "ATTENDEE:mailto:bob@example.org\n"
    path = calendar(
        tmp_path / "a.ics",
        held("20261103T090000Z", "20261103T100000Z", asked_by_her),
        held("20261104T090000Z", "20261104T100000Z", bob),
    )
    assert [entry.contact for entry in read(store, path).entries] == [
        "Ann Lee", "bob@example.org",
    ]  # fmt: skip


def test_a_meeting_to_come_is_promised_to_its_guest(store: Store, tmp_path: Path) -> None:
    path = calendar(
        tmp_path / "a.ics",
        held("20261201T090000Z", "20261201T100000Z", ME + ANN),
        held("20261210T090000Z", "20261210T100000Z", ME + ANN),
        held("20261103T090000Z", "20261103T100000Z", ME + ANN),
    )
    found = read(store, path)
    assert found.reading.promised[0] == ImportedStep(
        "Ann Lee", date(2026, 12, 1), time(10, 0), "Demo"
    )
    done = bring_in(store, path)
    assert (done.added, done.promised) == (1, 1)
    (promised,) = store.contacts.due(date(2026, 12, 1), date(2026, 12, 31))
    assert promised.step is not None
    assert (promised.contact.name, promised.step.day) == ("Ann Lee", date(2026, 12, 1))
    assert (promised.step.kind, promised.step.at) == (StepKind.MEETING, time(10, 0))
    assert bring_in(store, path).changed_anything is False
    store.journal.undo()
    assert list(store.contacts.due(date(2026, 12, 1), date(2026, 12, 31))) == []


def test_what_is_no_meeting_of_somebody_is_left_out(store: Store, tmp_path: Path) -> None:
    ours = "UID:contact-1@needlemover\n"
    path = calendar(
        tmp_path / "a.ics",
        "DTSTART;VALUE=DATE:20261103\nSUMMARY:Holiday\n",
        held("20261103T090000Z", "20261103T100000Z", "RRULE:FREQ=DAILY\n"),
        held("20261103T090000Z", "20261103T100000Z", "STATUS:CANCELLED\n"),
        held("20261103T090000Z", "20261103T100000Z", ours),
        held("20261203T090000Z", "20261203T100000Z"),
        held("20261124T140000Z", "20261124T160000Z"),
    )
    found = read(store, path)
    assert (found.entries, found.bad, list(found.reading.promised)) == ([], [], [])
    assert found.reading.left_out == {
        "events of whole days, and what Needlemover wrote itself": 2,
        "events that repeat": 1,
        "events that were cancelled": 1,
        "meetings to come that name nobody": 1,
        "meetings that are not over yet": 1,
    }


def test_a_broken_event_is_a_bad_row_and_a_broken_file_a_sentence(
    store: Store, tmp_path: Path
) -> None:
    path = calendar(tmp_path / "a.ics", "DTSTART:soon\nSUMMARY:Demo\n", "SUMMARY:Demo\n")
    assert [(bad.line, bad.why) for bad in read(store, path).bad] == [
        (1, "it has no day"), (2, "it has no day"),
    ]  # fmt: skip
    path.write_text("BEGIN:VCALENDAR\nBEGIN:VEVENT\n", encoding="utf-8")
    with pytest.raises(NeedleError, match=r"a\.ics is damaged: export it again"):
        read(store, path)


def test_our_own_calendar_brings_nothing(store: Store, tmp_path: Path) -> None:
    path = calendar(tmp_path / "a.ics", held("20261201T090000Z", "20261201T100000Z", ME + ANN))
    bring_in(store, path)
    ours = tmp_path / "ours.ics"
    ours.write_bytes(
        calendar_file(store.contacts.due(date(2026, 12, 1), date(2026, 12, 31)), store.clock.now())
    )
    assert bring_in(store, ours).changed_anything is False
