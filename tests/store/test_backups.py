"""Backups: checked before they count, kept by the rule, gone back to with the app open."""

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from needlemover.domain.errors import DamagedError, NeedleError
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.care.backups import KEPT_BEFORE_RESTORE, BackupKind
from needlemover.store.store import Store

from ..conftest import SetClock
from .conftest import add_activities, dump, sql

TODAY = date(2026, 11, 24)


def overwrite(path: Path, start: int, end: int | None = None) -> None:
    """Damage a file from a place on."""
    content = bytearray(path.read_bytes())
    end = len(content) if end is None else end
    content[start:end] = b"\xff" * (end - start)
    path.write_bytes(content)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_holds_all_data_in_one_private_file(store: Store, film: ActivityFact) -> None:
    store.entries.tick(film.id)
    path = store.backups.make(TODAY)
    assert path == store.path.parent / "backups" / "needlemover-2026-11-24.db"
    assert dump(path) == dump(store.path)
    assert files(path.parent) == ["needlemover-2026-11-24.db"]
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    assert sql(path, "PRAGMA journal_mode") == [("delete",)]


def test_the_backup_of_the_day_is_made_once(store: Store, film: ActivityFact) -> None:
    assert store.backups.make_daily(TODAY)
    store.entries.tick(film.id)
    assert not store.backups.make_daily(TODAY)
    (known,) = store.backups.all()
    assert (known.kind, known.day) == (BackupKind.DAILY, TODAY)
    assert sql(known.path, "SELECT count(*) FROM entry") == [(0,)]
    assert store.backups.make_daily(TODAY + timedelta(days=1))
    assert len(store.backups.all()) == 2


def test_old_backups_are_thinned_out_and_nothing_else_is_touched(store: Store) -> None:
    store.backups.folder.mkdir()
    other = store.backups.folder / "other-2026-11-01.db"
    theirs = store.backups.folder / "needlemover-notes.db"
    for path in (other, theirs):
        path.touch()
    for number in range(60):
        day = TODAY - timedelta(days=number)
        (store.backups.folder / f"needlemover-{day}.db").touch()
    store.backups.make(TODAY)
    kept = {item.day for item in store.backups.all()}
    assert kept == {
        *(TODAY - timedelta(days=number) for number in range(7)),
        date(2026, 11, 22), date(2026, 11, 15), date(2026, 11, 8), date(2026, 10, 31),
        date(2026, 9, 30),
    }  # fmt: skip
    assert other.exists()
    assert theirs.exists()


def test_damaged_data_are_not_backed_up_and_take_no_good_backup_away(
    store: Store, clock: SetClock
) -> None:
    add_activities(store.path)
    good = store.backups.make(TODAY)
    before = good.read_bytes()
    store.close()
    overwrite(store.path, 3 * 4096)
    with pytest.raises(DamagedError):
        store.backups.make(TODAY)
    with pytest.raises(DamagedError):
        store.backups.make_daily(TODAY + timedelta(days=1))
    assert files(good.parent) == [good.name]
    assert good.read_bytes() == before


def test_going_back_changes_what_an_open_store_shows_and_can_be_gone_back_from(
    store: Store, film: ActivityFact, again: Callable[[], Store]
) -> None:
    backup = store.backups.make(TODAY)
    open_elsewhere = again()
    before = open_elsewhere.database.read_version()
    store.entries.tick(film.id)
    store.activities.add("Newsletter", None)
    assert (between := open_elsewhere.database.read_version()) != before
    assert len(open_elsewhere.day().entries) == 1

    restored = store.backups.restore(backup)
    assert open_elsewhere.database.read_version() != between
    assert open_elsewhere.day().entries == ()
    assert [item.name for item in open_elsewhere.activities.all()] == ["Film one video"]
    assert restored.kept is not None
    assert not restored.was_damaged
    assert sql(store.path, "PRAGMA journal_mode") == [("wal",)]

    open_elsewhere.entries.tick(film.id)
    assert len(store.day().entries) == 1
    store.backups.restore(restored.kept)
    assert [item.name for item in open_elsewhere.activities.all()] == [
        "Film one video", "Newsletter",
    ]  # fmt: skip


def test_the_undo_history_goes_back_as_well(store: Store, film: ActivityFact) -> None:
    store.entries.tick(film.id)
    backup = store.backups.make(TODAY)
    store.entries.untick(film.id)
    store.backups.restore(backup)
    assert store.journal.undo() == "Ticked “Film one video”"
    assert store.day().entries == ()


