"""needle serve in headless Chromium, at desktop and phone size; by hand, it takes a minute:

    .venv/bin/pip install -e '.[dev,bench]' && .venv/bin/python -m tests.browser [FOLDER]

In FOLDER it leaves pictures to be looked at. It needs Linux or a Mac, and Chromium.
"""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from needlemover import demo
from needlemover.clock import Clock

from .chromium import PATIENCE, Chromium, Page, chromium, until

DESKTOP, PHONE = (1280, 800), (390, 844)
NEEDLE = (sys.executable, "-m", "needlemover")


def needle(*arguments: str) -> Any:
    """What a command answers in JSON."""
    done = subprocess.run([*NEEDLE, *arguments, "--json"], check=True, capture_output=True)
    return json.loads(done.stdout)


def apps(server: int) -> list[str]:
    """The processes of the apps that run for browsers."""
    found = subprocess.run(["pgrep", "-P", str(server)], capture_output=True, text=True)
    return found.stdout.split()


@contextmanager
def serving() -> Iterator[tuple[str, int]]:
    """The address of a server, and its process; Ctrl+C ends it, with no word and the code 0."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [*NEEDLE, "serve", "--port", str(port)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip(), process.pid
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, said
        assert said.count("\n") == 1, said
    finally:
        process.kill()


async def at_a_desk(browser: Chromium, address: str, pictures: Path | None) -> None:
    page = await browser.open(address, *DESKTOP)
    await page.see("THE LEDGER")  # where the last one was
    await page.type("1")
    await page.see("NON-NEGOTIABLES")
    assert await page.value("document.title") == "Needlemover"
    assert await page.value("location.href") == address.partition("?")[0], "the token stays"
    assert await page.value("getComputedStyle(document.getElementById('keys')).display") == "none"
    await keep(page, pictures, "desktop")
    await page.type("3")
    await page.see("FUNNEL")
    await asyncio.sleep(1)  # where it is, is noted twice a second
    await page.reload()
    await page.see("FUNNEL")
    await page.type("1")
    await page.see("NON-NEGOTIABLES")
    await page.type("←←")
    await page.see("back to today")
    await asyncio.sleep(1)
    await page.reload()
    await page.see("back to today")
    await page.type("tp")
    await page.see("What popped up?")
    await page.type("the printer")
    await page.see("the printer")
    await asyncio.sleep(1)
    await page.reload()
    await page.see("the printer")
    await keep(page, pictures, "desktop-draft")
    await page.type("\r")
    await page.see("Parked “the printer”.")
    assert "the printer" in [it["title"] for it in needle("problems")]
    await page.type("5")
    await page.see("THE BUYER")
    await page.type("o")
    await page.see("In a browser")
    await page.type("1")
    await page.close()


async def in_a_hand(browser: Chromium, address: str, pictures: Path | None) -> None:
    page = await browser.open(address, *PHONE, phone=True)
    await page.see("NON-NEGOTIABLES")
    viewport = await page.value("document.querySelector('meta[name=viewport]').content")
    assert "width=device-width" in viewport
    assert await page.value("document.documentElement.scrollWidth") == PHONE[0], "it is too wide"
    await keep(page, pictures, "phone")
    for key, words in (("2", "STREAKS"), ("4", "LEDGER"), ("5", "buyers"), ("1", "NON-NEG")):
        await page.tap(key)
        await page.see(words)
        if key == "2":
            await keep(page, pictures, "phone-progress")
    await page.tap("c")
    await until(lambda: needle("today")["running"])
    await page.tap("n")
    await page.see("Note on")
    await page.touch(PHONE[0] / 2, 30)  # the line of text has the focus then, and its keyboard
    await page.type("sign-off")
    await keep(page, pictures, "phone-note")
    await page.tap("Esc")
    await until(lambda: "Note on" not in page.text)
    await page.tap("c")
    await keep(page, pictures, "phone-outcome")
    await page.tap("1")
    await until(lambda: needle("today")["running"] is None)
    await page.tap("u")
    await page.tap("c")
    await until(lambda: needle("today")["running"])
    await page.close()


async def side_by_side(browser: Chromium, address: str, server: int) -> None:
    await until(lambda: not apps(server), lambda: "an app outlives its page")
    assert needle("today")["running"], "the timer ended with its page"
    one, other = [await browser.open(address, *DESKTOP) for _ in range(2)]
    await one.see("NON-NEGOTIABLES")
    await other.see("talking")
    await asyncio.sleep(2)  # a page that opens now would have the half-typed form, too
    assert len(apps(server)) == 2
    await one.type("pfrom the first\r")
    await one.type("4")
    await other.type("4")
    await other.see("from the first")
    await one.type("q")
    await until(lambda: len(apps(server)) == 1)
    assert "has ended" in await one.value("document.getElementById('ended').innerText")
    assert not os.path.exists("/proc") or address.partition("=")[2] not in commands()
    stranger = await browser.open("data:text/html,", *DESKTOP)
    socket_of_it = (
        "new Promise(end => { const it = new WebSocket("
        f"'{address.partition('?')[0].replace('http', 'ws')}ws');"
        "it.onopen = () => end('open'); it.onerror = () => end('refused') })"
    )
    assert await stranger.value(socket_of_it) == "refused"
    for page in (one, other, stranger):
        await page.close()


def commands() -> str:
    """The command lines of all processes."""
    return subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout


async def keep(page: Page, pictures: Path | None, name: str) -> None:
    if pictures is not None:
        await page.picture(pictures / f"{name}.png")


async def run(pictures: Path | None) -> None:
    """Try it all, on sample data in a folder of its own."""
    with TemporaryDirectory(prefix="needle-browser-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        os.environ |= {"NEEDLE_DB": str(folder / "demo.db"), "NEEDLE_CONFIG": str(folder / "none")}
        demo.build(folder / "demo.db", Clock())
        with serving() as (address, server):
            async with chromium(folder / "phone", scale=2) as browser:
                await in_a_hand(browser, address, pictures)
            async with chromium(folder / "desk") as browser:
                await side_by_side(browser, address, server)
                await at_a_desk(browser, address, pictures)
    print("All is well in the browser.")


if __name__ == "__main__":
    where = Path(sys.argv[1]) if sys.argv[1:] else None
    if where is not None:
        where.mkdir(parents=True, exist_ok=True)
    asyncio.run(run(where))
