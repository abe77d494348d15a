"""What a file brings, read into plain records, and what an import made of it."""

from datetime import date, datetime

from msgspec import Struct

from ...domain.calls.entry import Outcome
from ...domain.promises.commitment import Terms


class ImportedEntry(Struct, frozen=True):
    """A row of somebody's file, read."""

    row: str
    """The row as it stands in the file, before any mapping."""
    day: date
    row_id: str | None = None
    """What the file itself calls the row."""
    started_at: datetime | None = None
    utc_offset: int | None = None
    seconds: int = 0
    outcome: Outcome | None = None
    contact: str = ""
    amount: int | None = None
    note: str = ""
    activity: str | None = None
    """Its activity's name in the file; None: the file knows no activities."""
    count: int = 1
    is_tick: bool = False
    """Whether it only says that it was done; it then is not a call, whatever its activity."""


class ImportedActivity(Struct, frozen=True):
    """An activity of somebody's file, with what was promised for it there."""

    name: str
    terms: Terms | None = None
    """None: nothing, or nothing that can be promised here."""
    start: date | None = None
    """The first day of the promise; None: today."""
    put_away: date | None = None
    """The first day on which it is archived."""


class ImportedDayOff(Struct, frozen=True):
    """Days off of one activity of somebody's file."""

    activity: str
    start: date
    end: date
    reason: str = ""


class ActivitySummary(Struct, frozen=True):
    """What became of an activity of a file."""

    name: str
    """In the file."""
    into: str
    """Here."""
    created: bool
    terms: Terms | None
    """What the file promises for it."""
    added: int
    """Entries."""


class ImportSummary(Struct, frozen=True):
    """What an import did."""

    activity: str
    """Where the entries went; where a file knows activities of its own: empty."""
    added: int
    known: int
    """Rows that had been imported before, those deleted since included."""
    created_activity: bool
    without_outcome: int = 0
    """Those added to a sales activity that name no outcome; they count as talked."""
    activities: tuple[ActivitySummary, ...] = ()
    """Of a file that knows activities, those that it adds something to, as the file has them."""
    days_off: int = 0
    """Days, each of one activity, that were added."""
    days_off_known: int = 0

    @property
    def holds_anything(self) -> bool:
        """Whether any row of the file could be read."""
        days_off = self.days_off or self.days_off_known
        return bool(self.added or self.known or days_off or self.activities)

    @property
    def changed_anything(self) -> bool:
        """Whether anything was added."""
        return bool(self.added or self.days_off or any(item.created for item in self.activities))
