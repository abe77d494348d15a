"""What every view shares: the data, how commands are done from it, the way to the other views."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from textual.binding import Binding
from textual.screen import Screen

from ...clock import Clock
from ...domain.errors import DamagedError, NeedleError
from ...text.format import quoted, shown
from .ground import Ground

if TYPE_CHECKING:
    from datetime import date

    from ...domain.delegation.problem import Problem
    from ...store.store import Store
    from ..app import NeedleApp

T = TypeVar("T")

PARK_KEY = Binding("p", "park", "Park", id="park",
                   tooltip="Park what popped up: a title and Enter; a call goes on")  # fmt: skip
UNDO_KEY = Binding("u", "undo", "Undo", id="undo", tooltip="Undo the last change")
HISTORY_KEY = Binding("H", "history", "History", id="history", show=False,
                      tooltip="Show what undo would take back, last first")  # fmt: skip
UNDO_KEYS = (
    UNDO_KEY,
    Binding("U", "redo", "Redo", id="redo", show=False, tooltip="Redo what was undone"),
    HISTORY_KEY,
)
LAST_KEYS = (
    Binding("question_mark", "help", "Help", id="help", key_display="?",
            tooltip="Show what the keys do"),
    Binding("q", "app.quit", "Quit", id="quit", tooltip="Leave; everything is saved"),
)  # fmt: skip
"""A view's own list of keys, whose order is the footer's, takes these in where they belong."""


class View(Ground, Screen[None]):
    """Shows the data and keeps what it shows true."""

    def __init__(self, store: Store | None, clock: Clock) -> None:
        """Show what the data say.

        Args:
            store: the data; None: `take` brings them later.
            clock: tells the time until then.
        """
        super().__init__()
        self._store = store
        self._has_changed = store.watch() if store is not None else None
        self.clock = clock

    @property
    def store(self) -> Store:
        """The data. Nothing that needs them is done before they are there."""
        assert self._store is not None
        return self._store

    def changed_elsewhere(self) -> bool:
        """Whether another process has changed the data since this was last asked."""
        return self._has_changed is not None and self._has_changed()

    def take(self, store: Store) -> None:
        """Go on with the data, which come after the first picture.

        Raises:
            NeedleError: when they cannot be read.
        """
        self._store = store
        self.clock = store.clock
        self._has_changed = store.watch()
        self.reload()
        self.begin()

    def on_mount(self) -> None:
        """Begin, unless the data are still to come."""
        if self._store is not None:
            self.begin()

    def begin(self) -> None:
        """Watch the clock and the other terminals."""
        self.set_interval(1, self.look_around)

    def reload(self) -> None:
        """Show what the data say now; overridden by each view.

        Raises:
            NeedleError: when they cannot be read.
        """
        raise NotImplementedError

    def look_about(self) -> None:
        """What is looked at once a second; overridden by each view.

        Raises:
            NeedleError: when the data cannot be read or written.
        """
        raise NotImplementedError

    @property
    def is_in_front(self) -> bool:
        """Whether it is the view that is shown, be it under a dialog."""
        return self in self.app.screen_stack

    def look_around(self) -> None:
        """Once a second: the clock, a new day, a change by another process."""
        try:
            self.look_about()
        except NeedleError as error:
            self.tell(error)

    def refresh_data(self) -> None:
        """Show what the data say now, or say why that cannot be."""
        self.attempt(lambda: None)

    def attempt(self, command: Callable[[], T]) -> T | None:
        """Do one command of the store's and show what it changed; None when it was refused."""
        try:
            return self.do(command)
        except NeedleError as error:
            self.tell(error)
            return None

    def do(self, command: Callable[[], T]) -> T:
        """The same, for a dialog that says itself what was refused.

        Raises:
            NeedleError: when it was refused.
        """
        try:
            return command()
        finally:
            self.reload()

    def tell(self, error: NeedleError) -> None:
        """Say why something was not done; on a damaged file nothing more is done at all."""
        if isinstance(error, DamagedError):
            cast("NeedleApp", self.app).give_up(error)
        else:
            from .hints import WAYS

            self.say(error.told(WAYS), wrong=True)

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Tell the user something for a few seconds."""
        self.notify(
            text,
            severity="error" if wrong else "information",
            markup=False,
            timeout=8 if wrong else 4,
        )

    def show_view(self, name: str, day: date | None = None) -> None:
        """Bring another view to the front, on a day of its own choice or on this one."""
        cast("NeedleApp", self.app).show_view(name, day)

    def action_view(self, name: str) -> None:
        """Bring another view to the front."""
        self.show_view(name)

    def action_undo(self) -> None:
        """Take the last change back."""
        label = self.attempt(self.store.journal.undo)
        if label:
            self.say(f"Undone: {shown(label)}")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        label = self.attempt(self.store.journal.redo)
        if label:
            self.say(f"Done again: {shown(label)}")

    def action_history(self) -> None:
        """Show what undo would take back, last first."""
        from ..care.history import HistoryScreen

        journal = self.store.journal
        if self.attempt(lambda: journal.steps(1)) is not None:
            self.app.push_screen(HistoryScreen(journal, self.clock.zone(), self.do))

    def action_park(self) -> None:
        """Ask what popped up, and park it. A running timer goes on."""

        def save(title: str) -> None:
            problem = self.do(lambda: self.store.problems.park(title))
            self.say(f"Parked {quoted(problem.title)}.")
            self.parked(problem)

        from ..delegation.park_form import ParkForm

        self.app.push_screen(ParkForm(save))

    def parked(self, problem: Problem) -> None:
        """Take note of what was just parked from here; a view may override it."""

    def action_help(self) -> None:
        """Show what the keys do."""
        seen: dict[str, list[str]] = {}
        for active in self.active_bindings.values():
            binding = active.binding
            if binding.id:
                words = binding.tooltip or binding.description
                key = binding.key_display or self.app.get_key_display(binding)
                keys = seen.setdefault(words, [])
                if key not in keys:
                    keys.append(key)
        from .help import HelpScreen

        self.app.push_screen(HelpScreen([(" ".join(keys), words) for words, keys in seen.items()]))
