"""needle where, needle --version: answered without loading anything."""

from .. import __version__
from ..paths import config_path, database_path
from ..text.plain import shown
from .output import give


def show_version() -> int:
    """Write the version."""
    give(f"needle {__version__}")
    return 0


def show_places(database: str | None) -> int:
    """Write where the data and the configuration live, whether or not the files exist yet."""
    give(f"data    {shown(str(database_path(database)))}")
    give(f"config  {shown(str(config_path()))}")
    return 0
