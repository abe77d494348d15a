"""What is asked of a format, and what it answers: plain records, and the rows that are bad."""

import csv
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import chain, count, zip_longest
from pathlib import Path
from tempfile import SpooledTemporaryFile

from msgspec import Struct, field

from ..domain.calls.entry import contact_key
from ..domain.errors import Hint, NeedleError
from ..domain.settings import Moment
from ..files import written_whole
from ..store.imports.content import ImportedActivity, ImportedDayOff, ImportedEntry, ImportedStep
from ..text.format import long_day, quoted
from ..text.parse.values import LONGEST_NAME, LONGEST_NOTE
from .call_map import CallMap, Pair, Preview
from .files import Item

FIRST_YEAR = 1900
LISTED = 20
FIRST_COLUMNS = ("line", "why")  # of the file; those that it came from follow


class BadRow(Struct, frozen=True):
    """A row that cannot be imported."""

    line: int  # the line of the file on which it begins, the first being 1
    why: str
    cells: tuple[str, ...]  # the row as it stands in the file
    hint: Hint | None = None


Flagged = tuple[int, str]
"""The line of a row that is imported although it looks odd, and how, as it follows the line."""


class UnreadableError(NeedleError):
    """What a row holds cannot be read; the text says why, as it follows the line's number."""


def unreadable(text: str, why: str, hint: Hint | None = None) -> UnreadableError:
    """The error that says what is wrong with a text of a row."""
    return UnreadableError(f"{quoted(text)} {why}", hint)


def entries_of(
    items: Iterable[tuple[int, Item]],
    read: Callable[[int, Item], ImportedEntry | None],
    cells_of: Callable[[Item], tuple[str, ...]],
    place: str = "",
) -> Iterator[ImportedEntry | BadRow]:
    """Read row after row, by its line; one that cannot be is a bad row, its place before why."""
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


Records = Iterable[ImportedEntry | BadRow]


class Request(Struct, frozen=True):
    """A file that is to be read, and how."""

    path: Path
    moment: Moment  # now; times without a zone are of its zone, and money is of its currency
    calls: CallMap = field(default_factory=CallMap)
    format_name: str | None = None  # None: found out from the content
    is_piped: bool = False  # a copy of what can be read once; nothing is kept beside it
    activity: str | None = None  # where all of it goes, whatever the file calls its own
    activity_names: Sequence[str] = ()  # those that are here
    remembered: Mapping[str, Sequence[Pair]] = {}  # what was answered before, by the header's key

    def activity_of(self, name: str) -> str | None:
        """What a name stands for; None: to be left out. An empty or long one is unreadable."""
        name = " ".join(name.split())
        said = self.calls.values.get("activity", {}).get(name.casefold())
        if said is not None and not said:
            return None
        meant = name
        if said:  # the beginning of a name of one that is here, or a new name
            key = contact_key(said)
            here = [each for each in self.activity_names if contact_key(each).startswith(key)]
            meant = here[0] if len(here) == 1 else said
        if not meant:
            raise UnreadableError("it does not name an activity")
        if len(meant) > LONGEST_NAME:
            raise UnreadableError(f"the name is longer than {LONGEST_NAME:,} characters")
        return meant

    def past_day(self, text: str) -> date:
        """A day in ISO 8601 that is not still to come; anything else is unreadable."""
        day = iso_day(text)
        self.must_be_past(day)
        return day

    def must_be_past(self, day: date) -> None:
        """Refuse a day that is still to come as unreadable."""
        if day > self.moment.today:
            raise UnreadableError(f"{long_day(day)} is still to come")


class Reading(Struct):
    """What a file brings."""

    source: str  # whose file it is, unless said otherwise
    columns: Sequence[str]  # of the file of bad rows
    said: list[str]  # sentences: how it is read, and what cannot be carried over
    records: Records = ()
    activities: Sequence[ImportedActivity] = ()
    days_off: Sequence[ImportedDayOff] = ()
    promised: Sequence[ImportedStep] = ()
    hints: list[Hint] = field(default_factory=list)  # what could be read otherwise
    # These two are complete when all records were read.
    flags: Callable[[], list[Flagged]] = list
    left_out: Counter[str] = field(default_factory=Counter)  # rows left out, by what they are
    row_word: str = "line"
    delimiter: str = ","
    can_be_corrected: bool = False  # whether the file of bad rows can be imported itself
    header: str = ""  # the key of its columns, under which answers are remembered; empty: none are
    preview: Preview | None = None  # of a table
    size: int = 0  # bytes; 0: it has been read already
    bytes_read: Callable[[], int] = lambda: 0

    def name_activities(self, names: Iterable[str]) -> None:
        """One for each name, in the order in which they come."""
        found: dict[str, str] = {}
        for name in names:
            found.setdefault(contact_key(name), name)
        self.activities = tuple(ImportedActivity(name, is_listed=False) for name in found.values())

    def leave_out(self, name: str, rows: int = 1) -> None:
        """Count rows of an activity that is to be left out."""
        self.left_out[f"what is of {quoted(name)}, as you said"] += rows


def iso_day(text: str) -> date:
    """A day in ISO 8601; anything else is unreadable."""
    with suppress(ValueError):
        return date.fromisoformat(text.strip())
    raise unreadable(text, "is not a date like 2026-11-24")


def note_of(*parts: str) -> str:
    """Parts of a note as one; one that is too long is unreadable."""
    note = " · ".join(part.strip() for part in parts if part.strip())
    if len(note) > LONGEST_NOTE:
        raise UnreadableError(f"the note is longer than {LONGEST_NOTE:,} characters")
    return note


class Rejects:
    """Collects bad rows: the first of them to be listed, all of them for the file."""

    def __init__(self, columns: Sequence[str], delimiter: str) -> None:
        self.count = 0
        self.first: list[BadRow] = []
        self._spool = SpooledTemporaryFile(1 << 20, "w+", encoding="utf-8", newline="")  # noqa: SIM115
        self._writer = csv.writer(self._spool, delimiter=delimiter)
        self._writer.writerow([*FIRST_COLUMNS, *columns])

    def close(self) -> None:
        """Let go of what was collected."""
        self._spool.close()

    def add(self, bad: BadRow) -> None:
        """Take in a bad row, unless the disk is full."""
        self.count += 1
        if len(self.first) < LISTED:
            self.first.append(bad)
        try:
            self._writer.writerow([bad.line, bad.why, *bad.cells])
        except OSError as error:
            why = f"The bad rows could not be kept: {error.strerror or error}. Nothing was changed."
            raise NeedleError(why) from error

    def save(self, path: Path) -> Path | None:
        """Write the file beside the input, or else into the current folder; None: in neither."""
        for folder in (path.parent, Path()):
            with suppress(OSError):
                return self._save_in(folder, path.name)
        return None

    def _save_in(self, folder: Path, name: str) -> Path:
        endings = chain([""], map("-{}".format, count(2)))
        targets = (folder / f"{name}.rejects{ending}.csv" for ending in endings)
        # One that is there already is kept: it may have been corrected by hand.
        target = next(path for path in targets if not path.exists() or self._is_content_of(path))
        if target.exists():
            return target
        self._spool.seek(0)
        with (
            written_whole(target, replaces=False) as partial,
            partial.open("w", encoding="utf-8", newline="") as file,
        ):
            shutil.copyfileobj(self._spool, file)
        return target

    def _is_content_of(self, target: Path) -> bool:
        self._spool.seek(0)
        with target.open(encoding="utf-8", newline="", errors="replace") as file:
            return all(ours == theirs for ours, theirs in zip_longest(self._spool, file))
