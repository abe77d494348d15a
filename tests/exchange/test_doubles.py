"""Rows that begin with an entry that is here, and last as long, are asked about."""

from pathlib import Path

import pytest

from ..cli.conftest import Needle
from ..store.conftest import sql
from .test_import_formats import in_a_terminal, program
from .test_known_rows import HEADER, Import, bring, sums, told

__all__ = ["bring", "program"]

HERE = "2026-10-01,09:00,120,talked,Acme"
NEW = "2026-10-01,10:00,60,talked,Foo"
CRM = ("--source", "crm")
SKIP, ADD = ("--doubles", "skip"), ("--doubles", "add")


def test_they_are_shown_and_nothing_is_changed_until_somebody_answers(
    bring: Import, database: Path
) -> None:
    bring(HEADER, HERE)
    asked = bring(HEADER, HERE, NEW, options=CRM)
    assert asked.code == 2
    assert asked.err.splitlines()[-1] == (
        "1 row of the file begins when an entry that is here began and lasts as long: Thu 1 Oct "
        "09:00, 2 min, Acme. Are they the same? --doubles skip (they are the same, leave them "
        "out), or --doubles add (add them all the same). Nothing was changed."
    )
    assert sums(database) == (1, 120)


def test_those_left_out_are_not_asked_about_again(bring: Import, database: Path) -> None:
    bring(HEADER, HERE)
    assert told(bring(HEADER, HERE, NEW, options=(*CRM, *SKIP))) == (1, 0)
    assert told(bring(HEADER, HERE, NEW, options=CRM)) == (0, 2)
    assert sums(database) == (2, 180)
    assert told(bring(HEADER, HERE, NEW, options=(*CRM, *ADD))) == (1, 1)


def test_those_added_are_known(bring: Import, database: Path) -> None:
    bring(HEADER, HERE)
    assert told(bring(HEADER, HERE, options=(*CRM, *ADD))) == (1, 0)
    assert told(bring(HEADER, HERE, options=CRM)) == (0, 1)
    assert sums(database) == (2, 240)


@pytest.mark.parametrize(
    ("row", "is_double"),
    [
        ("2026-10-01,09:00,120,lost,ACME", True),
        ("2026-10-01,09:00,120,talked,", True),
        ("2026-10-01,09:00,120,talked,+49 30 5550142", True),
        ("2026-10-01,09:00,120,talked,Acme Corp", True),
        ("2026-10-01,09:00:25,120,talked,Acme", True),
        ("2026-10-01,09:00,120,talked,Foo", True),
        ("2026-10-01,09:00,121,talked,Acme", False),
        ("2026-10-01,09:01,120,talked,Acme", False),
        ("2026-10-01,,120,talked,Acme", False),
        ("2026-10-02,09:00,120,talked,Acme", False),
    ],
)
def test_one_has_the_same_start_and_length(bring: Import, row: str, is_double: bool) -> None:
    bring(HEADER, HERE)
    assert (bring(HEADER, row, options=CRM).code == 2) is is_double


def test_a_contact_goes_by_the_name_that_it_has_now(bring: Import, needle: Needle) -> None:
    bring(HEADER, HERE)
    assert needle("contact", "edit", "Acme", "--name", "Acme Corp").code == 0
    assert bring(HEADER, HERE, options=CRM).code == 2


def test_rows_of_one_file_are_no_doubles_of_each_other(bring: Import, database: Path) -> None:
    other = HERE.replace("Acme", "")
    assert told(bring(HEADER, HERE, other)) == (2, 0)
    assert sums(database) == (2, 240)


def test_corrected_rejects_are_no_doubles_of_the_rows_beside_them(
    bring: Import, needle: Needle, tmp_path: Path, database: Path
) -> None:
    bring(HEADER, HERE, "2026-10-01,09:00,2 mn,talked,Acme")
    rejects = tmp_path / "calls.csv.rejects.csv"
    rejects.write_text(rejects.read_text("utf-8").replace("2 mn", "120"), encoding="utf-8")
    assert told(needle("import", str(rejects))) == (1, 0)
    assert told(bring(HEADER, HERE, HERE)) == (0, 2)
    assert sums(database) == (2, 240)


def test_where_the_day_began_at_another_time_they_are_found_as_well(
    bring: Import, needle: Needle
) -> None:
    night = "2026-10-02,02:00,120,talked,Acme"
    bring(HEADER, night)
    needle("settings", "day_starts_at", "00:00")
    assert bring(HEADER, night, options=CRM).code == 2


