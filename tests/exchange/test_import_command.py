"""needle import, from the command line to the data."""

import csv
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.store.store import Store

from ..cli.conftest import Needle

FIXTURE = str(Path(__file__).parents[1] / "data" / "bank-calls-300.csv")
AS_CALLS = (
    "--map", "day=date", "--map", "seconds=duration_seconds", "--map", "outcome=subscribed",
    "--value", "outcome:yes=won", "--value", "outcome:no=lost",
)  # fmt: skip


def rows_of_fixture() -> list[dict[str, str]]:
    with open(FIXTURE, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder: Path, content: str, encoding: str = "utf-8") -> str:
    path = folder / "calls.csv"
    path.write_text(content, encoding=encoding, newline="")
    return str(path)


def test_the_fixture_has_its_three_hundred_rows() -> None:
    assert len(rows_of_fixture()) == 300


def test_real_calls_add_up_to_what_the_file_says(needle: Needle, data: Store) -> None:
    said = needle("import", FIXTURE, "--as", "csv", *AS_CALLS)
    assert (said.code, said.out) == (0, "")
    assert "Added 300 entries to “Sales conversations”, which is new" in said.err
    assert "0 already here, 0 bad" in said.err

    rows = rows_of_fixture()
    for day, calls in Counter(row["date"] for row in rows).items():
        of_day = [row for row in rows if row["date"] == day]
        snapshot = data.day(date.fromisoformat(day))
        assert snapshot.sales is not None
        assert snapshot.sales.dials == calls
        assert snapshot.sales.conversations == calls
        assert snapshot.sales.seconds == sum(int(row["duration_seconds"]) for row in of_day)
        wins = [entry for entry in snapshot.entries if entry.outcome is Outcome.WON]
        assert len(wins) == sum(row["subscribed"] == "yes" for row in of_day)
        assert {entry.started_at for entry in snapshot.entries} == {None}


def test_it_says_which_column_was_read_as_what(needle: Needle) -> None:
    said = needle("import", FIXTURE, *AS_CALLS)
    assert "day from “date”, seconds from “duration_seconds”, outcome from “subscribed”" in said.err
    assert "Not read: “channel”, “contact_number”." in said.err


def test_a_second_import_of_real_calls_adds_none_and_says_so(needle: Needle) -> None:
    rows = [tuple(row.values()) for row in rows_of_fixture()]
    assert len(set(rows)) < len(rows)  # some calls equal another
    needle("import", FIXTURE, *AS_CALLS)
    again = needle("import", FIXTURE, *AS_CALLS)
    assert again.code == 0
    assert "Added 0 entries" in again.err
    assert "300 already here" in again.err
    assert "nothing was changed" in again.err


def test_another_mapping_of_the_same_rows_adds_none(needle: Needle) -> None:
    needle("import", FIXTURE, *AS_CALLS)
    again = needle("import", FIXTURE, "--map", "day=date", "--map", "minutes=duration_seconds")
    assert "Added 0 entries" in again.err


def test_another_persons_calls_are_all_added(needle: Needle, data: Store) -> None:
    needle("import", FIXTURE, *AS_CALLS)
    said = needle("import", FIXTURE, *AS_CALLS, "--source", "Ann")
    assert "Added 300 entries" in said.err
    assert sum(len(data.day(date(2008, 5, day)).entries) for day in range(5, 20)) == 600


def test_undo_takes_the_import_back_and_it_may_come_again(needle: Needle, data: Store) -> None:
    day = date(2008, 5, 5)
    needle("import", FIXTURE, *AS_CALLS)
    before = data.day(day)
    assert needle("undo").code == 0
    assert data.day(day).entries == ()
    assert needle("redo").code == 0
    assert data.day(day) == before
    needle("undo")
    assert "Added 300 entries" in needle("import", FIXTURE, *AS_CALLS).err
    assert len(data.day(day).entries) == len(before.entries)


def test_a_trial_says_what_it_would_add_and_changes_nothing(
    needle: Needle, data: Store, tmp_path: Path
) -> None:
    path = write(tmp_path, "day,seconds\n2026-01-02,60\nsoon,60\n")
    said = needle("import", path, "--dry-run")
    assert said.code == 0
    assert "Would add 1 entry to “Sales conversations”, which is new" in said.err
    assert "line 3: “soon” is not a date" in said.err
    assert data.activities.all() == ()
    assert sorted(item.name for item in tmp_path.iterdir()) == ["calls.csv", "data"]


