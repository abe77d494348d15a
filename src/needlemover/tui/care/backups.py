"""The backups to choose from, and what the checks found."""

from collections.abc import Sequence
from datetime import tzinfo
from textwrap import wrap

from ...domain.errors import NeedleError
from ...store.care.backups import Backup
from ...store.care.checks import Report
from ...text.format import file_size, plain_day, shown
from ..kit.lines import Line
from ..kit.list_dialog import ListDialog, Rows


def backups_dialog(backups: Sequence[Backup], zone: tzinfo) -> ListDialog[Backup]:
    """Lists the backups, newest first; one is chosen to go back to."""

    def line(backup: Backup, number: int) -> Line:
        made = backup.made_at.astimezone(zone)
        when = f"{plain_day(made.date()):<12} {made:%H:%M}  "
        size = f"{file_size(backup.size):>10}"
        return Line(((when, "text"), (backup.kind.value, "muted")), ((size, "muted"),), number)

    def take(place: int) -> Backup:
        if not backups:
            raise NeedleError("There is no backup to go back to yet: make one from the palette.")
        return backups[place]

    lines = [line(backup, number) for number, backup in enumerate(backups)]
    none = Line((("There is none yet: the first is made within a day.", "muted"),))
    entries = Rows(lines or [none], id="entries")
    hint = "Enter goes back; the present data become a backup first · Esc closes"
    return ListDialog("Go back to a backup", entries, hint=hint, take=take)


def check_dialog(report: Report) -> ListDialog[None]:
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
