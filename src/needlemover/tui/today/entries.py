"""What the keys of Today do with entries: deleting, asks, contacts.

Dialogs are imported when they are first used: the first picture needs none of them.
"""

from __future__ import annotations

from ...domain.calls.entry import EntryFact, Outcome
from ...domain.today.snapshot import DaySnapshot
from ...text.format import short_day
from ..kit.view import View


def is_ahead(view: View[DaySnapshot]) -> bool:
    """Whether the shown day is still to come; then it is said, as nothing can be logged."""
    snapshot = view.snapshot
    if snapshot.day <= snapshot.today:
        return False
    view.say(f"{short_day(snapshot.day)} is still to come.", wrong=True)
    return True


def delete_entry(view: View[DaySnapshot], entry: EntryFact) -> None:
    """Delete an entry, and say how it comes back."""
    if view.attempt(lambda: view.store.entries.delete(entry.id)) is not None:
        view.say("Deleted; u brings it back.")


def settle_asks(view: View[DaySnapshot]) -> None:
    """List the asks without an answer."""
    snapshot, asks = view.snapshot, view.store.entries.open_asks()
    if not asks:
        view.say("No ask waits for an answer.")
        return

    def settle(ask_id: int, outcome: Outcome, amount: int | None) -> None:
        view.do(lambda: view.store.entries.settle(ask_id, outcome, amount))

    from ..calls.entry_lists import AsksDialog

    currency = snapshot.settings.currency
    view.app.push_screen(AsksDialog(asks, snapshot.today, currency, settle))


def show_contact(view: View[DaySnapshot], name: str) -> None:
    """Show what happened with a contact before."""
    from ..calls.entry_lists import contact_dialog

    snapshot, found = view.snapshot, view.store.entries.with_contact(name)
    view.app.push_screen(contact_dialog(found, snapshot.today, snapshot.settings.currency))
