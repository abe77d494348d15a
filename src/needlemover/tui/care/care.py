"""What is done for the data while nobody waits: a check at opening, backups, other machines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from datetime import date, datetime, timedelta
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, cast

from textual.app import App

from ...domain.errors import DamagedError, NeedleError
from .. import later
from ..turns import Host

if TYPE_CHECKING:
    from .syncing import Syncing

_FIRST = 1.0  # seconds from the opening on: what was pressed meanwhile comes first
_EVERY = 20.0  # seconds between two looks whether a new day has begun
_AGAIN = timedelta(minutes=30)


class Care:
    """Backs the data up and checks them in another thread; loaded after the first paint."""

    def __init__(self, app: App[None], store: later.store.Store) -> None:
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
        with suppress(NeedleError):  # it will go the next time
            later.data_file.settle(self._store.path)

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
        report = later.checks.run_checks(self._store.path, self._store.clock, quick=True)
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
        self._store.database.must_be_in_place()
        with closing(later.store.Store(self._store.path, self._store.clock)) as store:
            store.problems.keep_days_told()
        return ()

    def _say(self, sentences: Iterable[str], damage: Exception | None) -> None:
        """Say what was found; a damaged file is not worked on any further."""
        if damage is not None:
            self._host.give_up(damage)
            return
        for sentence in sentences:
            self._app.notify(sentence, severity="warning", markup=False, timeout=10)
