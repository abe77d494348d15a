"""The app in a browser, which may go away at any time: it opens again where it was left."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, cast

from msgspec import DecodeError, Struct, json
from msgspec.structs import replace
from textual.app import App
from textual.drivers.web_driver import WebDriver
from textual.messages import ExitApp

from .kit.fields import Field, TextInput
from .kit.form import Form
from .kit.view import View
from .today.screen import TodayScreen
from .turns import Host

_OFTEN = 0.5  # seconds between two looks at where the app is
# What only asks, so that it can be asked again; `next` while a call runs.
_ASKS = ("app.ask('park')", "app.ask('settings')", "log", "add", "edit", "money", "off", "goal")


class PageDriver(WebDriver):
    """Draws on the page by way of the server; when that is killed, the app ends.

    The library's would fail while it opens, and then neither end nor go on.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        """Write to the server, or nowhere when it is gone."""
        super().__init__(*args, **options)
        send = self._write

        def write(data: bytes) -> int:
            with suppress(OSError):
                send(data)
            return len(data)

        self._write = write  # type: ignore[assignment]

    def run_input_thread(self) -> None:
        super().run_input_thread()
        self._app.post_message(ExitApp())


class Left(Struct, frozen=True):
    """Where a browser left the app."""

    theme: str = ""
    view: str = "today"
    day: date | None = None  # that Today shows; None: today
    asked_by: str = ""  # the action that opened the form in front
    form: str = ""  # its title; empty: nothing is typed in one
    typed: Mapping[str, tuple[str | int, str | int]] = {}
    """By its fields, what stood in each at first and what stands there now."""


class Returning:
    """Keeps where the app is, and brings it there when a browser comes again."""

    def __init__(self, app: App[None], folder: str) -> None:
        """Take the app, and the folder that the server has made for what is kept."""
        self._app, self._host, self._path = app, cast("Host", app), Path(folder, "left.json")
        self._left = Left()

    def begin(self) -> None:
        """Go where the app was left, and keep where it goes from there."""
        with suppress(OSError, DecodeError):
            self._left = left = json.decode(self._path.read_bytes(), type=Left)
            self._app.theme = left.theme
            self._host.show_view("today", left.day)
            self._host.show_view(left.view)
            if left.form:
                self._app.call_after_refresh(self._ask_again, left)
        self._app.set_interval(_OFTEN, self._look)

    async def _ask_again(self, left: Left) -> None:
        front = self._app.screen
        is_talking = isinstance(front, TodayScreen) and front.snapshot.is_talking
        if left.asked_by in _ASKS or (left.asked_by == "next" and is_talking):
            await front.run_action(left.asked_by)
        self._app.call_after_refresh(self._type_again, left)

    def _type_again(self, left: Left) -> None:
        """Type what stood there, if the same is asked; else say it, so that it is not lost."""
        form, view = self._app.screen, cast("View[Any]", self._app.screen_stack[0])
        asked = {field.key: field.asked for field in form.query(Field)}
        if (
            getattr(form, "title_text", "") == left.form
            and asked.keys() == left.typed.keys()
            and all(asked[key].first in texts for key, texts in left.typed.items())
        ):
            for key, (_, now) in left.typed.items():
                setattr(asked[key], _held_as(asked[key]), now)
            return
        if isinstance(form, Form):
            form.dismiss(None)
        typed = (now for first, now in left.typed.values() if now != first)
        said = ", ".join(f"“{text}”" for text in typed if isinstance(text, str))
        view.say(f"{left.form}: {said} was not saved when the browser went away.", stays=True)

    def _look(self) -> None:
        if not self._app.is_running:
            return  # its screens are being taken away
        today, *_ = self._app.get_screen_stack("today")
        form = self._app.screen
        day = today.shown if isinstance(today, TodayScreen) else None
        left = Left(self._app.theme, self._app.current_mode, day)
        if isinstance(form, Form) and form.changed:
            asked = {field.key: field.asked for field in form.query(Field)}
            typed = {key: (it.first, getattr(it, _held_as(it))) for key, it in asked.items()}
            left = replace(left, asked_by=self._host.asked_by, form=form.title_text, typed=typed)
        if left != self._left:
            self._left = left
            with suppress(OSError):
                partial = self._path.with_suffix(f".{os.getpid()}")
                partial.write_bytes(json.encode(left))
                partial.replace(self._path)


def _held_as(asked: object) -> str:
    return "value" if isinstance(asked, TextInput) else "cursor"
