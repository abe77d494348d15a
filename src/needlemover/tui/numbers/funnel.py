"""The funnel: dials, conversations, asks and wins, and what one of each takes and brings."""

from collections.abc import Iterator, Sequence

from ...domain.numbers.funnel import Funnel
from ...domain.numbers.rates import Rate
from ...domain.numbers.snapshot import NumbersSnapshot
from ...text.format import days_from_to, money
from ...text.numbers import words
from ..kit.lines import EMPTY, Line, Span, bar, flow, length, paragraphs, spark, wrapped

_NAME = 14
_COUNT = 7
_CHANGE = 13
_FEWEST_WEEKS = 5
_TALL = 17  # from so many rows on each figure has a line of its own
_ASIDE = 2  # of a rate that has its weeks beside it


def change(facts: NumbersSnapshot, figure: str) -> str:
    """A sum of the funnel against the window before: `▲ from 4,870`; empty with none."""
    if facts.before is None:
        return ""
    now, before = (getattr(each.tally, figure) for each in (facts.funnel, facts.before))
    if now == before:
        return "as before"
    said = money(before, facts.settings.currency) if figure == "money" else words.number(before)
    return f"{'▲' if now > before else '▼'} from {said}"


def _figure(funnel: Funnel, name: str) -> int | None:
    found: int | None = getattr(funnel.tally if hasattr(funnel.tally, name) else funnel, name)
    return found


def _weeks_room(facts: NumbersSnapshot, width: int) -> int:
    """A quarter of what the change leaves: it grows with the panel, as the bars do."""
    return (width - (_CHANGE if facts.before is not None else 0)) // 4


def funnel_lines(facts: NumbersSnapshot, width: int, height: int) -> Sequence[Line]:
    """The steps as bars with counts, rates and weeks; what one of each brings; then with whom."""
    found: list[Line] = []
    tally = facts.funnel.tally
    if missing := words.empty_words(facts.funnel):
        found += wrapped(missing, width, "strong")
    if not (tally.dials or tally.money):
        return found
    found += [EMPTY] if missing else []
    found += paragraphs(words.few_words(facts.funnel), width, "strong")
    before = facts.before
    days = "" if before is None else f"before: {days_from_to(before.since, before.until)}"
    found.append(Line(((days, "muted"),), (("by week", "muted"),)))
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
    for_change = _CHANGE if facts.before is not None else 0
    room = max(5, width - _NAME - _COUNT - for_change - len(weeks[0]) - 2)
    share = counts / facts.funnel.tally.dials if facts.funnel.tally.dials else 0.0
    head: Span = (f"{name:<{_NAME}}", "text")
    count: Span = (f"{counts:>{_COUNT},}", "strong")
    changed: Span = (f"  {change(facts, figure)}", "muted")
    yield Line((head, *bar(room, share), count, changed), (weeks,))
    for rate, of in rates:
        if said := words.funnel_rate_words(facts, rate, of):
            yield from _under(said, width, _rate_weeks(facts, rate, width))


def _under(said: str, width: int, weeks: str = "") -> Iterator[Line]:
    """What is said of a step, under its bar; further left with its weeks, or where it is long."""
    if weeks and _ASIDE + len(said) + 2 + _FEWEST_WEEKS <= width:
        yield _with_weeks(((" " * _ASIDE, "text"), (said, "muted")), weeks, width)
        return
    indent = min(_NAME, width - len(said))
    if indent < 0:
        yield from wrapped(said, width, "muted", indent="  ")
    else:
        yield Line(((" " * indent, "text"), (said, "muted")))


def _with_weeks(left: tuple[Span, ...], weeks: str, width: int) -> Line:
    """A line with the weeks at its end, as many of the last ones as there is room for."""
    room = width - length(left) - 2
    shown = weeks[-room:] if room >= _FEWEST_WEEKS else ""
    return Line(left, ((shown, "muted"),) if shown.strip() else ())


def _weeks(facts: NumbersSnapshot, figure: str, width: int) -> Span:
    values = [_figure(week, figure) for week in facts.weeks]
    return spark(values, _weeks_room(facts, width)), "accent"


def _rate_weeks(facts: NumbersSnapshot, name: str, width: int) -> str:
    """A rate week by week, where the window holds enough for one; a week alone holds little."""
    whole: Rate = getattr(facts.funnel, name)
    if not whole.can_be_said:
        return ""
    rates: list[Rate] = [getattr(week, name) for week in facts.weeks]
    return spark([rate.value for rate in rates], _weeks_room(facts, width))


def _money_line(facts: NumbersSnapshot, width: int) -> Line:
    received = money(facts.funnel.tally.money, facts.settings.currency)
    changed: Span = (f"  {change(facts, 'money')}", "muted")
    head: Span = ("Money".ljust(_NAME), "text")
    return Line((head, (received, "strong"), changed), (_weeks(facts, "money", width),))


def _below(facts: NumbersSnapshot, width: int, *, flows: bool) -> Iterator[Line]:
    parts: list[list[Span]] = []
    weeks: dict[str, str] = {}
    few = len(words.few_words(facts.funnel))  # said above
    for said, figure in words.per_figures(facts.funnel, facts.settings.currency)[few:]:
        parts.append([(said, "text")])
        if figure and " so far" not in said:
            weeks[said] = _weeks(facts, figure, width)[0]
    if facts.funnel.tally.conversations:
        parts.append([(words.buyers_words(facts.funnel.buyers), "text")])
    parts += [[(said, "text")] for said in words.buyer_lines(facts)]
    if flows:
        lines = flow(parts, width)
    else:
        lines = [_with_weeks(tuple(part), weeks.get(part[0][0], ""), width) for part in parts]
    for line in lines:
        if length(line.left) <= width:
            yield line
        else:
            yield from wrapped("".join(text for text, _ in line.left), width, indent="  ")
