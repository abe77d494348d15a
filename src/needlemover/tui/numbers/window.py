"""The days that Numbers looks at, and asking for two dates."""

from collections.abc import Callable
from datetime import date, timedelta

from msgspec import Struct

from ...domain.numbers.snapshot import NumbersSnapshot
from ...store.store import Store
from ..kit.form import FieldError, Form, day_field
from ..kit.view import View


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
        """Its numbers; a `NeedleError` when they cannot be read."""
        if self.days is None:
            return store.numbers.snapshot(self.since, self.until, whole=self.since is None)
        until = store.today
        return store.numbers.snapshot(until - timedelta(days=self.days - 1), until)


USUAL = Window(90)
WINDOWS = (Window(30), USUAL, Window(365), Window())
"""In the order in which the key goes round them."""


def ask_dates(view: View[NumbersSnapshot], show: Callable[[Window], object]) -> None:
    """Ask for two dates, and hand over the window between them."""

    def save(since: date, until: date) -> None:
        if since > until:
            raise FieldError("until", "It ends before it begins: swap the two dates.")
        show(Window(since=since, until=until))

    snapshot = view.snapshot
    fields = (
        day_field("since", "From", snapshot.since, snapshot.today),
        day_field("until", "To", snapshot.until, snapshot.today),
    )
    hint = "Enter shows · Tab next · 2026-10-01, yesterday"
    form = Form("Numbers of two dates", fields, save, save_word="Show", hint=hint)
    view.app.push_screen(form)
