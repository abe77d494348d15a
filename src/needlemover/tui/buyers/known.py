"""The buyer under the cursor: the phone, the note, what comes next, and what happened."""

from collections.abc import Sequence

from ...domain.buyers.contact import BuyersSnapshot
from ...text.format import shown
from ..kit.lines import EMPTY, Line, wrapped
from ..kit.panel import Panel
from ..today.with_buyer import known_of, touch_lines


class KnownPanel(Panel[BuyersSnapshot, None], can_focus=True):
    """What is known of one buyer, and what happened, newest first."""

    BORDER_TITLE = "THE BUYER"
    scrolls = True

    def lines(self, facts: BuyersSnapshot, width: int, height: int) -> Sequence[Line]:
        if facts.buyer is None:
            return wrapped("What is known of a buyer stands here.", width, "muted")
        currency = facts.settings.currency
        about = known_of(facts.buyer, facts.today, currency)
        about.insert(0, (facts.buyer.contact.name, "strong"))
        found = [line for text, ink in about for line in wrapped(shown(text), width, ink)]
        below = [*touch_lines(facts.touches, facts.today, currency, width, most=20)]
        return [*found, EMPTY, *(below or wrapped("No call yet.", width, "muted"))]
