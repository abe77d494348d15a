"""needle serve: the app in a browser, of this computer or of a phone beside it."""

import socket
import sys
import tempfile
from pathlib import Path
from typing import Annotated

from ..domain.errors import NeedleError
from ..text.parse.values import parse_count
from .line import flag, option
from .output import give, say

_SEES = (
    "Names, phone numbers and notes travel unencrypted there, and who reads the address on its way "
    "can do in the app what you can"
)
_Host = Annotated[str, option("ADDRESS", "Of which network: 0.0.0.0 is each of this computer.")]
_Port = Annotated[str, option("PORT", "The usual is 8000.")]


def serve(
    host: _Host = "127.0.0.1",
    port: _Port = "8000",
    yes: Annotated[bool, flag("--yes", "Others in that network may read along.")] = False,
) -> None:
    """Open the app in a browser. With --host also in one of a phone in the network.

    Example: needle serve
    """
    number = parse_count(port, most=65535)
    is_alone = host in ("127.0.0.1", "localhost", "::1")
    if not is_alone and not yes:
        raise NeedleError(f"--host opens the app to the local network. {_SEES}: add --yes if so.")
    try:
        from .browser.server import AppServer
    except ModuleNotFoundError as error:
        install = f'{sys.executable} -m pip install "textual-serve>=1.1.1"'
        raise NeedleError(f"needle serve needs textual-serve: {install} brings it.") from error
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        socket.create_server((host, number), family=family).close()
    except OSError as error:
        reason = str(error.strerror).partition(" (while")[0]  # Python tells the address, too
        why = f"Nothing can listen on port {number} of {host} ({reason})"
        raise NeedleError(f"{why}: give another --port or --host.") from error
    with tempfile.TemporaryDirectory(prefix="needle-serve-", ignore_cleanup_errors=True) as folder:
        server = AppServer(host, number, Path(folder))
        name = _own_address() if host in ("", "0.0.0.0", "::") else host
        give(f"http://{f'[{name}]' if ':' in name else name}:{number}/?token={server.token}")
        sys.stdout.flush()
        who = "this computer alone" if is_alone else "the local network"
        say(f"Open it in a browser of {who}. Ctrl+C ends it.{'' if is_alone else f' {_SEES}.'}")
        server.serve()


def _own_address() -> str:
    """The address by which the local network knows this computer; nothing is sent for it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))
        except OSError:  # there is no network
            return "127.0.0.1"
        return str(asked.getsockname()[0])
