"""A view of a day: its snapshot, the clock, and how commands are done from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from textual.reactive import reactive

from ...clock import Clock
from ...domain.day import local_day
from ...domain.errors import NeedleError
from ...domain.today.snapshot import DaySnapshot
from ..kit.view import View

if TYPE_CHECKING:
    from ...store.store import Store

HEARTBEAT = 30
"""Seconds between two times that a running timer is written as seen."""


class DayScreen(View):
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
        super().__init__(store, clock)
        self.shown: date | None = None
        """The day that is looked at; None: today, also when a new one begins."""
        self.seen_at: datetime | None = None
        """When this app last wrote that the timer is seen."""
        self.set_reactive(DayScreen.now, clock.now())
        self.set_reactive(DayScreen.snapshot, first if store is None else store.day())

    def begin(self) -> None:
        """Watch the clock and the other terminals."""
        super().begin()
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

    def show_day(self, day: date) -> None:
        """Look at a day."""
        today = self.snapshot.today if self.snapshot else day
        self.shown = None if day == today else day
        self.attempt(lambda: None)

    def look_about(self) -> None:
        """Once a second: the clock, a new day, a change by another process, the timer."""
        snapshot, now = self.snapshot, self.clock.now()
        if snapshot is None:
            return
        today = local_day(now, self.clock.zone(), snapshot.settings.day_starts_at)
        if today != snapshot.today or self.changed_elsewhere():
            self.reload()
        elif self.is_in_front and (
            snapshot.running or self.now is None or now.minute != self.now.minute
        ):
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
