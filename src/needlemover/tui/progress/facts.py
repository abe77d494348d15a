"""What each panel of Progress shows: worked out once for what is known, and kept."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from functools import cache, partial

from msgspec import Struct

from ...domain.day import ONE_WEEK
from ...domain.progress import quota_history, summary
from ...domain.progress.quota_history import QuotaBar
from ...domain.progress.record import DayRecord, ProgressSnapshot, record
from ...domain.progress.summary import StreakCard, WeekdayKept
from ...text.format import minutes, plural
from ...text.progress import kept_words, week_words
from .calendar import DayFacts
from .quota import QuotaFacts
from .streaks import PromisesFacts

YEAR = timedelta(weeks=52)  # so far the calendar goes back and forth at once


class QuotaSpan(Struct, frozen=True):
    """The last so many days or weeks, of which the quota is shown."""

    number: int
    by_week: bool = False


SPANS = (QuotaSpan(30), QuotaSpan(90), QuotaSpan(12, by_week=True), QuotaSpan(52, by_week=True))


class ProgressFacts:
    """The facts of one snapshot, for any activity (None: everything together)."""

    def __init__(self, snapshot: ProgressSnapshot) -> None:
        self.snapshot = snapshot
        self.this_week_starts = snapshot.settings.weeks.start(snapshot.today)
        self.cards = summary.streak_cards(snapshot)
        # Worked out once: each key asks for all facts anew.
        self.year, self.day = cache(self._year), cache(self._day)
        self.weekdays, self.promises = cache(self._weekdays), cache(self._promises)
        self._bars, self.prefers_count = cache(self._read_bars), cache(self._prefers_count)
        self._this_week = cache(partial(quota_history.this_week, snapshot))
        self._promises_kept = tuple(summary.promises_kept(snapshot))

    def card(self, key: int | None) -> StreakCard:
        """The streak of an activity, the overall one where it has none."""
        same = (item for item in self.cards if item.activity and item.activity.id == key)
        return next(same, self.cards[0])

    def _year(self, key: int | None, page: int) -> tuple[DayRecord, ...]:
        """53 whole weeks; those of page 0 end with this week, those of page -1 a year before."""
        first = self.this_week_starts + (page - 1) * YEAR
        return record(self.snapshot, first, first + YEAR + timedelta(days=6), key)

    def page_of(self, day: date) -> int:
        return -((self.this_week_starts + timedelta(days=6) - day) // YEAR)

    def _day(self, key: int | None, page: int, day: date) -> DayFacts:
        days = self.year(key, page)
        place = (day - days[0].day).days
        item = days[place] if 0 <= place < len(days) else record(self.snapshot, day, day, key)[0]
        activities = self.snapshot.history.activities if key is None and item.due else ()
        own = ((each.name, record(self.snapshot, day, day, each.id)[0]) for each in activities)
        due = ((name, found.met > 0) for name, found in own if found.due)
        return DayFacts(item, self.counted(key), tuple(sorted(due, key=lambda line: line[1])))

    def counted(self, key: int | None) -> str:
        """The word for one of what is counted."""
        activities = self.snapshot.history.activities
        is_other = any(item.id == key and not item.is_sales for item in activities)
        return "time" if is_other else "conversation"

    def _read_bars(self, key: int | None, span: QuotaSpan) -> tuple[QuotaBar, ...]:
        today = self.snapshot.today
        if span.by_week:
            first = self.this_week_starts - (span.number - 1) * ONE_WEEK
            return quota_history.week_bars(self.snapshot, first, today, key)[-span.number :]
        days = [item for item in self.year(key, 0) if item.day <= today]
        return quota_history.day_bars(days[-span.number :])

    def _prefers_count(self, key: int | None) -> bool:
        """Whether only a count tells something."""
        bars = self._bars(key, SPANS[0]) + self._bars(key, SPANS[1])
        return not any(bar.seconds or bar.quota_seconds for bar in bars) and any(
            bar.count or bar.quota_count for bar in bars
        )

    def quota(
        self, key: int | None, span: QuotaSpan, *, by_count: bool, now: datetime, zone: tzinfo
    ) -> QuotaFacts:
        bars = self._bars(key, span)
        week = self._this_week(key)
        pace = week.pace(now, zone, self.snapshot.settings.working_day)
        counted = self.counted(key)
        many = plural(2, counted).upper() if by_count else "MINUTES"
        title = f"{many}, LAST {span.number} {'WEEKS' if span.by_week else 'DAYS'}"
        words = [*_average_words(bars, self.snapshot.today, span, counted, by_count=by_count)]
        if this := week_words(week, pace, counted):
            words += f"This week {this}".split(", ")
        return QuotaFacts(bars, span.by_week, by_count, title, tuple(words))

    def _weekdays(self, key: int | None) -> tuple[WeekdayKept, ...]:
        today = self.snapshot.today
        days = [item for item in self.year(key, 0) if today - YEAR < item.day <= today]
        return summary.weekdays_kept(days, self.this_week_starts.weekday())

    def _promises(self, key: int | None) -> PromisesFacts:
        history = self.snapshot.history
        names = {item.id: item.name for item in history.activities}
        days_off = [
            (item, "" if item.activity_id is None else names[item.activity_id])
            for item in reversed(history.days_off)
            if key is None or item.activity_id in (None, key)
        ]
        promises = [item for item in self._promises_kept if key in (None, item.activity.id)]
        return PromisesFacts(tuple(promises), tuple(days_off), self.snapshot.today)


def _average_words(
    bars: Sequence[QuotaBar], today: date, span: QuotaSpan, counted: str, *, by_count: bool
) -> list[str]:
    found, is_weekly = quota_history.average(bars, today), any(bar.is_weekly for bar in bars)
    if not found.periods:
        return ["No due day is over yet."]
    period = "week" if span.by_week else "due day"
    if by_count:
        number = f"{found.count or 0:.1f}".removesuffix(".0")
        much = f"{number} {plural(0, counted)}"
    else:
        much = minutes(found.seconds or 0)
    kept = kept_words(found.due, found.met, is_weekly=is_weekly)
    return [f"On average {much} a {period}", f"met {kept}" if is_weekly else f"days met {kept}"]
