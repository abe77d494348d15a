"""What follows an earlier entry: the answer to an ask, a payment, a refund."""

from datetime import date

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, func, select

from ...domain.calls.entry import EntryFact, Outcome, contact_key, fills_quota
from ...domain.errors import NeedleError, WrongUsageError
from ...text.format import long_day, quoted
from ..memory import driver_of
from ..schema.tables import ENTRY
from ..undo import Step
from .entry_facts import OPEN_ASK, read_entries, read_entry
from .new_entry import NewEntry

_SALES = (
    f"entry.contact_key = ? AND entry.day <= ? "
    f"AND (entry.outcome = '{Outcome.WON.value}' OR ({OPEN_ASK}))"
)
_FIRST_FOLLOWER = select(func.min(ENTRY.c.day)).where(ENTRY.c.follows == bindparam("followed"))


def as_answer(connection: Connection, new: NewEntry) -> NewEntry:
    """Who pays has bought: money alone for an open ask is its answer."""
    if new.follows is None or new.outcome is not None or (new.amount or 0) <= 0:
        return new
    ask = read_entry(driver_of(connection), new.follows)
    if not ask.is_open_ask or new.seconds or new.count:
        return new
    activity_id = ask.activity_id if new.activity_id is None else new.activity_id
    return replace(new, outcome=Outcome.WON, activity_id=activity_id)


def must_follow(connection: Connection, entry: EntryFact) -> None:
    """Refuse an entry that stands before the one it follows.

    Raises:
        WrongUsageError: when it does.
    """
    if entry.follows is not None:
        earlier = read_entry(driver_of(connection), entry.follows)
        if entry.day < earlier.day:
            raise WrongUsageError(
                f"It follows what happened on {long_day(earlier.day)}: choose that day or a later "
                "one."
            )


def must_precede_followers(connection: Connection, entry: EntryFact) -> None:
    """Refuse an entry that stands behind one that follows it.

    Raises:
        WrongUsageError: when it does.
    """
    first: date | None = connection.execute(_FIRST_FOLLOWER, {"followed": entry.id}).scalar()
    if first is not None and first < entry.day:
        raise WrongUsageError(
            f"Its answer or payment came on {long_day(first)}: choose that day or an earlier one."
        )


def last_sale(connection: Connection, contact: str, until: date, *, is_open: bool) -> EntryFact:
    """The last sale with a contact: what was won, or an ask without an answer.

    Args:
        connection: to the file.
        contact: the name, in any spelling.
        until: the last day that it may be of.
        is_open: whether it may be an ask without an answer.

    Raises:
        NeedleError: when there is none.
    """
    sales = read_entries(
        driver_of(connection), _SALES, contact_key(contact), until.isoformat(), newest_first=True
    )
    for entry in sales:
        if is_open or not entry.is_open_ask:
            return entry
    raise NeedleError(
        f"There is no sale with {quoted(contact)} to follow."
        if is_open
        else f"Nothing was won with {quoted(contact)} that could be paid back.",
        "leave out follows",
    )


def free_followers(step: Step, entry: EntryFact) -> None:
    """Let what follows an entry go, which is deleted: an answer becomes a call of its own."""
    for answer in read_entries(step.driver, "entry.follows = ?", entry.id):
        count = 0 if answer.outcome is None else max(1, answer.count)
        fills = fills_quota(
            is_sales=answer.is_sales,
            outcome=answer.outcome,
            follows=False,
            seconds=answer.seconds,
            count=count,
        )
        step.update(ENTRY, answer.id, follows=None, count=count, fills_quota=fills)
