"""What was imported once comes in once, whatever its file looks like the next time."""

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from hashlib import sha256
from json import dumps
from pathlib import Path

import pytest
import time_machine

from needlemover.clock import Clock
from needlemover.store.care.checks import run_checks
from needlemover.store.store import Store

from ..cli.conftest import Ended, Needle
from ..conftest import BERLIN
from ..store.conftest import sql
from .reading import DATA, packed

CASES = DATA / "imports"
HEADER = "day,time,seconds,outcome,contact"
ROW = "2026-10-01,09:00,120,talked,Acme"
Import = Callable[..., Ended]


@pytest.fixture
def bring(needle: Needle, tmp_path: Path) -> Import:
    """Import the lines of a call log: `bring("day,seconds", "2026-10-01,60", options=[…])`."""

    def run(*lines: str, name: str = "calls.csv", options: tuple[str, ...] = ()) -> Ended:
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        done = needle("import", str(tmp_path / name), *options)
        assert "Traceback" not in done.err
        return done

    return run


__all__ = ["bring"]


def told(done: Ended) -> tuple[int, int]:
    """How many entries an import said that it added, and how many were here already."""
    assert done.code == 0, done.err
    line = next(line for line in done.err.splitlines() if line.startswith("Added "))
    known = line.partition("; ")[2].partition(" already here")[0]
    return int(line.split()[1]), int(known)


def sums(database: Path) -> tuple[int, int]:
    """The entries that are here, and their seconds."""
    ((entries, seconds),) = sql(database, "SELECT count(*), coalesce(sum(seconds), 0) FROM entry")
    return entries, seconds


@pytest.mark.parametrize(
    ("first", "second", "there"),
    [
        ("toggl_2017.csv", "toggl_2023_same_entries.csv", (2, 2760)),
        ("own_v1.csv", "own_v2_column_added.csv", (1, 120)),
    ],
)
def test_a_later_export_of_the_same_entries_adds_nothing(
    needle: Needle, database: Path, first: str, second: str, there: tuple[int, int]
) -> None:
    folder = CASES / "01_reexport_doubles"
    assert told(needle("import", str(folder / first))) == (there[0], 0)
    assert told(needle("import", str(folder / second))) == (0, there[0])
    assert sums(database) == there


@pytest.mark.parametrize(
    ("lines", "options"),
    [
        (("day,time,seconds,outcome,contact,rate", f"{ROW},50 EUR"), ()),
        (("day,time,seconds,outcome,contact", "2026-10-01,9:00 am,2:00,talked,ACME"), ()),
        (("contact,day,time,seconds,outcome", "Acme,2026-10-01,09:00,120,lost"), ()),
        (
            ("day,time,seconds,outcome,contact", "01.10.2026,09:00,120,talked,Acme"),
            ("--date-format", "%d.%m.%Y"),
        ),
    ],
)
def test_a_row_is_known_by_what_is_read_of_it(
    bring: Import, database: Path, lines: tuple[str, ...], options: tuple[str, ...]
) -> None:
    bring(HEADER, ROW)
    assert told(bring(*lines, options=options)) == (0, 1)
    assert sums(database) == (1, 120)


def test_a_row_is_known_by_its_cells_however_they_are_read(bring: Import, database: Path) -> None:
    lines = ("day,length,outcome", "2026-10-01,90,talked", "2026-10-01,90,talked")
    assert told(bring(*lines, options=("--map", "seconds=length"))) == (2, 0)
    more = (*lines, "2026-10-02,5,talked")
    assert told(bring(*more, options=("--map", "minutes=length"))) == (1, 2)
    assert sums(database) == (3, 480)


def test_of_equal_rows_one_more_is_new(bring: Import, database: Path) -> None:
    header, row = "day,seconds,outcome", "2026-10-01,0,no_answer"
    assert told(bring(header, row, row, row)) == (3, 0)
    assert told(bring(f"{header},tag", *[f"{row},x"] * 4)) == (1, 3)
    assert told(bring(header, *[row] * 5)) == (1, 4)
    assert sums(database) == (5, 0)


