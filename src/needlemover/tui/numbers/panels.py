"""What the panels of Numbers say: the funnel, the returns, and when buyers answer."""

from collections.abc import Iterator, Sequence

from ...domain.numbers.hours import Slot
from ...domain.numbers.rates import Rate
from ...domain.numbers.returns import Return, right_seconds
from ...domain.numbers.snapshot import NumbersSnapshot
from ...text.format import WEEKDAYS, counted, days_from_to, minutes, money, percent, short_day
from ...text.numbers import words
from ...text.numbers.words import block_hours_words, slots_words
from ..kit.lines import EMPTY, Hint, Line, Span, bar, cut, flow, length, paragraphs, spark, wrapped

_NAME, _COUNT, _CHANGE = 14, 7, 13  # cells of the funnel
_DAY, _CELL = 4, 5  # cells of the hours
_FEWEST_WEEKS = 5
_TALL = 17  # from so many rows on each figure has a line of its own


def change(facts: NumbersSnapshot, figure: str) -> str:
    """A sum of the funnel against the window before: `▲ from 4,870`; empty with none."""
    if facts.before is None:
        return ""
    now, before = (getattr(each.tally, figure) for each in (facts.funnel, facts.before))
    if now == before:
        return "as before"
    said = money(before, facts.settings.currency) if figure == "money" else f"{before:,}"
    return f"{'▲' if now > before else '▼'} from {said}"


def funnel_lines(facts: NumbersSnapshot, width: int, height: int) -> Sequence[Line]:
    """The steps as bars with counts, rates and weeks; what one of each brings; then with whom."""
    tally = facts.funnel.tally
    missing = words.empty_words(facts.funnel)
    if not (tally.dials or tally.money):
        return Hint(missing, width, ("1 c", "starts a call"), ("w", "another period"))
    found = [*wrapped(missing, width, "strong"), EMPTY] if missing else []
    found += paragraphs(words.few_words(facts.funnel), width, "strong")
    before = facts.before
    days = "" if before is None else f"before: {days_from_to(before.since, before.until)}"
    found.append(Line(((days, "muted"),), (("by week" * (len(days) + 8 < width), "muted"),)))
    steps = [list(_step_lines(facts, *step, width)) for step in words.STEPS]
    below = list(_below(facts, width, flows=height < _TALL))
    rows = len(found) + sum(map(len, steps)) + 1 + len(below)
    apart = [EMPTY] * (height >= rows + len(steps) + 1)
    for lines in steps:
        found += [*lines, *apart]
    return [*found, _money_line(facts, width), *(apart or [EMPTY] * (height > rows)), *below]


def _step_lines(
    facts: NumbersSnapshot, name: str, figure: str, rates: Sequence[tuple[str, str]], width: int
) -> Iterator[Line]:
    counts: int = getattr(facts.funnel.tally, figure)
    weeks = _weeks(facts, figure, width)
    room = width - _NAME - _COUNT - len(weeks) - 2
    for_change = _CHANGE if facts.before is not None and room >= _CHANGE + 5 else 0
    room = max(5, room - for_change)
    share = counts / facts.funnel.tally.dials if facts.funnel.tally.dials else 0.0
    head: Span = (f"{name:<{_NAME}}", "text")
    count: Span = (f"{counts:>{_COUNT},}", "strong")
    changed: Span = (f"  {change(facts, figure)}" if for_change else "", "muted")
    left = head, *bar(room, share), count, changed
    yield Line(left, ((_fitting(weeks, width - length(left)), "accent"),))
    for rate, of in rates:
        if said := words.funnel_rate_words(facts.funnel, facts.before, rate, of):
            yield from _told(f"  {said}", width, _weeks(facts, rate, width), "muted")


def _told(said: str, width: int, weeks: str = "", ink: str = "text") -> Iterator[Line]:
    """A sentence with the weeks at its end, as many of the last ones as there is room for."""
    room = width - len(said) - 2
    if room < -2:
        yield from wrapped(said, width, ink, indent="  ")
        return
    yield Line(((said, ink),), ((_fitting(weeks, room + 1), "muted"),))


def _fitting(weeks: str, room: int) -> str:
    """As many of the last weeks as so many cells hold, beside a blank; a few tell nothing."""
    return weeks[1 - room :] if room > _FEWEST_WEEKS else ""


