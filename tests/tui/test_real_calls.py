"""The app on real calls (tests/data says whose they are)."""

import csv
from datetime import date
from pathlib import Path

from needlemover.domain.calls.entry import Outcome
from needlemover.store.imports.content import ImportedEntry
from needlemover.store.store import Store

from .conftest import Drive

CALLS = Path(__file__).parent.parent / "data" / "bank-calls-300.csv"


async def test_the_app_shows_a_past_day_of_imported_calls(drive: Drive, store: Store) -> None:
    with CALLS.open(newline="") as file:
        rows = list(csv.DictReader(file))
    store.imports.add(
        (
            ImportedEntry(
                row=str(row),
                day=date.fromisoformat(row["date"]),
                seconds=int(row["duration_seconds"]),
                outcome=Outcome.WON if row["subscribed"] == "yes" else Outcome.LOST,
            )
            for row in rows
        ),
        source="csv",
        file_name=CALLS.name,
    )
    first = date.fromisoformat(rows[0]["date"])
    same_day = [row for row in rows if row["date"] == rows[0]["date"]]
    minutes = sum(int(row["duration_seconds"]) for row in same_day) // 60
    async with drive((80, 24)) as user:
        user.today.show_day(first)
        await user.pilot.pause()
        text = user.screen_text()
        assert "Mon 5 May 2008" in text
        assert f"{len(same_day)} dials" in text
        assert f" {minutes} min" in text
