"""Which activity here an imported one is: one of the same name, or one that is made for it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TypeVar

from msgspec.structs import replace

from ...domain.day import days_without
from ...domain.errors import NeedleError
from ...domain.promises.commitment import ActivityFact, Commitment, Timeline, is_archived
from ...text.format import quoted
from ...text.parse.values import parse_name
from ..facts import Facts
from ..promises import activity_rows as rows
from ..undo import Step
from .content import ImportedActivity, ImportedDayOff

Key = TypeVar("Key")
DEFAULT_ACTIVITY = "Sales conversations"


def target_of_calls(step: Step, typed: str | None) -> tuple[ActivityFact, bool]:
    """The activity to import calls into, and whether it had to be made."""
    known = step.facts.activities
    sales = [item for item in known if item.is_sales]
    if typed is None and sales:
        return min(sales, key=lambda item: is_archived(item.timeline, step.moment.today)), False
    name = parse_name(DEFAULT_ACTIVITY if typed is None else typed, "activity")
    begins_so = any(rows.name_key(item.name).startswith(rows.name_key(name)) for item in known)
    if typed is not None and (sales or begins_so):
        return rows.find_activity(step.facts, name), False
    if begins_so and any(rows.name_key(item.name) == rows.name_key(name) for item in known):
        why = f"{quoted(name)} is not a sales activity: name the one to import into."
        raise NeedleError(why, "import into")
    return rows.add_activity(step, name, None, is_sales=True), True


def renamed_activities(
    facts: Facts, stand_in: Mapping[Key, Collection[int]], names: Collection[str]
) -> dict[Key, ActivityFact]:
    """What is here of activities of a file whose names are not: the one in which all stands.

    `stand_in` are the ids of the activities in which their known entries stand. One whose own name
    is in the file (`names` are the keys of all) is another one, to which the entries were moved.
    """
    here = {item.id: item for item in facts.activities if rows.name_key(item.name) not in names}
    only = {key: next(iter(ids)) for key, ids in stand_in.items() if len(ids) == 1}
    return {key: here[found] for key, found in only.items() if found in here}


class Targets:
    """The activities of a file that knows its own, and those here that they stand for."""

    def __init__(
        self, step: Step, activities: Sequence[ImportedActivity], typed: str | None
    ) -> None:
        """Find those that are here; `typed` (else a `NeedleError`) is the one that all goes to."""
        self.created: set[str] = set()
        self._step = step
        self.activities = activities
        self._only = None if typed is None else rows.find_activity(step.facts, typed)
        self._here = {rows.name_key(item.name): item for item in step.facts.activities}

    def follow(self, stand_in: Mapping[str, Collection[int]]) -> None:
        """Take names that are missing here for the activities that go by another one."""
        missing = {name: ids for name, ids in stand_in.items() if name not in self._here}
        names = [rows.name_key(item.name) for item in self.activities]
        self._here |= renamed_activities(self._step.facts, missing, names)

    def of(self, name: str) -> ActivityFact:
        """The activity here of one of the file; a `NeedleError` when it had not told of it."""
        found = self._only or self._here.get(rows.name_key(name))
        if found is None:
            why = "The file was changed while it was read: import it again. Nothing was changed."
            raise NeedleError(why)
        return found

    def new_days_off(
        self, days_off: Sequence[ImportedDayOff], in_file: Collection[str], new: Collection[str]
    ) -> list[ImportedDayOff]:
        """The days off that are not here yet, ranges without the days in them that are.

        Where all goes to one activity, none of them is meant for it. `in_file` are the keys of the
        activities of which the file has entries, `new` of those of which some are new.
        """
        if self._only is not None:
            return []
        taken: dict[int | None, list[tuple[date, date]]] = defaultdict(list)
        for other in self._step.facts.days_off:
            taken[other.activity_id].append((other.start, other.end))
        of_file: dict[str, list[tuple[date, date]]] = defaultdict(list)
        found: list[ImportedDayOff] = []
        for item in days_off:
            key = rows.name_key(item.activity)
            here = self._here.get(key)
            if here is None and key in in_file and key not in new:
                continue  # All of its entries are known but not its name: it was given another one.
            off = [*taken[None], *(taken[here.id] if here else ()), *of_file[key]]
            for first, last in days_without(item.start, item.end, off):
                found.append(replace(item, start=first, end=last))
                of_file[key].append((first, last))
        return found

    def make(self, wanted: Collection[str], in_file: Collection[str]) -> None:
        """Make the activities that something is added to (`wanted`) or that come without entries.

        `in_file` are the keys of those of which the file has entries or days off.
        """
        if self._only is not None:
            return
        today = self._step.facts.today
        missing = [
            rows.Brought(item.name, _timeline(item, today))
            for item in self.activities
            if (key := rows.name_key(item.name)) not in self._here
            and (key in wanted or (item.is_listed and key not in in_file))
        ]
        for fact in rows.bring_activities(self._step, missing):
            self._here[rows.name_key(fact.name)] = fact
            self.created.add(rows.name_key(fact.name))


def _timeline(item: ImportedActivity, today: date) -> Timeline:
    """What was promised elsewhere, decided here today."""
    start = item.start or today
    found = []
    if item.terms is not None and (item.put_away is None or start < item.put_away):
        found.append(Commitment(start, item.terms, today))
    if item.put_away is not None:
        found.append(Commitment(item.put_away, None, today))
    return tuple(found)
