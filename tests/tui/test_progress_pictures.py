"""What a person sees of Progress, at two sizes. Look at each picture before taking a new one."""

import random
from datetime import date, datetime, timedelta

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.promises.commitment import MONDAY_TO_FRIDAY
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.file import Database
from needlemover.store.schema.tables import ENTRY
from needlemover.store.store import Store
from needlemover.tui.app import NeedleApp

from ..conftest import SetClock, terms
from .conftest import TODAY, Morning
from .picture import Compare, Picture, press

PARTLY_DONE = date(2026, 11, 20)


def promise(store: Store, clock: SetClock, start: date) -> list[int]:
    """Four activities, promised from a day on."""
    clock.set(datetime(start.year, start.month, start.day, 8, 0))
    return [
        store.activities.add("Film one video", terms()).id,
        store.activities.add(
            "Sales conversations", terms(45, 8, days=MONDAY_TO_FRIDAY), is_sales=True
        ).id,
        store.activities.add("Manage the mastermind", terms(30, days=MONDAY_TO_FRIDAY)).id,
        store.activities.add("Ask for referrals", terms(count=3, days=frozenset({4}))).id,
    ]


def fill(store: Store, clock: SetClock, start: date, ids: list[int], gaps: set[int]) -> None:
    """What was done from a day to yesterday, each in one row, written all at once.

    Args:
        store: the data.
        clock: is left at the afternoon of today.
        start: the first day.
        ids: of the activities, as `promise` gives them.
        gaps: in which months (of the year) nothing was done for two weeks.
    """
    chance = random.Random(start.toordinal())
    rows = []
    for number in range((TODAY - start).days):
        day = start + timedelta(days=number)
        if day.month in gaps and day.day < 15:
            continue
        slips = 0.5 if chance.random() < (0.3 if day.weekday() == 4 else 0.1) else 0.0
        for place, activity_id in enumerate(ids):
            luck = chance.random()
            is_free = place > 0 and (day.weekday() > 4 or day == PARTLY_DONE)
            if is_free or luck < slips:
                continue
            seconds = chance.randrange(3600, 5400) if not slips else 1500
            rows.append(
                {
                    "activity_id": activity_id,
                    "day": day,
                    "seconds": seconds if place in (1, 2) else 0,
                    "outcome": Outcome.TALKED if place == 1 else None,
                    "count": (1, chance.randrange(10, 14), 1, 3)[min(place, 3)],
                    "fills_quota": True,
                    "source": "hand",
                    "logged_at": datetime(day.year, day.month, day.day, 17, tzinfo=clock.zone()),
                    "logged_on": day + timedelta(days=luck > 0.97),
                }
            )
    database = Database(store.path, store.clock)
    with database.writing() as connection:
        connection.execute(ENTRY.insert(), rows)
    database.close()
    clock.set(datetime(2026, 11, 24, 15, 40))


@pytest.fixture
def year_with_gaps(store: Store, clock: SetClock) -> list[int]:
    """A year in which some weeks went wrong, days off, and a promise that grew."""
    start = date(2025, 12, 1)
    ids = promise(store, clock, start)
    clock.set(datetime(2026, 9, 1, 8, 0))
    store.activities.edit(ids[1], terms=terms(60, 10, days=MONDAY_TO_FRIDAY))
    fill(store, clock, start, ids, {2, 6})
    store.days_off.add(date(2026, 8, 3), date(2026, 8, 14), reason="The sea")
    store.days_off.add(date(2026, 12, 24), date(2027, 1, 1), reason="Holidays")
    store.progress.note_reason("Train stood still in [b]Graz[/b]", PARTLY_DONE)
    return ids


def test_a_new_user_with_two_days(
    picture: Picture, store: Store, clock: SetClock, size: tuple[int, int]
) -> None:
    ids = promise(store, clock, TODAY - timedelta(days=1))
    store.entries.tick(ids[0])
    store.entries.log(NewEntry(ids[1], seconds=1800, count=5, outcome=Outcome.TALKED))
    clock.set(datetime(2026, 11, 24, 15, 40))
    store.entries.tick(ids[0])
    app = NeedleApp(store, clock)
    picture(app, terminal_size=size, run_before=press("2"))


def test_a_year_with_gaps(
    snap_compare: Compare,
    store: Store,
    clock: SetClock,
    year_with_gaps: list[int],
    size: tuple[int, int],
) -> None:
    app = NeedleApp(store, clock)
    keys = ("2", "tab", "up", "up", "up", "up")
    assert snap_compare(app, terminal_size=size, run_before=press(*keys))


def test_ten_years(picture: Picture, store: Store, clock: SetClock, size: tuple[int, int]) -> None:
    start = date(2016, 11, 28)
    ids = promise(store, clock, start)
    more = ("Newsletter", "Upsell calls", "Plan tomorrow", "Answer in the forum")
    extra = [store.activities.add(name, terms(days=MONDAY_TO_FRIDAY)).id for name in more]
    fill(store, clock, start, [*ids, *extra], {3})
    app = NeedleApp(store, clock)
    keys = ("escape", "2") if size == (80, 24) else ("escape", "2", "w")  # where the quota is shown
    picture(app, terminal_size=size, run_before=press(*keys))


@pytest.mark.parametrize("presses", [2, 3, 4, 5, 6])
def test_the_other_panels_where_there_is_little_room(
    picture: Picture,
    store: Store,
    clock: SetClock,
    year_with_gaps: list[int],
    presses: int,
) -> None:
    app = NeedleApp(store, clock)
    keys = ("2", *["tab"] * presses)
    picture(app, terminal_size=(80, 24), run_before=press(*keys))


def test_the_quota_by_week(
    picture: Picture,
    store: Store,
    clock: SetClock,
    year_with_gaps: list[int],
    size: tuple[int, int],
) -> None:
    app = NeedleApp(store, clock)
    keys = ("2", "down", "down", "tab", "tab", "w", "w", "w")
    picture(app, terminal_size=size, run_before=press(*keys))


def test_the_review_of_a_month(
    picture: Picture,
    store: Store,
    clock: SetClock,
    year_with_gaps: list[int],
    size: tuple[int, int],
) -> None:
    app = NeedleApp(store, clock)
    picture(app, terminal_size=size, run_before=press("2", "r", "m", "left"))


@pytest.mark.parametrize("key", ["o", "n"])
def test_the_dialogs(
    picture: Picture,
    store: Store,
    clock: SetClock,
    morning: Morning,
    size: tuple[int, int],
    key: str,
) -> None:
    app = NeedleApp(store, clock)
    keys = ("2", "tab", *["up"] * 12, key)
    picture(app, terminal_size=size, run_before=press(*keys))


def test_a_light_theme(
    picture: Picture, store: Store, clock: SetClock, year_with_gaps: list[int]
) -> None:
    from needlemover.config import Config

    app = NeedleApp(store, clock, config=Config(theme="needle-light"))
    picture(app, terminal_size=(120, 40), run_before=press("2", "tab"))
