"""The rounds with the sync folder that go by themselves while the app is open."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing, suppress
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

from textual.app import App

from ...domain.errors import BusyError, NeedleError
from ..today.call_line import AskLine
from ..today.headline import Headline
from ..today.screen import TodayScreen

if TYPE_CHECKING:
    from ...store.store import Store
    from ...store.sync.decisions import TwoAnswers, TwoPromises
    from ...store.sync.sync import SyncStatus

# All in seconds.
_LOOK = 2.0  # between two looks at the folder
_REST = 60.0  # without a change, after which what was changed is told
_LONGEST = 3600.0  # between two rounds
_AT_END = 2.0  # that leaving waits: what is not told by then is told at the next opening


class Syncing(Thread):
    """Does the rounds in a thread of its own, on a store of its own, so that no key waits.

    One at first, after a minute without a change, when another file stands in the folder, and at
    the end.
    """

    def __init__(self, app: App[None], store: Store) -> None:
        super().__init__(daemon=True)
        self._app, self._store = app, store
        self._ends = Event()
        self._rest = _REST
        self._said = set[str]()

    def end(self) -> None:
        """Tell the others what is new, and do no more."""
        self._ends.set()
        self.join(_AT_END)

    def run(self) -> None:
        """Go on until the app ends, or the file takes part no more."""
        with suppress(Exception):  # where the file cannot be worked with, the app says it
            self._do_rounds()

    def _do_rounds(self) -> None:
        status = self._store.sync.status()
        version, listing = self._store.version, _listing(status)
        is_new, due, latest = False, 0.0, 0.0
        while status.folder is not None:
            is_over, now = self._ends.is_set(), monotonic()
            if self._store.version != version:  # as of the last look of the view in front
                is_new, version, due = True, self._store.version, min(now + self._rest, latest)
            if (found := _listing(status)) != listing:
                listing, due = found, now
            if now >= due or (is_over and is_new):
                is_new, due, latest = False, now + _LONGEST, now + _LONGEST
                try:
                    status, is_coming = self._do_round()
                    due = now + _REST if is_coming else due
                except BusyError:
                    is_new, due = True, now + _REST
                except Exception as error:  # whatever it is: nobody would see that nothing is done
                    why = str(error) if isinstance(error, NeedleError) else f"{error!r}."
                    self._tell(("not synced",), (f"Not synced: {why}",))
            if is_over:
                return
            self._ends.wait(_LOOK)

    def _do_round(self) -> tuple[SyncStatus, bool]:
        """Do one; how it stands then, and whether something has come that is not whole yet."""
        from ...exchange.sync.folder import run_round
        from ...store.store import Store
        from ...text.sync import AWAY, head_words

        self._store.database.must_be_in_place()  # else a store would make a new file
        with closing(Store(self._store.path, self._store.clock)) as store:
            if (status := store.sync.status()).folder is None:
                self._tell(())
                return status, False
            done = run_round(store)
            words = head_words(done.peers, done.at, store.clock.zone())
            said = [it for it in (*done.said, done.problem) if it]
            self._tell(AWAY if done.is_away else words, said, store.decisions.questions())
            return store.sync.status(), bool(done.coming)

    def _tell(
        self,
        words: Sequence[str],
        said: Sequence[str] = (),
        asked: Sequence[TwoAnswers | TwoPromises] = (),
    ) -> None:
        if not self._ends.is_set():
            with suppress(RuntimeError):  # the app has ended, and its loop with it
                self._app.call_later(self._show, words, said, asked)

    def _show(
        self, words: Sequence[str], said: Sequence[str], asked: Sequence[TwoAnswers | TwoPromises]
    ) -> None:
        """Say each sentence once, and ask what only a person can decide."""
        for sentence in said:
            if sentence not in self._said:
                self._said.add(sentence)
                self._app.notify(sentence, severity="warning", markup=False, timeout=10)
        today = self._app.get_screen_stack(self._app.DEFAULT_MODE)[0]
        if isinstance(today, TodayScreen):
            today.query_one(Headline).say_of_others(words)
            self._ask(today, asked)

    def _ask(self, today: TodayScreen, asked: Sequence[TwoAnswers | TwoPromises]) -> None:
        question = None
        if asked:
            from .sync_dialogs import ask_which_holds, question_words

            self._rest = _LOOK  # nobody is to answer it there again

            def ask_again() -> None:
                with suppress(BusyError):  # the next round does
                    self._ask(today, self._store.decisions.questions())

            def ask() -> None:
                ask_which_holds(today, asked[0], ask_again)

            question = (question_words(asked), ask)
        today.query_one(AskLine).ask_also(question)


def _listing(status: SyncStatus) -> object:
    """What is another when a file of another machine has come; None: the folder is away."""
    try:
        with os.scandir(status.folder or "") as entries:
            own = f"-{status.machine}"
            return {it.name: it.stat().st_mtime_ns for it in entries if not it.name.endswith(own)}
    except OSError:
        return None
