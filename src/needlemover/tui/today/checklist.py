"""The ranked checklist of the day, and below it what is promised by the week."""

from collections.abc import Sequence

from rich.cells import cell_len

from ...domain.today.snapshot import ActivityDay, DaySnapshot, WeeklyDay
from ...text.promises import asked_words, done_words, left_words
from ..kit.lines import LEAST_NAME, Hint, Line, Span, bar, fit, length
from ..kit.panel import Panel
from .facts import TodayFacts

_STREAK_WIDTH = 6
_GUTTER = 6  # the cells before a name: cursor, rank, mark


class Checklist(Panel[TodayFacts, ActivityDay], can_focus=True):
    """The activities of a day with what was promised and what is done."""

    BORDER_TITLE = "NON-NEGOTIABLES"
    scrolls = True
    shows = (
        "snapshot.activities", "snapshot.weekly", "snapshot.running", "snapshot.day",
        "snapshot.today", "snapshot.settings", "share", "asked_about",
    )  # fmt: skip

    def watch_facts(self, before: TodayFacts | None, facts: TodayFacts | None) -> None:
        """Begin a day on the first thing that is still open."""
        super().watch_facts(before, facts)
        if facts is not None and (before is None or before.snapshot.today != facts.snapshot.today):
            items = enumerate(self.items(facts))
            self.cursor = next((n for n, item in items if item.due.is_open), 0)

    def items(self, facts: TodayFacts) -> Sequence[ActivityDay]:
        return (*facts.snapshot.activities, *facts.snapshot.weekly)

    def subtitle(self, facts: TodayFacts) -> str:
        due = [item.due.met for item in facts.snapshot.due]
        return f"{sum(due)} of {len(due)} done" if due else "nothing due"

    def beside(self, by: int) -> ActivityDay | None:
        """The activity so many lines on, among those promised as the one under the cursor is."""
        place = self.cursor + by
        if self.facts is None or not 0 <= place < self.item_count:
            return None
        found = self.items(self.facts)[place]
        return found if type(found) is type(self.current) else None

    def lines(self, facts: TodayFacts, width: int, height: int) -> Sequence[Line]:
        """The airiest of the layouts that fits; beside a question what is open comes first."""
        if not self.item_count:
            return Hint("Nothing is promised yet.", width, ("a", "adds a non-negotiable"))
        activities = facts.snapshot.activities
        count, weekly = len(activities), len(facts.snapshot.weekly)
        heading = 0 < weekly < height - count
        *_, with_bars, airy = (rows <= height for rows in rows_of(facts))
        found: list[Line] = []
        for number, item in enumerate(activities):
            if airy and number:
                found.append(Line())
            ink = "good" if item.due.due and item.due.met else "muted"
            ink = "bad" if item.due.over_limit else ink
            found.append(self._line(facts, item, number, width, [(asked_words(item), ink)]))
            if with_bars and _has_bar(item):
                found.append(_bar_line(facts, item, number, width))
        if heading:
            word = " THIS WEEK" if facts.snapshot.is_this_week else " THAT WEEK"
            found += [Line()] * (airy and count > 0) + [Line(((word, "muted"),))]
        rows = _week_rows(facts.snapshot, width - _GUTTER - _STREAK_WIDTH - 2)
        weeks = enumerate(zip(facts.snapshot.weekly, rows, strict=True), count)
        found += (self._line(facts, item, number, width, words) for number, (item, words) in weeks)
        if not facts.asked_about or len(found) <= height:
            return found
        still = {n for n, item in enumerate(self.items(facts)) if item.due.is_open}
        first = sorted(range(len(found)), key=lambda place: found[place].item not in still)
        return [found[place] for place in sorted(first[:height])]

    def _line(
        self, facts: TodayFacts, item: ActivityDay, number: int, width: int, words: Sequence[Span]
    ) -> Line:
        here = self.has_focus and number == self.cursor
        unit = "w" if isinstance(item, WeeklyDay) else "d"
        streak = f"{item.streak.current} {unit}" if item.terms is not None else ""
        end: Span = (" ", "text")
        streaks = streak.rjust(_STREAK_WIDTH), "accent" if item.streak.current else "muted"
        short, ink = words[-1]  # without the weekdays, and what is done of a week
        short = short if item.due.holds else short.partition(" · ")[0]
        forms = ((*words, streaks, end), (*words, end), ((short, ink), end))
        room = width - _GUTTER - 1
        least = min(LEAST_NAME, cell_len(item.name))
        right = next((form for form in forms if room - length(form) >= least), forms[-1])
        sign, ink = _mark(item, facts)
        name_ink = "strong" if here else "text" if item.due.holds else "muted"
        left: tuple[Span, ...] = (
            self.mark(number),
            (f"{item.activity.rank if item.due.holds else '·':>2} ", "muted"),
            (f"{sign} ", ink),
            (fit(item.name, max(0, room - length(right))), name_ink),
        )
        return Line(left, right, number)


def rows_of(facts: TodayFacts) -> Sequence[int]:
    """The rows of one line, of what is open, twice of all, of all with bars, and of the airiest."""
    snapshot = facts.snapshot
    count, weekly = len(snapshot.activities), len(snapshot.weekly)
    still = sum(item.due.is_open for item in (*snapshot.activities, *snapshot.weekly))
    plain = max(2, count + weekly + bool(weekly))
    with_bars = plain + sum(map(_has_bar, snapshot.activities))
    airy = with_bars + max(0, count - 1) + bool(weekly and count)
    return 1, max(1, still), plain, plain, with_bars, airy


def _has_bar(item: ActivityDay) -> bool:
    is_plain = item.terms is None or item.terms.is_plain
    return item.due.due and not is_plain and not item.due.is_limit


def _mark(item: ActivityDay, facts: TodayFacts) -> Span:
    snapshot = facts.snapshot
    if snapshot.running and snapshot.is_today and snapshot.running.activity_id == item.id:
        return ("●", "good")
    if item.due.is_limit and (not item.due.met or not item.due.due):
        return ("□", "muted") if item.due.met else ("!", "bad")
    if not item.due.due:
        return ("✓", "good") if item.progress.done else (" ", "faint")
    if item.due.met:
        return ("✓", "good")
    if item.progress.done:
        return ("◧", "accent")
    return ("□", "muted")


def _bar_line(facts: TodayFacts, item: ActivityDay, number: int, width: int) -> Line:
    assert item.terms is not None
    size = width - _GUTTER - 2
    mark = None if item.due.met else facts.share
    ink = "good" if item.due.met else "accent"
    done, asked = item.due.progress, item.terms
    share = done.seconds / asked.seconds if asked.seconds else asked.share_of(done)
    return Line(((" " * _GUTTER, "text"), *bar(size, share, mark, ink)), (), number)


def _week_rows(snapshot: DaySnapshot, room: int) -> Sequence[Sequence[Span]]:
    """What is done and what is left of each, all in the longest form that fits."""
    rows: list[Sequence[Span]] = []
    for week, short in ((" this week" * snapshot.is_this_week, False), ("", False), ("", True)):
        rows = []
        for due in (item.due for item in snapshot.weekly):
            left, done = left_words(due, short=short), done_words(due)
            is_bad = due.today_or_never or (due.is_over and due.due)
            ink = "good" if due.met else "bad" if is_bad else "muted"
            before = [(f"{done}{week}", "good" if due.met else "muted"), (" · ", "muted")]
            rows.append([*(before if done else ()), (left, ink)])
        sizes = [cell_len(item.name) for item in snapshot.weekly]
        if all(size + length(row) < room for size, row in zip(sizes, rows, strict=True)):
            break
    return rows
