"""Where things live. Nothing is made or read when this is imported."""

import os
import sys

TYPE_CHECKING = False  # the one of `typing` would load it
if TYPE_CHECKING:
    from pathlib import Path


def database_path(chosen: str | os.PathLike[str] | None = None) -> "Path":
    """The data file: the one chosen, else the one NEEDLE_DB names, else the user's own."""
    from pathlib import Path

    return Path(database_name(chosen))


def database_name(chosen: str | os.PathLike[str] | None = None) -> str:
    """The same as text: a command for a prompt has no time to load paths."""
    if named := chosen or os.environ.get("NEEDLE_DB"):
        path = os.path.expanduser(named)
        return path if os.path.isabs(path) else os.path.join(os.getcwd(), path)
    return os.path.join(_folder("data", ".local/share"), "needlemover.db")


def _folder(kind: str, usual: str) -> str:
    """Where platformdirs says; not asked where all its versions say the same."""
    home, chosen = os.environ.get("HOME", ""), os.environ.get(f"XDG_{kind.upper()}_HOME", "")
    if sys.platform == "linux" and os.path.isabs(home) and "ANDROID_ROOT" not in os.environ:
        if not chosen:
            return os.path.join(home, usual, "needlemover")
        if os.path.isabs(chosen):
            return os.path.join(chosen, "needlemover")
    if sys.platform == "darwin" and os.path.isabs(home) and not chosen:
        return os.path.join(home, "Library/Application Support/needlemover")
    import platformdirs

    asked = platformdirs.user_data_dir if kind == "data" else platformdirs.user_config_dir
    return asked("needlemover", appauthor=False)


def config_path() -> "Path":
    """The file that says how the app looks."""
    from pathlib import Path

    if named := os.environ.get("NEEDLE_CONFIG"):
        return Path(os.path.expanduser(named)).absolute()
    return Path(_folder("config", ".config")) / "config.toml"


def backup_folder(database: "Path") -> "Path":
    """Where the backups of a data file are, and the copies made before it is changed as a whole."""
    return database.parent / "backups"
