"""Days off: ranges with a reason, for everything or for one activity."""

from datetime import date

from msgspec.structs import asdict, replace

from ...domain.day import days_without
from ...domain.errors import NeedleError, WrongUsageError
from ...domain.promises.status import DayOff
from ...text.format import days_from_to
from ..schema.tables import DAY_OFF
from ..session import Subject
from ..undo import Step


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
        """Take days off, to come or afterwards.

        Raises:
            NeedleError: when the end is before the start, or they are off already.
        """
        end = end or start
        if end < start:
            raise WrongUsageError("The last day off is before the first: swap them.")
        with self._session.change(f"Took {days_from_to(start, end)} off") as step:
            for item in step.facts.days_off:
                if item.activity_id == activity_id and item.start <= start and end <= item.end:
                    raise NeedleError(f"{days_from_to(item.start, item.end)} is off already.")
            return insert_day_off(step, DayOff(start, end, activity_id, reason, step.moment.today))

    def remove(
        self, start: date, end: date | None = None, *, activity_id: int | None = None
    ) -> int:
        """Make days of a range working days again; how many ranges were changed.

        Raises:
            NeedleError: when none of them was off.
        """
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
