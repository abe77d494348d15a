"""What is shown in the app's place where the data file cannot be worked on."""

from __future__ import annotations

from textual.app import App

from ..kit.dialog import Dialog
from ..terminal import run_on_terminal
from ..themes import DARK, OWN, our_shades


class QuestionApp(App[bool]):
    """One screen. It ends with True when the file can be opened."""

    TITLE = "Needlemover"
    ENABLE_COMMAND_PALETTE = False
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012

    def __init__(self, question: Dialog[bool], theme: str) -> None:
        super().__init__()
        self._question = question
        for known in OWN:
            self.register_theme(known)
        self.theme = theme if theme in self.available_themes else DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return our_shades(self.current_theme)

    def on_mount(self) -> None:
        self.push_screen(self._question, lambda done: self.exit(bool(done)))


def ask_what_to_do(question: Dialog[bool], theme: str) -> bool:
    """Ask, and do what is chosen; whether the file can be opened now."""
    return run_on_terminal(QuestionApp(question, theme)) is True
