"""Numbers: what do my hours earn? The funnel, the returns, the goal, when buyers answer."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any, Unpack

from msgspec import Struct
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from ...domain.errors import NeedleError
from ...domain.numbers.goal import Gap
from ...domain.numbers.snapshot import NumbersSnapshot
from ...store.store import Store
from ...text.format import counted, days_from_to, in_lines, money, quoted
from ...text.numbers import goal as words
from ...text.numbers.worth import worth_lines
from ...text.settings import parse_setting, typed_setting
from ..kit.edges import KeyLine, Tabs, TitleLine
from ..kit.fields import Field, FieldOptions, text_field
from ..kit.form import FieldError, Form, day_field
from ..kit.lines import Hint, Line, Span, bar, paragraphs, wrapped
from ..kit.panels import Columns, TextPanel
from ..kit.view import View
from ..views import END_KEYS, PANEL_KEYS, PARK_KEY, VIEW_KEYS, key
from .panels import answers_lines, funnel_lines, returns_lines, right_lines

_NO_GOAL = "No goal is set: the conversations a day that it takes come here."
_ASSUME = "g takes an assumed rate, and what you assume a win brings."


def goal_lines(facts: NumbersSnapshot, width: int, height: int) -> Sequence[Line]:
    """What to do each day, large; how far the goal is; then, small, what that is worked out of."""
    goal, currency = facts.goal, facts.settings.currency
    if goal.wanted is None:
        return Hint(_NO_GOAL, width, ("g", "takes the money you want, and by when"))
    first, *rest = _way(facts)
    so_far = words.title_words(goal, currency)
    so_far += f". {words.received_words(goal, currency)}" if goal.missing else "."
    ink = "accent" if goal.missing else "good"
    drawn = Line(tuple(bar(width, goal.received / goal.wanted, None, ink)))
    told = [*wrapped(so_far, width), *paragraphs(rest, width, "muted")]
    parts = in_lines(first, max(12, width))
    lead = [Line(((part.removesuffix(" ·"), "strong"),)) for part in parts]
    # The bar gives way where the sentences need its line.
    return [*lead, *([drawn] if len(lead) + len(told) < height else ()), *told]


def _way(facts: NumbersSnapshot) -> Iterator[str]:
    """What it takes, or why that cannot be said; then how that is known."""
    goal = facts.goal
    if goal.gap is None:
        yield words.lead_words(goal, facts.settings)
        yield from words.way_lines(goal, facts.settings, facts.funnel)
        if goal.rate is not None and not goal.rate.is_sure:
            yield _ASSUME
    elif goal.gap is Gap.REACHED:
        yield words.received_words(goal, facts.settings.currency)
    elif goal.gap is Gap.OVER:
        yield "Its last day has passed. g sets another goal."
    else:
        yield from (words.gap_words(goal), _ASSUME)


def hour_lines(facts: NumbersSnapshot, width: int, height: int) -> Sequence[Line]:
    """What an hour is worth now and a week from now, worked out of what; or what is missing."""
    worth, *why = worth_lines(facts.worth, facts.settings)
    worth, _, basis = worth.partition(": ")
    small = [f"{basis[:1].upper()}{basis[1:]}", *why]
    if facts.worth.now is None and not facts.worth.basis.payments:
        return Hint(". ".join((worth, " ".join(small))), width, ("4 h", "declares it"))
    return [*wrapped(worth, width, "strong"), *paragraphs(small, width, "muted")]


_NOTE = "What you assume counts only where your own numbers are too few, and is labelled so."


def ask_goal(view: View[NumbersSnapshot]) -> None:
    """Ask for amount, day, assumed rate and assumed win; nothing in a field is none."""
    settings = view.store.settings

    def field(key: str, label: str, **options: Unpack[FieldOptions]) -> Field:
        text = typed_setting(settings, key).removeprefix("none")
        read = partial(parse_setting, key, currency=settings.currency)
        return text_field(key, label, text, read=read, blank=None, **options)

    def save(goal: int | None, by: date | None, **assumed: Any) -> None:
        last = None if goal is None else by
        view.do(lambda: view.store.choices.set_goal(goal, last, **assumed))

    fields = (
        field("goal", f"Money ({settings.currency})", placeholder="like 12000"),
        day_field("by", "By", settings.goal_by, view.snapshot.today, ahead=True, blank=None,
                  placeholder="every month", hint="31 dec"),
        Container(Static(Content(_NOTE)), classes="note"),
        field("assumed_win_rate", "Assumed rate", placeholder="none", hint="1 in 20, 5 %"),
        field("assumed_win", "Assumed win", placeholder="none", hint="what one brings"),
    )  # fmt: skip
    hint = "Enter saves · Tab next · blank: no goal, nothing assumed"
    view.ask(Form("The goal", fields, save, hint=hint))


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
        self.ask(Form("Numbers of two dates", fields, save, save_word="Show", hint=hint))

    action_goal = ask_goal

    def action_rerank(self) -> None:
        assert self.snapshot.contradiction is not None
        better, rank = self.snapshot.contradiction.better, self.snapshot.contradiction.ranked.rank
        if self.attempt(lambda: self.store.activities.edit(better.activity_id, rank=rank)):
            self.say(f"{quoted(better.name)} is ranked {rank} now; u takes it back.")
