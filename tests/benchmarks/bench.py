"""What all measures share: the files, and the programs that work on them."""

import os
import shutil
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import ten_years
from terminal import Terminal

from needlemover.clock import Clock
from needlemover.store.store import Store

BARE = (sys.executable, str(Path(__file__).with_name("bare.py")))
NEEDLE = str(Path(sys.executable).with_name("needle"))

# The day with its data: the first activity stands on the screen.
DAY_SHOWN = rf"(?s)NON-NEGOTIABLES.*{ten_years.PROMISES[0].name}"


class _DaysAgo(Clock):
    def __init__(self, days: int) -> None:
        super().__init__()
        self._days = days

    def real_now(self) -> datetime:
        return super().real_now() - timedelta(days=self._days)


@dataclass(frozen=True, slots=True)
class Bench:
    """How much is measured, and on which files."""

    folder: Path
    rounds: int
    presses: int
    idle_seconds: float
    calls: Path
    """Real phone calls, to be imported."""

    @property
    def ten_years(self) -> Path:
        """The file with ten years of entries."""
        return self.folder / "ten_years.db"

    @property
    def empty(self) -> Path:
        """The file with the same activities and no entry."""
        return self.folder / "empty.db"

    @property
    def yesterday(self) -> Path:
        """The file with ten years of entries up to yesterday, when it was last used."""
        return self.folder / "yesterday.db"

    @property
    def away(self) -> Path:
        """The file with ten years of entries up to three weeks ago, when it was last used."""
        return self.folder / "away.db"

    @property
    def unkept(self) -> Path:
        """The file with ten years of entries, of which nothing is kept that follows from them."""
        return self.folder / "unkept.db"

    def build(self) -> None:
        """Make the files."""
        ten_years.build(self.unkept, Clock())
        shutil.copy(self.unkept, self.ten_years)
        ten_years.build(self.empty, Clock(), empty=True)
        ten_years.build(self.yesterday, _DaysAgo(1))
        ten_years.build(self.away, _DaysAgo(21))
        for path, clock in (
            (self.ten_years, Clock()),
            (self.empty, Clock()),
            (self.yesterday, _DaysAgo(1)),
            (self.away, _DaysAgo(21)),
        ):
            with closing(Store(path, clock)) as store:
                store.begin_use()  # any change keeps what the days before come to

    def copy(self, path: Path) -> Path:
        """A copy of a file, for a measure that changes it; the one before is gone."""
        copied = self.folder / "copy.db"
        for old in self.folder.glob("copy.db*"):
            old.unlink()
        shutil.copy(path, copied)
        os.sync()  # else what is measured would wait for the copy to reach the disk
        return copied

    def environment(self, path: Path | None = None) -> dict[str, str]:
        """The user's, less what would make a program behave otherwise than for a user.

        PYTHONPATH stays, for all programs alike: by it another checkout can be measured.
        """
        ours = {
            key: value
            for key, value in os.environ.items()
            if key == "PYTHONPATH"
            or not key.startswith(("PYTHON", "TEXTUAL", "NEEDLE", "COLUMNS", "LINES"))
        }
        ours |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        ours["NEEDLE_CONFIG"] = str(self.folder / "config.toml")
        return ours | ({"NEEDLE_DB": str(path)} if path else {})

    def app(self, path: Path) -> Terminal:
        """Start the app on a file."""
        return Terminal((NEEDLE,), self.environment(path))

    def bare(self) -> Terminal:
        """Start the bare Textual app."""
        return Terminal(BARE, self.environment())
