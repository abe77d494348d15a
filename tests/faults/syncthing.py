"""Two real Syncthing daemons on loopback addresses, with a link between them that can be cut."""

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

_KEY = "needle"
_CONFIG = """<configuration version="36">
<folder id="needle" path="{folder}" type="sendreceive" rescanIntervalS="3600"
    fsWatcherEnabled="true" fsWatcherDelayS="1">{all}</folder>
{devices}
<gui enabled="true"><address>{address}:8399</address><apikey>{key}</apikey></gui>
<options>
<listenAddress>tcp://{address}:22099</listenAddress>
<globalAnnounceEnabled>false</globalAnnounceEnabled>
<localAnnounceEnabled>false</localAnnounceEnabled>
<relaysEnabled>false</relaysEnabled><natEnabled>false</natEnabled>
<startBrowser>false</startBrowser><urAccepted>-1</urAccepted>
<crashReportingEnabled>false</crashReportingEnabled>
<autoUpgradeIntervalH>0</autoUpgradeIntervalH>
<reconnectionIntervalS>1</reconnectionIntervalS>
</options>
</configuration>
"""


@dataclass
class Daemon:
    """A daemon that carries a folder."""

    home: Path
    folder: Path
    address: str
    device: str = ""
    process: subprocess.Popen[bytes] | None = None

    def ask(self, what: str, *, post: bool = False) -> dict[str, object]:
        """What its interface answers."""
        request = Request(
            f"http://{self.address}:8399/rest/{what}",
            headers={"X-API-Key": _KEY},
            method="POST" if post else "GET",
        )
        with urlopen(request, timeout=10) as answer:
            text = answer.read()
        return json.loads(text) if text else {}

    def answers(self) -> bool:
        """Whether it has begun."""
        with suppress(URLError, OSError):
            return self.ask("system/ping") == {"ping": "pong"}
        return False

    def is_connected(self) -> bool:
        """Whether the other one is at the other end."""
        links = self.ask("system/connections")["connections"]
        return any(link["connected"] for link in links.values())


def until(is_so: Callable[[], bool], what: str, seconds: float = 60) -> float:
    """Wait for something; how many seconds it took."""
    begun = time.monotonic()
    while not is_so():
        if time.monotonic() - begun > seconds:
            raise TimeoutError(f"{what} did not come within {seconds:g} s")
        time.sleep(0.05)
    return time.monotonic() - begun


class Link:
    """What is between the two."""

    def __init__(self, daemons: tuple[Daemon, Daemon]) -> None:
        self.daemons = daemons

    def cut(self) -> None:
        """No byte goes over it from now on."""
        for daemon in self.daemons:
            daemon.ask("system/pause", post=True)
        until(lambda: not any(it.is_connected() for it in self.daemons), "the end of the link")

    def mend(self) -> None:
        """It is there again."""
        for daemon in self.daemons:
            daemon.ask("system/resume", post=True)
        until(lambda: all(it.is_connected() for it in self.daemons), "the link")


@contextmanager
def two_daemons(place: Path) -> Iterator[Link]:
    """Two daemons that carry one folder between them: `place`/1/shared and `place`/2/shared."""
    daemons = tuple(
        Daemon(place / str(it) / "syncthing", place / str(it) / "shared", f"127.0.0.{it + 1}")
        for it in (1, 2)
    )
    for it in daemons:
        it.folder.mkdir(parents=True)
        run = ["syncthing", "generate", "--no-default-folder", f"--home={it.home}"]
        subprocess.run(run, check=True, capture_output=True)
        named = subprocess.run(
            ["syncthing", "--device-id", f"--home={it.home}"],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        it.device = named.stdout.strip()
    devices = "\n".join(
        f'<device id="{it.device}"><address>tcp://{it.address}:22099</address></device>'
        for it in daemons
    )
    every = "".join(f'<device id="{it.device}"></device>' for it in daemons)
    try:
        for it in daemons:
            (it.folder / ".stfolder").mkdir()
            (it.home / "config.xml").write_text(
                _CONFIG.format(
                    folder=it.folder, all=every, devices=devices, address=it.address, key=_KEY
                )
            )
            it.process = subprocess.Popen(
                ["syncthing", "serve", "--no-browser", "--no-restart", f"--home={it.home}"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        for it in daemons:
            until(it.answers, "a daemon")
        link = Link((daemons[0], daemons[1]))
        until(lambda: all(it.is_connected() for it in daemons), "the link")
        yield link
    finally:
        for it in daemons:
            if it.process is not None:
                it.process.terminate()
                it.process.wait()
