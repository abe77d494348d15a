"""What is asked about all data: history, backups, an export, a broken or a lost file."""

import asyncio
import os
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from textual.content import Content
from textual.widgets import Static

from ...clock import Clock
from ...domain.errors import DamagedError, LostFileError, NeedleError
from ...store.care.backups import Backup, Backups
from ...store.care.checks import Report, run_checks
from ...store.care.data_file import copy_of_open
from ...store.care.salvage import save_readable
from ...store.store import Store
from ...text.format import counted, file_size, local_when, shown
from ..ground import Ground
from ..kit.dialog import ListDialog, Question, Way
from ..kit.fields import choice_field, text_field
from ..kit.form import Form
from ..kit.lines import Line, Span
from ..kit.view import View
from ..terminal import run_on_terminal
from ..themes import ThemedApp

_SOON = 0.05  # seconds between two looks whether a change is written
_FORMATS = ((None, "by its name"), ("json", "JSON"), ("csv", "CSV, in a zip"))


def back_up(view: View[Any]) -> None:
    """Make today's backup anew and check it."""

    async def work() -> None:
        await asyncio.to_thread(view.store.backups.make, view.store.today)
        view.say("Backed up and checked.")

    view.work(work())


def choose_backup(view: View[Any]) -> None:
    """List the backups, newest first, and go back to the one that is chosen."""
    backups, zone = view.store.backups.all(), view.clock.zone()

    async def go_back(backup: Backup | None) -> None:
        restore = partial(view.store.backups.restore, backup.path) if backup is not None else None
        if restore is not None and await view.patiently("Going back", restore) is not None:
            view.say("Gone back to it. What it replaced is a backup, too.")

    def line(backup: Backup, number: int) -> Line:
        when, size = f"{local_when(backup.made_at, zone):<20}", f"{file_size(backup.size):>10}"
        return Line(((when, "text"), (backup.kind.value, "muted")), ((size, "muted"),), number)

    def take(place: int) -> Backup:
        if not backups:
            raise NeedleError("There is no backup to go back to yet: make one from the palette.")
        return backups[place]

    lines = [line(backup, number) for number, backup in enumerate(backups)]
    none = Line((("There is none yet: the first is made within a day.", "muted"),))
    hint = "Enter goes back; the present data become a backup first · Esc closes"
    dialog = ListDialog("Go back to a backup", lines or [none], hint=hint, take=take)
    view.ask(dialog, lambda backup: view.work(go_back(backup)))


def check_data(view: View[Any]) -> None:
    """Look whether the file is whole and keeps the rules."""

    async def work() -> None:
        report = await asyncio.to_thread(run_checks, view.store.path, view.store.clock)
        if report.damage is not None:
            raise report.damage
        while view.turns.is_writing:  # a form that closes then is the one in front
            await asyncio.sleep(_SOON)
        view.ask(_check_dialog(report))

    view.work(work())


def _check_dialog(report: Report) -> ListDialog[None]:
    """What each check found, what is wrong first."""
    found: list[Line] = []
    for item in sorted(report.found, key=lambda item: not item.sentences):
        sign = ("! ", "bad") if item.sentences else ("✓ ", "good")
        found.append(Line((sign, (item.name, "text")), (), len(found)))
        for sentence in item.sentences:
            found.append(Line((("    ", "text"), (shown(sentence), "muted")), (), len(found)))
    title = f"All is well: {len(report.found)} checks"
    if report.wrong:
        title = f"{len(report.wrong)} of {len(report.found)} checks found something wrong"
    return ListDialog(title, found, hint="Esc closes")


def ask_export(view: View[Any]) -> None:
    """Ask for a file, and write all data into it."""
    from ...exchange.exporting import export, format_of, must_take_a_file

    store = view.store

    def save(file: str, kind: str | None) -> None:
        name = format_of(file.strip(), kind)
        path = Path(os.path.expanduser(file.strip())).absolute()
        must_take_a_file(path, store.path)
        if is_taken := os.path.exists(path):
            form.ask_once("file", f"{path} is there already", "Enter again writes over it.")
        view.work(write(path, name, replaces=is_taken))

    async def write(path: Path, name: str, *, replaces: bool) -> None:
        def work() -> str:
            with closing(Store(store.path, store.clock)) as own:  # of this thread
                return export(own, path, name, replaces=replaces)

        try:
            view.say(f"Exported {await asyncio.to_thread(work)} to {path}.")
        except (OSError, ValueError) as error:
            view.say(f"{path} cannot be written: {getattr(error, 'strerror', error)}.", wrong=True)

    folder = "~/Downloads/" if os.path.isdir(os.path.expanduser("~/Downloads")) else "~/"
    first = f"{folder}needle-{store.today}.json"
    fields = [text_field("file", "File", first), choice_field("kind", "Format", _FORMATS)]
    hint = "Enter exports · Tab next · ← → choose"
    form = view.ask(Form("Export all data", fields, save, save_word="Export", hint=hint))


Saved = tuple[Path, str, str]  # the new file, what it came to, and what going on with it is called


