"""Offers: what was asked for, and what an earlier version took for money received."""

from ...domain.buyers.contact import OfferNews
from ...domain.calls.entry import contact_key
from ...text.format import shown
from ..entry_facts import OFFERED, OPEN_ASK, RECEIVED, read_entries, read_entry
from ..schema.tables import ENTRY
from ..session import Subject
from .new_entry import NewEntry, add_entry

_NEWS = f"entry.id IN (SELECT id FROM old_offer WHERE is_said <= ?) AND {OFFERED}"
_MONEY = f"SELECT coalesce(sum(amount), 0) FROM entry WHERE {RECEIVED}"


class Offers(Subject):
    """The amounts of asks, which are no money received."""

    def of(self, contact: str) -> int | None:
        """What a contact was asked for last and has not answered; None: nothing."""
        which = f"entry.contact_key = ? AND {OPEN_ASK} AND {OFFERED}"
        with self._session.reading() as driver:
            key = contact_key(contact)
            found = read_entries(driver, which, key, newest_first=True, at_most=1)
        return found[0].offer if found else None

    def news(self, *, unsaid: bool = False) -> OfferNews | None:
        """What came to be offers and was not told yet, or, `unsaid`, not even said."""
        with self._session.reading() as driver:
            asks = read_entries(driver, _NEWS, not unsaid, newest_first=True)
            return OfferNews(asks, *driver.execute(_MONEY).fetchone()) if asks else None

    def note_said(self, *, told: bool = False) -> None:
        """Note that it was said, or that all of it was told. It is no change of the user's."""
        statement = "DELETE FROM old_offer" if told else "UPDATE old_offer SET is_said = 1"
        with self._session.database.writing() as connection:
            connection.exec_driver_sql(statement)

    def keep(self, ask_id: int) -> None:
        """Keep the amount of an ask as money received on its day, which follows it."""
        with self._session.change("") as step:
            ask = read_entry(step.driver, ask_id)
            step.label = f"Kept as received: {shown(ask.contact) or 'ask'}"
            step.update(ENTRY, ask.id, amount=None)
            money = NewEntry(
                None, ask.day, count=0, amount=ask.offer, contact=ask.contact, follows=ask.id
            )
            add_entry(step, money)
