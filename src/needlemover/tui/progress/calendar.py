"""A year of days at a glance, and of each day its numbers and what is asked about it."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from ...domain.progress.record import DayRecord
from ...domain.promises.status import Status
from ...text.format import MONTHS, WEEKDAYS, long_day, minutes, percent, plural, short_day
from ..kit.lines import EMPTY, Line, Span, cut, flow, length, merged
from ..kit.panel import Panel
from ..today.headline import STATUS_WORDS
from ..today.strip import SIGNS, cells_of, untracked

Part = list[Span]


class DayFacts(Struct, frozen=True):
    """What is told of a day."""

    record: DayRecord
    counted: str  # the word for one of what is counted; empty: nothing is
    due: tuple[tuple[str, bool], ...] = ()  # of everything: what was due and if met, unmet first


class DayNumbers(Panel[DayFacts, None]):
    """They stand beside the calendar."""

    BORDER_TITLE = "THE DAY"

    def lines(self, facts: DayFacts, width: int, height: int) -> Sequence[Line]:
        return day_lines(facts, width, height, row=0)


def day_lines(facts: DayFacts, width: int, height: int, row: int) -> list[Line]:
    """As much as there is room for, many things on a row of so many cells, or one on each.

    Of what was due the rest is at least counted.
    """
    parts = list(day_parts(facts, width))
    lines = flow(parts, row)
    for left_out in range(2, len(parts)):
        if len(lines) <= height:
            break
        lines = flow([*parts[:-left_out], [(f"and {left_out} more due", "muted")]], row)
    return lines


def day_parts(facts: DayFacts, width: int) -> Iterator[Part]:
    """The things there are to tell, each in at most so many cells."""
    item = facts.record
    name = long_day(item.day)
    if len(name) > width:
        name = f"{short_day(item.day)} {item.day.year}"
    yield [(name, "strong")]
    words, ink = STATUS_WORDS.get(item.status, ("still open", "muted"))
    if item.due and item.status in (Status.PART, Status.OPEN) and 0 < item.share < 1:
        words += f", {percent(item.share)} done"
    yield [(words, ink)]
    if item.seconds or item.quota_seconds:
        asked = f" of {minutes(item.quota_seconds)}" if item.quota_seconds else ""
        yield [(minutes(item.seconds), "strong"), (asked, "muted")]
    if facts.counted and (item.count or item.quota_count):
        many = plural(item.quota_count or item.count, facts.counted)
        asked = f" of {item.quota_count} {many}" if item.quota_count else f" {many}"
        yield [(str(item.count), "strong"), (asked, "muted")]
    if item.day_off is not None:
        said = " (said afterwards)" if item.day_off.said_afterwards else ""
        reason = f": {item.day_off.reason}" if item.day_off.reason else ""
        yield [(cut(f"Off{reason}", width - len(said)), "text"), (said, "muted")]
    if item.late:
        yield [("entered late", "muted")]
    if item.reason:
        yield [("Why: ", "muted"), (cut(item.reason, width - 5), "text")]
    for activity, met in facts.due:
        sign, ink = ("✓", "good") if met else ("□", "muted")
        yield [(f"{sign} ", ink), (cut(activity, min(30, width - 2)), "text" if met else "muted")]


_LABEL = 4
_LATE: Span = ("■", "dim-accent")
_EXTRA: Span = ("•", "accent")  # something was done though nothing was due that day
_LEGEND: tuple[tuple[Span, ...], ...] = (
    (SIGNS[Status.WON], (" won", "muted")),
    (_LATE, (" won late", "muted")),
    (SIGNS[Status.PART], (" part", "muted")),
    (SIGNS[Status.MISSED], (" missed", "muted")),
    (SIGNS[Status.REST], (" rest", "muted")),
    (_EXTRA, (" done, not due", "muted")),
    (SIGNS[Status.OFF], (" off", "muted")),
    (SIGNS[Status.OPEN], (" open", "muted")),
    (SIGNS[Status.UNTRACKED], ("blank untracked", "muted")),
)


def sign_of(item: DayRecord) -> Span:
    """The sign of a day and its ink."""
    if item.status is Status.WON and item.late:
        return _LATE
    if item.status is Status.REST and (item.seconds or item.count):
        return _EXTRA
    if item.status is Status.AHEAD and item.day_off is not None:
        return SIGNS[Status.OFF]
    return SIGNS[item.status]


CalendarFacts = tuple[Sequence[DayRecord], DayFacts]  # whole weeks, and the day under the cursor


class Calendar(Panel[CalendarFacts, None], can_focus=True):
    """A column a week from the first tracked one on, a line a weekday, and a cursor on a day."""

    BORDER_TITLE = "CALENDAR"

    def title(self, facts: CalendarFacts) -> str:
        _, start, stop = _window(facts, self.size.width)
        shown = facts[0][start * 7 : stop * 7]
        known = [item for item in shown if item.status is not Status.AHEAD] or shown
        days = (known[0].day, known[-1].day)
        months = dict.fromkeys(f"{MONTHS[day.month - 1][:3]} {day.year}" for day in days)
        return f"CALENDAR · {' to '.join(months)}"

    def lines(self, facts: CalendarFacts, width: int, height: int) -> Sequence[Line]:
        """Months, weekdays, legend; the day's numbers where they do not stand beside it."""
        days, chosen = facts
        step, start, stop = _window(facts, width)
        found = [_months(days, step, start, stop)] if height > 7 else []
        found += (self._row(facts, row, step, start, stop) for row in range(7))
        shown = set(map(sign_of, days[start * 7 : stop * 7]))
        is_beside = self.screen.has_class("-wide") and self.screen.has_class("-tall")
        is_new = is_beside and stop - start == 1  # then all of them say what is to come
        signs = [sign for sign in _LEGEND if is_new or sign[0] in shown]
        beside, legend = _LABEL + (stop - start) * step + 2, []
        if max(map(length, signs), default=0) <= width - beside and len(signs) <= len(found):
            for place, sign in enumerate(signs, len(found) - len(signs)):
                gap: Span = (" " * (beside - length(found[place].left)), "text")
                found[place] = Line((*found[place].left, gap, *sign))
        else:
            legend = flow(signs, width, gap=2)
        room = height - len(found) - len(legend)
        numbers = day_lines(chosen, width, room, row=width) if room > 1 and not is_beside else []
        if numbers and room > len(numbers):
            numbers.insert(0, EMPTY)
        if legend and room > len(numbers):
            legend.insert(0, EMPTY)
        return [*found, *legend, *numbers]

    def _row(self, facts: CalendarFacts, row: int, step: int, start: int, stop: int) -> Line:
        days, chosen = facts
        weekday = days[row].day.weekday()
        spans: list[Span] = [(f"{WEEKDAYS[weekday][:3]:<{_LABEL}}", "muted")]
        gap = " " * (step - 1)
        for item in days[start * 7 + row : stop * 7 : 7]:
            sign, ink = sign_of(item)
            if item.day == chosen.record.day:
                spans += [(sign, "cursor" if self.has_focus else "there"), (gap, "text")]
            else:
                spans.append((sign + gap, ink))
        return Line(tuple(merged(spans)))

    async def click(self, x: int, y: int) -> None:
        """Put the cursor there; a second click opens the day."""
        y -= self.size.height > 7
        if self.facts is None or not 0 <= y < 7:
            return
        days, chosen = self.facts
        step, start, stop = _window(self.facts, self.size.width)
        week = start + (x - _LABEL) // step
        if start <= week < stop:
            away = (days[week * 7 + y].day - chosen.record.day).days
            await self.screen.run_action(f"cursor(0, {away})" if away else "open_day")


def _window(facts: CalendarFacts, width: int) -> tuple[int, int, int]:
    """Cells for a week, and the weeks from and to that fit: the latest, or those at the cursor."""
    days, chosen = facts
    week, room = max(0, (chosen.record.day - days[0].day).days // 7), width - _LABEL
    weeks = len(days) // 7 - min(untracked([item.status for item in days]), week)
    step = cells_of(weeks, room)
    fitting = min(weeks, max(1, room // step))
    start = min(len(days) // 7 - fitting, week)
    return step, start, start + fitting


def _months(days: Sequence[DayRecord], step: int, start: int, stop: int) -> Line:
    """Each month's name over its first whole week, and over the first of all, or left of it."""
    names, before = "", days[start * 7].day.month
    for week in range(start, stop):
        day = days[week * 7].day
        place = _LABEL + (week - start) * step
        if not names and day.month != before:
            first = MONTHS[before - 1][:3] + " "
            names = " " * min(_LABEL, place - len(first)) + first
        if day.month != before and len(names) <= place and day.day <= 7:
            names = names.ljust(place) + MONTHS[day.month - 1][:3] + " "
        before = day.month
    return Line(((names or " " * _LABEL + MONTHS[before - 1][:3], "muted"),))
