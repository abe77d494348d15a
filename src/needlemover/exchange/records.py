"""The plain records that every format is read into, beside the store's `ImportedEntry`."""

from msgspec import Struct

LONGEST_NOTE = 10_000
"""Characters, as of a note that is typed."""


class BadRow(Struct, frozen=True):
    """A row that cannot be imported."""

    line: int
    """The line of the file on which it begins, the first being 1."""
    why: str
    cells: tuple[str, ...]
    """The row as it stands in the file."""


class Flagged(Struct, frozen=True):
    """A row that is imported as it stands, although it looks odd."""

    line: int
    what: str
    """As it follows the line's number."""


class UnreadableError(Exception):
    """What a row holds cannot be read; the text says why, as it follows the line's number."""
