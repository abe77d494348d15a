"""Activities and their dated commitments."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, select

from ..domain.commitment import Commitment, Rule, Terms, Timeline, is_archived
from ..domain.commitment_change import change
from ..domain.entry import contact_key
from ..domain.errors import NeedleError, WrongUsageError
from ..domain.snapshots import ActivityFact
from ..text.format import quoted
from ..text.parse import parse_name
from .journal import Step
from .remembered import remembered
from .session import Moment, Session
from .tables import ACTIVITY, COMMITMENT, ENTRY

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


class Activities:
    """Adding, changing, ranking and putting away activities."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self, *, archived: bool = False) -> tuple[ActivityFact, ...]:
        """The activities by rank, without those put away unless asked for."""
        with self._session.database.reading() as connection:
            today = self._session.moment(connection).today
            found = read_activities(connection)
        return tuple(item for item in found if archived or not is_archived(item.timeline, today))

    def find(self, typed: str) -> ActivityFact:
        """The activity of a name or of a unique beginning of it, in any case.

        Raises:
            NeedleError: when there is none, or several.
        """
        with self._session.database.reading() as connection:
            return find_activity(connection, self._session.moment(connection), typed)

    def add(
        self,
        name: str,
        terms: Terms | None,
        *,
        is_sales: bool = False,
        rank: int | None = None,
        start: date | None = None,
    ) -> ActivityFact:
        """Add an activity.

        Args:
            name: as the user calls it.
            terms: what is promised; None: nothing.
            is_sales: whether its entries are calls or meetings with buyers.
            rank: its place, 1 the highest; None: the last.
            start: the first day of the promise; None: today.

        Raises:
            NeedleError: when the name is taken.
        """
        name = parse_name(name, "activity")
        with self._session.change(f"Added {quoted(name)}") as (step, moment):
            activity_id = start_activity(step, moment, name, terms, is_sales=is_sales, start=start)
            if rank is not None:
                _set_rank(step, activity_id, rank)
            return read_activity(step.connection, activity_id)

    def edit(
        self,
        activity_id: int,
        *,
        name: str | None = None,
        is_sales: bool | None = None,
        terms: Terms | None = None,
        rank: int | None = None,
        start: date | None = None,
    ) -> ActivityFact:
        """Change an activity. What is None stays.

        A commitment that asks at least as much holds from today, any other from tomorrow; one by
        the week that asks less, from the next week.

        Raises:
            NeedleError: when the name is taken, the start would rewrite the past, or entries were
                already logged as sales or not.
        """
        with self._session.change("") as (step, moment):
            connection = step.connection
            fact = read_activity(connection, activity_id)
            step.label = f"Changed {quoted(fact.name)}"
            if name is not None:
                name = parse_name(name, "activity")
                _name_is_free(connection, moment.today, name, activity_id)
                step.update(ACTIVITY, activity_id, name=name, name_key=name_key(name))
            if is_sales is not None and is_sales != fact.is_sales:
                _no_entries_yet(connection, fact)
                step.update(ACTIVITY, activity_id, is_sales=is_sales)
            if terms is not None:
                timeline = _changed(fact.timeline, terms, moment, start)
                _write_timeline(step, activity_id, fact.timeline, timeline)
            if rank is not None:
                _set_rank(step, activity_id, rank)
            return read_activity(connection, activity_id)

    def rank(self, activity_id: int, rank: int) -> ActivityFact:
        """Move an activity to a place; the others make room."""
        return self.edit(activity_id, rank=rank)

    def archive(self, activity_id: int) -> ActivityFact:
        """Put an activity away: from tomorrow, or now when it was only added today.

        What is promised by the week goes with the next week, or now when it was added in this one.

        Raises:
            NeedleError: when it is archived already.
        """
        with self._session.change("") as (step, moment):
            fact = read_activity(step.connection, activity_id)
            if _is_put_away(fact):
                raise NeedleError(f"{quoted(fact.name)} is archived already.")
            step.label = f"Archived {quoted(fact.name)}"
            archive_activity(step, moment, activity_id)
            return read_activity(step.connection, activity_id)


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
        raise NeedleError(
            f"There is no activity {quoted(typed)}: add one with needle activity add NAME."
        )
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
    raise NeedleError(
        "There is no sales activity yet: add one with needle activity add NAME --sales."
    )


def add_activity(step: Step, moment: Moment, name: str, *, is_sales: bool) -> int:
    """Add an activity with no commitment, ranked last, in a change under way; its id.

    Raises:
        NeedleError: when the name is taken.
    """
    _name_is_free(step.connection, moment.today, name)
    activity_id = step.insert(
        ACTIVITY, name=name, name_key=name_key(name), is_sales=is_sales, rank=0
    )
    _set_rank(step, activity_id, None)
    return activity_id


