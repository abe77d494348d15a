"""When buyers answer: the dials by weekday and hour, shaded where one of them stands out."""

from collections.abc import Iterator, Sequence

from ...domain.numbers.hours import Slot
from ...domain.numbers.snapshot import NumbersSnapshot
from ...text.format import WEEKDAYS, counted
from ...text.numbers.words import block_hours_words, slots_words
from ..kit.lines import Hint, Line, Span, paragraphs, wrapped

_NAME = 4
_CELL = 5


def hours_shown(facts: NumbersSnapshot, room: int) -> list[int]:
    """The hours in a row that are shown, as many as there is room for.

    The local day begins at an hour of its own: those before it belong to the evening before. Where
    the hours with a dial are more than there is room for, the row that holds the most dials.
    """
    starts_at = facts.settings.day_starts_at.hour
    dials = [0] * 24
    for slot in facts.slots.slots:
        dials[(slot.hour - starts_at) % 24] += slot.dials
    used = [place for place, number in enumerate(dials) if number]
    if not used or room < 1:
        return []
    first, last = used[0], used[-1]
    if last - first >= room:
        first = max(range(first, last - room + 2), key=lambda at: sum(dials[at : at + room]))
        last = first + room - 1
    return [(place + starts_at) % 24 for place in range(first, last + 1)]


def answers_lines(facts: NumbersSnapshot, width: int, height: int) -> Sequence[Line]:
    """The best hours; and the dials, a row a weekday and a column an hour of the local day."""
    hours = hours_shown(facts, (width - _NAME) // _CELL)
    grid = list(_grid(facts, hours)) if hours else []
    first, *rest = slots_words(facts.slots)
    if not (hours or rest or facts.blocks):
        return Hint(first, width)
    told = [*wrapped(first, width, "strong"), *paragraphs(rest, width)]
    if facts.blocks is not None:
        told += paragraphs(block_hours_words(facts.blocks), width)
    outside = sum(slot.dials for slot in facts.slots.slots if slot.hour not in hours)
    if outside:
        told += wrapped(f"{counted(outside, 'dial')} at other hours.", width, "muted")
    return [*told, *grid]


def _grid(facts: NumbersSnapshot, hours: Sequence[int]) -> Iterator[Line]:
    shade = ", █ where buyers answered more often" if facts.slots.best else ""
    yield Line(((f"Dials by weekday and hour{shade}:", "muted"),))
    head = "".join(f"{hour:02}".rjust(_CELL) for hour in hours)
    yield Line(((f"{'':{_NAME}}{head}", "muted"),))
    found = {(slot.weekday, slot.hour): slot for slot in facts.slots.slots}
    first = facts.settings.weeks.start(facts.today).weekday()
    for number in range(7):
        weekday = (first + number) % 7
        name: Span = (f"{WEEKDAYS[weekday][:3]:<{_NAME}}", "muted")
        cells = [_cell(facts, found.get((weekday, hour))) for hour in hours]
        yield Line((name, *cells))


def _cell(facts: NumbersSnapshot, slot: Slot | None) -> Span:
    if slot is None:
        return "·".rjust(_CELL), "muted"
    said = _short(slot.dials)
    if any(slot.weekday == part.weekday or slot.hour == part.hour for part in facts.slots.best):
        return f"█{said}".rjust(_CELL), "accent"
    return said.rjust(_CELL), "text"


def _short(number: int) -> str:
    """In three cells: `999`, `12k`."""
    return str(number) if number < 1000 else f"{number // 1000}k"
