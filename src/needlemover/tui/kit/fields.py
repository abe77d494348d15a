"""What forms ask with: a line of text or a choice, its label, and what the answer means."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypedDict

from msgspec import UNSET
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Offset, Size
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widgets import Input, Static

from ...domain.calls.entry import contact_key
from ...domain.errors import NeedleError
from ...text.format import shown
from .lines import Line, cut
from .panel import Panel

JOINERS = ("\u200c", "\u200d")  # of Persian, of the scripts of India, and of emoji


class TextInput(Input):
    """A line of text. Control characters in it are shown as signs and kept as they were."""

    # The library's own lays the screen out anew for each letter.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)

    def __init__(
        self,
        text: str = "",
        *,
        value: object = None,
        read: Callable[[str], object] = str,
        placeholder: str = "",
        id: str | None = None,
    ) -> None:
        """Make the line; the text of the beginning means `value`, where it is given."""
        super().__init__(shown(text), placeholder=placeholder, id=id, compact=True)
        self.first = self._original = text
        self._at_first, self._read = value, read

    @property
    def typed(self) -> str:
        """What stands in it; untouched text comes back exactly as it was given."""
        return self._original if self.value == shown(self._original) else self.value

    @property
    def answer(self) -> Any:
        """What the text means; a `NeedleError` when it means nothing."""
        if self._at_first is not None and not self.is_changed:
            return self._at_first
        return self._read(self.typed)

    @property
    def is_changed(self) -> bool:
        return self.value != shown(self.first)

    @property
    def scroll_offset(self) -> Offset:
        """Where the keyboard is elsewhere, it shows its beginning."""
        return super().scroll_offset if self.has_focus else Offset()

    def replace(self, text: str, start: int, end: int) -> None:
        super().replace(shown(text), start, end)

    async def _on_key(self, event: events.Key) -> None:
        """Take in a joiner, which belongs to a name; the library leaves out what has no width."""
        if event.character in JOINERS:
            event.stop()
            event.prevent_default()
            self.replace(event.character, *self.selection)

    def _on_paste(self, event: events.Paste) -> None:
        event.text = " ".join(event.text.split())  # the library takes it in then


class NameInput(TextInput):
    """A line for a name: one that is known is proposed, Enter takes it, Delete does not."""

    def __init__(self, value: str, find: Callable[[str, int], Sequence[str]], *, id: str) -> None:
        """Make the line; `find` gives so many names that begin so, that name itself first."""
        self._find = find
        self._found: Sequence[str] = ()
        super().__init__(value, id=id)

    @property
    def hint(self) -> str:
        if self._proposes:
            return "Enter takes it · Del: new"
        return "new" if self.value.strip() and self.is_changed and not self._found else ""

    @property
    def _proposes(self) -> bool:
        return bool(self._found) and len(self._suggestion) > len(self.value)

    def watch_value(self) -> None:
        self._found = ()
        if self.value.strip() and self.has_focus:
            with suppress(NeedleError):  # then none is proposed
                self._found = self._find(self.typed, 1)
        if self._found and contact_key(self._found[0]) != contact_key(self.typed):
            self._suggestion = shown(self._found[0])

    async def action_submit(self) -> None:
        if self._proposes:
            self._original = self._found[0]
            self.value = self._suggestion
            self.cursor_position = len(self.value)
        else:
            await super().action_submit()

    def action_delete_right(self) -> None:
        if self._proposes:
            self._found, self._suggestion = (), ""
            self.post_message(self.Changed(self, self.value))
        else:
            super().action_delete_right()


Ways = Sequence[tuple[object, str]]  # values to choose from, each with its words


class Choice(Panel[Ways, tuple[object, str]], can_focus=True):
    """One of a few values, changed by the arrow keys, space, or a click."""

    BINDINGS = [
        ("left,minus", "step(-1)", "Before"),
        ("right,space,plus", "step(1)", "Next"),
        ("enter", "screen.save", "Save"),
        *((str(number), f"pick({number})") for number in range(1, 9)),
    ]

    def __init__(self, ways: Ways, value: object = None, *, id: str) -> None:
        super().__init__(ways, id=id)
        values = [item for item, _ in ways]
        self.first = values.index(value) if value in values else 0
        self.set_reactive(Choice.cursor, self.first)

    def items(self, facts: Ways) -> Ways:
        return facts

    @property
    def answer(self) -> Any:
        return self.current[0] if self.current is not None else None

    @property
    def is_changed(self) -> bool:
        return self.cursor != self.first

    def lines(self, facts: Ways, width: int, height: int) -> Sequence[Line]:
        if self.current is None:
            return ()
        word = cut(self.current[1], width - 4)
        arrows, ink = ("accent", "strong") if self.has_focus else ("faint", "text")
        return (Line((("‹ ", arrows), (word, ink), (" ›", arrows))),)

    def action_step(self, by: int) -> None:
        if self.facts:
            self.cursor = (self.cursor + by) % len(self.facts)

    def action_pick(self, number: int) -> None:
        """Choose the value of this number; one that is none has no number."""
        places = [place for place, (value, _) in enumerate(self.facts or ()) if value is not None]
        if number <= len(places):
            self.action_step(places[number - 1] - self.cursor)

    async def click(self, x: int, y: int) -> None:
        self.action_step(1)


class Field(Horizontal):
    """One thing that a form asks: a label, the widget that takes the answer, a hint."""

    def __init__(self, label: str, asked: TextInput | Choice, *, hint: str = "") -> None:
        """The id of `asked` is the key in the form: none of the ids of a dialog."""
        super().__init__(classes="field -labelled" if label else "field")
        self.key, self.asked = asked.id or "", asked
        self._label, self._hint = label, hint

    def compose(self) -> ComposeResult:
        if self._label:
            yield Static(Content(self._label), classes="label")
        yield self.asked
        if self._hint:
            yield Static(Content(self._hint), classes="hint")

    def say_hint(self, words: str) -> None:
        hint = self.query_one(".hint", Static)
        hint.update(Content(words))
        hint.display = bool(words)


def is_typed_in(screen: Screen[Any]) -> bool:
    """Whether something was typed in it that is not saved; a mark that was moved is not typed."""
    fields = (field for field in screen.query(Field) if isinstance(field.asked, TextInput))
    return any(field.asked.is_changed for field in fields)


class FieldOptions(TypedDict, total=False):
    """What a field shows beside its label."""

    placeholder: str  # while no text stands in it
    hint: str  # at the right


def text_field(
    key: str,
    label: str = "",
    value: object = None,
    *,
    write: Callable[[Any], str] = str,
    read: Callable[[str], object] = str,
    blank: object = UNSET,
    placeholder: str = "",
    hint: str = "",
) -> Field:
    """A line of text.

    `value` stands in it at first, as `write` has it, and may be more than can be typed. `read` says
    what a text means, or raises a `NeedleError`; no text means `blank`, where it is given.
    """

    def meaning(typed: str) -> object:
        return read(typed) if blank is UNSET or typed.strip() else blank

    text = "" if value is None else write(value)
    more = None if value == text else value
    line = TextInput(text, value=more, read=meaning, placeholder=placeholder, id=key)
    return Field(label, line, hint=hint)


def choice_field(key: str, label: str, ways: Ways, value: object = None, hint: str = "") -> Field:
    """One of a few values, each with its words."""
    return Field(label, Choice(ways, value, id=key), hint=hint)


class NameField(Field):
    """The name of a buyer, who may be new."""

    def __init__(self, find: Callable[[str, int], Sequence[str]], text: str = "") -> None:
        self._who = NameInput(text, find, id="contact")
        super().__init__("Who", self._who, hint=" ")

    @on(events.Mount)
    @on(Input.Changed)
    def _say_who(self) -> None:
        self.say_hint(self._who.hint)
