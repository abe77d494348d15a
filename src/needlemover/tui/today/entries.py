"""What the keys of Today do with entries: logging, money, editing, deleting, asks, contacts.

Dialogs and the store are imported when they are first used: the first picture needs none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import fields

from ...domain.calls.entry import EntryFact, Outcome
from ...domain.today.snapshot import DaySnapshot, MissedDay
from ...text.format import money, short_day
from ..kit.view import View
from .calls import say_overlap

if TYPE_CHECKING:
    from ...store.calls.new_entry import NewEntry


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
        view = self._view
        activities = view.store.activities.all()
        if not activities:
            view.say("There is no activity yet: a adds one.", wrong=True)
            return
        if activity_id is None:
            sales = [item.id for item in activities if item.is_sales]
            activity_id = sales[0] if sales else activities[0].id

        def save(new: NewEntry) -> None:
            say_overlap(view, view.do(lambda: view.store.entries.log(new)))

        from ..calls.entry_form import entry_form

        moment, day = view.store.moment(), view.snapshot.day
        view.app.push_screen(entry_form(moment, activities, day, save, activity_id=activity_id))

    def ask_money(self, earlier: EntryFact | None) -> None:
        """Ask for money; with an earlier entry, as a payment or refund for it."""
        view, snapshot = self._view, self._view.snapshot

        def save(new: NewEntry) -> None:
            view.do(lambda: view.store.entries.log(new))
            assert new.amount is not None
            word = "received" if new.amount > 0 else "paid back"
            view.say(f"{money(abs(new.amount), snapshot.settings.currency)} {word}.")

        from ..calls.money_form import money_form

        activities = view.store.activities.all(archived=True)
        moment = view.store.moment()
        view.app.push_screen(money_form(moment, activities, snapshot.day, save, earlier=earlier))

    def edit(self, entry: EntryFact) -> None:
        """Ask what is to be changed of an entry."""
        view = self._view

        def save(new: NewEntry) -> None:
            names = [
                field.name for field in fields(new) if field.name not in ("follows", "problem_id")
            ]
            changes = {name: getattr(new, name) for name in names}
            say_overlap(view, view.do(lambda: view.store.entries.edit(entry.id, **changes)))

        from ..calls.entry_form import entry_form

        activities = view.store.activities.all(archived=True)
        moment = view.store.moment()
        view.app.push_screen(entry_form(moment, activities, entry.day, save, entry=entry))

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
