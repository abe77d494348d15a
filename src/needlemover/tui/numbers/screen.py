"""Numbers: what do my hours earn? The funnel, the returns, the goal, when buyers answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ...text.format import quoted
from ..kit.ground import Panels
from ..kit.keys import KeyLine
from ..kit.list_panel import ListPanel
from ..kit.panel_view import PANEL_KEYS
from ..kit.title_line import TitleLine
from ..kit.view import LAST_KEYS, PARK_KEY, UNDO_KEYS
from ..views import VIEW_KEYS
from .answers import AnswersPanel
from .funnel import FunnelPanel
from .goal import GoalPanel, WorthPanel
from .record import NumbersRecord
from .returns import ReturnsPanel, RightPanel
from .window import WINDOWS

if TYPE_CHECKING:
    from .goal_form import GoalInput


class NumbersScreen(NumbersRecord):
    """The view of the numbers game, and the keys that work on it."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "FunnelPanel"

    BINDINGS: ClassVar[list[BindingType]] = [
        *PANEL_KEYS,
        Binding("w", "window", "Period", id="window", tooltip="30, 90 or 365 days, or all"),
        Binding("f", "dates", "Dates", id="dates", tooltip="Look at the days between two dates"),
        Binding("g", "goal", "Goal", id="goal", tooltip="Set the money you want, and by when"),
        Binding("R", "rerank", "Rank so", id="rerank",
                tooltip="Rank the activity that earns more above the other"),
        *VIEW_KEYS,
        PARK_KEY,
        *UNDO_KEYS,
        Binding("down,j", "scroll(1)", "Down", id="down", show=False, tooltip="Scroll down"),
        Binding("up,k", "scroll(-1)", "Up", id="up", show=False, tooltip="Scroll up"),
        *LAST_KEYS,
    ]  # fmt: skip

    panels = ("funnel", "returns", "goal", "right", "answers", "worth")
    front = "returns"

    def compose(self) -> ComposeResult:
        """The panels, each bound to its facts."""
        yield TitleLine(id="headline").data_bind(facts=NumbersScreen.headline)
        with Panels(id="panels"):
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

    def action_scroll(self, by: int) -> None:
        """Scroll the panel that has the focus."""
        if isinstance(self.focused, ListPanel):
            self.focused.move(by)

    def action_window(self) -> None:
        """Look at the next window."""
        place = WINDOWS.index(self.window) if self.window in WINDOWS else 0
        self.look_at(WINDOWS[(place + 1) % len(WINDOWS)])

    def action_dates(self) -> None:
        """Ask for two dates."""
        snapshot = self.snapshot
        if snapshot is None:
            return

        from .window import WindowForm

        form = WindowForm(snapshot.since, snapshot.until, snapshot.today, self.look_at)
        self.app.push_screen(form)

    def action_goal(self) -> None:
        """Ask which money is wanted, and by when."""
        snapshot = self.snapshot
        if snapshot is None:
            return

        def save(new: GoalInput) -> None:
            self.do(
                lambda: self.store.set_goal(new.amount, new.by, win_rate=new.win_rate, win=new.win)
            )

        from .goal_form import GoalForm

        self.app.push_screen(GoalForm(self.store.typed_settings(), snapshot.today, save))

    def action_rerank(self) -> None:
        """Rank the activity that earns more an hour right above the other."""
        found = self.snapshot.contradiction if self.snapshot is not None else None
        if found is None:
            return
        better, rank = found.better, found.ranked.rank
        if self.attempt(lambda: self.store.activities.rank(better.activity_id, rank)):
            self.say(f"{quoted(better.name)} is ranked {rank} now; u takes it back.")
