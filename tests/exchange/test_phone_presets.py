"""The call tables of RingCentral, Zoho, Twilio and Asterisk, and reports in other languages."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.store.store import Store

from .reading import DATA, bring_in, read

RINGCENTRAL = DATA / "imports" / "15_ringcentral" / "CallLog.csv"
ZOHO = """\
Record Id,Call Owner,Subject,Call Type,Call Start Time,Call Duration (in seconds),Contact Name,\
Dialled Number,Call Status,Call Result
zcrm_1,Me,Call to Ann,Outbound,2026-11-03 09:15:00,310,Ann Lee,+15550100,Attended Dialled,Interested
zcrm_2,Me,Call to Bob,Outbound,2026-11-03 09:40:00,0,Bob Ray,+15550101,Unattended Dialled,
zcrm_3,Me,Call from Cem,Missed,2026-11-03 10:00:00,0,Cem,,Missed,
zcrm_4,Me,Call to Dan,Outbound,2026-11-30 10:00:00,,Dan,,Scheduled,
zcrm_5,Me,Call from Eve,Inbound,2026-11-03 11:00:00,95,Eve,,Received,
"""
TWILIO = """\
Sid,From,To,Status,Start Time,End Time,Duration,Direction
CA1,+15550001,+15550100,completed,2026-11-03T09:15:00Z,2026-11-03T09:17:00Z,120,outbound-api
CA2,+15550001,+15550101,no-answer,2026-11-03T09:20:00Z,2026-11-03T09:20:30Z,0,outbound-dial
CA3,+15550102,+15550001,completed,2026-11-03T10:00:00Z,2026-11-03T10:08:06Z,486,inbound
CA4,+15550103,+15550001,no-answer,2026-11-03T10:30:00Z,2026-11-03T10:30:20Z,0,inbound
"""
ASTERISK = (
    """\
calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,\
amaflags,accountcode,uniqueid,userfield
2026-11-03 09:15:00,"""
    """Me"" <101>",101,5550100,from-internal,SIP/101-1,SIP/t-2,Dial,x,140,120,ANSWERED,3,,1762.1,
