"""Makes the file of this version with its own commands: python tests/data/schema/make.py

Run once when a version is complete; the file is kept as it is from then on, so that every later
version is tested on a real file of it. version-1.db was made by the program of that version.
"""

import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import time_machine

from needlemover.__main__ import main

HERE = Path(__file__).parent
CALLS = "calls.csv"
BERLIN = ZoneInfo("Europe/Berlin")

LINES = (
    ((16, 8, 0), ("activity", "add", "Film one video", "--days", "daily")),
    ((16, 8, 1), ("activity", "add", "Sales conversations", "--sales", "--minutes", "60",
                  "--count", "10", "--rule", "any")),
    ((16, 8, 2), ("activity", "add", "Newsletter", "--days", "mon,wed", "--minutes", "30")),
    ((16, 8, 3), ("activity", "add", "Old habit")),
    ((16, 9, 0), ("log", "12", "--with", "Acme Corp", "--outcome", "asked")),
    ((16, 9, 30), ("log", "0.5", "--with", "J. Diaz", "--outcome", "no_answer")),
    ((16, 17, 0), ("tick", "film")),
    ((17, 9, 0), ("log", "45", "news", "--note", "x [/bob] = \u201cquoted\u201d")),
    ((17, 11, 0), ("log", "18", "--with", "Foo GmbH", "--outcome", "won", "--amount", "1200.50")),
    ((18, 9, 0), ("tick", "film", "--day", "2026-11-17")),
    ((18, 10, 0), ("off", "2026-12-24", "2027-01-01", "--reason", "Holidays")),
    ((18, 10, 5), ("off", "2026-11-20", "--activity", "news")),
    ((18, 11, 0), ("earn", "300", "--with", "Foo GmbH")),
    ((18, 12, 0), ("settings", "hourly_worth", "60")),
    ((19, 9, 0), ("activity", "edit", "film", "--days", "mon-fri")),
    ((19, 9, 5), ("activity", "archive", "old")),
    ((19, 9, 10), ("activity", "rank", "sales", "1")),
    ((19, 9, 20), ("park", "Broken [invoice]", "--minutes", "90", "--every", "week",
                   "--cost", "300", "--handover", "240")),
    ((19, 10, 0), ("import", CALLS, "--as", "csv", "--map", "day=date", "--map",
                   "seconds=duration_seconds", "--map", "outcome=subscribed", "--value",
                   "outcome:yes=won", "--value", "outcome:no=talked")),
    ((19, 11, 0), ("contact", "add", "Foo Inc", "--phone", "+49 30 5550142")),
    ((19, 11, 1), ("contact", "merge", "Foo Inc", "Foo GmbH")),
    ((19, 11, 2), ("callback", "J. Diaz", "2026-12-01", "--note", "Back in December.")),
    ((20, 9, 0), ("log", "7", "--with", "Nordwind AG")),
    ((20, 15, 0), ("start", "--with", "Acme Corp")),
    ((20, 15, 1), ("log", "8", "--with", "Nordwind AG")),
    ((20, 15, 2), ("undo",)),
)  # fmt: skip
"""Days of November 2026 and times, and what was typed then."""


def make() -> Path:
    """The file of this version."""
    from needlemover.store.schema import SCHEMA_VERSION

    target = HERE / f"version-{SCHEMA_VERSION}.db"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "needle.db"
        calls = (HERE.parent / "bank-calls-300.csv").read_text(encoding="utf-8").splitlines()
        (Path(folder) / CALLS).write_text("\n".join(calls[:81]), encoding="utf-8")
        os.chdir(folder)
        for (day, hour, minute), line in LINES:
            moment = datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)
            with time_machine.travel(moment, tick=False):
                if main(["--db", str(path), *line]) != 0:
                    sys.exit(f"It was refused: {line}")
        _as_one_file(path)
        target.write_bytes(path.read_bytes())
    return target


def _as_one_file(path: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("VACUUM")
    connection.close()


if __name__ == "__main__":
    print(make())
