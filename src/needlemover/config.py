"""How the app looks and which keys it uses: the TOML file, and NEEDLE_THEME over it.

theme = "needle-light"
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
DEFAULT_THEME = "needle-dark"


class NudgeWays(Struct, frozen=True, forbid_unknown_fields=True):
    """How the app says that something is due while its terminal is not in front."""

    osc9: bool = True
    """By the sequence that most terminals know."""
    osc99: bool = True
    """By that of kitty and others; who knows both is sent this one."""
    bell: bool = True
    title: bool = True
    """The running call, else what is due, in the terminal's title."""
    names: bool = False
    """Whether the names of buyers and activities are said in nudges and the title."""


class Config(Struct, frozen=True):
    """What was chosen."""

    theme: str = DEFAULT_THEME
    keys: Mapping[str, str] = {}  # by an action's name, other keys for it, parted by commas
    nudge: NudgeWays = NudgeWays()
    problems: tuple[str, ...] = ()  # what in the file could not be used, a sentence each


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
    theme = os.environ.get("NEEDLE_THEME") or found.pop("theme", DEFAULT_THEME)
    if not isinstance(theme, str):
        problems.append("The theme in the config file must be a name in quotes.")
        theme = DEFAULT_THEME
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
    return Config(theme, keys, nudge, tuple(problems))


def _text_of(path: Path) -> str:
    """What the file holds; an `OSError` or `ValueError` when it cannot be read or is no file."""
    if not path.is_file():
        raise ValueError("it is not a file")
    with path.open("rb") as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ValueError("it is far larger than such a file is")
    return content.decode()


def write_theme(path: Path, theme: str) -> None:
    """Write the theme, every other line stays; a `NeedleError` where the file stays as it was."""
    from .files import make_folder, written_whole  # seldom needed

    try:
        text = _with_theme(_text_of(path) if path.exists() else "", theme)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o600
        make_folder(path.parent)
        with written_whole(path) as partial:
            partial.write_text(text, encoding="utf-8", newline="")
        path.chmod(mode)
    except (OSError, ValueError, RecursionError) as error:
        why = f"The theme could not be kept in {path}: {getattr(error, 'strerror', '') or error}."
        raise NeedleError(why) from error


def _with_theme(text: str, theme: str) -> str:
    import json
    import re
    import tomllib

    before = tomllib.loads(text)
    line = f"theme = {json.dumps(theme)}"
    # Behind the head of a table it would be the theme of that table.
    table = re.search(r"^\s*\[", text, re.MULTILINE)
    head, rest = (text[: table.start()], text[table.start() :]) if table else (text, "")
    theme_line = re.compile(r"^[ \t]*theme[ \t]*=[^\r\n]*", re.MULTILINE)
    head, many = theme_line.subn(lambda _: line, head, count=1)
    if not many:
        head = f"{line}\n{head}"
    if tomllib.loads(head + rest) != {**before, "theme": theme}:
        raise ValueError("its theme is not on a line of its own")
    return head + rest
