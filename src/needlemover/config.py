"""How the app looks and which keys it uses: the TOML file, and NEEDLE_THEME over it.

theme = "needle-light"
[keys]
call = "c"
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_THEME = "needle-dark"


@dataclass(frozen=True, slots=True)
class Look:
    """The look that was chosen."""

    theme: str = DEFAULT_THEME
    keys: Mapping[str, str] = field(default_factory=dict)
    """Other keys for actions, by the action's name; several are parted by commas."""
    problems: tuple[str, ...] = ()
    """What in the file could not be used, a sentence each."""


def read_look(path: Path) -> Look:
    """Read the file; where there is none, or it cannot be read, the look is the usual one."""
    problems: list[str] = []
    found: dict[str, object] = {}
    try:
        if path.exists():
            import tomllib  # seldom needed: few people have such a file

            found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        problems.append(f"{path} could not be read, so the usual look is used: {error}.")
    theme = os.environ.get("NEEDLE_THEME") or found.pop("theme", DEFAULT_THEME)
    if not isinstance(theme, str):
        problems.append("The theme in the config file must be a name in quotes.")
        theme = DEFAULT_THEME
    keys = found.pop("keys", {})
    if not isinstance(keys, dict) or not all(isinstance(key, str) for key in keys.values()):
        problems.append('The keys in the config file must be lines like call = "c".')
        keys = {}
    problems += [f"The config file has an unknown line: {name}." for name in found]
    return Look(theme, keys, tuple(problems))
