"""Imports: all that a file brings in one transaction, one step of the undo history, none twice."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from msgspec import json
from msgspec.structs import replace

from ...domain.buyers.contact import StepKind
from ...domain.calls.entry import contact_key
from ...domain.day import days_without
from ...domain.errors import NeedleError, WrongUsageError
from ...domain.promises.commitment import ActivityFact, Commitment, Timeline, is_archived
from ...domain.promises.status import DayOff
from ...text.format import counted, quoted
from ...text.parse.values import parse_name
from ..buyer_rows import name_now
from ..buyers.next_steps import contact_name, set_promise
from ..facts import Facts
from ..promises.activities import insert_day_off
from ..promises.activity_rows import Brought, bring_activities, find_activity, name_key
from ..schema.tables import BY_HAND, BY_TIMER, IMPORT_ANSWER
from ..session import Step, Subject
from .content import (
    ActivitySummary,
    ImportedActivity,
    ImportedDayOff,
    ImportedEntry,
    ImportedStep,
    ImportSummary,
)
from .import_rows import Batch, add_batch, import_change, record_batch
from .known_rows import KnownRows

Key = TypeVar("Key")
DEFAULT_ACTIVITY = "Sales conversations"


def target_of_calls(step: Step, typed: str | None) -> tuple[ActivityFact, bool]:
    """The activity to import calls into, and whether it had to be made."""
    known = step.facts.activities
    sales = [item for item in known if item.is_sales]
    if typed is None and sales:
        return min(sales, key=lambda item: is_archived(item.timeline, step.moment.today)), False
    name = parse_name(DEFAULT_ACTIVITY if typed is None else typed, "activity")
    begins_so = any(name_key(item.name).startswith(name_key(name)) for item in known)
    if typed is not None and (sales or begins_so):
        return find_activity(step.facts, name), False
    if begins_so and any(name_key(item.name) == name_key(name) for item in known):
        why = f"{quoted(name)} is not a sales activity: name the one to import into."
        raise NeedleError(why, "import into")
    (made,) = bring_activities(step, [Brought(name, is_sales=True)])
    return made, True


def renamed_activities(
    facts: Facts, stand_in: Mapping[Key, Collection[int]], names: Collection[str]
) -> dict[Key, ActivityFact]:
    """What is here of activities of a file whose names are not: the one in which all stands.

    `stand_in` are the ids of the activities in which their known entries stand. One whose own name
    is in the file (`names` are the keys of all) is another one, to which the entries were moved.
    """
    here = {item.id: item for item in facts.activities if name_key(item.name) not in names}
    only = {key: next(iter(ids)) for key, ids in stand_in.items() if len(ids) == 1}
    return {key: here[found] for key, found in only.items() if found in here}


class Targets:
    """The activities of a file that knows its own, and those here that they stand for."""

    def __init__(self, step: Step, listed: Sequence[ImportedActivity], typed: str | None) -> None:
        """Find those that are here; `typed` (else a `NeedleError`) is the one that all goes to."""
        self.created: set[str] = set()
        self._step = step
        self.activities = listed
        self._only = None if typed is None else find_activity(step.facts, typed)
        self._here = {name_key(item.name): item for item in step.facts.activities}

    def follow(self, stand_in: Mapping[str, Collection[int]]) -> None:
        """Take names that are missing here for the activities that go by another one."""
        missing = {name: ids for name, ids in stand_in.items() if name not in self._here}
        names = [name_key(item.name) for item in self.activities]
        self._here |= renamed_activities(self._step.facts, missing, names)

    def of(self, name: str) -> ActivityFact:
        """The activity here of one of the file; a `NeedleError` when it had not told of it."""
        found = self._only or self._here.get(name_key(name))
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
            key = name_key(item.activity)
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
            Brought(item.name, _timeline(item, today))
            for item in self.activities
            if (key := name_key(item.name)) not in self._here
            and (key in wanted or (item.is_listed and key not in in_file))
        ]
        for fact in bring_activities(self._step, missing):
            self._here[name_key(fact.name)] = fact
            self.created.add(name_key(fact.name))


def _timeline(item: ImportedActivity, today: date) -> Timeline:
    """What was promised elsewhere, decided here today."""
    start = item.start or today
    found = []
    if item.terms is not None and (item.put_away is None or start < item.put_away):
        found.append(Commitment(start, item.terms, today))
    if item.put_away is not None:
        found.append(Commitment(item.put_away, None, today))
    return tuple(found)


Option = tuple[str, str]
Answers = tuple[str, Sequence[Option]]  # with what tells the columns from others
_ANSWERS = "SELECT json_group_object(header, json(options)) FROM import_answer"
# Whoever wants no call, or has a promise.
_IS_TAKEN = """
    SELECT 1 FROM contact WHERE name_key = ? AND (never_since IS NOT NULL OR EXISTS (
        SELECT 1 FROM next_step WHERE contact_id = contact.id AND ended_on IS NULL))
