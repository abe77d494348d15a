"""Streaks and weeks of real calls, against figures that the csv module alone gives."""

import csv
import os
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from needlemover.domain.progress.quota_history import week_bars
from needlemover.domain.progress.summary import streak_cards
from needlemover.store.store import Store

from ..cli.conftest import Needle
from ..conftest import MONDAY_TO_FRIDAY, terms
from .test_import_command import AS_CALLS, FIXTURE

FIRST = date(2008, 5, 5)
"""A Monday."""
QUOTA = 60
WHOLE_FILE = os.environ.get("NEEDLE_REAL_CALLS", "")


def calls_by_day(path: str) -> dict[date, list[int]]:
    """The seconds of every call, by its day."""
    found: dict[date, list[int]] = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            seconds = int(row["duration_seconds"])
            found.setdefault(date.fromisoformat(row["date"]), []).append(seconds)
    return found


def runs_of(calls: dict[date, list[int]], last: date) -> list[tuple[date, date, int]]:
    """First day, last day and number of each row of Mondays to Fridays with enough calls."""
    runs: list[tuple[date, date, int]] = []
    alive = False
    day = FIRST
    while day <= last:
        if day.weekday() < 5:
            enough = len(calls.get(day, ())) >= QUOTA
            if enough and alive:
                runs[-1] = (runs[-1][0], day, runs[-1][2] + 1)
            elif enough:
                runs.append((day, day, 1))
            alive = enough
        day += timedelta(days=1)
    return runs


def check(needle: Needle, data: Store, path: str, mondays: list[date]) -> None:
    calls = calls_by_day(path)
    data.activities.add(
        "Sales conversations", terms(None, QUOTA, days=MONDAY_TO_FRIDAY), is_sales=True,
        start=FIRST,
    )  # fmt: skip
    assert needle("import", path, "--as", "csv", *AS_CALLS).code == 0
    snapshot = data.progress.record()
    last = max(calls)
    for as_of in (FIRST, last, snapshot.today):
        expected = runs_of(calls, as_of if as_of < snapshot.today else as_of - timedelta(days=1))
        for card in streak_cards(snapshot, as_of):
            assert [(run.start, run.end, run.days) for run in card.streak.runs] == expected
            assert card.streak.best == max(run[2] for run in expected)
    for monday in mondays:
        week = [monday + timedelta(days=number) for number in range(7)]
        counts = Counter({day: len(calls.get(day, ())) for day in week})
        (bar,) = week_bars(snapshot, monday, monday)
        assert bar.count == sum(counts.values())
        assert bar.seconds == sum(sum(calls.get(day, ())) for day in week)
        assert bar.met == sum(counts[day] >= QUOTA for day in week[:5])
        assert bar.quota_count == 5 * QUOTA
        # Monday 5 May 2008 is the first day; it is due because it was met.
        assert bar.due == 5


def test_real_calls_make_the_streak_and_the_week_that_the_file_says(
    needle: Needle, data: Store
) -> None:
    check(needle, data, FIXTURE, [FIRST])


@pytest.mark.skipif(not Path(WHOLE_FILE).is_file(), reason="NEEDLE_REAL_CALLS names no file")
def test_all_real_calls_make_the_streaks_and_weeks_that_the_file_says(
    needle: Needle, data: Store
) -> None:
    check(needle, data, WHOLE_FILE, [FIRST, date(2008, 7, 28), date(2009, 4, 13)])
