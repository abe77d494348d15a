"""The backup of the day, the palette's entries for the data, the undo history."""

import shutil
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from needlemover.domain.errors import DamagedError, NeedleError
from needlemover.store.store import Store
from needlemover.tui import start
from needlemover.tui.app import NeedleApp
from needlemover.tui.care import dialogs
from needlemover.tui.care.care import Care
from needlemover.tui.care.dialogs import FileQuestion, QuestionApp, damaged_file
from needlemover.tui.palette import Actions

from ..conftest import SetClock, terms
from ..store.conftest import add_activities, sql
from ..store.test_backups import overwrite
from ..store.test_locks import is_held
from .conftest import Drive, Driven, Morning

TODAY = date(2026, 11, 24)


async def until(user: Driven, done: Callable[[], bool]) -> None:
    """Wait for what another thread brings about."""
    limit = time.monotonic() + 20
    while not done() and time.monotonic() < limit:
        await user.pilot.pause(0.02)
    assert done()
    await user.pilot.pause()


def care_of(app: NeedleApp) -> Care:
    assert app.care is not None
    return app.care


def command(user: Driven, title: str) -> Callable[[], object]:
    """What the palette does for a title."""
    found = {item.title: item.run for item in Actions(user.app.screen).here()}
    return found[title]


async def test_an_app_backs_up_once_a_day_and_again_after_the_boundary(
    store: Store, clock: SetClock, morning: Morning
) -> None:
    app = NeedleApp(store, clock, cares=True)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        user = Driven(app, pilot)
        assert store.backups.all() == ()
        care_of(app).do_daily()
        await until(user, lambda: len(store.backups.all()) == 1)
        care_of(app).do_daily()
        clock.pass_by(hours=10)  # past midnight, before four
        care_of(app).do_daily()
        assert [item.day for item in store.backups.all()] == [TODAY]
        clock.pass_by(hours=4)
        care_of(app).do_daily()
        await until(user, lambda: len(store.backups.all()) == 2)
        assert {item.day for item in store.backups.all()} == {TODAY, date(2026, 11, 25)}
        assert user.messages() == []
        assert is_held(store.path)


async def test_an_app_that_is_not_asked_to_backs_nothing_up(drive: Drive, store: Store) -> None:
    async with drive() as user:
        await user.pilot.pause(1.2)
        assert not store.backups.folder.exists()


async def test_what_the_quick_check_finds_is_said_and_the_backup_is_still_made(
    store: Store, clock: SetClock, morning: Morning
) -> None:
    store.path.chmod(0o644)
    app = NeedleApp(store, clock, cares=True)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        user = Driven(app, pilot)
        care_of(app).do_daily()
        await until(user, lambda: bool(user.messages()))
        assert "Others on this computer may read" in user.messages()[0]
        assert len(store.backups.all()) == 1


async def test_a_backup_that_cannot_be_made_is_said_once(
    store: Store, clock: SetClock, morning: Morning
) -> None:
    store.backups.folder.touch()  # a file where the folder should be
    app = NeedleApp(store, clock, cares=True)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        user = Driven(app, pilot)
        care_of(app).do_daily()
        await until(user, lambda: bool(user.messages()))
        care_of(app).do_daily()
        (said,) = user.messages()
        assert said.startswith("Today's backup was not made: ")


async def test_a_backup_that_failed_is_tried_again_within_the_hour_and_told_once(
    store: Store, clock: SetClock, morning: Morning
) -> None:
    store.backups.folder.touch()  # a file where the folder should be
    app = NeedleApp(store, clock, cares=True)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        user = Driven(app, pilot)
        care_of(app).do_daily()
        await until(user, lambda: bool(user.messages()))
        clock.pass_by(minutes=31)
        care_of(app).do_daily()  # in vain
        await until(user, lambda: care_of(app)._again_at == clock.now() + timedelta(minutes=30))
        store.backups.folder.unlink()
        care_of(app).do_daily()
        assert store.backups.all() == ()
        clock.pass_by(minutes=31)
        care_of(app).do_daily()
        await until(user, lambda: len(store.backups.all()) == 1)
        assert len(user.messages()) == 1


