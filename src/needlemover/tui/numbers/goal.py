"""The goal and the worth of an hour, in sentences."""

from collections.abc import Iterator, Sequence

from ...domain.numbers.goal import Gap
from ...domain.numbers.snapshot import NumbersSnapshot
from ...text.numbers import goal as words
from ...text.numbers.worth import worth_lines
from ..kit.lines import Line, bar, wrapped
from ..kit.panel import Panel

_NO_GOAL = "No goal is set: g takes the money you want this month, or by a day."

_ASSUME = "g takes an assumed rate, and what you assume a win brings."


class GoalPanel(Panel[NumbersSnapshot, None], can_focus=True):
    """How many conversations stand between the user and the goal."""

    BORDER_TITLE = "GOAL"
    scrolls = True

    def lines(self, facts: NumbersSnapshot, width: int, height: int) -> Sequence[Line]:
        """What is wanted and received, then what it still takes."""
        goal, currency = facts.goal, facts.settings.currency
        if goal.wanted is None:
            return wrapped(_NO_GOAL, width, "muted")
        title = wrapped(words.title_words(goal, currency), width, "strong")
        ink = "accent" if goal.missing else "good"
        drawn = Line(tuple(bar(width, goal.received / goal.wanted, None, ink)))
        told = [*wrapped(words.received_words(goal, currency), width), *_way(facts, width)]
        # The bar gives way where the sentences need its line.
        return [*title, *([drawn] if len(title) + len(told) < height else ()), *told]


def _way(facts: NumbersSnapshot, width: int) -> Iterator[Line]:
    """What it takes, or why that cannot be said."""
    goal = facts.goal
    if goal.gap is None:
        rate = facts.funnel.win_per_conversation
        for line in words.way_lines(goal, facts.settings, rate, "Or assume a rate: g."):
            yield from wrapped(line, width, indent="  ")
    elif goal.gap is Gap.OVER:
        yield from wrapped(f"{words.gap_words(goal)} g sets another goal.", width)
    elif goal.gap is not Gap.REACHED:
        yield from wrapped(words.gap_words(goal), width)
        yield from wrapped(_ASSUME, width, "muted")


class WorthPanel(Panel[NumbersSnapshot, None], can_focus=True):
    """What an hour is worth now and a week from now."""

    BORDER_TITLE = "WORTH OF AN HOUR"
    scrolls = True

    def lines(self, facts: NumbersSnapshot, width: int, height: int) -> Sequence[Line]:
        """The worth with what it is worked out of, or what is missing."""
        found: list[Line] = []
        for place, line in enumerate(worth_lines(facts.worth, facts.settings)):
            found += wrapped(line, width, "muted" if place else "text", indent="  ")
        return found
