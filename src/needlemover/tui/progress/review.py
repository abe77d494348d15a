"""A week or a month looked back on."""

from collections.abc import Iterator
from datetime import date

from textual.content import Content
from textual.widgets import Static

from ...domain.day import ONE_DAY
from ...domain.progress.record import ProgressSnapshot
from ...domain.progress.review import Period, Review
from ...text.format import minutes, quoted, short_day, shown
from ...text.progress import review_facts, review_title, suggestion_words
from ...text.promises import done_words
from ..kit.dialog import ListDialog
from ..kit.lines import EMPTY, LEAST_NAME, Line, Span, cut, fit, folded, wrapped
from ..kit.panels import TextPanel
from ..kit.view import View


def _lines(review: Review, currency: str, width: int) -> Iterator[Line]:
    for label, value in review_facts(review, currency):
        for line in wrapped(shown(value), width - 13):
            yield Line(((f"{label:<13}", "muted"), *line.left))
            label = ""
    has_time = width >= 32 + LEAST_NAME
    for title, items in (("Activities", review.activities), ("By the week", review.weekly)):
        if items:
            yield from (EMPTY, _head(title, f"met of due{'      time' * has_time}   count"))
        for each in items:
            name = fit(each.activity.name, max(LEAST_NAME, width - 21 - 11 * has_time))
            none_decided = "still open" if each.is_open else "not due"
            kept = f"{each.met} of {each.due}" if each.due else none_decided
            ink = "good" if each.due and each.met == each.due else "text"
            numbers = f"{minutes(each.seconds):>11}" * has_time + f"{each.count:>7}"
            yield Line(((name, "text"),), ((f"{kept:>10}", ink), (numbers, "muted")))
    missed_weeks = [(item, week) for item in review.weekly for week in item.missed]
    if review.misses or missed_weeks:
        yield from (EMPTY, _head("Missed, and why"))
    for miss in review.misses:
        names = ", ".join(quoted(item.name, 24) for item in miss.activities)
        day = f"{short_day(miss.record.day):<11}"
        words: Span = (miss.record.status.value.ljust(8), "bad")
        yield from folded(Line(((day, "text"), words, (names, "text"))), width)
        said: Span = (shown(miss.record.reason) or "no reason noted", "muted")
        yield from folded(Line((("           ", "text"), said)), width)
    for item, missed in missed_weeks:
        days = f"{short_day(missed.start)} to {short_day(missed.end)}: {done_words(missed.due)}"
        name = f"{cut(item.activity.name, max(LEAST_NAME, width - 44))}  "
        yield from folded(Line(((name, "text"), (days, "muted"))), width)
    if review.suggestions:
        yield from (EMPTY, _head("Suggested"))
    for suggestion in review.suggestions:
        text = suggestion_words(suggestion, quoted(suggestion.activity.name))
        yield from wrapped(text, width - 2)


def _head(name: str, columns: str = "") -> Line:
    return Line(((name, "accent"),), ((columns, "muted"),))


class ReviewScreen(ListDialog[None]):
    """Goes from week to week, or from month to month."""

    BINDINGS = [
        ("left,h", "step(-1)", "Earlier"),
        ("right,l", "step(1)", "Later"),
        ("w", "period('week')", "Week"),
        ("m", "period('month')", "Month"),
        ("r", "cancel", "Close"),
    ]

    def __init__(self, view: View[ProgressSnapshot], of: date) -> None:
        """Show the week in which a day lies."""
        currency = view.snapshot.settings.currency
        entries: TextPanel[Review] = TextPanel(
            "", lambda review, width, _: list(_lines(review, currency, width)), id="entries"
        )
        hint = "← → earlier, later · w week · m month · ↑ ↓ scroll · Esc closes"
        super().__init__("", entries, hint=hint)
        self._view, self._of = view, of
        self._today = view.snapshot.today
        self._period = Period.WEEK
        self._review: Review | None = None

    def on_mount(self) -> None:
        self.attempt(self._show)

    def _show(self) -> None:
        self._review = review = self._view.store.progress.review(self._period, self._of)
        over = "" if review.end < self._today else " (not over yet)"
        self.query_one("#title", Static).update(Content(f"Review: {review_title(review)}{over}"))
        self._entries.move(-1_000_000)  # another period is shown from its beginning
        self._entries.facts = review
        self._entries.refresh(layout=True)

    def action_step(self, by: int) -> None:
        """Show the period before or after; none that has not begun."""
        review = self._review
        if review is None:
            return
        of = review.start - ONE_DAY if by < 0 else review.end + ONE_DAY
        if of <= self._today and of.year > 1900:
            self._of = of
            self.attempt(self._show)

    def action_period(self, period: str) -> None:
        if period != self._period and self._review is not None:
            self._of = min(self._review.end, self._today)
            self._period = Period(period)
            self.attempt(self._show)