async def test_damage_that_the_quick_check_finds_ends_the_app(
    store: Store, clock: SetClock, morning: Morning
) -> None:
    app = NeedleApp(store, clock, cares=True)
    async with app.run_test(size=(120, 40)) as pilot:
        sql(store.path, "PRAGMA wal_checkpoint(TRUNCATE)")
        overwrite(store.path, 4096 * 3)
        care_of(app).do_daily()
        await until(Driven(app, pilot), lambda: app._exit)
    assert isinstance(app.failure, DamagedError)


async def test_a_backup_is_made_and_gone_back_to_from_the_palette(
    drive: Drive, store: Store, morning: Morning
) -> None:
    async with drive() as user:
        command(user, "Back up now")()
        await until(user, lambda: "Backed up and checked." in user.messages())
        store.entries.untick(morning.film)
        store.activities.add("Something new", None)
        user.today.refresh_data()
        assert "Something new" in user.checklist_names()

        command(user, "Go back to a backup")()
        await until(user, lambda: "Go back to a backup" in user.screen_text())
        assert "of the day" in user.screen_text()
        await user.press("enter")
        await until(user, lambda: any("Gone back" in said for said in user.messages()))
        assert "Something new" not in user.checklist_names()
        assert len(store.backups.all()) == 2

        command(user, "Go back to a backup")()
        await until(user, lambda: "before going back" in user.screen_text())
        await user.press("escape")
        assert len(store.backups.all()) == 2


async def test_without_a_backup_there_is_none_to_choose(
    drive: Drive, store: Store, morning: Morning
) -> None:
    async with drive(size=(80, 24)) as user:
        command(user, "Go back to a backup")()
        await until(user, lambda: "There is none yet" in user.screen_text())
        await user.press("enter")
        assert "There is no backup to go back to yet" in user.screen_text()


async def test_the_checks_are_made_from_the_palette(
    drive: Drive, store: Store, morning: Morning
) -> None:
    store.backups.make(store.today)
    async with drive() as user:
        command(user, "Check the data")()
        await until(user, lambda: "All is well" in user.screen_text())
        await user.press("q")
        sql(store.path, "UPDATE activity SET rank = 1")
        command(user, "Check the data")()
        await until(user, lambda: "checks found something wrong" in user.screen_text())
        assert "! Ranks go from 1 on, each once" in user.screen_text()


async def test_the_history_says_what_would_be_undone_and_undoes_it(
    drive: Drive, store: Store, morning: Morning
) -> None:
    store.activities.add("x [/bob]", None)
    store.entries.tick(morning.newsletter)
    async with drive() as user:
        await user.press("H")
        lines = user.screen_text().splitlines()
        first, second = (next(y for y, line in enumerate(lines) if text in line)
                         for text in ("Ticked “Newsletter”", "Added “x [/bob]”"))  # fmt: skip
        assert first < second
        assert "▶ 24 Nov 2026 15:" in lines[first]
        await user.press("u")
        lines = user.screen_text().splitlines()
        assert "undone" in next(line for line in lines if "Ticked “Newsletter”" in line)
        assert "▶" in next(line for line in lines if "Added “x [/bob]”" in line)
        await user.press("u")
        assert "x [/bob]" not in user.checklist_names()
        await user.press("U", "U", "U")
        assert "Nothing to redo" in user.screen_text()
        await user.press("H")
        assert "x [/bob]" in user.checklist_names()


@pytest.fixture
def broken(store: Store, clock: SetClock) -> Path:
    """A damaged file with a good backup from before its last entry."""
    for number in range(3):
        store.activities.add(f"Activity {number}", terms())
    add_activities(store.path, 3)
    store.backups.make(TODAY)
    store.close()
    ((page,),) = sql(store.path, "SELECT rootpage FROM sqlite_master WHERE name = 'settings'")
    overwrite(store.path, 4096 * (page - 1), 4096 * page)
    return store.path


def asked(path: Path, clock: SetClock) -> QuestionApp:
    question = damaged_file(path, clock, DamagedError(f"{path} is damaged."))
    return QuestionApp(question, "needle-dark")


