"""A file that is written as a whole: under its name there is all of it, or what was before."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ...domain.errors import NeedleError
from ...text.format import shown


def must_be_free(path: Path, *, force: bool, data: Path) -> None:
    """Make sure that a file may be written there.

    Args:
        path: where.
        force: whether an ordinary file that is there may be written over.
        data: the data file itself, which never may.

    Raises:
        NeedleError: when it may not.
    """
    name = shown(str(path))
    if path.is_dir():
        raise NeedleError(f"{name} is a folder: give the name of a file in it.")
    if not path.parent.is_dir():
        raise NeedleError(f"There is no folder {shown(str(path.parent))}: make it first.")
    if not path.exists():
        return
    with suppress(OSError):
        beside = [data, *(data.with_name(data.name + end) for end in ("-wal", "-shm"))]
        if any(other.exists() and path.samefile(other) for other in beside):
            raise NeedleError(f"{name} holds your data: give another name.")
    if not path.is_file():
        raise NeedleError(f"{name} is no ordinary file: for standard output type - instead.")
    if not force:
        raise NeedleError(f"{name} is there already: choose another name, or add --force.")


@contextmanager
def written_whole(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """A file, readable by its owner only, that gets its name when all of it is on the disk.

    Raises:
        NeedleError: when it cannot be written; then nothing is left of it.
    """
    path = path.resolve()
    try:
        handle, name = tempfile.mkstemp(".partial", ".needle-", path.parent)
        partial = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            _name(partial, path, force=force)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise NeedleError(
            f"{shown(str(path))} cannot be written: {error.strerror or error}. Make room, or "
            "choose another place."
        ) from error


def _name(partial: Path, path: Path, *, force: bool) -> None:
    """Give a file its name; without force never that of another, whoever was faster."""
    if not force:
        try:
            os.link(partial, path)
            return
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            pass
    partial.replace(path)
