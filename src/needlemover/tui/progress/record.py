"""What Progress shows of the record: it holds the facts and keeps them true."""

from __future__ import annotations

from datetime import date, datetime

from textual.reactive import reactive

from ...clock import Clock
from ...domain.day import local_day
from ...domain.errors import NeedleError
from ...domain.progress.record import ProgressSnapshot
from ...store.store import Store
from ..kit.panel_view import PanelView
from .calendar import CalendarFacts
from .day_numbers import DayFacts
from .facts import YEAR, ProgressFacts, Span
from .headline import ProgressHeadlineFacts
from .promises import PromisesFacts, RunsFacts
from .quota import QuotaFacts
from .streaks import Streaks, StreaksFacts
from .weekdays import WeekdaysFacts

_FIRST_YEAR, _LAST_YEAR = 1901, 2998


class ProgressRecord(PanelView):
    """The snapshot, what is chosen of it, and the facts of each panel.

    The facts are set when what they are made of changes, not computed at every assignment: a
    moving cursor asks for the numbers of one day only.
    """

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
        self.set_reactive(ProgressRecord.now, clock.now())
        try:
            snapshot = store.progress.record()
        except NeedleError as error:
            self.refused = str(error)
        else:
            self.set_reactive(ProgressRecord.snapshot, snapshot)
            self.set_reactive(ProgressRecord.day, snapshot.today)
            self.facts = ProgressFacts(snapshot)
            self._show_everything()

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
            self.set_reactive(ProgressRecord.day, snapshot.today)
            self.set_reactive(ProgressRecord.page, 0)
        keys = [line.key for line in self.facts.streaks().lines]
        if self.chosen not in keys:
            self.set_reactive(ProgressRecord.chosen, None)
        self._show_everything()
        self.query_one(Streaks).cursor = keys.index(self.chosen)
        self.refresh_bindings()

    def watch_now(self) -> None:
        """The pace of the week moves."""
        self.give(quota=self._quota_facts())

    def watch_chosen(self) -> None:
        """Another streak was chosen."""
        self._show_everything()
        self.refresh_bindings()

    def watch_span(self) -> None:
        """Another period of the quota."""
        self.give(quota=self._quota_facts())

    def watch_by_count(self) -> None:
        """Another measure of the quota."""
        self.give(quota=self._quota_facts())
        self.refresh_bindings()

    def watch_page(self) -> None:
        """Another year."""
        if self.facts is not None:
            self.give(calendar=self.facts.calendar(self.chosen, self.page))

    def watch_day(self) -> None:
        """Another day: its numbers, nothing else."""
        if self.facts is not None:
            self.give(day_numbers=self.facts.day(self.chosen, self.page, self.day))
            self.refresh_bindings()

    def _show_everything(self) -> None:
        facts, key = self.facts, self.chosen
        if facts is None:
            return
        self.give(
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

    @property
    def counts(self) -> bool:
        """Whether the quota is looked at in counts."""
        if self.by_count is not None:
            return self.by_count
        return self.facts is not None and self.facts.prefers_count(self.chosen)

    def go_to(self, day: date) -> None:
        """Put the calendar's cursor on a day."""
        if self.facts is None:
            return
        days = self.facts.year(self.chosen, self.page)
        within = days[0].day <= day <= days[-1].day
        self._go(day, self.page if within else self.facts.page_of(day))

    def turn(self, years: int) -> None:
        """Show the calendar so many years later, the cursor on the same place."""
        self._go(self.day + years * YEAR, self.page + years)

    def _go(self, day: date, page: int) -> None:
        if self.facts is not None and _FIRST_YEAR <= day.year <= _LAST_YEAR:
            self.page = page
            self.day = day
