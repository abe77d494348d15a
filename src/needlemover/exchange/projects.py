"""The activities of files that only name one in each row, such as projects."""

from collections.abc import Iterable

from ..domain.calls.entry import contact_key
from ..store.imports.imported import ImportedActivity, ImportedEntry
from .records import BadRow


def activities_in(records: Iterable[ImportedEntry | BadRow]) -> tuple[ImportedActivity, ...]:
    """One for each name that entries have, in the order in which they come, promising nothing."""
    return activities_named(
        record.activity
        for record in records
        if isinstance(record, ImportedEntry) and record.activity is not None
    )


def activities_named(names: Iterable[str]) -> tuple[ImportedActivity, ...]:
    """One for each name, in the order in which they come."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(contact_key(name), name)
    return tuple(map(ImportedActivity, found.values()))
