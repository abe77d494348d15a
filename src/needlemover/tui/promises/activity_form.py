"""Adding and editing a non-negotiable."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from msgspec import Struct
from textual import on
from textual.widgets import Input

from ...domain.promises.activity import ActivityFact
from ...domain.promises.change import change
from ...domain.promises.commitment import Rule, Terms, is_weekly
from ...store.moment import Moment
from ...text.format import from_day, typed_days
from ...text.parse import LONGEST, LONGEST_WEEK, parse_count, parse_name, says_weekly, with_days
from ..kit.fields import ChoiceField, Field, TextField
from ..kit.form import FieldError, Form, Told, length_field


class ActivityDetails(Struct, frozen=True):
    """An activity and what is promised for it."""

    name: str
    is_sales: bool
    terms: Terms
    rank: int | None


def days_field(key: str, label: str, text: str, *, hint: str = "", classes: str = "") -> TextField:
    """Weekdays, or once a week; it means what was typed, as `terms_of_fields` takes it."""

    def read(typed: str) -> str:
        with_days(Terms(), typed)
        return typed

    return TextField(key, label, text, read=read, blank="mon-fri", hint=hint, classes=classes)


def terms_of_fields(
    seconds: int, count: int, days: str, rule: Rule = Rule.ALL, *, key: str = "seconds"
) -> Terms:
    """The terms that the fields say; 0 asks for none.

    Args:
        seconds: the quota.
        count: the quota.
        days: weekdays, or `weekly`.
        rule: whether both are asked for.
        key: of the field of the seconds.

    Raises:
        FieldError: when a day has not so many hours.
    """
    if seconds > LONGEST and not says_weekly(days):
        raise FieldError(key, "A day has 24 hours: type less, or weekly for the days.")
    return with_days(Terms(seconds=seconds or None, count=count or None, rule=rule), days)


class ActivityForm(Form[ActivityDetails]):
    """Name, quota, weekdays: as it is promised now, or a plain tick from Monday to Friday."""

    def __init__(
        self,
        moment: Moment,
        save: Callable[[ActivityDetails], object],
        *,
        activity: ActivityFact | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            moment: now.
            save: does the command; what it refuses is said in the dialog.
            activity: to edit; None: a new one.
        """
        self._moment = moment
        self._timeline = activity.timeline if activity else ()
        terms = next((item.terms for item in reversed(self._timeline) if item.terms), Terms())
        name, is_sales, rank = "", False, ""
        if activity:
            name, is_sales, rank = activity.name, activity.is_sales, str(activity.rank)
        fields = (
            TextField("name", "Name", name, read=partial(parse_name, what="activity")),
            ChoiceField("is_sales", "With buyers",
                        [(False, "no"), (True, "yes: calls or meetings")], is_sales),
            length_field("seconds", seconds=terms.seconds, longest=LONGEST_WEEK, hint="a day"),
            TextField("count", "Count", str(terms.count or ""), blank=0,
                      read=partial(parse_count, least=0), hint="a day: conversations, posts"),
            ChoiceField("rule", "Asks for", [(Rule.ALL, "both minutes and count"),
                        (Rule.ANY, "one of them is enough")], terms.rule),
            days_field("days", "Weekdays", typed_days(terms),
                       hint="mon-fri, mon,wed, daily, weekly"),
            TextField("rank", "Rank", rank, read=parse_count, blank=None, placeholder="last",
                      hint="1 earns the most"),
            Told(self._when),
        )  # fmt: skip
        super().__init__(
            f"Edit {activity.name}" if activity else "Add a non-negotiable",
            fields,
            _read,
            save,
            hint="Enter saves · Tab next · no minutes and no count: a plain tick",
        )

    @on(Input.Changed, "#days")
    def _say_unit(self, event: Input.Changed) -> None:
        unit = "a week" if says_weekly(event.value) else "a day"
        hints = {"seconds": unit, "count": f"{unit}: conversations, posts"}
        for field in self.query(Field):
            if field.key in hints:
                field.say_hint(hints[field.key])

    def _when(self, **said: Any) -> str:
        """From which day it holds."""
        timeline, terms = self._timeline, _read(**said).terms
        if not timeline or timeline[-1].terms == terms:
            return ""
        today = self._moment.today
        new = change(timeline, terms, today, first_weekday=self._moment.settings.first_weekday)
        start = new[-1].start
        if start <= today:
            return "Holds from today; what is past stays as it was."
        if timeline[0].start > today:
            return f"Holds {from_day(start, today)}, when it begins."
        which = "this week's" if is_weekly(timeline, today) else "today's"
        return f"Asks less than {which} promise, so it holds {from_day(start, today)}."


def _read(
    name: str, is_sales: bool, seconds: int, count: int, rule: Rule, days: str, rank: int | None
) -> ActivityDetails:
    return ActivityDetails(name, is_sales, terms_of_fields(seconds, count, days, rule), rank)
