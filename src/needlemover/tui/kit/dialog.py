"""What all dialogs share: a title, fields, a line for what is wrong, two ways out.

A question, and a list to read or to choose from.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from ...domain.errors import NeedleError
from ...text.format import shown
from ..views import MOVE_KEYS, WAYS
from .fields import Field, is_typed_in
from .lines import Line, folded
from .panel import Panel

KIT = Path(__file__).parent  # where the stylesheets are that all share

T = TypeVar("T")


def button(words: str, action: str) -> Button:
    """A button of a dialog; it does an action of the dialog's and has its name as the id."""
    return Button(Content(words), id=action, action=f"screen.{action}", compact=True)


class Dialog(ModalScreen[T | None]):
    """A question over the view. What is wrong is said in it, and nothing typed is lost."""

    CSS_PATH = [KIT / "dialog.tcss"]
    HORIZONTAL_BREAKPOINTS = [(0, "-thin"), (60, "-wide")]
    BINDINGS = [
        ("escape", "cancel", "Cancel"),
        ("ctrl+s", "save", "Save"),
        ("down", "app.focus_next", "Next"),
        ("up", "app.focus_previous", "Previous"),
    ]

    title_text = ""
    save_word = "Save"
    cancel_word = ""  # left out: says that it closes where nothing is saved, else that it cancels
    hint_text = ""
    _has_asked = False  # whether it was asked if what was typed is to be thrown away

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Static(Content(shown(self.title_text)), id="title")
            with VerticalScroll(id="fields", can_focus=False):
                yield from self.fields()
            yield Static(Content(""), id="error")
            if self.hint_text:
                yield Static(Content(self.hint_text), id="hint")
            with Horizontal(id="buttons"):
                if self.save_word:
                    yield button(self.save_word, "save")
                closes = "Cancel" if self.save_word else "Close"
                yield button(self.cancel_word or closes, "cancel")

    def on_resize(self) -> None:
        self.call_after_refresh(self._keep_foot_in_sight)

    def _keep_foot_in_sight(self) -> None:
        """Let the fields scroll where the hint and the buttons would lie below the edge."""
        others = (each for each in self.query("#dialog > *").exclude("#fields") if each.display)
        taken = sum(each.outer_size.height + each.styles.margin.height for each in others)
        for each in self.query("#fields, #entries"):
            each.styles.max_height = max(3, self.size.height - 2 - taken)
        if self.focused is not None:
            # Twice: first the scrollbar takes its column, and what is beside it wraps anew.
            show = partial(self.focused.scroll_visible, animate=False)
            self.query_one("#fields").call_after_refresh(self.call_after_refresh, show)

    def fields(self) -> Iterable[Widget]:
        """What is asked; overridden by each dialog."""
        return ()

    def accept(self) -> T | None:
        """Take what was entered, if anything is asked; a `NeedleError` says what is wrong."""
        return None

    def attempt(self, command: Callable[[], object]) -> bool:
        """Do something, or say in the dialog why it was refused; whether it was done."""
        try:
            command()
        except NeedleError as error:
            self._say_below(error.told(WAYS))
            return False
        self._say_below("")
        return True

    def _say_below(self, words: str) -> None:
        error = self.query_one("#error", Static)
        error.update(Content(shown(words)))
        self.set_class(bool(words), "-wrong")
        if words:  # which asks for its rows when it has nothing else to do
            error.call_after_refresh(self.call_after_refresh, self._keep_foot_in_sight)

    @on(Input.Submitted)
    async def _entered(self) -> None:
        await self.run_action("save")

    def action_save(self) -> None:
        """Take it and close, or say what is wrong and stay."""
        self.attempt(lambda: self.dismiss(self.accept()))

    def action_cancel(self) -> None:
        """Close and change nothing; ask once before what was typed is thrown away."""
        if self._has_asked or not is_typed_in(self):
            self.dismiss(None)
        else:
            self._has_asked = True
            self._say_below("Esc again throws away what you typed.")

    @on(Input.Changed)
    @on(Panel.Moved)
    def _ask_anew(self) -> None:
        if self._has_asked:
            self._has_asked = False
            self._say_below("")

    def action_move(self, by: int) -> None:
        (self.focused if isinstance(self.focused, Panel) else self.query_one(Panel)).move(by)


# The key, the words for it, and what it does, or a field to go to.
Way = tuple[str, str, Callable[[], T] | Field]


class Question(Dialog[T]):
    """Says something, and answers what comes of the way on; Esc leaves all as it is."""

    save_word = ""

    def __init__(
        self, title: str, notes: Sequence[str], ways: Iterable[Way[T]], leave: str
    ) -> None:
        """Make it; `leave` are the words for Esc."""
        super().__init__()
        self.title_text, self._notes, self.cancel_word = title, notes, leave
        self._ways = {key: (words, go) for key, words, go in ways}

    def fields(self) -> Iterable[Widget]:
        for note in self._notes:
            yield Static(Content(shown(note)), classes="note")
        yield from map(self._shown, self._ways)

    def _shown(self, key: str) -> Widget:
        words, go = self._ways[key]
        if isinstance(go, Field):
            return go
        return Button(Content(f"{key}  {words}"), action=f"screen.way('{key}')", compact=True)

    def accept(self) -> T | None:
        """What is typed in a field that there is."""
        return next((field.asked.answer for field in self.query(Field)), None)

    def on_key(self, event: events.Key) -> None:
        if event.key in self._ways and self.is_current:  # not closed by the key before
            event.stop()
            self.action_way(event.key)

    def action_way(self, key: str) -> None:
        _, go = self._ways[key]
        if isinstance(go, Field):
            go.asked.focus()
        else:
            self.attempt(lambda: self.dismiss(go()))


class Rows(Panel[Sequence[Line], int], can_focus=True):
    """Lines that are there from the beginning, each an item or part of the one above."""

    scrolls = True

    def items(self, facts: Sequence[Line]) -> Sequence[int]:
        return sorted({line.item for line in facts if line.item is not None})

    def lines(self, facts: Sequence[Line], width: int, height: int) -> Sequence[Line]:
        return [part for line in facts for part in folded(line, width)]


class ListDialog(Dialog[T]):
    """A list to read, or to choose from."""

    save_word = ""
    BINDINGS = [
        *MOVE_KEYS,
        ("space", "move(10)", "Further down"),
        ("enter", "save", "Take it"),
        ("q,question_mark", "cancel", "Close"),
    ]

    def __init__(
        self,
        title: str,
        entries: Panel[Any, Any] | Sequence[Line],
        *,
        hint: str = "",
        take: Callable[[int], T] | None = None,
    ) -> None:
        """Take lines, or a list with the id `entries`, and a line below it.

        `take` is what choosing the item at a place answers; None: nothing is chosen.
        """
        super().__init__(classes="-list")
        self.title_text, self.hint_text = title, hint
        if not isinstance(entries, Panel):
            entries = Rows(entries, id="entries")
        self._entries: Panel[Any, Any] = entries
        self._take = take

    def fields(self) -> Iterable[Widget]:
        yield self._entries

    def accept(self) -> T | None:
        return None if self._take is None else self._take(self._entries.cursor)

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self._entries.chosen_text)

    def on_panel_picked(self) -> None:
        if self._take is not None:
            self.action_save()
