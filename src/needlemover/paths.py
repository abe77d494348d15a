"""Where things live. Nothing is made or read when this is imported."""

import os
from pathlib import Path


def database_path(chosen: str | os.PathLike[str] | None = None) -> Path:
    """The data file: the one chosen, else the one NEEDLE_DB names, else the user's own."""
    named = chosen or os.environ.get("NEEDLE_DB")
    if named:
        return Path(named).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_data_dir("needlemover", appauthor=False)) / "needlemover.db"


def config_path() -> Path:
    """The file that says how the app looks."""
    named = os.environ.get("NEEDLE_CONFIG")
    if named:
        return Path(named).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_config_dir("needlemover", appauthor=False)) / "config.toml"
