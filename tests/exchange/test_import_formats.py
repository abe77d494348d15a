"""needle import of other programs' files, also as a program of its own."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from needlemover.__main__ import main

from ..cli.conftest import Needle, program
from ..forked import instead
from .reading import DATA, packed
from .test_phones import takeout
from .workbooks import row, xlsx

__all__ = ["program"]

HARSH_LOG = "2020-03-02 : Gym : y : legs : 0\n2020-03-03 : Gym : s : ill : 0\n"
WATSON = '[[1583140000, 1583143600, "Offers", "a1", ["bakery"], 1583143600]]'
TIMEWARRIOR = "inc 20200302T080000Z - 20200302T093000Z # offers\n"
TOGGL = (
    "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,"
    "Duration,Tags\n,,,Website,,Draft,No,2020-03-02,09:00:00,2020-03-02,10:30:00,01:30:00,\n"
)
CLOCKIFY = (
    "Project,Client,Description,Start Date,Start Time,End Date,End Time,Duration (h)\n"
    "Website,,Draft,03/04/2020,09:00,03/04/2020,10:30,01:30:00\n"
)
AIRCALL = (
    "datetime (UTC),direction,from,to,answered,duration (total),duration (in call)\n"
    "2020-03-02 09:00:00,outbound,1,2,Yes,90,60\n"
)


def write(folder: Path, content: str, name: str = "file") -> str:
    (folder / name).write_text(content, encoding="utf-8")
    return str(folder / name)


def today(command: Needle, day: str) -> dict[str, object]:
    shown = command("today", "--day", day, "--json").json
    assert isinstance(shown, dict)
    return shown


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (HARSH_LOG, "Reading what harsh keeps: log."),
        ("# mine\nGym: 3/7\n", "Reading what harsh keeps: habits."),
        (WATSON, "Reading the frames of Watson"),
        (TIMEWARRIOR, "Reading the intervals of Timewarrior"),
        (
            '[\n{"id":1,"start":"20200302T080000Z","end":"20200302T093000Z","tags":["a"]}\n]',
            "Reading the intervals of Timewarrior",
        ),
        (TOGGL, "It is an export of Toggl Track, detailed report."),
        (AIRCALL, "It is an export of Aircall calls."),
        ("day,seconds\n2020-03-02,60\n", "Reading day from “day”, seconds from “seconds”."),
    ],
)
def test_a_format_is_found_out_from_the_content(
    needle: Needle, tmp_path: Path, content: str, said: str
) -> None:
    told = needle("import", write(tmp_path, content))
    assert told.code == 0
    assert said in told.err
    assert told.out == ""
    assert "To take them back: needle undo." in told.err


def test_the_zip_and_the_backup_of_loop_are_found_out(needle: Needle, tmp_path: Path) -> None:
    zipped = packed(DATA / "loop" / "csv", tmp_path / "anything.bin")
    told = needle("import", str(zipped), "--dry-run")
    assert "Reading the export of Loop Habit Tracker (CSV)." in told.err
    backup = tmp_path / "backup"
    import sqlite3

    connection = sqlite3.connect(backup)
    connection.executescript((DATA / "loop" / "backup.sql").read_text(encoding="utf-8"))
    connection.close()
    told = needle("import", str(backup), "--dry-run")
    assert "Reading the backup of Loop Habit Tracker." in told.err


def test_a_trial_says_what_comes_and_what_does_not_and_changes_nothing(
    needle: Needle, tmp_path: Path
) -> None:
    write(tmp_path, "Gym: 3/7\nStocktaking: 2w\nOffers: 1\n", "habits")
    needle("activity", "add", "OFFERS", "--days", "daily")
    log = f"{HARSH_LOG}2020-03-02 : Offers : y\n2020-03-32 : Gym : y\n"
    path = write(tmp_path, log, "log")
    said = needle("import", path, "--dry-run")
    assert (said.code, said.err.splitlines()) == (
        0,
        [
            "Reading what harsh keeps: log and habits.",
            "Nothing is promised for what is due neither daily nor by the week: “Stocktaking” "
            "(2w).",
            "A promise by the week counts calendar weeks here, not any 7 days in a row.",
            "New activity “Gym” (3 times a week): 1 entry.",
            "New activity “Stocktaking” (nothing promised): 0 entries.",
            "“Offers” goes to “OFFERS”, which is here already, and its promise stays as it is: "
            "1 entry.",
            "line 4: “2020-03-32” is not a date like 2026-11-24.",
            "Would add 2 entries and 1 day off; 0 already here, 1 bad.",
        ],
    )
    assert "Gym" not in needle("activity", "list").out
    assert [path.name for path in tmp_path.iterdir() if "rejects" in path.name] == []


def test_an_import_is_one_step_and_comes_in_once(needle: Needle, tmp_path: Path) -> None:
    path = write(tmp_path, HARSH_LOG, "log")
    assert "Added 1 entry and 1 day off; 0 already here, 0 bad." in needle("import", path).err
    again = needle("import", path)
    assert "Added 0 entries; 1 already here, 0 bad." in again.err
    assert "nothing was changed" in again.err
    undone = needle("undo")
    assert "Imported 1 entry, 1 activity, 1 day off from “log”" in undone.err + undone.out
    assert "Gym" not in needle("activity", "list").out


def test_everything_can_go_to_one_activity(needle: Needle, tmp_path: Path) -> None:
    needle("activity", "add", "Work", "--minutes", "30", "--from", "2020-03-02", "--days", "daily")
    path = write(tmp_path, TOGGL)
    assert needle("import", path, "--activity", "wo").code == 0
    (work,) = today(needle, "2020-03-02")["activities"]  # type: ignore[misc]
    assert (work["name"], work["seconds"]) == ("Work", 5400)
    told = needle("import", path, "--activity", "Garden")
    assert (told.code, "Traceback" in told.err) == (2, False)


def test_a_zone_of_its_own_moves_the_start(needle: Needle, tmp_path: Path) -> None:
    path = write(tmp_path, TOGGL.replace("09:00:00", "02:00:00").replace("10:30:00", "03:30:00"))
    said = needle("import", path, "--zone", "Asia/Tokyo")
    assert "Its times have no zone and are read in Asia/Tokyo." in said.err
    wrong = needle("import", path, "--zone", "../../etc/passwd")
    assert wrong.code == 2
    assert wrong.is_a_sentence


def test_an_unclear_date_has_to_be_said(needle: Needle, tmp_path: Path) -> None:
    path = write(tmp_path, CLOCKIFY)
    said = needle("import", path)
    assert said.code == 2
    assert said.is_a_sentence
    assert said.err == (
        "Which day is “03/04/2020”? --date-format %d/%m/%Y (Friday 3 April 2020), or "
        "--date-format %m/%d/%Y (Wednesday 4 March 2020). Nothing was changed.\n"
    )
    assert needle("import", path, "--date-format", "%m/%d/%Y").code == 0
    (website,) = today(needle, "2020-03-04")["activities"]  # type: ignore[misc]
    assert website["seconds"] == 5400
    assert "Added 0 entries; 1 already here" in needle(
        "import", path, "--date-format", "%d/%m/%Y"
    ).err  # fmt: skip


@pytest.mark.parametrize(
    ("content", "arguments", "code"),
    [
        (TOGGL, ("--as", "loop"), 1),
        (TOGGL, ("--as", "watson"), 1),
        (TOGGL, ("--as", "harsh"), 1),
        (TOGGL, ("--as", "aircall"), 1),
        (TOGGL, ("--as", "excel"), 2),
        (WATSON, ("--as", "csv"), 2),
        ('{"version": 1}', (), 1),
        ("[[1, 2", (), 1),
        ("PK\x03\x04 and no more", (), 1),
        ("SQLite format 3\0 and no more", (), 1),
        ("", ("--as", "watson"), 1),
        (WATSON, ("--activity", "Nobody"), 1),
        (WATSON, ("--source", "timer"), 2),
    ],
)
@pytest.mark.usefixtures("begun")
def test_what_cannot_be_read_is_one_plain_sentence(
    needle: Needle, tmp_path: Path, content: str, arguments: tuple[str, ...], code: int
) -> None:
    said = needle("import", write(tmp_path, content), *arguments)
    assert said.code == code
    assert said.is_a_sentence, said.err
    assert needle("today", "--json").json["activities"] == []


def test_as_goes_before_the_content(program: Needle, tmp_path: Path) -> None:
    path = write(tmp_path, AIRCALL)
    said = program(
        "import", path, "--as", "csv", "--map", "seconds=duration (in call)", "--value",
        "outcome:Yes=talked", "--dry-run",
    )  # fmt: skip
    assert said.code == 0
    assert "Aircall" not in said.err


def test_bad_rows_of_any_format_are_kept_and_strict_stops_at_the_first(
    needle: Needle, tmp_path: Path
) -> None:
    path = write(tmp_path, WATSON[:-1] + ', [2, 1, "Offers", "b2", [], 1]]', "frames")
    strict = needle("import", path, "--strict")
    assert strict.code == 1
    assert "Frame 2: it ends before it begins. Nothing was changed" in strict.err
    said = needle("import", path)
    assert "frame 2: it ends before it begins." in said.err
    assert "The bad rows are listed in" in said.err
    assert (tmp_path / "frames.rejects.csv").is_file()


def test_names_of_other_programs_are_data(needle: Needle, tmp_path: Path) -> None:
    name = "[/b] \x1b[31m =1+1"
    frames = json.dumps([[1583140000, 1583143600, name, "a1", [name], 1]])
    said = needle("import", write(tmp_path, frames))
    assert said.code == 0
    assert "\x1b" not in said.err
    assert "\x1b" not in needle("activity", "list").out


def in_a_terminal(path: str, typed: str, *options: str) -> tuple[int, str]:
    """Run an import in a terminal where somebody types."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        ["needle"],
        preexec_fn=instead(lambda: main(["import", path, *options])),
        stdin=follower,
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    os.write(leader, typed.encode())
    shown = b""
    while True:
        try:
            block = os.read(leader, 4096)
        except OSError:
            break
        if not block:
            break
        shown += block
    os.close(leader)
    return process.wait(timeout=60), shown.decode("utf-8", "replace")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_a_large_import_is_asked_about_in_a_terminal(program: Needle, tmp_path: Path) -> None:
    frames = [[1583140000 + n * 60, 1583140030 + n * 60, "Offers", f"a{n}"] for n in range(500)]
    path = write(tmp_path, json.dumps(frames))
    code, shown = in_a_terminal(path, "n\n")
    assert code == 1
    assert "Would add 500 entries" in shown
    assert "Import it?" in shown
    assert "nothing was changed" in shown
    code, shown = in_a_terminal(path, "y\n")
    assert code == 0
    assert "Added 500 entries" in shown


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_an_unclear_date_is_asked_about_in_a_terminal(program: Needle, tmp_path: Path) -> None:
    code, shown = in_a_terminal(write(tmp_path, CLOCKIFY), "2\n")
    assert code == 0
    assert "1  Friday 3 April 2020" in shown
    assert "2  Wednesday 4 March 2020" in shown
    assert "Added 1 entry" in shown


