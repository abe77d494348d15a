"""A view of a day: its snapshot, the clock, and how commands are done from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from textual.reactive import reactive
from textual.screen import Screen

from ...clock import Clock
from ...domain.day import local_day
from ...domain.errors import NeedleError
from ...domain.snapshots import DaySnapshot

if TYPE_CHECKING:
    from ...store import Store

T = TypeVar("T")

HEARTBEAT = 30
"""Seconds between two times that a running timer is written as seen."""


class DayScreen(Screen[None]):
    """Holds what is shown of a day and keeps it true."""

    snapshot: reactive[DaySnapshot | None] = reactive(None, bindings=True, repaint=False)
    now: reactive[datetime | None] = reactive(None, repaint=False)

    def __init__(self, store: Store | None, clock: Clock, first: DaySnapshot | None = None) -> None:
        """Show today.

        Args:
            store: the data; None: `take` brings it later.
            clock: tells the time.
            first: what is shown until then.
        """
        super().__init__()
        self._store = store
        self.clock = clock
        self.shown: date | None = None
        """The day that is looked at; None: today, also when a new one begins."""
        self.seen_at: datetime | None = None
        """When this app last wrote that the timer is seen."""
        self.set_reactive(DayScreen.now, clock.now())
        self.set_reactive(DayScreen.snapshot, first if store is None else store.day())

    @property
    def store(self) -> Store:
        """The data. Nothing that needs them is done before they are there."""
        assert self._store is not None
        return self._store

    def take(self, store: Store) -> None:
        """Go on with the data, which come after the first picture.

        Raises:
            NeedleError: when they cannot be read.
        """
        self._store = store
        self.reload()
        self.begin()

    def on_mount(self) -> None:
        """Begin, unless the data are still to come."""
        if self._store is not None:
            self.begin()

    def begin(self) -> None:
        """Watch the clock and the other terminals."""
        self.set_interval(1, self.look_around)
        self.call_after_refresh(self.keep)

    def reload(self) -> None:
        """Show what the data say now."""
        now, snapshot = self.clock.now(), self.store.day(self.shown)
        if snapshot == self.snapshot:
            self.now = now
        else:
            # Both at once: each assignment works all facts of the panels out anew.
            self.set_reactive(DayScreen.now, now)
            self.snapshot = snapshot

    def attempt(self, command: Callable[[], T]) -> T | None:
        """Do one command of the store's and show what it changed; None when it was refused."""
        try:
            return self.do(command)
        except NeedleError as error:
            self.say(str(error), wrong=True)
            return None

    def do(self, command: Callable[[], T]) -> T:
        """The same, for a dialog that says itself what was refused.

        Raises:
            NeedleError: when it was refused.
        """
        try:
            return command()
        finally:
            self.reload()

    def show_day(self, day: date) -> None:
        """Look at a day."""
        today = self.snapshot.today if self.snapshot else day
        self.shown = None if day == today else day
        self.attempt(lambda: None)

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Tell the user something for a few seconds."""
        self.notify(
            text,
            severity="error" if wrong else "information",
            markup=False,
            timeout=8 if wrong else 4,
        )

    def look_around(self) -> None:
        """Once a second: the clock, a new day, a change by another process, the timer."""
        try:
            self._look_around()
        except NeedleError as error:
            self.say(str(error), wrong=True)

    def _look_around(self) -> None:
        snapshot, now = self.snapshot, self.clock.now()
        if snapshot is None:
            return
        today = local_day(now, self.clock.zone(), snapshot.settings.day_starts_at)
        if today != snapshot.today or self.store.changed_elsewhere():
            self.reload()
        elif snapshot.running or self.now is None or now.minute != self.now.minute:
            self.now = now
        if snapshot.running:
            self.look_after_timer()
        self.keep()

    def keep(self) -> None:
        """Keep what was worked out of the past for the next opening."""
        try:
            self.store.days.keep()
        except NeedleError as error:
            self.say(str(error), wrong=True)

    def look_after_timer(self) -> None:
        """Write now and then that the timer is seen."""
        now = self.clock.now()
        if self.seen_at is None or not 0 <= (now - self.seen_at).total_seconds() < HEARTBEAT:
            self.mark_seen()

    def mark_seen(self) -> None:
        """Write that the timer is seen."""
        self.seen_at = self.clock.now()
        self.store.timer.seen()
        self.reload()
