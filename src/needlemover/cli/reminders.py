"""needle remind --install and --remove: the system's own timer runs it, where there is one."""

import os
import plistlib
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from ..domain.errors import NeedleError, WrongUsageError
from ..files import written_whole
from ..paths import config_path, database_path
from .line import flag
from .output import say
from .status import show_nudge

_NAME = "needlemover-remind"
_MINUTES = 5  # between two looks
_OSASCRIPT = (
    "osascript -e 'on run argv' "
    "-e 'display notification (item 1 of argv) with title \"Needlemover\"' -e 'end run'"
)


def remind(
    install: Annotated[bool, flag("--install", "Have the system look every 5 minutes.")] = False,
    remove: Annotated[bool, flag("--remove", "Take that away again.")] = False,
) -> int:
    """Say once what is due now. A call or meeting, a start, or the last start in half an hour.

    It only reads, says nothing where nothing is due, and nothing twice. --install sets up a user
    timer of systemd, or of launchd on a Mac, that shows it as a notification.

    Example: needle remind --install
    """
    if install and remove:
        raise WrongUsageError("Give either --install or --remove, not both.")
    if not install and not remove:
        return show_nudge()
    database = str(database_path())
    files, before, after = (_macos if sys.platform == "darwin" else _systemd)(database)
    if remove:
        _run(before)
        gone = [path for path in files if path.exists()]
        for path in gone:
            path.unlink()
        say(f"Removed {_listed(gone)}." if gone else "Nothing was installed.")
        return 0
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(path) as partial:
            partial.write_text(text, encoding="utf-8")
    if failed := _run(after):
        raise NeedleError(f"Written are {_listed(files)}, but this failed: {failed}")
    say(f"Installed: {_listed(files)}. It looks every {_MINUTES} minutes.")
    return 0


Plan = tuple[dict[Path, str], Sequence[Sequence[str]], Sequence[Sequence[str]]]
"""The files with their texts; what is run to stop them, and what to start them."""


def _systemd(database: str) -> Plan:
    if not os.path.isdir("/run/systemd/system"):
        why = "There is neither systemd nor launchd here: have cron or another timer run it."
        raise NeedleError(f"{why} needle help remind shows the lines.")
    folder = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    units = Path(folder) / "systemd" / "user"
    command = _in_unit(_script(database, "notify-send Needlemover"))
    files = {}
    for kind in (".service", ".timer"):
        text = Path(__file__).with_name(f"remind{kind}").read_text(encoding="utf-8")
        files[units / f"{_NAME}{kind}"] = text.format(command=command, minutes=_MINUTES)
    call = ("systemctl", "--user")
    start = ((*call, "daemon-reload"), (*call, "enable", "--now", f"{_NAME}.timer"))
    return files, ((*call, "disable", "--now", f"{_NAME}.timer"),), start


def _in_unit(text: str) -> str:
    """A text as one argument of a unit's command (systemd.service and systemd.syntax)."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    escaped = os.fsencode(escaped).decode(errors="backslashreplace")  # what is no text: \xff
    return '"' + escaped.replace("%", "%%").replace("$", "$$") + '"'


def _macos(database: str) -> Plan:
    path = Path.home() / "Library" / "LaunchAgents" / f"{_NAME}.plist"
    call = ["/bin/sh", "-c", _script(database, _OSASCRIPT)]
    agent = {"Label": _NAME, "ProgramArguments": call, "StartInterval": _MINUTES * 60}
    text = plistlib.dumps(agent).decode()
    domain = f"gui/{os.getuid()}"
    stop = (("launchctl", "bootout", f"{domain}/{_NAME}"),)
    return {path: text}, stop, (("launchctl", "bootstrap", domain, str(path)),)


def _script(database: str, show: str) -> str:
    """A line of shell that shows what there is to say, on the files that are used now."""
    files = ("--db", database, "--config", str(config_path()))
    line = [sys.executable, "-m", "needlemover", *files, "remind"]
    return f'words=$({shlex.join(line)}) && test -n "$words" && {show} "$words" || true'


def _run(commands: Sequence[Sequence[str]]) -> str:
    """Run commands one after the other; what the first that fails says, or nothing."""
    for command in commands:
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
        if done.returncode:
            return done.stderr.strip() or shlex.join(command)
    return ""


def _listed(paths: Sequence[Path] | dict[Path, str]) -> str:
    return " and ".join(map(str, paths))
