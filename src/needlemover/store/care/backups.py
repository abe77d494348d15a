"""Backups: made once a day, kept by a rule, and gone back to."""

import re
import shutil
import tempfile
import time
from collections.abc import Callable, Hashable, Iterable
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from ...clock import Clock
from ...domain.errors import DamagedError, NeedleError
from ...files import make_folder
from ...paths import backup_folder
from ..connections import connect, must_not_be_newer, plain_errors
from ..facts import read_settings, wrong_settings
from ..schema.steps import bring_up
from . import data_file

KEPT_BEFORE_RESTORE = 7  # copies of what a restore replaced; older ones go with the next
_LEFT_BEHIND = 3600  # seconds after which an incomplete file belongs to no process any more

_PERIODS: tuple[tuple[Callable[[date], Hashable], int], ...] = (
    (lambda day: day, 7),
    (lambda day: day.isocalendar()[:2], 4),
    (lambda day: (day.year, day.month), 12),
)
"""What makes two days the same one, week or month, and how many of these are kept."""


class BackupKind(StrEnum):
    """Why a backup was made."""

    DAILY = "of the day"
    BEFORE_RESTORE = "before going back"
    BEFORE_VERSION = "before a new version"


class Backup(Struct, frozen=True):
    """A backup in the folder."""

    path: Path
    kind: BackupKind
    made_at: datetime  # UTC
    size: int  # bytes
    day: date | None = None  # the local day that a daily one is of


class Restored(Struct, frozen=True):
    """What going back to a backup did."""

    kept: Path | None  # where the data are that were replaced; None: there were none
    was_damaged: bool  # whether those were damaged, and so are a plain copy


