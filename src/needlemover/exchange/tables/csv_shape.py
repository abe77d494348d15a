"""How a CSV file is written: whether it is text at all, its encoding, and its delimiter."""

import codecs
import csv
import io
from collections.abc import Collection
from pathlib import Path

from ..text_file import no_text

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 1 << 16
_BLOCK = 1 << 20


def encoding_of(path: Path) -> str:
    """UTF-8 where all of the file can be that, UTF-16 where it says so, else Windows-1252.

    Raises:
        NeedleError: when it is none of these.
    """
    with path.open("rb") as file:
        start = file.read(2)
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    for encoding in ("utf-8-sig", "cp1252"):
        if _can_be(path, encoding):
            return encoding
    raise no_text(path)


def _can_be(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def sample_of(path: Path, encoding: str) -> str:
    """The first rows of a file, whole.

    Raises:
        NeedleError: when they are no text.
    """
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(_SAMPLE)
        if len(sample) == _SAMPLE:
            sample = sample[: sample.rfind("\n") + 1] or sample
    if "\0" in sample.lstrip().partition("\n")[0]:
        raise no_text(path)
    return sample


def delimiter_of(sample: str, known: Collection[str]) -> str:
    """The delimiter that gives the most rows as many cells as the header.

    One that shows columns which are expected goes before all others.
    """
    expected = {name.casefold() for name in known}

    def fitness(delimiter: str) -> tuple[int, bool, float, int]:
        found = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        rows = [row for row in found if row]
        if not rows:
            return 0, False, 0, 0
        header = {cell.strip().casefold() for cell in rows[0]}
        width = len(rows[0])
        alike = sum(len(row) == width for row in rows) / len(rows)
        return len(header & expected), width > 1, alike, width

    return max(DELIMITERS, key=fitness)