"""


class Imports(Subject):
    """Taking in many entries at once, and the activities and days off they belong to."""

    def answers(self) -> dict[str, tuple[Option, ...]]:
        """What was answered about tables before, by what tells their columns from others."""
        with self._session.reading() as driver:
            ((text,),) = driver.execute(_ANSWERS)
        return json.decode(text, type=dict[str, tuple[Option, ...]])

    def add(
        self,
        entries: Iterable[ImportedEntry],
        *,
        source: str,
        file_name: str,
        activity: str | None = None,
        activities: Sequence[ImportedActivity] = (),
        days_off: Sequence[ImportedDayOff] = (),
        promised: Sequence[ImportedStep] = (),
        doubles: str = "",
        are_rest: bool = False,
        answers: Answers | None = None,
        dry_run: bool = False,
    ) -> ImportSummary:
        """Add all that is not here yet, or, when anything fails (`NeedleError`), nothing.

        `entries` are read one after the other, so that a file of any length fits. Rows of one
        `source` are recognised when they come again. All goes into `activity`; None: what names its
        activity into that one, calls into the highest-ranked sales activity, where there is none
        one is made. `activities` are those of the file, where it knows any; every entry then names
        one of them. One that is here by its name, or in which all known rows of it stand, stays as
        it is; any other is made, when something is added to it or nothing of it was ever done.
        `days_off` are of these; where all goes to one activity they are left out. `promised` are
        meetings to come. `doubles`, rows that may be entries from elsewhere, are left out (skip),
        added (add) or refused (empty: a `DoublesError`). `are_rest`: an earlier import left all of
        these rows out. `answers` are remembered when anything is added, and forgotten when that is
        undone. A dry run only counts.
        """
        source = parse_name(source, "source")
        if source in (BY_HAND, BY_TIMER):
            why = f"{quoted(source)} stands for what is logged by hand: name another source."
            raise WrongUsageError(why, "another source")
        with import_change(self._session, dry_run=dry_run) as step:
            batch_id = add_batch(step, source, file_name)
            batch = Batch(step, source, batch_id)
            rows = KnownRows(step, source, doubles, are_rest=are_rest, named=bool(activities))
            if activities:
                targets = Targets(step, activities, activity)
                done = _add_with_activities(step, batch, rows, targets, list(entries), days_off)
            else:
                done = _add_calls(step, batch, rows, entries, activity)
            done = replace(
                done,
                known=rows.known,
                without_outcome=batch.without_outcome,
                unclear_phones=tuple(batch.unclear),
                promised=_promise(step, promised),
                figures=batch.figures(),
                doubles=len(rows.doubles.keys),
                repeated=rows.repeated,
            )
            if answers is not None and done.changed_anything:
                _remember(step, *answers)
            record_batch(step, batch_id, added=done.added, changed_anything=done.changed_anything)
            step.label = f"Imported {_what(done)} from {quoted(file_name)}"
        return done


def _add_calls(
    step: Step, batch: Batch, rows: KnownRows, entries: Iterable[ImportedEntry], typed: str | None
) -> ImportSummary:
    target, created = target_of_calls(step, typed)
    added = batch.add(rows.new_of(entries, target.id), lambda entry: target)
    if created and not added:
        step.driver.execute("DELETE FROM activity WHERE id = ?", (target.id,))
    return ImportSummary(target.name, added, created_activity=created and bool(added))


def _add_with_activities(
    step: Step,
    batch: Batch,
    rows: KnownRows,
    targets: Targets,
    entries: list[ImportedEntry],
    days_off: Sequence[ImportedDayOff],
) -> ImportSummary:
    new = list(rows.new_of(entries))
    targets.follow(rows.stand_in)
    in_file = {_key(entry) for entry in entries}
    added = Counter(_key(entry) for entry, _ in new)
    new_off = targets.new_days_off(days_off, in_file, added)
    off = {name_key(item.activity) for item in new_off}
    targets.make(off | set(added), in_file | {name_key(item.activity) for item in days_off})
    batch.add(new, lambda entry: targets.of(entry.activity or ""))
    for item in new_off:
        activity_id = targets.of(item.activity).id
        day_off = DayOff(item.start, item.end, activity_id, item.reason, step.moment.today)
        insert_day_off(step, day_off)
    touched = off | set(added) | targets.created
    return ImportSummary(
        added=len(new),
        activities=tuple(
            ActivitySummary(
                name=item.name,
                into=targets.of(item.name).name,
                created=name_key(item.name) in targets.created,
                terms=item.terms,
                added=added[name_key(item.name)],
            )
            for item in targets.activities
            if name_key(item.name) in touched
        ),
        days_off=_days(new_off),
        days_off_known=_days(days_off) - _days(new_off),
    )


def _remember(step: Step, header: str, options: Sequence[Option]) -> None:
    found = step.find(IMPORT_ANSWER.c.id, IMPORT_ANSWER.c.header == header)
    values = {"options": json.encode(options).decode(), "answered_on": step.moment.today}
    if found is None:
        step.insert(IMPORT_ANSWER, header=header, **values)
    else:
        step.update(IMPORT_ANSWER, found, **values)


def _promise(step: Step, found: Iterable[ImportedStep]) -> int:
    """Promise each contact its next meeting, unless something is promised already; how many."""
    made = 0
    for item in sorted(found, key=lambda item: (item.day, item.at)):
        name = contact_name(name_now(step.driver, item.contact))
        if step.driver.execute(_IS_TAKEN, (contact_key(name),)).fetchone() is None:
            set_promise(step, name, item.day, item.at, kind=StepKind.MEETING, note=item.note)
            made += 1
    return made


def _days(days_off: Iterable[ImportedDayOff]) -> int:
    return sum((item.end - item.start).days + 1 for item in days_off)


def _key(entry: ImportedEntry) -> str:
    return name_key(entry.activity or "")


def _what(done: ImportSummary) -> str:
    parts = [counted(done.added, "entry", "entries")]
    if made := sum(item.created for item in done.activities):
        parts.append(counted(made, "activity", "activities"))
    if done.days_off:
        parts.append(f"{counted(done.days_off, 'day')} off")
    if done.promised:
        parts.append(counted(done.promised, "meeting"))
    return ", ".join(parts)
