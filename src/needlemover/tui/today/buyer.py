"""What is known of the buyer under the cursor of CALL NEXT, beside it where there is much room."""

from ...domain.buyers.contact import BuyersSnapshot
from ...domain.buyers.next_calls import NextCall
from ...domain.today.snapshot import DaySnapshot
from ..buyers.panels import known_lines
from ..kit.panels import TextPanel
from ..kit.view import View

_TOUCHES = 20


class NextBuyer(TextPanel[BuyersSnapshot]):
    """Who it is, what is promised, and what happened, newest first."""

    def __init__(self) -> None:
        super().__init__("THE BUYER", known_lines, id="buyer")

    def show(self, view: View[DaySnapshot], call: NextCall | None) -> None:
        """Read what happened with one to call."""
        day, buyer = view.snapshot, call.buyer if call is not None else None
        touches = view.store.entries.with_contact(buyer.contact.name, _TOUCHES) if buyer else ()
        self.facts = BuyersSnapshot(
            day.today, day.settings, {}, (), buyer=buyer, touches=tuple(touches)
        )
