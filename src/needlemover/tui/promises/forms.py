"""What is asked about a non-negotiable, at the first opening about three; and days off."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any, Unpack

from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from ...domain.calls.entry import contact_key
from ...domain.errors import NeedleError
from ...domain.promises.change import change
from ...domain.promises.commitment import ActivityFact, Rule, Terms, is_archived, is_weekly
from ...domain.settings import Moment
from ...domain.today.snapshot import DaySnapshot
from ...text.format import clock_time, from_day, shown, typed_weekdays
from ...text.parse.days import parse_time, says_weekly, with_days
from ...text.parse.values import LONGEST, LONGEST_WEEK, parse_count, parse_name, parse_seconds
from ..kit.dialog import Question, Way
from ..kit.fields import Field, FieldOptions, choice_field, text_field
from ..kit.form import FieldError, Form, Told, activity_field, day_field, length_field
from ..kit.view import View


def days_field(
    key: str, label: str, text: str, *, blank: str = "mon-fri", **options: Unpack[FieldOptions]
) -> Field:
    """Weekdays, or once a week; it means what was typed, as `terms_of_fields` takes it."""

    def read(typed: str) -> str:
        with_days(Terms(), typed)
        return typed

    return text_field(key, label, text, read=read, blank=blank, **options)


def terms_of_fields(
    seconds: int, count: int, days: str, rule: Rule | None = Rule.ALL, *, key: str = "seconds"
) -> Terms:
    """The terms that the fields say; 0: none, no rule: an upper limit.

    Raises:
        FieldError: when a day has not so many hours.
    """
    if seconds > LONGEST and not says_weekly(days):
        raise FieldError(key, "A day has 24 hours: type less, or weekly for the days.")
    terms = Terms(
        seconds=seconds or None, count=count or None, rule=rule or Rule.ALL, at_most=rule is None
    )
    return with_days(terms, days)


_DAYS = "mon-fri, mon,wed, daily, weekly"
_COUNTED = re.compile(r"(\d+) *(?:conversations?|talks?|calls?|times?|x)")


def _weekends_too(days: str) -> str:
    """Says so where every day is meant."""
    with suppress(NeedleError):
        if len(with_days(Terms(), days).weekdays) == 7:
            return "weekends too"
    return ""


def _much(typed: str) -> tuple[int, int]:
    """Seconds and count of `15`, `10 conversations` or `1 h and 5 talks`; a number is minutes."""
    seconds = count = 0
    for part in typed.split(" and "):
        if counted := _COUNTED.fullmatch(part.strip()):
            count += parse_count(counted[1])
        else:
            seconds += parse_seconds(part, longest=None)
    return seconds, count


def _say_unit(form: Form) -> None:
    """Say `a week` where the weekdays are `weekly`."""
    days = form.query_one("#days", Input).value
    unit = "a week" if says_weekly(days) else "a day"
    form.field("seconds").say_hint(unit)
    form.field("count").say_hint(f"{unit}: conversations, posts")
    form.field("days").say_hint(_weekends_too(days) or _DAYS)


def ask_activity(view: View[DaySnapshot], activity: ActivityFact | None = None) -> None:
    """Ask for a non-negotiable: as it is promised now, or a new one, a plain tick on weekdays.

    One that was archived is taken up again.
    """
    timeline = activity.timeline if activity else ()

    def tell(seconds: int, count: int, days: str, rule: Rule | None, **_: object) -> str:
        return _when(view.store.moment(), activity, terms_of_fields(seconds, count, days, rule))

    def save(seconds: int, count: int, days: str, rule: Rule | None, **said: Any) -> None:
        activities, terms = view.store.activities, None
        if activity is None or form.changed - said.keys():
            terms = terms_of_fields(seconds, count, days, rule)
        if activity is not None:
            changes: dict[str, Any] = {key: said[key] for key in said.keys() & form.changed}
            if timeline and timeline[-1].terms == terms:
                terms = None
            view.do(lambda: activities.edit(activity.id, terms=terms, **changes))
        elif (archived := _archived(view, said["name"])) is not None:
            place = {key: said[key] for key in ("rank", "starts_at")}
            view.do(lambda: activities.edit(archived, terms=terms, **place))
        else:
            view.do(lambda: activities.add(terms=terms, **said))

    fields = (*_fields(activity), Told(tell))
    title = f"Edit {activity.name}" if activity else "Add a non-negotiable"
    hint = "Enter saves · Tab next · no minutes and no count: a plain tick"
    form = view.ask(Form(title, fields, save, hint=hint, adjust=_say_unit))


def _fields(activity: ActivityFact | None) -> Sequence[Widget]:
    timeline = activity.timeline if activity else ()
    promised = next((item.terms for item in reversed(timeline) if item.terms), Terms())
    days = "weekly" if promised.weekly else typed_weekdays(promised.weekdays)
    is_promised = not activity or (timeline and timeline[-1].terms is not None)
    read_name = partial(parse_name, what="activity")
    return (
        text_field("name", "Name", activity and activity.name, read=read_name),
        choice_field("is_sales", "With buyers",
                     [(False, "no"), (True, "yes, in calls")],
                     activity is not None and activity.is_sales),
        length_field("seconds", seconds=promised.seconds, longest=LONGEST_WEEK, hint="a day"),
        text_field("count", "Count", promised.count, read=partial(parse_count, least=0), blank=0,
                   hint="a day: conversations, posts"),
        choice_field("rule", "Asks for", [(Rule.ALL, "both of these"),
                     (Rule.ANY, "one is enough"), (None, "at most the minutes")],
                     None if promised.at_most else promised.rule),
        days_field("days", "Weekdays", days if is_promised else "", blank=days,
                   placeholder="no promise", hint=_DAYS),
        text_field("starts_at", "Starts at", activity and activity.starts_at, write=clock_time,
                   read=parse_time, blank=None, placeholder="no set time", hint="like 9:00"),
        text_field("rank", "Rank", activity and activity.rank, read=parse_count, blank=None,
                   placeholder="last", hint="1 earns the most"),
    )  # fmt: skip


def _archived(view: View[DaySnapshot], name: str) -> int | None:
    today = view.store.today
    for item in view.store.activities.all(archived=True):
        if contact_key(item.name) == contact_key(name) and is_archived(item.timeline, today):
            return item.id
    return None


def _when(moment: Moment, activity: ActivityFact | None, terms: Terms) -> str:
    """From which day changed terms hold."""
    timeline = activity.timeline if activity else ()
    if not timeline or timeline[-1].terms == terms:
        return ""
    today = moment.today
    start = change(timeline, terms, today, weeks=moment.settings.weeks)[-1].start
    if start <= today:
        return "Holds from today; what is past stays as it was."
    if timeline[0].start > today:
        return f"Holds {from_day(start, today)}, when it begins."
    which = "this week's" if is_weekly(timeline, today) else "today's"
    return f"Asks less than {which} promise, so it holds {from_day(start, today)}."


def ask_days_off(view: View[Any]) -> None:
    """Ask which days are off: a day of everything, unless said otherwise."""

    def save(start: date, end: date | None, reason: str, activity_id: int | None) -> None:
        view.do(lambda: view.store.days_off.add(start, end, reason=reason, activity_id=activity_id))

    today, activities = view.snapshot.today, view.store.activities.all()
    fields = (
        day_field("start", "From", view.chosen_day, today, ahead=True, hint="24 dec, mon, +3"),
        day_field("end", "To", None, today, ahead=True, blank=None, placeholder="the same day"),
        text_field("reason", "Why"),
        activity_field("activity_id", "Off from", activities, none="everything"),
    )
    hint = "Enter saves · Tab next · ← → choose · nothing is due on a day off"
    view.ask(Form("Days off", fields, save, hint=hint))


_PROPOSED = (
    (1, "Sales conversations", 15 * 60),
    (2, "Film one video", None),
    (3, "Follow up on open offers", 30 * 60),
)
_HEADS = {
    "rank": "", "what": "What", "minutes": "How much", "days": "Weekdays", "start": "Starts at",
}  # fmt: skip
_ASKS = (
    "Which few activities make you the most money? You do some of each on its days, even if a "
    "million things go wrong. The first is talking to buyers: 15 min, or 10 talks."
)


def propose_first(view: View[DaySnapshot]) -> None:
    """Propose the first non-negotiables."""

    def save(currency: str, **said: Any) -> None:
        found = []
        for rank, _, _ in _PROPOSED:
            name, key = said[f"name{rank}"].strip(), f"much{rank}"
            if name:
                seconds, count = said[key]
                terms = terms_of_fields(seconds, count, said[f"days{rank}"], key=key)
                found.append((name, terms, rank == 1, said[f"starts_at{rank}"]))
        if not found:
            raise FieldError("name1", "Name at least one thing, or press Esc to skip.")
        view.do(lambda: view.store.choices.begin(currency, found))

    def weekends(**said: Any) -> str:
        daily = (rank for rank, *_ in _PROPOSED if _weekends_too(said[f"days{rank}"]))
        names = (said[f"name{rank}"] for rank in daily)
        return " · ".join(f"{shown(name)}: weekends too" for name in names if name.strip())

    def closed(done: bool | None) -> None:
        if done:
            view.ask(_from_before(view))
        else:
            view.say("Nothing is promised yet: a adds a non-negotiable.")

    fields = (
        Static(Content(_ASKS), classes="note"),
        Horizontal(
            *(Static(Content(words), classes=name) for name, words in _HEADS.items()),
            classes="field heads",
        ),
        *(_row(*proposed) for proposed in _PROPOSED),
        Told(weekends),
        text_field("currency", "Currency", view.store.settings.currency, hint="USD, EUR, GBP, …"),
    )
    title = "The few things that make the money"
    hint = "Enter starts · Tab next · Esc skips (a adds one later)"
    view.ask(Form(title, fields, save, save_word="Start", cancel_word="Skip", hint=hint), closed)


class BeforeQuestion(Question[bool]):
    """Enter begins: who presses it through the first opening can call."""

    AUTO_FOCUS = "#cancel"


def _from_before(view: View[DaySnapshot]) -> Question[bool]:
    """Offer to bring in what was kept elsewhere."""

    def choose() -> bool:
        view.app.call_later(view.run_action, "app.ask('import_file')")
        return True

    notes = [
        "An export of your phone system, CRM or tracker, or your own table: then Numbers can say "
        "at once which hours and activities earn. Any time later: ctrl+p, Import calls."
    ]
    ways: list[Way[bool]] = [("i", "Choose the file", choose)]
    return BeforeQuestion("Do you have calls from before?", notes, ways, leave="Esc  No, begin")


def _row(rank: int, name: str, seconds: int | None) -> Horizontal:
    much = text_field(f"much{rank}", "", seconds and f"{seconds // 60} min", read=_much,
                      blank=(0, 0), placeholder="just a tick")  # fmt: skip
    start = text_field(f"starts_at{rank}", read=parse_time, blank=None, placeholder="any time")
    return Horizontal(
        Static(Content(str(rank)), classes="rank"),
        text_field(f"name{rank}", "", name, placeholder="leave blank for fewer").add_class("what"),
        much.add_class("minutes"),
        days_field(f"days{rank}", "", "mon-fri").add_class("days"),
        start.add_class("start"),
        classes="field",
    )
