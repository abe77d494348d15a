"""A file before it is imported: how it is read, what its outcomes mean, and what it will add."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from textual.app import App
from textual.containers import Horizontal
from textual.widget import Widget

from ...domain.calls.entry import Outcome
from ...domain.errors import NeedleError
from ...exchange.call_map import FIELDS, Pair, Preview, Question, QuestionsError, call_map
from ...exchange.formats import LIST
from ...exchange.importing import ASK, Attempt, Import
from ...exchange.reading import Reading
from ...store.store import Store
from ..kit.dialog import KIT, Dialog, ListDialog
from ..kit.fields import choice_field
from ..kit.form import Form
from ..kit.lines import Line, bar, paragraphs
from ..kit.panels import TextPanel
from ..kit.view import View
from ..views import MOVE_KEYS, WAYS
from .panels import OutcomesPanel, RowsPanel, choose_file

_BAR = 30  # cells
_FRAME = 4  # rows around the rows of the file: two heads, two borders
Answers = Sequence[Pair] | None  # None: it was left open


def import_file(view: View[Any]) -> None:
    """Ask for a file, show what it holds, and take it in."""
    store = view.store

    def chosen(path: Path) -> None:
        wanted = Import(path, store.moment())
        view.ask(ImportScreen(wanted, lambda: Store(store.path, store.clock)), done)

    def done(found: Attempt | None) -> None:
        if found is not None:
            view.refresh_data()
            ways = " u takes it back." if found.changed_anything else ""
            view.say(f"{' '.join(found.what)}{ways}")

    choose_file(view.app, store.clock.zone(), chosen)


class ImportScreen(Dialog[Attempt]):
    """Shows what a file holds, lets it be read otherwise, and takes it in; answers what came."""

    CSS_PATH = [KIT / "dialog.tcss", Path(__file__).with_name("screen.tcss")]
    BINDINGS = [
        ("left", "column(-1)", "Column before"),
        ("right", "column(1)", "Next column"),
        ("tab", "app.focus_next", "Next panel"),
        ("f", "field", "What the column holds"),
        ("o", "outcome", "What the outcome means"),
        ("a", "ask", "Ask again"),
        ("l", "as_list", "A list of buyers to call"),
        ("enter", "enter", "Import it"),
        *(each for each in MOVE_KEYS if each.id != "copy_line"),
    ]
    save_word = "Import"
    hint_text = "←→ column · f field · o outcome · a ask again · l buyers · Enter imports"

    def __init__(self, wanted: Import, open_store: Callable[[], Store]) -> None:
        """Take the file and how it is read at first; `open_store` opens the data a second time."""
        super().__init__()
        self.title_text = f"Import {wanted.path.name}"
        self._wanted = replace(wanted, ways=WAYS, progress=self._progress)
        self._open_store = open_store
        self._found: Attempt | None = None  # what it would come to; None: not known yet
        self._is_left = self._is_working = self._is_adding = False

    def fields(self) -> Iterable[Widget]:
        yield RowsPanel(id="rows")
        yield Horizontal(
            OutcomesPanel(id="outcomes"), TextPanel("WHAT IT ADDS", _sums, id="sums"), id="below"
        )

    def on_mount(self) -> None:
        self._try()

    def _try(self, *, trial: bool = True) -> None:
        """Read the file in another thread: to say what it would add, or to add it."""
        if not self._is_working:
            self._is_working, self._is_adding = True, not trial
            self._say_below("Reading …")
            self.run_worker(self._read(self._wanted, trial))

    async def _read(self, wanted: Import, trial: bool) -> None:
        def attempt() -> Attempt:
            with closing(self._open_store()) as store:
                return wanted.attempt(store, trial=trial)

        then: partial[Any]
        try:
            found = await asyncio.to_thread(attempt)
            then = partial(self._show if trial else self.dismiss, found)
        except QuestionsError as error:
            then = partial(self._ask_about, error)
        except NeedleError as error:
            then = partial(self._refuse, error.told(WAYS))
        except Exception as error:  # nobody else would see it
            then = partial(self._refuse, f"It could not be read: {error!r}.")
        self._is_working = self._is_adding = False
        if not self.is_attached or (trial and self._is_left):
            return  # it is closed already, or about to be
        if self._is_left and then.func != self.dismiss:
            self.dismiss(None)
        elif trial and wanted is not self._wanted:  # read otherwise meanwhile
            self._try()
        else:
            then()

    @contextmanager
    def _progress(self, reading: Reading) -> Iterator[Callable[[], None]]:
        """A bar by the bytes read; whoever leaves meanwhile ends it, and nothing is changed."""

        def step() -> None:
            if self._is_left:
                raise NeedleError("It was not imported, and nothing was changed.")
            if reading.size:
                share = reading.bytes_read() / reading.size
                words = "".join(text for text, _ in bar(_BAR, share))
                self.app.call_from_thread(self._say_below, f"{words} {share:4.0%}")

        yield step

    def _show(self, found: Attempt) -> None:
        self._found = found
        self._show_rows(found.preview)
        sums = self.query_one("#sums", TextPanel)
        sums.facts = found
        if found.preview is None:
            sums.focus()
        self._say_below(found.refusal)

    def _show_rows(self, preview: Preview | None) -> None:
        rows, outcomes = self.query_one(RowsPanel), self.query_one(OutcomesPanel)
        rows.display = outcomes.display = preview is not None  # else it is no table
        rows.facts = preview
        rows.styles.height = len(preview.rows) + _FRAME if preview else _FRAME
        outcomes.facts = preview.outcomes if preview else ()

    def _refuse(self, why: str) -> None:
        self._found = None
        self._say_below(why)

    def _ask_about(self, error: QuestionsError) -> None:
        if error.preview is not None:
            self._show_rows(error.preview)
        self._ask(error.questions)

    def _ask(self, questions: Sequence[Question], answers: Sequence[Pair] = ()) -> None:
        """Ask one after the other, then read the file with the answers."""
        if not questions:
            self._answer(answers)
            return
        self._say_below("")
        first, *rest = questions

        def answered(found: Answers) -> None:
            if found is None:
                self._refuse(f"{first.words} Enter asks again.")
            else:
                self._ask(rest, [*answers, *found])

        if first.takes_many:
            _ask_many(self.app, first, answered)
        else:
            self._choose(first.words, [*first.choices.items()], answered)

    def _choose(
        self, title: str, ways: Sequence[tuple[str, Pair]], then: Callable[[Answers], None]
    ) -> None:
        lines = [Line(((words, "text"),), (), number) for number, (words, _) in enumerate(ways)]
        hint = "Enter takes it · Esc leaves it open"
        dialog = ListDialog(title, lines, hint=hint, take=lambda at: [ways[at][1]])
        self.app.push_screen(dialog, then)

    def _answer(self, answers: Answers) -> None:
        if answers is not None and not self._is_adding:
            self._wanted = self._wanted.answered(*answers)
            self._try()

    def action_enter(self) -> None:
        """Import it; in the list of outcomes, change one."""
        if isinstance(self.focused, OutcomesPanel) and self.focused.item_count:
            self.action_outcome()
        else:
            self.action_save()

    def action_save(self) -> None:
        """Import it, once it is known what comes of it."""
        self._try(trial=self._found is None or bool(self._found.refusal))

    def action_cancel(self) -> None:
        self._is_left = True
        if not self._is_adding:  # else it may be in already, which is to be said
            self.dismiss(None)

    def action_column(self, by: int) -> None:
        rows = self.query_one(RowsPanel)
        if rows.facts is not None:
            rows.column = min(max(rows.column + by, 0), len(rows.facts.columns) - 1)

    def action_field(self) -> None:
        rows = self.query_one(RowsPanel)
        if rows.facts is None:
            return
        column, field = rows.facts.columns[rows.column], rows.facts.fields[rows.column]
        ways = [(name.replace("_", " "), ("map", f"{name}={column}")) for name in FIELDS]
        if field:
            ways.insert(0, ("nothing: leave it out", ("map", f"{field}=")))
        self._choose(f"What does the column {column} hold?", ways, self._answer)

    def action_outcome(self) -> None:
        if (meaning := self.query_one(OutcomesPanel).current) is None:
            return
        text = meaning[0]
        ways = [(item.words, item.value) for item in Outcome]
        ways.append(("nothing: leave these rows out", ""))
        options = [(words, ("value", f"outcome:{text}={value}")) for words, value in ways]
        self._choose(f"What does {text} mean?", options, self._answer)

    def on_panel_picked(self) -> None:
        self.action_outcome()

    def action_as_list(self) -> None:
        self._read_as(format_name=LIST)

    def action_ask(self) -> None:
        """Forget what was answered, now and of files like it, and ask again."""
        self._read_as(calls=call_map([ASK]))

    def _read_as(self, **how: Any) -> None:
        if not self._is_adding:
            self._wanted = replace(self._wanted, **how)
            self._try()


def _ask_many(app: App[None], question: Question, then: Callable[[Answers], None]) -> None:
    """Several answers, each yes or no."""
    choices = {f"choice{place}": words for place, words in enumerate(question.choices)}
    found: list[Pair] = []

    def save(**said: bool) -> None:
        found[:] = [question.choices[choices[key]] for key, is_chosen in said.items() if is_chosen]

    yes_or_no = [(True, "yes"), (False, "no")]
    fields = [choice_field(key, words, yes_or_no, True) for key, words in choices.items()]
    app.push_screen(Form(question.words, fields, save), lambda done: then(found if done else None))


def _sums(found: Attempt, width: int, height: int) -> Sequence[Line]:
    return [*paragraphs(found.what, width), *paragraphs(found.how, width, "muted")]
