"""What every view shares: its snapshot, the clock, how commands are done, the way elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, Generic, NoReturn, Protocol, Self, TypeVar, cast

from textual import events
from textual.binding import ActiveBinding, Binding
from textual.geometry import Region
from textual.notifications import SeverityLevel
from textual.reactive import reactive
from textual.screen import Screen

from ...clock import Clock
from ...domain.day import local_day
from ...domain.errors import BusyError, DamagedError, LostFileError, NeedleError, OlderError
from ...domain.settings import Settings
from ...text.format import shown
from .. import later
from ..turns import Host, Turns
from ..views import WAYS
from .lines import Line, cut
from .panel import Panel
from .panels import Ground, Panels

T = TypeVar("T")
D = TypeVar("D", bound=Screen[Any])

_UNTIL_KEY = 24 * 3600  # seconds that a message stands which only a key takes away


class Snapshot(Protocol):
    """The data as a view shows them."""

    @property
    def today(self) -> date: ...  # the local day on which they were read
    @property
    def settings(self) -> Settings: ...  # what numbers depend on


S = TypeVar("S", bound=Snapshot)


def _not_read_yet() -> NoReturn:
    raise AssertionError("The snapshot is read when the view is made.")


class View(Screen[None], Ground, Generic[S]):
    """Shows a snapshot of the data and keeps it true; a `NeedleError` where they cannot be read."""

    snapshot: reactive[S] = reactive(_not_read_yet, bindings=True, repaint=False)
    now: reactive[datetime] = reactive(_not_read_yet, repaint=False)
    headline: reactive[Sequence[Line] | None] = reactive(None, repaint=False)

    def __init__(
        self, store: later.store.Store | None, clock: Clock, first: S | None = None
    ) -> None:
        """Show what the data say; until `take` brings them, `first` at the time of the clock."""
        super().__init__()
        self._is_drawn_whole = False
        self._says_on = False  # whether something is said until the next key
        self.said_of = ""  # the contact about whom that asks, until any key is pressed
        self._store = store
        self.clock = clock
        self.set_reactive(View.now, clock.now())
        self.set_reactive(type(self).snapshot, self.read() if first is None else first)
        self._version = store.version if store is not None else None  # of the data that are shown

    def read(self) -> S:
        """Read what is to be shown; each view says what that is."""
        raise NotImplementedError

    @property
    def store(self) -> later.store.Store:
        """The data. Nothing that needs them is done before they are there."""
        assert self._store is not None
        return self._store

    def take(self, store: later.store.Store) -> None:
        """Go on with the data, which come after the first picture."""
        self._store = store
        self.clock = store.clock
        self.reload()
        self.begin()

    def on_mount(self) -> None:
        if self._store is not None:
            self.begin()

    def begin(self) -> None:
        """Watch the clock and the other terminals."""
        self.set_interval(1, self.follow)

    def follow(self) -> None:
        """Once a second: the clock, a new day, a change by another process."""
        complaint = self.clock.complaint()
        if complaint:
            self.say(complaint, wrong=True)
        try:
            self.catch_up()
        except BusyError:
            pass  # the next time
        except LostFileError as error:
            from .fields import is_typed_in

            if not is_typed_in(self.app.screen):  # that is not taken away: saving says it, too
                self.tell(error)
        except NeedleError as error:
            self.tell(error)

    def catch_up(self) -> None:
        """Show a new day, a change by another process, or the minute."""
        if not self.is_in_front:
            return  # it is loaded anew when it comes to the front
        now = self.clock.real_now()
        if self.is_out_of_date(now):
            self.reload()
        elif now.minute != self.now.minute:
            self.now = now

    def is_out_of_date(self, now: datetime) -> bool:
        """Whether a new day has begun, or another process has changed the data."""
        if self.turns.is_writing:
            return False  # afterwards all is shown anew
        today = local_day(now, self.clock.zone(), self.snapshot.settings.day_starts_at)
        return today != self.snapshot.today or self.store.database.read_version() != self._version

    @property
    def is_in_front(self) -> bool:
        """Whether it is the view that is shown, be it under a dialog."""
        return self in self.app.screen_stack

    def reload(self) -> None:
        """Show what the data say now."""
        now, snapshot = self.clock.real_now(), self.read()
        self._version = self.store.version
        if snapshot == self.snapshot:
            self.now = now
        else:
            # Both at once: each assignment works all facts of the panels out anew.
            self.set_reactive(View.now, now)
            self.snapshot = snapshot

    def refresh_data(self) -> None:
        """Show what the data say now, or say why that cannot be."""
        try:
            self.reload()
        except BusyError:
            self._version = None  # within a second it is
        except NeedleError as error:
            self.tell(error)

    def attempt(self, command: Callable[[], T]) -> T | None:
        """Do one command of the store's and show what it changed; None when it was refused.

        A `BusyError` of what goes by itself, when another program writes.
        """
        try:
            return self.do(command)
        except BusyError:
            raise
        except NeedleError as error:
            self.tell(error)
            return None

    def work(self, act: Coroutine[Any, Any, None]) -> None:
        """Do something in a worker, or say why that cannot be."""

        async def attempt() -> None:
            try:
                await act
            except NeedleError as error:
                self.tell(error)

        self.run_worker(attempt())

    async def patiently(self, what: str, command: Callable[[], T]) -> T | None:
        """The same for a worker, which is no action: it waits itself until it is done."""
        done: asyncio.Future[T | None] = asyncio.get_running_loop().create_future()
        await self.turns.do(lambda: what, lambda: done.set_result(self.attempt(command)))
        return await asyncio.shield(done)  # also where nobody waits for it any more, it is set

    def do(self, command: Callable[[], T]) -> T:
        """The same, for a dialog that says itself what was refused, a `NeedleError`.

        What was done is done, also where it cannot be shown: that is told beside it.
        """
        done = self.turns.write(command)
        self._version = self.store.version
        self.refresh_data()
        return done

    def tell(self, error: NeedleError) -> None:
        """Say why something was not done; on a damaged or lost file nothing more is done at all."""
        if isinstance(error, (DamagedError, LostFileError)):
            self.host.give_up(error)
        else:
            self.say(error.told(WAYS), wrong=True)

    def say(self, text: str, *, wrong: bool = False, stays: bool = False) -> None:
        """Tell the user something for a few seconds, or until the next key.

        It has all laid out anew: so what a key has done is drawn before it.
        """
        self._says_on = self._says_on or stays
        severity: SeverityLevel = "error" if wrong else "information"
        timeout = _UNTIL_KEY if stays else 8 if wrong else 4
        notify = partial(self.notify, text, severity=severity, markup=False, timeout=timeout)
        if wrong:
            notify()
        else:
            self.app.call_after_refresh(notify)

    def on_key(self, event: events.Key) -> None:
        if self._says_on:
            self._says_on = False
            self.app.clear_notifications()

    def ask(self, dialog: D, then: Callable[[Any], None] | None = None) -> D:
        """Ask something over the view; `then` is given the answer, or None where there is none."""
        self.app.push_screen(dialog, then)
        return dialog

    @property
    def turns(self) -> Turns:
        return self.host.turns

    @property
    def host(self) -> Host:
        return cast("Host", self.app)

    def show_view(self, name: str, day: date | None = None) -> None:
        """Bring another view to the front, on a day of its own choice or on this one."""
        self.host.show_view(name, day)

    action_view = show_view

    @property
    def question_keys(self) -> Sequence[Binding]:
        """The keys that answer what is asked now, in the place of all others; most often none."""
        return ()

    def why_not(self, action: str) -> str:
        """Why a key has nothing to do now: said when it is pressed; empty where it has."""
        return ""

    def key_word(self, binding: Binding) -> str:
        """The word for what a key would do now; empty: the line of keys does not name it."""
        return binding.description

    @property
    def all_bindings(self) -> dict[str, ActiveBinding]:
        """The keys of the view, as they are declared, whichever are chosen."""
        declared = (key.id for key in self.BINDINGS if isinstance(key, Binding))
        places = {name: place for place, name in enumerate(declared)}
        found = super().active_bindings.items()
        return dict(sorted(found, key=lambda it: places.get(it[1].binding.id, len(places))))

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """Those that have something to do now."""
        found = self.all_bindings
        return {key: each for key, each in found.items() if not self.why_not(each.binding.action)}

    def action_move(self, by: int) -> None:
        if isinstance(self.focused, Panel):
            self.focused.move(by)

    def action_copy(self) -> None:
        text = self.focused.chosen_text if isinstance(self.focused, Panel) else ""
        self.app.copy_to_clipboard(text)
        self.say(f"Copied: {cut(text, 60)}" if text else "No line is chosen.")

    def action_panel(self, by: int) -> None:
        self.query_one(Panels).go_on(by)

    def action_undo(self) -> None:
        self.go_back(self.store.journal.undo, lambda label: self.say(f"Undone: {shown(label)}"))

    def action_redo(self) -> None:
        self.go_back(self.store.journal.redo, lambda label: self.say(f"Done again: {shown(label)}"))

    def go_back(self, step: Callable[..., str], then: Callable[[str], None]) -> None:
        """Undo or redo a change, and tell of it; ask before that where it is not one of today."""
        try:
            label = self.do(partial(step, older=False))
        except OlderError as error:
            hint = "Enter goes on · Esc leaves it as it is"
            from .form import Form

            do = lambda: then(self.do(step))  # noqa: E731
            self.ask(Form(str(error), (), do, save_word="Go on", hint=hint))
        except NeedleError as error:
            self.tell(error)
        else:
            then(label)

    def on_resize(self, event: events.Resize) -> None:
        """Forget a size that is no longer the terminal's: the library would go to and fro."""
        if event.size != self.app.size:
            event.prevent_default()

    @property
    def chosen_day(self) -> date:
        """The day that is meant at first where a day is asked for."""
        return self.snapshot.today

    def show_parked(self, problem: later.problem.Problem) -> None:
        """Show what was just parked from here; a view may override it."""

    def action_help(self) -> None:
        from .help import help_dialog

        self.ask(help_dialog(self, self.all_bindings))

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Shown for the first time (said twice) it is styled, and drawn when it is laid out."""
        self._is_drawn_whole = self.stack_updates < 2
        event.refresh_styles = not self._is_drawn_whole
        self.call_next(setattr, self, "_is_drawn_whole", False)

    def on_screen_suspend(self) -> None:
        """What is said stands over a dialog, and not below it once more."""
        self.query("ToastRack").set(display=False)

    def refresh(self, *regions: Region, **how: bool) -> Self:
        """Draw anew, unless all of it is drawn just now."""
        asks_for_more = regions or how.get("layout") or how.get("recompose")
        if self._is_drawn_whole and not asks_for_more:
            return self
        return super().refresh(*regions, **how)
