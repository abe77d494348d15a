"""What may go wrong with a file, said in sentences for the user."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import ValidationError
from sqlalchemy.exc import DatabaseError

from ..domain.errors import BusyError, DamagedError, LostFileError, NeedleError
from ..schema import SCHEMA_VERSION

BUSY_TIMEOUT = 5000
"""Milliseconds that opening and copying a file wait for another process that is writing."""
READ_TIMEOUT = 500
"""The same where it is only read, which another process prevents only when it holds the file."""


def not_a_database(path: Path) -> NeedleError:
    """The error of a file that is something else."""
    return NeedleError(f"{path} is not a database. Choose another file.", "another file")


def lost_file(path: Path, *, is_replaced: bool = False) -> LostFileError:
    """The error of a file that was in use and is no longer in its place."""
    what = "has been replaced by another" if is_replaced else "has been deleted or moved"
    return LostFileError(
        f"The data file {path} {what} while it was in use, so nothing was changed. Open it again."
    )


def must_not_be_newer(version: int, path: Path) -> None:
    """Refuse (`NeedleError`) a file of a newer version than this program knows."""
    if version > SCHEMA_VERSION:
        raise NeedleError(
            f"{path} was made by a newer version of Needlemover (data version {version}, this one "
            f"knows {SCHEMA_VERSION}). Update Needlemover; nothing was changed."
        )


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn what the system or the database says into a sentence for the user."""
    try:
        yield
    except DatabaseError as error:
        raise _refusal(path, error.orig or error) from error
    except sqlite3.Error as error:
        raise _refusal(path, error) from error
    except ValidationError as error:
        raise DamagedError(f"{path} holds a value that is not allowed ({error}).") from error
    except UnicodeEncodeError as error:
        raise NeedleError(
            "The text holds signs that are broken and cannot be kept: type it again without them."
        ) from error
    except OSError as error:
        raise NeedleError(f"{path} cannot be used: {error.strerror or error}.") from error


def _refusal(path: Path, error: BaseException) -> NeedleError:
    known = {
        "not a database": not_a_database(path),
        "malformed": DamagedError(f"{path} is damaged; nothing was changed."),
        "locked": BusyError(
            f"Another program holds {path}. Try again when it lets go; nothing was changed."
        ),
        "readonly": NeedleError(
            f"{path} cannot be written to, so nothing was changed. Change its permissions, or "
            "choose another file.",
            "another file",
        ),
        "full": NeedleError(
            f"The disk is full, so nothing was changed in {path}. Make room and try again."
        ),
        "unable to open": NeedleError(
            f"{path} cannot be opened. Look at its permissions, or choose another file.",
            "another file",
        ),
        "disk i/o error": NeedleError(
            f"The disk did not take what was to be written to {path}. Nothing was changed; look "
            "whether it is full or failing."
        ),
        "no such table": DamagedError(f"{path} is damaged: a table is missing."),
        "constraint failed": NeedleError(
            "Something that this change refers to is gone or was changed by another terminal. "
            "Look at the day again; nothing was changed."
        ),
    }
    said = str(error).lower()
    for words, refusal in known.items():
        if words in said:
            return refusal
    return NeedleError(f"{path} could not be used: {error}.")
