"""Money that came in, or was paid back: on an activity, on none, or for an earlier entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from textual.widget import Widget

from ...domain.calls.entry import EntryFact
from ...domain.errors import WrongUsageError
from ...domain.promises.activity import ActivityFact
from ...store.calls.new_entry import NewEntry
from ...store.session import Moment
from ...text.format import money, plain_day, shown
from ...text.parse import parse_amount, parse_day
from ..kit.dialog import Dialog
from ..kit.fields import Choice, Field, TextField, activity_choices


class MoneyForm(Dialog[bool]):
    """Amount and Enter is enough."""

    AUTO_FOCUS = "#amount"
    title_text = "Money received"
    hint_text = "Enter saves · Tab next · ← → choose · a refund is negative: -200"

    def __init__(
        self,
        moment: Moment,
        activities: Sequence[ActivityFact],
        day: date,
        save: Callable[[NewEntry], object],
        *,
        earlier: EntryFact | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            moment: now.
            activities: to choose from.
            day: the day it is proposed for.
            save: does the command; what it refuses is said in the dialog.
            earlier: the entry that it is proposed to follow, as a payment or a refund.
        """
        super().__init__()
        self._moment = moment
        self._activities = activities
        self._day = day
        self._save = save
        self._earlier = earlier

    def fields(self) -> Iterable[Widget]:
        """The amount first; what it follows brings activity and contact along."""
        earlier, currency = self._earlier, self._moment.settings.currency
        yield Field(f"Money ({currency})", TextField(placeholder="1200, or -200", id="amount"))
        if earlier is not None:
            follows = [(True, _told(earlier, currency)), (False, "nothing earlier")]
            yield Field("For", Choice(follows, value=True, id="follows"))
        activity_id = earlier.activity_id if earlier is not None else None
        yield Field("Activity", activity_choices(self._activities, activity_id, id="activity"))
        yield Field("Came from", activity_choices(self._activities, None, id="came_from"),
                    "what brought the buyer")  # fmt: skip
        contact = earlier.contact if earlier is not None else ""
        yield Field("Who", TextField(contact, id="contact"))
        yield Field("Day", TextField(self._day.isoformat(), id="day"))
        yield Field("Note", TextField(id="note"))

    def accept(self) -> bool:
        """The money that the fields say."""
        amount = self.typed("amount").strip()
        received = parse_amount(amount, self._moment.settings.currency) if amount else 0
        if not received:
            raise WrongUsageError("Type how much it was, like 1200; paid back: -200.")
        self._save(
            NewEntry(
                activity_id=self._activity("activity"),
                day=parse_day(self.typed("day"), self._moment.today),
                count=0,
                contact=self.typed("contact"),
                amount=received,
                note=self.typed("note"),
                came_from=self._activity("came_from"),
                follows=self._follows(),
            )
        )
        return True

    def _activity(self, field: str) -> int | None:
        chosen = self.chosen(field)
        return chosen if isinstance(chosen, int) else None

    def _follows(self) -> int | None:
        """The entry that is paid for; of a payment, what that one paid for."""
        earlier = self._earlier
        if earlier is None or not self.chosen("follows"):
            return None
        is_payment = earlier.outcome is None and earlier.follows is not None
        return earlier.follows if is_payment else earlier.id


def _told(entry: EntryFact, currency: str) -> str:
    """As `Foo GmbH, won, $1,200, 24 Nov 2026`; of an ask that waits, what paying makes of it."""
    parts = [
        shown(entry.contact or entry.activity or "money"),
        entry.outcome.words if entry.outcome is not None else "",
        money(entry.amount, currency) if entry.amount is not None else "",
        plain_day(entry.day),
    ]
    told = ", ".join(part for part in parts if part)
    return f"{told}: then won" if entry.is_open_ask else told
