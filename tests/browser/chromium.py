"""A headless Chromium, driven through its remote debugging, and pages in it on `needle serve`."""

import asyncio
import base64
import itertools
import os
import subprocess
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from shutil import which
from typing import Any

import pyte
from aiohttp import ClientSession, ClientWebSocketResponse

PATIENCE = 30  # seconds
PROGRAM = which("chromium") or which("chromium-browser") or which("google-chrome") or "chromium"
_WIDEST, _HIGHEST = 300, 120
_NAMED = {"\r": ("Enter", 13), "←": ("ArrowLeft", 37)}


class Page:
    """A page of the app: what its terminal shows is drawn here as well, from what it is sent."""

    def __init__(self, wire: ClientWebSocketResponse) -> None:
        self._wire, self._numbers = wire, itertools.count(1)
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._clear()
        self._reader = asyncio.create_task(self._read())

    def _clear(self) -> None:
        self._screen = pyte.Screen(_WIDEST, _HIGHEST)
        self._stream = pyte.ByteStream(self._screen)

    async def _read(self) -> None:
        async for message in self._wire:
            told = message.json()
            if "id" in told:
                self._answers.pop(told["id"]).set_result(told)
            elif told["method"] == "Network.webSocketCreated":
                self._clear()
            elif told["method"] == "Network.webSocketFrameReceived":
                frame = told["params"]["response"]
                if frame["opcode"] == 2:
                    self._stream.feed(base64.b64decode(frame["payloadData"]))

    async def do(self, method: str, **parameters: Any) -> Any:
        """One command of the protocol, and its answer."""
        number = next(self._numbers)
        self._answers[number] = answer = asyncio.get_running_loop().create_future()
        await self._wire.send_json({"id": number, "method": method, "params": parameters})
        told = await asyncio.wait_for(answer, PATIENCE)
        assert "error" not in told, told
        return told["result"]

    async def value(self, script: str) -> Any:
        """What a line of JavaScript comes to in the page."""
        told = await self.do(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        return told["result"].get("value")

    async def resize(self, width: int, height: int, *, phone: bool) -> None:
        """Make it so many pixels, with a mouse, or as a phone with a touch screen."""
        await self.do(
            "Emulation.setDeviceMetricsOverride", width=width, height=height,
            deviceScaleFactor=0, mobile=phone,
        )  # fmt: skip
        await self.do("Emulation.setTouchEmulationEnabled", enabled=phone)

    async def go_to(self, address: str) -> None:
        await self.do("Page.navigate", url=address)

    async def reload(self) -> None:
        """Load it anew, and wait for another connection."""
        before = self._screen
        await self.do("Page.reload")
        await until(lambda: self._screen is not before)

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    async def see(self, words: str) -> None:
        """Wait until the terminal shows some words."""
        await until(lambda: words in self.text, lambda: f"“{words}” is not in\n{self.text}")

    async def type(self, text: str) -> None:
        """Type on a keyboard, which goes to what has the focus."""
        for sign in text:
            name, code = _NAMED.get(sign, (sign, 0))
            pressed = {"key": name, "windowsVirtualKeyCode": code}
            typed = {"text": sign} if len(name) == 1 or sign == "\r" else {}
            await self.do("Input.dispatchKeyEvent", type="keyDown", **pressed, **typed)
            await self.do("Input.dispatchKeyEvent", type="keyUp", **pressed)

    async def tap(self, key: str) -> None:
        """Tap on a key of the row for thumbs."""
        script = "[...document.querySelectorAll('#keys button')].map(it => it.textContent)"
        place = (await self.value(script)).index(key)
        box = f"document.querySelectorAll('#keys button')[{place}].getBoundingClientRect()"
        await self.touch(
            *await self.value(f"[{box}.x + {box}.width / 2, {box}.y + {box}.height / 2]")
        )

    async def touch(self, x: float, y: float) -> None:
        """Touch a place of the page."""
        await self.do("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        await self.do("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    async def picture(self, path: Path) -> None:
        """Keep what the page looks like, to be looked at."""
        await asyncio.sleep(1)
        path.write_bytes(base64.b64decode((await self.do("Page.captureScreenshot"))["data"]))

    async def close(self) -> None:
        await self.do("Page.close")
        self._reader.cancel()
        await self._wire.close()


async def until(
    is_so: Callable[[], object], why: Callable[[], str] = lambda: "it did not come"
) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, why()
        await asyncio.sleep(0.1)


class Chromium:
    """The browser, which opens pages."""

    def __init__(self, session: ClientSession, port: int) -> None:
        self._session, self._at = session, f"http://127.0.0.1:{port}"

    async def open(self, address: str, width: int, height: int, *, phone: bool = False) -> Page:
        """Open a page of so many pixels at an address."""
        async with self._session.put(f"{self._at}/json/new?about:blank") as answer:
            target = await answer.json()
        page = Page(await self._session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0))
        for domain in ("Page", "Network", "Runtime"):
            await page.do(f"{domain}.enable")
        await page.resize(width, height, phone=phone)
        await page.go_to(address)
        return page


@asynccontextmanager
async def chromium(folder: Path, *, scale: int = 1) -> AsyncIterator[Chromium]:
    """Start the browser, on so fine a screen, with a profile in the folder, and end it."""
    process = subprocess.Popen(
        [
            PROGRAM, "--headless=new", "--no-sandbox", "--disable-gpu", "--mute-audio",
            "--no-first-run", f"--force-device-scale-factor={scale}",
            "--remote-debugging-port=0", f"--user-data-dir={folder}",
        ],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(folder)},
    )  # fmt: skip
    try:
        told = folder / "DevToolsActivePort"
        await until(lambda: told.exists() and told.read_text().strip())
        async with ClientSession() as session:
            yield Chromium(session, int(told.read_text().split()[0]))
    finally:
        process.terminate()
        process.wait(PATIENCE)
