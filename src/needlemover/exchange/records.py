"""The plain records that every format is read into, beside the store's `ImportedEntry`."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from ..domain.calls.entry import contact_key
from ..domain.errors import NeedleError
from ..store.imports.content import ImportedActivity, ImportedEntry

if TYPE_CHECKING:
    from ..domain.errors import Hint

Item = TypeVar("Item")

FIRST_YEAR = 1900


class BadRow(Struct, frozen=True):
    """A row that cannot be imported."""

    line: int
    """The line of the file on which it begins, the first being 1."""
    why: str
    cells: tuple[str, ...]
    """The row as it stands in the file."""
    hint: "Hint | None" = None


class Flagged(Struct, frozen=True):
    """A row that is imported as it stands, although it looks odd."""

    line: int
    what: str
    """As it follows the line's number."""


class UnreadableError(NeedleError):
    """What a row holds cannot be read; the text says why, as it follows the line's number."""


def entries_of(
    items: Iterable[tuple[int, Item]],
    read: Callable[[int, Item], ImportedEntry | None],
    cells_of: Callable[[Item], tuple[str, ...]],
    place: str = "",
) -> Iterator[ImportedEntry | BadRow]:
    """Read one row after the other, by its line; those that cannot be read come as bad rows.

    The place stands before why, where there are several with lines of their own.
    """
    for line, item in items:
        try:
            entry = read(line, item)
        except UnreadableError as error:
            yield BadRow(line, f"{place}{error}", cells_of(item), error.hint)
        except (ArithmeticError, ValueError):
            why = "it holds a number or a time that cannot be"
            yield BadRow(line, f"{place}{why}", cells_of(item))
        else:
            if entry is not None:
                yield entry


def activities_named(names: Iterable[str]) -> tuple[ImportedActivity, ...]:
    """One for each name, in the order in which they come."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(contact_key(name), name)
    return tuple(map(ImportedActivity, found.values()))
