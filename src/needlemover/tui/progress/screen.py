"""Progress: am I keeping my word? Streaks, calendar, quotas over time, weekdays, promises."""

from collections.abc import Mapping
from datetime import date

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.reactive import reactive

from ...clock import Clock
from ...domain.day import ONE_DAY, ONE_WEEK
from ...domain.progress.record import ProgressSnapshot, record
from ...domain.promises.status import DayOff, Status
from ...store.store import Store
from ...text.format import days_from_to, quoted, short_day
from ..kit.edges import KeyLine, Tabs, TitleLine
from ..kit.panel import Panel
from ..kit.panels import Panels
from ..kit.view import View
from ..today import later
from ..views import LAST_KEYS, LIST_KEYS, PANEL_KEYS, PARK_KEY, UNDO_KEYS, VIEW_KEYS, key
from .calendar import Calendar, DayNumbers
from .facts import SPANS, YEAR, ProgressFacts, QuotaSpan
from .quota import QuotaList, QuotaPicture
from .streaks import Promises, Runs, Streaks, Weekdays, headline, key_of

_FIRST_YEAR, _LAST_YEAR = 1901, 2998
_ORDER = ("streaks", "calendar", "quota", "numbers", "weekdays", "promises", "runs")


class ProgressScreen(View[ProgressSnapshot]):
    """The view of the record, and the keys that work on it."""

    VERTICAL_BREAKPOINTS = [(0, "-flat"), (17, "-short"), (30, "-high"), (36, "-tall")]
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "Streaks"

    BINDINGS = [
        *PANEL_KEYS,
        key("left,h", "cursor(-1, 0)", "Move", "A week back in the calendar", id="left"),
        key("right,l", "cursor(1, 0)", "Move", "A week on in the calendar", id="right"),
        key("up,k", "cursor(0, -1)", "Move", "Move up", id="up"),
        key("down,j", "cursor(0, 1)", "Move", "Move down", id="down"),
        key("enter", "open_day", "Open", "Open the day in Today"),
        key("n", "note", "Why", "Note why the day was missed"),
        key("O", "work_again", "Not off", "Take the days off under the cursor back"),
        *VIEW_KEYS,
        PARK_KEY,
        key("r", "review", "Review", "Look back on a week or a month"),
        key("o", "app.ask('days_off')", "Off", "Take days off, also afterwards", id="off"),
        key("[", "year(-1)", "Year", "Show the calendar a year before", id="year_before"),
        key("]", "year(1)", "Year", "Show the calendar a year later", id="year_after"),
        key("w", "span", "Period", "30 or 90 days, 12 or 52 weeks"),
        key("m", "measure", "Count", "Minutes, or conversations and counts"),
        key("v", "numbers", "Numbers", "The quota in numbers, or as a picture"),
        key("t", "today", "Today", "Go back to today"),
        *UNDO_KEYS,
        *LIST_KEYS,
        *LAST_KEYS,
    ]

    chosen: reactive[int | None] = reactive(None, repaint=False, bindings=True)  # None: everything
    page: reactive[int] = reactive(0, repaint=False)  # of the calendar; 0: ends with this week
    day: reactive[date] = reactive(date.min, repaint=False, bindings=True)  # under its cursor
    span: reactive[QuotaSpan] = reactive(SPANS[0], repaint=False)
    by_count: reactive[bool | None] = reactive(None, repaint=False, bindings=True)
    """Whether the quota is shown in counts; None: where there are no minutes."""

    shown: reactive[Mapping[str, object]] = reactive(dict, repaint=False)  # by the panels' ids

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__(store, clock)
        self._facts = ProgressFacts(self.snapshot)
        self.set_reactive(ProgressScreen.day, self.snapshot.today)

    def compose(self) -> ComposeResult:
        yield Tabs("progress")
        yield TitleLine(id="headline")
        yield Panels(
            Streaks(id="streaks"),
            Weekdays(id="weekdays"),
            DayNumbers(id="day"),
            Calendar(id="calendar"),
            QuotaPicture(id="quota"),
            QuotaList(id="numbers"),
            Promises(id="promises"),
            Runs(id="runs"),
            order=_ORDER,
        )
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.watch_shown(self.shown)
        super().on_mount()

    def read(self) -> ProgressSnapshot:
        return self.store.progress.record()

    def watch_snapshot(self, before: ProgressSnapshot, snapshot: ProgressSnapshot) -> None:
        """Other data: the cursor goes on with today; a streak that is gone is chosen no more."""
        self._facts = ProgressFacts(snapshot)
        if self.day == before.today:
            self.set_reactive(ProgressScreen.day, snapshot.today)
            self.set_reactive(ProgressScreen.page, 0)
        if self.chosen not in map(key_of, self._facts.cards):
            self.set_reactive(ProgressScreen.chosen, None)

    def compute_shown(self) -> Mapping[str, object]:
        facts, key, zone = self._facts, self.chosen, self.clock.zone()
        # Its pace moves with the clock.
        quota = facts.quota(key, self.span, by_count=self.counts, now=self.now, zone=zone)
        day = facts.day(key, self.page, self.day)
        return {
            "headline": headline(facts.cards[0]),
            "streaks": facts.cards,
            "weekdays": facts.weekdays(key),
            "day": day,
            "calendar": (facts.year(key, self.page), day),
            "quota": quota,
            "numbers": quota,
            "promises": facts.promises(key),
            "runs": facts.card(key),
        }

    def watch_shown(self, shown: Mapping[str, object]) -> None:
        for panel in self.query(Panel):
            panel.facts = shown.get(panel.id or "", panel.facts)

    @property
    def counts(self) -> bool:
        return self._facts.prefers_count(self.chosen) if self.by_count is None else self.by_count

    @property
    def chosen_day(self) -> date:
        return self.day

    @property
    def _panels(self) -> Panels:
        return self.query_one(Panels)

    def _is_shown(self, *panels: str) -> bool:
        """Whether one of the panels is to be seen: where there is much room, all are."""
        is_roomy = self.has_class("-wide") and self.has_class("-tall")
        return is_roomy or self._panels.front in panels

    @property
    def _can_note(self) -> bool:
        """Whether the day was missed, of everything together."""
        (found,) = record(self.snapshot, self.day, self.day)
        return found.status in (Status.PART, Status.MISSED) or bool(found.reason)

    @property
    def _day_off(self) -> DayOff | None:
        """The days off under the cursor of the list that has the focus, or of the calendar."""
        if isinstance(self.focused, Promises):
            return self.focused.day_off
        return self._facts.day(self.chosen, self.page, self.day).record.day_off

    def why_not(self, action: str) -> str:
        panel = self.focused
        match action.partition("(")[0]:
            case "cursor" if not isinstance(panel, Calendar):
                scrolls = isinstance(panel, Panel) and panel.scrolls and "(0" in action
                return "" if scrolls else "This key works in the calendar: Tab goes there."
            case "year" | "open_day" if not self._is_shown("calendar") or (
                action == "open_day" and isinstance(panel, Streaks)
            ):
                return "This key works in the calendar: Tab goes there."
            case "span" | "measure" | "numbers" if not self._is_shown("quota", "numbers"):
                return "This key works in the quota: Tab goes there."
            case "note" if not (self._is_shown("calendar") and self._can_note):
                return "Go to a missed day in the calendar to note why it was missed."
            case "work_again" if self._day_off is None:
                return "No day off is under the cursor."
            case "today" if self.day == self.snapshot.today:
                return "The cursor is on today already."
        return ""

    def key_word(self, binding: Binding) -> str:
        if binding.id == "measure":
            return "Minutes" if self.counts else "Count"
        if binding.id == "numbers" and self._panels.front == "numbers":
            return "Picture"
        return binding.description

    def on_panel_moved(self) -> None:
        """Another streak is chosen, or the keys do other things with another item."""
        card = self.query_one(Streaks).current
        if card is not None and key_of(card) != self.chosen:
            self.chosen = key_of(card)
        elif isinstance(self.focused, Promises):
            self.refresh_bindings()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self.refresh_bindings()

    def go_to(self, day: date) -> None:
        days = self._facts.year(self.chosen, self.page)
        within = days[0].day <= day <= days[-1].day
        self._go(day, self.page if within else self._facts.page_of(day))

    def _go(self, day: date, page: int) -> None:
        if _FIRST_YEAR <= day.year <= _LAST_YEAR:
            self.page = page
            self.day = day

    def action_cursor(self, weeks: int, days: int) -> None:
        if isinstance(self.focused, Calendar):
            self.go_to(self.day + weeks * ONE_WEEK + days * ONE_DAY)
        else:
            self.action_move(days)

    def action_year(self, by: int) -> None:
        """Show the calendar a year before or later, the cursor on the same place."""
        self._go(self.day + by * YEAR, self.page + by)

    def action_today(self) -> None:
        self.go_to(self.snapshot.today)

    def action_numbers(self) -> None:
        self._panels.go_to("quota" if self._panels.front == "numbers" else "numbers")

    def action_span(self) -> None:
        self.span = SPANS[(SPANS.index(self.span) + 1) % len(SPANS)]

    def action_measure(self) -> None:
        self.by_count = not self.counts

    def action_open_day(self) -> None:
        self.show_view("today", self.day)

    def action_note(self) -> None:
        """Ask why a day was missed: one line, to learn from at the end of the week."""
        day, note_reason = self.day, self.store.progress.note_reason
        reason = later.fields.text_field("reason", "Why", self.snapshot.reasons.get(day, ""))
        title, hint = f"Why was {short_day(day)} missed?", "Enter saves; an empty line removes it"
        save = lambda reason: self.do(lambda: note_reason(reason, day))  # noqa: E731
        self.ask(later.form.Form(title, [reason], save, hint=hint))

    def action_work_again(self) -> None:
        item, remove = self._day_off, self.store.days_off.remove
        assert item is not None  # else `why_not` says so
        if not self.attempt(lambda: remove(item.start, item.end, activity_id=item.activity_id)):
            return
        activities = self.snapshot.history.activities
        names = (each.name for each in activities if each.id == item.activity_id)
        whose = f" for {quoted(next(names))}" if item.activity_id is not None else ""
        self.say(f"{days_from_to(item.start, item.end)}: no longer off{whose}; u brings it back.")

    def action_review(self) -> None:
        from .review import ReviewScreen

        self.ask(ReviewScreen(self, min(self.day, self.snapshot.today)))
