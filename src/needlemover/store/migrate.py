"""Brings a file of an older version up to this one, with a checked copy first.

Imported only when a file is behind, because alembic is slow to import.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from ..clock import SystemClock
from ..domain.errors import NeedleError
from ..schema import SCHEMA_VERSION
from .backups import Backups
from .whole_file import copy_checked

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
        version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    backups = Backups(database.path, SystemClock())
    copy_checked(database.path, backups.before_version(SCHEMA_VERSION, version))
    config = configuration()
    try:
        with database.writing() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            _nothing_refers_to_what_is_gone(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    except NeedleError:
        raise
    except Exception as error:  # whatever a step does wrong, the user is told in a sentence
        raise NeedleError(
            f"{database.path} could not be brought up to this version ({error}). It was not "
            "changed: use the version before, and tell us."
        ) from error


def _nothing_refers_to_what_is_gone(connection: Connection) -> None:
    """End the transaction of steps that lost rows which others refer to."""
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if lost is not None:
        raise ValueError(f"row {lost[1]} of {lost[0]} refers to nothing")
