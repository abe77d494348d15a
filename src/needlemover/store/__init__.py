"""The data: the only code that knows the database."""

from .entries import Logged
from .imports import Imported, ImportedEntry
from .new_entry import NewEntry
from .store import Store

__all__ = ["Imported", "ImportedEntry", "Logged", "NewEntry", "Store"]
