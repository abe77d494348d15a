"""Rows of a call log, read."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.exchange.call_map import CallMap, QuestionsError
from needlemover.exchange.reading import BadRow, Request
from needlemover.exchange.tables.csv_file import Grid, TableRow
from needlemover.exchange.tables.table import opened_table
from needlemover.store.imports.content import ImportedEntry
from needlemover.store.store import Store

from ..conftest import SetClock
from .reading import options

TODAY = date(2026, 11, 24)


def read(
    store: Store, columns: str, *rows: Sequence[str], wanted: CallMap | None = None
) -> list[ImportedEntry | BadRow]:
    request = Request(Path("given"), store.moment(), wanted or CallMap(), "csv")
    lines = [TableRow(line, list(row)) for line, row in enumerate(rows, start=2)]
    with opened_table(request, lambda _: Grid(request.path, columns.split(), lines)) as reading:
        return list(reading.records)


def one(store: Store, columns: str, *cells: str, wanted: CallMap | None = None) -> ImportedEntry:
    (entry,) = read(store, columns, cells, wanted=wanted)
    assert isinstance(entry, ImportedEntry)
    return entry


def why(store: Store, columns: str, *cells: str, wanted: CallMap | None = None) -> str:
    (bad,) = read(store, columns, cells, wanted=wanted)
    assert isinstance(bad, BadRow)
    assert bad.line == 2
    assert bad.cells == cells
    return bad.why


def test_a_row_with_only_a_date_is_of_that_day_and_has_no_start(store: Store) -> None:
    entry = one(store, "day seconds", "2026-11-23", "60")
    assert (entry.day, entry.started_at, entry.utc_offset) == (date(2026, 11, 23), None, None)
    assert entry.seconds == 60


def test_a_date_and_a_time_are_local(store: Store) -> None:
    entry = one(store, "day time", "2026-11-23", "09:12")
    assert entry.day == date(2026, 11, 23)
    assert entry.started_at == datetime(2026, 11, 23, 8, 12, tzinfo=UTC)
    assert entry.utc_offset == 3600


def test_a_summer_call_has_the_offset_of_summer(store: Store) -> None:
    entry = one(store, "started_at", "2026-07-01 09:12")
    assert entry.started_at == datetime(2026, 7, 1, 7, 12, tzinfo=UTC)
    assert entry.utc_offset == 7200


@pytest.mark.parametrize(
    ("columns", "cells"),
    [
        ("day time", ("2026-11-24", "02:00")),
        ("day", ("2026-11-24T02:00",)),
        ("started_at", ("2026-11-24 02:00",)),
        ("started_at", ("2026-11-24T01:00:00Z",)),
        ("started_at day", ("2026-11-24T10:00:00+09:00", "2026-11-24")),
    ],
)
def test_a_call_at_two_in_the_night_belongs_to_the_day_before(
    store: Store, columns: str, cells: tuple[str, ...]
) -> None:
    entry = one(store, columns, *cells)
    assert entry.day == date(2026, 11, 23)
    assert entry.started_at == datetime(2026, 11, 24, 1, tzinfo=UTC)


def test_a_day_written_as_its_midnight_is_only_a_day(store: Store) -> None:
    entry = one(store, "day", "2026-11-23 00:00:00")
    assert (entry.day, entry.started_at) == (date(2026, 11, 23), None)


def test_midnight_is_a_time_only_where_another_row_has_one(store: Store) -> None:
    bare = one(store, "started_at", "2026-11-23 00:00:00")
    assert (bare.day, bare.started_at) == (date(2026, 11, 23), None)
    midnight, _ = read(store, "started_at", ["2026-11-23 00:00:00"], ["2026-11-23 09:12:00"])
    assert isinstance(midnight, ImportedEntry)
    assert midnight.day == date(2026, 11, 22)


def test_the_days_boundary_is_the_chosen_one(store: Store) -> None:
    store.choices.set("day_starts_at", "00:00")
    assert one(store, "day time", "2026-11-24", "02:00").day == date(2026, 11, 24)


def test_a_row_without_a_time_of_day_may_stand_among_others(store: Store) -> None:
    timed, bare = read(store, "day time", ("2026-11-23", "9:12"), ("2026-11-23", ""))
    assert isinstance(timed, ImportedEntry)
    assert isinstance(bare, ImportedEntry)
    assert timed.started_at is not None
    assert bare.started_at is None


def test_a_call_still_to_come_is_a_bad_row(store: Store, clock: SetClock) -> None:
    clock.set(datetime(2026, 11, 24, 15, 40))
    assert "still to come" in why(store, "day", "2026-11-25")
    assert "still to come" in why(store, "day time", "2026-11-24", "15:41")
    assert "still to come" in why(store, "started_at", "9999-12-31T23:59:59-12:00")
    assert one(store, "day time", "2026-11-24", "15:40").day == TODAY


def test_a_time_that_the_clocks_skip_is_kept(store: Store) -> None:
    entry = one(store, "day time", "2026-03-29", "02:30")
    assert entry.started_at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_local_means_the_zone_of_the_one_who_imports(store: Store, clock: SetClock) -> None:
    clock.set(datetime(2026, 11, 24, 9), ZoneInfo("America/New_York"))
    entry = one(store, "started_at", "2026-11-23 09:12")
    assert entry.started_at == datetime(2026, 11, 23, 14, 12, tzinfo=UTC)
    assert entry.utc_offset == -5 * 3600


def test_every_field_is_read(store: Store) -> None:
    store.choices.set("currency", "EUR")
    entry = one(
        store,
        "id day minutes outcome contact amount note",
        " 17 ", "2026-11-23", "12", "Won", " Acme  Corp ", "1,200.50", " call back ",
    )  # fmt: skip
    assert entry.row_id == "17"
    assert entry.seconds == 720
    assert entry.outcome is Outcome.WON
    assert entry.contact == "Acme  Corp"
    assert entry.amount == 120_050
    assert entry.note == "call back"


def test_texts_stand_for_outcomes_in_any_case(store: Store) -> None:
    wanted = options((), ["outcome:Yes=won", "outcome:=no_answer", "seconds:n/a=0"])
    entry = one(store, "day outcome seconds", "2026-11-23", " YES", "N/A", wanted=wanted)
    assert (entry.outcome, entry.seconds) == (Outcome.WON, 0)
    assert one(store, "day outcome", "2026-11-23", "", wanted=options((), ["outcome:=lost"]))
    blank = one(store, "day outcome seconds", "2026-11-23", "", "5", wanted=wanted)
    assert blank.outcome is Outcome.NO_ANSWER


def test_a_text_that_is_no_outcome_is_asked_about_with_its_count(store: Store) -> None:
    rows = (["2026-11-23", "maybe"], ["2026-11-23", "yes"], ["2026-11-23", "Maybe"])
    with pytest.raises(QuestionsError) as error:
        read(store, "day outcome", *rows, wanted=options((), ["outcome:yes=won"]))
    (question,) = error.value.questions
    assert question.words == "Which outcome is “maybe” (2 rows)?"
    assert ("value", "outcome:maybe=won") in question.choices.values()


def test_rows_of_an_outcome_can_be_left_out(store: Store) -> None:
    rows = (["2026-11-23", "Sent"], ["2026-11-23", "won"])
    (entry,) = read(store, "day outcome", *rows, wanted=options((), ["outcome:sent="]))
    assert isinstance(entry, ImportedEntry)
    assert entry.outcome is Outcome.WON


@pytest.mark.parametrize(
    ("columns", "cells", "said"),
    [
        ("day seconds", ("", "60"), "it has no day"),
        ("day seconds", ("24.11", "60"), "say how dates are written"),
        ("day seconds", ("2026-02-30", "60"), "“2026-02-30” is not a date"),
        ("day seconds", ("2026-11-23", "-60"), "negative"),
        ("day seconds", ("2026-11-23", "1" * 25), "longer than a year"),
        ("day amount", ("2026-11-23", "12 apples"), "not an amount of money"),
        ("day contact", ("2026-11-23", "x" * 1001), "the contact is longer than 1,000"),
        ("day note", ("2026-11-23", "x" * 10_001), "the note is longer than 10,000"),
    ],
)
def test_a_bad_row_says_why(store: Store, columns: str, cells: tuple[str, ...], said: str) -> None:
    assert said in why(store, columns, *cells)


def test_a_call_of_four_hundred_hours_is_kept(store: Store) -> None:
    assert one(store, "day seconds", "2026-11-01", "400:00:00").seconds == 400 * 3600


def test_an_id_that_comes_twice_is_a_bad_row_the_second_time(store: Store) -> None:
    found = read(
        store, "id day",
        ("7", "soon"), ("7", "2026-11-23"), ("7", "2026-11-22"), ("", "2026-11-22"),
    )  # fmt: skip
    assert [isinstance(item, BadRow) for item in found] == [True, False, True, False]
    assert isinstance(found[2], BadRow)
    assert found[2].why == "the id “7” is in line 3 already"


def test_formulas_markup_and_control_signs_are_kept_as_they_are(store: Store) -> None:
    hostile = "=cmd|' /C calc'!A0 [/b] \x1b[31m \u202e"
    entry = one(store, "day\ncontact\nnote", "2026-11-23", hostile, hostile)
    assert (entry.contact, entry.note) == (hostile, hostile)
    assert "\x1b" not in why(store, "day seconds", "2026-11-23", hostile)


def test_a_call_that_would_end_in_the_future_is_a_bad_row(store: Store) -> None:
    # It is 15:40.
    assert "it ends later than now" in why(store, "day time minutes", "2026-11-24", "15:00", "42")
