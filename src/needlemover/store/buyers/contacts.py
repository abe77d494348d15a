"""Contacts: adding them to the list, changing, joining, and what was promised to them."""

from collections.abc import Iterable
from datetime import date, time

from msgspec import Struct

from ...domain.buyers.contact import LET_GO, Buyer, BuyersSnapshot, Contact, StepKind, phone_key
from ...domain.buyers.next_calls import Candidates
from ...domain.calls.entry import contact_key
from ...domain.errors import NeedleError, WrongUsageError
from ...text.format import counted, plain_when, quoted
from ...text.parse.values import parse_note, parse_phone
from ..buyer_rows import (
    IS_THERE,
    AllBuyers,
    buyer_of,
    name_now,
    other_names,
    read_buyers,
    read_candidates,
)
from ..schema.tables import CONTACT, ENTRY, NEXT_STEP, TIMER
from ..session import Step, Subject
from .next_steps import DROPPED, contact_name, end_promise, id_of, last_position, set_promise

MOST_LISTED = 100_000  # contacts that one list can bring
# The names from the beginning on, up to the last that can begin with it.
_BEGINS = f"""contact.name_key >= :key AND substr(contact.name_key, 1, length(:key)) = :key
    AND {IS_THERE}"""
_NAMES = f"""
    SELECT name FROM contact WHERE {_BEGINS}
    ORDER BY name_key = :key DESC, touched_on DESC, position, id LIMIT :at_most
"""
_DUE = "next_step.day BETWEEN :first AND :last"
_BY_TIME = "next_step.day, next_step.at IS NULL, next_step.at, contact.name_key"


class Lead(Struct, frozen=True):
    """Somebody to call, as a list names them."""

    name: str
    phone: str = ""
    note: str = ""


class Taken(Struct, frozen=True):
    """What came of a list."""

    added: int  # contacts that are to be called now
    reached: int  # those who were talked to already; what the list adds of them is known now
    changed_anything: bool


