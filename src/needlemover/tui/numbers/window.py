"""The days that Numbers looks at, and asking for two dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from msgspec import Struct
from textual.widget import Widget

from ...domain.errors import WrongUsageError
from ...domain.numbers.snapshot import NumbersSnapshot
from ...store.store import Store
from ...text.parse import parse_day
from ..kit.dialog import Dialog
from ..kit.fields import Field, TextField


class Window(Struct, frozen=True):
    """So many days up to today, two dates, or everything (none of them)."""

    days: int | None = None
    since: date | None = None
    until: date | None = None

    @property
    def words(self) -> str:
        """`90 days`, `all`, `two dates`."""
        if self.days is not None:
            return f"{self.days} days"
        return "all" if self.since is None else "two dates"

    def read(self, store: Store) -> NumbersSnapshot:
        """Its numbers.

        Raises:
            NeedleError: when they cannot be read.
        """
        if self.days is None:
            return store.numbers.snapshot(self.since, self.until, whole=self.since is None)
        until = store.today
        return store.numbers.snapshot(until - timedelta(days=self.days - 1), until)


USUAL = Window(90)
WINDOWS = (Window(30), USUAL, Window(365), Window())
"""In the order in which the key goes round them."""


class WindowForm(Dialog[Window]):
    """From, to."""

    AUTO_FOCUS = "#since"
    title_text = "Numbers of two dates"
    save_word = "Show"
    hint_text = "Enter shows · Tab next · 2026-10-01, yesterday"

    def __init__(
        self, since: date, until: date, today: date, show: Callable[[Window], object]
    ) -> None:
        """Make the dialog.

        Args:
            since: the first day proposed.
            until: the last day proposed.
            today: the local day.
            show: is handed the window.
        """
        super().__init__()
        self._since = since
        self._until = until
        self._today = today
        self._show = show

    def fields(self) -> Iterable[Widget]:
        """The two days, as they are shown now."""
        yield Field("From", TextField(self._since.isoformat(), id="since"))
        yield Field("To", TextField(self._until.isoformat(), id="until"))

    def accept(self) -> Window:
        """The window that was typed."""
        since = parse_day(self.typed("since"), self._today)
        until = parse_day(self.typed("until"), self._today)
        if since > until:
            raise WrongUsageError("It ends before it begins: swap the two dates.")
        window = Window(since=since, until=until)
        self._show(window)
        return window
