"""Entries: logging, ticking, settling, changing and deleting what happened; what was offered."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace
from sqlalchemy import func

from ...domain.buyers.contact import OfferNews
from ...domain.calls.entry import ANSWERS, EntryFact, Outcome, contact_key, running_seconds
from ...domain.errors import NeedleError, WrongUsageError
from ...domain.promises.commitment import Terms, terms_on
from ...text.calls import entry_words, length_doubt
from ...text.format import counted, long_day, quoted, shown
from ..buyers.next_steps import follow_call
from ..entry_facts import OFFERED, OPEN_ASK, RECEIVED, read_day, read_entries, read_entry
from ..promises.activity_rows import read_activity
from ..schema.tables import ENTRY
from ..session import Step, Subject
from . import new_entry
from .new_entry import Logged, NewEntry

_SALES = (
    f"entry.contact_key = ? AND entry.day <= ? "
    f"AND (entry.outcome = '{Outcome.WON.value}' OR ({OPEN_ASK}))"
)

_NEWS = f"entry.id IN (SELECT id FROM old_offer WHERE is_said <= ?) AND {OFFERED}"
_MONEY = f"SELECT coalesce(sum(amount), 0) FROM entry WHERE {RECEIVED}"


class Entries(Subject):
    """Logging, ticking, settling, changing and deleting."""

    def log(self, new: NewEntry) -> Logged:
        """Log a call, time or money; a `NeedleError` when its day or its end is still to come.

        A sales entry with no outcome is a conversation that `talked`. With no activity it goes to
        the highest-ranked sales activity, or, when it is money alone, to none. Money received for
        an ask without an answer answers it: won.
        """
        with self._session.change("") as step:
            new = new_entry.as_answer(step, new)
            entry = new_entry.add_entry(step, new)
            new_entry.must_follow(step, entry)
            step.label = f"Logged {_words(step, entry)}"
            return new_entry.logged(step, entry, is_new=True)

    def doubt(self, new: NewEntry) -> str:
        """Why the length of what is to be logged may be a slip; empty: it may well be so."""
        moment = self._session.moment()
        new_entry.must_have_passed(new.started_at, new.seconds, moment)
        run = None
        if new.started_at is None and new.day in (None, moment.today):
            run = running_seconds(moment.at(moment.today, moment.starts_at), moment.now)
        sales = (None, *(item.id for item in self._session.facts.activities if item.is_sales))
        is_call = new.problem_id is None and new.activity_id in sales
        return length_doubt(new.seconds, run, moment.settings.call_cap if is_call else None)

    def log_all(self, entries: Sequence[NewEntry]) -> None:
        """Log several as one change; when one is not allowed (`NeedleError`), none is logged."""
        with self._session.change(f"Logged {counted(len(entries), 'entry', 'entries')}") as step:
            for new in entries:
                new_entry.add_entry(step, new)

    def tick(self, activity_id: int, day: date | None = None) -> EntryFact:
        """Tick a plain activity, or count one more; a `NeedleError` where that cannot be."""
        with self._session.change("") as step:
            activity = read_activity(step.facts, activity_id)
            day = day or step.moment.today
            terms = terms_on(activity.timeline, day) or Terms()
            if not terms.is_plain and (activity.is_sales or terms.count is None):
                what = "its conversations" if activity.is_sales else "the minutes"
                raise WrongUsageError(f"{quoted(activity.name)} is not ticked: log {what}.", "log")
            if terms.is_plain and _ticks(step, activity_id, day):
                raise NeedleError(f"{quoted(activity.name)} is ticked already.")
            started_at = step.moment.now if day == step.moment.today else None
            step.label = f"Ticked {quoted(activity.name)}"
            return new_entry.add_entry(step, NewEntry(activity_id, day, started_at), is_tick=True)

    def untick(self, activity_id: int, day: date | None = None) -> EntryFact:
        """Take back the last tick of a day (else a `NeedleError`); the entry that is gone."""
        with self._session.change("") as step:
            activity = read_activity(step.facts, activity_id)
            ticks = _ticks(step, activity_id, day or step.moment.today)
            if not ticks:
                raise NeedleError(f"{quoted(activity.name)} has no tick on that day.")
            entry = ticks[-1]
            new_entry.delete_entry(step, entry)
            step.label = f"Unticked {quoted(activity.name)}"
            return entry

    def settle(self, ask_id: int, outcome: Outcome, amount: int | None = None) -> EntryFact:
        """Answer an open ask (else a `NeedleError`): won or lost, today, with the money of it."""
        with self._session.change("") as step:
            ask = read_entry(step.driver, ask_id)
            if not ask.is_open_ask or outcome not in ANSWERS:
                raise NeedleError("This ask has its answer already.")
            new = NewEntry(
                ask.activity_id,
                outcome=outcome,
                amount=amount,
                contact=ask.contact,
                started_at=step.moment.now,
                count=0,
                follows=ask.id,
            )
            step.label = f"Settled {shown(ask.contact) or 'ask'}: {outcome.words}"
            return new_entry.add_entry(step, new)

    def last_sale(self, contact: str, until: date, *, is_open: bool = True) -> EntryFact:
        """The last sale with a contact up to a day: what was won, or an ask without an answer.

        `is_open`: whether it may be an ask without an answer. A `NeedleError` when there is none.
        """
        for entry in self._read(_SALES, contact_key(contact), until.isoformat()):
            if is_open or not entry.is_open_ask:
                return entry
        raise NeedleError(
            f"There is no sale with {quoted(contact)} to follow."
            if is_open
            else f"Nothing was won with {quoted(contact)} that could be paid back.",
            "leave out follows",
        )

    def edit(self, entry_id: int, **changes: Any) -> Logged:
        """Change some of what is in `_EDITABLE` of an entry; a `NeedleError` when that cannot be.

        Its key from an import stays, so that the import does not return it. Where a call of today
        becomes a conversation with a contact, that settles what was promised to it.
        """
        with self._session.change("") as step:
            entry = read_entry(step.driver, entry_id)
            new = _edited(entry, changes)
            if (new.started_at, new.seconds) != (entry.started_at, entry.seconds):
                new_entry.must_have_passed(new.started_at, new.seconds, step.moment)
            # What stays is not looked at: an import may have brought more than can be typed.
            stays = {"contact", "note"} - changes.keys()
            new = replace(new, **dict.fromkeys(stays, ""))
            values = new_entry.entry_values(step, new, is_tick=entry.is_tick)
            for name in stays:
                values.pop(name)
                values.pop(f"{name}_key", None)
            step.update(ENTRY, entry_id, **values)
            changed = read_entry(step.driver, entry_id)
            if changed.day != entry.day:
                new_entry.must_follow(step, changed)
                first: date | None = step.find(func.min(ENTRY.c.day), ENTRY.c.follows == entry_id)
                if first is not None and first < changed.day:
                    why = f"Its answer or payment came on {long_day(first)}: choose that day or an"
                    raise WrongUsageError(f"{why} earlier one.")
            is_today = changed.day == step.moment.today
            if is_today and _talked_with(changed) not in ("", _talked_with(entry)):
                follow_call(step, changed, is_new=False)
            step.label = f"Changed {_words(step, changed)}"
            return new_entry.logged(step, changed)

    def delete(self, entry_id: int) -> EntryFact:
        """Delete an entry; the entry that is gone; a `NeedleError` when it is gone already."""
        with self._session.change("") as step:
            entry = read_entry(step.driver, entry_id)
            new_entry.delete_entry(step, entry)
            step.label = f"Deleted {_words(step, entry)}"
            return entry

    def with_contact(self, name: str, at_most: int = 200) -> tuple[EntryFact, ...]:
        """Everything that happened with a contact, newest first."""
        return self._read("entry.contact_key = ?", contact_key(name), at_most=at_most)

    def open_asks(self, at_most: int = 500) -> tuple[EntryFact, ...]:
        """The asks without an answer, newest first."""
        return self._read(OPEN_ASK, at_most=at_most)

    def _read(self, where: str, *values: object, at_most: int = -1) -> tuple[EntryFact, ...]:
        with self._session.reading() as driver:
            return read_entries(driver, where, *values, newest_first=True, at_most=at_most)


class Offers(Subject):
    """The amounts of asks, which are no money received."""

    def of(self, contact: str) -> int | None:
        """What a contact was asked for last and has not answered; None: nothing."""
        which, key = f"entry.contact_key = ? AND {OPEN_ASK} AND {OFFERED}", contact_key(contact)
        with self._session.reading() as driver:
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
            new_entry.add_entry(step, money)


_EDITABLE = (
    "activity_id", "day", "started_at", "seconds", "count", "outcome", "contact", "amount", "note",
    "came_from",
)  # fmt: skip


def _edited(entry: EntryFact, changes: dict[str, Any]) -> NewEntry:
    """An entry with changes. On another day it keeps its time of day, on the clock it had."""
    merged = {name: getattr(entry, name) for name in _EDITABLE} | changes
    if "started_at" not in changes and entry.started_at is not None:
        merged["started_at"] = entry.started_at + (merged["day"] - entry.day)
    problem_id = entry.problem_id if merged["activity_id"] is None else None
    is_there = changes.get("started_at") in (None, entry.started_at)
    return NewEntry(
        **merged,
        follows=entry.follows,
        problem_id=problem_id,
        utc_offset=entry.utc_offset if is_there and merged["started_at"] else None,
    )


def _talked_with(entry: EntryFact) -> str:
    """The contact of a conversation, as names are compared; empty: it was none, or with nobody."""
    is_talk = entry.is_dial and entry.outcome is not None and entry.outcome.reached
    return contact_key(entry.contact) if is_talk else ""


def _words(step: Step, entry: EntryFact) -> str:
    return entry_words(entry, step.moment.settings.currency, short=True)


def _ticks(step: Step, activity_id: int, day: date) -> list[EntryFact]:
    entries = step.facts.entries if day == step.moment.today else read_day(step.driver, day)
    return [entry for entry in entries if entry.activity_id == activity_id and entry.is_tick]
