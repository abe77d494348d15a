"""A timer that was left alone, or ran longer than a call: what is true?"""

from collections.abc import Iterable
from datetime import datetime
from enum import Enum, auto
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ...domain.calls.entry import Running
from ...domain.day import local_day
from ...domain.errors import WrongUsageError
from ...domain.settings import Moment
from ...text.format import clock_time, minutes, short_day, shown
from ...text.parse.days import parse_time
from ..kit.dialog import Dialog, button
from ..kit.fields import TextField, TextInput


class Fate(Enum):
    """What becomes of a timer that did not end at another time."""

    KEEP = auto()
    DISCARD = auto()


class RecoveryDialog(Dialog[datetime | Fate]):
    """Asks when the timer ended, or what else becomes of it, and answers that."""

    save_word = ""
    cancel_word = "Ask me later"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "keep", "Keep all", show=False),
        Binding("2", "last_seen", "Last seen", show=False),
        Binding("3", "type_end", "Type the end", show=False),
        Binding("4", "discard", "Discard", show=False),
    ]

    def __init__(self, running: Running, last_seen: datetime | None, moment: Moment) -> None:
        super().__init__()
        self._timer, self._last_seen, self._moment = running, last_seen, moment
        length = minutes(int((moment.now - running.started_at).total_seconds()))
        who = shown(running.contact or running.name)
        self.title_text = f"{who} has been running for {length}"

    def fields(self) -> Iterable[Widget]:
        running = self._timer
        text = f"Started {self._clock(running.started_at)}."
        if self._last_seen is not None:
            text += f" Last seen {self._clock(self._last_seen)}."
        yield Static(Content(text), classes="note")
        yield button("1  Keep all of it: it is going on", "keep")
        if self._last_seen is not None:
            yield button(f"2  It ended when last seen, {self._clock(self._last_seen)}", "last_seen")
        yield TextField("end", "3  It ended at", placeholder="15:40, then Enter")
        yield button("4  Discard it: log nothing", "discard")

    def _clock(self, moment: datetime) -> str:
        local = moment.astimezone(self._moment.zone)
        day = local_day(moment, self._moment.zone, self._moment.starts_at)
        words = clock_time(local.time())
        return words if day == self._moment.today else f"{short_day(day)} {words}"

    def action_keep(self) -> None:
        self.dismiss(Fate.KEEP)

    def action_last_seen(self) -> None:
        if self._last_seen is not None:
            self.dismiss(self._last_seen)

    def action_type_end(self) -> None:
        self.query_one("#end").focus()

    def action_discard(self) -> None:
        self.dismiss(Fate.DISCARD)

    def accept(self) -> datetime:
        """The end that was typed, within the day on which it started or today."""
        typed = parse_time(self.query_one("#end", TextInput).typed)
        moment, start = self._moment, self._timer.started_at
        for day in (self._timer.day, moment.today):
            end = moment.at(day, typed)
            if start <= end <= moment.now:
                return end
        raise WrongUsageError("The end lies between the start and now: type such a time.")
