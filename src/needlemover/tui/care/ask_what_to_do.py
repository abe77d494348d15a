"""What is shown in the app's place where the data file is damaged."""

from __future__ import annotations

from pathlib import Path

from textual.app import App

from ...clock import Clock
from ...domain.errors import DamagedError
from ...store.care.backups import Backups
from ..terminal import run_on_terminal
from ..themes import DARK, OWN, our_shades
from .damaged import DamagedScreen


class DamagedApp(App[bool]):
    """One screen. It ends with True when the file can be opened."""

    TITLE = "Needlemover"
    ENABLE_COMMAND_PALETTE = False
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012

    def __init__(self, database: Path, clock: Clock, error: DamagedError, theme: str) -> None:
        super().__init__()
        self._screen = DamagedScreen(database, error, Backups(database, clock), clock.zone())
        for known in OWN:
            self.register_theme(known)
        self.theme = theme if theme in self.available_themes else DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours in themes that do not bring them."""
        return our_shades(self.current_theme)

    def on_mount(self) -> None:
        """Ask."""
        self.push_screen(self._screen, lambda done: self.exit(bool(done)))


def ask_what_to_do(database: Path, clock: Clock, error: DamagedError, theme: str) -> bool:
    """Say that the file is damaged and do what is chosen; whether it can be opened now.

    Raises:
        NeedleError: when the backups cannot be read.
    """
    app = DamagedApp(database, clock, error, theme)
    return run_on_terminal(app) is True
