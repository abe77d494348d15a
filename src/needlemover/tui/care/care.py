"""What is done for the data while nobody waits: a quick check at opening, a backup every day."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from datetime import date
from threading import Thread
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.message import Message

from ...clock import Clock
from ...domain.errors import DamagedError, NeedleError
from ..kit.view import View
from ..opening import Opening, OpeningApp

if TYPE_CHECKING:
    from ...store.care.backups import Backup, Backups
    from ...store.store import Store

_FIRST = 1.0
"""Seconds from the opening on: what was pressed meanwhile comes first."""
_EVERY = 20.0
"""Seconds between two looks whether a new day has begun."""


class CaringApp(OpeningApp):
    """An app that backs its data up and checks them, in another thread and after the first paint.

    Nothing of it is loaded before.
    """

    class Cared(Message):
        """It is done."""

        def __init__(self, sentences: tuple[str, ...], damage: DamagedError | None = None) -> None:
            super().__init__()
            self.sentences = sentences
            """What the user should know."""
            self.damage = damage

    def __init__(
        self, store: Store | None, clock: Clock, opening: Opening | None, *, cares: bool
    ) -> None:
        """Take a store, or else how it is opened, and whether to look after it."""
        super().__init__(store, clock, opening)
        self._cares = cares
        self._cared_for: date | None = None

    def on_ready(self) -> None:
        """Begin when the first picture is there."""
        if self._cares:
            self.set_timer(_FIRST, self.look_after)
            self.set_interval(_EVERY, self.look_after)

    def look_after(self) -> None:
        """Once a local day: a backup; at opening a quick check before it. The next days always."""
        if self.store is None:
            return
        with suppress(NeedleError):  # whoever needs the data says it
            today = self.store.today
            if today != self._cared_for:
                arguments = (self.store, today, self._cared_for is None)
                self._cared_for = today
                Thread(target=self._care, args=arguments, daemon=True).start()
            self.store.days.look_ahead()

    def leave(self) -> None:
        """Put in order what the next opening finds, when the screen is given back."""
        if self._cares and self.store is not None and self.failure is None:
            with suppress(NeedleError):  # nothing is lost: the next opening takes longer
                self.store.days.publish_ahead()

    def _care(self, store: Store, today: date, is_opening: bool) -> None:
        message = self.Cared(())
        try:
            if is_opening:
                from ...store.care.checks import run_checks

                report = run_checks(store.path, self.clock, quick=True)
                said = [sentence for item in report.wrong for sentence in item.sentences]
                message = self.Cared(tuple(said), report.damage)
            if message.damage is None:
                store.backups.make_daily(today)
        except DamagedError as error:
            message = self.Cared((), error)
        except NeedleError as error:
            message.sentences = (*message.sentences, f"Today's backup was not made: {error}")
        with suppress(RuntimeError):  # the app has ended, and its loop with it
            self.post_message(message)

    def on_caring_app_cared(self, message: Cared) -> None:
        """Say what was found; a damaged file is not worked on any further."""
        if message.damage is not None:
            self.give_up(message.damage)
            return
        for sentence in message.sentences:
            self.notify(sentence, severity="warning", markup=False, timeout=10)

    def data_commands(self) -> Iterable[SystemCommand]:
        """What the palette offers for the data as a whole."""
        if self.store is None:
            return
        for title, explained, act in (
            ("Back up now", "Make today's backup anew and check it", self._back_up),
            ("Go back to a backup", "Choose one of the backups", self._choose_backup),
            ("Check the data", "Look whether the file is whole and keeps the rules", self._check),
        ):
            yield SystemCommand(title, explained, lambda act=act: self._attempt(act))

    def _attempt(self, act: Callable[[Store], Coroutine[Any, Any, None]]) -> None:
        async def attempt() -> None:
            assert self.store is not None
            try:
                await act(self.store)
            except DamagedError as error:
                self.give_up(error)
            except NeedleError as error:
                self.notify(str(error), severity="error", markup=False, timeout=8)

        self.run_worker(attempt())

    async def _back_up(self, store: Store) -> None:
        await asyncio.to_thread(store.backups.make, store.today)
        self.notify("Backed up and checked.", markup=False)

    async def _choose_backup(self, store: Store) -> None:
        from .backups import BackupsScreen

        def chosen(backup: Backup | None) -> None:
            if backup is not None:
                self._attempt(lambda store: self._go_back(store.backups, backup))

        self.push_screen(BackupsScreen(store.backups.all(), self.clock.zone()), chosen)

    async def _go_back(self, backups: Backups, backup: Backup) -> None:
        await asyncio.to_thread(backups.restore, backup.path)
        for screen in self.screen_stack:
            if isinstance(screen, View):
                screen.refresh_data()
        self.notify("Gone back to it. What it replaced is a backup, too.", markup=False)

    async def _check(self, store: Store) -> None:
        from ...store.care.checks import run_checks
        from .backups import CheckScreen

        report = await asyncio.to_thread(run_checks, store.path, self.clock)
        if report.damage is not None:
            raise report.damage
        self.push_screen(CheckScreen(report))