def test_a_deleted_entry_stays_deleted_in_a_later_export(
    bring: Import, data: Store, database: Path
) -> None:
    bring(HEADER, ROW, "2026-10-01,10:00,60,talked,Foo")
    data.entries.delete(data.day(date(2026, 10, 1)).entries[0].id)
    before = sums(database)
    assert told(bring(f"{HEADER},tag", f"{ROW},a", "2026-10-01,10:00,60,talked,Foo,b")) == (0, 2)
    assert sums(database) == before


def test_corrected_rejects_and_the_original_again_add_nothing_twice(
    bring: Import, needle: Needle, database: Path, tmp_path: Path
) -> None:
    good = "2026-10-01,0,no_answer,x"
    lines = ("day,seconds,outcome,note", good, "2026-10-01,zero,no_answer,x", good,
             "2026-10-01,nil,no_answer,x")  # fmt: skip
    assert told(bring(*lines)) == (2, 0)
    rejects = tmp_path / "calls.csv.rejects.csv"
    text = rejects.read_text(encoding="utf-8").replace("zero,no", "0,no").replace("nil,no", "0,no")
    rejects.write_text(text, encoding="utf-8")
    assert told(needle("import", str(rejects))) == (2, 0)
    assert told(needle("import", str(rejects))) == (0, 2)
    assert told(bring(*lines)) == (0, 2)
    assert told(bring(lines[0], *[good] * 4)) == (0, 4)
    assert sums(database) == (4, 0)


OLDER = DATA / "schema" / "version-11.db"
AS_CALLS = (
    "--as", "csv", "--map", "day=date", "--map", "seconds=duration_seconds",
    "--map", "outcome=subscribed", "--value", "outcome:yes=won", "--value", "outcome:no=talked",
)  # fmt: skip


@pytest.fixture
def older(database: Path) -> Path:
    """A file of version 11, with 80 imported calls."""
    database.parent.mkdir()
    shutil.copyfile(OLDER, database)
    return database


def calls_of(number: int) -> list[str]:
    return (DATA / "bank-calls-300.csv").read_text(encoding="utf-8").splitlines()[: number + 1]


def test_entries_of_earlier_versions_are_known_and_keep_their_keys(
    older: Path, bring: Import
) -> None:
    keys = sql(older, "SELECT source_key FROM entry WHERE source = 'csv' ORDER BY id")
    assert {len(key) for (key,) in keys} == {64}
    assert told(bring(*calls_of(80), options=AS_CALLS)) == (0, 80)
    header, *rows = calls_of(82)
    later = (f"{header},agent", *(f"{row},Ann" for row in rows))
    assert told(bring(*later, options=AS_CALLS)) == (2, 80)
    assert told(bring(*later, options=AS_CALLS)) == (0, 82)
    kept = sql(older, "SELECT source_key FROM entry WHERE source = 'csv' ORDER BY id LIMIT 80")
    assert kept == keys


def test_what_was_deleted_or_edited_in_an_earlier_version_is_known_by_its_cells(
    older: Path, bring: Import
) -> None:
    sql(older, "INSERT INTO forgotten_key (source, source_key) SELECT source, source_key "
        "FROM entry WHERE source = 'csv' AND id % 3 = 0")  # fmt: skip
    sql(older, "DELETE FROM entry WHERE source = 'csv' AND id % 3 = 0")
    sql(older, "UPDATE entry SET seconds = 7 WHERE source = 'csv' AND id % 3 = 1")
    before = sums(older)
    assert told(bring(*calls_of(80), options=AS_CALLS)) == (0, 80)
    assert sums(older) == before


def key_of_version_11(cells: list[str], where: object, place: int = 1) -> str:
    row = sha256(dumps(cells).encode()).digest()
    return sha256(row + f"{where}\0csv\0{place}".encode()).hexdigest()


def with_older_keys(database: Path, *rows: tuple[list[str], object, int]) -> None:
    """Give the entries, in their order, the keys that version 11 gave them."""
    for entry_id, row in enumerate(rows, start=1):
        key = key_of_version_11(*row)
        sql(database, "UPDATE entry SET source_key = ? WHERE id = ?", key, entry_id)


