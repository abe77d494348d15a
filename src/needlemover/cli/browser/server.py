"""The server of textual-serve, which only answers who has its token, on a page of our own."""

import asyncio
import ipaddress
import logging
import os
import secrets
import shlex
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.server import Server

from ..opening import IN_BROWSER, WHY

_APP = [sys.executable, "-m", "needlemover"]
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}


class AppServer(Server):
    """Runs the app for each browser that comes with the token, until Ctrl+C."""

    def __init__(self, host: str, port: int, folder: Path) -> None:
        """Take where to listen, and a folder for what the apps keep."""
        # Without exec a shell may stand between, and its end is not that of the app.
        posix, windows = f"exec {shlex.join(_APP)}", subprocess.list2cmdline(_APP)
        command = windows if sys.platform == "win32" else posix
        super().__init__(command, host, port, "Needlemover", templates_path=Path(__file__).parent)
        self.token = secrets.token_urlsafe(24)
        # Cookies know no ports: two servers on one computer must not take each other's away.
        self._cookie = f"needle-{port}"
        self._why = folder / WHY
        self._apps: dict[AppService, asyncio.Task[None]] = {}
        os.environ[IN_BROWSER] = str(folder)  # the apps take it from there

    def initialize_logging(self) -> None:
        """Write no request down, for the token stands in one, and no traceback."""
        if "NEEDLE_DEBUG" not in os.environ:
            logging.disable()

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard)
        app.router.add_get("/why", self._say_why)
        return app

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing: needle serve has said where to go."""

    async def on_shutdown(self, app: web.Application) -> None:
        """End the apps, also one that hangs, which would be waited for."""
        ends = [asyncio.create_task(each.stop()) for each in self._apps]
        if ends:
            await asyncio.wait(self._apps.values(), timeout=5)
        for process in filter(None, (each._process for each in self._apps)):
            process.kill()

    async def _process_messages(self, websocket: web.WebSocketResponse, app: AppService) -> None:
        self._why.unlink(missing_ok=True)
        self._apps[app] = asyncio.create_task(self._see_off(websocket, app))
        await super()._process_messages(websocket, app)

    async def _see_off(self, websocket: web.WebSocketResponse, app: AppService) -> None:
        """End the page with its app, also where that could not begin."""
        assert app._process is not None  # it was started
        await app._process.wait()
        await websocket.close()
        self._apps.pop(app)

    async def _say_why(self, request: web.Request) -> web.Response:
        """Why the app has just ended, where it was not left."""
        return web.Response(text=self._why.read_text("utf-8") if self._why.exists() else "")

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Answer only who has the token, asks by an own name, and comes from an own page."""
        if why := self._refusal(request):
            return web.Response(status=403, text=f"{why}\n", headers=_HEADERS)
        response = await handler(request)
        if not response.prepared:
            response.headers.update(_HEADERS)
            if "token" in request.query:
                response.set_cookie(self._cookie, self.token, httponly=True, samesite="Strict")
        return response

    def _refusal(self, request: web.Request) -> str:
        """Why a request is not answered; empty where it is."""
        is_own, place, origin = False, "", request.headers.get("Origin", "")
        with suppress(ValueError):
            name = urlsplit(f"//{request.host}").hostname or ""
            # Whom another name belongs to may have it lead here; a number leads nowhere else.
            is_own = name in ("localhost", self.host.lower()) or bool(ipaddress.ip_address(name))
            place = urlsplit(origin).netloc
        if not is_own:
            return "This is not the address that needle serve has written."
        # Each browser says it with a websocket, where another page could open one.
        if (origin or request.path == "/ws") and place != request.host:
            return "Another page may not use the app."
        given = request.query.get("token") or request.cookies.get(self._cookie, "")
        if not secrets.compare_digest(given.encode("utf-8", "replace"), self.token.encode()):
            return "Open the whole address that needle serve has written, with its token."
        return ""