def test_what_was_replaced_last_is_kept_and_the_oldest_of_it_goes(
    store: Store, clock: SetClock
) -> None:
    backup = store.backups.make(TODAY)
    for number in range(KEPT_BEFORE_RESTORE + 2):
        clock.pass_by(minutes=1)
        kept = store.backups.restore(backup).kept
        assert kept is not None
        os.utime(kept, (1_000_000 + number, 1_000_000 + number))
    found = [item for item in store.backups.all() if item.kind is BackupKind.BEFORE_RESTORE]
    # The last one was dated only after it had thinned out the others.
    assert len(found) == KEPT_BEFORE_RESTORE
    assert kept in [item.path for item in found]


def test_without_a_data_file_a_backup_becomes_it(store: Store, film: ActivityFact) -> None:
    backup = store.backups.make(TODAY)
    before = dump(store.path)
    store.close()
    store.path.unlink()
    assert store.backups.restore(backup).kept is None
    assert dump(store.path) == before
    assert sql(store.path, "PRAGMA journal_mode") == [("wal",)]


@pytest.mark.parametrize("start", [0, 4096])
def test_a_damaged_data_file_is_kept_as_it_is_and_replaced(
    store: Store, clock: SetClock, start: int
) -> None:
    add_activities(store.path)
    backup = store.backups.make(TODAY)
    before = dump(store.path)
    store.close()
    overwrite(store.path, start)
    damaged = store.path.read_bytes()

    restored = store.backups.restore(backup)
    assert restored.was_damaged
    assert restored.kept is not None
    assert restored.kept.read_bytes() == damaged
    assert dump(store.path) == before
    opened = Store(store.path, clock)
    assert len(opened.activities.all()) == 300
    opened.close()


