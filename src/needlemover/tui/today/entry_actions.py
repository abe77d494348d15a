"""What the keys of Today do with entries: logging, money, editing, deleting, asks, contacts.

Dialogs and the store are imported when they are first used: the first picture needs none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import fields

from ...domain.calls.entry import EntryFact, Outcome
from ...domain.today.snapshot import MissedDay
from ...text.format import money, short_day
from ..calls.day_log import DayLog
from .call_actions import CallActions
from .checklist import Checklist

if TYPE_CHECKING:
    from ...store.calls.new_entry import NewEntry


class EntryActions(CallActions):
    """What happened on the day, and the entry under the cursor."""

    def is_ahead(self) -> bool:
        """Whether the shown day is still to come; then it is said, as nothing can be logged."""
        snapshot = self.snapshot
        if snapshot is None or snapshot.day <= snapshot.today:
            return False
        self.say(f"{short_day(snapshot.day)} is still to come.", wrong=True)
        return True

    def action_log(self) -> None:
        """Log a call or time that already happened."""
        if self.is_ahead():
            return
        current = self.query_one(Checklist).current
        if isinstance(self.focused, Checklist) and current is not None:
            self.open_log(current.id)
        else:
            self.open_log(None)

    def open_log(self, activity_id: int | None) -> None:
        """Ask what happened on the shown day."""
        snapshot = self.snapshot
        if snapshot is None:
            return
        activities = self.store.activities.all()
        if not activities:
            self.say("There is no activity yet: a adds one.", wrong=True)
            return
        if activity_id is None:
            sales = [item.id for item in activities if item.is_sales]
            activity_id = sales[0] if sales else activities[0].id

        def save(new: NewEntry) -> None:
            self.say_overlap(self.do(lambda: self.store.entries.log(new)))

        from ..calls.entry_form import EntryForm

        self.app.push_screen(
            EntryForm(self.store.moment(), activities, snapshot.day, save, activity_id=activity_id)
        )

    def action_money(self) -> None:
        """Log money; with the cursor on an entry of the log, as a payment or refund for it."""
        snapshot = self.snapshot
        if snapshot is None or self.is_ahead():
            return
        earlier = self.focused.current if isinstance(self.focused, DayLog) else None

        def save(new: NewEntry) -> None:
            self.do(lambda: self.store.entries.log(new))
            assert new.amount is not None
            word = "received" if new.amount > 0 else "paid back"
            self.say(f"{money(abs(new.amount), snapshot.settings.currency)} {word}.")

        from ..calls.money_form import MoneyForm

        self.app.push_screen(
            MoneyForm(
                self.store.moment(),
                self.store.activities.all(archived=True),
                snapshot.day,
                save,
                earlier=earlier,
            )
        )

    def edit_entry(self, entry: EntryFact) -> None:
        """Ask what is to be changed of an entry."""

        def save(new: NewEntry) -> None:
            names = [
                field.name for field in fields(new) if field.name not in ("follows", "problem_id")
            ]
            changes = {name: getattr(new, name) for name in names}
            self.say_overlap(self.do(lambda: self.store.entries.edit(entry.id, **changes)))

        activities = self.store.activities.all(archived=True)
        from ..calls.entry_form import EntryForm

        self.app.push_screen(
            EntryForm(self.store.moment(), activities, entry.day, save, entry=entry)
        )

    def action_delete(self) -> None:
        """Delete the entry under the cursor."""
        entry = self.query_one(DayLog).current
        if entry is None:
            return
        if self.attempt(lambda: self.store.entries.delete(entry.id)) is not None:
            self.say("Deleted; u brings it back.")

    def action_asks(self) -> None:
        """List the asks without an answer."""
        snapshot = self.snapshot
        asks = self.store.entries.open_asks()
        if snapshot is None or not asks:
            self.say("No ask waits for an answer.")
            return

        def settle(ask_id: int, outcome: Outcome, amount: int | None) -> None:
            self.do(lambda: self.store.entries.settle(ask_id, outcome, amount))

        from ..calls.entry_lists import AsksDialog

        self.app.push_screen(AsksDialog(asks, snapshot.today, snapshot.settings.currency, settle))

    def action_pick(self) -> None:
        """Show what happened with the entry's contact before; with none, edit it."""
        snapshot, entry = self.snapshot, self.query_one(DayLog).current
        if snapshot is None or entry is None:
            return
        if not entry.contact:
            self.edit_entry(entry)
            return
        found = self.store.entries.with_contact(entry.contact)
        from ..calls.entry_lists import ContactHistory

        self.app.push_screen(ContactHistory(found, snapshot.today, snapshot.settings.currency))

    def open_missed_days(self, missed: Sequence[MissedDay]) -> None:
        """Ask what was done on missed days."""

        def save(entries: Sequence[NewEntry]) -> None:
            self.do(lambda: self.store.entries.log_all(entries))

        from .missed_days import MissedDays

        self.app.push_screen(MissedDays(missed, save))
