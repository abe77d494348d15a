"""The plain records that every format is read into, beside the store's `ImportedEntry`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be imported."""

    line: int
    """The line of the file on which it begins, the first being 1."""
    why: str
    cells: tuple[str, ...]
    """The row as it stands in the file."""


class UnreadableError(Exception):
    """What a row holds cannot be read; the text says why, as it follows the line's number."""
