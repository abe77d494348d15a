"""A text file that is read as a whole."""

from pathlib import Path

from ..domain.errors import NeedleError
from ..text.format import shown
from .csv_shape import file_errors, must_be_a_file

LARGEST = 64 << 20
"""Bytes. No diary of one person comes near it."""


def read_text(path: Path) -> str:
    """All of a file in UTF-8.

    Raises:
        NeedleError: when it cannot be read, is no text, or is far too large for what it should be.
    """
    with file_errors(path):
        must_be_a_file(path)
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise NeedleError(
                f"{shown(path.name)} is larger than {LARGEST >> 20} MB, which no such file is: "
                "take a part of it."
            )
        return content.decode("utf-8-sig")


def numbered_lines(text: str) -> list[tuple[int, str]]:
    """The lines of a text that are not blank, with their numbers."""
    lines = enumerate(text.split("\n"), start=1)
    return [(number, line.rstrip("\r")) for number, line in lines if line.strip()]