@pytest.mark.parametrize("extra", ["", ",agent"])
def test_equal_rows_of_an_earlier_version_count_one_by_one(
    bring: Import, database: Path, extra: str
) -> None:
    header, row = "day,seconds,outcome", "2026-10-01,0,no_answer"
    bring(header, row, row)
    cells = row.split(",")
    with_older_keys(database, (cells, 1, 1), (cells, 1, 2))
    more = [f"{row},Ann" if extra else row] * 3
    assert told(bring(header + extra, *more)) == (1, 2)
    assert told(bring(header + extra, *more)) == (0, 3)


def test_rows_of_an_earlier_version_that_name_their_activity_are_known(
    bring: Import, database: Path
) -> None:
    header, row = "day,time,seconds,activity", "2026-10-01,09:00,60,Gym"
    options = ("--map", "activity=activity")
    bring(header, row, options=options)
    with_older_keys(database, (row.split(","), "", 1))
    assert told(bring(header, row, options=options)) == (0, 1)
    assert told(bring(f"{header},tag", f"{row},x", options=options)) == (0, 1)


def test_rows_that_get_ids_are_known_by_what_is_read_of_them(bring: Import, database: Path) -> None:
    header, row = "day,seconds,outcome", "2026-10-01,60,talked"
    bring(header, row, row)
    numbered = [f"{row},{number}" for number in range(3)]
    assert told(bring(f"{header},id", *numbered)) == (1, 2)
    assert told(bring(f"{header},id", *numbered)) == (0, 3)
    assert sums(database) == (3, 180)


def test_the_file_stays_sound(bring: Import, database: Path) -> None:
    bring(HEADER, ROW)
    bring(f"{HEADER},tag", f"{ROW},x")
    with closing(Store(database, Clock())) as store:
        wrong = [item.name for item in run_checks(store.path, store.clock).wrong]
    assert wrong in ([], ["What was done is in a backup"])


RENAMED = CASES / "07_loop_renamed_habit"


def names_of(needle: Needle) -> list[str]:
    return [row["name"] for row in json.loads(needle("export", "-").out)["activities"]]


def test_a_habit_renamed_in_loop_stays_one_activity(
    needle: Needle, database: Path, tmp_path: Path
) -> None:
    assert told(needle("import", str(RENAMED / "before.db"))) == (3, 0)
    assert told(needle("import", str(RENAMED / "after_renamed.db"))) == (0, 3)
    assert names_of(needle) == ["Kolagen"]
    later = tmp_path / "later.db"
    shutil.copyfile(RENAMED / "after_renamed.db", later)
    sql(later, "INSERT INTO Repetitions VALUES (4, 1, 1735948800000, 2, '')")
    done = needle("import", str(later))
    assert "“Collagen” goes to “Kolagen”, which is here already" in done.err
    assert told(done) == (1, 3)
    assert names_of(needle) == ["Kolagen"]
    assert sql(database, "SELECT DISTINCT activity_id FROM entry") == [(1,)]


def test_a_habit_that_gets_the_name_of_a_renamed_one_is_another(
    needle: Needle, database: Path, tmp_path: Path
) -> None:
    needle("import", str(RENAMED / "before.db"))
    later = tmp_path / "later.db"
    shutil.copyfile(RENAMED / "after_renamed.db", later)
    sql(later, "INSERT INTO Habits SELECT 2, 0, 1, '', 1, 1, 0, 'Kolagen', 1, NULL, NULL, 0, 0, 0, "
        "0.0, '', '', 'bbbb'")  # fmt: skip
    sql(later, "INSERT INTO Repetitions VALUES (4, 2, 1735689600000, 2, '')")
    assert told(needle("import", str(later))) == (1, 3)


def test_entries_of_loop_from_before_it_had_uuids_are_known(needle: Needle, database: Path) -> None:
    needle("import", str(RENAMED / "before.db"))
    sql(database, "UPDATE entry SET source_key = 'id:kolagen#1:' || day")
    assert told(needle("import", str(RENAMED / "before.db"))) == (0, 3)


