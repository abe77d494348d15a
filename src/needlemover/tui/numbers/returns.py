"""What the hours of each activity brought, and where the hours went."""

from collections.abc import Iterator, Sequence

from ...domain.numbers.returns import Return, right_seconds
from ...domain.numbers.snapshot import NumbersSnapshot
from ...text.format import minutes, money, percent, short_day
from ...text.numbers import words
from ..kit.lines import EMPTY, Hint, Line, Span, cut, flow, paragraphs, spark, wrapped


def returns_lines(facts: NumbersSnapshot, width: int, height: int) -> Sequence[Line]:
    """Whether the ranking holds; then the activities, the highest return first."""
    if not facts.returns:
        said = "No activity yet: what an hour of each brings comes here."
        return Hint(said, width, ("1 a", "adds one"))
    found = wrapped(words.ranking_words(facts.returns, facts.contradiction), width, "strong")
    if facts.contradiction is not None:
        keys: tuple[Span, ...] = (("R", "accent"), (" moves it up; u takes it back", "muted"))
        found.append(Line(keys))
    activities, place = [], 0
    for item in facts.returns:
        place += item.can_be_compared
        activities.append(list(_lines(item, place, facts.settings.currency, width)))
    untraced = ""
    if facts.untraced_money:
        amount = money(facts.untraced_money, facts.settings.currency)
        untraced = f"{amount} came in with no activity."
    below = paragraphs([untraced, words.hours_words(facts)], width, "muted")
    rows = len(found) + sum(map(len, activities)) + len(below)
    apart = [EMPTY] * (height >= rows + len(activities))
    for lines in activities:
        found += [*apart, *lines]
    return [*found, *below]


def _lines(item: Return, place: int, currency: str, width: int) -> Iterator[Line]:
    has_return = item.can_be_compared and item.per_hour is not None
    said = words.return_words(item, currency)
    name = cut(item.name, max(8, width - len(said) - 5))
    head: Span = (f"{place if has_return else '–':>2} ", "muted")
    ink = "strong" if has_return else "muted"
    yield Line((head, (name, "text")), ((f" {said}", ink),))
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
