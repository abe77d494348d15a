"""What was said of a file is remembered for the next one with the same columns."""

from pathlib import Path

import pytest

from ..cli.conftest import Needle
from ..store.conftest import sql
from .test_known_rows import Import, bring, sums, told

__all__ = ["bring"]

HEADER = "Datum;Dauer;Ergebnis"
FIRST, SECOND = "01.10.2026;60;ja", "02.10.2026;90;nein"
HOW = (
    "--map", "day=Datum", "--map", "seconds=Dauer", "--map", "outcome=Ergebnis",
    "--date-format", "%d.%m.%Y", "--value", "outcome:ja=won", "--value", "outcome:nein=lost",
)  # fmt: skip
BEFORE = "Read as the file with these columns before."


def test_the_next_file_with_these_columns_asks_nothing(bring: Import, database: Path) -> None:
    assert told(bring(HEADER, FIRST, options=HOW)) == (1, 0)
    later = bring(HEADER, FIRST, SECOND, name="november.csv")
    assert BEFORE in later.err
    assert told(later) == (1, 1)
    assert sql(database, "SELECT day, seconds, outcome FROM entry ORDER BY id") == [
        ("2026-10-01", 60, "won"), ("2026-10-02", 90, "lost"),
    ]  # fmt: skip
    assert BEFORE in bring(HEADER, FIRST, name="december.csv").err


def test_what_is_typed_goes_before_what_is_remembered(bring: Import, database: Path) -> None:
    bring(HEADER, FIRST, options=HOW)
    done = bring(HEADER, SECOND, options=("--value", "outcome:nein=talked"))
    assert told(done) == (1, 0)
    assert sql(database, "SELECT outcome FROM entry WHERE id = 2") == [("talked",)]
    bring(HEADER, "03.10.2026;90;nein")
    assert sql(database, "SELECT outcome FROM entry WHERE id = 3") == [("talked",)]


def test_undo_forgets_what_was_answered_and_redo_remembers_it(
    bring: Import, needle: Needle, database: Path
) -> None:
    bring(HEADER, FIRST, options=HOW)
    before = sql(database, "SELECT header, options, answered_on FROM import_answer")
    assert [row[2] for row in before] == ["2026-11-24"]
    needle("undo")
    assert sql(database, "SELECT * FROM import_answer") == []
    needle("redo")
    assert sql(database, "SELECT header, options, answered_on FROM import_answer") == before
    assert needle("check").code == 0


@pytest.mark.parametrize(("row", "more"), [(FIRST, ("--dry-run",)), ("heute;60;ja", ())])
def test_nothing_is_remembered_where_nothing_was_added(
    bring: Import, needle: Needle, database: Path, row: str, more: tuple[str, ...]
) -> None:
    needle("activity", "add", "Calls", "--sales")
    bring(HEADER, row, options=(*HOW, *more))
    assert sql(database, "SELECT * FROM import_answer") == []


def test_other_columns_are_another_file(bring: Import, database: Path) -> None:
    bring(HEADER, FIRST, options=HOW)
    done = bring(f"{HEADER};Agent", f"{SECOND};Ann")
    assert BEFORE not in done.err


def test_it_is_asked_anew_where_somebody_wants_that(bring: Import) -> None:
    bring(HEADER, FIRST, options=HOW)
    assert BEFORE not in bring(HEADER, SECOND, options=("--ask",)).err


def test_what_is_of_one_file_alone_is_not_remembered(bring: Import, database: Path) -> None:
    bring("day,seconds", "2026-10-01,60", options=("--doubles", "skip"))
    assert sql(database, "SELECT * FROM import_answer") == []
    assert sums(database) == (1, 60)


def test_answers_stay_on_the_machine(bring: Import, needle: Needle) -> None:
    bring(HEADER, FIRST, options=HOW)
    assert "import_answer" not in needle("export", "-").out


def test_what_could_not_be_read_is_corrected_and_read_like_the_rest(
    bring: Import, needle: Needle, database: Path, tmp_path: Path
) -> None:
    bring(HEADER, FIRST, "02.10.2026;neunzig;nein", options=HOW)
    rejects = tmp_path / "calls.csv.rejects.csv"
    rejects.write_text(rejects.read_text("utf-8").replace(";neunzig;", ";90;"), encoding="utf-8")
    assert told(needle("import", str(rejects))) == (1, 0)
    assert sums(database) == (2, 150)


@pytest.mark.parametrize(
    ("first", "option", "later", "days"),
    [
        ("05/10/2026,2:00", "date-format=%d/%m/%Y", "10/05/2026,2:00 10/20/2026,2:00",
         [("2026-10-05", 120), ("2026-10-20", 120)]),
        ("05/10/2026,2:00", "date-format=%d/%m/%Y", "2026-10-06,2:00", [("2026-10-06", 120)]),
    ],
)  # fmt: skip
def test_a_file_that_is_written_otherwise_is_read_as_it_is_written(
    bring: Import, database: Path, first: str, option: str, later: str, days: list[object]
) -> None:
    header, meant = "Date,Length (mm:ss)", option.split("=")
    assert told(bring(header, first, options=(f"--{meant[0]}", meant[1]))) == (1, 0)
    assert bring(header, *later.split(), name="later.csv").code == 0
    there = sql(database, "SELECT day, seconds FROM entry ORDER BY id")
    assert set(there) == {("2026-10-05", 120), *days}


@pytest.mark.parametrize(("said", "longest"), [("h:mm", "75:10"), ("m:ss", "2:00")])
def test_a_length_that_cannot_be_what_was_said_before_is_not(
    bring: Import, database: Path, said: str, longest: str
) -> None:
    header = "Date,Time,End time,Duration"
    first = "2026-10-01,09:00,,1:30"
    assert told(bring(header, first, options=("--length", said))) == (1, 0)
    rows = {"h:mm": ("2026-11-02,09:00,,1:30", f"2026-11-03,09:00,,{longest}"),
            "m:ss": ("2026-11-02,09:00,10:30,1:30", "2026-11-03,09:00,11:00,2:00")}  # fmt: skip
    assert bring(header, *rows[said], name="later.csv").code == 0
    day = sql(database, "SELECT seconds FROM entry WHERE day = '2026-11-02'")
    assert day == [({"h:mm": 90, "m:ss": 5400}[said],)]
