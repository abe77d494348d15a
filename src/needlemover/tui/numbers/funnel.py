"""The funnel: dials, conversations, asks and wins, and what one of each takes and brings."""

from collections.abc import Iterator, Sequence

from ...domain.numbers.rates import Rate
from ...domain.numbers.snapshot import NumbersSnapshot
from ...text.format import days_from_to, money
from ...text.numbers import words
from ..kit.lines import EMPTY, Hint, Line, Span, bar, flow, length, paragraphs, spark, wrapped

_NAME = 14
_COUNT = 7
_CHANGE = 13
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
    found: list[Line] = []
    tally = facts.funnel.tally
    missing = words.empty_words(facts.funnel)
    if not (tally.dials or tally.money):
        return Hint(missing, width, ("1 c", "starts a call"), ("w", "another period"))
    found += wrapped(missing, width, "strong") if missing else []
    found += [EMPTY] if missing else []
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
    head: Span = ("Money".ljust(_NAME), "text")
    left = head, (received, "strong"), changed
    weeks = _fitting(_weeks(facts, "money", width), width - length(left))
    return Line(left, ((weeks, "accent"),))


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
