"""The funnel: dials, conversations, asks and wins, and what one of each takes and brings."""

from collections.abc import Iterator, Sequence

from ...domain.numbers.funnel import Funnel
from ...domain.numbers.rates import Rate
from ...domain.numbers.snapshot import NumbersSnapshot
from ...text.format import days_from_to, money
from ...text.numbers import words
from ..kit.lines import EMPTY, Line, Span, bar, flow, length, spark, wrapped

_NAME = 14
_COUNT = 7
_CHANGE = 13
_WEEKS = 13
_WEEKS_BESIDE_CHANGE = 9
_FEWEST_WEEKS = 5
_ONE_LINE = 66  # from so many columns on a step and its rate share a line, where rows are few
_TALL = 17  # from so many rows on there is room for a line of its own for each rate
_SHORT_BAR = 6
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


def before_words(facts: NumbersSnapshot) -> str:
    """Which days the window before has."""
    before = facts.before
    return f"before: {days_from_to(before.since, before.until)}" if before is not None else ""


def funnel_lines(facts: NumbersSnapshot, width: int, height: int) -> Sequence[Line]:
    """The steps as bars with counts, rates and weeks; what one of each brings; then with whom."""
    found: list[Line] = []
    tally = facts.funnel.tally
    if missing := words.empty_words(facts.funnel):
        found += wrapped(missing, width, "strong")
    if not (tally.dials or tally.money):
        return found
    found += [EMPTY] if missing else []
    beside = width >= _ONE_LINE and height < _TALL
    for step in words.STEPS:
        found += _step_lines(facts, *step, width, beside)
    found.append(_money_line(facts, beside))
    below = list(_below(facts, width, beside))
    return [*found, *[EMPTY] * (height > len(found) + len(below)), *below]


def _step_lines(
    facts: NumbersSnapshot,
    name: str,
    figure: str,
    rates: Sequence[tuple[str, str]],
    width: int,
    beside: bool,
) -> Iterator[Line]:
    counts: int = getattr(facts.funnel.tally, figure)
    head: Span = (f"{name:<{_NAME}}", "text")
    count: Span = (f"{counts:>{_COUNT},}", "strong")
    changed = change(facts, figure)
    told = [
        (said, name) for name, of in rates if (said := words.funnel_rate_words(facts, name, of))
    ]
    change_span: Span = (f"  {changed}", "muted")
    if not beside:
        weeks = _weeks(facts, figure)
        for_change = _CHANGE if facts.before is not None else 0
        room = max(5, width - _NAME - _COUNT - for_change - len(weeks[0]) - 2)
        yield Line((head, *_bar(facts, counts, room), count, change_span), (weeks,))
        for said, rate in told:
            yield from _under(said, width, _rate_weeks(facts, rate))
        return
    left = (head, *_bar(facts, counts, _SHORT_BAR), count, *_beside(facts, figure))
    after: Span = (f"  {', '.join(said for said, _ in told)}", "muted")
    if not changed and length((*left, after)) <= width:
        yield Line((*left, after))
        return
    # Where the words or the change take the room, the rates stand under it.
    yield Line((*left, change_span))
    for part in flow([[(said, "muted")] for said, _ in told], width - _NAME, gap=2):
        yield from _under("".join(text for text, _ in part.left), width)


def _beside(facts: NumbersSnapshot, figure: str) -> tuple[Span, ...]:
    """The weeks, in a column of their own."""
    weeks, ink = _weeks(facts, figure, _WEEKS_BESIDE_CHANGE)
    return ("  ", "text"), (f"{weeks:>{_WEEKS_BESIDE_CHANGE}}", ink)


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


def _weeks(facts: NumbersSnapshot, figure: str, most: int = _WEEKS) -> Span:
    values = [_figure(week, figure) for week in facts.weeks]
    return spark(values, most if facts.before is None else _WEEKS_BESIDE_CHANGE), "accent"


def _rate_weeks(facts: NumbersSnapshot, name: str) -> str:
    """A rate week by week, where the window holds enough for one; a week alone holds little."""
    whole: Rate = getattr(facts.funnel, name)
    if not whole.can_be_said:
        return ""
    rates: list[Rate] = [getattr(week, name) for week in facts.weeks]
    most = _WEEKS if facts.before is None else _WEEKS_BESIDE_CHANGE
    return spark([rate.value for rate in rates], most)


def _bar(facts: NumbersSnapshot, count: int, width: int) -> list[Span]:
    return bar(width, count / facts.funnel.tally.dials if facts.funnel.tally.dials else 0.0)


def _money_line(facts: NumbersSnapshot, beside: bool) -> Line:
    received = money(facts.funnel.tally.money, facts.settings.currency)
    changed: Span = (f"  {change(facts, 'money')}", "muted")
    head: Span = ("Money".ljust(_NAME), "text")
    if not beside:
        return Line((head, (received, "strong"), changed), (_weeks(facts, "money"),))
    amount: Span = (received.ljust(_SHORT_BAR + _COUNT), "strong")
    return Line((head, amount, *_beside(facts, "money"), changed))


def _below(facts: NumbersSnapshot, width: int, beside: bool) -> Iterator[Line]:
    parts: list[list[Span]] = []
    weeks: dict[str, str] = {}
    for said, figure in words.per_figures(facts.funnel, facts.settings.currency):
        parts.append([(said, "text")])
        if figure and " so far" not in said:
            weeks[said] = _weeks(facts, figure)[0]
    if facts.funnel.tally.conversations:
        parts.append([(words.buyers_words(facts.funnel.buyers), "text")])
    parts += [[(said, "text")] for said in words.buyer_lines(facts)]
    if not beside:
        lines = [_with_weeks(tuple(part), weeks.get(part[0][0], ""), width) for part in parts]
    else:
        lines = list(flow(parts, width))
    for line in lines:
        if length(line.left) <= width:
            yield line
        else:
            yield from wrapped("".join(text for text, _ in line.left), width, indent="  ")
