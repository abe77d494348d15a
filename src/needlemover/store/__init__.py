"""The data: the only code that knows the database."""

from .entries import Logged
from .imported import Imported, ImportedActivity, ImportedDayOff, ImportedEntry
from .new_entry import NewEntry
from .store import Store

__all__ = [
    "Imported",
    "ImportedActivity",
    "ImportedDayOff",
    "ImportedEntry",
    "Logged",
    "NewEntry",
    "Store",
]
