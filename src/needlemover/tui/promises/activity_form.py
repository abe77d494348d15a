"""Adding and editing a non-negotiable."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Unpack

from textual import on
from textual.containers import VerticalGroup
from textual.widget import Widget
from textual.widgets import Input

from ...domain.calls.entry import contact_key
from ...domain.promises.change import change
from ...domain.promises.commitment import (
    ActivityFact,
    Rule,
    Terms,
    Timeline,
    is_archived,
    is_weekly,
)
from ...domain.settings import Moment
from ...domain.today.snapshot import DaySnapshot
from ...text.format import from_day, typed_days
from ...text.parse.days import says_weekly, with_days
from ...text.parse.values import LONGEST, LONGEST_WEEK, parse_count, parse_name
from ..kit.fields import ChoiceField, Field, FieldOptions, TextField
from ..kit.form import FieldError, Form, Told, length_field
from ..kit.view import View


def days_field(
    key: str, label: str, text: str, *, blank: str = "mon-fri", **options: Unpack[FieldOptions]
) -> TextField:
    """Weekdays, or once a week; it means what was typed, as `terms_of_fields` takes it."""

    def read(typed: str) -> str:
        with_days(Terms(), typed)
        return typed

    return TextField(key, label, text, read=read, blank=blank, **options)


def terms_of_fields(
    seconds: int, count: int, days: str, rule: Rule = Rule.ALL, *, key: str = "seconds"
) -> Terms:
    """The terms that the fields say; 0 asks for none.

    Raises:
        FieldError: of the field with the key, when a day has not so many hours.
    """
    if seconds > LONGEST and not says_weekly(days):
        raise FieldError(key, "A day has 24 hours: type less, or weekly for the days.")
    return with_days(Terms(seconds=seconds or None, count=count or None, rule=rule), days)


class _TermsFields(VerticalGroup):
    """The fields of a promise: they say `a week` where the weekdays are `weekly`."""

    @on(Input.Changed, "#days")
    def _say_unit(self, event: Input.Changed) -> None:
        unit = "a week" if says_weekly(event.value) else "a day"
        hints = {"seconds": unit, "count": f"{unit}: conversations, posts"}
        for field in self.query(Field):
            if field.key in hints:
                field.say_hint(hints[field.key])


def ask_activity(view: View[DaySnapshot], activity: ActivityFact | None = None) -> None:
    """Ask for a non-negotiable: as it is promised now, or a new one, a plain tick on weekdays.

    One that was archived is taken up again.
    """
    timeline = activity.timeline if activity else ()

    def tell(seconds: int, count: int, days: str, rule: Rule, **_: object) -> str:
        return _when(view.store.moment(), timeline, terms_of_fields(seconds, count, days, rule))

    def save(
        name: str, is_sales: bool, seconds: int, count: int, rule: Rule, days: str, rank: int | None
    ) -> None:
        activities, terms = view.store.activities, None
        said = {"name": name, "is_sales": is_sales, "rank": rank}
        if activity is None or form.changed - said.keys():
            terms = terms_of_fields(seconds, count, days, rule)
        if activity is not None:
            changes: dict[str, Any] = {key: said[key] for key in said.keys() & form.changed}
            if timeline and timeline[-1].terms == terms:
                terms = None
            view.do(lambda: activities.edit(activity.id, terms=terms, **changes))
        elif (archived := _archived(view, name)) is not None:
            view.do(lambda: activities.edit(archived, terms=terms, rank=rank))
        else:
            view.do(lambda: activities.add(name, terms, is_sales=is_sales, rank=rank))

    fields = (*_fields(activity), Told(tell))
    title = f"Edit {activity.name}" if activity else "Add a non-negotiable"
    hint = "Enter saves · Tab next · no minutes and no count: a plain tick"
    form = Form(title, fields, save, hint=hint)
    view.app.push_screen(form)


def _fields(activity: ActivityFact | None) -> Sequence[Widget]:
    timeline = activity.timeline if activity else ()
    promised = next((item.terms for item in reversed(timeline) if item.terms), Terms())
    name, is_sales, rank, days = "", False, "", typed_days(promised)
    if activity:
        name, is_sales, rank = activity.name, activity.is_sales, str(activity.rank)
        if not timeline or timeline[-1].terms is None:
            days = ""
    return (
        TextField("name", "Name", name, read=partial(parse_name, what="activity")),
        ChoiceField("is_sales", "With buyers",
                    [(False, "no"), (True, "yes: calls or meetings")], is_sales),
        _TermsFields(
            length_field("seconds", seconds=promised.seconds, longest=LONGEST_WEEK, hint="a day"),
            TextField("count", "Count", str(promised.count or ""), at_first=promised.count or 0,
                      read=partial(parse_count, least=0), blank=0,
                      hint="a day: conversations, posts"),
            ChoiceField("rule", "Asks for", [(Rule.ALL, "both minutes and count"),
                        (Rule.ANY, "one of them is enough")], promised.rule),
            days_field("days", "Weekdays", days, blank=typed_days(promised),
                       placeholder="no promise", hint="mon-fri, mon,wed, daily, weekly"),
        ),
        TextField("rank", "Rank", rank, read=parse_count, blank=None,
                  at_first=activity and activity.rank, placeholder="last", hint="1 earns the most"),
    )  # fmt: skip


def _archived(view: View[DaySnapshot], name: str) -> int | None:
    for item in view.store.activities.all(archived=True):
        is_it = contact_key(item.name) == contact_key(name)
        if is_it and is_archived(item.timeline, view.store.today):
            return item.id
    return None


def _when(moment: Moment, timeline: Timeline, terms: Terms) -> str:
    """From which day changed terms hold."""
    if not timeline or timeline[-1].terms == terms:
        return ""
    today = moment.today
    new = change(timeline, terms, today, weeks=moment.settings.weeks)
    start = new[-1].start
    if start <= today:
        return "Holds from today; what is past stays as it was."
    if timeline[0].start > today:
        return f"Holds {from_day(start, today)}, when it begins."
    which = "this week's" if is_weekly(timeline, today) else "today's"
    return f"Asks less than {which} promise, so it holds {from_day(start, today)}."