class Contacts(Subject):
    """What is known of buyers, and what was promised to them."""

    def all(self) -> tuple[Buyer, ...]:
        """All contacts, last touched first."""
        with self._session.reading() as driver:
            return read_buyers(driver)

    def find(self, typed: str) -> Buyer:
        """The one contact of a name, or of a beginning of it; else a `NeedleError`."""
        with self._session.reading() as driver:
            key = contact_key(name_now(driver, typed))
            found = read_buyers(driver, f"contact.name_key = :key AND {IS_THERE}", key=key)
            if not found and key:
                found = read_buyers(driver, _BEGINS, key=key)
        if len(found) == 1:
            return found[0]
        if not found:
            raise NeedleError(f"There is no contact {quoted(typed)}.", "add contact")
        names = ", ".join(quoted(buyer.contact.name) for buyer in found[:5])
        why = f"Several contacts begin with {quoted(typed)}: {names}. Type more of it."
        raise NeedleError(why)

    def names(self, typed: str, at_most: int = -1) -> tuple[str, ...]:
        """The names that begin so: that one itself, the last touched, those on the list."""
        values = {"key": contact_key(typed), "at_most": at_most}
        with self._session.reading() as driver:
            return tuple(name for (name,) in driver.execute(_NAMES, values))

    def snapshot(self, typed: str = "", chosen: int | None = None) -> BuyersSnapshot:
        """Those whose names have in them what was typed, and all about one of them."""
        memory = self._session.memory
        with self._session.reading() as driver:
            facts = memory.days().facts
            found = memory.recall(AllBuyers, lambda: AllBuyers(driver, facts.today), of_buyers=True)
            return found.snapshot(driver, facts, typed, chosen)

    def candidates(self, at_most: int = 20) -> Candidates:
        """Who may be called next today: see `domain.buyers.next_calls`."""
        with self._session.reading() as driver:
            return read_candidates(driver, self._session.facts.today, at_most)

    def due(self, first: date, last: date) -> tuple[Buyer, ...]:
        """Those to whom something was promised for the days of a range, earliest first."""
        days = {"first": first.isoformat(), "last": last.isoformat()}
        with self._session.reading() as driver:
            return read_buyers(driver, _DUE, order=_BY_TIME, **days)

    def add(self, name: str, phone: str = "", note: str = "") -> Buyer:
        """Put one on the list; a `NeedleError` when it is there, was reached or wants no call."""
        with self._session.change(f"Added {quoted(name)}") as step:
            lead = _checked(Lead(name, phone, note))
            contact_id = id_of(step, lead.name)
            buyer = buyer_of(step.driver, contact_id)
            if buyer.contact.never_since is not None:
                raise NeedleError(f"{quoted(buyer.contact.name)} asked not to be called.")
            if buyer.last_talk is not None:
                raise NeedleError(
                    f"{quoted(buyer.contact.name)} was talked to, and the list is for those whom "
                    "nobody has reached: say when to call back instead."
                )
            if buyer.is_on_list:
                raise NeedleError(f"{quoted(buyer.contact.name)} is on the list already.")
            _complete(step, buyer, lead, last_position(step) + 1)
            return buyer_of(step.driver, contact_id)

    def add_list(self, leads: Iterable[Lead], file_name: str, *, dry_run: bool = False) -> Taken:
        """Put those of a list on ours whom nobody has reached and who do not stand there yet.

        Who is known keeps phone and note. Left out is who was let go or asked not to be called, by
        name and by phone, which another spelling has, too. A `NeedleError` when one cannot be kept.
        """
        with self._session.change("", dry_run=dry_run) as step:
            added, reached, last = 0, 0, last_position(step)
            known = {buyer.key: buyer for buyer in read_buyers(step.driver, "TRUE")}
            asked_never = [buyer for buyer in known.values() if buyer.contact.never_since]
            phones = {phone_key(buyer.contact.phone) for buyer in asked_never} - {None}
            done, names = {buyer.key for buyer in asked_never}, other_names(step.driver)
            for lead in map(_checked, leads):
                key = contact_key(names.get(contact_key(lead.name), lead.name))
                if key in done or phone_key(lead.phone) in phones:
                    continue
                done.add(key)
                buyer, place = known.get(key), last + added + 1
                if buyer is None:
                    added += 1
                    phone, note = lead.phone or None, lead.note or None
                    step.insert(
                        CONTACT, name=lead.name, name_key=key, phone=phone,
                        phone_key=phone_key(lead.phone), note=note, position=place, tries=0,
                    )  # fmt: skip
                elif buyer.last_talk is not None:
                    reached += 1
                    _complete(step, buyer, lead, buyer.contact.position)
                elif buyer.contact.position is None:
                    added += 1
                    _complete(step, buyer, lead, place)
            step.label = f"Took {counted(added + reached, 'contact')} from {quoted(file_name)}"
            return Taken(added, reached, bool(step.changed))

    def edit(self, contact_id: int, **changes: str) -> Buyer:
        """Change `name`, `phone` or `note`; a `NeedleError` when another one has the name."""
        with self._session.change("") as step:
            before = buyer_of(step.driver, contact_id, IS_THERE)
            step.label = f"Changed {quoted(before.contact.name)}"
            if "note" in changes:
                step.update(CONTACT, contact_id, note=parse_note(changes["note"]))
            if "phone" in changes:
                phone = parse_phone(changes["phone"])
                step.update(CONTACT, contact_id, phone=phone, phone_key=phone_key(phone or ""))
            if "name" in changes:
                _rename(step, before.contact, changes["name"])
            return buyer_of(step.driver, contact_id)

    def merge(self, contact_id: int, into_id: int) -> Buyer:
        """Make two contacts one: all that happened with the first happened with the other.

        Both notes are kept, and a second phone; a `NeedleError` when that is too long for one note.
        Of what was promised to both, the second one has its own. Nothing is left of the first but
        a name that nobody sees, by which undo and lists that bring it again find it.
        """
        with self._session.change("") as step:
            gone, kept = (buyer_of(step.driver, each, IS_THERE) for each in (contact_id, into_id))
            if contact_id == into_id:
                raise WrongUsageError("A contact cannot be joined with itself: choose another.")
            step.label = f"Joined {quoted(gone.contact.name)} into {quoted(kept.contact.name)}"
            if kept.step is not None:
                end_promise(step, contact_id, DROPPED)
            steps = "SELECT id FROM next_step WHERE contact_id = ?"
            for (step_id,) in step.driver.execute(steps, (contact_id,)).fetchall():
                step.update(NEXT_STEP, step_id, contact_id=into_id)
            _move_entries(step, gone.contact.name, kept.contact.name)
            positions = (kept.contact.position, gone.contact.position)
            position = positions[positions[0] is None] if LET_GO not in positions else LET_GO
            _complete(step, kept, Lead(kept.contact.name, gone.contact.phone), position)
            said = [kept.contact.note, gone.contact.note]
            phones = [phone_key(it.contact.phone) or it.contact.phone for it in (kept, gone)]
            if phones[0] and phones[0] != phones[1]:
                said.append(gone.contact.phone)
            note = parse_note(" · ".join(dict.fromkeys(filter(None, said))))
            step.update(CONTACT, into_id, note=note)
            days = [day for each in (gone, kept) if (day := each.contact.never_since)]
            if days:
                step.update(CONTACT, into_id, never_since=min(days))
                end_promise(step, into_id, DROPPED)
            nothing = dict.fromkeys(("phone", "phone_key", "note", "position", "never_since"))
            step.update(CONTACT, contact_id, **nothing, same_as=kept.key)
            return buyer_of(step.driver, into_id)

    def never(self, contact_id: int, *, on: bool = True) -> Buyer:
        """Keep that a contact asked not to be called again, or take that back."""
        with self._session.change("") as step:
            name = quoted(buyer_of(step.driver, contact_id, IS_THERE).contact.name)
            step.label = f"Never to be called: {name}" if on else f"May be called again: {name}"
            if on:
                end_promise(step, contact_id, DROPPED)
            step.update(CONTACT, contact_id, never_since=step.moment.today if on else None)
            return buyer_of(step.driver, contact_id)

    def promise(
        self,
        name: str,
        day: date,
        at: time | None = None,
        *,
        kind: StepKind = StepKind.CALL,
        note: str | None = None,
    ) -> Buyer:
        """Say when a contact, known or new, is called again or met: see `set_promise`."""
        with self._session.change("") as step:
            contact_id = set_promise(step, name, day, at, kind=kind, note=note)
            buyer = buyer_of(step.driver, contact_id)
            what = "Call back" if kind is StepKind.CALL else "Meet"
            step.label = f"{what} {quoted(buyer.contact.name)} {plain_when(day, at)}"
            return buyer

    def drop(self, contact_id: int, *, let_go: bool = False) -> Buyer:
        """Drop what was promised, if anything (else a `NeedleError`), or let the contact go.

        Who is let go leaves the list, and only who adds or calls it by hand brings it back.
        """
        with self._session.change("") as step:
            buyer = buyer_of(step.driver, contact_id, IS_THERE)
            if not end_promise(step, contact_id, DROPPED) and not let_go:
                raise NeedleError(f"Nothing was promised to {quoted(buyer.contact.name)}.")
            step.label = f"{'Let go of' if let_go else 'Dropped'} {quoted(buyer.contact.name)}"
            if let_go:
                step.update(CONTACT, contact_id, position=LET_GO)
            return buyer


