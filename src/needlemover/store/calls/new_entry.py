"""What an entry must be to be kept, what follows from what was said, and what it may follow."""

import sqlite3
from datetime import date, datetime, timedelta, timezone
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from ...domain.buyers.contact import LET_GO, NextStep
from ...domain.calls.entry import EntryFact, Outcome, contact_key, count_alone, fills_quota, to_come
from ...domain.day import ONE_DAY, local_day
from ...domain.errors import WrongUsageError
from ...domain.settings import Moment
from ...text.format import long_day
from ...text.parse.values import MOST_MONEY, parse_contact, parse_note
from ..buyers.next_steps import follow_call, last_position
from ..entry_facts import read_entries, read_entry
from ..promises.activity_rows import first_sales_activity, read_activity
from ..schema.tables import BY_HAND, CONTACT, ENTRY, FORGOTTEN_KEY, IDENTITY, instant_text
from ..session import Step

_KEY = f"SELECT source, coalesce(source_key, {IDENTITY}) FROM entry WHERE id = ?"


class NewEntry(Struct, frozen=True):
    """What is to be logged."""

    activity_id: int | None
    day: date | None = None  # None: the day of `started_at`, or today
    started_at: datetime | None = None
    seconds: int = 0
    count: int = 1
    outcome: Outcome | None = None
    contact: str = ""
    amount: int | None = None
    note: str = ""
    came_from: int | None = None
    follows: int | None = None
    problem_id: int | None = None  # the time was put into it; then there is no activity
    utc_offset: int | None = None  # where it began; None: as it is here


class Logged(Struct, frozen=True):
    """What was logged, and the entry that it overlaps, if any."""

    entry: EntryFact
    overlaps: EntryFact | None = None
    promised: NextStep | None = None  # what is promised to its contact now; None: it is as before
    tries: int = 0  # of a new call: the dials to its contact since the last conversation


def logged(step: Step, entry: EntryFact, *, is_new: bool = False) -> Logged:
    """What a change under way has logged; a new call settles or moves what was promised."""
    promised = follow_call(step, entry) if is_new else None
    named = contact_key(entry.contact) if is_new and entry.is_dial else ""
    query = "SELECT tries, id, position FROM contact WHERE name_key = ?"
    found = step.driver.execute(query, (named,)).fetchone() if named else None
    tries, contact_id, position = found or (0, 0, None)
    if position == LET_GO:  # whoever is called by hand is wanted again
        step.update(CONTACT, contact_id, position=last_position(step) + 1)
    return Logged(entry, _overlapping(step.driver, entry), promised, tries)


def _overlapping(driver: sqlite3.Connection, entry: EntryFact) -> EntryFact | None:
    """Another entry that went on at the same time."""
    if entry.started_at is None or not entry.seconds:
        return None
    ended_at = entry.started_at + timedelta(seconds=entry.seconds)
    found = read_entries(
        driver,
        """entry.id = (
            SELECT id FROM entry
            WHERE day BETWEEN ? AND ? AND seconds > 0 AND id <> ? AND started_at < ?
            AND strftime('%s', started_at) + seconds > ?
            ORDER BY started_at, id LIMIT 1
        )""",
        (entry.day - ONE_DAY).isoformat(),
        (entry.day + ONE_DAY).isoformat(),
        entry.id,
        instant_text(ended_at),
        entry.started_at.timestamp(),
    )
    return found[0] if found else None


def add_entry(step: Step, new: NewEntry, *, is_tick: bool = False) -> EntryFact:
    """Add an entry in a change under way; one that is still to come is refused."""
    must_have_passed(new.started_at, new.seconds, step.moment)
    return entry_of(step, insert_entry(step, new, is_tick=is_tick))


def insert_entry(step: Step, new: NewEntry, *, is_tick: bool = False, source: str = BY_HAND) -> int:
    """The same, where more is to change before it is read; its id."""
    values = entry_values(step, new, is_tick=is_tick)
    values |= {"source": source, "logged_at": step.moment.now, "logged_on": step.moment.today}
    return step.insert(ENTRY, **values)


def entry_of(step: Step, entry_id: int) -> EntryFact:
    """An entry that a change under way has added."""
    # Among all of today: the day is asked for anyway when the change is shown.
    found = (item for item in step.facts.entries if item.id == entry_id)
    return next(found, None) or read_entry(step.driver, entry_id)


