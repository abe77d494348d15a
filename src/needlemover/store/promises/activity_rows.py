"""Activities as they are read: with their dated commitments, by id or as somebody names them."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from ...domain.calls.entry import contact_key
from ...domain.errors import NeedleError, WrongUsageError
from ...domain.promises.activity import ActivityFact
from ...domain.promises.commitment import Commitment, Rule, Terms, is_archived
from ...text.format import quoted
from ..remembered import remembered
from ..schema.tables import ACTIVITY, COMMITMENT
from ..session import Moment

name_key = contact_key
"""Two activities, like two contacts, are the same when they read the same."""

_COMMITMENT_COLUMNS = (
    "activity_id",
    "start",
    "set_on",
    "weekdays",
    "seconds",
    "count",
    "rule",
    "weekly",
)
_COMMITMENTS = select(*(COMMITMENT.c[name] for name in _COMMITMENT_COLUMNS)).order_by(
    COMMITMENT.c.start, COMMITMENT.c.set_on
)
_ACTIVITIES = select(ACTIVITY).order_by(ACTIVITY.c.rank, ACTIVITY.c.id)


def read_activities(connection: Connection) -> tuple[ActivityFact, ...]:
    """All activities by rank, archived ones included."""
    return remembered(connection, (ACTIVITY.name, COMMITMENT.name), _read_activities)


def _read_activities(connection: Connection) -> tuple[ActivityFact, ...]:
    timelines: dict[int, list[Commitment]] = {}
    for row in connection.execute(_COMMITMENTS):
        activity_id, start, set_on, weekdays, seconds, count, rule, weekly = row
        terms = kept_terms(weekdays, seconds, count, rule, weekly)
        timelines.setdefault(activity_id, []).append(Commitment(start, terms, set_on))
    rows = connection.execute(_ACTIVITIES)
    return tuple(
        ActivityFact(row.id, row.name, row.is_sales, row.rank, tuple(timelines.get(row.id, ())))
        for row in rows
    )


def read_activity(connection: Connection, activity_id: int) -> ActivityFact:
    """One activity.

    Raises:
        NeedleError: when it is gone.
    """
    for item in read_activities(connection):
        if item.id == activity_id:
            return item
    raise NeedleError("This activity is gone: another terminal may have taken it back.")


def kept_terms(
    weekdays: int | None, seconds: int | None, count: int | None, rule: str, weekly: bool
) -> Terms | None:
    """The terms that the columns of a commitment stand for; None: archived."""
    if weekdays is None:
        return None
    days = frozenset(day for day in range(7) if weekdays >> day & 1)
    return Terms(days, seconds, count, Rule(rule), weekly)


def find_activity(connection: Connection, moment: Moment, typed: str) -> ActivityFact:
    """The activity of a name or of a unique beginning of it, in any case.

    Raises:
        NeedleError: when there is none, or several.
    """
    wanted = name_key(typed)
    known = read_activities(connection)
    exact = [item for item in known if name_key(item.name) == wanted]
    if exact:
        return exact[0]
    active = [item for item in known if not is_archived(item.timeline, moment.today)]
    found = [item for item in active if wanted and name_key(item.name).startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(quoted(item.name) for item in found)
        raise WrongUsageError(f"{quoted(typed)} could be {names}: type more of the name.")
    if not active:
        raise NeedleError(f"There is no activity {quoted(typed)}: add one.", "add activity")
    raise WrongUsageError(
        f"There is no activity {quoted(typed)}: did you mean {quoted(_nearest(wanted, active))}?"
    )


def _nearest(wanted: str, activities: Sequence[ActivityFact]) -> str:
    """The name that is most like what was typed, as far as it was typed, or in one of its words."""
    from difflib import SequenceMatcher

    def likeness(item: ActivityFact) -> float:
        key = name_key(item.name)
        parts = (key, key[: len(wanted)], *key.split())
        return max(SequenceMatcher(None, wanted, part).ratio() for part in parts)

    return max(activities, key=likeness).name


def first_sales_activity(connection: Connection, moment: Moment) -> ActivityFact:
    """The highest-ranked sales activity that is not put away.

    Raises:
        NeedleError: when there is none.
    """
    for item in read_activities(connection):
        if item.is_sales and not is_archived(item.timeline, moment.today):
            return item
    raise NeedleError("There is no sales activity yet: add one.", "add sales activity")
