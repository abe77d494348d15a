"""Delegate: what popped up, and is it worth paying someone to take it?"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ..kit.ground import Panels
from ..kit.keys import KeyLine
from ..kit.list_panel import ListPanel
from ..kit.panel_view import PANEL_KEYS
from ..kit.title_line import TitleLine
from ..kit.view import LAST_KEYS, PARK_KEY, UNDO_KEYS
from ..views import VIEW_KEYS
from .actions import DelegateActions
from .hour import HourPanel
from .ledger import LedgerPanel
from .weighing import SumPanel


class DelegateScreen(DelegateActions):
    """The view of what was parked, and the keys that work on it."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "LedgerPanel"

    BINDINGS: ClassVar[list[BindingType]] = [
        PARK_KEY,
        Binding("e,enter", "edit", "Edit", id="edit",
                tooltip="Say what it takes, what it costs, and who could take it"),
        Binding("d", "delegate", "Delegate", id="delegate",
                tooltip="Delegate it: to whom, since when, what it really costs"),
        Binding("t", "time", "Time", id="time",
                tooltip="Time what you put into it after all; again: stop"),
        Binding("l", "log", "Log", id="log", tooltip="Log time that you put into it"),
        *VIEW_KEYS,
        *PANEL_KEYS,
        Binding("h", "hour", "Hour", id="hour",
                tooltip="Declare what your hour is worth, or the income you want"),
        Binding("m", "state('done')", "Did it", id="done", tooltip="You did it yourself after all"),
        Binding("x", "state('dropped')", "Drop", id="drop", tooltip="Drop it"),
        Binding("r", "state('parked')", "Park again", id="park_again", tooltip="Park it again"),
        Binding("a", "weigh", "Weigh", id="weigh",
                tooltip="Weigh an activity of your checklist: hand it over?"),
        *UNDO_KEYS,
        Binding("down,j", "move(1)", "Down", id="down", show=False, tooltip="Move down"),
        Binding("up,k", "move(-1)", "Up", id="up", show=False, tooltip="Move up"),
        *LAST_KEYS,
    ]  # fmt: skip

    panels = ("ledger", "sum", "hour")
    front = "sum"

    def compose(self) -> ComposeResult:
        """The panels, each bound to its facts."""
        yield TitleLine(id="headline").data_bind(facts=DelegateScreen.headline)
        with Panels(id="panels"):
            yield LedgerPanel(id="ledger").data_bind(facts=DelegateScreen.ledger)
            yield SumPanel(id="sum").data_bind(facts=DelegateScreen.sum).add_class("-front")
            yield HourPanel(id="hour").data_bind(facts=DelegateScreen.hour)
        yield KeyLine(id="keys")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what a key cannot do now."""
        problem = self.problem
        match action:
            case "edit" | "delegate" | "time" | "log":
                return problem is not None
            case "state":
                return problem is not None and problem.state.value != parameters[0]
        return True

    def key_word(self, binding: Binding) -> str:
        """The word for what a key would do now."""
        if binding.id == "time" and self.is_timed:
            return "Stop"
        return binding.description

    def on_list_panel_moved(self) -> None:
        """Another problem is under the cursor."""
        ledger = self.query_one(LedgerPanel)
        self.choose(ledger.cursor, ledger.current)

    def on_list_panel_picked(self, event: ListPanel.Picked) -> None:
        """A second click edits it."""
        if event.again:
            self.action_edit()

    def action_move(self, by: int) -> None:
        """Move the cursor of the ledger, or scroll the panel that has the focus."""
        if isinstance(self.focused, ListPanel):
            self.focused.move(by)
