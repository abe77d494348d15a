"""Adding, changing, ranking and putting away activities; days off, of all of them or of one."""

from collections.abc import Sequence
from datetime import date, time

from msgspec import UNSET, UnsetType
from msgspec.structs import asdict, replace

from ...domain.day import days_without
from ...domain.errors import NeedleError, WrongUsageError
from ...domain.promises.commitment import ActivityFact, Terms, is_archived
from ...domain.promises.status import DayOff
from ...text.format import days_from_to, quoted, ranges_words
from ...text.parse.values import parse_name
from ..schema.tables import ACTIVITY, DAY_OFF, ENTRY
from ..session import Step, Subject
from . import activity_rows as rows


class Activities(Subject):
    """Adding, changing, ranking and putting away activities."""

    def all(self, *, archived: bool = False) -> tuple[ActivityFact, ...]:
        """The activities by rank, without those put away unless asked for."""
        facts = self._session.facts
        return tuple(
            it for it in facts.activities if archived or not is_archived(it.timeline, facts.today)
        )

    def find(self, typed: str) -> ActivityFact:
        """The one activity of a name, or of a beginning of it; else a `NeedleError`."""
        return rows.find_activity(self._session.facts, typed)

    def add(
        self,
        name: str,
        terms: Terms | None,
        *,
        is_sales: bool = False,
        rank: int | None = None,
        start: date | None = None,
        starts_at: time | None = None,
    ) -> ActivityFact:
        """Add an activity, last or at a rank (1: the highest), promised from a day on or today.

        It is meant to begin at `starts_at`. A `NeedleError` when the name is taken.
        """
        with self._session.change("") as step:
            fact = rows.add_activity(
                step, name, terms, is_sales=is_sales, start=start, starts_at=starts_at
            )
            step.label = f"Added {quoted(fact.name)}"
            if rank is not None:
                rows.set_rank(step, fact.id, rank)
            return rows.read_activity(step.facts, fact.id)

    def edit(
        self,
        activity_id: int,
        *,
        name: str | None = None,
        is_sales: bool | None = None,
        terms: Terms | None = None,
        rank: int | None = None,
        start: date | None = None,
        starts_at: time | UnsetType | None = UNSET,
    ) -> ActivityFact:
        """Change an activity, or move it to a rank: the others make room. What is None stays.

        But None for `starts_at` drops it. A commitment that asks at least as much holds from today,
        any other from tomorrow; one by the week that asks less, from the next week. A `NeedleError`
        when the name is taken, or the past would change.
        """
        with self._session.change("") as step:
            fact = rows.read_activity(step.facts, activity_id)
            step.label = f"Changed {quoted(fact.name)}"
            if name is not None:
                name = parse_name(name, "activity")
                rows.must_be_free(step.facts, name, activity_id)
                step.update(ACTIVITY, activity_id, name=name, name_key=rows.name_key(name))
            if is_sales is not None and is_sales != fact.is_sales:
                if step.find(ENTRY.c.id, ENTRY.c.activity_id == activity_id) is not None:
                    raise NeedleError(
                        f"{quoted(fact.name)} has entries already, and past days stay as they "
                        "were: add another activity instead."
                    )
                step.update(ACTIVITY, activity_id, is_sales=is_sales)
            if starts_at is not UNSET:
                step.update(ACTIVITY, activity_id, starts_at=starts_at and starts_at.isoformat())
            if terms is not None:
                rows.set_terms(step, fact, terms, start)
            if rank is not None:
                rows.set_rank(step, activity_id, rank)
            after = rows.read_activity(step.facts, activity_id)
            rows.must_not_limit_sales(after)
            return after

    def archive(self, activity_id: int) -> ActivityFact:
        """Put an activity away: from tomorrow, or now when it was only added today.

        What is promised by the week goes with the next week, or now when it was added in this one.
        A `NeedleError` when it is archived already, or the timer runs on it.
        """
        with self._session.change("") as step:
            fact, running = rows.read_activity(step.facts, activity_id), step.facts.running
            if rows.is_put_away(fact):
                raise NeedleError(f"{quoted(fact.name)} is archived already.")
            if running is not None and running.activity_id == activity_id:
                why = f"The timer runs on {quoted(fact.name)}: stop it first."
                raise NeedleError(why, "stop timer")
            step.label = f"Archived {quoted(fact.name)}"
            rows.archive_activity(step, activity_id)
            return rows.read_activity(step.facts, activity_id)


def insert_day_off(step: Step, item: DayOff) -> DayOff:
    """Enter days off in a change under way; with their id."""
    item = replace(item, reason=item.reason.strip())
    values = asdict(item)
    del values["id"]
    return replace(item, id=step.insert(DAY_OFF, **values))


class DaysOff(Subject):
    """Entering and removing days off."""

    def all(self) -> tuple[DayOff, ...]:
        """All days off, earliest first."""
        return self._session.facts.days_off

    def add(
        self,
        start: date,
        end: date | None = None,
        *,
        reason: str = "",
        activity_id: int | None = None,
    ) -> DayOff:
        """Take days off, to come or afterwards; a `NeedleError` when they are off already."""
        end = end or start
        if end < start:
            raise WrongUsageError("The last day off is before the first: swap them.")
        with self._session.change(f"Took {days_from_to(start, end)} off") as step:
            for item in step.facts.days_off:
                if item.activity_id == activity_id and item.start <= start and end <= item.end:
                    raise NeedleError(f"{days_from_to(item.start, item.end)} is off already.")
            return insert_day_off(step, DayOff(start, end, activity_id, reason, step.moment.today))

    def add_gap(self, ranges: Sequence[tuple[date, date]], reason: str) -> None:
        """Take the days of several ranges off afterwards, as one change."""
        with self._session.change(f"Took {ranges_words(ranges)} off") as step:
            for start, end in ranges:
                insert_day_off(step, DayOff(start, end, None, reason, step.moment.today))

    def remove(
        self, start: date, end: date | None = None, *, activity_id: int | None = None
    ) -> int:
        """Make days of a range working days again; how many ranges changed (0: a `NeedleError`)."""
        end = end or start
        with self._session.change(f"Took back the days off {days_from_to(start, end)}") as step:
            found = [
                item
                for item in step.facts.days_off
                if item.activity_id == activity_id and item.start <= end and start <= item.end
            ]
            for item in found:
                step.delete(DAY_OFF, item.id)
                for first, last in days_without(item.start, item.end, [(start, end)]):
                    insert_day_off(step, replace(item, start=first, end=last))
            if not found:
                raise NeedleError("None of these days is off: nothing to remove.")
            return len(found)
