"""The rows that could not be imported, in a file of their own beside the one they came from."""

import csv
import shutil
from collections.abc import Sequence
from itertools import chain, count, zip_longest
from pathlib import Path
from tempfile import SpooledTemporaryFile

from ...domain.errors import NeedleError
from ...files import written_whole
from ..reading import BadRow

LISTED = 20
FIRST_COLUMNS = ("line", "why")  # of the file; those that it came from follow
_KEPT_IN_MEMORY = 1 << 20


class Rejects:
    """Collects bad rows: the first of them to be listed, all of them for the file."""

    def __init__(self, columns: Sequence[str], delimiter: str) -> None:
        self.count = 0
        self.first: list[BadRow] = []
        self._spool = SpooledTemporaryFile(  # noqa: SIM115
            _KEPT_IN_MEMORY, "w+", encoding="utf-8", newline=""
        )
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
            try:
                return self._save_in(folder, path.name)
            except OSError:
                continue
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
