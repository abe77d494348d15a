"""needle serve: who is answered, what is said, and an app that comes and goes with its browser.

In a real browser it is tried by hand: python -m tests.browser.
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, WSServerHandshakeError
from aiohttp.test_utils import TestClient, TestServer

from needlemover.cli.browser.server import AppServer
from needlemover.cli.opening import IN_BROWSER

from .conftest import Needle

WRONG_TOKEN = "Open the whole address that needle serve has written, with its token.\n"
WRONG_NAME = "This is not the address that needle serve has written.\n"
WRONG_ORIGIN = "Another page may not use the app.\n"


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the command says to the apps by the environment is taken back."""
    monkeypatch.setenv(IN_BROWSER, "")
    monkeypatch.delenv(IN_BROWSER)


@asynccontextmanager
async def served(folder: Path, host: str = "127.0.0.1") -> AsyncIterator[tuple[Any, str]]:
    """A client of the server, which has no cookie yet, and the token."""
    server = AppServer(host, 8000, folder)
    async with TestClient(TestServer(await server._make_app())) as client:
        yield client, server.token


async def test_the_page_comes_with_the_token_and_then_with_its_cookie(tmp_path: Path) -> None:
    async with served(tmp_path) as (client, token):
        for path in ("/", "/?token=", "/?token=wrong", "/?token=%ff", "/static/js/textual.js"):
            refused = await client.get(path)
            assert (refused.status, await refused.text()) == (403, WRONG_TOKEN)
        page = await client.get("/", params={"token": token})
        text = await page.text()
        assert page.status == 200
        assert "<title>Needlemover</title>" in text
        assert 'name="viewport"' in text
        assert token not in text
        assert page.headers["X-Frame-Options"] == "DENY"
        cookie = page.cookies["needle-8000"]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
        assert (await client.get("/")).status == 200, "it is loaded again"
        assert (await client.get("/static/js/textual.js")).status == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost:8000", 200),
        ("[::1]:8000", 200),
        ("192.168.1.5:8000", 200),
        ("desk.lan:8000", 200),
        ("evil.example:8000", 403),
        ("127.0.0.1.evil.example", 403),
        ("[", 403),
        ("", 403),
    ],
)
async def test_another_name_that_leads_here_is_not_answered(
    tmp_path: Path, host: str, status: int
) -> None:
    async with served(tmp_path, "desk.lan") as (client, token):
        page = await client.get("/", params={"token": token}, headers={"Host": host})
        assert page.status == status
        assert status == 200 or await page.text() == WRONG_NAME


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://127.0.0.1:1", "null", "http://["]
)
async def test_another_page_gets_neither_the_page_nor_the_app(tmp_path: Path, origin: str) -> None:
    async with served(tmp_path) as (client, token):
        await client.get("/", params={"token": token})
        page = await client.get("/", headers={"Origin": origin})
        assert (page.status, await page.text()) == (403, WRONG_ORIGIN)
        for headers in ({"Origin": origin}, {}):
            with pytest.raises(WSServerHandshakeError, match="403"):
                await client.ws_connect("/ws", headers=headers)


async def test_the_app_needs_the_token_also_from_an_own_page(tmp_path: Path) -> None:
    async with served(tmp_path) as (client, _):
        own = {"Origin": str(client.make_url("/")).rstrip("/")}
        with pytest.raises(WSServerHandshakeError, match="403"):
            await client.ws_connect("/ws", headers=own)


