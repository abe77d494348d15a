"""What was promised to contacts: set, moved, dropped, and what a call leaves of it."""

from datetime import date, time

from msgspec import convert
from msgspec.structs import replace
from sqlalchemy import ColumnElement, and_, func

from ...domain.buyers.contact import Dial, NextStep, StepKind, step_after
from ...domain.calls.entry import NOT_REACHED, EntryFact, contact_key
from ...domain.errors import NeedleError, WrongUsageError
from ...text.format import long_day, quoted
from ...text.parse.values import parse_contact, parse_note
from ..entry_facts import read_entries
from ..schema.tables import CONTACT, NEXT_STEP, new_uid
from ..session import Step

_PROMISED = """
    SELECT next_step.id, tries, contact_id, kind, day, at, coalesce(next_step.note, ''), set_on
    FROM contact JOIN next_step ON contact_id = contact.id
    WHERE name_key = ? AND ended_on IS NULL
"""
_ENDED_BEFORE = """
    SELECT id, ended_by, ended_on FROM next_step WHERE contact_id = ? AND ended_on IS NOT NULL
    ORDER BY id DESC LIMIT 1
"""

_SAID_LAST = "SELECT note FROM entry WHERE contact_key = ? ORDER BY day DESC, id DESC LIMIT 1"

DROPPED, MOVED = "dropped", "moved"  # how a step ended that no call did


def set_promise(
    step: Step,
    name: str,
    day: date,
    at: time | None = None,
    *,
    kind: StepKind = StepKind.CALL,
    note: str | None = None,
) -> int:
    """Promise something to a contact, known or new, in the place of what was promised; its id.

    Without a note it has that of before, or else of the last call. A `NeedleError` when the day is
    over, or it wants no call.
    """
    if day < step.moment.today:
        raise WrongUsageError(f"{long_day(day)} is over: choose today or a later day.")
    from ..buyer_rows import name_now  # a call that is logged does not need it

    contact_id = id_of(step, name_now(step.driver, contact_name(name)))
    whose = "SELECT name, never_since FROM contact WHERE id = ?"
    known, never_since = step.driver.execute(whose, (contact_id,)).fetchone()
    if never_since is not None:
        raise NeedleError(f"{quoted(known)} asked not to be called.")
    if note is None and not (note := step.find(NEXT_STEP.c.note, _is_open(contact_id))):
        (note,) = step.driver.execute(_SAID_LAST, (contact_key(known),)).fetchone() or ("",)
    end_promise(step, contact_id, MOVED)
    kept = parse_note(note or "") or ""
    insert_promise(step, NextStep(contact_id, kind, day, at, kept, step.moment.today))
    return contact_id


def end_promise(step: Step, contact_id: int, ended_by: str, day: date | None = None) -> bool:
    """End what was promised to a contact; whether anything was."""
    open_id = step.find(NEXT_STEP.c.id, _is_open(contact_id))
    if open_id is None:
        return False
    step.update(NEXT_STEP, open_id, ended_on=day or step.moment.today, ended_by=ended_by)
    return True


def follow_call(step: Step, entry: EntryFact, *, is_new: bool = True) -> NextStep | None:
    """Settle or move what was promised to the contact of a call; where it was moved to.

    A corrected call settles what it had moved, as if it had been right at once, but not what was
    promised by hand today: perhaps it was in that very call.
    """
    if not entry.contact or not entry.is_dial or entry.outcome is None:
        return None
    found = step.driver.execute(_PROMISED, (contact_key(entry.contact),)).fetchone()
    if found is None:
        return None
    step_id, tries, *values = found
    promised = convert(dict(zip(NextStep.__struct_fields__, values, strict=True)), NextStep)
    if not is_new and promised.set_on == step.moment.today:
        before = step.driver.execute(_ENDED_BEFORE, (promised.contact_id,)).fetchone()
        moved_id, ended_by, ended_on = before or (0, DROPPED, "")
        if ended_by in NOT_REACHED and ended_on == entry.day.isoformat():
            step.delete(NEXT_STEP, step_id)
            step.update(NEXT_STEP, moved_id, ended_by=entry.outcome)
        return None
    at = None if entry.started_at is None else entry.started_at.astimezone(step.moment.zone).time()
    dial, days_off = Dial(entry.day, entry.outcome, at), step.facts.days_off
    after = step_after(promised, dial, int(tries), step.moment.settings, days_off)
    if after == promised:
        return None
    end_promise(step, promised.contact_id, entry.outcome, entry.day)
    if after is not None:
        after = replace(after, day=max(after.day, step.moment.today))  # logged late
        insert_promise(step, after)
    return after


def follow_batch(step: Step, batch_id: int) -> None:
    """The same of all calls of an import, in the order in which they happened."""
    open_ones = "SELECT contact_id FROM next_step WHERE ended_on IS NULL"
    names = f"SELECT name_key FROM contact WHERE id IN ({open_ones})"
    which = f"entry.batch_id = ? AND entry.contact_key IN ({names})"
    for entry in read_entries(step.driver, which, batch_id):
        follow_call(step, entry)


def contact_name(typed: str) -> str:
    """A name as it is kept; where there is none, it is refused (`WrongUsageError`)."""
    name = parse_contact(typed)
    if name is None:
        raise WrongUsageError("A contact needs a name: type one.")
    return name


def id_of(step: Step, name: str) -> int:
    """The id of a contact, which is made where there is none."""
    key = contact_key(name)
    found: int | None = step.find(CONTACT.c.id, CONTACT.c.name_key == key)
    return step.insert(CONTACT, name=name, name_key=key, tries=0) if found is None else found


def last_position(step: Step) -> int:
    """The last place on the list; 0: it is empty."""
    return step.find(func.max(CONTACT.c.position)) or 0


def _is_open(contact_id: int) -> ColumnElement[bool]:
    return and_(NEXT_STEP.c.contact_id == contact_id, NEXT_STEP.c.ended_on.is_(None))


def insert_promise(
    step: Step, new: NextStep, uid: str | None = None, ended_by: str | None = None
) -> None:
    """Write a promise, `uid` where it is known on another machine, or one that has ended today."""
    step.insert(
        NEXT_STEP,
        contact_id=new.contact_id,
        kind=new.kind.value,
        day=new.day,
        at=new.at and new.at.isoformat(),
        note=new.note or None,
        set_on=new.set_on or step.moment.today,
        ended_on=step.moment.today if ended_by else None,
        ended_by=ended_by,
        uid=uid or new_uid(),
    )
