"""Delegate: what popped up, and is it worth paying someone to take it?"""

from collections.abc import Callable
from contextlib import suppress
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.reactive import reactive

from ...clock import Clock
from ...domain.delegation.deal import Verdict
from ...domain.delegation.ledger import ProblemsSnapshot
from ...domain.delegation.problem import Problem, ProblemState
from ...domain.errors import NeedleError
from ...store.store import Store
from ...text.format import money
from ..kit.edges import KeyLine, TitleLine
from ..kit.lines import Line, Span
from ..kit.panels import Panels, TextPanel
from ..kit.view import View
from ..views import END_KEYS, PANEL_KEYS, PARK_KEY, VIEW_KEYS, key
from .hour import ask_hour, hour_panel_lines
from .ledger import LedgerPanel
from .problems import DEEDS, choose_activity, is_timed, set_state
from .weighing import SumFacts, sum_panel

T = TypeVar("T")


class DelegateScreen(View[ProblemsSnapshot]):
    """The view of what was parked, and the keys that work on it."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (36, "-tall")]  # noqa: RUF012
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "LedgerPanel"

    BINDINGS: ClassVar[list[BindingType]] = [
        PARK_KEY,
        key("e,enter", "problem('edit')", "Edit",
            "Say what it takes, what it costs, and who could take it", id="edit"),
        key("d", "problem('delegate')", "Delegate",
            "Delegate it: to whom, since when, what it really costs", id="delegate"),
        key("t", "problem('time')", "Time",
            "Time what you put into it after all; again: stop", id="time"),
        key("l", "problem('log')", "Log", "Log time that you put into it", id="log"),
        *VIEW_KEYS,
        *PANEL_KEYS,
        key("h", "hour", "Hour", "Declare what your hour is worth, or the income you want"),
        key("m", "state('done')", "Did it", "You did it yourself after all", id="done"),
        key("x", "state('dropped')", "Drop", "Drop it", id="drop"),
        key("r", "state('parked')", "Park again", "Park it again", id="park_again"),
        key("a", "weigh", "Weigh", "Weigh an activity of your checklist: hand it over?"),
        *END_KEYS,
    ]  # fmt: skip

    chosen: reactive[int | None] = reactive(None, repaint=False, bindings=True)
    """The problem under the cursor, whose sum is shown; None: nothing is parked."""

    sum: reactive[SumFacts | None] = reactive(None, repaint=False)

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__(store, clock)
        self._ledger = LedgerPanel(self.snapshot, id="ledger")

    def compose(self) -> ComposeResult:
        snapshot = type(self).snapshot
        yield TitleLine(id="headline").data_bind(facts=View.headline)
        yield Panels(
            self._ledger.data_bind(facts=snapshot),
            sum_panel().data_bind(facts=DelegateScreen.sum),
            TextPanel("YOUR HOUR", hour_panel_lines, id="hour").data_bind(facts=snapshot),
        )
        yield KeyLine(id="keys")

    def read(self) -> ProblemsSnapshot:
        return self.store.problems.snapshot()

    def do(self, command: Callable[[], T]) -> T:
        """Do a command; what it changes may tell other days."""

        def do() -> T:
            done = command()
            with suppress(NeedleError):  # the command is done, whatever becomes of the days
                self.store.problems.keep_days_told()
            return done

        return super().do(do)

    def compute_headline(self) -> tuple[Line, ...]:
        snapshot = self.snapshot
        parked = [row.verdict for row in snapshot.rows if row.problem.state is ProblemState.PARKED]
        left: list[Span] = [("Delegate", "strong"), (f"  {len(parked)} parked", "muted")]
        if worth_it := parked.count(Verdict.NOW):
            left.append((f", {worth_it} to delegate now", "accent"))
        left.append((f" · {snapshot.totals.delegated} delegated", "muted"))
        worth, told = snapshot.worth.now, "too little to say what your hour is worth"
        if worth is not None:
            told = f"your hour: {money(worth, snapshot.settings.currency)}"
        return Line(tuple(left), ((told, "muted"),)), Line(tuple(left))

    def compute_sum(self) -> SumFacts:
        return self.snapshot, self._ledger.current

    @property
    def problem(self) -> Problem | None:
        """The problem under the cursor."""
        row = self._ledger.current
        return row.problem if row is not None else None

    def why_not(self, action: str) -> str:
        problem = self.problem
        if action.startswith(("problem(", "state(")) and problem is None:
            return "Nothing is parked yet: p parks what popped up."
        if problem is not None and action == f"state('{problem.state}')":
            return f"It is {problem.state} already."
        return ""

    def key_word(self, binding: Binding) -> str:
        if binding.id == "time" and self.problem is not None and is_timed(self, self.problem):
            return "Stop"
        return binding.description

    def on_panel_moved(self) -> None:
        self.chosen = self.problem.id if self.problem is not None else None

    def on_panel_picked(self) -> None:
        self.action_problem("edit")

    def show_parked(self, problem: Problem) -> None:
        self._ledger.choose(problem.id)

    def action_state(self, state: str) -> None:
        if self.problem is not None:
            set_state(self, self.problem, ProblemState(state))

    def action_problem(self, what: str) -> None:
        if self.problem is not None:
            DEEDS[what](self, self.problem)

    action_hour = ask_hour
    action_weigh = choose_activity
