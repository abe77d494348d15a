"""Loop Habit Tracker: what its habits and their marks become, whichever file they come in.

Described by its source (iSoron/uhabits, `Entry.kt`, `Habit.kt`, `HabitsCSVExporter.kt`): of a
yes-or-no habit a mark is 2 done, 1 computed from the frequency, 0 not done, 3 skipped, -1 unknown;
of a measured one it is the value in thousandths.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import date

from msgspec import Struct, field

from ...domain.calls.entry import contact_key
from ...domain.promises.commitment import EVERY_DAY, Terms
from ...store.imports.content import ImportedEntry
from ..habits import Habit, add_habits, promise_of, promises_said, same_names_said
from ..reading import BadRow, Reading, Request, UnreadableError, entries_of, note_of, unreadable

_NAMES = ("UNKNOWN", "NO", "YES_AUTO", "YES_MANUAL", "SKIP")
_UNKNOWN, _NO, _YES_AUTO, _YES_MANUAL, _SKIP = range(-1, 4)
COLUMNS = ("habit", "date", "value", "note")  # of the file of bad rows
_UUID = re.compile(r"[\w-]{1,64}", re.ASCII)
_THOUSAND = 1000
_SECONDS = {
    **dict.fromkeys(("sec", "secs", "second", "seconds"), 1),
    **dict.fromkeys(("min", "mins", "min.", "minute", "minutes"), 60),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3600),
}
_LARGEST = 10**6


class Mark(Struct, frozen=True):
    """What is said of a habit for a day."""

    line: int
    day: str
    value: str
    note: str


class Sheet(Struct):
    """A habit as Loop keeps it, with its marks."""

    name: str = ""
    times: int = 1
    days: int = 1  # so many times in so many days
    is_measured: bool | None = None  # None: the file does not say; its values do
    target: float = 0
    is_at_most: bool = False
    unit: str = ""
    is_archived: bool = False
    uuid: str = ""  # what stays when it is renamed; empty: the file does not say
    place: str = ""  # where its marks stand, for people
    marks: list[Mark] = field(default_factory=list)


def read_sheets(sheets: Collection[Sheet], request: Request, reading: Reading) -> None:
    """Put what the sheets hold into a reading."""
    habits: list[Habit] = []
    records: list[ImportedEntry | BadRow] = []
    places: Counter[str] = Counter()
    uuids = Counter(sheet.uuid for sheet in sheets)
    for sheet in sheets:
        if uuids[sheet.uuid] > 1 or not _UUID.fullmatch(sheet.uuid):
            sheet.uuid = ""
        for mark in sheet.marks if sheet.is_measured is None else ():
            with suppress(UnreadableError):  # what can only be of a measured one
                sheet.is_measured = sheet.is_measured or not _UNKNOWN <= _value(mark.value) <= _SKIP
        key = contact_key(sheet.name)
        places[key] += 1
        try:
            name = request.activity_of(sheet.name)
        except UnreadableError as error:
            records.append(BadRow(0, f"{sheet.place}: {error}", (sheet.name[:100], "", "", "")))
            continue
        if name is None:
            reading.leave_out(sheet.name, len(sheet.marks))
            continue
        habit = Habit(name, _often(sheet), _terms(sheet), is_archived=sheet.is_archived)
        habits.append(habit)
        records += _entries(sheet, habit, f"{key}#{places[key]}", request, reading)
        if sheet.is_archived and not habit.days:
            habit.put_away = request.moment.today
    reading.records = records
    add_habits(reading, habits)
    reading.said += [*same_names_said(habits), *promises_said(habits)]
    if any(sheet.is_measured and not _unit(sheet) for sheet in sheets):
        counted = "What is measured in anything but time is counted in whole numbers"
        reading.said.append(f"{counted}, rounded down; the exact value is in the note.")


def _often(sheet: Sheet) -> str:
    """How often it is due; empty: the file does not say."""
    if not sheet.times:
        return ""
    if sheet.is_measured and sheet.is_at_most:
        return f"at most {sheet.target:g} {sheet.unit}".rstrip()
    return f"{sheet.times} in {sheet.days} days"


def _terms(sheet: Sheet) -> Terms | None:
    if not sheet.is_measured:
        return promise_of(sheet.times, sheet.days)
    if sheet.is_at_most or not math.isfinite(sheet.target) or not 0 < sheet.target <= _LARGEST:
        return None
    day = Terms(EVERY_DAY, None, math.ceil(sheet.target))
    if unit := _unit(sheet):
        day = Terms(EVERY_DAY, max(1, round(sheet.target * unit)))
    return promise_of(sheet.times, sheet.days, day)


def _unit(sheet: Sheet) -> int:
    """Seconds in the unit of a habit that measures time; else 0."""
    return _SECONDS.get(sheet.unit.strip().casefold(), 0)


def _entries(
    sheet: Sheet, habit: Habit, key: str, request: Request, reading: Reading
) -> Iterator[ImportedEntry | BadRow]:
    """The entries of a sheet; days off and what is known of which day go to the habit."""
    lines: dict[date, int] = {}

    def entry(line: int, mark: Mark) -> ImportedEntry | None:
        day = request.past_day(mark.day)
        if (first := lines.setdefault(day, line)) != line:
            raise UnreadableError(f"the day is in line {first} already")
        value = _value(mark.value)
        if value == _UNKNOWN:
            return None
        habit.days.add(day)
        if value == _SKIP:
            habit.skipped[day] = note_of(mark.note)
            return None
        seconds, count, exact = _measured(sheet, value) if sheet.is_measured else (0, 1, "")
        if value == _NO or (value == _YES_AUTO and not sheet.is_measured):
            if value == _YES_AUTO:
                what = "marks that Loop computed (YES_AUTO), of days on which it was not done"
                reading.left_out[what] += 1
            if mark.note.strip():
                reading.left_out["notes on days on which it was not done"] += 1
            return None
        note = note_of(exact, mark.note)
        return habit.entry(key, day, note, seconds=seconds, count=count, uuid=sheet.uuid)

    def cells(mark: Mark) -> tuple[str, ...]:
        return sheet.name, mark.day, mark.value, mark.note

    return entries_of(((mark.line, mark) for mark in sheet.marks), entry, cells, f"{sheet.place}: ")


def _measured(sheet: Sheet, value: int) -> tuple[int, int, str]:
    """Seconds, count and the exact value in words, of a value in thousandths."""
    if value < 0:
        raise UnreadableError("its value is negative")
    if value > _LARGEST * _THOUSAND:
        raise UnreadableError("its value is too large")
    if unit := _unit(sheet):
        return value * unit // _THOUSAND, 1, ""
    exact = f"{value / _THOUSAND:g} {sheet.unit}".strip()
    count = value // _THOUSAND
    if not sheet.is_at_most and sheet.target > 0 and math.isfinite(sheet.target):
        # What filled the target there fills it here, where only whole numbers count.
        least = math.ceil(min(sheet.target, _LARGEST))
        is_full = value >= sheet.target * _THOUSAND
        count = max(count, least) if is_full else min(count, least - 1)
    if value and not count:
        raise UnreadableError(f"{exact} is less than one, and only whole ones are counted here")
    return 0, count, exact


def _value(text: str) -> int:
    word = text.strip()
    if word.upper() in _NAMES:
        return _NAMES.index(word.upper()) + _UNKNOWN
    with suppress(ValueError):
        if len(word) <= 20:
            return int(word)
    raise unreadable(text, "is not a value of Loop")
