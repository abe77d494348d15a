"""Declaring what an hour is worth: by the hour, or from the income that is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct
from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from ...domain.errors import NeedleError, WrongUsageError
from ...domain.money import per_hour
from ...domain.numbers.hour import seconds_a_year
from ...domain.settings import Settings
from ...text.format import plain_money
from ...text.numbers.worth import income_words
from ...text.parse import parse_amount, parse_day, parse_seconds
from ..kit.dialog import Dialog
from ..kit.fields import Field, TextField


class HourInput(Struct, frozen=True):
    """What was entered, as the settings are typed."""

    worth: str
    following: str


class HourForm(Dialog[bool]):
    """A worth, or an income; and a second worth from a day on."""

    AUTO_FOCUS = "#worth"
    title_text = "What your hour is worth"
    hint_text = "Enter saves · Tab next · all blank: what the data say"

    def __init__(
        self, settings: Settings, today: date, save: Callable[[HourInput], object]
    ) -> None:
        """Make the dialog.

        Args:
            settings: as they are.
            today: the local day.
            save: does the command; what it refuses is said in the dialog.
        """
        super().__init__()
        self._settings = settings
        self._today = today
        self._save = save

    def fields(self) -> Iterable[Widget]:
        """As it is declared now."""
        settings, currency = self._settings, self._settings.currency
        following = settings.hourly_worth_next
        worth = settings.hourly_worth
        typed = plain_money(worth, currency) if worth is not None else ""
        yield Field(f"An hour ({currency})", TextField(typed, placeholder="46", id="worth"))
        yield Field("Or income", TextField(placeholder="90000", id="income"), "wanted a year")
        year = seconds_a_year(settings.working_day) // 3600
        yield Field("Hours", TextField(str(year), id="hours"), "of work a year, for the income")
        later = plain_money(following.value, currency) if following is not None else ""
        start = following.start.isoformat() if following is not None else ""
        yield Field("Later", TextField(later, placeholder="none", id="later"), "an hour")
        yield Field("From", TextField(start, placeholder="2027-03-01", id="start"))
        yield Static(Content(""), id="told", classes="note")

    @on(Input.Changed)
    def _tell(self) -> None:
        """Show the division of an income by its hours."""
        try:
            found = self._of_income()
        except NeedleError:
            found = None
        words = income_words(*found, self._settings.currency) if found is not None else ""
        self.query_one("#told", Static).update(Content(words))

    def accept(self) -> bool:
        """The worth that the fields say; nothing in them is none."""
        worth, later = self.typed("worth").strip(), self.typed("later").strip()
        of_income = self._of_income()
        if of_income is not None:
            worth = plain_money(of_income[1], self._settings.currency)
        start = self.typed("start").strip()
        if bool(later) != bool(start):
            raise WrongUsageError("A later worth takes both, an amount and the day: type both.")
        following = f"{later} from {parse_day(start, self._today)}" if later else "none"
        self._save(HourInput(worth or "none", following))
        return True

    def _of_income(self) -> tuple[int, int, int] | None:
        """The income, the worth of an hour that it takes, and the seconds a year; None: none."""
        income = self.typed("income").strip()
        if not income:
            return None
        amount = parse_amount(income, self._settings.currency)
        seconds = parse_seconds(self.typed("hours"), unit="h", longest=366 * 24 * 3600)
        worth = per_hour(amount, seconds)
        if worth is None:
            raise WrongUsageError("Type how many hours of work a year has, like 1800.")
        return amount, worth, seconds
