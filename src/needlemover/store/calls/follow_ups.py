"""What follows an earlier entry: the answer to an ask, a payment, a refund."""

from datetime import date

from msgspec.structs import replace
from sqlalchemy import bindparam, func, select

from ...domain.calls.entry import EntryFact, Outcome, count_alone, fills_quota
from ...domain.errors import WrongUsageError
from ...text.format import long_day
from ..entry_facts import read_entries, read_entry
from ..schema.tables import ENTRY
from ..undo import Step
from .new_entry import NewEntry

_FIRST_FOLLOWER = select(func.min(ENTRY.c.day)).where(ENTRY.c.follows == bindparam("followed"))


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


def must_precede_followers(step: Step, entry: EntryFact) -> None:
    """Refuse (`WrongUsageError`) an entry that stands behind one that follows it."""
    first: date | None = step.connection.execute(_FIRST_FOLLOWER, {"followed": entry.id}).scalar()
    if first is not None and first < entry.day:
        raise WrongUsageError(
            f"Its answer or payment came on {long_day(first)}: choose that day or an earlier one."
        )


def free_followers(step: Step, entry: EntryFact) -> None:
    """Let what follows an entry go, which is deleted: an answer becomes a call of its own."""
    for answer in read_entries(step.driver, "entry.follows = ?", entry.id):
        count = count_alone(answer.outcome, answer.count)
        fills = fills_quota(answer.outcome, answer.seconds, count, is_sales=answer.is_sales)
        step.update(ENTRY, answer.id, follows=None, count=count, fills_quota=fills)
