"""The data file is deleted, moved or replaced while the app is open."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from needlemover.clock import Clock
from needlemover.domain.errors import LostFileError
from needlemover.store import file
from needlemover.store.care.data_file import examine
from needlemover.store.opened import opened
from needlemover.store.store import Store
from needlemover.store.today import read_file
from needlemover.tui import start
from needlemover.tui.app import NeedleApp
from needlemover.tui.care.care import Care
from needlemover.tui.care.dialogs import QuestionApp, lost_file

from ..conftest import SetClock, terms
from ..faults.deeds import needle, rows_of
from ..faults.leaving import prepare
from ..store.conftest import dump, sql
from ..store.test_backups import overwrite
from .conftest import Drive, Driven, Morning
from .test_data_care import until
from .test_forms import typed_in


def delete(path: Path) -> None:
    path.unlink()


def move(path: Path) -> None:
    path.rename(path.with_name("elsewhere.db"))


def remove_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


def replace(path: Path) -> None:
    """As `mv` puts another file in its place: what SQLite keeps beside the old one stays there."""
    other = path.with_name("other.db")
    with closing(Store(other, Clock())) as store:
        store.activities.add("Only in the other", terms())
    other.rename(path)


each_loss = pytest.mark.parametrize("lose", [delete, move, remove_folder, replace])


@each_loss
async def test_a_key_after_the_file_is_gone_is_not_shown_as_done(
    drive: Drive, store: Store, morning: Morning, lose: Callable[[Path], None]
) -> None:
    async with drive() as user:
        dials = len(store.day().entries)
        lose(store.path)
        await user.press("x")
        await until(user, lambda: user.app._exit)
        assert len(user.today.snapshot.entries) == dials
    assert isinstance(user.app.failure, LostFileError)


@each_loss
async def test_a_file_that_is_gone_is_noticed_without_a_key(
    drive: Drive, store: Store, morning: Morning, lose: Callable[[Path], None]
) -> None:
    async with drive() as user:
        await user.press("l")  # also under a form
        lose(store.path)
        await user.follow()
        await until(user, lambda: user.app._exit)
    assert isinstance(user.app.failure, LostFileError)


async def test_what_is_typed_into_a_form_stays_when_the_file_is_gone(
    drive: Drive, store: Store, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("l")
        await user.type("12")
        delete(store.path)
        user.today.follow()
        assert "has been deleted or moved" in await user.see("enter")
        assert typed_in(user, "seconds") == "12"
        assert not user.app._exit
        await user.press("escape", "escape")
        user.today.follow()
        assert user.app._exit
    assert isinstance(user.app.failure, LostFileError)


def asked(store: Store) -> QuestionApp:
    with pytest.raises(LostFileError) as caught:
        store.database.read_version()
    return QuestionApp(lost_file(store, caught.value), "needle-dark")


async def test_the_file_that_is_there_now_can_be_gone_on_with(
    store: Store, morning: Morning, clock: SetClock
) -> None:
    replace(store.path)
    app = asked(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = Driven(app, pilot).screen_text()  # type: ignore[arg-type]
        assert "Your data file is not where it was" in text
        assert "has been replaced by another" in text.replace("│", " ")
        await pilot.press("3")
        await pilot.press("1")
        await pilot.pause()
    assert app.return_value is True
    store.close()
    examine(store.path)  # nothing of what belonged to the old file was read as part of it
    with closing(Store(store.path, clock)) as opened:
        assert [item.name for item in opened.activities.all()] == ["Only in the other"]


@each_loss
async def test_what_was_open_can_be_saved_and_gone_on_with(
    store: Store, morning: Morning, clock: SetClock, lose: Callable[[Path], None]
) -> None:
    before = dump(store.path)
    lose(store.path)
    app = asked(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = Driven(app, pilot).screen_text()  # type: ignore[arg-type]
        there = "that is there now" if lose is replace else "that you have put back there"
        assert f"1  Go on with the file {there}" in text
        await pilot.press("2")
        await pilot.pause()
        (saved,) = store.path.parent.glob("needlemover-saved-*.db")
        assert saved.stat().st_mode & 0o777 == 0o600
        assert dump(saved) == before
        await pilot.press("3")
        await pilot.pause()
    assert app.return_value is True
    store.close()
    with closing(Store(store.path, clock)) as opened:
        assert opened.day().entries
    assert dump(store.path) == before
    if lose is replace:
        (kept,) = store.path.parent.glob("backups/*before-restore*.db")
        assert dump(kept)["activity"][0][1] == "Only in the other"


async def test_a_file_that_is_gone_may_be_left_as_it_is(store: Store, morning: Morning) -> None:
    store.path.unlink()
    app = asked(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "q")
        await pilot.pause()
    assert app.return_value is False
    assert not store.path.exists()


async def test_a_file_that_is_put_back_meanwhile_can_be_gone_on_with(
    store: Store, morning: Morning
) -> None:
    move(store.path)
    app = asked(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        text = Driven(app, pilot).screen_text()  # type: ignore[arg-type]
        assert "put one back, or save the old data" in " ".join(text.replace("│", " ").split())
        store.path.with_name("elsewhere.db").rename(store.path)
        await pilot.press("1")
        await pilot.pause()
    assert app.return_value is True


def test_a_file_that_was_moved_has_all_its_data_with_it(store: Store, morning: Morning) -> None:
    before = dump(store.path)
    move(store.path)
    with pytest.raises(LostFileError) as caught:
        store.database.read_version()
    lost_file(store, caught.value)
    alone = store.path.with_name("alone.db")
    shutil.copyfile(store.path.with_name("elsewhere.db"), alone)
    assert dump(alone) == before


def damage(path: Path) -> None:
    sql(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    overwrite(path, 4096, 4096 * 9)


@pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal")
@pytest.mark.parametrize("spoil", [delete, damage])
def test_an_open_app_goes_on_with_what_a_restore_put_in_place_of_a_spoilt_file(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    from ..faults.on_terminal import OnTerminal

    path = tmp_path / "needle.db"
    prepare(path)
    assert needle(path, "backup", str(tmp_path / "kept.db"))[0] == 0
    with OnTerminal("--db", str(path), folder=tmp_path) as app:
        app.until("0 dials")
        while not any((tmp_path / "backups").glob("needle-*")):  # the data were checked before it
            assert app.read(0.05)
        app.write("xx")
        app.until("2 dials")
        spoil(path)
        assert needle(path, "restore", str(tmp_path / "kept.db"))[0] == 0
        app.until("not where it was")
        app.output = b""
        app.write("1")
        app.until("0 dials")
        app.write("x")
        app.until("1 dial")
        app.write("q")
        assert app.ended() == 0
    assert len(rows_of(path)["entry"]) == 1
    assert needle(path, "check")[0] == 0


@pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal")
def test_nothing_shown_is_lost_when_the_file_is_lost_under_keys(tmp_path: Path) -> None:
    from ..faults.losing import LOSSES, run_rounds

    assert run_rounds(len(LOSSES), tmp_path, random.Random(20261124)) == 0


def test_a_file_lost_behind_the_first_picture_is_not_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "needle.db"
    prepare(path)

    def read_and_lose(*arguments: Any) -> object:
        found = read_file(*arguments)
        assert found is not None
        path.unlink()
        return found

    def open_behind(app: NeedleApp, *_: object, **__: object) -> None:
        assert app._open_store is not None
        app._open_store()

    monkeypatch.setattr(start, "read_file", read_and_lose)
    monkeypatch.setattr(start, "run_on_terminal", open_behind)
    with pytest.raises(LostFileError):
        start.run(path)
    assert not path.exists()


def test_what_is_done_in_the_background_makes_no_file_where_none_is_any_more(store: Store) -> None:
    care = Care(NeedleApp(store, store.clock), store)
    store.path.unlink()
    with pytest.raises(LostFileError):
        care._keep_days_told()
    assert not store.path.exists()


def test_a_file_that_is_replaced_while_it_is_opened_is_noticed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened_slowly(path: Path) -> sqlite3.Connection:
        driver = opened(path)
        monkeypatch.undo()
        replace(path)
        return driver

    monkeypatch.setattr(file, "opened", opened_slowly)
    with closing(Store(store.path, store.clock)) as other, pytest.raises(LostFileError):
        other.activities.add("Film", terms())
