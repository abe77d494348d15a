"""Loop Habit Tracker: its export as CSV in a zip, and its backup."""

import sqlite3
import zipfile
from datetime import date
from pathlib import Path

import pytest

from needlemover.domain.errors import NeedleError
from needlemover.domain.promises.commitment import EVERY_DAY, Terms
from needlemover.store.imports.content import ImportedDayOff
from needlemover.store.store import Store

from ..conftest import terms, weekly
from .reading import DATA, bring_in, packed, read

LOOP = DATA / "loop"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return packed(LOOP / "csv", tmp_path / "Loop Habits CSV 2026-11-06.zip")


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return database(tmp_path / "Loop Habits Backup 2026-11-06.db")


def database(path: Path, *more: str) -> Path:
    connection = sqlite3.connect(path)
    connection.executescript((LOOP / "backup.sql").read_text(encoding="utf-8"))
    for statement in more:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path


@pytest.fixture(params=["export", "backup"])
def either(request: pytest.FixtureRequest) -> Path:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Path)
    return found


def test_promises_are_daily_or_by_the_week_or_none(store: Store, either: Path) -> None:
    assert read(store, either).promises == {
        "Meditate": Terms(EVERY_DAY),
        "Run": terms(count=3),  # 2.5 km, and only whole ones are counted
        "Café ☕ call": weekly(count=3),
        "Read": weekly(90),
        "Sweets": None,  # at most
        "Clean": None,  # once a month
    }


def test_only_what_was_done_is_a_tick(store: Store, either: Path) -> None:
    ticks = [(entry.day, entry.note) for entry in read(store, either).of("Meditate")]
    assert sorted(ticks) == [
        (date(2026, 11, 1), ""),
        (date(2026, 11, 6), "calm, at last"),
    ]


def test_what_loop_computed_was_not_done(store: Store, export: Path) -> None:
    found = read(store, export)
    assert [entry.day for entry in found.of("Café ☕ call")] == [date(2026, 11, 2)]
    computed = "marks that Loop computed (YES_AUTO), of days on which it was not done"
    assert found.reading.left_out[computed] == 3


def test_a_skip_is_a_day_off_for_that_habit(store: Store, either: Path) -> None:
    assert list(read(store, either).reading.days_off) == [
        ImportedDayOff("Meditate", date(2026, 11, 4), date(2026, 11, 5), "in a train"),
        ImportedDayOff("Run", date(2026, 11, 4), date(2026, 11, 4), ""),
    ]


def test_values_are_thousandths_and_what_filled_the_target_fills_it_here(
    store: Store, either: Path
) -> None:
    runs = {entry.day.day: (entry.count, entry.note) for entry in read(store, either).of("Run")}
    assert runs == {
        1: (3, "2.5 km · in the rain"),
        2: (2, "2.4 km"),
        31: (5, "5.2 km"),
    }
    assert [bad.why.partition(": ")[2] for bad in read(store, either).bad if "km" in bad.why] == [
        "0.4 km is less than one, and only whole ones are counted here"
    ]


def test_minutes_are_time(store: Store, either: Path) -> None:
    entries = read(store, either).of("Read")
    assert sorted((entry.day.day, entry.seconds) for entry in entries) == [
        (1, 30 * 60 + 30),
        (2, 45 * 60),
    ]


def test_folders_go_by_their_number(store: Store, export: Path) -> None:
    found = read(store, export)
    # The folder is called "003 Caf"; its habit has more letters.
    assert len(found.of("Café ☕ call")) == 1
    left_out = "Left out, as Habits.csv has no such habit: “009 Lost/Checkmarks.csv”."
    assert left_out in found.reading.said
    assert "Habits that were not chosen when it was exported: 1." in found.reading.said


def test_an_archived_habit_is_put_away_after_its_last_mark(store: Store, either: Path) -> None:
    found = {item.name: item for item in read(store, either).reading.activities}
    assert found["Clean"].put_away == date(2026, 10, 21)


def test_habits_of_one_name_become_one_and_each_mark_is_kept(store: Store, either: Path) -> None:
    found = read(store, either)
    assert [entry.note for entry in found.of("meditate")] == ["in the evening too"]
    assert any("same name and become one: “Meditate”" in item for item in found.reading.said)
    bring_in(store, either)
    assert len(store.day(date(2026, 11, 1)).entries) == 4


def test_bad_marks_say_where_and_why(store: Store, export: Path) -> None:
    bad = [(bad.line, bad.why) for bad in read(store, export).bad if "001" in bad.why]
    assert bad == [
        (9, "folder 001: “2026-11-31” is not a date like 2026-11-24"),
        (10, "folder 001: Wednesday 25 November 2026 is still to come"),
        (11, "folder 001: the day is in line 7 already"),
        (12, "folder 001: “PERHAPS” is not a value of Loop"),
    ]


def test_the_export_and_the_backup_hold_the_same(store: Store, export: Path, backup: Path) -> None:
    done = bring_in(store, export)
    assert (done.added, done.days_off) == (11, 3)
    again = bring_in(store, backup)
    assert (again.changed_anything, again.known) == (False, 11)
    store.journal.undo()
    assert bring_in(store, backup).added == 11


def test_marks_of_deleted_habits_are_left_out(store: Store, backup: Path) -> None:
    left_out = read(store, backup).reading.left_out
    assert left_out["marks of habits that were deleted in Loop"] == 1


