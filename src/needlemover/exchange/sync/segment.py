"""A file of the sync folder: written whole, never touched again, and read only where it is whole.

Its first line says whose it is, its last how many lines stand between and the checksum of all
before. Under its name there is all of it or nothing, but what carries it may bring it bit by bit.
"""

import re
import stat
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from typing import Annotated, BinaryIO, Literal

from msgspec import Meta, MsgspecError, Struct, json

from ...domain.errors import NeedleError
from ...files import written_whole
from ...text.format import counted
from ..files import LARGEST_TABLE, LONGEST_ROW

NAME = re.compile(r"([0-9]{8})-[0-9a-f]{8}\.jsonl")
FORMAT: Literal["needlemover sync"] = "needlemover sync"
VERSION = 1
HELD = 1 << 20  # bytes; a larger file is not held in memory
_AHEAD = timedelta(days=1)  # a clock that is further ahead would win for too long
_CLOCK_BITS = 20  # of a clock, below its milliseconds


class _Mark(Struct, frozen=True):
    """What each version of the format begins with."""

    format: Literal["needlemover sync"]
    version: int


class Header(_Mark, frozen=True):
    """The first line of a file."""

    machine: str
    name: Annotated[str, Meta(max_length=200)]  # of the machine, as its user knows it
    number: Annotated[int, Meta(ge=1, lt=100_000_000)]
    at: Annotated[datetime, Meta(tz=True)]
    clock: Annotated[int, Meta(ge=0, lt=1 << 62)]  # the newest in the file
    snapshot: bool  # everything that the machine had, in the place of its files before


class _Seal(Struct, frozen=True):
    """The last line of a file."""

    lines: int
    sha256: str


def write_segment(folder: Path, header: Header, lines: Iterable[bytes]) -> tuple[str, int]:
    """Write a file that only its owner can read; its name and how many lines it has.

    An `OSError` when it cannot be written; then nothing is left of it.
    """
    name = f"{header.number:08}-{token_hex(4)}.jsonl"
    first, count = json.encode(header) + b"\n", 0
    checksum = sha256(first)
    with written_whole(folder / name) as partial, partial.open("wb") as file:
        file.write(first)
        for count, line in enumerate(lines, start=1):  # noqa: B007
            checksum.update(line + b"\n")
            file.write(line + b"\n")
        file.write(json.encode(_Seal(count, checksum.hexdigest())) + b"\n")
    return name, count


class Segment(Struct, frozen=True):
    """A file that is whole."""

    path: Path
    header: Header
    size: int  # bytes
    content: bytes | None  # None: it is large

    def lines(self) -> Iterator[bytes]:
        """What stands between the first line and the last."""
        with self._opened() as file:
            line, following = file.readline(), file.readline()
            while line := following:
                following = file.readline()
                if following:
                    yield line

    def _opened(self) -> BinaryIO:
        return self.path.open("rb") if self.content is None else BytesIO(self.content)


def open_segment(path: Path, machine: str, now: datetime) -> Segment | None:
    """A file of a machine; None: it is not whole yet, or gone.

    A `NeedleError` whose sentence follows the name of the file: why it is left.
    """
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            raise NeedleError("is not an ordinary file.")
        if found.st_size > LARGEST_TABLE:
            raise NeedleError(f"has more than {LARGEST_TABLE >> 20:,} MB.")
        content = path.read_bytes() if found.st_size <= HELD else None
        with path.open("rb") if content is None else BytesIO(content) as file:
            header = _read_header(file.readline(LONGEST_ROW), machine, now)
            if header is None or not _is_whole(file):
                return None
    except FileNotFoundError:
        return None
    except OSError as error:
        raise NeedleError(f"cannot be read: {error.strerror or error}.") from error
    return Segment(path, header, found.st_size, content)


def _read_header(line: bytes, machine: str, now: datetime) -> Header | None:
    """The first line, checked; None: it has not come."""
    if not line.endswith(b"\n"):
        return None
    try:
        if json.decode(line, type=_Mark).version > VERSION:
            raise NeedleError("is of a newer Needlemover: update this one, then it is taken in.")
        header = json.decode(line, type=Header)
    except (MsgspecError, ValueError, RecursionError) as error:
        raise NeedleError("was not written by Needlemover.") from error
    if header.machine != machine:
        raise NeedleError("stands in the folder of another machine.")
    ahead = timedelta(milliseconds=header.clock >> _CLOCK_BITS) - timedelta(seconds=now.timestamp())
    if ahead > _AHEAD:
        how_far = counted(ahead.days, "day")
        raise NeedleError(f"is from {how_far} ahead: set the clock of that machine right.")
    return header


def _is_whole(file: BinaryIO) -> bool:
    """Whether the last line is there, and fits to all before it."""
    file.seek(0)
    checksum, last, before = sha256(), b"", -1
    while line := file.readline(LONGEST_ROW):
        checksum.update(last)
        last, before = line, before + 1
    try:
        seal = json.decode(last, type=_Seal)
    except (MsgspecError, ValueError, RecursionError):
        return False
    return last.endswith(b"\n") and seal == _Seal(before - 1, checksum.hexdigest())
