"""Rounds with the sync folder while the app is open, what came, and what is left to a person."""

import os
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from functools import partial
from threading import Event, Thread
from time import monotonic
from typing import Any

from textual.app import App

from ...domain.errors import BusyError, NeedleError
from ...domain.today.snapshot import DaySnapshot
from ...store.store import Store
from ...store.sync.decisions import TwoAnswers, TwoPromises
from ...store.sync.sync import SyncStatus
from ...text.buyers.words import when_words
from ...text.calls import entry_parts
from ...text.format import local_when, quoted, short_day, shown
from ...text.sync import AWAY, head_words, note_words
from ..kit.dialog import ListDialog, Question, Way
from ..kit.lines import Line, cut
from ..kit.view import View
from ..today.headline import AskLine, Headline
from ..today.screen import TodayScreen

Doubt = TwoAnswers | TwoPromises  # what two machines leave to a person

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
        self, words: Sequence[str], said: Sequence[str] = (), asked: Sequence[Doubt] = ()
    ) -> None:
        if not self._ends.is_set():
            with suppress(RuntimeError):  # the app has ended, and its loop with it
                self._app.call_later(self._show, words, said, asked)

    def _show(self, words: Sequence[str], said: Sequence[str], asked: Sequence[Doubt]) -> None:
        """Say each sentence once, and ask what only a person can decide."""
        for sentence in said:
            if sentence not in self._said:
                self._said.add(sentence)
                self._app.notify(sentence, severity="warning", markup=False, timeout=10)
        today = self._app.get_screen_stack(self._app.DEFAULT_MODE)[0]
        if isinstance(today, TodayScreen):
            today.query_one(Headline).say_of_others(words)
            self._ask(today, asked)

    def _ask(self, today: TodayScreen, asked: Sequence[Doubt]) -> None:
        question = None
        if asked:
            self._rest = _LOOK  # nobody is to answer it there again

            def ask_again() -> None:
                with suppress(BusyError):  # the next round does
                    self._ask(today, self._store.decisions.questions())

            question = question_words(asked), partial(ask_which_holds, today, asked[0], ask_again)
        today.query_one(AskLine).ask_also(question)


def _listing(status: SyncStatus) -> object:
    """What is another when a file of another machine has come; None: the folder is away."""
    try:
        with os.scandir(status.folder or "") as entries:
            own = f"-{status.machine}"
            return {it.name: it.stat().st_mtime_ns for it in entries if not it.name.endswith(own)}
    except OSError:
        return None


_MOST = 500  # notes that are shown
_WIDEST = 60  # cells of a button's words


def question_words(questions: Sequence[Doubt]) -> str:
    """What Today asks, of the first of them."""
    question = questions[0]
    if isinstance(question, TwoAnswers):
        who = quoted(question.ask.contact, 28) if question.ask.contact else "An ask"
        words = f"{who} has two answers: which one holds?"
    else:
        words = f"{quoted(question.contact, 28)} has two callbacks: which one holds?"
    return words + f" (and {len(questions) - 1} more)" * (len(questions) > 1)


def ask_which_holds(view: View[DaySnapshot], question: Doubt, then: Callable[[], None]) -> None:
    """Ask what only a person can decide, and go on; Esc leaves it as it is."""
    today, currency = view.snapshot.today, view.snapshot.settings.currency
    decisions = view.store.decisions
    choices: list[tuple[tuple[str, ...], Callable[[], str]]]
    if isinstance(question, TwoAnswers):
        ask = question.ask
        who, asked = ask.contact or "An ask", short_day(ask.day, today)
        note = f"Asked on {asked}, and answered on two machines: both stand until you choose."
        choices = [
            ((answer.outcome or "", short_day(answer.day, today), said.amount, said.note),
             partial(decisions.keep_answer, answer.id))
            for answer in question.answers
            if (said := entry_parts(answer, currency))
        ]  # fmt: skip
    else:
        who = question.contact
        note = "Promised on two machines, and only one can stand: the other waits until you choose."
        choices = [
            ((step.kind, when_words(step, today), quoted(step.note) if step.note else ""),
             partial(decisions.keep_promise, question.uid, other=step is question.other))
            for step in sorted((question.here, question.other), key=lambda it: it.day)
        ]  # fmt: skip
    ways: list[Way[str]] = [
        (str(number), cut(" · ".join(filter(None, parts)), _WIDEST), partial(view.do, keep))
        for number, (parts, keep) in enumerate(choices, 1)
    ]

    def chosen(label: str | None) -> None:
        if label is not None:
            view.say(f"{shown(label)}; u takes it back.")
            then()

    view.ask(Question(f"{who}: which one holds?", [note], ways, leave="Esc  Later"), chosen)


class SyncLog(ListDialog[None]):
    """Lists what came; u and U work in it as everywhere."""

    BINDINGS = [
        ("t", "take_back", "Take back"),
        ("u", "step('undo')", "Undo"),
        ("U", "step('redo')", "Redo"),
    ]

    def __init__(self, view: View[Any]) -> None:
        self._view, self._notes = view, view.store.sync_log.notes(_MOST)
        zone, found = view.clock.zone(), list[Line]()
        currency = view.store.settings.currency
        for number, it in enumerate(self._notes):
            when = f"  {local_when(it.at, zone)} · {shown(it.machine)}"
            sign = ("! " if it.overrode else "  ", "bad")
            found.append(Line((sign, (shown(note_words(it, currency)), "text")), (), number))
            found.append(Line(((when, "muted"),), (), number))
        none = "No other machine changed anything here in the last 90 days."
        rows = found or [Line(((none, "muted"),))]
        hint = "t takes back what stood there · ! it was edited here · Esc closes" * bool(found)
        super().__init__("What came from other machines", rows, hint=hint)

    def action_take_back(self) -> None:
        if self._notes:
            note, view = self._notes[self._entries.cursor], self._view
            take_back = partial(view.store.sync_log.take_back, note.id)
            self.attempt(lambda: view.say(f"{view.do(take_back)}; u undoes that."))

    def action_step(self, which: str) -> None:
        (self._view.action_undo if which == "undo" else self._view.action_redo)()
