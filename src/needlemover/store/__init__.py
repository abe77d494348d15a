"""The data: the only code that knows the database."""

from .entries import Logged, NewEntry
from .imports import Imported, ImportedEntry
from .store import Store

__all__ = ["Imported", "ImportedEntry", "Logged", "NewEntry", "Store"]