def test_the_backup_of_loop_and_its_export_hold_the_same_marks(
    needle: Needle, tmp_path: Path
) -> None:
    folder = tmp_path / "Loop"
    (folder / "001 Kolagen").mkdir(parents=True)
    (folder / "Habits.csv").write_text("Position,Name,NumRepetitions,Interval\n001,Kolagen,1,1\n")
    marks = "".join(f"2025-01-0{day},2\n" for day in (1, 2, 3))
    (folder / "001 Kolagen" / "Checkmarks.csv").write_text(marks)
    zipped = str(packed(folder, tmp_path / "loop.zip"))
    assert told(needle("import", str(RENAMED / "before.db"))) == (3, 0)
    assert told(needle("import", zipped)) == (0, 3)
    needle("undo")
    assert told(needle("import", zipped)) == (3, 0)
    assert told(needle("import", str(RENAMED / "before.db"))) == (0, 3)


@pytest.mark.parametrize(
    ("first", "more"),
    [
        ("2026-10-01 : Gym : y\n", "2026-10-02 : Gym : y\n"),
        (
            "inc 20261001T080000Z - 20261001T090000Z # Gym\n",
            "inc 20261002T080000Z - 20261002T090000Z # Gym\n",
        ),
        ("day,seconds,activity\n2026-10-01,60,Gym\n", "2026-10-02,60,Gym\n"),
    ],
)
def test_an_activity_renamed_here_gets_what_its_file_brings_later(
    bring: Import, needle: Needle, database: Path, first: str, more: str
) -> None:
    options = ("--map", "activity=activity") if "," in first else ()
    bring(first.rstrip(), name="log", options=options)
    assert needle("activity", "edit", "Gym", "--name", "Sports").code == 0
    assert told(bring((first + more).rstrip(), name="log", options=options)) == (1, 1)
    assert names_of(needle) == ["Sports"]


def test_rows_moved_to_an_activity_that_the_file_has_do_not_rename_it(
    bring: Import, needle: Needle
) -> None:
    frames = ['[1790000000, 1790000060, "Calls", "a"]', '[1790000100, 1790000160, "Calls", "b"]']
    bring(f"[{', '.join(frames)}]", name="frames")
    frames[1] = frames[1].replace("Calls", "Visits")
    frames.append('[1790000200, 1790000260, "Visits", "c"]')
    assert told(bring(f"[{', '.join(frames)}]", name="frames")) == (1, 2)
    assert names_of(needle) == ["Calls", "Visits"]


SYNC = CASES / "16_sync"


@pytest.fixture
def december(now: time_machine.Traveller) -> None:
    now.move_to(datetime(2026, 12, 1, 12, tzinfo=BERLIN))


@pytest.mark.usefixtures("december")
def test_an_entry_of_an_export_with_two_fields_edited_is_the_same(
    needle: Needle, database: Path
) -> None:
    needle("import", str(SYNC / "base.json"))
    done = needle("import", str(SYNC / "edited_two_fields.json"))
    assert "Added 0 entries; 2 entries are here already." in done.err
    assert sums(database) == (2, 300)


@pytest.mark.usefixtures("december")
def test_a_deleted_entry_of_an_export_stays_deleted(needle: Needle, database: Path) -> None:
    needle("import", str(SYNC / "base.json"))
    assert needle("untick", "Newsletter", "--day", "2026-11-26").code == 0
    done = needle("import", str(SYNC / "base.json"))
    assert "Added 0 entries; 2 entries are here already." in done.err
    assert sums(database) == (1, 300)
    needle("undo")
    assert sums(database) == (2, 300)


@pytest.mark.usefixtures("december")
@pytest.mark.parametrize("name", ["a.json", "a.zip"])
def test_an_activity_renamed_in_an_export_stays_one(
    needle: Needle, database: Path, tmp_path: Path, name: str
) -> None:
    needle("import", str(SYNC / "renamed_activity.json"))
    renamed = str(tmp_path / name)
    needle("export", renamed)
    needle("undo")
    needle("import", str(SYNC / "base.json"))
    done = needle("import", renamed)
    assert "The same activity here and there: “Calls”, “Newsletter”." in done.err
    assert names_of(needle) == ["Calls", "Newsletter"]
    assert sql(database, "SELECT count(*) FROM commitment") == [(2,)]
