"""The app: its views, themes and keys. It is handed a store and a clock."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from textual import events, on
from textual.actions import ActionParseResult
from textual.command import CommandPalette
from textual.driver import Driver
from textual.screen import Screen
from textual.worker import WorkerFailed

from ..clock import Clock
from ..config import AUTO, Config, write_config
from ..domain.errors import NeedleError
from ..domain.today.snapshot import DaySnapshot
from ..text.format import quoted
from . import later
from .ground import Ground
from .kit.view import View
from .terminal import Nudges
from .themes import DARK, ThemedApp
from .today.screen import TodayScreen
from .turns import Turns
from .views import PALETTE_KEY, SUSPEND_KEY, VIEWS, key_problems, load, usable

if TYPE_CHECKING:
    from .care.care import Care

_ASKS = {
    "park": "delegation.problems:ask_to_park",
    "history": "care.dialogs:HistoryScreen",
    "settings": "care.settings:ask_settings",
    "days_off": "promises.forms:ask_days_off",
    "import_file": "imports.screen:import_file",
    "export": "care.dialogs:ask_export",
    "back_up": "care.dialogs:back_up",
    "restore": "care.dialogs:choose_backup",
    "check_data": "care.dialogs:check_data",
    "sync_log": "care.syncing:SyncLog",
}  # what is done over any view, and where that is found when it is first used
_SHUT = ("dial", "app.ask('export')", "app.ask('import_file')")  # in a browser
_TYPED = Path(__file__).with_name("kit") / "typed.tcss"  # what Today has nothing of
_AT_THE_COMPUTER = "In a browser the computer's files and programs stay shut: use its terminal."


class NeedleApp(ThemedApp[None]):
    """Needlemover on the terminal."""

    # Also Today's own, read here and not when it is shown: that would parse everything twice.
    CSS_PATH = ["kit/view.tcss", "today/screen.tcss"]
    DEFAULT_MODE = "today"
    COMMANDS = {partial(load, "palette:Actions")}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    BINDINGS = [PALETTE_KEY, SUSPEND_KEY]

    def __init__(
        self,
        store: later.store.Store | None,
        clock: Clock,
        *,
        config: Config | None = None,
        demo: bool = False,
        first: DaySnapshot | None = None,
        open_store: Callable[[], later.store.Store] | None = None,
        cares: bool = False,
        ground: Ground | None = None,
    ) -> None:
        """Take a store, or else a first picture and how the store is opened behind it.

        With `cares` the app backs up and checks the data by itself.
        """
        self.config = config or Config()
        super().__init__(self.config.theme, ground)
        self.store: later.store.Store | None = None
        self.clock = clock
        self.care: Care | None = None  # there when the store is
        if store is not None:
            self._use(store)
        self.nudges = Nudges(self, self.config.nudge)
        self.failure: Exception | None = None  # why the app ended by itself
        self.asked_by = ""  # the last action of a view, which may have opened what is in front
        self.turns = Turns(self, super().on_event)
        self._open_store, self._cares = open_store, cares
        self._first, self._demo = first, demo
        self._views: dict[str, View[Any]] = {}
        self._styled: WeakKeyDictionary[Screen[object], str] = WeakKeyDictionary()  # the themes

    def get_default_screen(self) -> Screen[None]:
        """Today. A screen of a mode would have all stylesheets parsed a second time at first."""
        screen = TodayScreen(self.store, self.clock, self._first, demo=self._demo)
        self._take_in(self.DEFAULT_MODE, screen)
        return screen

    def _take_in(self, name: str, view: View[Any]) -> None:
        """Keep a view, with the classes of this window: given later, all is laid out twice."""
        across = view.HORIZONTAL_BREAKPOINTS or self.HORIZONTAL_BREAKPOINTS
        down = view.VERTICAL_BREAKPOINTS or self.VERTICAL_BREAKPOINTS
        for cells, points in zip(self.size, (across, down), strict=True):
            view.add_class(max(p for p in points if p[0] <= cells)[1], update=False)
        self._views[name] = view

    def on_mount(self) -> None:
        """Take the chosen keys, and say what in the config file could not be used."""
        self.add_mode(self.DEFAULT_MODE, self.get_default_screen)  # so that it can be gone back to
        self.set_keymap(usable(self.config.keys))
        self._styled[self.screen] = self.theme
        problems = list(self.config.problems)
        problems += key_problems(self.config.keys) if self.config.keys else ()
        if self.config.theme not in (AUTO, *self.available_themes):
            problems.append(f"There is no theme “{self.config.theme}”, so {DARK.name} is used.")
        for problem in problems:
            self.notify(problem, severity="warning", markup=False)

    def on_ready(self) -> None:
        """The first picture is laid out: when it is drawn, everything else may load."""
        if self._open_store is not None:
            self.call_after_refresh(self._open_behind, self._open_store)
        else:
            self._begin()

    def _open_behind(self, open_store: Callable[[], later.store.Store]) -> None:
        """Open the store in a thread, and go on with it, or end."""

        def open_it() -> None:
            with suppress(RuntimeError):  # the app has ended, and its loop with it
                try:
                    store = open_store()
                    store.day(with_candidates=True)  # the first time takes longest
                except Exception as error:
                    self.call_later(self.give_up, error)
                else:
                    self.call_later(self.take, store)

        # No worker of Textual's: the end of the app would wait for it.
        Thread(target=open_it, daemon=True).start()

    def take(self, store: later.store.Store) -> None:
        """Go on with the store, which comes after the first picture, or end where it is wrong."""
        try:
            self._use(store)
            self._views[self.DEFAULT_MODE].take(store)
        except NeedleError as error:
            self.give_up(error)
        else:
            self._begin()

    def _use(self, store: later.store.Store) -> None:
        store.database.patience = 0  # the app itself waits where the user has changed something
        self.store, self.clock = store, store.clock
        from .care.care import Care  # not needed for the first picture

        self.care = Care(self, store)

    @property
    def view(self) -> View[Any]:
        """The one in front, be it under a dialog."""
        return self._views[self.current_mode]

    @property
    def file(self) -> later.file.Database:
        """Where changes go; there is none before the store is there."""
        assert self.store is not None
        return self.store.database

    def _begin(self) -> None:
        if self._cares and self.care is not None:
            self.care.begin()
        if self.is_web:
            from .browser import Returning

            Returning(self, os.environ["NEEDLE_BROWSER"]).begin()
        gc.freeze()  # what is loaded by now is no garbage
        gc.set_threshold(20_000)  # else nearly every key waits for a search for garbage
        gc.enable()
        sys.setswitchinterval(0.0002)  # else a picture waits for what is done behind it
        self.call_next(self.turns.begin)

    async def on_event(self, event: events.Event) -> None:
        """Do what is pressed in turn, and nothing of it while there is no store."""
        if not (self.is_web and isinstance(event, events.AppBlur)):  # its row of keys has no focus
            await self.turns.take(event)

    async def run_action(self, action: str | ActionParseResult, *args: Any, **options: Any) -> bool:
        """Do an action, or say why there is nothing to do."""
        view = self.screen
        if isinstance(view, View) and isinstance(action, str):
            is_shut = self.is_web and action in _SHUT
            if why := _AT_THE_COMPUTER if is_shut else view.why_not(action):
                view.say(why)
                return True
            self.asked_by = action
        do = partial(super().run_action, action, *args, **options)
        return await self.turns.do(partial(self._name_of, action), do) is not False

    def _name_of(self, action: str | ActionParseResult) -> str:
        """What an action is called where it is not done."""
        keys = (active.binding for active in self.screen.active_bindings.values())
        words = (key.description for key in keys if key.action == action)
        return quoted(getattr(self.screen, "title_text", "") or next(words, "This"))

    def on_turns_done(self, message: Turns.Done) -> None:
        self.turns.on_done(message)

    def give_up(self, error: Exception) -> None:
        """End the app, because its data cannot be worked with."""
        self.failure = error
        self.exit(return_code=1)

    def _handle_exception(self, error: Exception) -> None:
        # No traceback reaches the user, also where an error was met at an unforeseen place.
        if isinstance(error, WorkerFailed) and isinstance(error.error, NeedleError):
            error = error.error
        if isinstance(error, NeedleError):
            self.give_up(error)
        else:
            super()._handle_exception(error)

    def show_view(self, name: str, day: date | None = None) -> None:
        """Bring one of `VIEWS` to the front, on a day or on its own, as the data are now."""
        if (view := self._views.get(name)) is None:
            assert self.store is not None  # the key waits until it is there
            try:
                view = made = load(VIEWS[name][0])(self.store, self.clock)
            except NeedleError as error:
                self.view.tell(error)
                return
            self._take_in(name, made)
            self.add_mode(name, lambda: made)
        self.switch_mode(name)
        if day is not None and isinstance(view, TodayScreen):
            view.show_day(day)
        elif view.is_running:
            view.refresh_data()

    def action_command_palette(self) -> None:
        """Find an action, over a view: what a dialog asks is answered or left first."""
        if isinstance(self.screen, View):
            words = "Type what you want to do: import, theme, days off …"
            self.push_screen(CommandPalette(placeholder=words))
        elif not isinstance(self.screen, CommandPalette):
            self.notify("Esc leaves this first; then ctrl+p finds every action.", markup=False)

    def action_ask(self, what: str, *more: str) -> None:
        """Ask for something over any view, or show it; or say why that cannot be."""
        try:
            dialog = load(_ASKS[what])(self.view, *more)
        except NeedleError as error:
            self.view.tell(error)
        else:
            if isinstance(dialog, Screen):  # others show themselves what they ask
                self.push_screen(dialog)

    def action_suspend_process(self) -> None:
        self.nudges.give_back()
        super().action_suspend_process()

    @on(Driver.SignalResume)
    def draw_all(self) -> None:
        """Draw what the shell has drawn over, which the library takes for what is there."""
        self.screen.refresh()

    def choose(self, config: Config) -> None:
        """Take another look and other keys, and keep them; a `NeedleError` when they cannot be."""
        write_config(self.config, config)
        self.config = config
        self.show_theme(config.theme)
        self.set_keymap(usable(config.keys))
        self.nudges.ways = config.nudge

    def delay_update(self, delay: float = 1 / 240) -> None:
        """Hold back what is drawn while views change: a frame, where Textual waits for 50 ms."""
        super().delay_update(delay)

    def refresh_css(self, animate: bool = True) -> None:
        """Style what is in front anew, unless it has the theme's colours.

        The library asks for it whenever a view is new as well, twice, and would read all
        stylesheets again each time; but what is mounted is styled then.
        """
        screens = self.screen_stack
        front = screens[-1] if screens else None
        if front is None or (front.is_mounted and self._styled.get(front) != self.theme):
            super().refresh_css(animate)
        self._styled.update(dict.fromkeys(screens, self.theme))

    def _load_screen_css(self, screen: Screen[object]) -> None:
        """Read the stylesheets of a screen, which are about that one alone.

        The library would parse all others again, and style all that stands there.
        """
        paths = [*[_TYPED] * (not isinstance(screen, TodayScreen)), *screen.css_path]
        new = [path for path in paths if not self.stylesheet.has_source(str(path), "")]
        if new:
            self.stylesheet.read_all(new)
            self.stylesheet.update(screen)
