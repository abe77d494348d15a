"""The worth of an hour for who thinks of delegating, with the weeks that it rests on."""

from collections.abc import Sequence

from ...domain.delegation.ledger import ProblemsSnapshot
from ...domain.numbers.worth import hour_worth
from ...text.format import money
from ...text.numbers.worth import hour_lines
from ..kit.lines import Line, spark, wrapped
from ..kit.panel import Panel


class HourPanel(Panel[ProblemsSnapshot, None], can_focus=True):
    """Now, a week from now, and where an hour returns most."""

    BORDER_TITLE = "YOUR HOUR"
    scrolls = True

    def lines(self, facts: ProblemsSnapshot, width: int, height: int) -> Sequence[Line]:
        """The sentences, then the weeks."""
        found: list[Line] = []
        hour = hour_worth(facts.worth, facts.returns)
        for place, line in enumerate(hour_lines(hour, facts.settings)):
            found += wrapped(line, width, "muted" if place else "text", indent="  ")
        found += _weeks(facts)
        if facts.worth.now is None:
            found += wrapped(
                "h declares it: by the hour, or from an income wanted.", width, "muted"
            )
        return found


def _weeks(facts: ProblemsSnapshot) -> Sequence[Line]:
    """An hour of each of the last full weeks, as a picture; nothing without money in them."""
    weeks = facts.worth.weeks
    if not any(week is not None and week > 0 for week in weeks):
        return ()
    most = max(week for week in weeks if week is not None)
    drawn = "".join(f"{sign} " for sign in spark(weeks, len(weeks)))
    said = f"  up to {money(most, facts.settings.currency)} an hour"
    return [Line(((f"{len(weeks)} weeks  ", "muted"), (drawn, "accent"), (said, "muted")))]
