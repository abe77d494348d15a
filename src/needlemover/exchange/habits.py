"""What the formats of habit trackers have in common: promises, days that were skipped."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from ..domain.calls.entry import contact_key
from ..domain.day import ONE_DAY
from ..domain.promises.commitment import EVERY_DAY, Terms
from ..store.imports.content import ImportedActivity, ImportedDayOff, ImportedEntry
from ..text.format import joined, quoted
from .reading import Reading

_A_WEEK = 7


class Habit(Struct):
    """A habit of somebody's file: what is promised, and the days of which something is known."""

    name: str
    often: str  # how often it is due, as the file has it; empty: it does not say
    terms: Terms | None = None
    put_away: date | None = None
    is_archived: bool = False
    days: set[date] = field(default_factory=set)
    skipped: dict[date, str] = field(default_factory=dict)  # the reason, by day

    def entry(
        self, key: str, day: date, note: str, *, seconds: int = 0, count: int = 1, uuid: str = ""
    ) -> ImportedEntry:
        """The entry of a day on which it was done; the key tells it from other habits there.

        So does `uuid`, where the file has it, even when the habit gets another name.
        """
        by_key = f"{key}:{day}"
        by_uuid = f"{uuid}:{day}" if uuid else None
        return ImportedEntry(
            row=by_key, day=day, row_id=by_uuid or by_key, older_id=by_uuid and by_key,
            seconds=seconds, count=count, note=note, activity=self.name, is_tick=True,
        )  # fmt: skip


def add_habits(reading: Reading, habits: Iterable[Habit]) -> None:
    """Put what habits become into a reading, beside the entries; of two of one name, one."""
    found: dict[str, ImportedActivity] = {}
    days_off: list[ImportedDayOff] = []
    for habit in habits:
        put_away = habit.put_away
        if habit.is_archived and put_away is None and habit.days:
            put_away = max(habit.days) + ONE_DAY
        item = ImportedActivity(habit.name, habit.terms, min(habit.days, default=None), put_away)
        found.setdefault(contact_key(habit.name), item)
        last = None
        for day, reason in sorted(habit.skipped.items()):
            if last is not None and (last.end, last.reason) == (day - ONE_DAY, reason):
                last = days_off[-1] = replace(last, end=day)  # days that follow each other are one
            else:
                days_off.append(last := ImportedDayOff(habit.name, day, day, reason))
    reading.activities = tuple(found.values())
    reading.days_off = days_off


def promise_of(times: int, days: int, day: Terms | None = None) -> Terms | None:
    """So many times `day`, else a tick, in so many days, as terms by day or week; None: neither."""
    if times < 1 or days < 1:
        return None
    if times == days:
        return day or Terms(EVERY_DAY)
    if days != _A_WEEK or times > days or (day is not None and times > 1):
        return None
    return (day or Terms(EVERY_DAY, None, times)).a_week


def promises_said(habits: Collection[Habit]) -> list[str]:
    """Sentences about what becomes of the promises."""
    said = []
    if without := [habit for habit in habits if habit.often and not habit.terms]:
        names = joined([f"{quoted(habit.name)} ({habit.often})" for habit in without])
        said.append(f"Nothing is promised for what is due neither daily nor by the week: {names}.")
    if any(item.terms is not None and item.terms.weekly for item in habits):
        said.append("A promise by the week counts calendar weeks here, not any 7 days in a row.")
    return said


def same_names_said(habits: Sequence[Habit]) -> list[str]:
    """A sentence about names that several have."""
    times = Counter(contact_key(habit.name) for habit in habits)
    shown = {contact_key(habit.name): habit.name for habit in reversed(habits)}
    twice = [quoted(shown[key]) for key, number in times.items() if number > 1]
    return [f"Several habits have the same name and become one: {joined(twice)}."] if twice else []