def test_tags_of_timewarrior_are_asked_about_unless_all_goes_to_one(
    needle: Needle, tmp_path: Path
) -> None:
    path = write(tmp_path, "inc 20200302T080000Z - 20200302T093000Z # offers acme\n")
    asked = needle("import", path)
    assert asked.code == 2
    assert "--tag offers (“offers”, 1 interval), or --tag acme (“acme”, 1 interval)" in asked.err
    needle("activity", "add", "Work", "--days", "daily")
    assert "Added 1 entry" in needle("import", path, "--activity", "Work").err
    needle("undo")
    assert "New activity “acme”" in needle("import", path, "--tag", "acme").err


def test_a_takeout_of_google_voice_is_a_folder(needle: Needle, tmp_path: Path) -> None:
    folder = takeout(tmp_path / "takeout")
    told = needle("import", str(folder))
    assert told.code == 0
    assert "It is an export of Google Voice." in told.err
    assert "Added 2 entries" in told.err


def test_a_workbook_with_several_sheets_is_asked_about(needle: Needle, tmp_path: Path) -> None:
    rows = row(1, "day", "seconds") + row(2, "2020-03-02", (60, 0))
    path = str(xlsx(tmp_path / "calls.xlsx", First=rows, Second=rows))
    asked = needle("import", path)
    assert asked.code == 2
    assert "--sheet First (“First”), or --sheet Second (“Second”)" in asked.err
    assert "Added 1 entry" in needle("import", path, "--sheet", "First").err
