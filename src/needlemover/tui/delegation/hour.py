"""The worth of an hour for who thinks of delegating: what it rests on, and declaring it."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Unpack

from ...domain.delegation.ledger import ProblemsSnapshot
from ...domain.numbers.rates import per_hour
from ...domain.numbers.worth import seconds_a_year
from ...domain.settings import NextWorth
from ...text.format import money, plain_money
from ...text.numbers.worth import hour_lines, income_words
from ...text.parse.values import parse_seconds
from ...text.settings import parse_setting
from ..kit.fields import Field, FieldOptions, text_field
from ..kit.form import FieldError, Form, Told, day_field, money_field
from ..kit.lines import Line, paragraphs, spark, wrapped
from ..kit.view import View

_DECLARE = "h declares it: by the hour, or from an income wanted."


def hour_panel_lines(facts: ProblemsSnapshot, width: int, height: int) -> Sequence[Line]:
    """Now, a week from now, and where an hour returns most; then the weeks."""
    worth, *why = hour_lines(facts.worth, facts.returns, facts.settings)
    found = [*paragraphs([worth], width), *paragraphs(why, width, "muted"), *_weeks(facts)]
    if facts.worth.now is None:
        found += wrapped(_DECLARE, width, "muted")
    return found


def _weeks(facts: ProblemsSnapshot) -> Sequence[Line]:
    """An hour of each of the last full weeks, as a picture; nothing without money in them."""
    weeks = facts.worth.weeks
    most = max((week or 0 for week in weeks), default=0)
    if most <= 0:
        return ()
    drawn = "".join(f"{sign} " for sign in spark(weeks, len(weeks)))
    said = f"  up to {money(most, facts.settings.currency)} an hour"
    return [Line(((f"{len(weeks)} weeks  ", "muted"), (drawn, "accent"), (said, "muted")))]


def ask_hour(view: View[ProblemsSnapshot]) -> None:
    """Ask for a worth, or an income; and for a second worth from a day on."""
    settings = view.snapshot.settings
    currency, following = settings.currency, settings.hourly_worth_next

    def tell(income: int | None, hours: int, **_: object) -> str:
        worth = _worth_of_income(income, hours)
        return income_words(income, worth, hours, currency) if income and worth else ""

    def save(
        worth: int | None, income: int | None, hours: int, later: int | None, start: date | None
    ) -> None:
        found = _worth_of_income(income, hours)
        if (later is None) != (start is None):
            key = "later" if later is None else "start"
            raise FieldError(key, "A later worth takes both, an amount and the day: type both.")
        then = None if later is None or start is None else NextWorth(later, start)
        view.do(lambda: view.store.choices.declare_worth(worth if found is None else found, then))

    def worth_field(
        key: str, label: str, value: int | None, **options: Unpack[FieldOptions]
    ) -> Field:
        write = partial(plain_money, currency=currency)
        read = partial(parse_setting, "hourly_worth", currency=currency)
        return text_field(key, label, value, write=write, read=read, blank=None, **options)

    value, start = (following.value, following.start) if following else (None, None)
    year = seconds_a_year(settings.working_day) // 3600
    fields = (
        worth_field("worth", f"An hour ({currency})", settings.hourly_worth, placeholder="46"),
        money_field("income", "Or income", currency, placeholder="90000", hint="wanted a year"),
        text_field("hours", "Hours", str(year), blank=0, hint="of work a year, for the income",
                   read=partial(parse_seconds, unit="h", longest=366 * 24 * 3600)),
        worth_field("later", "Later", value, placeholder="none", hint="an hour"),
        day_field("start", "From", start, view.snapshot.today, ahead=True, blank=None,
                  placeholder="1 mar"),
        Told(tell),
    )  # fmt: skip
    hint = "Enter saves · Tab next · all blank: what the data say"
    view.app.push_screen(Form("What your hour is worth", fields, save, hint=hint))


def _worth_of_income(income: int | None, hours: int) -> int | None:
    """The worth of an hour that an income takes; None: there is no income."""
    if income is None:
        return None
    worth = per_hour(income, hours)
    if worth is None:
        raise FieldError("hours", "Type how many hours of work a year has, like 1800.")
    return worth
