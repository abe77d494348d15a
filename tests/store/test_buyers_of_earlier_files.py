"""A file from before there were buyers, filled with real calls and the sample data, is brought up.

Version 7 has neither contacts nor offers, so both steps that bring them are made.
"""

import csv
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from needlemover.domain.calls.entry import Outcome, contact_key, fills_quota
from needlemover.store.care.checks import run_checks
from needlemover.store.store import Store

from ..conftest import SetClock
from .conftest import sql

DATA = Path(__file__).parent.parent / "data"
SALES = 2
"""The sales activity of the file."""
FIRST_CALL, FIRST_OF_SAMPLE, TIMES = 1_000, 10_000, 10
CLIENTS = 407
"""As many contacts have the real calls: each has seven or eight calls, over several days."""
ROW = """INSERT INTO entry (id, activity_id, day, seconds, count, outcome, contact, contact_key,
    amount, follows, fills_quota, source, logged_at, logged_on)
    VALUES (:id, 2, :day, :seconds, 1, :outcome, :contact, :key, :amount, :follows, :fills, 'csv',
        :day || 'T10:00:00Z', :day)"""
SHIFTED = {"id", "activity_id", "problem_id", "came_from", "follows"}


def spelled(row: int) -> str:
    """A client's name, in one of the ways in which it was typed."""
    name = f"Café Straße {row % CLIENTS}"
    return (name, name.upper(), f"  {name}", name.replace("é", "e\N{COMBINING ACUTE ACCENT}"))[
        row // CLIENTS % 4
    ]


def real_calls() -> Iterator[dict[str, Any]]:
    """The 300 real calls ten times, a day each. Of ten, two ask, and the next answers one of them.

    One answer is a win with an amount, the second a win without, the third a loss, the fourth
    none: then the ask is still open.
    """
    with (DATA / "bank-calls-300.csv").open(newline="") as file:
        calls = list(csv.DictReader(file))
    for row in range(TIMES * len(calls)):
        call = calls[row % len(calls)]
        day = date.fromisoformat(call["date"]) + timedelta(days=row // len(calls))
        outcome, amount, follows = Outcome.TALKED, None, None
        contact = spelled(row)
        match row % 10:
            case 3:
                outcome = Outcome.NO_ANSWER
            case 5:
                outcome, amount = Outcome.ASKED, 100_000 + row
            case 6 if row // 10 % 4 != 3:
                outcome = Outcome.LOST if row // 10 % 4 == 2 else Outcome.WON
                amount = 90_000 + row if row // 10 % 4 == 0 else None
                contact, follows = spelled(row - 1), FIRST_CALL + row - 1
        seconds = int(call["duration_seconds"])
        fills = fills_quota(outcome, seconds, 1, is_sales=True, follows=follows is not None)
        yield {
            "id": FIRST_CALL + row, "day": day.isoformat(), "seconds": seconds,
            "outcome": outcome, "contact": contact, "key": contact_key(contact),
            "amount": amount, "follows": follows, "fills": fills,
        }  # fmt: skip


def copied(table: str, columns: list[str]) -> str:
    """Copies the rows of the sample data behind those that are there."""
    values = (
        f"{name} + {FIRST_OF_SAMPLE}" if name in SHIFTED
        else "rank + 4" if name == "rank"
        else "NULL" if name == "batch_id"
        else f"'sample ' || {name}" if table == "activity" and name.startswith("name")
        else f'"{name}"'
        for name in columns
    )  # fmt: skip
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} FROM sample.{table}"


@pytest.fixture
def version_7(tmp_path: Path, sample_file: Path) -> Path:
    """A file of version 7 with its own undo history, the real calls and the sample data."""
    path = tmp_path / "data" / "needlemover.db"
    path.parent.mkdir()
    shutil.copyfile(DATA / "schema" / "version-7.db", path)
    path.chmod(0o600)
    sample = shutil.copyfile(sample_file, tmp_path / "sample.db")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ATTACH ? AS sample", (str(sample),))
        with connection:
            connection.executemany(ROW, real_calls())
            for table in ("activity", "commitment", "problem", "entry"):
                found = connection.execute(f"PRAGMA main.table_info({table})")
                connection.execute(copied(table, [row[1] for row in found]))
    return path


def day_sums(path: Path) -> list[list[tuple[Any, ...]]]:
    """Of each day: the seconds and counts of its entries, its dials and conversations."""
    of_day_sum = "day, activity_id, hour, seconds, dials, conversations"
    return [
        sql(path, "SELECT day, sum(seconds), sum(count) FROM entry GROUP BY day"),
        sql(path, f"SELECT {of_day_sum} FROM day_sum ORDER BY 1, 2, 3"),
    ]


def test_real_calls_and_the_sample_data_come_up_with_every_name_and_every_sum(
    version_7: Path, clock: SetClock
) -> None:
    rows = sql(version_7, "SELECT id, outcome, contact, amount, follows FROM entry")
    names = {row[2] for row in rows if row[2] is not None}
    keys = {contact_key(name) for name in names}
    offers = {row[0]: row[3] for row in rows if row[1] == "asked" and row[3]}
    won_without = [row[4] for row in rows if row[1] == "won" and row[3] is None]
    before = sum(row[3] or 0 for row in rows)
    after = before - sum(offers.values()) + sum(offers.get(ask, 0) for ask in won_without)
    sums = day_sums(version_7)

    # Both are in it: real clients in several spellings, and buyers of the sample data.
    assert len({name for name in names if "stra" in contact_key(name)}) > 3 * CLIENTS
    assert len([key for key in keys if "café strasse" in key]) == CLIENTS
    assert {"acme corp", "fjord logistics"} <= keys
    real = sum(100_000 + row for row in range(5, 3_000, 10))
    assert sum(amount for ask, amount in offers.items() if ask < FIRST_OF_SAMPLE) == real
    moved = sum(100_000 + row for row in range(15, 3_000, 40))
    assert sum(offers.get(ask, 0) for ask in won_without) == moved

    with closing(Store(version_7, clock)) as store:
        found = [buyer.contact.name for buyer in store.contacts.all()]
        assert sorted(map(contact_key, found)) == sorted(keys)
        assert set(found) <= names
        assert day_sums(version_7) == sums
        news = store.offers.news()
        assert news is not None
        assert (news.before, news.after) == (before, after)
        numbers = store.numbers.snapshot(whole=True)
        received = sum(item.money for item in numbers.returns)
        assert received + numbers.untraced_money == after
        wrong = [item.name for item in run_checks(version_7, clock).wrong]
        assert wrong == ["What was done is in a backup"]

        said = [store.journal.undo(), store.journal.undo()]
        assert [label.partition(" (")[0] for label in said] == [
            "Started “Sales conversations”", "Logged 7:00, talked, with “Nordwind AG”",
        ]  # fmt: skip
        assert store.timer.running() is None
        assert day_sums(version_7) != sums
        assert [store.journal.redo(), store.journal.redo()] == said[::-1]
        assert day_sums(version_7) == sums
        running = store.timer.running()
        assert running is not None
        assert running.contact == "Acme Corp"
