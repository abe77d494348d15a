"""Progress: am I keeping my word? Streaks, calendar, quotas over time, weekdays, promises."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.reactive import reactive

from ...clock import Clock
from ...domain.day import local_day
from ...domain.errors import NeedleError
from ...domain.record import ProgressSnapshot
from ...store import Store
from ..widgets.calendar import Calendar, CalendarFacts
from ..widgets.day_numbers import DayFacts, DayNumbers
from ..widgets.keys import KeyLine
from ..widgets.panel import ListPanel
from ..widgets.progress_headline import ProgressHeadline, ProgressHeadlineFacts
from ..widgets.promises import Promises, PromisesFacts, Runs, RunsFacts
from ..widgets.quota import QuotaFacts, QuotaList, QuotaPicture
from ..widgets.streaks import Streaks, StreaksFacts
from ..widgets.weekdays import Weekdays, WeekdaysFacts
from .progress_actions import ProgressActions
from .progress_facts import YEAR, ProgressFacts, Span

PANELS = ("streaks", "calendar", "quota", "numbers", "weekdays", "promises", "runs")
"""In the order in which Tab goes round them."""
_FIRST_YEAR, _LAST_YEAR = 1901, 2998


class ProgressScreen(ProgressActions):
    """The view of the record, and the keys that work on it.

    Its facts are set when what they are made of changes, not computed at every assignment: a
    moving cursor asks for the numbers of one day only.
    """

    CSS_PATH = "progress.tcss"
    AUTO_FOCUS = "Streaks"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (36, "-tall")]  # noqa: RUF012

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "panel(1)", "Panel", id="next_panel", tooltip="Go to the next panel"),
        Binding("shift+tab", "panel(-1)", "Panel", id="panel_before", show=False,
                tooltip="Go to the panel before"),
        Binding("left,h", "cursor(-1, 0)", "Move", id="left", key_display="←",
                tooltip="A week back in the calendar"),
        Binding("right,l", "cursor(1, 0)", "Move", id="right", key_display="→",
                tooltip="A week on in the calendar"),
        Binding("up,k", "cursor(0, -1)", "Move", id="up", key_display="↑", tooltip="Move up"),
        Binding("down,j", "cursor(0, 1)", "Move", id="down", key_display="↓", tooltip="Move down"),
        Binding("enter", "open_day", "Open", id="open_day", tooltip="Open the day in Today"),
        Binding("n", "note", "Why", id="note", tooltip="Note why the day was missed"),
        Binding("O", "work_again", "Not off", id="work_again",
                tooltip="Take the days off under the cursor back"),
        Binding("1", "view('today')", "View", id="view_today", tooltip="Show Today"),
        Binding("2", "view('progress')", "View", id="view_progress",
                tooltip="Show Progress: streaks, calendar, quotas over time"),
        Binding("r", "review", "Review", id="review", tooltip="Look back on a week or a month"),
        Binding("o", "off", "Off", id="off", tooltip="Take days off, also afterwards"),
        Binding("left_square_bracket", "year(-1)", "Year", id="year_before", key_display="[",
                tooltip="Show the calendar a year before"),
        Binding("right_square_bracket", "year(1)", "Year", id="year_after", key_display="]",
                tooltip="Show the calendar a year later"),
        Binding("p", "span", "Period", id="span", tooltip="30 or 90 days, 12 or 52 weeks"),
        Binding("m", "measure", "Count", id="measure",
                tooltip="Minutes, or conversations and counts"),
        Binding("v", "numbers", "Numbers", id="numbers",
                tooltip="The quota in numbers, or as a picture"),
        Binding("t", "today", "Today", id="today", tooltip="Go back to today"),
        Binding("u", "undo", "Undo", id="undo", tooltip="Undo the last change"),
        Binding("U", "redo", "Redo", id="redo", show=False, tooltip="Redo what was undone"),
        Binding("question_mark", "help", "Help", id="help", key_display="?",
                tooltip="Show what the keys do"),
        Binding("q", "app.quit", "Quit", id="quit", tooltip="Leave; everything is saved"),
    ]  # fmt: skip

    snapshot: reactive[ProgressSnapshot | None] = reactive(None, repaint=False, init=False)
    now: reactive[datetime | None] = reactive(None, repaint=False, init=False)
    chosen: reactive[int | None] = reactive(None, repaint=False, init=False)
    """The activity that is looked at; None: everything."""
    page: reactive[int] = reactive(0, repaint=False, init=False)
    """The year of the calendar; 0: the one that ends with this week."""
    day: reactive[date] = reactive(date.min, repaint=False, init=False)
    """The day under the calendar's cursor."""
    span: reactive[Span] = reactive(Span.DAYS_30, repaint=False, init=False)
    by_count: reactive[bool | None] = reactive(None, repaint=False, init=False)
    """Whether the quota is looked at in counts; None: where there are no minutes."""

    headline: reactive[ProgressHeadlineFacts | None] = reactive(None, repaint=False)
    streaks: reactive[StreaksFacts | None] = reactive(None, repaint=False)
    calendar: reactive[CalendarFacts | None] = reactive(None, repaint=False)
    day_numbers: reactive[DayFacts | None] = reactive(None, repaint=False)
    quota: reactive[QuotaFacts | None] = reactive(None, repaint=False)
    weekdays: reactive[WeekdaysFacts | None] = reactive(None, repaint=False)
    promises: reactive[PromisesFacts | None] = reactive(None, repaint=False)
    runs: reactive[RunsFacts | None] = reactive(None, repaint=False)

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__(store, clock)
        self.facts: ProgressFacts | None = None
        """Of the snapshot."""
        self._front = "calendar"
        """The panel that is shown where there is room for one."""
        self._refused = ""
        self.set_reactive(ProgressScreen.now, clock.now())
        try:
            snapshot = store.progress.record()
        except NeedleError as error:
            self._refused = str(error)
        else:
            self.set_reactive(ProgressScreen.snapshot, snapshot)
            self.set_reactive(ProgressScreen.day, snapshot.today)
            self.facts = ProgressFacts(snapshot)
            self._show_everything()

    def compose(self) -> ComposeResult:
        """The panels, each bound to its facts."""
        yield ProgressHeadline(id="headline").data_bind(facts=ProgressScreen.headline)
        with Container(id="panels"):
            yield Streaks(id="streaks").data_bind(facts=ProgressScreen.streaks)
            yield Weekdays(id="weekdays").data_bind(facts=ProgressScreen.weekdays)
            yield DayNumbers(id="day").data_bind(facts=ProgressScreen.day_numbers)
            yield Calendar(id="calendar").data_bind(
                facts=ProgressScreen.calendar, numbers=ProgressScreen.day_numbers
            )
            yield QuotaPicture(id="quota").data_bind(facts=ProgressScreen.quota)
            yield QuotaList(id="numbers").data_bind(facts=ProgressScreen.quota)
            yield Promises(id="promises").data_bind(facts=ProgressScreen.promises)
            yield Runs(id="runs").data_bind(facts=ProgressScreen.runs)
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Show the calendar in front; say what could not be read."""
        self.query_one(Calendar).add_class("-front")
        if self._refused:
            self.say(self._refused, wrong=True)

    def reload(self) -> None:
        """Show what the data say now."""
        snapshot = self.store.progress.record()
        self.now = self.clock.now()
        if snapshot != self.snapshot:
            self.snapshot = snapshot

    def look_about(self) -> None:
        """Once a second: the minute, a new day, a change by another process."""
        snapshot, now = self.snapshot, self.clock.now()
        if not self.is_in_front or snapshot is None:
            return  # it is loaded anew when it comes to the front
        today = local_day(now, self.clock.zone(), snapshot.settings.day_starts_at)
        if today != snapshot.today or self.changed_elsewhere():
            self.reload()
        elif self.now is None or now.minute != self.now.minute:
            self.now = now

    def watch_snapshot(self, before: ProgressSnapshot | None, snapshot: ProgressSnapshot) -> None:
        """Other data: everything is worked out anew; the cursor goes on with today."""
        self.facts = ProgressFacts(snapshot)
        if before is None or self.day == before.today:
            self.set_reactive(ProgressScreen.day, snapshot.today)
            self.set_reactive(ProgressScreen.page, 0)
        keys = [line.key for line in self.facts.streaks().lines]
        if self.chosen not in keys:
            self.set_reactive(ProgressScreen.chosen, None)
        self._show_everything()
        self.query_one(Streaks).cursor = keys.index(self.chosen)
        self.refresh_bindings()

    def watch_now(self) -> None:
        """The pace of the week moves."""
        self._give(quota=self._quota_facts())

    def watch_chosen(self) -> None:
        """Another streak was chosen."""
        self._show_everything()
        self.refresh_bindings()

    def watch_span(self) -> None:
        """Another period of the quota."""
        self._give(quota=self._quota_facts())

    def watch_by_count(self) -> None:
        """Another measure of the quota."""
        self._give(quota=self._quota_facts())
        self.refresh_bindings()

    def watch_page(self) -> None:
        """Another year."""
        if self.facts is not None:
            self._give(calendar=self.facts.calendar(self.chosen, self.page))

    def watch_day(self) -> None:
        """Another day: its numbers, nothing else."""
        if self.facts is not None:
            self._give(day_numbers=self.facts.day(self.chosen, self.page, self.day))
            self.refresh_bindings()

    def _show_everything(self) -> None:
        facts, key = self.facts, self.chosen
        if facts is None:
            return
        self._give(
            headline=facts.headline(),
            streaks=facts.streaks(),
            day_numbers=facts.day(key, self.page, self.day),
            calendar=facts.calendar(key, self.page),
            quota=self._quota_facts(),
            weekdays=facts.weekdays(key),
            promises=facts.promises(key),
            runs=facts.runs(key),
        )

    def _quota_facts(self) -> QuotaFacts | None:
        if self.facts is None or self.now is None:
            return None
        return self.facts.quota(
            self.chosen, self.span, by_count=self.counts, now=self.now, zone=self.clock.zone()
        )

    def _give(self, **facts: Any) -> None:
        """Hand facts to the panels; before they are there, for when they come."""
        for name, value in facts.items():
            if self.is_running:
                setattr(self, name, value)
            else:
                self.set_reactive(getattr(ProgressScreen, name), value)

    @property
    def counts(self) -> bool:
        """Whether the quota is looked at in counts."""
        if self.by_count is not None:
            return self.by_count
        return self.facts is not None and self.facts.prefers_count(self.chosen)

    @property
    def is_roomy(self) -> bool:
        """Whether all panels are shown at once."""
        return self.has_class("-wide") and self.has_class("-tall")

    def _is_shown(self, *panels: str) -> bool:
        return self.is_roomy or self._front in panels

    def go_to(self, day: date) -> None:
        """Put the calendar's cursor on a day."""
        facts = self.facts
        if facts is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            return
        days = facts.year(self.chosen, self.page)
        if not days[0].day <= day <= days[-1].day:
            self.page = facts.page_of(day)
        self.day = day

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what a key cannot do now."""
        match action:
            case "cursor" if parameters[0]:
                return isinstance(self.focused, Calendar)
            case "cursor":
                return isinstance(self.focused, (Calendar, ListPanel))
            case "open_day":
                return self._is_shown("calendar") and not isinstance(self.focused, Streaks)
            case "year":
                return self._is_shown("calendar")
            case "note":
                return self._is_shown("calendar") and self.can_note
            case "work_again":
                return self.day_off is not None
            case "today":
                return self.snapshot is not None and self.day != self.snapshot.today
            case "span" | "measure" | "numbers":
                return self._is_shown("quota", "numbers")
        return True

    def key_word(self, binding: Binding) -> str:
        """The word for what a key would do now."""
        if binding.id == "measure":
            return "Minutes" if self.counts else "Count"
        if binding.id == "numbers" and self._front == "numbers":
            return "Picture"
        return binding.description

    def on_list_panel_moved(self) -> None:
        """Another streak is chosen, or the keys do other things with another item."""
        line = self.query_one(Streaks).current
        if line is not None and line.key != self.chosen:
            self.chosen = line.key
        elif isinstance(self.focused, Promises):
            self.refresh_bindings()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The panel with the focus is the one to show; the keys do other things in it."""
        if event.widget.id in PANELS[1:]:
            self._bring_to_front(event.widget.id)
        self.refresh_bindings()

    def _bring_to_front(self, name: str) -> None:
        if name != self._front:
            self.query_one(f"#{self._front}").remove_class("-front")
            self.query_one(f"#{name}").add_class("-front")
            self._front = name

    def on_calendar_day_picked(self, event: Calendar.DayPicked) -> None:
        """A click puts the cursor there; a second one opens the day."""
        if event.again:
            self.action_open_day()
        else:
            self.go_to(event.day)

    def action_cursor(self, weeks: int, days: int) -> None:
        """Move the cursor of the panel that has the focus."""
        if isinstance(self.focused, Calendar):
            self.go_to(self.day + timedelta(days=weeks * 7 + days))
        elif isinstance(self.focused, ListPanel):
            self.focused.move(days)

    def action_year(self, by: int) -> None:
        """Show the calendar a year before or later, the cursor on the same place."""
        self.go_to(self.day + by * YEAR)

    def action_today(self) -> None:
        """Put the cursor on today."""
        if self.snapshot is not None:
            self.go_to(self.snapshot.today)

    def action_panel(self, by: int) -> None:
        """Go to the next panel."""
        here = self.focused.id if self.focused is not None else None
        place = PANELS.index(here) if here in PANELS else 0
        self._go_to_panel(PANELS[(place + by) % len(PANELS)])

    def action_numbers(self) -> None:
        """Go from the picture of the quota to its numbers and back."""
        self._go_to_panel("quota" if self._front == "numbers" else "numbers")

    def _go_to_panel(self, name: str) -> None:
        if name in PANELS[1:]:
            self._bring_to_front(name)
        # What was hidden can take the focus only when it is laid out.
        self.call_after_refresh(self.query_one(f"#{name}").focus)

    def action_span(self) -> None:
        """Look at the next of the four periods."""
        spans = list(Span)
        self.span = spans[(spans.index(self.span) + 1) % len(spans)]

    def action_measure(self) -> None:
        """Look at minutes or at counts."""
        self.by_count = not self.counts
