"""Numbers: what do my hours earn? The funnel, the returns, the goal, when buyers answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from ...text.format import quoted
from ..widgets.answers import AnswersPanel
from ..widgets.funnel import FunnelPanel
from ..widgets.goal import GoalPanel, WorthPanel
from ..widgets.keys import KeyLine
from ..widgets.numbers_headline import NumbersHeadline
from ..widgets.panel import ListPanel
from ..widgets.returns import ReturnsPanel, RightPanel
from .number_window import WINDOWS, Window
from .numbers_record import NumbersRecord

if TYPE_CHECKING:
    from .goal_form import GoalInput

PANELS = ("funnel", "returns", "goal", "right", "answers", "worth")
"""In the order in which Tab goes round them."""


class NumbersScreen(NumbersRecord):
    """The view of the numbers game, and the keys that work on it."""

    CSS_PATH = "numbers.tcss"
    AUTO_FOCUS = "FunnelPanel"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (36, "-tall")]  # noqa: RUF012

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "panel(1)", "Panel", id="next_panel", tooltip="Go to the next panel"),
        Binding("shift+tab", "panel(-1)", "Panel", id="panel_before", show=False,
                tooltip="Go to the panel before"),
        Binding("p", "window", "Period", id="window", tooltip="30, 90 or 365 days, or all"),
        Binding("f", "dates", "Dates", id="dates", tooltip="Look at the days between two dates"),
        Binding("g", "goal", "Goal", id="goal", tooltip="Set the money you want, and by when"),
        Binding("R", "rerank", "Rank so", id="rerank",
                tooltip="Rank the activity that earns more above the other"),
        Binding("1", "view('today')", "View", id="view_today", tooltip="Show Today"),
        Binding("2", "view('progress')", "View", id="view_progress",
                tooltip="Show Progress: streaks, calendar, quotas over time"),
        Binding("3", "view('numbers')", "View", id="view_numbers",
                tooltip="Show Numbers: funnel, returns, goal, when buyers answer"),
        Binding("u", "undo", "Undo", id="undo", tooltip="Undo the last change"),
        Binding("U", "redo", "Redo", id="redo", show=False, tooltip="Redo what was undone"),
        Binding("down,j", "scroll(1)", "Down", id="down", show=False, tooltip="Scroll down"),
        Binding("up,k", "scroll(-1)", "Up", id="up", show=False, tooltip="Scroll up"),
        Binding("question_mark", "help", "Help", id="help", key_display="?",
                tooltip="Show what the keys do"),
        Binding("q", "app.quit", "Quit", id="quit", tooltip="Leave; everything is saved"),
    ]  # fmt: skip

    front = "returns"
    """The panel that is shown beside the funnel where there is room for one."""

    def compose(self) -> ComposeResult:
        """The panels, each bound to its facts."""
        yield NumbersHeadline(id="headline").data_bind(facts=NumbersScreen.headline)
        with Container(id="panels"):
            yield FunnelPanel(id="funnel").data_bind(facts=NumbersScreen.funnel)
            returns = ReturnsPanel(id="returns").data_bind(facts=NumbersScreen.returns)
            yield returns.add_class("-front")
            yield GoalPanel(id="goal").data_bind(facts=NumbersScreen.goal)
            yield RightPanel(id="right").data_bind(facts=NumbersScreen.right)
            yield AnswersPanel(id="answers").data_bind(facts=NumbersScreen.answers)
            yield WorthPanel(id="worth").data_bind(facts=NumbersScreen.worth)
        yield KeyLine(id="keys")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what a key cannot do now."""
        if action == "rerank":
            return self.snapshot is not None and self.snapshot.contradiction is not None
        return True

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The panel with the focus is the one to show."""
        if event.widget.id in PANELS[1:]:
            self._bring_to_front(event.widget.id)

    def _bring_to_front(self, name: str) -> None:
        if name != self.front:
            self.query_one(f"#{self.front}").remove_class("-front")
            self.query_one(f"#{name}").add_class("-front")
            self.front = name

    def action_panel(self, by: int) -> None:
        """Go to the next panel."""
        here = self.focused.id if self.focused is not None else None
        place = PANELS.index(here) if here in PANELS else 0
        name = PANELS[(place + by) % len(PANELS)]
        if name in PANELS[1:]:
            self._bring_to_front(name)
        # What was hidden can take the focus only when it is laid out.
        self.call_after_refresh(self.query_one(f"#{name}").focus)

    def action_scroll(self, by: int) -> None:
        """Scroll the panel that has the focus."""
        if isinstance(self.focused, ListPanel):
            self.focused.move(by)

    def action_window(self) -> None:
        """Look at the next window."""
        place = WINDOWS.index(self.window) if self.window in WINDOWS else 0
        self.window = WINDOWS[(place + 1) % len(WINDOWS)]

    def action_dates(self) -> None:
        """Ask for two dates."""
        base = self._base
        if base is None:
            return

        def show(window: Window) -> None:
            self.window = window

        from .number_window import WindowForm

        since, until = self.window.bounds(base.today, base.first_day)
        self.app.push_screen(WindowForm(since, until, base.today, show))

    def action_goal(self) -> None:
        """Ask which money is wanted, and by when."""
        base = self._base
        if base is None:
            return

        def save(new: GoalInput) -> None:
            self.do(
                lambda: self.store.set_goal(new.amount, new.by, win_rate=new.win_rate, win=new.win)
            )

        from .goal_form import GoalForm

        self.app.push_screen(GoalForm(self.store.typed_settings(), base.today, save))

    def action_rerank(self) -> None:
        """Rank the activity that earns more an hour right above the other."""
        found = self.snapshot.contradiction if self.snapshot is not None else None
        if found is None:
            return
        better, rank = found.better, found.ranked.rank
        if self.attempt(lambda: self.store.activities.rank(better.activity_id, rank)):
            self.say(f"{quoted(better.name)} is ranked {rank} now; u takes it back.")
