"""Did it and forgot to log? Asked once, when a new day begins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ...domain.today.snapshot import ActivityDay, MissedDay
from ...store.calls.new_entry import NewEntry
from ...text.format import minutes, short_day, shown
from ...text.parse import parse_count, parse_seconds
from ..kit.dialog import KIT, Dialog
from ..kit.fields import Choice, TextField
from ..kit.lines import cut


def _number(name: str) -> TextField:
    field = TextField(placeholder=name)
    field.add_class(name)
    return field


class _Row(Horizontal):
    """One thing that was due on one day."""

    def __init__(self, day: date, item: ActivityDay) -> None:
        super().__init__(classes="field")
        self.day = day
        self.item = item

    def compose(self) -> ComposeResult:
        terms = self.item.terms
        assert terms is not None
        yield Static(Content(f"  {cut(self.item.name, 30)}"), classes="what")
        if terms.is_plain:
            yield Choice([(False, "not done"), (True, "done")])
        if terms.seconds is not None:
            yield _number("minutes")
        if terms.count is not None:
            yield _number("count")
        asked = [minutes(terms.seconds)] if terms.seconds else []
        asked += [str(terms.count)] if terms.count else []
        yield Static(Content(", ".join(asked)), classes="hint")

    def entry(self) -> NewEntry | None:
        """What was told; None: nothing."""
        if any(choice.value for choice in self.query(Choice)):
            return NewEntry(self.item.id, self.day)
        texts = dict.fromkeys(("minutes", "count"), "")
        for field in self.query(TextField):
            name = "minutes" if field.has_class("minutes") else "count"
            texts[name] = field.typed.strip()
        if not any(texts.values()):
            return None
        seconds = parse_seconds(texts["minutes"]) if texts["minutes"] else 0
        count = parse_count(texts["count"]) if texts["count"] else 1
        return NewEntry(self.item.id, self.day, seconds=seconds, count=count)


class MissedDays(Dialog[bool]):
    """The missed days with what was due on them."""

    CSS_PATH = [KIT / "dialog.tcss", "missed_days.tcss"]  # noqa: RUF012
    AUTO_FOCUS = "_Row Choice, _Row TextField"
    cancel_word = "Nothing to add"
    title_text = "Did it and forgot to log?"
    hint_text = "Enter saves what you filled in, each on its own day"

    def __init__(
        self, missed: Sequence[MissedDay], save: Callable[[Sequence[NewEntry]], Any]
    ) -> None:
        super().__init__()
        self._missed = missed
        self._save = save

    def fields(self) -> Iterable[Widget]:
        """Latest day first."""
        for missed in reversed(self._missed):
            yield Static(Content(shown(short_day(missed.day))), classes="missed-day")
            for item in missed.activities:
                yield _Row(missed.day, item)

    def accept(self) -> bool:
        """What was filled in."""
        entries = [entry for row in self.query(_Row) if (entry := row.entry()) is not None]
        if entries:
            self._save(entries)
        return True
