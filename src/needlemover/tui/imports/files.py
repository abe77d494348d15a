"""Choosing a file: the folders and files of a folder, or a path that is typed."""

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path

from textual.app import App

from ...domain.errors import NeedleError
from ...text.format import file_size, plain_day
from ..kit.fields import text_field
from ..kit.form import Form
from ..kit.lines import Line, cut
from ..kit.list_dialog import ListDialog, Rows

_MOST = 2000  # files of a folder that are listed
_NAME = 52  # cells


def choose_file(
    app: App[None], zone: tzinfo, then: Callable[[Path], object], folder: Path | None = None
) -> None:
    """Ask for a file, beginning in a folder; None: where downloads are."""
    downloads = Path.home() / "Downloads"
    folder = folder or (downloads if downloads.is_dir() else Path.home())
    try:
        found = _listed(folder)
        listed = [_line(path, zone, number) for number, path in enumerate(found, start=2)]
    except OSError as error:
        app.notify(f"{folder} cannot be read: {error.strerror}.", severity="error", markup=False)
        return
    paths = [folder.parent, *found]
    typed = Line((("Type a path …", "accent"),), (), 0)
    above = Line((("..", "text"), ("  the folder above", "muted")), (), 1)

    def go_on(path: Path) -> None:
        if path.is_dir():
            choose_file(app, zone, then, path)
        else:
            then(path)

    def chosen(place: int | None) -> None:
        if place == 0:
            _ask_path(app, go_on)
        elif place is not None:
            go_on(paths[place - 1])

    hint = "Enter opens it · Esc closes"
    entries = Rows([typed, above, *listed], id="entries")
    app.push_screen(ListDialog(str(folder), entries, hint=hint, take=lambda at: at), chosen)


def _listed(folder: Path) -> Sequence[Path]:
    """The folders by name, then the files, newest first; none that is hidden."""
    there = [path for path in folder.iterdir() if not path.name.startswith(".")]
    folders = sorted((path for path in there if path.is_dir()), key=lambda path: path.name)
    files = [path for path in there if path.is_file()]
    files.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    return [*folders, *files][:_MOST]


def _line(path: Path, zone: tzinfo, number: int) -> Line:
    if path.is_dir():
        return Line(((f"{cut(path.name, _NAME)}/", "text"),), (), number)
    about = path.stat()
    written = datetime.fromtimestamp(about.st_mtime, zone).date()
    when = f"{plain_day(written)}  {file_size(about.st_size):>9}"
    return Line(((cut(path.name, _NAME), "text"),), ((when, "muted"),), number)


def _ask_path(app: App[None], then: Callable[[Path], object]) -> None:
    field = text_field("path", "File", read=_existing, placeholder="~/Downloads/calls.csv")
    open_it, hint = partial(app.call_later, then), "Enter opens it"
    app.push_screen(Form("Import a file", [field], open_it, save_word="Open", hint=hint))


def _existing(typed: str) -> Path:
    path = Path(typed.strip().strip("\"'")).expanduser()
    if not path.exists():
        raise NeedleError("There is no such file: look at its name.")
    return path