def test_bad_rows_are_listed_and_kept_and_the_good_ones_added(
    needle: Needle, data: Store, tmp_path: Path
) -> None:
    bad = "".join(f"2026-02-30,{number}\n" for number in range(25))
    path = write(tmp_path, f"day,seconds\n2026-01-02,60\n{bad}2026-01-02,90\n")
    said = needle("import", path)
    assert said.code == 0
    assert "line 3: “2026-02-30” is not a date" in said.err
    assert "line 22: " in said.err
    assert "line 23: " not in said.err
    assert "… and 5 more." in said.err
    assert "Added 2 entries" in said.err
    assert "25 bad" in said.err
    with (tmp_path / "calls.csv.rejects.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0] == ["line", "why", "day", "seconds"]
    assert [line[0] for line in lines[1:]] == [str(number) for number in range(3, 28)]
    assert lines[25][2:] == ["2026-02-30", "24"]
    sales = data.day(date(2026, 1, 2)).sales
    assert sales is not None
    assert sales.seconds == 150


def test_corrected_rejects_can_be_imported(needle: Needle, tmp_path: Path) -> None:
    needle("import", write(tmp_path, "day;seconds\n2026-01-02;60\n2026-02-30;60\n"))
    rejects = tmp_path / "calls.csv.rejects.csv"
    rejects.write_text(
        rejects.read_text(encoding="utf-8").replace(";2026-02-30;", ";2026-03-02;"),
        encoding="utf-8",
    )
    said = needle("import", str(rejects))
    assert "Added 1 entry" in said.err
    assert "0 bad" in said.err


def test_strict_stops_at_the_first_bad_row_and_changes_nothing(
    needle: Needle, data: Store, tmp_path: Path
) -> None:
    good = "2026-01-02,60\n" * 5000
    said = needle("import", write(tmp_path, f"day,seconds\n{good}soon,60\n"), "--strict")
    assert said.code == 1
    assert "Line 5002: “soon” is not a date" in said.err
    assert data.day(date(2026, 1, 2)).entries == ()
    assert data.activities.all() == ()
    assert not (tmp_path / "calls.csv.rejects.csv").exists()


def test_where_no_row_can_be_read_it_is_not_done(
    needle: Needle, data: Store, tmp_path: Path
) -> None:
    said = needle("import", write(tmp_path, "day,seconds\n24.11.,60\n25.11.,60\n"))
    assert said.code == 1
    assert "--date-format" in said.err
    assert "calls.csv holds nothing but 2 bad rows." in said.err
    assert data.activities.all() == ()
    assert len((tmp_path / "calls.csv.rejects.csv").read_text(encoding="utf-8").split("\n")) == 4


def test_dates_that_are_not_iso_are_read_with_their_format(
    needle: Needle, data: Store, tmp_path: Path
) -> None:
    path = write(tmp_path, "day,seconds\n03.04.2025,60\n")
    assert needle("import", path, "--date-format", "%d.%m.%Y").code == 0
    assert len(data.day(date(2025, 4, 3)).entries) == 1


def test_a_call_of_four_hundred_hours_is_kept_and_listed(needle: Needle, tmp_path: Path) -> None:
    said = needle("import", write(tmp_path, "day,seconds\n2026-01-02,60\n2026-01-03,400:00:00\n"))
    assert "line 3: lasts 400 h. It is kept as it is." in said.err
    assert "Added 2 entries" in said.err


def test_a_header_without_rows_adds_nothing(needle: Needle, tmp_path: Path) -> None:
    said = needle("import", write(tmp_path, "day,seconds\n"))
    assert said.code == 0
    assert "Added 0 entries" in said.err


def test_calls_without_an_outcome_are_said_to_count_as_talked(
    needle: Needle, tmp_path: Path
) -> None:
    said = needle("import", write(tmp_path, "day,seconds\n2026-01-02,60\n2026-01-03,60\n"))
    assert "Without an outcome, counted as talked: 2." in said.err


def test_a_file_in_windows_1252_is_read_with_a_word_about_it(
    needle: Needle, data: Store, tmp_path: Path
) -> None:
    said = needle("import", write(tmp_path, "day,contact\n2026-01-02,Zoë\n", "cp1252"))
    assert "is not UTF-8 and was read as Windows-1252" in said.err
    assert [entry.contact for entry in data.day(date(2026, 1, 2)).entries] == ["Zoë"]


def test_names_are_data_and_nothing_reaches_the_terminal_raw(
    needle: Needle, data: Store, tmp_path: Path
) -> None:
    names = ["=HYPERLINK(1)", "[/b] [red]", "\x1b[31mred", "\u202eלקוח 🦊", "x" * 500]
    good = "".join(f"2026-01-02,{name},\n" for name in names)
    said = needle("import", write(tmp_path, f"day,contact,\x1b[2Jextra\n{good}\x1b[2J,x,\n"))
    assert "\x1b" not in said.err
    assert "␛[2J" in said.err
    kept = [entry.contact for entry in data.day(date(2026, 1, 2)).entries]
    assert kept == names


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--as", "xml"], "There is no format “xml”: there are csv, loop, harsh,"),
        (["--map", "day=when"], "no column “when”. The columns are “day”, “seconds”."),
        (["--map", "when=day"], "There is no field “when”"),
        (["--value", "outcome:yes=won"], "--map outcome=COLUMN"),
        (["--date-format", "%d.%m."], "not a format of a whole date"),
        (["--source", "hand"], "--source"),
        (["--source", ""], "The source needs a name"),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(
    needle: Needle, tmp_path: Path, arguments: list[str], said: str
) -> None:
    told = needle("import", write(tmp_path, "day,seconds\n2026-01-02,60\n"), *arguments)
    assert told.code == 2
    assert said in told.err
    assert "Traceback" not in told.err


@pytest.mark.parametrize("name", ["none.csv", ".", "binary.csv", "empty.csv", "open.csv"])
def test_what_is_no_call_log_is_answered_with_one_sentence(
    needle: Needle, data: Store, tmp_path: Path, name: str
) -> None:
    (tmp_path / "binary.csv").write_bytes(b"\x7fELF\0\0\0\n")
    (tmp_path / "empty.csv").touch()
    (tmp_path / "open.csv").write_text('day,note\n2026-01-02,a\n2026-01-02,"b\n', encoding="utf-8")
    said = needle("import", str(tmp_path / name))
    assert said.code == 1
    assert "Traceback" not in said.err
    assert said.err.rstrip().endswith(".")
    assert data.activities.all() == ()


def test_a_bar_shows_how_far_it_is_where_somebody_looks(
    needle: Needle, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "%" not in needle("import", FIXTURE, *AS_CALLS, "--dry-run").err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    said = needle("import", FIXTURE, *AS_CALLS)
    assert "100%" in said.err
    assert "Added 300 entries" in said.err
