"""What a file brings, read into plain records, and what an import made of it."""

from collections.abc import Mapping
from datetime import date, datetime, time

from msgspec import Struct

from ...domain.calls.entry import Outcome
from ...domain.promises.commitment import Terms
from ...text.format import counted


class ImportedEntry(Struct, frozen=True):
    """A row of somebody's file, read."""

    row: str  # the row as it stands in the file, before any mapping
    day: date
    row_id: str | None = None  # what the file itself calls the row
    older_id: str | None = None  # what its program, or we, called it before
    started_at: datetime | None = None
    utc_offset: int | None = None
    seconds: int = 0
    outcome: Outcome | None = None
    contact: str = ""
    phone: str = ""
    amount: int | None = None
    note: str = ""
    activity: str | None = None
    """Its activity's name in the file; None: the file knows no activities."""
    count: int = 1
    is_unanswered: bool = False  # of no length, in a file that knows lengths
    is_tick: bool = False
    """Whether it only says that it was done; it then is not a call, whatever its activity."""


class ImportedActivity(Struct, frozen=True):
    """An activity of somebody's file, with what was promised for it there."""

    name: str
    terms: Terms | None = None  # None: nothing, or nothing that can be promised here
    start: date | None = None  # the first day of the promise; None: today
    put_away: date | None = None  # the first day on which it is archived
    is_listed: bool = True  # also where nothing was done of it


class ImportedDayOff(Struct, frozen=True):
    """Days off of one activity of somebody's file."""

    activity: str
    start: date
    end: date
    reason: str = ""


class ImportedStep(Struct, frozen=True):
    """A meeting of somebody's file that is still to come."""

    contact: str
    day: date
    at: time
    note: str = ""


class Figures(Struct, frozen=True):
    """What the entries come to that an import added, to be held against the file."""

    calls: int = 0
    conversations: int = 0
    seconds: int = 0  # of all entries
    amount: int | None = None  # received, in minor units; None: no money
    first: date | None = None
    last: date | None = None
    days: int = 0  # on which there is an entry


class ActivitySummary(Struct, frozen=True):
    """What became of an activity of a file."""

    name: str  # in the file
    into: str  # here
    created: bool
    terms: Terms | None  # what the file promises for it
    added: int  # entries


class ImportSummary(Struct, frozen=True):
    """What an import did."""

    activity: str = ""  # where the entries went; where a file knows activities of its own: empty
    added: int = 0
    known: int = 0  # rows that had been imported before, those deleted since included
    created_activity: bool = False
    without_outcome: int = 0  # added to a sales activity; they count as talked
    unclear_phones: tuple[str, ...] = ()
    """Those that several contacts have; calls that name nobody else stand under them."""
    activities: tuple[ActivitySummary, ...] = ()  # what the file knows and adds to
    days_off: int = 0  # days, each of one activity, that were added
    days_off_known: int = 0
    promised: int = 0  # meetings to come
    figures: Figures = Figures()
    repeated: int = 0  # added, though they begin and last as one above them of the same contact
    doubles: int = 0  # rows left out, as somebody said that they are entries of another source

    @property
    def holds_anything(self) -> bool:
        """Whether any row of the file could be read."""
        more = self.days_off or self.days_off_known or self.activities or self.promised
        return bool(self.added or self.known or self.doubles or more)

    @property
    def changed_anything(self) -> bool:
        """Whether anything was added."""
        is_more = self.days_off or self.promised or any(item.created for item in self.activities)
        return bool(self.added or is_more)


class ImportResult(Struct, frozen=True):
    """What was taken in."""

    is_whole: bool  # whether it was taken over exactly as it was, into a file without any data
    added: int  # entries
    made: Mapping[str, int]  # other rows added, and contacts of whom more is known now
    known: int = 0  # entries that were here already, those deleted since included
    same_activities: tuple[str, ...] = ()  # of the file, here by the same name
    other_settings: tuple[str, ...] = ()  # chosen otherwise in the file; what is here stays
    left_timer: bool = False  # whether a timer ran in the file, which was left out

    @property
    def changed_anything(self) -> bool:
        """Whether anything was added."""
        return bool(self.added or any(self.made.values()))

    @property
    def size(self) -> int:
        """How many rows it adds."""
        return self.added + sum(self.made.values())

    @property
    def words(self) -> str:
        """`12 entries, 2 activities and 1 problem`."""
        return in_words(self.added, self.made)


_NAMES = {
    "activities": ("activity", "activities"),
    "problems": ("problem", "problems"),
    "contacts": ("contact", "contacts"),
    "completed": ("completed contact", "completed contacts"),
    "next_steps": ("next step", "next steps"),
    "call_blocks": ("call block", "call blocks"),
    "days_off": ("range of days off", "ranges of days off"),
    "missed_reasons": ("reason for a missed day", "reasons for missed days"),
    "settings": ("setting", "settings"),
    "timer": ("running timer", "running timers"),
}


def in_words(entries: int, rows: Mapping[str, int]) -> str:
    """How much there is, in words; what only serves other rows is not named."""
    parts = [counted(entries, "entry", "entries")]
    for section, (one, many) in _NAMES.items():
        if number := rows.get(section, 0):
            parts.append(counted(number, one, many))
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last
