"""The tables of Toggl, Clockify, HubSpot, Aircall and Salesforce."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.errors import NeedleError
from needlemover.exchange.call_map import QuestionsError
from needlemover.store.store import Store

from ..conftest import terms
from .reading import DATA, bring_in, read

TOGGL = DATA / "toggl" / "detailed.csv"
CLOCKIFY = DATA / "clockify" / "detailed.csv"
HUBSPOT = DATA / "hubspot" / "calls.csv"
AIRCALL = DATA / "aircall" / "calls.csv"
SALESFORCE = DATA / "salesforce" / "task.csv"
OWN = "00000000-1111-2222-3333-444444444444"
SAID = {
    HUBSPOT: (f"outcome:{OWN}=asked",),
    SALESFORCE: ("outcome:Callback later=talked",),
}  # of the outcomes that somebody made there


@pytest.mark.parametrize(
    ("path", "source"),
    [
        (TOGGL, "toggl"),
        (CLOCKIFY, "clockify"),
        (HUBSPOT, "hubspot"),
        (DATA / "hubspot" / "index-page.csv", "hubspot"),
        (AIRCALL, "aircall"),
        (DATA / "aircall" / "call-history.csv", "aircall"),
        (SALESFORCE, "salesforce"),
    ],
)
def test_a_table_is_known_by_its_columns(store: Store, path: Path, source: str) -> None:
    assert read(store, path, values=SAID.get(path, ())).reading.source == source


def test_toggls_length_is_the_end_minus_the_start_in_the_local_zone(store: Store) -> None:
    first, night, yard, autumn, *_ = read(store, TOGGL).entries
    assert first.started_at == datetime(2026, 11, 3, 8, 5, tzinfo=UTC)
    assert (first.activity, first.seconds, first.note) == (
        "Website", 9000, "Home page, first draft",
    )  # fmt: skip
    assert (night.day, night.seconds) == (date(2026, 11, 3), 4500)
    # Its column says 25 minutes.
    assert (yard.activity, yard.seconds) == ("Time without a project", 20 * 60)
    # From half past two in summer time to a quarter past two in winter time.
    assert autumn.seconds == 45 * 60


def test_toggls_odd_rows_are_flagged_or_bad(store: Store) -> None:
    found = read(store, TOGGL)
    assert found.flags == [(7, "lasts 384 h")]
    assert [(bad.line, bad.why) for bad in found.bad] == [
        (6, "it ends before it begins"),
        (8, "Wednesday 25 November 2026, 09:00, is still to come"),
    ]
    assert any("have no zone" in sentence for sentence in found.reading.said)


def test_toggls_projects_become_activities_once(store: Store) -> None:
    done = bring_in(store, TOGGL)
    assert (done.added, [item.into for item in done.activities]) == (
        5, ["Website", "Time without a project", "Newsletter"],
    )  # fmt: skip
    assert bring_in(store, TOGGL).changed_anything is False


def test_a_row_that_still_runs_is_kept_without_a_length(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "toggl.csv"
    header = TOGGL.read_text(encoding="utf-8-sig").splitlines()[0]
    path.write_text(f"{header}\nMe,,,Website,,Plan,No,2026-11-24,09:00:00,,,,,\n", encoding="utf-8")
    (entry,) = read(store, path).entries
    assert (entry.seconds, entry.count) == (0, 0)
    assert entry.note == "Plan · still running when it was saved"


def test_clockifys_dates_tell_their_order_and_its_people_are_named(store: Store) -> None:
    found = read(store, CLOCKIFY)
    assert [(entry.started_at, entry.seconds) for entry in found.entries] == [
        (datetime(2026, 11, 3, 8, 5, tzinfo=UTC), 9000),
        (datetime(2026, 11, 13, 13, 0, tzinfo=UTC), 5400),
        (datetime(2026, 11, 3, 23, 10, tzinfo=UTC), 1800),
    ]
    assert "Dates are read as %m/%d/%Y." in found.reading.said
    assert any("rows of 2 people" in sentence for sentence in found.reading.said)


def test_an_unclear_order_of_dates_is_never_guessed(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "clockify.csv"
    lines = CLOCKIFY.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:2], lines[3]]), encoding="utf-8")
    with pytest.raises(QuestionsError):
        read(store, path)
    days = [entry.day for entry in read(store, path, date_format="%d/%m/%Y").entries]
    assert days == [date(2026, 3, 11), date(2026, 4, 10)]


def test_hubspot_counts_milliseconds_and_has_ids_for_outcomes(store: Store) -> None:
    found = read(store, HUBSPOT, values=SAID[HUBSPOT])
    assert [(entry.row_id, entry.seconds, entry.outcome) for entry in found.entries] == [
        ("101", 760, Outcome.TALKED),
        ("102", 35, Outcome.VOICEMAIL),
        ("103", 0, Outcome.NO_ANSWER),
        ("105", 20, Outcome.GATEKEEPER),
        ("106", 8, Outcome.NO_ANSWER),
        ("107", 8, Outcome.NO_ANSWER),
        ("108", 8, Outcome.ASKED),
        ("109", 8, Outcome.NO_ANSWER),  # its outcome is blank, its status is not
    ]
    assert [entry.started_at for entry in found.entries[:3]] == [
        datetime(2026, 11, 3, 9, 12, tzinfo=UTC),
        datetime(2026, 11, 3, 9, 40, tzinfo=UTC),
        datetime(2026, 11, 3, 9, 40, tzinfo=UTC),
    ]
    assert found.entries[0].note == "Wants an offer"


def test_an_outcome_of_ones_own_is_asked_about(store: Store) -> None:
    with pytest.raises(QuestionsError) as error:
        read(store, HUBSPOT)
    (question,) = error.value.questions
    assert question.words == f"Which outcome is “{OWN}” (1 row)?"


def test_a_missed_incoming_call_is_no_dial(store: Store) -> None:
    what = "incoming calls that were missed, which you did not dial"
    for path in (HUBSPOT, AIRCALL):
        found = read(store, path, values=SAID.get(path, ()))
        assert found.reading.left_out == {what: 1}


def test_hubspots_labels_are_known_too(store: Store) -> None:
    labelled = read(store, DATA / "hubspot" / "index-page.csv")
    first, second = labelled.entries
    assert (first.seconds, first.outcome, first.contact) == (760, Outcome.TALKED, "Bakery")
    assert (second.seconds, second.outcome) == (35, Outcome.VOICEMAIL)
    assert any("have no zone" in item for item in labelled.reading.said)
    for path in (HUBSPOT, AIRCALL):
        found = read(store, path, values=SAID.get(path, ()))
        assert not any("have no zone" in item for item in found.reading.said)
    assert first.started_at == datetime(2026, 11, 3, 9, 12, tzinfo=UTC)


def test_aircalls_time_in_the_call_is_the_length_and_a_pick_up_is_no_conversation(
    store: Store,
) -> None:
    dial, missed, incoming = read(store, AIRCALL).entries
    assert (dial.seconds, dial.outcome, dial.contact) == (95, Outcome.GATEKEEPER, "4930201")
    assert dial.started_at == datetime(2026, 11, 3, 9, 12, tzinfo=UTC)
    assert dial.note == "Call again in May"
    assert (missed.seconds, missed.outcome) == (0, Outcome.NO_ANSWER)
    assert (incoming.seconds, incoming.contact) == (240, "4930203")
    assert incoming.outcome is Outcome.TALKED  # who called is no machine
    bring_in(store, AIRCALL)
    sales = store.day(date(2026, 11, 3)).sales
    assert sales is not None
    assert (sales.dials, sales.conversations) == (3, 1)


def test_who_knows_that_answered_calls_were_conversations_can_say_so(store: Store) -> None:
    dial, *_ = read(store, AIRCALL, values=("outcome:Yes=talked",)).entries
    assert dial.outcome is Outcome.TALKED


def test_tags_can_say_the_outcome_and_answered_says_the_rest(store: Store) -> None:
    values = ("outcome:Demo booked=meeting_set", "outcome:interested=talked")
    found = read(store, AIRCALL, mapped=("outcome=tags",), values=values)
    assert [entry.outcome for entry in found.entries] == [
        Outcome.TALKED, Outcome.NO_ANSWER, Outcome.MEETING_SET,
    ]  # fmt: skip


def test_aircalls_longer_table_is_known_by_its_ids(store: Store) -> None:
    (entry,) = read(store, DATA / "aircall" / "call-history.csv").entries
    assert (entry.row_id, entry.seconds) == ("CA00000000000000000000000000000001", 95)
    assert entry.contact == "+49 30 201"


def test_salesforce_brings_calls_that_were_made_and_their_day(store: Store) -> None:
    found = read(store, SALESFORCE, values=SAID[SALESFORCE])
    assert [(entry.day, entry.started_at) for entry in found.entries] == [
        (date(2026, 11, 3), None),
        (date(2026, 11, 3), None),
        (date(2026, 11, 4), None),
    ]
    assert [(entry.seconds, entry.outcome) for entry in found.entries] == [
        (760, Outcome.TALKED),
        (0, Outcome.VOICEMAIL),
        (60, Outcome.TALKED),
    ]
    assert found.reading.left_out == {
        "tasks that are not calls": 1,
        "tasks that are still to be done": 1,
    }
    assert found.bad == []


def test_a_report_of_salesforce_has_the_dates_of_its_readers(store: Store) -> None:
    path = DATA / "salesforce" / "report.csv"
    with pytest.raises(QuestionsError):
        read(store, path)
    first, _ = read(store, path, date_format="%d/%m/%Y").entries
    assert (first.day, first.contact, first.note) == (date(2026, 11, 3), "Bakery", "Call")


@pytest.mark.parametrize("path", [TOGGL, CLOCKIFY, HUBSPOT, AIRCALL, SALESFORCE])
def test_a_second_import_of_a_table_adds_nothing(store: Store, path: Path) -> None:
    values = SAID.get(path, ())
    assert bring_in(store, path, values=values).added > 0
    assert bring_in(store, path, values=values).changed_anything is False


def test_what_is_typed_goes_before_the_preset(store: Store) -> None:
    found = read(store, TOGGL, mapped=("note=Tags", "contact=Client"))
    assert (found.entries[0].note, found.entries[0].contact) == ("design", "Bakery")
    dials = read(store, AIRCALL, mapped=("seconds=duration (total)", "outcome="))
    assert (dials.entries[0].seconds, dials.entries[0].outcome) == (120, None)


def test_a_project_may_stand_for_an_activity_that_is_here(store: Store) -> None:
    store.activities.add("Offers", terms(30))
    values = ("activity:website=Offers", "activity:=", "activity:newsletter=")
    found = read(store, TOGGL, values=values)
    assert found.promises == {"Offers": None}
    assert sum(found.reading.left_out.values()) == 5
    done = bring_in(store, TOGGL, values=values)
    assert [(item.into, item.created) for item in done.activities] == [("Offers", False)]


def test_a_preset_that_was_named_must_be_the_right_one(store: Store) -> None:
    with pytest.raises(NeedleError, match="is not of Toggl Track"):
        read(store, AIRCALL, format_name="toggl")
    with pytest.raises(QuestionsError, match="Which outcome is “Yes” \\(1 row\\)"):
        read(store, AIRCALL, format_name="csv")
