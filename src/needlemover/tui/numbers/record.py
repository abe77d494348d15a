"""What Numbers shows of the data: it holds the facts of a window and keeps them true."""

from __future__ import annotations

from typing import Any

from textual.reactive import reactive

from ...clock import Clock
from ...domain.day import local_day
from ...domain.errors import NeedleError
from ...domain.numbers.snapshot import NumbersSnapshot
from ...store.store import Store
from ...text.format import counted, days_from_to, money
from ..kit.panel_view import PanelView
from ..kit.title_line import Title
from .answers import AnswersFacts
from .funnel import FunnelFacts
from .goal import GoalFacts, WorthFacts
from .returns import ReturnsFacts, RightFacts
from .window import USUAL, Window


class NumbersRecord(PanelView):
    """The snapshot of a window, and the facts of each panel."""

    snapshot: reactive[NumbersSnapshot | None] = reactive(
        None, repaint=False, init=False, bindings=True
    )
    """None: the data could not be read."""

    headline: reactive[Title | None] = reactive(None, repaint=False)
    funnel: reactive[FunnelFacts | None] = reactive(None, repaint=False)
    returns: reactive[ReturnsFacts | None] = reactive(None, repaint=False)
    right: reactive[RightFacts | None] = reactive(None, repaint=False)
    goal: reactive[GoalFacts | None] = reactive(None, repaint=False)
    worth: reactive[WorthFacts | None] = reactive(None, repaint=False)
    answers: reactive[AnswersFacts | None] = reactive(None, repaint=False)

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__(store, clock)
        self.window = USUAL
        try:
            self.set_reactive(NumbersRecord.snapshot, self.window.read(store))
        except NeedleError as error:
            self.refused = str(error)
        self._show_everything()

    def reload(self) -> None:
        """Show what the data say now."""
        self.snapshot = self.window.read(self.store)

    def look_about(self) -> None:
        """Once a second: a new day, a change by another process."""
        snapshot = self.snapshot
        if not self.is_in_front or snapshot is None:
            return  # it is loaded anew when it comes to the front
        today = local_day(self.clock.now(), self.clock.zone(), snapshot.settings.day_starts_at)
        if today != snapshot.today or self.changed_elsewhere():
            self.reload()

    def look_at(self, window: Window) -> None:
        """Show another window, or say why it cannot be read."""
        try:
            found = window.read(self.store)
        except NeedleError as error:
            self.say(str(error), wrong=True)
            return
        self.window = window
        self.snapshot = found
        # Another name may stand for the same numbers.
        self.give(headline=self._headline(found))

    def watch_snapshot(self) -> None:
        """Other numbers."""
        self._show_everything()

    def _show_everything(self) -> None:
        if self.snapshot is not None:
            self.give(headline=self._headline(self.snapshot), **_facts(self.snapshot))

    def _headline(self, snapshot: NumbersSnapshot) -> Title:
        """The window at the left, dials and money at the right."""
        tally = snapshot.funnel.tally
        return Title(
            (
                ("Numbers  ", "strong"),
                (self.window.words, "accent"),
                (f"   {days_from_to(snapshot.funnel.since, snapshot.funnel.until)}", "muted"),
            ),
            f"{counted(tally.dials, 'dial')} · {money(tally.money, snapshot.settings.currency)}",
        )


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
        "worth": WorthFacts(snapshot.worth, settings),
        "answers": AnswersFacts(
            snapshot.slots, settings.first_weekday, settings.day_starts_at.hour
        ),
    }
