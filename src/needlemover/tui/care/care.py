"""What is done for the data while nobody waits: a check at opening, backups, other machines."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from contextlib import closing, suppress
from datetime import date, datetime, timedelta
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Any, cast

from textual.app import App

from ...domain.errors import DamagedError, NeedleError
from ..kit.view import View

if TYPE_CHECKING:
    from ...store.care.backups import Backup
    from ...store.store import Store
    from ..turns import Host
    from .syncing import Syncing

_FIRST = 1.0  # seconds from the opening on: what was pressed meanwhile comes first
_EVERY = 20.0  # seconds between two looks whether a new day has begun
_SOON = 0.05  # seconds between two looks whether a change is written
_AGAIN = timedelta(minutes=30)


class Care:
    """Backs the data up and checks them in another thread; loaded after the first paint."""

    def __init__(self, app: App[None], store: Store) -> None:
        self._app, self._host, self._store = app, cast("Host", app), store
        self._done_on: date | None = None
        self._syncing: Syncing | None = None  # where the file takes part
        self._again_at: datetime | None = None  # when a backup that failed is tried again

    def begin(self) -> None:
        """Do by itself what is due each day."""
        self._app.set_timer(_FIRST, self.do_daily)
        self._app.set_interval(_EVERY, self.do_daily)

    def do_daily(self) -> None:
        """Once a local day: a backup, and the days to ask again; at opening a quick check first."""
        if self._host.turns.is_writing:  # the next time
            return
        with suppress(NeedleError):  # whoever needs the data says it
            self._sync()
            today, do = self._store.today, self._settle
            if today != self._done_on:
                do = partial(self._check_and_back_up, today, self._done_on is None)
                self._done_on = today
            elif self._again_at is not None and self._again_at <= self._store.clock.now():
                do = partial(self._back_up_again, today)
            Thread(target=do, daemon=True).start()

    def _sync(self) -> None:
        """Begin to hear of other machines, where the file takes part by now."""
        if not (self._syncing and self._syncing.is_alive()) and self._store.is_synced:
            from .syncing import Syncing

            self._syncing = Syncing(self._app, self._store)
            self._syncing.start()

    def end(self) -> None:
        """Tell other machines what is new, for two seconds at most."""
        with suppress(NeedleError):  # it is told at the next opening
            self._sync()
        if self._syncing is not None:
            self._syncing.end()

    def _settle(self) -> None:
        """Take in what has grown beside the file, as while a large import runs."""
        from ...store.care.data_file import settle

        with suppress(NeedleError):  # it will go the next time
            settle(self._store.path)

    def _check_and_back_up(self, today: date, is_opening: bool) -> None:
        said: list[str] = []
        damage: Exception | None = None
        duties: list[tuple[str, Callable[[], Sequence[str]]]] = [
            ("The data were not checked", self._find if is_opening else tuple),
            ("Today's backup was not made", partial(self._back_up_daily, today)),
            ("What is to be asked again was not kept", self._keep_days_told),
        ]
        for failure, do in duties:
            try:
                said += do()
            except DamagedError as error:
                damage = error
                break
            except Exception as error:  # whatever it is: nobody would see that nothing is done
                why = str(error) if isinstance(error, NeedleError) else f"{error!r}."
                said.append(f"{failure}: {why}")
        with suppress(RuntimeError):  # the app has ended, and its loop with it
            self._app.call_later(self._say, said, damage)

    def _find(self) -> Sequence[str]:
        from ...store.care.checks import run_checks

        report = run_checks(self._store.path, self._store.clock, quick=True)
        if report.damage is not None:
            raise report.damage
        return [sentence for item in report.wrong for sentence in item.sentences]

    def _back_up_daily(self, today: date) -> Sequence[str]:
        self._again_at = self._store.clock.now() + _AGAIN
        self._store.backups.make_daily(today)
        self._again_at = None
        return ()

    def _back_up_again(self, today: date) -> None:
        with suppress(Exception):  # it was told already
            self._back_up_daily(today)

    def _keep_days_told(self) -> Sequence[str]:
        # By a store of this thread's own, which must make no file where none is any more; whoever
        # shows the days only looks.
        from ...store.store import Store

        self._store.database.must_be_in_place()
        with closing(Store(self._store.path, self._store.clock)) as store:
            store.problems.keep_days_told()
        return ()

    def _say(self, sentences: Iterable[str], damage: Exception | None) -> None:
        """Say what was found; a damaged file is not worked on any further."""
        if damage is not None:
            self._host.give_up(damage)
            return
        for sentence in sentences:
            self._app.notify(sentence, severity="warning", markup=False, timeout=10)

    @property
    def _view(self) -> View[Any]:
        view = self._app.screen_stack[0]
        assert isinstance(view, View)
        return view

    def attempt(self, act: Coroutine[Any, Any, None]) -> None:
        """Do one of the following, or say why that cannot be."""

        async def attempt() -> None:
            try:
                await act
            except NeedleError as error:
                self._view.tell(error)

        self._app.run_worker(attempt())

    async def back_up(self) -> None:
        await asyncio.to_thread(self._store.backups.make, self._store.today)
        self._app.notify("Backed up and checked.", markup=False)

    async def choose_backup(self) -> None:
        from .dialogs import backups_dialog

        def chosen(backup: Backup | None) -> None:
            if backup is not None:
                self.attempt(self._go_back(backup))

        zone = self._store.clock.zone()
        self._app.push_screen(backups_dialog(self._store.backups.all(), zone), chosen)

    async def _go_back(self, backup: Backup) -> None:
        view, restore = self._view, partial(self._store.backups.restore, backup.path)
        if await view.patiently("Going back", restore) is not None:
            view.say("Gone back to it. What it replaced is a backup, too.")

    async def check(self) -> None:
        from ...store.care.checks import run_checks
        from .dialogs import check_dialog

        report = await asyncio.to_thread(run_checks, self._store.path, self._store.clock)
        if report.damage is not None:
            raise report.damage
        while self._host.turns.is_writing:  # a form that closes then is the one in front
            await asyncio.sleep(_SOON)
        self._app.push_screen(check_dialog(report))