def test_a_backup_without_values_holds_only_what_was_done(store: Store, tmp_path: Path) -> None:
    path = database(
        tmp_path / "old.db",
        "DROP TABLE Repetitions",
        "CREATE TABLE Repetitions (id INTEGER PRIMARY KEY, habit INTEGER, timestamp INTEGER)",
        "INSERT INTO Repetitions (habit, timestamp) VALUES (1, 1793577600000)",
    )
    (entry,) = read(store, path).entries
    assert (entry.activity, entry.day) == ("Meditate", date(2026, 11, 2))


def test_the_backup_is_left_as_it_was(store: Store, backup: Path) -> None:
    before = backup.read_bytes()
    read(store, backup)
    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.iterdir() if "Backup" in path.name] == [backup.name]


def test_a_view_in_the_place_of_a_table_is_not_read(store: Store, tmp_path: Path) -> None:
    path = database(
        tmp_path / "view.db",
        "DROP TABLE Repetitions",
        "CREATE VIEW Repetitions AS SELECT 1 AS habit, 0 AS timestamp, 2 AS value, '' AS notes",
    )
    with pytest.raises(NeedleError, match="not a backup of Loop"):
        read(store, path)


@pytest.mark.parametrize("keep", [100, 3000, 9000])
def test_a_damaged_backup_is_one_plain_sentence(store: Store, backup: Path, keep: int) -> None:
    content = backup.read_bytes()
    backup.write_bytes(content[:keep] + b"\xff" * 5000)
    with pytest.raises(NeedleError) as error:
        read(store, backup)
    assert str(error.value).endswith(".")


def test_a_damaged_zip_is_one_plain_sentence(store: Store, export: Path) -> None:
    content = export.read_bytes()
    place = content.index(b"Habits.csv") + 20
    for broken in (content[:300], content[:place] + b"\xff" * 40 + content[place + 40 :]):
        export.write_bytes(broken)
        with pytest.raises(NeedleError, match="damaged zip"):
            read(store, export)


def test_a_zip_of_something_else_is_no_export(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../Habits.csv", "Position,Name\n")
        archive.writestr("/etc/Habits.csv", "Position,Name\n")
    with pytest.raises(NeedleError, match=r"other.zip is a zip that is unknown"):
        read(store, path)
    with pytest.raises(NeedleError, match=r"a zip, but not an export of Loop: it has no Habits"):
        read(store, path, format_name="loop")


def test_a_zip_that_unpacks_to_far_too_much_is_not_unpacked(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Habits.csv", b"0" * (65 << 20))
    with pytest.raises(NeedleError, match="more than 64 MB: choose another export"):
        read(store, path)


def test_nothing_of_a_zip_is_written_anywhere(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "sly.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(LOOP / "csv" / "Habits.csv", "Habits.csv")
        archive.writestr("../001 Meditate/Checkmarks.csv", "Date,Value\n2026-11-01,YES_MANUAL\n")
    before = sorted(item.name for item in tmp_path.rglob("*"))
    read(store, path)
    assert sorted(item.name for item in tmp_path.rglob("*")) == before


def test_an_older_export_says_less_of_its_habits(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "old"
    (folder / "001 Walk").mkdir(parents=True)
    (folder / "Habits.csv").write_text(
        "Position,Name,Question,Description,NumRepetitions,Interval,Color\n"
        "001,Walk,,,2,7,#FF8F00\n",
        encoding="utf-8",
    )
    (folder / "001 Walk" / "Checkmarks.csv").write_text(
        "2018-01-03,2\n2018-01-02,1\n2018-01-01,0\n", encoding="utf-8"
    )
    found = read(store, packed(folder, tmp_path / "old.zip"))
    assert found.promises == {"Walk": weekly(count=2)}
    assert [entry.day for entry in found.entries] == [date(2018, 1, 3)]


def test_another_database_is_no_backup(store: Store, tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "other.db")
    connection.execute("CREATE TABLE notes (id INTEGER)")
    connection.commit()
    connection.close()
    with pytest.raises(NeedleError, match="not a backup of Loop"):
        read(store, tmp_path / "other.db")


def test_the_table_of_all_habits_is_read_and_promises_nothing(store: Store) -> None:
    found = read(store, DATA / "imports" / "12_wrong_format_sentences" / "Checkmarks.csv")
    assert [(entry.activity, entry.day) for entry in found.entries] == [
        ("Walk", date(2025, 4, 18)),
        ("Gym", date(2025, 4, 18)),
        ("Gym", date(2025, 4, 17)),
    ]
    assert found.promises == {"Walk": None, "Gym": None}
    assert found.reading.said == [
        "Reading the marks of Loop Habit Tracker. They do not say what is due how often, so "
        "nothing is promised."
    ]


def test_the_table_and_the_zip_it_lay_in_hold_the_same_marks(
    store: Store, export: Path, tmp_path: Path
) -> None:
    bring_in(store, export)
    table = tmp_path / "Checkmarks.csv"
    table.write_text("Date,Meditate,Clean,\n2026-11-06,2,-1,\n2026-11-01,2,0,\n", encoding="utf-8")
    done = bring_in(store, table)
    assert (done.added, done.known) == (0, 2)


@pytest.mark.parametrize("row", ["2026-11-06,2\n", "2026-11-06,2,2,2,\n", '2026-11-06,2,"2\n'])
def test_a_table_of_habits_that_does_not_fit_its_header_is_refused(
    store: Store, tmp_path: Path, row: str
) -> None:
    path = tmp_path / "Checkmarks.csv"
    path.write_text(f"Date,Walk,Gym,\n2026-11-07,2,2,\n{row}", encoding="utf-8")
    with pytest.raises(NeedleError, match="is damaged: import the zip that Loop exported"):
        read(store, path)
