"""Progress: am I keeping my word? Streaks, calendar, quotas over time, weekdays, promises."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ..kit.ground import Panels
from ..kit.keys import KeyLine
from ..kit.list_panel import ListPanel
from ..kit.panel_view import PANEL_KEYS
from ..kit.view import LAST_KEYS, PARK_KEY, UNDO_KEYS
from ..views import VIEW_KEYS
from .actions import ProgressActions
from .calendar import Calendar
from .day_numbers import DayNumbers
from .facts import Span
from .headline import ProgressHeadline
from .promises import Promises, Runs
from .quota import QuotaList, QuotaPicture
from .streaks import Streaks
from .weekdays import Weekdays


class ProgressScreen(ProgressActions):
    """The view of the record, and the keys that work on it."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "Streaks"

    BINDINGS: ClassVar[list[BindingType]] = [
        *PANEL_KEYS,
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
        *VIEW_KEYS,
        PARK_KEY,
        Binding("r", "review", "Review", id="review", tooltip="Look back on a week or a month"),
        Binding("o", "off", "Off", id="off", tooltip="Take days off, also afterwards"),
        Binding("left_square_bracket", "year(-1)", "Year", id="year_before", key_display="[",
                tooltip="Show the calendar a year before"),
        Binding("right_square_bracket", "year(1)", "Year", id="year_after", key_display="]",
                tooltip="Show the calendar a year later"),
        Binding("w", "span", "Period", id="span", tooltip="30 or 90 days, 12 or 52 weeks"),
        Binding("m", "measure", "Count", id="measure",
                tooltip="Minutes, or conversations and counts"),
        Binding("v", "numbers", "Numbers", id="numbers",
                tooltip="The quota in numbers, or as a picture"),
        Binding("t", "today", "Today", id="today", tooltip="Go back to today"),
        *UNDO_KEYS,
        *LAST_KEYS,
    ]  # fmt: skip

    panels = ("streaks", "calendar", "quota", "numbers", "weekdays", "promises", "runs")
    front = "calendar"

    def compose(self) -> ComposeResult:
        """The panels, each bound to its facts."""
        yield ProgressHeadline(id="headline").data_bind(facts=ProgressScreen.headline)
        with Panels(id="panels"):
            yield Streaks(id="streaks").data_bind(facts=ProgressScreen.streaks)
            yield Weekdays(id="weekdays").data_bind(facts=ProgressScreen.weekdays)
            yield DayNumbers(id="day").data_bind(facts=ProgressScreen.day_numbers)
            calendar = Calendar(id="calendar").data_bind(
                facts=ProgressScreen.calendar, numbers=ProgressScreen.day_numbers
            )
            yield calendar.add_class("-front")
            yield QuotaPicture(id="quota").data_bind(facts=ProgressScreen.quota)
            yield QuotaList(id="numbers").data_bind(facts=ProgressScreen.quota)
            yield Promises(id="promises").data_bind(facts=ProgressScreen.promises)
            yield Runs(id="runs").data_bind(facts=ProgressScreen.runs)
        yield KeyLine(id="keys")

    @property
    def is_roomy(self) -> bool:
        """Whether all panels are shown at once."""
        return self.has_class("-wide") and self.has_class("-tall")

    def _is_shown(self, *panels: str) -> bool:
        return self.is_roomy or self.front in panels

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
        if binding.id == "numbers" and self.front == "numbers":
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
        """The keys do other things in the panel that comes to the front."""
        self.refresh_bindings()

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
        self.turn(by)

    def action_today(self) -> None:
        """Put the cursor on today."""
        if self.snapshot is not None:
            self.go_to(self.snapshot.today)

    def action_numbers(self) -> None:
        """Go from the picture of the quota to its numbers and back."""
        self.go_to_panel("quota" if self.front == "numbers" else "numbers")

    def action_span(self) -> None:
        """Look at the next of the four periods."""
        spans = list(Span)
        self.span = spans[(spans.index(self.span) + 1) % len(spans)]

    def action_measure(self) -> None:
        """Look at minutes or at counts."""
        self.by_count = not self.counts