def must_have_passed(start: datetime | None, seconds: int, moment: Moment) -> None:
    """Refuse (`WrongUsageError`) what begins or ends later than now."""
    what = to_come(start, seconds, moment.now)
    if what == "start":
        raise WrongUsageError("The start is still to come: give a time that has passed.")
    if what == "end":
        raise WrongUsageError("The end is still to come: give a shorter length or another start.")


def entry_values(step: Step, new: NewEntry, *, is_tick: bool = False) -> dict[str, Any]:
    """The columns of an entry, and what follows from them; a `NeedleError` when not allowed."""
    offset = new.utc_offset
    if offset is None and new.started_at is not None:
        offset = step.moment.offset_at(new.started_at)
    day = _day_of(new, offset, step.moment)
    _must_be_sound(new)
    money_alone = new.amount is not None and not new.seconds and not new.count
    activity_id = new.activity_id
    if activity_id is None and not money_alone and new.problem_id is None:
        activity_id = first_sales_activity(step.facts).id
    is_sales = activity_id is not None and read_activity(step.facts, activity_id).is_sales
    outcome = new.outcome if is_sales else None
    if is_sales and outcome is None and not money_alone and not (is_tick and not new.seconds):
        outcome = Outcome.TALKED
    contact = parse_contact(new.contact)
    return asdict(new) | {
        "activity_id": activity_id,
        "day": day,
        "utc_offset": offset,
        "outcome": outcome and outcome.value,
        "contact": contact,
        "contact_key": contact_key(contact or "") or None,
        "note": parse_note(new.note),
        "fills_quota": fills_quota(
            outcome, new.seconds, new.count, new.follows, new.problem_id, is_sales=is_sales
        ),
    }


def _day_of(new: NewEntry, offset: int | None, moment: Moment) -> date:
    """The day it counts for: today at the latest, here or where it began."""
    began = latest = moment.today
    if new.started_at is not None and offset is not None:
        began = moment.day_of(new.started_at)
        there = timezone(timedelta(seconds=offset))
        latest = max(latest, local_day(new.started_at, there, moment.starts_at))
    day = new.day or began
    if day > latest:
        raise WrongUsageError(f"{long_day(day)} is still to come: log it when it has happened.")
    return day


def _must_be_sound(new: NewEntry) -> None:
    if new.seconds < 0 or new.count < 0:
        raise WrongUsageError("A length or a count cannot be less than 0: type a larger number.")
    if new.amount is not None and abs(new.amount) > MOST_MONEY:
        raise WrongUsageError("That is more money than can be kept: type less.")
    if not (new.seconds or new.count or new.outcome or new.amount is not None):
        raise WrongUsageError("Nothing is left of this entry: delete it instead.")
    if new.problem_id is not None and (new.amount is not None or new.contact.strip()):
        raise WrongUsageError(
            "Time that was put into a problem has no buyer and no money: leave them out, or choose "
            "an activity."
        )


def as_answer(step: Step, new: NewEntry) -> NewEntry:
    """Who pays has bought: money alone for an open ask is its answer."""
    if new.follows is None or new.outcome is not None or (new.amount or 0) <= 0:
        return new
    ask = read_entry(step.driver, new.follows)
    if not ask.is_open_ask or new.seconds or new.count:
        return new
    activity_id = ask.activity_id if new.activity_id is None else new.activity_id
    return replace(new, outcome=Outcome.WON, activity_id=activity_id)


def must_follow(step: Step, entry: EntryFact) -> None:
    """Refuse (`WrongUsageError`) an entry that stands before the one it follows."""
    if entry.follows is not None:
        earlier = read_entry(step.driver, entry.follows)
        if entry.day < earlier.day:
            raise WrongUsageError(
                f"It follows what happened on {long_day(earlier.day)}: choose that day or a later "
                "one."
            )


def delete_entry(step: Step, entry: EntryFact) -> None:
    """Take an entry away. An answer to it becomes a call of its own, and money stays money."""
    for answer in read_entries(step.driver, "entry.follows = ?", entry.id):
        count = count_alone(answer.outcome, answer.count)
        fills = fills_quota(answer.outcome, answer.seconds, count, is_sales=answer.is_sales)
        step.update(ENTRY, answer.id, follows=None, count=count, fills_quota=fills)
    source, key = step.driver.execute(_KEY, (entry.id,)).fetchone()
    where = (FORGOTTEN_KEY.c.source == source, FORGOTTEN_KEY.c.source_key == key)
    if step.find(FORGOTTEN_KEY.c.id, *where) is None:
        step.insert(FORGOTTEN_KEY, source=source, source_key=key)
    step.delete(ENTRY, entry.id)
