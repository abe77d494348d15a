"""Tries the wheel that users get: builds it, installs it into a fresh venv, opens the app with it.

The venv sees the packages of this one, so that nothing else is fetched. Needs Linux or a Mac.
Run with: .venv/bin/python tests/wheel.py
"""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import sysconfig
import termios
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")
PATIENCE = 60  # seconds


def installed(folder: Path) -> Path:
    """The program needle, installed into a venv of its own in the folder."""
    build = ("wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, ROOT)
    subprocess.run([*PIP, *build], check=True)
    (wheel,) = folder.glob("*.whl")
    venv = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    python = venv / "bin" / "python"
    own = sysconfig.get_path("purelib", "venv", {"base": str(venv), "platbase": str(venv)})
    # Not an editable install of this checkout: a path that is named here is only searched.
    Path(own, "packages.pth").write_text(sysconfig.get_path("purelib") + "\n")
    subprocess.run([*PIP, "--python", python, "install", "-q", "--no-deps", wheel], check=True)
    where = [str(python), "-c", "import needlemover; print(needlemover.__file__)"]
    assert output(*where).startswith(str(venv)), "it is not the wheel that runs"
    return venv / "bin" / "needle"


def output(*line: str) -> str:
    """What a command writes."""
    return subprocess.run(line, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def open_demo(needle: Path) -> None:
    """Open the app on the sample data in a terminal, and leave it when it is drawn."""
    child, terminal = pty.fork()
    if not child:
        os.execv(needle, [str(needle), "demo"])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    written, end, is_drawn = b"", time.monotonic() + PATIENCE, False
    while time.monotonic() < end:
        try:
            if select.select([terminal], [], [], 0.1)[0]:
                written += os.read(terminal, 1 << 16)
        except OSError:  # it has ended
            break
        if not is_drawn and b"NON-NEGOTIABLES" in written:
            is_drawn = True
            os.write(terminal, b"q")
    _, status = os.waitpid(child, 0)
    assert is_drawn, written[-2000:].decode(errors="replace")
    assert os.waitstatus_to_exitcode(status) == 0


def main() -> None:
    """Try what a user does first."""
    with TemporaryDirectory(prefix="needle-wheel-") as name:
        folder = Path(name)
        needle = installed(folder)
        os.environ |= {"NEEDLE_DB": str(folder / "needle.db"), "TERM": "xterm-256color"}
        os.environ.pop("PYTHONPATH", None)
        open_demo(needle)
        output(str(needle), "activity", "add", "Film one video", "--days", "daily")
        assert "Film one video" in output(str(needle), "today")
        assert "needlemover.db" in output(str(needle), "help", "files")
    print("The wheel installs, opens the demo, and answers.")


if __name__ == "__main__":
    main()
