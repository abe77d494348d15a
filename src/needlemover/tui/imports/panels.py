"""The file that is chosen, and what is checked of it: first rows, what outcomes mean, the sums."""

import os
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path

from textual.app import App
from textual.reactive import reactive

from ...domain.calls.entry import Outcome
from ...domain.errors import NeedleError
from ...exchange.call_map import Preview
from ...text.format import file_size, plain_day, shown
from ..kit.dialog import ListDialog
from ..kit.fields import text_field
from ..kit.form import Form
from ..kit.lines import Line, Span, cut, fit
from ..kit.panel import Panel

_WIDEST, _NARROWEST = 24, 6  # cells of a column
_NOT_READ = "not read"
_MOST_LISTED = 2000  # files of a folder that are listed
_WIDTH = 52  # cells


class RowsPanel(Panel[Preview, None], can_focus=True):
    """The first rows under the fields; left and right go from column to column."""

    scrolls = True
    BORDER_TITLE = "FIRST ROWS"
    column: reactive[int] = reactive(0, repaint=False, init=False)  # the one that is chosen

    def lines(self, facts: Preview, width: int, height: int) -> Sequence[Line]:
        widths = [_width(facts, place) for place in range(len(facts.columns))]
        first = self._first_in_sight(widths, width)
        names = [(name or _NOT_READ, "accent" if name else "muted") for name in facts.fields]
        rows = [names, [(name, "muted") for name in facts.columns]]
        rows += ([(text, "text") for text in row] for row in facts.rows)
        return [self._row(row, widths, first, width) for row in rows]

    def _first_in_sight(self, widths: Sequence[int], width: int) -> int:
        """The first column that is shown, so that the chosen one is whole."""
        first, needed = self.column, widths[self.column] if widths else 0
        while first and needed + widths[first - 1] + 2 <= width:
            first -= 1
            needed += widths[first] + 2
        return first

    def _row(self, cells: Sequence[Span], widths: Sequence[int], first: int, width: int) -> Line:
        spans: list[Span] = []
        for place, (text, ink) in enumerate(cells[first : len(widths)], start=first):
            room = min(widths[place], width)
            width -= room + 2
            chosen = place == self.column and self.has_focus
            spans.append((fit(text, room) + "  ", "strong" if chosen else ink))
            if width <= 0:
                break
        return Line(tuple(spans))

    def watch_column(self) -> None:
        self.lay_out()


def _width(facts: Preview, place: int) -> int:
    texts = [facts.fields[place] or _NOT_READ, facts.columns[place]]
    texts += [row[place] for row in facts.rows if place < len(row)]
    return min(_WIDEST, max(_NARROWEST, *(len(shown(text)) for text in texts)))


Meaning = tuple[str, int, str | None]
_MEANINGS = {None: "not known", "": "left out"} | {item.value: item.words for item in Outcome}


class OutcomesPanel(Panel[Sequence[Meaning], Meaning], can_focus=True):
    """The outcomes of the file with their counts beside what each means here."""

    scrolls = True
    BORDER_TITLE = "OUTCOMES"

    def items(self, facts: Sequence[Meaning]) -> Sequence[Meaning]:
        return facts

    def lines(self, facts: Sequence[Meaning], width: int, height: int) -> Sequence[Line]:
        if not facts:
            return [Line((("No column holds an outcome.", "muted"),))]
        means = [cut(_MEANINGS.get(meaning, meaning or ""), 14) for _, _, meaning in facts]
        room = max(8, width - 10 - max(map(len, means)))
        found = []
        for number, (text, count, _) in enumerate(facts):
            left = (self.mark(number), (fit(text, room), "text"), (f"{count:>7,}", "muted"))
            found.append(Line(left, ((means[number], "accent"),), number))
        return found


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
            field = text_field("path", "File", read=_existing, placeholder="like ~/calls.csv")
            save, hint = partial(app.call_later, go_on), "Enter opens it"
            app.push_screen(Form("Import a file", [field], save, save_word="Open", hint=hint))
        elif place is not None:
            go_on(paths[place - 1])

    hint = "Enter opens it · Esc closes"
    entries = [typed, above, *listed]
    app.push_screen(ListDialog(str(folder), entries, hint=hint, take=lambda at: at), chosen)


def _listed(folder: Path) -> Sequence[Path]:
    """The folders by name, then the files, newest first; none that is hidden."""
    there = [path for path in folder.iterdir() if not path.name.startswith(".")]
    folders = sorted((path for path in there if path.is_dir()), key=lambda path: path.name)
    files = [path for path in there if path.is_file()]
    files.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    return [*folders, *files][:_MOST_LISTED]


def _line(path: Path, zone: tzinfo, number: int) -> Line:
    if path.is_dir():
        return Line(((f"{cut(path.name, _WIDTH)}/", "text"),), (), number)
    about = path.stat()
    written = datetime.fromtimestamp(about.st_mtime, zone).date()
    when = f"{plain_day(written)}  {file_size(about.st_size):>9}"
    return Line(((cut(path.name, _WIDTH), "text"),), ((when, "muted"),), number)


def _existing(typed: str) -> Path:
    path = Path(os.path.expanduser(typed.strip().strip("\"'")))
    if not os.path.exists(path):  # which asks of any name, however long
        raise NeedleError("There is no such file: look at its name.")
    return path
