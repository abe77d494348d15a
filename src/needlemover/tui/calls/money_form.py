"""Money that came in, or was paid back: on an activity, on none, or for an earlier entry."""

from typing import Any

from ...domain.calls.entry import EntryFact
from ...domain.today.snapshot import DaySnapshot
from ...store.calls.new_entry import NewEntry
from ...text.format import money, plain_day, shown
from ..kit.fields import ChoiceField, Field, NameField, TextField
from ..kit.form import FieldError, Form, activity_field, day_field, money_field
from ..kit.view import View


def ask_money(view: View[DaySnapshot], earlier: EntryFact | None) -> None:
    """Ask for money; amount and Enter is enough.

    It is proposed as a payment or a refund of an earlier entry, with its activity and contact.
    """
    snapshot, currency = view.snapshot, view.snapshot.settings.currency
    activities = view.store.activities.all(archived=True)
    follows: list[Field] = []
    activity_id, contact, offer = None, "", None
    if earlier is not None:
        offer = earlier.offer if earlier.is_open_ask else None
        activity_id, contact = earlier.activity_id, earlier.contact
        options = [(_followed(earlier), _told(earlier, currency)), (None, "nothing earlier")]
        follows = [ChoiceField("follows", "For", options, _followed(earlier))]
    fields = (
        money_field("amount", f"Money ({currency})", currency, offer, placeholder="1200, or -200"),
        *follows,
        activity_field("activity_id", "Activity", activities, activity_id),
        activity_field("came_from", "Came from", activities, hint="what brought the buyer"),
        NameField(view.store.contacts.names, contact),
        day_field("day", "Day", snapshot.day, view.store.today),
        TextField("note", "Note"),
    )

    def save(amount: int | None, **said: Any) -> None:
        if not amount:
            raise FieldError("amount", "Type how much it was, like 1200; paid back: -200.")
        view.do(lambda: view.store.entries.log(NewEntry(amount=amount, count=0, **said)))
        word = "received" if amount > 0 else "paid back"
        view.say(f"{money(abs(amount), currency)} {word}.")

    hint = "Enter saves · Tab next · ← → choose · a refund is negative: -200"
    view.app.push_screen(Form("Money received", fields, save, hint=hint))


def _followed(entry: EntryFact) -> int | None:
    """The entry that is paid for; of a payment, what that one paid for."""
    is_payment = entry.outcome is None and entry.follows is not None
    return entry.follows if is_payment else entry.id


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