def test_many_are_counted_and_five_are_shown(bring: Import) -> None:
    rows = [f"2026-10-01,09:{minute:02},60,talked,Acme" for minute in range(8)]
    bring(HEADER, *rows)
    asked = bring(HEADER, *rows, options=CRM).err
    assert "8 rows of the file begin when an entry that is here began and last as long" in asked
    assert asked.count(", 1 min, Acme") == 5
    assert "Thu 1 Oct 09:04, 1 min, Acme and 3 more. Are they" in asked


def test_in_a_terminal_it_is_a_question(
    bring: Import, program: Needle, tmp_path: Path, database: Path
) -> None:
    bring(HEADER, HERE)
    (tmp_path / "crm.csv").write_text(f"{HEADER}\n{HERE}\n{NEW}\n", encoding="utf-8")
    code, shown = in_a_terminal(str(tmp_path / "crm.csv"), "1\n", "--source", "crm")
    assert code == 0, shown
    assert "Added 1 entry" in shown
    assert sums(database) == (2, 180)
    assert sql(database, "SELECT source FROM double_key") == [("crm",)]


def test_what_is_left_out_renames_no_activity_that_is_here(
    bring: Import, needle: Needle, database: Path
) -> None:
    header, row = "day,time,seconds,activity", "2026-10-01,09:00,60,{}"
    activity = ("--map", "activity=activity")
    needle("activity", "add", "Phone")
    bring(header, row.format("Calls"), options=activity)
    lines = (header, row.format("Phone"), "2026-10-02,09:00,60,Phone")
    assert told(bring(*lines, options=(*activity, *CRM, *SKIP))) == (1, 0)
    assert sql(database, "SELECT name, count(*) FROM entry JOIN activity ON activity.id = "
               "activity_id GROUP BY 1 ORDER BY 1") == [("Calls", 1), ("Phone", 1)]  # fmt: skip


def test_the_rest_of_a_renamed_project_goes_to_the_activity_of_its_doubles(
    bring: Import, database: Path
) -> None:
    header, row = "day,time,seconds,activity", "2026-10-01,09:00,60,{}"
    activity = ("--map", "activity=activity")
    bring(header, row.format("Calls"), options=activity)
    lines = (header, row.format("Talks"), "2026-10-02,09:00,60,Talks")
    assert bring(*lines, options=activity).code == 2
    assert told(bring(*lines, options=(*activity, *SKIP))) == (1, 0)
    assert sql(database, "SELECT name FROM activity") == [("Calls",)]


@pytest.mark.parametrize(
    ("row", "is_said"),
    [
        ("2026-10-01,09:00,120,talked,Acme", True),
        ("2026-10-01,09:00,0,talked,Acme", False),  # two dials in one minute
        ("2026-10-01,,120,talked,Acme", False),
    ],
)
def test_a_row_that_is_there_twice_counts_and_is_said(
    bring: Import, database: Path, row: str, is_said: bool
) -> None:
    done = bring(HEADER, row, row)
    assert told(done) == (2, 0)
    assert ("and counted: 1 row." in done.out + done.err) is is_said
    later = bring(HEADER, row, row, "2026-10-02,,60,talked,Foo")
    assert told(later) == (1, 2)
    assert "and counted" not in later.out + later.err


@pytest.mark.parametrize(
    ("here", "there", "is_double"),
    [
        ("09:00,+49 30 5550142", "09:00,(030) 555-0142", True),
        ("09:00,+49 30 5550142", "09:00,+49 30 5550143", True),
        ("09:00:25,Acme", "09:00,Acme", True),
        ("09:00:25,Acme", "09:00:26,Acme", False),
    ],
)
def test_what_is_written_otherwise_in_a_later_file_is_asked_about(
    bring: Import, here: str, there: str, is_double: bool
) -> None:
    header = "day,time,contact,seconds"
    bring(header, f"2026-10-01,{here},120")
    assert (bring(header, f"2026-10-01,{there},120").code == 2) is is_double


def test_of_calls_that_nobody_took_others_may_begin_in_the_same_minute(bring: Import) -> None:
    header = "day,time,contact,seconds"
    bring(header, "2026-10-01,09:00,Acme,0")
    assert bring(header, "2026-10-01,09:00,Beta,0").code == 0
    assert bring(header, "2026-10-01,09:00,Acme Corp,0").code == 2


def test_a_double_of_what_was_taken_back_comes_in(
    bring: Import, needle: Needle, database: Path
) -> None:
    bring(HEADER, HERE)
    assert told(bring(HEADER, HERE, options=(*CRM, "--doubles", "skip"))) == (0, 0)
    assert told(bring(HEADER, HERE, options=CRM)) == (0, 1)
    assert needle("undo").code == 0
    assert told(bring(HEADER, HERE, options=CRM)) == (1, 0)
    assert sums(database) == (1, 120)
