"""Brings a file of an older version up to this one, with a checked copy beside it first.

Imported only when a file is behind, because alembic is slow to import.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config

from ..domain.errors import NeedleError
from ..schema import SCHEMA_VERSION

if TYPE_CHECKING:
    from .database import Database


def configuration() -> Config:
    """Where alembic finds the steps."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def migrate(database: Database) -> None:
    """Run every step that the file lacks, in one transaction.

    Raises:
        NeedleError: when the copy or a step fails; the file is then as it was.
    """
    with database.reading() as connection:
        version = connection.exec_driver_sql("PRAGMA user_version").scalar()
    copy_beside(database.path, f"before-version-{SCHEMA_VERSION}-from-{version}")
    config = configuration()
    try:
        with database.writing() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    except NeedleError:
        raise
    except Exception as error:  # whatever a step does wrong, the user is told in a sentence
        raise NeedleError(
            f"{database.path} could not be brought up to this version ({error}). It was not "
            "changed: use the version before, and tell us."
        ) from error


def copy_beside(path: Path, name: str) -> Path:
    """Copy the file with the database's own backup and check the copy.

    Raises:
        NeedleError: when the copy is not sound.
    """
    target = path.with_name(f"{path.stem}-{name}{path.suffix}")
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    source, copy = sqlite3.connect(path), sqlite3.connect(partial)
    try:
        source.backup(copy)
        sound = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    finally:
        source.close()
        copy.close()
    if not sound:
        raise NeedleError(f"{path} is damaged, so it was not brought up to this version.")
    partial.replace(target)
    return target
