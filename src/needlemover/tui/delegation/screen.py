"""Delegate: what popped up, and is it worth paying someone to take it?"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.reactive import reactive

from ...clock import Clock
from ...domain.delegation.deal import Verdict
from ...domain.delegation.problem import Problem, ProblemState
from ...domain.delegation.verdict import ProblemsSnapshot
from ...domain.errors import NeedleError
from ...domain.numbers.rates import per_hour
from ...domain.numbers.worth import seconds_a_year
from ...domain.settings import NextWorth
from ...store.store import Store
from ...text.format import money, plain_day, plain_money, quoted, rounded_money
from ...text.numbers.worth import hour_lines, income_words
from ...text.parse.values import parse_seconds
from ...text.settings import parse_setting
from ..kit.edges import KeyLine, Tabs, TitleLine
from ..kit.fields import text_field
from ..kit.form import FieldError, Form, Told, day_field, money_field
from ..kit.lines import Hint, Line, Span, paragraphs, towers, wrapped
from ..kit.panels import Panels, TextPanel
from ..kit.view import View
from ..views import END_KEYS, PANEL_KEYS, PARK_KEY, VIEW_KEYS, key
from .ledger import LedgerPanel, SumFacts, sum_panel
from .problems import DEEDS, choose_activity, is_timed

T = TypeVar("T")

_SAID = {
    ProblemState.DONE: "You did {} yourself",
    ProblemState.DROPPED: "{} is dropped",
    ProblemState.PARKED: "{} is parked again",
}


def hour_panel_lines(facts: ProblemsSnapshot, width: int, height: int) -> Sequence[Line]:
    """Now, a week from now, and where an hour returns most; then the weeks, as tall as they can."""
    worth, *why = hour_lines(facts.worth, facts.returns, facts.settings)
    weeks, currency = facts.worth.weeks, facts.settings.currency
    if not facts.worth.basis.payments:
        declares = ("h", "declares it: by the hour, or from an income wanted")
        return Hint(" ".join((worth, *why)), width, declares)
    found = [*paragraphs([worth], width), *paragraphs(why, width, "muted")]
    if facts.worth.now is None:
        found += wrapped("h declares it: by the hour, or from an income wanted.", width, "muted")
    if not any(weeks):
        return found
    earned = ["–" if week is None else rounded_money(week, currency) for week in weeks]
    weeks = weeks[-max(1, width // max(8, *(len(text) + 2 for text in earned))) :]
    cells, rows = min(24, width // len(weeks)), height - len(found) - 2
    this_week = facts.settings.weeks.start(facts.today)
    starts = [this_week - timedelta(weeks=ago) for ago in range(len(weeks), 0, -1)]
    for row in towers(weeks, rows):
        drawn = "".join(f"{sign * (cells - 2):<{cells}}" for sign in row)
        found.append(Line(((drawn, "dim-accent"),)))
    for texts in (earned[-len(weeks) :], [plain_day(start)[:-5] for start in starts]):
        found.append(Line((("".join(f"{text:<{cells}}" for text in texts), "muted"),)))
    return found


def _caption(facts: ProblemsSnapshot) -> str:
    return "what an hour earned, by week" if any(facts.worth.weeks) else ""


def ask_hour(view: View[ProblemsSnapshot]) -> None:
    """Ask for a worth, or an income; and for a second worth from a day on."""
    settings = view.snapshot.settings
    currency, following = settings.currency, settings.hourly_worth_next

    def tell(income: int | None, hours: int, **_: object) -> str:
        worth = _worth_of_income(income, hours)
        return income_words(income, worth, hours, currency) if income and worth else ""

    def save(
        worth: int | None, income: int | None, hours: int, later: int | None, start: date | None
    ) -> None:
        found = _worth_of_income(income, hours)
        if (later is None) != (start is None):
            key = "later" if later is None else "start"
            raise FieldError(key, "A later worth takes both, an amount and the day: type both.")
        then = None if later is None or start is None else NextWorth(later, start)
        view.do(lambda: view.store.choices.declare_worth(worth if found is None else found, then))

    worth_field = partial(
        text_field,
        write=partial(plain_money, currency=currency),
        read=partial(parse_setting, "hourly_worth", currency=currency),
        blank=None,
    )
    value, start = (following.value, following.start) if following else (None, None)
    year = seconds_a_year(settings.working_day) // 3600
    fields = (
        worth_field("worth", f"An hour ({currency})", settings.hourly_worth, placeholder="like 46"),
        money_field("income", "Or income", currency, placeholder="like 90000", hint="a year"),
        text_field("hours", "Hours", str(year), blank=0, hint="of work a year, for the income",
                   read=partial(parse_seconds, unit="h", longest=366 * 24 * 3600)),
        worth_field("later", "Later", value, placeholder="none", hint="an hour"),
        day_field("start", "From", start, view.snapshot.today, ahead=True, blank=None,
                  placeholder="like 1 mar"),
        Told(tell),
    )  # fmt: skip
    hint = "Enter saves · Tab next · all blank: what the data say"
    view.ask(Form("What your hour is worth", fields, save, hint=hint))


def _worth_of_income(income: int | None, hours: int) -> int | None:
    """The worth of an hour that an income takes; None: there is no income."""
    if income is None:
        return None
    worth = per_hour(income, hours)
    if worth is None:
        raise FieldError("hours", "Type how many hours of work a year has, like 1800.")
    return worth


class DelegateScreen(View[ProblemsSnapshot]):
    """The view of what was parked, and the keys that work on it."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-high"), (36, "-tall")]
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "LedgerPanel"

    BINDINGS = [
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
        yield Tabs("delegate")
        yield TitleLine(id="headline").data_bind(facts=View.headline)
        hour = TextPanel("YOUR HOUR", hour_panel_lines, id="hour", below=_caption)
        yield Panels(
            self._ledger.data_bind(facts=snapshot),
            sum_panel().data_bind(facts=DelegateScreen.sum),
            hour.data_bind(facts=snapshot),
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
        shorter = (Line(tuple(left[:count])) for count in (4, 3, 2))
        return Line(tuple(left), ((told, "muted"),)), *shorter

    def compute_sum(self) -> SumFacts:
        return self.snapshot, self._ledger.current

    @property
    def problem(self) -> Problem | None:
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
        """Say what became of a problem: done, dropped, or parked again."""
        problem, new, change = self.problem, ProblemState(state), self.store.problems.set_state
        if problem is not None and self.attempt(lambda: change(problem.id, new)) is not None:
            self.say(f"{_SAID[new].format(quoted(problem.title))}; u takes it back.")

    def action_problem(self, what: str) -> None:
        if self.problem is not None:
            DEEDS[what](self, self.problem)

    action_hour = ask_hour
    action_weigh = choose_activity
