"""Did it and forgot to log? Asked once, when a new day begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ...domain.today.snapshot import ActivityDay, MissedDay
from ...store.calls.new_entry import NewEntry
from ...text.format import minutes, short_day, shown
from ...text.parse import parse_count
from ..kit.dialog import KIT
from ..kit.fields import ChoiceField, TextField
from ..kit.form import Form, length_field
from ..kit.lines import cut


class MissedDays(Form[Sequence[NewEntry]]):
    """The missed days with what was due on them."""

    CSS_PATH = [KIT / "dialog.tcss", "missed_days.tcss"]  # noqa: RUF012
    cancel_word = "Nothing to add"

    def __init__(
        self, missed: Sequence[MissedDay], save: Callable[[Sequence[NewEntry]], object]
    ) -> None:
        """Make the dialog.

        Args:
            missed: the days, latest last.
            save: does the command; what it refuses is said in the dialog.
        """
        self._missed = tuple(reversed(missed))
        super().__init__(
            "Did it and forgot to log?",
            self._rows(),
            self._read,
            lambda entries: save(entries) if entries else None,
            hint="Enter saves what you filled in, each on its own day",
        )

    def _rows(self) -> Iterator[Widget]:
        """Latest day first."""
        for place, missed in enumerate(self._missed):
            yield Static(Content(shown(short_day(missed.day))), classes="missed-day")
            for item in missed.activities:
                yield _row(f"_{place}_{item.id}", item)

    def _read(self, **said: Any) -> Sequence[NewEntry]:
        """What was filled in."""
        entries = []
        for place, missed in enumerate(self._missed):
            for item in missed.activities:
                done, seconds, count = (
                    said.get(f"{name}_{place}_{item.id}") for name in ("done", "seconds", "count")
                )
                if done or seconds or count:
                    entries.append(
                        NewEntry(item.id, missed.day, seconds=seconds or 0, count=count or 1)
                    )
        return entries


def _row(key: str, item: ActivityDay) -> Horizontal:
    """One thing that was due on one day."""
    terms = item.terms
    assert terms is not None
    row: list[Widget] = [Static(Content(f"  {cut(item.name, 30)}"), classes="what")]
    if terms.is_plain:
        row.append(
            ChoiceField(f"done{key}", "", [(False, "not done"), (True, "done")], classes="done")
        )
    if terms.seconds is not None:
        row.append(length_field(f"seconds{key}", "", placeholder="minutes", classes="number"))
    if terms.count is not None:
        row.append(
            TextField(
                f"count{key}", read=parse_count, blank=0, placeholder="count", classes="number"
            )
        )
    asked = [minutes(terms.seconds)] if terms.seconds else []
    asked += [str(terms.count)] if terms.count else []
    row.append(Static(Content(", ".join(asked)), classes="hint"))
    return Horizontal(*row, classes="field")
