"""A year of days at a glance."""

from collections.abc import Sequence
from datetime import date

from ...domain.progress.record import DayRecord
from ...domain.promises.status import Status
from ...text.format import MONTHS, WEEKDAYS
from ..kit.lines import EMPTY, Line, Span, flow, length, merged
from ..kit.panel import Panel
from ..today.strip import SIGNS
from .day import DayFacts, day_lines

_LABEL = 4
_LATE: Span = ("▣", "accent")
_EXTRA: Span = ("•", "accent")  # something was done though nothing was due that day
_PARTS = ("◔", "◑", "◕")
_PART_INK = "dim-accent"
_LEGEND: tuple[tuple[Span, ...], ...] = (
    (SIGNS[Status.WON], (" won", "muted")),
    (_LATE, (" won late", "muted")),
    ((" ".join(_PARTS), _PART_INK), (" part", "muted")),
    (SIGNS[Status.MISSED], (" missed", "muted")),
    (SIGNS[Status.REST], (" rest", "muted")),
    (SIGNS[Status.OFF], (" off", "muted")),
    (("blank", "faint"), (" untracked", "muted")),
)
_LEGEND_WITH_EXTRA = (*_LEGEND[:5], (_EXTRA, (" done, not due", "muted")), *_LEGEND[5:])


def sign_of(item: DayRecord) -> Span:
    """The sign of a day and its ink."""
    if item.status is Status.PART:
        return _PARTS[min(2, int(item.share * 3))], _PART_INK
    if item.status is Status.WON and item.late:
        return _LATE
    if item.status is Status.REST and (item.seconds or item.count):
        return _EXTRA
    if item.status is Status.AHEAD and item.day_off is not None:
        return SIGNS[Status.OFF]
    return SIGNS[item.status]


CalendarFacts = tuple[Sequence[DayRecord], DayFacts]  # whole weeks, and the day under the cursor


class Calendar(Panel[CalendarFacts, None], can_focus=True):
    """A column a week, a line a weekday, and a cursor on one of the days."""

    BORDER_TITLE = "CALENDAR"

    def title(self, facts: CalendarFacts) -> str:
        days, _ = facts
        return f"CALENDAR · {_month(days[0].day)} to {_month(days[-1].day)}"

    def lines(self, facts: CalendarFacts, width: int, height: int) -> Sequence[Line]:
        """Months, weekdays, legend; the day's numbers where they do not stand beside it."""
        days, chosen = facts
        step, start, stop = _window(facts, width)
        found = [_months(days, step, start, stop)]
        found += (self._row(facts, row, step, start, stop) for row in range(7))
        has_extra = any(sign_of(item) == _EXTRA for item in days)
        signs = _LEGEND_WITH_EXTRA if has_extra else _LEGEND
        beside, legend = _LABEL + (stop - start) * step + 2, []
        if max(map(length, signs)) <= width - beside:
            for place, sign in enumerate(signs, len(found) - len(signs)):
                gap: Span = (" " * (beside - length(found[place].left)), "text")
                found[place] = Line((*found[place].left, gap, *sign))
        else:
            legend = flow(signs, width, gap=2)
        room = height - len(found) - len(legend)
        numbers = day_lines(chosen, width, room, row=width) if room >= 2 else []
        spare = room - len(numbers)
        if numbers and spare > 0:
            numbers.insert(0, EMPTY)
            spare -= 1
        if legend and spare > 0:
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
        if self.facts is None or not 1 <= y <= 7:
            return
        days, chosen = self.facts
        step, start, stop = _window(self.facts, self.size.width)
        week = start + (x - _LABEL) // step
        if start <= week < stop:
            away = (days[week * 7 + y - 1].day - chosen.record.day).days
            await self.screen.run_action(f"cursor(0, {away})" if away else "open_day")


def _window(facts: CalendarFacts, width: int) -> tuple[int, int, int]:
    """Cells for a week, and the weeks from and to that fit: the latest, or those at the cursor."""
    days, chosen = facts
    weeks, room = len(days) // 7, width - _LABEL
    step = min(3, max(1, (room + 1) // weeks))
    fitting = min(weeks, max(1, room // step))
    week = (chosen.record.day - days[0].day).days // 7
    start = min(weeks - fitting, max(0, week))
    return step, start, start + fitting


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


def _months(days: Sequence[DayRecord], step: int, start: int, stop: int) -> Line:
    """Each month's name over its first whole week."""
    names = " " * _LABEL
    before = 0
    for week in range(start, stop):
        day = days[week * 7].day
        place = _LABEL + (week - start) * step
        if day.month != before and len(names) <= place and day.day <= 7:
            names = names.ljust(place) + MONTHS[day.month - 1][:3] + " "
        before = day.month
    return Line(((names, "muted"),))
