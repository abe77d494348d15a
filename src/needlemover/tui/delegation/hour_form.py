"""Declaring what an hour is worth: by the hour, or from the income that is wanted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from msgspec import Struct

from ...domain.money import per_hour
from ...domain.numbers.hour import seconds_a_year
from ...domain.settings import NextWorth, Settings
from ...text.format import plain_money
from ...text.numbers.worth import income_words
from ...text.parse import parse_amount, parse_seconds
from ...text.settings import parse_setting
from ..kit.fields import TextField
from ..kit.form import FieldError, Form, Told, day_field


class DeclaredWorth(Struct, frozen=True):
    """What an hour is worth, in minor units, and from a day on."""

    worth: int | None
    later: NextWorth | None


def hour_form(
    settings: Settings, today: date, save: Callable[[DeclaredWorth], object]
) -> Form[DeclaredWorth]:
    """A worth, or an income; and a second worth from a day on.

    Args:
        settings: as they are.
        today: the local day.
        save: does the command; what it refuses is said in the dialog.
    """
    currency, following = settings.currency, settings.hourly_worth_next
    worth = settings.hourly_worth
    typed = plain_money(worth, currency) if worth is not None else ""
    year = seconds_a_year(settings.working_day) // 3600
    later = plain_money(following.value, currency) if following is not None else ""
    start = following.start if following is not None else None

    def of_income(income: int | None, hours: int, **_: object) -> int | None:
        """The worth of an hour that an income takes; None: there is no income."""
        if income is None:
            return None
        worth = per_hour(income, hours)
        if worth is None:
            raise FieldError("hours", "Type how many hours of work a year has, like 1800.")
        return worth

    def tell(**said: Any) -> str:
        worth = of_income(**said)
        return income_words(said["income"], worth, said["hours"], currency) if worth else ""

    def answer(
        worth: int | None, later: int | None, start: date | None, **said: Any
    ) -> DeclaredWorth:
        found = of_income(**said)
        if (later is None) != (start is None):
            key = "later" if later is None else "start"
            raise FieldError(key, "A later worth takes both, an amount and the day: type both.")
        following = None if later is None or start is None else NextWorth(later, start)
        return DeclaredWorth(worth if found is None else found, following)

    read = partial(parse_setting, "hourly_worth", currency=currency)

    fields = (
        TextField("worth", f"An hour ({currency})", typed, read=read, blank=None,
                  placeholder="46"),
        TextField("income", "Or income", read=partial(parse_amount, currency=currency), blank=None,
                  placeholder="90000", hint="wanted a year"),
        TextField("hours", "Hours", str(year), blank=0, hint="of work a year, for the income",
                  read=partial(parse_seconds, unit="h", longest=366 * 24 * 3600)),
        TextField("later", "Later", later, read=read, blank=None, placeholder="none",
                  hint="an hour"),
        day_field("start", "From", start, today, blank=None, placeholder="2027-03-01"),
        Told(tell),
    )  # fmt: skip
    hint = "Enter saves · Tab next · all blank: what the data say"
    return Form("What your hour is worth", fields, answer, save, hint=hint)