def _checked(lead: Lead) -> Lead:
    """A lead as it is kept; a `WrongUsageError` when it has no name, or its phone is none."""
    phone, note = parse_phone(lead.phone), parse_note(lead.note)
    return Lead(contact_name(lead.name), phone or "", note or "")


def _complete(step: Step, buyer: Buyer, lead: Lead, position: int | None) -> None:
    """Add to a contact what a lead says and is not known yet, and its place on the list."""
    contact = buyer.contact
    phone = contact.phone or lead.phone
    step.update(
        CONTACT,
        contact.id,
        phone=phone or None,
        phone_key=phone_key(phone),
        note=contact.note or lead.note or None,
        position=position,
    )


def _rename(step: Step, before: Contact, typed: str) -> None:
    """Let a contact go by another name; a `NeedleError` when another one has the name."""
    name = contact_name(typed)
    if name == before.name:
        return
    step.label = f"Renamed {quoted(before.name)} to {quoted(name)}"
    key = contact_key(name)
    others = "contact.name_key = :key AND contact.id <> :id"
    if read_buyers(step.driver, f"{others} AND {IS_THERE}", key=key, id=before.id):
        raise NeedleError(f"{quoted(name)} is another contact.", "merge contacts")
    for unseen in read_buyers(step.driver, others, key=key, id=before.id):
        step.delete(CONTACT, unseen.contact.id)
    step.update(CONTACT, before.id, name=name, name_key=key)
    renamed = step.changed[-1]
    _move_entries(step, before.name, name)
    # Once more: undo begins at the end, and an entry without its contact would make another.
    step.changed.append(renamed)
    if (old := contact_key(before.name)) != key:
        # Its own key tells the renamed one from others from now on.
        uid = f"was {old}"
        step.insert(CONTACT, name=before.name, name_key=old, same_as=key, tries=0, uid=uid)


def _move_entries(step: Step, before: str, name: str) -> None:
    """Let all that happened, and what runs, name a contact otherwise."""
    query = "SELECT id FROM entry WHERE contact_key = ?"
    for (entry_id,) in step.driver.execute(query, (contact_key(before),)).fetchall():
        step.update(ENTRY, entry_id, contact=name, contact_key=contact_key(name))
    running = step.facts.running
    if running is not None and contact_key(running.contact) == contact_key(before):
        step.update(TIMER, 1, contact=name)
