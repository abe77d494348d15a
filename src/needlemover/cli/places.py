"""needle where, needle --version: answered without loading anything."""

from .. import __version__
from ..paths import backup_folder, config_path, database_path
from ..text.plain import shown
from .output import give


def show_version() -> int:
    """Write the version."""
    give(f"needle {__version__}")
    return 0


def show_places(database: str | None) -> int:
    """Write where everything lives, whether or not it exists yet."""
    give(f"data    {shown(str(database_path(database)))}")
    give(f"config  {shown(str(config_path()))}")
    give(f"backups {shown(str(backup_folder(database_path(database))))}")
    return 0