2026-11-03 09:20:00,Me,101,5550101,from-internal,SIP/101-3,SIP/t-4,Dial,x,30,0,NO ANSWER,3,,1762.3,
"""
)
MASTER = DATA / "asterisk" / "Master.csv"


def write(folder: Path, content: str) -> Path:
    path = folder / "calls.csv"
    path.write_text(content, encoding="utf-8")
    return path


def test_the_legs_of_a_call_of_ringcentral_are_left_out(store: Store) -> None:
    found = read(store, RINGCENTRAL)
    assert found.reading.source == "ringcentral"
    assert found.bad == []
    assert (len(found.entries), sum(entry.seconds for entry in found.entries)) == (10, 1944)
    assert found.reading.left_out == {"legs of a call that stands above them": 7}
    voicemail, missed, connected = found.entries[:3]
    assert missed.contact == "(555) 485-5252"
    assert voicemail.outcome is Outcome.VOICEMAIL
    assert voicemail.started_at == datetime(2025, 7, 1, 16, 14, tzinfo=UTC)
    assert (connected.outcome, connected.contact) == (Outcome.TALKED, "(555) 485-5252")


def test_the_weekday_tells_which_day_is_meant(store: Store, tmp_path: Path) -> None:
    content = RINGCENTRAL.read_text(encoding="utf-8")
    path = write(tmp_path, content.replace("Tue 07/01/2025", "Fri 07/02/2025"))
    assert {entry.day for entry in read(store, path).entries} == {date(2025, 2, 7)}


def test_zoho_tells_what_came_of_a_call_and_what_was_only_planned(
    store: Store, tmp_path: Path
) -> None:
    found = read(store, write(tmp_path, ZOHO))
    assert found.reading.source == "zoho"
    assert [(entry.row_id, entry.seconds, entry.contact) for entry in found.entries] == [
        ("zcrm_1", 310, "Ann Lee"),
        ("zcrm_2", 0, "Bob Ray"),
        ("zcrm_5", 95, "Eve"),
    ]
    assert found.entries[0].outcome is Outcome.TALKED
    assert found.entries[1].outcome is Outcome.NO_ANSWER
    assert found.reading.left_out == {
        "calls that you missed": 1,
        "calls that were planned and not made": 1,
    }


def test_twilio_tells_who_called_whom(store: Store, tmp_path: Path) -> None:
    found = read(store, write(tmp_path, TWILIO))
    assert found.reading.source == "twilio"
    assert [(entry.seconds, entry.outcome, entry.contact) for entry in found.entries] == [
        (120, Outcome.TALKED, "+15550100"),
        (0, Outcome.NO_ANSWER, "+15550101"),
        (486, Outcome.TALKED, "+15550102"),
    ]
    what = "incoming calls that were missed, which you did not dial"
    assert found.reading.left_out == {what: 1}


def test_the_length_of_a_call_of_asterisk_is_without_ringing(store: Store, tmp_path: Path) -> None:
    found = read(store, write(tmp_path, ASTERISK))
    assert found.reading.source == "asterisk"
    assert [(entry.seconds, entry.outcome, entry.contact) for entry in found.entries] == [
        (120, Outcome.TALKED, "5550100"),
        (0, Outcome.NO_ANSWER, "5550101"),
    ]
    assert found.entries[0].started_at == datetime(2026, 11, 3, 8, 15, tzinfo=UTC)


@pytest.mark.parametrize("width", [16, 17, 18])
def test_the_columns_of_asterisk_are_known_by_their_place(
    store: Store, tmp_path: Path, width: int
) -> None:
    rows = [row.rsplit(",", 18 - width)[0] for row in MASTER.read_text().splitlines()]
    path = write(tmp_path, "\n".join(rows) + "\n")
    found = read(store, path)
    assert found.reading.source == "asterisk"
    assert found.entries[0].started_at == datetime(2026, 11, 3, 8, 15, tzinfo=UTC)
    assert [(entry.seconds, entry.outcome, entry.contact) for entry in found.entries] == [
        (120, Outcome.TALKED, "5550100"),
        (0, Outcome.NO_ANSWER, "5550101"),
    ]
    what = "incoming calls that were missed, which you did not dial"
    assert (found.bad, found.reading.left_out) == ([], {what: 1})


def test_clockify_in_portuguese_is_clockify(store: Store) -> None:
    path = DATA / "imports" / "13_clockify_portuguese" / "clockify_pt.csv"
    found = read(store, path)
    assert found.reading.source == "clockify"
    assert [(entry.day, entry.seconds) for entry in found.entries] == [
        (date(2025, 1, 31), 1800),
        (date(2025, 1, 31), 3600),
    ]
    assert found.promises == {"Suporte": None}
    bring_in(store, path)
    assert bring_in(store, path).changed_anything is False


TOGGL = "{},{},{},{},{},{},{}\nAcme,Offer,2026-11-03,09:00:00,2026-11-03,10:30:00,01:30:00\n"


@pytest.mark.parametrize(
    "words",
    [
        ("Projekt", "Beschreibung", "Startdatum", "Startzeit", "Enddatum", "Endzeit", "Dauer"),
        (
            "Projet", "Description", "Date de début", "Heure de début", "Date de fin",
            "Heure de fin", "Durée",
        ),
        (
            "Proyecto", "Descripción", "Fecha de inicio", "Hora de inicio", "Fecha de fin",
            "Hora de fin", "Duración",
        ),
    ],
)  # fmt: skip
def test_a_report_in_another_language_is_the_same_report(
    store: Store, tmp_path: Path, words: tuple[str, ...]
) -> None:
    for unit, source in (("", "toggl"), (" (h)", "clockify")):
        header = (*words[:-1], words[-1] + unit)
        (entry,) = read(store, path := write(tmp_path, TOGGL.format(*header))).entries
        assert read(store, path).reading.source == source
        assert (entry.activity, entry.note, entry.seconds) == ("Acme", "Offer", 5400)


def test_a_router_keeps_calls_by_numbers_of_their_type(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(
        "sep=;\nTyp;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer\n"
        "1;18.11.26 10:05;Ann;0170;Telefon;12;0:03\n2;18.11.26 09:05;;0171;;12;0:00\n"
        "3;17.11.26 17:05;Bob;0172;Telefon;12;0:12\n10;17.11.26 16:05;;0173;;12;0:00\n"
    )
    done = read(store, path, answers=(("length", "h:mm"),))
    assert [(it.contact, it.seconds) for it in done.entries] == [("Ann", 180), ("Bob", 720)]
    assert sum(done.reading.left_out.values()) == 2
