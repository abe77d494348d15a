"""What an import of exported data did."""

from collections.abc import Mapping

from msgspec import Struct

from ...text.format import counted


class ImportResult(Struct, frozen=True):
    """What was taken in."""

    is_whole: bool
    """Whether it was taken over exactly as it was, into a file without any data."""
    added: int
    """Entries."""
    made: Mapping[str, int]
    """Rows of the other sections that were added, and contacts of whom more is known now."""
    known: int = 0
    """Entries that were here already, those deleted since included."""
    same_activities: tuple[str, ...] = ()
    """Those of the file that go by their name to one that is here."""
    other_settings: tuple[str, ...] = ()
    """Those that are chosen otherwise in the file; what is here stays."""
    left_timer: bool = False
    """Whether a timer ran in the file, which was left out."""

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
