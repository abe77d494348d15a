"""What the formats of habit trackers have in common: promises, days that were skipped."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct, field

from ..domain.calls.entry import contact_key
from ..domain.day import ONE_DAY
from ..domain.promises.commitment import EVERY_DAY, Terms
from ..store.imports.imported import ImportedActivity, ImportedDayOff
from ..text.format import quoted

_A_WEEK = 7
_NAMED = 10


class Habit(Struct):
    """A habit of somebody's file: what is promised, and the days of which something is known."""

    name: str
    often: str
    """How often it is due, as the file has it."""
    terms: Terms | None = None
    put_away: date | None = None
    is_archived: bool = False
    days: set[date] = field(default_factory=set)
    skipped: dict[date, str] = field(default_factory=dict)
    """The reason, by day."""


def promise_of(times: int, days: int, day: Terms | None = None) -> Terms | None:
    """What so many times in so many days are here.

    Args:
        times: in the days.
        days: after which it is due again.
        day: what is asked each time; None: a tick.

    Returns:
        A promise by the day or by the calendar week; None: it can be promised as neither.
    """
    if times < 1 or days < 1:
        return None
    if times == days:
        return day or Terms(EVERY_DAY)
    if days != _A_WEEK or times > days or (day is not None and times > 1):
        return None
    return (day or Terms(EVERY_DAY, None, times)).a_week


def activities_of(habits: Iterable[Habit]) -> tuple[ImportedActivity, ...]:
    """The activities that habits become; of two with the same name, one."""
    found: dict[str, ImportedActivity] = {}
    for habit in habits:
        put_away = habit.put_away
        if habit.is_archived and put_away is None and habit.days:
            put_away = max(habit.days) + ONE_DAY
        start = min(habit.days, default=None)
        item = ImportedActivity(habit.name, habit.terms, start, put_away)
        found.setdefault(contact_key(habit.name), item)
    return tuple(found.values())


def days_off_of(name: str, skipped: Mapping[date, str]) -> Iterator[ImportedDayOff]:
    """Skipped days as ranges: those that follow each other for the same reason are one."""
    first = last = None
    for day in sorted(skipped):
        if last is not None and day == last + ONE_DAY and skipped[day] == skipped[last]:
            last = day
            continue
        if first is not None and last is not None:
            yield ImportedDayOff(name, first, last, skipped[last])
        first = last = day
    if first is not None and last is not None:
        yield ImportedDayOff(name, first, last, skipped[last])


def promises_said(habits: Iterable[Habit]) -> list[str]:
    """Sentences about what becomes of the promises."""
    habits = list(habits)
    said = []
    without = [f"{quoted(item.name)} ({item.often})" for item in habits if item.terms is None]
    if without:
        said.append(
            f"Nothing is promised for what is due neither daily nor by the week: {listed(without)}."
        )
    if any(item.terms is not None and item.terms.weekly for item in habits):
        said.append("A promise by the week counts calendar weeks here, not any 7 days in a row.")
    return said


def same_names_said(names: Iterable[str]) -> list[str]:
    """A sentence about names that several have."""
    first: dict[str, int] = {}
    shown: dict[str, str] = {}
    for name in names:
        key = contact_key(name)
        first[key] = first.get(key, 0) + 1
        shown.setdefault(key, name)
    twice = [quoted(shown[key]) for key, number in first.items() if number > 1]
    return [f"Several habits have the same name and become one: {listed(twice)}."] if twice else []


def listed(words: list[str]) -> str:
    """`a, b and 3 more`."""
    more = len(words) - _NAMED
    names = ", ".join(words[:_NAMED])
    return f"{names} and {more} more" if more > 0 else names