def _weeks(facts: NumbersSnapshot, name: str, width: int) -> str:
    """A figure or a rate by week, in a quarter of the width; of a rate too few tell nothing."""
    found = [
        getattr(funnel.tally if hasattr(funnel.tally, name) else funnel, name)
        for funnel in (facts.funnel, *facts.weeks)
    ]
    values = [item.value if isinstance(item, Rate) else item for item in found[1:]]
    if isinstance(found[0], Rate) and not found[0].can_be_said:
        return ""
    return spark(values, (width - (_CHANGE if facts.before is not None else 0)) // 4)


def _money_line(facts: NumbersSnapshot, width: int) -> Line:
    received = money(facts.funnel.tally.money, facts.settings.currency)
    changed: Span = (f"  {change(facts, 'money')}", "muted")
    left = ("Money".ljust(_NAME), "text"), (received, "strong"), changed
    return Line(left, ((_fitting(_weeks(facts, "money", width), width - length(left)), "accent"),))


def _below(facts: NumbersSnapshot, width: int, *, flows: bool) -> Iterator[Line]:
    figures = words.per_figures(facts.funnel, facts.settings.currency)
    if facts.funnel.tally.conversations:
        figures.append((words.buyers_words(facts.funnel.buyers), ""))
    figures += [(said, "") for said in words.buyer_lines(facts)]
    if flows:
        lines = flow([[(said, "text")] for said, _ in figures], width)
        figures = [("".join(text for text, _ in line.left), "") for line in lines]
    for said, figure in figures:
        weeks = _weeks(facts, figure, width) if figure and " so far" not in said else ""
        yield from _told(said, width, weeks)


def returns_lines(facts: NumbersSnapshot, width: int, height: int) -> Sequence[Line]:
    """Whether the ranking holds; then the activities, the highest return first."""
    if not facts.returns:
        said = "No activity yet: what an hour of each brings comes here."
        return Hint(said, width, ("1 a", "adds one"))
    found = wrapped(words.ranking_words(facts.returns, facts.contradiction), width, "strong")
    if facts.contradiction is not None:
        found.append(Line((("R", "accent"), (" moves it up; u takes it back", "muted"))))
    activities, place = [], 0
    for item in facts.returns:
        place += item.can_be_compared
        activities.append(list(_return_lines(item, place, facts.settings.currency, width)))
    untraced = ""
    if facts.untraced_money:
        amount = money(facts.untraced_money, facts.settings.currency)
        untraced = f"{amount} came in with no activity."
    below = paragraphs([untraced, words.hours_words(facts)], width, "muted")
    rows = len(found) + sum(map(len, activities)) + len(below)
    apart = [EMPTY] * (height >= rows + len(activities))
    for lines in activities:
        found += [*apart, *lines]
    apart = apart[: bool(below) and height > len(found) + len(below)]
    return [*found, *apart, *below]


def _return_lines(item: Return, place: int, currency: str, width: int) -> Iterator[Line]:
    has_return = item.can_be_compared and item.per_hour is not None
    said = words.return_words(item, currency)
    name = cut(item.name, max(8, width - len(said) - 5))
    head: Span = (f"{place if has_return else '–':>2} ", "muted")
    yield Line((head, (name, "text")), ((f" {said}", "strong" if has_return else "muted"),))
    parts = ["archived" if item.is_archived else f"your rank {item.rank}"]
    if item.seconds:
        share = percent(item.seconds_share, item.seconds_percent)
        parts.append(f"{minutes(item.seconds)}, {share} of time")
    elif not item.is_traced:
        parts.append("no time logged")
    if item.is_traced:
        received = money(item.money, currency)
        if item.money_share is not None:
            received += f", {percent(item.money_share, item.money_percent)} of money"
        parts += [received, words.evidence_words(item)]
    for line in flow([[(part, "muted")] for part in parts], width - 3, gap=2):
        yield Line((("   ", "text"), *line.left))


def right_lines(facts: NumbersSnapshot, width: int, height: int) -> Sequence[Line]:
    """The share of the right things, of the window and by week."""
    said = words.right_words(*right_seconds(facts.returns), facts.leak_seconds)
    found = wrapped(said, width, "strong")
    weeks = facts.right_weeks[-(width - 8) :]
    if not any(week.seconds for week in weeks):
        return Hint(said, width)
    # Half a share is half a block high: the scale is all of the time, not the best week.
    drawn = spark([*(week.share for week in weeks), 1.0], width)[:-1]
    found.append(Line((("by week ", "muted"), (drawn, "accent"))))
    if facts.leak_seconds:
        leaked = spark([*(week.leak_share for week in weeks), 1.0], width)[:-1]
        found.append(Line((("leaks   ", "muted"), (leaked, "bad"))))
    last = weeks[-1]
    since = f"since {short_day(weeks[0].start)[4:]}"
    share = f"this week {percent(last.share)} of {minutes(last.seconds)}"
    return [*found, Line(((since, "muted"),), ((share, "muted"),))]


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
    hours = hours_shown(facts, (width - _DAY) // _CELL)
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
    yield Line(((f"{'':{_DAY}}{head}", "muted"),))
    found = {(slot.weekday, slot.hour): slot for slot in facts.slots.slots}
    first = facts.settings.weeks.start(facts.today).weekday()
    for number in range(7):
        weekday = (first + number) % 7
        name: Span = (f"{WEEKDAYS[weekday][:3]:<{_DAY}}", "muted")
        yield Line((name, *[_cell(facts, found.get((weekday, hour))) for hour in hours]))


def _cell(facts: NumbersSnapshot, slot: Slot | None) -> Span:
    if slot is None:
        return "·".rjust(_CELL), "muted"
    said = f"{slot.dials}" if slot.dials < 1000 else f"{slot.dials // 1000}k"
    if any(slot.weekday == part.weekday or slot.hour == part.hour for part in facts.slots.best):
        return f"█{said}".rjust(_CELL), "accent"
    return said.rjust(_CELL), "text"
