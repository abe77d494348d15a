"""The backups to choose from, and what the checks found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from textwrap import wrap
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from ...domain.errors import NeedleError
from ...store.care.backups import Backup
from ...store.care.checks import Report
from ...text.format import file_size, plain_day, shown
from ..kit.dialog import Dialog
from ..kit.lines import Line
from ..kit.list_dialog import LIST_KEYS, ListDialog, Rows


class BackupsScreen(Dialog[Backup]):
    """Lists the backups, newest first; one is chosen to go back to."""

    DEFAULT_CLASSES = "-list"
    save_word = ""
    title_text = "Go back to a backup"
    hint_text = "Enter goes back; the present data become a backup first · Esc closes"
    BINDINGS: ClassVar[list[BindingType]] = [*LIST_KEYS]

    def __init__(self, backups: Sequence[Backup], zone: tzinfo) -> None:
        super().__init__()
        self._backups = backups
        self._zone = zone

    def fields(self) -> Iterable[Widget]:
        found = [self._line(item, number) for number, item in enumerate(self._backups)]
        none = Line((("There is none yet: the first is made within a day.", "muted"),))
        yield Rows(found or [none], id="entries")

    def _line(self, backup: Backup, number: int) -> Line:
        made = backup.made_at.astimezone(self._zone)
        when = f"{plain_day(made.date()):<12} {made:%H:%M}  "
        size = f"{file_size(backup.size):>10}"
        return Line(((when, "text"), (backup.kind.value, "muted")), ((size, "muted"),), number)

    def accept(self) -> Backup:
        """The backup under the cursor."""
        if not self._backups:
            raise NeedleError("There is no backup to go back to yet: make one from the palette.")
        return self._backups[self.query_one(Rows).cursor]

    def on_panel_picked(self) -> None:
        """A second click chooses."""
        self.action_save()


def check_dialog(report: Report) -> ListDialog:
    """What each check found, what is wrong first."""
    found: list[Line] = []
    for item in sorted(report.found, key=lambda item: not item.sentences):
        sign = ("! ", "bad") if item.sentences else ("✓ ", "good")
        found.append(Line((sign, (item.name, "text")), (), len(found)))
        for sentence in item.sentences:
            for part in wrap(shown(sentence), 66):
                found.append(Line((("    ", "text"), (part, "muted")), (), len(found)))
    title = f"All is well: {len(report.found)} checks"
    if report.wrong:
        title = f"{len(report.wrong)} of {len(report.found)} checks found something wrong"
    return ListDialog(title, Rows(found, id="entries"), hint="Esc closes")