async def test_an_app_that_cannot_begin_ends_its_page_and_says_why(
    tmp_path: Path, database: Path
) -> None:
    database.mkdir(parents=True)  # no file can be there
    async with served(tmp_path) as (client, token):
        await client.get("/", params={"token": token})
        own = {"Origin": str(client.make_url("/")).rstrip("/")}
        async with client.ws_connect("/ws", headers=own) as wire:
            while not (await wire.receive(timeout=60)).type.name.startswith("CLOS"):
                pass
        why = await (await client.get("/why")).text()
    assert str(database) in why
    assert "Traceback" not in why


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
async def test_an_app_ends_with_its_browser_and_all_with_ctrl_c_also_one_that_hangs(
    database: Path, begun: None, tmp_path: Path
) -> None:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "needlemover", "--db", str(database), "serve", f"--port={port}"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        address = await asyncio.to_thread(process.stdout.readline)
        start = f"http://127.0.0.1:{port}/"
        assert address.startswith(f"{start}?token=")
        headers = {"Origin": start.rstrip("/"), "Cookie": f"needle-{port}={address.strip()[-32:]}"}
        async with ClientSession(headers=headers) as session:
            for _ in range(100):
                try:
                    wire = await session.ws_connect(f"{start}ws?width=100&height=30")
                    break
                except OSError:
                    await asyncio.sleep(0.1)
            shown = b""
            while b"non-negotiables" not in shown.lower() and b"few things" not in shown:
                shown += (await wire.receive(timeout=60)).data
            assert len(children(process.pid)) == 1
            await wire.close()
            for _ in range(300):
                if not children(process.pid):
                    break
                await asyncio.sleep(0.1)
            assert children(process.pid) == []
            wire = await session.ws_connect(f"{start}ws?width=100&height=30")
            await wire.receive(timeout=60)
            (hanging,) = children(process.pid)
            os.kill(int(hanging), signal.SIGSTOP)
            process.send_signal(signal.SIGINT)
            _, said = await asyncio.to_thread(process.communicate, timeout=40)
        assert (process.returncode, said) == (
            0, "Open it in a browser of this computer alone. Ctrl+C ends it.\n"
        )  # fmt: skip
    finally:
        process.kill()


def test_an_app_that_is_still_opening_ends_when_its_server_is_killed(
    begun: None, tmp_path: Path
) -> None:
    driver = {"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}  # as the server says
    process = subprocess.Popen(
        [sys.executable, "-m", "needlemover"],
        env={**os.environ, **driver, IN_BROWSER: str(tmp_path)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        for pipe in (process.stdin, process.stdout, process.stderr):
            assert pipe is not None
            if pipe is process.stdout:
                assert pipe.read(2000), "it begins to draw"
            pipe.close()
        assert process.wait(60) in (0, 1)
    finally:
        process.kill()


def free_port() -> int:
    """One on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


def children(process: int) -> list[str]:
    """The processes that one has started."""
    found = subprocess.run(["pgrep", "-P", str(process)], capture_output=True, text=True)
    return found.stdout.split()


def test_a_network_is_asked_about_first(needle: Needle) -> None:
    ended = needle("serve", "--host", "0.0.0.0")
    assert (ended.code, ended.out) == (1, "")
    assert ended.is_a_sentence
    assert "unencrypted" in ended.err
    assert "--yes" in ended.err


def test_a_port_that_is_taken_is_said(needle: Needle) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = needle("serve", "--port", str(port))
    assert (ended.code, ended.is_a_sentence) == (1, True)
    assert ended.err == (
        f"Nothing can listen on port {port} of 127.0.0.1 (Address already in use): "
        "give another --port or --host.\n"
    )
    for typed in ("70000", "abc", "0", "", "1e3"):
        ended = needle("serve", "--port", typed)
        assert (ended.code, ended.is_a_sentence) == (2, True)
        assert ended.err.endswith("cannot be read: type a whole number from 1 to 65535.\n")
    assert needle("serve", "--host", "no.such.host.invalid", "--yes").is_a_sentence


def test_without_its_package_it_says_what_installs_it(
    needle: Needle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "needlemover.cli.browser.server")
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    monkeypatch.setitem(sys.modules, "textual_serve.server", None)
    ended = needle("serve")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        f'needle serve needs textual-serve: {sys.executable} -m pip install "textual-serve>=1.1.1" '
        "brings it.\n"
    )
