"""Numbers: what do my hours earn? The funnel, the returns, the goal, when buyers answer."""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct
from textual.app import ComposeResult
from textual.reactive import reactive

from ...domain.errors import NeedleError
from ...domain.numbers.snapshot import NumbersSnapshot
from ...store.store import Store
from ...text.format import counted, days_from_to, money, quoted
from ..kit.edges import KeyLine, Tabs, TitleLine
from ..kit.form import FieldError, Form, day_field
from ..kit.lines import Line, Span
from ..kit.panels import Columns, TextPanel
from ..kit.view import View
from ..views import END_KEYS, PANEL_KEYS, PARK_KEY, VIEW_KEYS, key
from .answers import answers_lines
from .funnel import funnel_lines
from .goal import ask_goal, goal_lines, hour_lines
from .returns import returns_lines, right_lines


class Window(Struct, frozen=True):
    """So many days up to today, two dates, or everything (none of them)."""

    days: int | None = None
    since: date | None = None
    until: date | None = None

    @property
    def words(self) -> str:
        """`90 days`, `all`, `two dates`."""
        if self.days is not None:
            return f"{self.days} days"
        return "all" if self.since is None else "two dates"

    def read(self, store: Store) -> NumbersSnapshot:
        """Its numbers; a `NeedleError` when they cannot be read."""
        if self.days is None:
            return store.numbers.snapshot(self.since, self.until, whole=self.since is None)
        until = store.today
        return store.numbers.snapshot(until - timedelta(days=self.days - 1), until)


ORDER = ("funnel", "returns", "goal", "right", "worth", "answers")
WITH_GOAL = ("goal", "funnel", *ORDER[1:2], *ORDER[3:])
USUAL = Window(90)
WINDOWS = (Window(30), USUAL, Window(365), Window())  # in the order in which a key goes round them


class NumbersScreen(View[NumbersSnapshot]):
    """The view of the numbers game, and the keys that work on it."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-high"), (36, "-tall")]
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#funnel"

    BINDINGS = [
        *PANEL_KEYS,
        key("w", "window", "Period", "30, 90 or 365 days, or all"),
        key("f", "dates", "Dates", "Look at the days between two dates"),
        key("g", "goal", "Goal", "Set the money you want, and by when"),
        key("R", "rerank", "Rank up", "Rank the activity that earns more above the other"),
        *VIEW_KEYS,
        PARK_KEY,
        *END_KEYS,
    ]

    window: reactive[Window] = reactive(USUAL, repaint=False)  # the days that are looked at

    def compose(self) -> ComposeResult:
        panels = (
            TextPanel("FUNNEL OF THESE DAYS", funnel_lines, id="funnel"),
            TextPanel("RETURNS", returns_lines, id="returns"),
            TextPanel("GOAL", goal_lines, id="goal"),
            TextPanel("RIGHT THINGS", right_lines, id="right"),
            TextPanel("WORTH OF AN HOUR", hour_lines, id="worth"),
            TextPanel("WHEN BUYERS ANSWERED", answers_lines, id="answers"),
        )
        yield Tabs("numbers")
        yield TitleLine(id="headline").data_bind(facts=View.headline)
        bound = (panel.data_bind(facts=type(self).snapshot) for panel in panels)
        yield Columns(*bound, order=self._order)
        yield KeyLine(id="keys")

    def read(self) -> NumbersSnapshot:
        return self.window.read(self.store)

    def watch_snapshot(self) -> None:
        """Other numbers take other room."""
        for panels in self.query(Columns):
            panels.put_in_order(self._order)
            panels.children[0].refresh(layout=True)

    @property
    def _order(self) -> Sequence[str]:
        return ORDER if self.snapshot.goal.wanted is None else WITH_GOAL

    def compute_headline(self) -> tuple[Line, ...]:
        funnel, currency = self.snapshot.funnel, self.snapshot.settings.currency
        left: tuple[Span, ...] = (
            ("Numbers  ", "strong"),
            (self.window.words, "accent"),
            (f"   {days_from_to(funnel.since, funnel.until)}", "muted"),
        )
        told = f"{counted(funnel.tally.dials, 'dial')} · {money(funnel.tally.money, currency)}"
        return Line(left, ((told, "muted"),)), Line(left), Line(left[:2])

    def why_not(self, action: str) -> str:
        if action == "rerank" and self.snapshot.contradiction is None:
            return "No rank contradicts what was measured."
        return ""

    def show_window(self, window: Window) -> None:
        try:
            found = window.read(self.store)
        except NeedleError as error:
            self.tell(error)
        else:
            self.window, self.snapshot = window, found

    def action_window(self) -> None:
        place = WINDOWS.index(self.window) if self.window in WINDOWS else 0
        self.show_window(WINDOWS[(place + 1) % len(WINDOWS)])

    def action_dates(self) -> None:
        def save(since: date, until: date) -> None:
            if since > until:
                raise FieldError("until", "It ends before it begins: swap the two dates.")
            self.show_window(Window(since=since, until=until))

        snapshot = self.snapshot
        fields = (
            day_field("since", "From", snapshot.since, snapshot.today),
            day_field("until", "To", snapshot.until, snapshot.today),
        )
        hint = "Enter shows · Tab next · 2026-10-01, yesterday"
        form = Form("Numbers of two dates", fields, save, save_word="Show", hint=hint)
        self.app.push_screen(form)

    action_goal = ask_goal

    def action_rerank(self) -> None:
        found = self.snapshot.contradiction
        if found is None:
            return
        better, rank = found.better, found.ranked.rank
        if self.attempt(lambda: self.store.activities.edit(better.activity_id, rank=rank)):
            self.say(f"{quoted(better.name)} is ranked {rank} now; u takes it back.")
