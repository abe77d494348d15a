"""What Numbers shows of the data: it holds the facts of a window and keeps them true.

A short window is added up at once, a long one by a worker with a connection of its own.
"""

from __future__ import annotations

from typing import Any

from textual import work
from textual.message import Message
from textual.reactive import reactive
from textual.worker import get_current_worker

from ...clock import Clock
from ...domain.day import local_day
from ...domain.errors import NeedleError
from ...domain.numbers import NumbersSnapshot
from ...store import Store
from ..widgets.answers import AnswersFacts
from ..widgets.funnel import FunnelFacts
from ..widgets.goal import GoalFacts, WorthFacts
from ..widgets.numbers_headline import NumbersHeadlineFacts
from ..widgets.returns import ReturnsFacts, RightFacts
from .number_window import USUAL, Window
from .panel_view import PanelView

SHORT = 100
"""So many days of entries are added up before the next picture."""


class NumbersRecord(PanelView):
    """The snapshot of a window, and the facts of each panel."""

    snapshot: reactive[NumbersSnapshot | None] = reactive(
        None, repaint=False, init=False, bindings=True
    )
    """None: the window is being added up."""
    window: reactive[Window] = reactive(USUAL, repaint=False, init=False)
    is_waiting: reactive[bool] = reactive(False, repaint=False, init=False)
    """Whether other numbers than those shown are on their way."""

    headline: reactive[NumbersHeadlineFacts | None] = reactive(None, repaint=False)
    funnel: reactive[FunnelFacts | None] = reactive(None, repaint=False)
    returns: reactive[ReturnsFacts | None] = reactive(None, repaint=False)
    right: reactive[RightFacts | None] = reactive(None, repaint=False)
    goal: reactive[GoalFacts | None] = reactive(None, repaint=False)
    worth: reactive[WorthFacts | None] = reactive(None, repaint=False)
    answers: reactive[AnswersFacts | None] = reactive(None, repaint=False)

    class AddedUp(Message):
        """A worker has added a window up."""

        def __init__(
            self, window: Window, base: NumbersSnapshot | None, found: NumbersSnapshot | str
        ) -> None:
            super().__init__()
            self.window = window
            self.base = base
            self.found = found
            """The numbers, or why they could not be read."""

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__(store, clock)
        self._base: NumbersSnapshot | None = None
        """The usual window; the store makes another one when anything in the data changes."""
        self._kept: dict[Window, NumbersSnapshot] = {}
        """What was added up since then."""
        try:
            self._base = USUAL.read(store)
        except NeedleError as error:
            self.refused = str(error)
        else:
            self._kept[USUAL] = self._base
            self.set_reactive(NumbersRecord.snapshot, self._base)
            self._show_everything()

    def reload(self) -> None:
        """Show what the data say now."""
        base = USUAL.read(self.store)
        if base is not self._base:
            self._base = base
            self._kept = {USUAL: base}
            self._look_up()

    def look_about(self) -> None:
        """Once a second: a new day, a change by another process."""
        base = self._base
        if not self.is_in_front or base is None:
            return  # it is loaded anew when it comes to the front
        today = local_day(self.clock.now(), self.clock.zone(), base.settings.day_starts_at)
        if today != base.today or self.changed_elsewhere():
            self.reload()

    def watch_window(self) -> None:
        """Another window: what is shown is not its numbers."""
        if self.window not in self._kept:
            self.snapshot = None
        try:
            self._look_up()
        except NeedleError as error:
            self.say(str(error), wrong=True)

    def _look_up(self) -> None:
        """Show the window: what is kept of it, or what it adds up to."""
        base, window = self._base, self.window
        if base is None:
            return
        if window not in self._kept and window.length(base.today, base.first_day) <= SHORT:
            self._kept[window] = window.read(self.store)
        self.is_waiting = window not in self._kept
        if self.is_waiting:
            self._add_up(window, base)
        else:
            self.snapshot = self._kept[window]

    @work(thread=True, exclusive=True, group="window")
    def _add_up(self, window: Window, base: NumbersSnapshot) -> None:
        # The store's own connection is for the thread of the screen alone.
        found: NumbersSnapshot | str
        try:
            store = Store(self.store.path, self.clock)
            try:
                found = window.read(store)
            finally:
                store.close()
        except NeedleError as error:
            found = str(error)
        if not get_current_worker().is_cancelled:
            self.post_message(self.AddedUp(window, base, found))

    def on_numbers_record_added_up(self, message: AddedUp) -> None:
        """Keep it and show it, unless the data have changed since: then it is on its way again."""
        if message.base is not self._base:
            return
        if isinstance(message.found, str):
            self.is_waiting = False
            self.say(message.found, wrong=True)
            return
        self._kept[message.window] = message.found
        if message.window == self.window:
            self.is_waiting = False
            self.snapshot = message.found

    def watch_is_waiting(self) -> None:
        """Say whether other numbers are on their way."""
        self.give(headline=self._headline())

    def watch_snapshot(self) -> None:
        """Other numbers."""
        self._show_everything()

    def _headline(self) -> NumbersHeadlineFacts:
        snapshot = self.snapshot
        return NumbersHeadlineFacts(
            window=self.window.words,
            funnel=snapshot.funnel if snapshot is not None else None,
            is_waiting=self.is_waiting,
            currency=snapshot.settings.currency if snapshot is not None else "",
        )

    def _show_everything(self) -> None:
        snapshot, base = self.snapshot, self._base
        if base is not None:  # the worth of an hour is the same in all windows
            self.give(worth=WorthFacts(base.worth, base.settings))
        self.give(headline=self._headline(), **(_facts(snapshot) if snapshot else _NO_FACTS))


_NO_FACTS = dict.fromkeys(("funnel", "returns", "right", "goal", "answers"))


def _facts(snapshot: NumbersSnapshot) -> dict[str, Any]:
    """What the panels show of a window."""
    settings, funnel = snapshot.settings, snapshot.funnel
    currency = settings.currency
    return {
        "funnel": FunnelFacts(
            funnel, snapshot.before, snapshot.weeks, snapshot.open_asks, currency
        ),
        "returns": ReturnsFacts(
            snapshot.returns, snapshot.contradiction, snapshot.untraced_money, currency
        ),
        "right": RightFacts(snapshot.returns, snapshot.right_weeks, snapshot.leak_seconds),
        "goal": GoalFacts(snapshot.goal, settings, funnel.win_per_conversation),
        "answers": AnswersFacts(
            snapshot.slots, settings.first_weekday, settings.day_starts_at.hour
        ),
    }
