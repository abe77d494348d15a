"""The log of a day, in whose place the question comes up how a call ended."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual import events

from ...domain.calls.entry import Outcome
from ..kit.lines import Line, cut
from .day_log import DayLog
from .outcomes import OUTCOMES, ROWS, TALKED, outcome_at, outcome_lines

_MOVES = {"up": -1, "k": -1, "down": 1, "j": 1, "left": -ROWS, "h": -ROWS, "right": ROWS}
_MORE = {"w": "contact", "tab": "contact", "dollar_sign": "amount", "n": "note"}


class AskingLog(DayLog):
    """The log, and at every hang-up the eight outcomes.

    They stand where the call is going to stand. A widget of their own that comes and goes would
    have the whole screen laid out anew, twice a call.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._about = ""
        self._place = TALKED
        self._answer: asyncio.Future[Outcome | str | None] | None = None

    @property
    def is_asking(self) -> bool:
        """Whether it waits for an answer."""
        return self._answer is not None

    async def ask(self, about: str) -> Outcome | str | None:
        """Ask how a call ended.

        Args:
            about: what is asked about.

        Returns:
            The outcome; the name of a field that is to be filled in as well; None: not now.
        """
        self._about = about
        self._place = TALKED
        self._answer = asyncio.get_running_loop().create_future()
        self._show_what_it_is()
        try:
            return await self._answer
        finally:
            self._answer = None
            if self.is_attached:
                self._show_what_it_is()

    def answer_with(self, key: str) -> None:
        """What a key says to the question."""
        if key.isdecimal() and 1 <= int(key) <= len(OUTCOMES):
            self._settle(OUTCOMES[int(key) - 1])
        elif key == "enter":
            self._settle(OUTCOMES[self._place])
        elif key in ("escape", "backspace"):
            self._settle(None)
        elif key in _MORE:
            self._settle(_MORE[key])
        elif key in _MOVES:
            self._place = (self._place + _MOVES[key]) % len(OUTCOMES)
            self._show_what_it_is()

    def _settle(self, answer: Outcome | str | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(answer)

    def _show_what_it_is(self) -> None:
        if self.is_asking:
            self.border_title = "[$accent]HOW DID IT END?[/]"
            self.border_subtitle = (
                f"Enter {OUTCOMES[self._place].words} · w who · $ money · n note · Esc back"
            )
        else:
            self.show_titles()
        self.lay_out()

    def show_titles(self) -> None:
        """The day's titles, when nothing is asked."""
        if not self.is_asking:
            super().show_titles()

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """The entries, or the outcomes in their place."""
        if not self.is_asking:
            return super().lines(width, height)
        rows = self._rows(height)
        about = [Line(((f" {cut(self._about, width - 1)}", "strong"),))]
        return [*(about if height > rows else ()), *outcome_lines(self._place, width, rows)]

    def _rows(self, height: int) -> int:
        return ROWS if height >= ROWS else 2

    def on_click(self, event: events.Click) -> None:
        """A click on an outcome is the answer."""
        if not self.is_asking:
            super().on_click(event)
            return
        width, height = self.size
        rows = self._rows(height)
        offset = event.get_content_offset(self)
        if offset is not None:
            place = outcome_at(offset.x, offset.y - (height > rows), width, rows)
            if place is not None:
                self._settle(OUTCOMES[place])
