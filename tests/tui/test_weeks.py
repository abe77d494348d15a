"""The weeks beside Today: 12, where there is room 26 or 52, from the first tracked one on."""

from contextlib import closing
from datetime import date, datetime, timedelta

import pytest

from needlemover.domain.progress.record import record
from needlemover.store.store import Store

from ..conftest import SetClock, terms
from .conftest import Drive, Driven, Morning
from .hands import Hands


@pytest.fixture
def year(store: Store, clock: SetClock) -> Store:
    """A promise of every day that is more than a year old, and kept on two Mondays alone."""
    clock.set(datetime(2025, 10, 1, 9))
    film = store.activities.add("Film", terms())
    for day in (date(2026, 6, 1), date(2026, 6, 8)):
        clock.set(datetime(day.year, day.month, day.day, 9))
        store.entries.tick(film.id)
    clock.set(datetime(2026, 11, 24, 9))
    store.begin_use()
    return store


def weeks(user: Driven) -> tuple[str, str]:
    """The title of the panel, and the signs of its Mondays."""
    region = user.today.query_one("#weeks").region
    lines = [line[region.x : region.right] for line in user.screen_text().splitlines()]
    title, monday = lines[region.y], lines[region.y + 1]
    return title.strip("╭╮─ "), monday.replace("Mon", "").replace(" ", "").strip("│┃")


@pytest.mark.parametrize(
    ("size", "title", "monday"),
    [
        ((120, 40), "LAST 12 WEEKS", "□" * 12),
        ((160, 50), "LAST 26 WEEKS", "■■" + "□" * 24),
        ((200, 60), "LAST 26 WEEKS", "■■" + "□" * 24),
        ((300, 60), "LAST 52 WEEKS", "□" * 26 + "■■" + "□" * 24),
    ],
)
async def test_as_many_weeks_are_shown_as_there_is_room_for(
    drive: Drive, year: Store, size: tuple[int, int], title: str, monday: str
) -> None:
    async with drive(size) as user:
        assert weeks(user) == (title, monday)


async def test_another_window_shows_more_or_fewer_of_them(drive: Drive, year: Store) -> None:
    async with drive((120, 40)) as user:
        hands = Hands(user.app)
        await hands.resize(300, 60)
        assert weeks(user)[0] == "LAST 52 WEEKS"
        await hands.resize(160, 50)
        assert weeks(user) == ("LAST 26 WEEKS", "■■" + "□" * 24)
        await hands.resize(120, 40)
        assert weeks(user) == ("LAST 12 WEEKS", "□" * 12)


async def test_a_year_is_read_only_where_it_is_shown(
    drive: Drive, year: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[bool] = []
    read = Store.year

    def noted(store: Store) -> object:
        reads.append(user_sees)
        return read(store)

    monkeypatch.setattr(Store, "year", noted)
    user_sees = False  # until the first picture stands
    async with drive((120, 40)) as user:
        user_sees = True
        await user.press("space")
        assert reads == []
        await Hands(user.app).resize(160, 50)
        assert reads
        assert all(reads)


async def test_a_few_weeks_leave_no_room_for_those_before(
    drive: Drive, morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(Store, "year")  # there is no more to read
    async with drive((160, 50)) as user:
        assert weeks(user)[0] == "LAST 4 WEEKS"
        await Hands(user.app).resize(120, 40)
        assert weeks(user)[0] == "LAST 4 WEEKS"


async def test_where_nothing_is_promised_yet_nothing_is_cut(drive: Drive) -> None:
    for width in (110, 112, 120):
        async with drive((width, 30)) as user:
            await user.press("escape", "escape")
            assert weeks(user) == ("THIS WEEK", "")


async def test_what_another_process_does_to_a_week_long_past_is_shown(
    drive: Drive, year: Store, clock: SetClock
) -> None:
    async with drive((160, 50)) as user:
        with closing(Store(year.path, clock)) as other:
            film = other.activities.all()[0].id
            other.entries.tick(film, day=date(2026, 6, 15))
            await user.follow()
            assert weeks(user)[1] == "■■■" + "□" * 23
            other.journal.undo()
        await user.follow()
        assert weeks(user)[1] == "■■" + "□" * 24


async def test_a_week_that_begins_moves_them_on(drive: Drive, year: Store, clock: SetClock) -> None:
    async with drive((160, 50)) as user:
        clock.set(datetime(2026, 11, 30, 3, 59))
        await user.follow()
        assert weeks(user)[1] == "■■" + "□" * 24  # Sunday still
        clock.set(datetime(2026, 11, 30, 4, 0))
        await user.follow()
        assert weeks(user)[1] == "■" + "□" * 24 + "▶"


async def test_a_click_on_a_day_of_long_ago_opens_it(drive: Drive, year: Store) -> None:
    async with drive((160, 50)) as user:
        region = user.today.query_one("#weeks").region
        line = user.screen_text().splitlines()[region.y + 1]
        await user.click("#weeks", (line.index("■") - region.x, 1))
        assert user.today.snapshot.day == date(2026, 6, 1)


def test_it_is_what_progress_says_and_calls_of_today_leave_it(year: Store, clock: SetClock) -> None:
    found = year.year()
    assert (found[0].day, found[-1].day) == (date(2025, 12, 1), date(2026, 11, 23))
    days = record(year.progress.record(), found[0].day, found[-1].day)
    assert [(item.day, item.status) for item in found] == [(it.day, it.status) for it in days]
    year.entries.tick(1)
    assert year.year() is found
    year.entries.tick(1, day=date(2026, 6, 2))
    with closing(Store(year.path, clock)) as anew:
        assert year.year() == anew.year()
    clock.pass_by(seconds=24 * 3600)
    assert year.year()[-1].day == date(2026, 11, 24)
    assert year.year()[0].day + timedelta(weeks=51) == date(2026, 11, 23)