def test_a_log_that_belongs_to_a_damaged_file_never_gets_into_the_new_one(store: Store) -> None:
    add_activities(store.path)
    backup = store.backups.make(TODAY)
    before = dump(backup)
    wal = store.path.with_name(store.path.name + "-wal")
    log = wal.read_bytes()
    assert log
    store.close()
    overwrite(store.path, 4096)
    wal.write_bytes(log[: len(log) // 2])
    restored = store.backups.restore(backup)
    assert dump(store.path) == before
    assert restored.kept is None or restored.was_damaged or dump(restored.kept)


def refused(store: Store, file: Path) -> str:
    before = dump(store.path)
    known = store.backups.all()
    with pytest.raises(NeedleError) as refusal:
        store.backups.restore(file)
    assert dump(store.path) == before
    assert store.backups.all() == known
    return str(refusal.value)


def test_what_is_no_sound_backup_of_ours_is_refused_and_nothing_changes(
    store: Store, tmp_path: Path
) -> None:
    add_activities(store.path)
    backup = store.backups.make(TODAY)
    assert "the data file itself" in refused(store, store.path)
    assert "There is no file" in refused(store, tmp_path / "none.db")
    theirs = tmp_path / "theirs.db"
    sql(theirs, "CREATE TABLE entry (id)")
    assert "no data of Needlemover" in refused(store, theirs)
    theirs.write_text("Dear diary, today I called eleven firms.")
    assert refused(store, theirs) == f"{theirs} is not a database. Choose another file."
    newer = tmp_path / "newer.db"
    shutil.copy(backup, newer)
    sql(newer, "PRAGMA user_version = 99")
    assert "newer version" in refused(store, newer)
    overwrite(backup, 4096)
    assert refused(store, backup) == (
        f"{backup} is damaged; nothing was changed. Choose another backup."
    )


def test_a_backup_goes_to_a_file_of_choice_but_over_none(store: Store, tmp_path: Path) -> None:
    chosen = tmp_path / "stick" / "mine.db"
    with pytest.raises(NeedleError, match="no folder"):
        store.backups.write(chosen)
    chosen.parent.mkdir()
    store.backups.write(chosen)
    assert dump(chosen) == dump(store.path)
    with pytest.raises(NeedleError, match="exists already"):
        store.backups.write(chosen)
    assert files(chosen.parent) == ["mine.db"]


def test_a_backup_made_while_others_write_is_one_state_of_the_data(
    store: Store, film: ActivityFact, again: Callable[[], Store]
) -> None:
    other, stop = again(), threading.Event()

    def write() -> None:
        while not stop.is_set():
            other.entries.log(NewEntry(film.id, seconds=60))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        counts = []
        for number in range(8):
            path = store.backups.make(TODAY + timedelta(days=number))
            ((entries, steps),) = sql(
                path, "SELECT (SELECT count(*) FROM entry), (SELECT count(*) FROM change)"
            )
            assert steps == entries + 1  # the activity is the first
            counts.append(entries)
    finally:
        stop.set()
        writer.join()
    assert counts == sorted(counts)


def test_a_data_file_that_was_emptied_or_lost_is_not_begun_anew(
    store: Store, clock: SetClock, film: ActivityFact
) -> None:
    backup = store.backups.make(TODAY)
    before = dump(backup)
    store.close()
    for loss in (b"", b"\0" * 8192, None):
        for beside in store.path.parent.glob("needlemover.db-*"):
            beside.unlink()
        store.path.unlink()
        if loss is not None:
            store.path.write_bytes(loss)
        with pytest.raises(DamagedError, match="there are backups"):
            Store(store.path, clock)
        assert store.path.exists() == (loss is not None)
        store.backups.restore(backup)
        assert dump(store.path) == before


def test_without_room_the_backup_is_refused_and_leaves_nothing(
    store: Store, film: ActivityFact, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect

    def small(place: object, *args: object, **named: object) -> sqlite3.Connection:
        connection = connect(place, *args, **named)  # type: ignore[call-overload]
        if str(place).endswith(".partial"):
            connection.execute("PRAGMA max_page_count = 3")
        return connection

    monkeypatch.setattr("needlemover.store.care.data_file.sqlite3.connect", small)
    with pytest.raises(NeedleError, match=r"disk is full"):
        store.backups.make(TODAY)
    assert files(store.backups.folder) == []


def test_what_a_killed_backup_left_behind_is_cleared_away_later(store: Store) -> None:
    store.backups.make(TODAY)
    old, new = (store.backups.folder / f".needlemover-{word}.db.partial" for word in ("old", "new"))
    for path in (old, new):
        path.touch()
    os.utime(old, (1, 1))
    store.backups.make(TODAY)
    assert not old.exists()
    assert new.exists()


def test_the_newest_backup_that_is_sound_is_found(store: Store, film: ActivityFact) -> None:
    assert store.backups.newest_good() is None
    first = store.backups.make(TODAY)
    second = store.backups.make(TODAY + timedelta(days=1))
    os.utime(first, (1_000_000, 1_000_000))
    newest = store.backups.newest_good()
    assert newest is not None
    assert newest.path == second
    overwrite(second, 100)
    newest = store.backups.newest_good()
    assert newest is not None
    assert newest.path == first


def test_a_file_that_somebody_writes_to_is_waited_for_and_then_left_as_it_was(
    store: Store, film: ActivityFact, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = store.backups.make(TODAY)
    store.entries.tick(film.id)
    monkeypatch.setattr("needlemover.store.care.data_file._PATIENCE", 2)
    monkeypatch.setattr("needlemover.store.connections.BUSY_TIMEOUT", 20)
    before = dump(store.path)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NeedleError, match="Another program holds"):
            store.backups.restore(backup)
        other.execute("ROLLBACK")
    assert dump(store.path) == before


def test_backups_of_days_to_come_crowd_no_real_one_out(store: Store) -> None:
    made = store.backups.make(TODAY)
    for number in range(1, 40):
        later = TODAY + timedelta(days=number)
        shutil.copy(made, made.with_name(f"needlemover-{later}.db"))
    for number in range(1, 5):
        store.backups.make(TODAY - timedelta(days=number))
    days = {item.day for item in store.backups.all()}
    assert {TODAY - timedelta(days=number) for number in range(5)} <= days
    assert len(days) == 44


@pytest.mark.parametrize("content", [b"", b"half of a backup" * 1000])
def test_a_file_that_is_no_backup_does_not_stop_the_one_of_its_day(
    store: Store, content: bytes
) -> None:
    path = store.backups.folder / f"needlemover-{TODAY}.db"
    path.parent.mkdir()
    path.write_bytes(content)
    assert store.backups.make_daily(TODAY)
    assert not store.backups.make_daily(TODAY)
    assert store.backups.newest_good() is not None


def test_a_folder_of_somebody_else_is_said(as_nobody: Path, clock: SetClock) -> None:
    store = Store(as_nobody / "a.db", clock)
    store.backups.folder.mkdir()
    store.backups.folder.chmod(0o000)
    with pytest.raises(NeedleError, match="cannot be used: Permission denied"):
        store.backups.make_daily(TODAY)
    store.backups.folder.chmod(0o700)
    store.close()


def test_a_file_that_is_mostly_empty_becomes_smaller_with_the_next_backup(store: Store) -> None:
    sql(store.path, "CREATE TABLE large AS SELECT zeroblob(20000000) AS content")
    sql(store.path, "DROP TABLE large")
    sql(store.path, "PRAGMA wal_checkpoint(TRUNCATE)")
    assert store.path.stat().st_size > 20_000_000
    store.backups.make(TODAY)
    sql(store.path, "PRAGMA wal_checkpoint(TRUNCATE)")
    assert store.path.stat().st_size < 1_000_000
    assert store.day().day == TODAY
