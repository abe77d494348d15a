"""Workbooks: a sheet is read like a CSV with the same rows."""

import resource
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.errors import NeedleError
from needlemover.exchange.call_map import QuestionsError
from needlemover.store.store import Store

from ..cli.conftest import Needle, database, needle, now, program
from .reading import DATA, bring_in, read
from .workbooks import ods, row, xlsx

__all__ = ["database", "needle", "now", "program"]

HEADER = ("day", "time", "seconds", "outcome", "contact")
# 2026-11-03 is day 46,329 of Excel's calendar, and a quarter past nine 0.385… of a day.
CALLS = row(1, *HEADER) + row(2, (46329, 1), (0.385416666666667, 3), (190.0, 0), "talked", "Acme")


def test_the_cells_of_a_sheet_are_the_texts_of_a_csv(store: Store, tmp_path: Path) -> None:
    (entry,) = read(store, xlsx(tmp_path / "calls.xlsx", Calls=CALLS)).entries
    assert entry.started_at == datetime(2026, 11, 3, 8, 15, tzinfo=UTC)
    assert (entry.seconds, entry.outcome, entry.contact) == (190, Outcome.TALKED, "Acme")
    table = tmp_path / "calls.csv"
    table.write_text(",".join(HEADER) + "\n2026-11-03,09:15:00,190,talked,Acme\n", encoding="utf-8")
    assert read(store, table).entries == [entry]


def test_dates_with_a_time_and_lengths_over_a_day_are_read(store: Store, tmp_path: Path) -> None:
    rows = row(1, "started_at", "seconds") + row(2, (46329.385416666664, 2), (1.0625, 4))
    (entry,) = read(store, xlsx(tmp_path / "calls.xlsx", Calls=rows)).entries
    assert entry.started_at == datetime(2026, 11, 3, 8, 15, tzinfo=UTC)
    assert entry.seconds == int(25.5 * 3600)


def test_a_bad_row_is_named_by_its_row_in_the_sheet(store: Store, tmp_path: Path) -> None:
    rows = row(3, *HEADER) + row(5, "soon", "", (12.0, 0), "talked", "Acme")
    found = read(store, xlsx(tmp_path / "calls.xlsx", Calls=rows))
    assert [bad.line for bad in found.bad] == [5]


def test_the_empty_sheets_of_a_workbook_are_not_asked_about(store: Store, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "calls.xlsx", Notes="", Calls=CALLS)
    assert [entry.seconds for entry in read(store, path).entries] == [190]


def test_which_of_several_sheets_it_is_is_asked(store: Store, tmp_path: Path) -> None:
    other = CALLS.replace("190.0", "60")
    path = xlsx(tmp_path / "calls.xlsx", October=other, November=CALLS)
    with pytest.raises(QuestionsError) as error:
        read(store, path)
    (question,) = error.value.questions
    options = list(question.choices.values())
    assert options == [("sheet", "October"), ("sheet", "November")]
    (entry,) = read(store, path, answers=(("sheet", "November"),)).entries
    assert entry.seconds == 190
    with pytest.raises(QuestionsError):
        read(store, path, answers=(("sheet", "December"),))


def test_a_sheet_of_opendocument_is_read(store: Store, tmp_path: Path) -> None:
    def cells(*found: str) -> str:
        return f"<table:table-row>{''.join(found)}</table:table-row>"

    def text(content: str) -> str:
        kind = '<table:table-cell office:value-type="string">'
        return f"{kind}<text:p>{content}</text:p></table:table-cell>"

    day = '<table:table-cell office:value-type="date" office:date-value="2026-11-03"/>'
    seconds = '<table:table-cell office:value-type="float" office:value="190"/>'
    long = '<table:table-cell office:value-type="time" office:time-value="PT26H15M00S"/>'
    rows = (
        cells(*map(text, ("day", "seconds", "contact")))
        + cells(day, seconds, text("Acme"))
        + cells(day, long, text("Bakery"))
    )
    entry, longer = read(store, ods(tmp_path / "calls.ods", rows)).entries
    assert (entry.day, entry.seconds, entry.contact) == (date(2026, 11, 3), 190, "Acme")
    assert (longer.seconds, longer.contact) == (26 * 3600 + 900, "Bakery")


def test_a_workbook_comes_in_once(store: Store, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "calls.xlsx", Calls=CALLS)
    assert bring_in(store, path).added == 1
    assert bring_in(store, path).changed_anything is False


def test_the_length_in_a_sheet_without_a_unit_is_asked(store: Store) -> None:
    path = DATA / "imports" / "12_wrong_format_sentences" / "calls.xlsx"
    with pytest.raises(QuestionsError) as error:
        read(store, path)
    (question,) = error.value.questions
    assert question.words == "How long is “12” in “Duration”?"
    (entry,) = read(store, path, answers=(("map", "minutes=Duration"),)).entries
    assert (entry.day, entry.seconds, entry.contact) == (date(2026, 10, 1), 720, "Acme")
    assert entry.outcome is Outcome.TALKED


def test_titles_above_the_header_of_a_sheet_are_skipped(store: Store, tmp_path: Path) -> None:
    rows = row(1, "Calls of November") + row(3, *HEADER) + row(4, "2026-11-03", "", (60.0, 0))
    (entry,) = read(store, xlsx(tmp_path / "calls.xlsx", Calls=rows)).entries
    assert (entry.day, entry.seconds) == (date(2026, 11, 3), 60)


def test_what_is_no_sheet_is_a_sentence(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NeedleError, match="has no sheet with rows"):
        read(store, DATA / "imports" / "12_wrong_format_sentences" / "calls.ods")
    old = tmp_path / "calls.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    with pytest.raises(NeedleError, match="another file of Office: save its table as"):
        read(store, old)
    broken = xlsx(tmp_path / "calls.xlsx", Calls=CALLS)
    broken.write_bytes(broken.read_bytes().replace(b"<sheetData>", b"<sheetDate>"))
    with pytest.raises(NeedleError, match="damaged"):
        read(store, broken)


def test_cells_far_apart_are_refused_within_little_memory(program: Needle, tmp_path: Path) -> None:
    rows = row(1, *HEADER) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    refused = program(
        "import",
        str(xlsx(tmp_path / "far.xlsx", Calls=rows)),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (256 << 20,) * 2),
    )
    assert (refused.code, refused.is_a_sentence) == (1, True), refused.err
    assert "far.xlsx is too large or damaged: save the sheet as CSV." in refused.err
