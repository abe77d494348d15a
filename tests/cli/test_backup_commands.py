"""needle backup, needle restore."""

from pathlib import Path

from ..store.conftest import sql
from ..store.test_backups import overwrite
from .conftest import Needle


def test_a_backup_is_made_listed_and_gone_back_to_by_its_day(
    morning: Needle, database: Path
) -> None:
    assert morning("backup", "--list").err == "There is no backup yet: needle backup makes one.\n"
    path = database.parent / "backups" / "needle-2026-11-24.db"
    made = morning("backup")
    assert (made.code, made.out) == (0, f"{path}\n")
    assert made.err == "Backed up and checked.\n"
    (line,) = morning("backup", "--list").lines
    assert line.endswith(f"of the day            {path}")

    morning("tick", "film")
    ended = morning("restore", "2026-11-24")
    assert (ended.code, ended.out) == (0, "")
    kept = path.with_name("needle-before-restore-2026-11-24T144000Z.db")
    assert ended.err.splitlines() == ["Gone back to 2026-11-24.", f"What it replaced is in {kept}."]
    assert morning("today", "--json").json["activities"][1]["met"] is False
    assert morning("restore", kept.name).code == 0
    assert morning("today", "--json").json["activities"][1]["met"] is True


def test_a_backup_goes_to_a_file(morning: Needle, tmp_path: Path) -> None:
    chosen = tmp_path / "mine.db"
    assert morning("backup", str(chosen)).out == f"{chosen}\n"
    again = morning("backup", str(chosen))
    assert again.code == 1
    assert again.is_a_sentence
    assert morning("restore", str(chosen)).code == 0


def test_a_backup_that_is_not_there_is_said(morning: Needle) -> None:
    ended = morning("restore", "2020-01-01")
    assert ended.code == 1
    assert ended.is_a_sentence
    assert "needle backup --list" in ended.err


def test_a_damaged_file_is_said_by_each_command_in_a_sentence(
    morning: Needle, database: Path
) -> None:
    morning("backup")
    database.write_bytes(b"")
    for line in (["today"], ["tick", "film"], ["backup"]):
        ended = morning(*line)
        assert ended.code == 1
        assert ended.is_a_sentence
        assert "there are backups" in ended.err
    assert database.read_bytes() == b""
    assert morning("restore", "2026-11-24").code == 0
    assert morning("tick", "film").code == 0


def test_a_check_says_what_is_well_and_exits_with_0(morning: Needle) -> None:
    morning("log", "12", "--with", "Acme Corp")
    ended = morning("check")
    assert (ended.code, ended.err) == (0, "All is well.\n")
    assert "ok     The file is whole" in ended.lines
    assert all(line.startswith("ok     ") for line in ended.lines)


def test_a_check_says_what_is_wrong_and_exits_with_1(morning: Needle, database: Path) -> None:
    sql(database, "UPDATE activity SET rank = 1")
    ended = morning("check")
    assert ended.code == 1
    assert ended.err == "1 check found something wrong: see above.\n"
    assert "wrong  Ranks go from 1 on, each once" in ended.lines


def test_a_check_of_a_damaged_file_names_the_newest_good_backup(
    morning: Needle, database: Path
) -> None:
    for number in range(20):
        morning("log", "1", "--note", f"{number} " * 200)
    morning("backup")
    sql(database, "PRAGMA wal_checkpoint(TRUNCATE)")
    overwrite(database, 4096)
    ended = morning("check")
    assert ended.code == 1
    assert len(ended.err.splitlines()) == 1
    assert "Go back to the newest good backup" in ended.err
    command = ended.err.split("needle ", 1)[1].split()
    assert morning(*command).code == 0
    assert morning("check").code == 0


def test_a_check_of_nothing_makes_no_file(needle: Needle, database: Path) -> None:
    ended = needle("check")
    assert ended.code == 1
    assert ended.is_a_sentence
    assert not database.exists()