class Backups:
    """The backups of one data file. They need no open store, so another thread may make them."""

    def __init__(self, database: Path, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.folder = backup_folder(database)

    def all(self) -> tuple[Backup, ...]:
        """The backups, newest first."""
        found = []
        with plain_errors(self.folder):
            for path in self.folder.iterdir() if self.folder.is_dir() else ():
                with suppress(FileNotFoundError):  # another process took it away meanwhile
                    found.append(self._backup(path))
        known = [item for item in found if item is not None]
        return tuple(sorted(known, key=lambda item: (item.made_at, item.path.name), reverse=True))

    def newest_good(self) -> Backup | None:
        """The newest backup that can be gone back to."""
        for backup in self.all():
            with suppress(NeedleError):
                must_not_be_newer(data_file.examine(backup.path), backup.path)
                return backup
        return None

    def make_daily(self, today: date) -> bool:
        """Make the backup of a local day, unless it is there already; whether it was made."""
        path = self.named(today.isoformat())
        with suppress(NeedleError), data_file.read_only(path) as connection:
            data_file.must_have_our_mark(connection, path)
            return False
        self.make(today)
        return True

    def make(self, today: date) -> Path:
        """Make the backup of a local day in place of an earlier one, and thin out the others."""
        path = self.named(today.isoformat())
        data_file.copy_checked(self._database, path)
        data_file.give_space_back(self._database)
        self._thin()
        return path

    def write(self, file: Path) -> None:
        """Write a backup to a file of the user's choice, which is not there yet."""
        if file.exists():
            raise NeedleError(f"{file} exists already: choose another name.")
        if not file.parent.is_dir():
            raise NeedleError(f"There is no folder {file.parent}: make it, or choose another.")
        data_file.copy_checked(self._database, file)

    def restore(self, file: Path) -> Restored:
        """Go back to a backup; the present data are kept as one first.

        An older one is brought up before, beside the data, so that nobody who has them open ever
        sees the old tables. Nothing has changed when either is not sound or usable (`NeedleError`).
        """
        with plain_errors(file):
            if file.exists() and self._database.exists() and file.samefile(self._database):
                raise NeedleError(f"{file} is the data file itself: choose a backup of it.")
        try:
            must_not_be_newer(data_file.examine(file), file)
        except DamagedError as error:
            why = str(error).removesuffix(".").removesuffix("; nothing was changed")
            raise NeedleError(f"{why}; nothing was changed. Choose another backup.") from error
        with plain_errors(self.folder):
            make_folder(self.folder)
            self._clear()
            with tempfile.TemporaryDirectory(prefix=".restore-", dir=self.folder) as place:
                staged = Path(place) / "staged.db"
                data_file.copy_checked(file, staged)
                with closing(connect(staged)) as connection:
                    bring_up(connection)
                    try:  # else the app could not be opened, or would count wrongly
                        wrong = wrong_settings(read_settings(connection))
                    except DamagedError as error:
                        wrong = [str(error)]
                for why in wrong:
                    raise NeedleError(f"{file} is not sound, so nothing was changed. {why}")
                return self._put_back(staged)

    def _put_back(self, staged: Path) -> Restored:
        live = self._database
        if not live.exists() or not live.stat().st_size:
            data_file.take_place_of(staged, live)
            return Restored(None, was_damaged=False)
        kept = self.stamped("before-restore")
        try:
            data_file.copy_checked(live, kept)
        except NeedleError as error:
            if not isinstance(error, DamagedError) and not self.are_for_a_lost_file():
                raise
            kept = self.stamped("damaged")
            with plain_errors(live):
                data_file.copy_as_it_is(live, kept)
            data_file.take_place_of(staged, live)
            return Restored(kept, was_damaged=True)
        data_file.write_over(staged, live)
        self._thin()
        return Restored(kept, was_damaged=False)

    def are_for_a_lost_file(self) -> bool:
        """Whether there are backups although the file is gone, empty, or holds none of our data."""
        try:
            data_file.examine(self._database)
        except DamagedError:
            return False
        except NeedleError:
            return bool(self.all())
        return False

    def stamped(self, what: str) -> Path:
        """Where something that is saved now is put, by what it is."""
        return self.named(f"{what}-{self._clock.now():%Y-%m-%dT%H%M%SZ}")

    def named(self, what: str) -> Path:
        """The file of this name among the backups."""
        return self.folder / f"{self._database.stem}-{what}{self._database.suffix}"

    def _backup(self, path: Path) -> Backup | None:
        """What a file in the folder is; None: no backup of this data file."""
        stem, suffix = re.escape(self._database.stem), re.escape(self._database.suffix)
        named = re.fullmatch(f"{stem}-(.+){suffix}", path.name)
        if named is None or not path.is_file():
            return None
        stat = path.stat()
        made_at = datetime.fromtimestamp(stat.st_mtime, UTC)
        match named[1].split("-", 2):
            case ["before", "restore", _]:
                return Backup(path, BackupKind.BEFORE_RESTORE, made_at, stat.st_size)
            case ["before", "version", _]:
                return Backup(path, BackupKind.BEFORE_VERSION, made_at, stat.st_size)
        try:
            day = date.fromisoformat(named[1])
        except ValueError:
            return None
        return Backup(path, BackupKind.DAILY, made_at, stat.st_size, day)

    def _thin(self) -> None:
        """Take away what the rule does not keep. What cannot be taken away stays.

        What is dated later than today stays, too, and crowds nothing out: a clock was wrong.
        """
        known, today = self.all(), self._clock.now().astimezone(self._clock.zone()).date()
        daily = {item.day: item for item in known if item.day is not None and item.day <= today}
        kept = days_to_keep(daily)
        too_old = [item for day, item in daily.items() if day not in kept]
        before_restore = [item for item in known if item.kind is BackupKind.BEFORE_RESTORE]
        for item in (*too_old, *before_restore[KEPT_BEFORE_RESTORE:]):
            with suppress(OSError):
                item.path.unlink(missing_ok=True)
        self._clear()

    def _clear(self) -> None:
        """Take away what a process left behind that was ended in the middle."""
        for path in (*self.folder.glob(".*.partial*"), *self.folder.glob(".restore-*")):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > _LEFT_BEHIND:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()


def days_to_keep(days: Iterable[date]) -> frozenset[date]:
    """Of the days that have a backup, those whose backup is kept.

    The newest of each of the last 7 days, 4 weeks (from Monday on) and 12 months that have one.
    Days without use count for nothing, so that a long absence takes no backup away.
    """
    newest_first = sorted(set(days), reverse=True)
    kept: set[date] = set()
    for period_of, many in _PERIODS:
        newest: dict[Hashable, date] = {}
        for day in newest_first:
            newest.setdefault(period_of(day), day)
        kept.update(list(newest.values())[:many])
    return frozenset(kept)
