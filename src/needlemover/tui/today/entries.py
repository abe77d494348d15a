"""What the keys of Today do with entries: logging, money, editing, deleting, asks, contacts.

Dialogs and the store are imported when they are first used: the first picture needs none of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...domain.calls.entry import EntryFact, Outcome
from ...domain.today.snapshot import DaySnapshot, MissedDay
from ...text.format import short_day
from ..kit.view import View


class Entries:
    """What happened on the day that is shown."""

    def __init__(self, view: View[DaySnapshot]) -> None:
        """Take the view that shows the day and does the commands."""
        self._view = view

    def is_ahead(self) -> bool:
        """Whether the shown day is still to come; then it is said, as nothing can be logged."""
        snapshot = self._view.snapshot
        if snapshot.day <= snapshot.today:
            return False
        self._view.say(f"{short_day(snapshot.day)} is still to come.", wrong=True)
        return True

    def ask(self, activity_id: int | None) -> None:
        """Ask what happened; None: on the highest-ranked sales activity, or else on the first."""
        from ..calls.entry_form import ask_entry

        ask_entry(self._view, activity_id=activity_id)

    def ask_money(self, earlier: EntryFact | None) -> None:
        """Ask for money; with an earlier entry, as a payment or refund for it."""
        from ..calls.money_form import ask_money

        ask_money(self._view, earlier)

    def edit(self, entry: EntryFact) -> None:
        """Ask what is to be changed of an entry."""
        from ..calls.entry_form import ask_entry

        ask_entry(self._view, entry=entry)

    def delete(self, entry: EntryFact) -> None:
        """Delete an entry."""
        if self._view.attempt(lambda: self._view.store.entries.delete(entry.id)) is not None:
            self._view.say("Deleted; u brings it back.")

    def settle_asks(self) -> None:
        """List the asks without an answer."""
        view, snapshot = self._view, self._view.snapshot
        asks = view.store.entries.open_asks()
        if not asks:
            view.say("No ask waits for an answer.")
            return

        def settle(ask_id: int, outcome: Outcome, amount: int | None) -> None:
            view.do(lambda: view.store.entries.settle(ask_id, outcome, amount))

        from ..calls.entry_lists import AsksDialog

        currency = snapshot.settings.currency
        view.app.push_screen(AsksDialog(asks, snapshot.today, currency, settle))

    def show_contact(self, name: str) -> None:
        """Show what happened with a contact before."""
        view, snapshot = self._view, self._view.snapshot
        found = view.store.entries.with_contact(name)
        from ..calls.entry_lists import ContactHistory

        view.app.push_screen(ContactHistory(found, snapshot.today, snapshot.settings.currency))

    def ask_missed_days(self, missed: Sequence[MissedDay]) -> None:
        """Ask what was done on missed days."""
        from .missed_days import ask_missed_days

        ask_missed_days(self._view, missed)
