"""A question with a key for each way on."""

from collections.abc import Callable, Iterable, Sequence

from textual import events
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from ...text.format import shown
from .dialog import Dialog

Way = tuple[str, str, Callable[[], object]]  # the key, the words for it, and what it does


class Question(Dialog[None]):
    """Says something, and closes when one of the ways on was gone; Esc leaves all as it is."""

    save_word = ""

    def __init__(self, title: str, note: str, ways: Sequence[Way], *, leave: str) -> None:
        """Make it; `leave` are the words for Esc."""
        super().__init__()
        self.title_text, self._note, self.cancel_word = title, note, f"Esc  {leave}"
        self._ways = {key: (words, go) for key, words, go in ways}

    def fields(self) -> Iterable[Widget]:
        yield Static(Content(shown(self._note)), classes="note")
        for key, (words, _) in self._ways.items():
            action = f"screen.way('{key}')"
            yield Button(Content(f"{key}  {words}"), action=action, compact=True)

    def on_key(self, event: events.Key) -> None:
        if event.key in self._ways:
            event.stop()
            self.action_way(event.key)

    def action_way(self, key: str) -> None:
        if self.attempt(self._ways[key][1]):
            self.dismiss(None)
