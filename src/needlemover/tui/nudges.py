"""Says what is due while the terminal is not in front, and keeps the terminal's title."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING

from ..domain.calls.entry import running_seconds
from ..domain.promises.status import Status
from ..text.plain import clock_length, shown

if TYPE_CHECKING:
    from textual.app import App

    from ..clock import Clock
    from ..config import NudgeWays
    from ..domain.today.snapshot import DaySnapshot

SAVE_TITLE, RESTORE_TITLE = "\x1b[22;2t", "\x1b[23;2t"
_END = "\x1b\\"


class Nudges:
    """Looks once a minute, and says each thing once a day, whatever terminal or timer says it."""

    def __init__(self, app: App[None], ways: NudgeWays) -> None:
        self._app, self._ways = app, ways
        self._title = ""
        self._looked_at: datetime | None = None

    def look(self, snapshot: DaySnapshot, now: datetime, clock: Clock, database: str) -> None:
        """Keep the title true; say what has come due, if nobody sees the picture."""
        if self._ways.title:
            title = title_of(snapshot, now, names=self._ways.names)
            if title != self._title:
                self._title = title
                self._write(f"\x1b]2;{title}{_END}")
        minute = now.replace(second=0, microsecond=0)
        if self._app.app_focus or minute == self._looked_at:
            return
        self._looked_at = minute
        from ..domain.today.nudge import nudges  # most of the time somebody looks
        from ..store.said import note_said
        from ..text.today import nudge_words

        found = nudges(snapshot, now, clock.zone())
        nudge = next((it for it in found if note_said(database, snapshot.day, it.key)), None)
        if nudge is None:
            return
        words = shown(nudge_words(nudge, names=self._ways.names))
        is_known = os.environ.get("TERM", "").startswith(("xterm-kitty", "foot"))
        if self._ways.osc99 and (
            is_known or "KITTY_WINDOW_ID" in os.environ or not self._ways.osc9
        ):
            self._pass(f"\x1b]99;;{words}{_END}")
        elif self._ways.osc9:
            self._pass(f"\x1b]9;{words}{_END}")
        if self._ways.bell:
            self._write("\a")

    def _pass(self, sequence: str) -> None:
        """Write it to the terminal, also through tmux, which must be told to let it pass."""
        if "TMUX" in os.environ:
            sequence = "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + _END
        self._write(sequence)

    def _write(self, sequence: str) -> None:
        if self._app._driver is not None:
            self._app._driver.write(sequence)


def title_of(snapshot: DaySnapshot, now: datetime, *, names: bool) -> str:
    """`● 3:12 Acme` while a timer runs, else what is due: `3 of 4 to do`, `day won`."""
    running = snapshot.running
    if running is not None:
        clock = f"● {clock_length(running_seconds(running.started_at, now))}"
        return f"{clock} {shown(running.contact or running.name)}" if names else clock
    if snapshot.status is Status.WON:
        return "day won"
    due = [item for item in snapshot.due if item.due.is_open]
    if not due:
        return "Needlemover"
    return f"{len(due)} of {len(snapshot.due)} to do" + (f": {shown(due[0].name)}" if names else "")
