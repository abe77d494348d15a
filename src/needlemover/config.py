"""How the app looks and which keys it uses: the TOML file, and NEEDLE_THEME over it.

theme = "needle-light"   # "auto", or no line: light or dark as the terminal is
[keys]
call = "c"
[nudge]
names = true
"""

import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, ValidationError, convert

from .domain.errors import NeedleError

_LARGEST = 1 << 20  # bytes
AUTO = "auto"  # light or dark, as the terminal is


class NudgeWays(Struct, frozen=True, forbid_unknown_fields=True):
    """How the app says that something is due while its terminal is not in front."""

    osc9: bool = True  # by the sequence that most terminals know
    osc99: bool = True  # by that of kitty and others; who knows both is sent this one
    bell: bool = True
    title: bool = True  # the running call, else what is due, in the terminal's title
    names: bool = False  # whether buyers and activities are named in nudges and the title


class Config(Struct, frozen=True):
    """What was chosen."""

    theme: str = AUTO
    keys: Mapping[str, str] = {}  # by an action's name, other keys for it, parted by commas
    nudge: NudgeWays = NudgeWays()
    problems: tuple[str, ...] = ()  # what in the file could not be used, a sentence each
    path: Path | None = None  # the file; None: nothing is kept


def read_config(path: Path) -> Config:
    """Read the file; where there is none, or it cannot be read, the app looks as usual."""
    problems: list[str] = []
    found: dict[str, object] = {}
    try:
        if path.exists():
            import tomllib  # seldom needed: few people have such a file

            found = tomllib.loads(_text_of(path))
    except (OSError, ValueError, RecursionError) as error:
        problems.append(f"{path} could not be read, so the usual look is used: {error}.")
    theme = os.environ.get("NEEDLE_THEME") or found.pop("theme", AUTO)
    if not isinstance(theme, str):
        problems.append("The theme in the config file must be a name in quotes.")
        theme = AUTO
    keys = found.pop("keys", {})
    if not isinstance(keys, dict) or not all(
        isinstance(key, str) and key.isprintable() for key in keys.values()
    ):
        problems.append('The keys in the config file must be lines like call = "c".')
        keys = {}
    nudge = NudgeWays()
    try:
        nudge = convert(found.pop("nudge", {}), NudgeWays)
    except ValidationError:
        names = " ".join(NudgeWays.__struct_fields__)
        problems.append(f"Under [nudge] in the config file stand true or false for: {names}.")
    if found:
        more = f" and {len(found) - 1:,} more" if len(found) > 1 else ""
        problems.append(f"The config file has an unknown line: {min(found)}{more}. It is kept.")
    return Config(theme, keys, nudge, tuple(problems), path)


def _text_of(path: Path) -> str:
    """What the file holds; an `OSError` or `ValueError` when it cannot be read or is no file."""
    if not path.is_file():
        raise ValueError("it is not a file")
    with path.open("rb") as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ValueError("it is far larger than such a file is")
    return content.decode()


def write_config(before: Config, config: Config) -> None:
    """Write what is new, every other line stays; a `NeedleError` where the file stays as it was."""
    if (path := config.path) is None:
        return
    import tomlkit  # seldom needed

    from .files import alone_in, make_folder, written_whole

    try:
        make_folder(path.parent)
        with alone_in(path.parent):
            document = tomlkit.parse(_text_of(path) if path.exists() else "")
            for (table, key), value in sorted(_lines(config).items() - _lines(before).items()):
                lines = document.setdefault(table, tomlkit.table()) if table else document
                lines[key] = value
            mode = path.stat().st_mode & 0o777 if path.exists() else 0o600
            with written_whole(path) as partial:
                partial.write_text(tomlkit.dumps(document), encoding="utf-8", newline="")
            path.chmod(mode)
    except (OSError, ValueError, TypeError, RecursionError) as error:
        why = f"It could not be kept in {path}: {getattr(error, 'strerror', '') or error}."
        raise NeedleError(why) from error


def _lines(config: Config) -> dict[tuple[str, str], str | bool]:
    """What can be written, by its table (that of the theme has no name) and its key."""
    keys = {("keys", name): key for name, key in config.keys.items()}
    nudge = {("nudge", name): getattr(config.nudge, name) for name in NudgeWays.__struct_fields__}
    return {("", "theme"): config.theme, **nudge, **keys}