def bring_activity(
    step: Step, moment: Moment, name: str, timeline: Timeline, *, is_sales: bool = False
) -> int:
    """Add an activity with the commitments that it had elsewhere, in a change under way; its id.

    Raises:
        NeedleError: when the name is taken.
    """
    activity_id = add_activity(step, moment, parse_name(name, "activity"), is_sales=is_sales)
    _write_timeline(step, activity_id, (), timeline)
    if timeline and timeline[-1].terms is None:
        _set_rank(step, activity_id, None)
    return activity_id


def start_activity(
    step: Step,
    moment: Moment,
    name: str,
    terms: Terms | None,
    *,
    is_sales: bool,
    start: date | None = None,
) -> int:
    """Add an activity with its first commitment in a change under way; its id.

    Raises:
        NeedleError: when the name is taken.
    """
    activity_id = add_activity(step, moment, parse_name(name, "activity"), is_sales=is_sales)
    if terms is not None:
        _write_timeline(step, activity_id, (), _changed((), terms, moment, start))
    return activity_id


def archive_activity(step: Step, moment: Moment, activity_id: int) -> None:
    """Put an activity away in a change under way, unless it is put away already."""
    fact = read_activity(step.connection, activity_id)
    if not _is_put_away(fact):
        timeline = _changed(fact.timeline, None, moment)
        _write_timeline(step, activity_id, fact.timeline, timeline)
        _set_rank(step, activity_id, None)


def take_up_again(step: Step, moment: Moment, activity_id: int) -> None:
    """Promise again, in a change under way, what an activity that was put away promised last."""
    fact = read_activity(step.connection, activity_id)
    last = next((item.terms for item in reversed(fact.timeline) if item.terms is not None), None)
    if _is_put_away(fact) and last is not None:
        timeline = _changed(fact.timeline, last, moment)
        _write_timeline(step, activity_id, fact.timeline, timeline)
        _set_rank(step, activity_id, None)


def _is_put_away(fact: ActivityFact) -> bool:
    """Whether it is archived, or will be."""
    return bool(fact.timeline) and fact.timeline[-1].terms is None


def _name_is_free(
    connection: Connection, today: date, name: str, activity_id: int | None = None
) -> None:
    for item in read_activities(connection):
        if item.id != activity_id and name_key(item.name) == name_key(name):
            put_away = is_archived(item.timeline, today)
            raise NeedleError(
                f"There is an activity {quoted(item.name)} already"
                + (", archived: edit it to take it up again." if put_away else
                   ": choose another name.")
            )  # fmt: skip


def _no_entries_yet(connection: Connection, fact: ActivityFact) -> None:
    found = connection.execute(select(ENTRY.c.id).where(ENTRY.c.activity_id == fact.id).limit(1))
    if found.first() is not None:
        raise NeedleError(
            f"{quoted(fact.name)} has entries already, and past days stay as they were: add "
            "another activity instead."
        )


def _changed(
    timeline: Timeline, terms: Terms | None, moment: Moment, start: date | None = None
) -> Timeline:
    return change(timeline, terms, moment.today, start, moment.settings.first_weekday)


def _write_timeline(step: Step, activity_id: int, old: Timeline, new: Timeline) -> None:
    columns = (COMMITMENT.c.start, COMMITMENT.c.set_on, COMMITMENT.c.id)
    rows = step.connection.execute(select(*columns).where(COMMITMENT.c.activity_id == activity_id))
    ids = {(row.start, row.set_on): row.id for row in rows}
    for commitment in old:
        if commitment not in new:
            step.delete(COMMITMENT, ids[commitment.start, commitment.set_on])
    for commitment in new:
        if commitment not in old:
            terms = commitment.terms
            step.insert(
                COMMITMENT,
                activity_id=activity_id,
                start=commitment.start,
                weekdays=sum(1 << day for day in terms.weekdays) if terms else None,
                seconds=terms.seconds if terms else None,
                count=terms.count if terms else None,
                rule=(terms.rule if terms else Rule.ALL).value,
                set_on=commitment.set_on,
                weekly=terms.weekly if terms else False,
            )


def _set_rank(step: Step, activity_id: int, rank: int | None) -> None:
    """Give an activity its place (None: the last), and the others theirs from 1 on.

    What is put away, or will be, stands behind the others.
    """
    known = read_activities(step.connection)
    others = [item for item in known if item.id != activity_id]
    put_away = [item for item in others if item.timeline and item.timeline[-1].terms is None]
    order = [item for item in others if item not in put_away]
    moved = [item for item in known if item.id == activity_id]
    at = len(order) if rank is None else max(0, rank - 1)
    order[at:at] = moved
    for place, item in enumerate([*order, *put_away], start=1):
        if item.rank != place:
            step.update(ACTIVITY, item.id, rank=place)