class FileQuestion(Question[object]):
    """Says what has happened and offers the ways on; what answers leaves a file to be opened."""

    BINDINGS = [
        ("ctrl+s", "way('2')", "Save"),
        ("q", "cancel", "Quit"),
    ]

    def __init__(
        self,
        title: str,
        notes: Sequence[str],
        ways: Sequence[Way[object]],
        save: Callable[[], Saved],
        restore: Callable[[Path], object],
    ) -> None:
        """Make the question, with the key 2 for `save`, which saves what there was of the data.

        `restore` puts that in the place of the file, which becomes a backup where it is there.
        """
        super().__init__(title, notes, ways, leave="q  Leave it as it is and quit")
        self._save, self._restore = save, restore

    def action_way(self, key: str) -> None:
        if key != "2":
            super().action_way(key)
        elif "3" not in self._ways:
            self.attempt(self._save_data)

    def _save_data(self) -> None:
        path, words, go_on = self._save()
        self._ways["3"] = (go_on, lambda: self._restore(path))
        way = self._shown("3")
        self.query_one("#fields").mount(Static(Content(shown(words)), classes="note"), way)
        way.focus()


class QuestionApp(ThemedApp[bool]):
    """One question. It ends with True when the file can be opened."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, question: FileQuestion, theme: str, ground: Ground | None = None) -> None:
        super().__init__(theme, ground)
        self._question = question

    def on_mount(self) -> None:
        self.push_screen(self._question, lambda done: self.exit(bool(done)))


def ask_what_to_do(question: FileQuestion, theme: str, ground: Ground | None) -> bool:
    """Ask, and do what is chosen; whether the file can be opened now. A browser is not asked."""
    is_asked = "NEEDLE_BROWSER" not in os.environ
    return is_asked and run_on_terminal(QuestionApp(question, theme, ground)) is True


def damaged_file(database: Path, clock: Clock, error: DamagedError) -> FileQuestion:
    """Back to a backup, save what can be read, or leave it."""
    backups = Backups(database, clock)
    newest = backups.newest_good()

    def save() -> Saved:
        backup = newest.path if newest is not None else None
        saved = save_readable(database, backups.stamped("saved"), backup)
        if not saved.rows:
            words = f"Nothing of it can be read: {saved.path} is empty."
            return saved.path, words, "Begin anew with an empty file"
        entries = counted(saved.entries, "entry", "entries")
        words = f"Saved {entries}, {saved.rows:,} rows in all, in {saved.path}."
        if saved.incomplete:
            words += f" Not all could be read of: {', '.join(saved.incomplete)}."
        return saved.path, words, "Go on with what was saved"

    notes = [str(error), "Whatever you choose, the file itself is kept as it is."]
    ways: list[Way[object]] = [("2", "Save what can be read into a new file", save)]
    if newest is None:
        notes.append("There is no good backup of it.")
    else:
        when = f"{local_when(newest.made_at, clock.zone())} ({file_size(newest.size)})"
        back = f"Go back to the newest good backup: {when}"
        ways.insert(0, ("1", back, partial(backups.restore, newest.path)))
    return FileQuestion("Your data file is damaged", notes, ways, save, backups.restore)


def lost_file(store: Store, error: LostFileError) -> FileQuestion:
    """Go on with what is there now, save what the store still has open, or leave it."""
    store.database.settle()
    path = store.path

    def must_be_there() -> bool:
        if not path.exists():
            raise NeedleError(f"There is no file at {path}: put one back, or save the old data.")
        return True

    def save() -> Saved:
        name = f"{path.stem}-saved-{store.clock.now():%Y-%m-%dT%H%M%SZ}{path.suffix}"
        saved = path.with_name(name)
        copy_of_open(store.database.driver, saved)
        return saved, f"Saved in {saved}.", "Go on with what was saved, in its old place"

    known = "What was done before is in the old file, and can be saved until you leave."
    there = "that is there now" if path.exists() else "that you have put back there"
    ways: list[Way[object]] = [
        ("1", f"Go on with the file {there}", must_be_there),
        ("2", "Save the old data as a new file beside it", save),
    ]
    title, notes = "Your data file is not where it was", [str(error), known]
    return FileQuestion(title, notes, ways, save, store.backups.restore)


class HistoryScreen(ListDialog[None]):
    """Lists the changes; u and U work in it as everywhere."""

    BINDINGS = [
        ("u", "step('undo')", "Undo"),
        ("U", "step('redo')", "Redo"),
        ("H", "cancel", "Close"),
    ]

    def __init__(self, view: View[Any]) -> None:
        """Read the history; a `NeedleError` when it cannot be read."""
        self._view, self._journal = view, view.store.journal
        hint = "u undoes the change marked ▶ · U does the one above it again · Esc closes"
        super().__init__("Undo history, last change first", self._rows(), hint=hint)

    def _rows(self) -> Sequence[Line]:
        steps, zone = self._journal.steps(300), self._view.clock.zone()
        following = next((step.id for step in steps if not step.undone), None)
        found, is_thin = list[Line](), self._view.app.size.width < 60
        for number, step in enumerate(steps):
            when: Span = (f"{local_when(step.changed_at, zone):<20}", "muted")
            sign: Span = ("▶ " if step.id == following else "  ", "accent")
            undone: tuple[Span, ...] = (("  undone", "muted"),) if step.undone else ()
            label: Span = (shown(step.label), "muted" if step.undone else "text")
            found.append(Line((sign, *[when] * (not is_thin), label), undone, number))
            if is_thin:
                found.append(Line((("  ", "text"), when), (), number))
        return found or [Line((("Nothing has been changed yet.", "muted"),))]

    def action_step(self, which: str) -> None:
        def show(label: str) -> None:
            self._entries.facts = self._rows()

        self._view.go_back(self._journal.undo if which == "undo" else self._journal.redo, show)
