"""What dialogs ask with: a line of text, a choice, and their labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widgets import Input, Static

from ...domain.promises.activity import ActivityFact
from ...text.format import shown
from .lines import Inked, Line, Span, cut


class TextField(Input):
    """A line of text. Control characters in it are shown as signs and kept as they were."""

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(
            shown(value), placeholder=placeholder, id=id, compact=True, select_on_focus=False
        )
        self._original = value

    @property
    def typed(self) -> str:
        """What stands in it; untouched text comes back exactly as it was given."""
        return self._original if self.value == shown(self._original) else self.value

    def insert_text_at_cursor(self, text: str) -> None:
        """Take text in, its control characters as signs."""
        super().insert_text_at_cursor(shown(text))

    def _on_paste(self, event: events.Paste) -> None:
        event.text = " ".join(event.text.split())
        self.insert_text_at_cursor(event.text)
        event.prevent_default()
        event.stop()


class Choice(Inked, can_focus=True):
    """One of a few values, changed by the arrow keys, space, or a click."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,minus", "step(-1)", "Before", show=False),
        Binding("right,space,plus", "step(1)", "Next", show=False),
        Binding("enter", "screen.save", "Save", show=False),
    ]

    place: reactive[int] = reactive(0)

    class Changed(Message):
        """Another value was chosen."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

    def __init__(
        self, options: Sequence[tuple[Any, str]], value: Any = None, *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._options = tuple(options)
        values = [item for item, _ in self._options]
        self.set_reactive(Choice.place, values.index(value) if value in values else 0)

    @property
    def value(self) -> Any:
        """The chosen value."""
        return self._options[self.place][0] if self._options else None

    def render_line(self, y: int) -> Strip:
        """`‹ talked ›`."""
        if y or not self._options:
            return Strip([Segment(" " * self.size.width, self.rich_style)])
        width = self.size.width
        word = cut(self._options[self.place][1], width - 4)
        arrows = "accent" if self.has_focus else "faint"
        spans: tuple[Span, ...] = (
            ("‹ ", arrows), (word, "strong" if self.has_focus else "text"), (" ›", arrows)
        )  # fmt: skip
        return self.strip(Line(spans), width)

    def action_step(self, by: int) -> None:
        """Choose the next value."""
        if self._options:
            self.place = (self.place + by) % len(self._options)
            self.post_message(self.Changed(self))

    def watch_has_focus(self, focus: bool) -> None:
        """Show where the keys go."""
        super().watch_has_focus(focus)
        self.refresh()

    def on_click(self) -> None:
        """A click chooses the next value."""
        self.action_step(1)


def activity_choices(activities: Iterable[ActivityFact], value: int | None, *, id: str) -> Choice:
    """One of the activities, or none."""
    names: list[tuple[int | None, str]] = [(None, "none")]
    names += [(item.id, shown(item.name)) for item in activities]
    return Choice(names, value, id=id)


class Field(Horizontal):
    """A label and what is asked for."""

    def __init__(
        self, label: str, asked: TextField | Choice, hint: str = "", *, hint_id: str | None = None
    ) -> None:
        super().__init__(classes="field")
        self._label = label
        self._asked = asked
        self._hint = hint
        self._hint_id = hint_id

    def compose(self) -> ComposeResult:
        """The label at the left, a hint at the right."""
        yield Static(Content(self._label), classes="label")
        yield self._asked
        if self._hint:
            yield Static(Content(self._hint), id=self._hint_id, classes="hint")