async def test_a_damaged_file_is_said_and_the_newest_good_backup_offered(
    broken: Path, clock: SetClock
) -> None:
    app = asked(broken, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = Driven(app, pilot).screen_text()  # type: ignore[arg-type]
        assert "Your data file is damaged" in text
        assert "1  Go back to the newest good backup: " in text
        assert "3  Go on" not in text
        await pilot.press("1")
        await pilot.pause()
    assert app.return_value is True
    opened = Store(broken, clock)
    assert len(opened.activities.all(archived=True)) == 300
    opened.close()


async def test_what_can_be_read_is_saved_and_gone_on_with(broken: Path, clock: SetClock) -> None:
    shutil.rmtree(broken.parent / "backups")
    app = asked(broken, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        user = Driven(app, pilot)  # type: ignore[arg-type]
        assert "There is no good backup" in user.screen_text()
        await pilot.press("3")
        await pilot.press("2")
        await pilot.pause()
        assert "Saved 0 entries" in user.screen_text()
        assert "Not all could be read of: settings." in " ".join(
            user.screen_text().replace("│", " ").split()
        )
        await pilot.press("3")
        await pilot.pause()
    assert app.return_value is True
    opened = Store(broken, clock)
    assert len(opened.activities.all(archived=True)) == 300
    opened.close()


async def test_a_damaged_file_may_be_left_as_it_is(broken: Path, clock: SetClock) -> None:
    before = broken.read_bytes()
    app = asked(broken, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("q")
        await pilot.pause()
    assert app.return_value is False
    assert broken.read_bytes() == before


def test_the_app_asks_opens_again_and_ends_with_the_sentence_where_nothing_is_chosen(
    broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [True, True, False]
    asked_for: list[str] = []

    def answer(question: FileQuestion, theme: str, ground: None) -> bool:
        asked_for.append(question.title_text)
        return answers.pop(0)

    monkeypatch.setattr(dialogs, "ask_what_to_do", answer)
    with pytest.raises(NeedleError, match="damaged"):
        start.run(broken)
    assert answers == []
    assert asked_for == ["Your data file is damaged"] * 3


async def test_damage_met_while_working_ends_the_app(
    drive: Drive, store: Store, morning: Morning
) -> None:
    async with drive() as user:
        sql(store.path, "ALTER TABLE entry RENAME TO lost")
        await user.press("x")
        await until(user, lambda: user.app._exit)
    assert isinstance(user.app.failure, DamagedError)


async def test_a_view_whose_data_cannot_be_read_ends_the_app_without_a_traceback(
    drive: Drive, store: Store, morning: Morning
) -> None:
    async with drive() as user:
        sql(store.path, "ALTER TABLE settings RENAME TO lost")
        await user.press("2")
        await until(user, lambda: user.app._exit)
    assert isinstance(user.app.failure, DamagedError)


@pytest.mark.parametrize("wrong", ["nobody may look", "whatever it is"])
async def test_whatever_keeps_a_backup_from_being_made_is_said_once(
    store: Store, clock: SetClock, morning: Morning, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(wrong)

    monkeypatch.setattr("needlemover.store.care.backups.Backups.make", fail)
    app = NeedleApp(store, clock, cares=True)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        user = Driven(app, pilot)
        care_of(app).do_daily()
        await until(user, lambda: bool(user.messages()))
        care_of(app).do_daily()
        await user.pilot.pause()
        (said,) = user.messages()
        assert said == f"Today's backup was not made: PermissionError('{wrong}')."


async def test_what_a_large_import_leaves_beside_the_open_file_is_taken_in(
    store: Store, clock: SetClock, morning: Morning
) -> None:
    beside = store.path.with_name(store.path.name + "-wal")
    app = NeedleApp(store, clock, cares=True)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        user = Driven(app, pilot)
        care_of(app).do_daily()
        await until(user, lambda: len(store.backups.all()) == 1)
        sql(store.path, "CREATE TABLE large AS SELECT zeroblob(20000000) AS content")
        assert beside.stat().st_size > 8_000_000
        care_of(app).do_daily()
        await until(user, lambda: beside.stat().st_size == 0)


async def test_the_same_message_is_shown_once_with_a_count_and_safely(drive: Drive) -> None:
    async with drive() as user:
        for _ in range(3):
            user.app.notify("no \x1b[31mred", markup=False)
        user.app.notify("another", markup=False)
        await user.pilot.pause()
        assert user.messages() == ["no ␛[31mred (3 times)", "another"]
        assert user.screen_text().count("no ␛[31mred") == 1
