"""Adding and editing a non-negotiable."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct
from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from ...domain.errors import NeedleError
from ...domain.promises.activity import ActivityFact
from ...domain.promises.change import change
from ...domain.promises.commitment import MONDAY_TO_FRIDAY, Rule, Terms, Timeline, is_weekly
from ...store.session import Moment
from ...text.format import from_day, typed_days
from ...text.parse import (
    LONGEST,
    LONGEST_WEEK,
    parse_count,
    parse_name,
    parse_seconds,
    says_weekly,
    with_days,
)
from ..kit.dialog import Dialog
from ..kit.fields import Choice, Field, TextField


class ActivityInput(Struct, frozen=True):
    """What was entered."""

    name: str
    is_sales: bool
    terms: Terms
    rank: int | None


def read_terms(minutes: str, count: str, days: str, rule: Rule = Rule.ALL) -> Terms:
    """The quota and days that were typed; a blank or 0 asks for none, `weekly` for once a week.

    Raises:
        WrongUsageError: when one of them cannot be meant.
    """
    longest = LONGEST_WEEK if says_weekly(days) else LONGEST
    seconds = parse_seconds(minutes, longest=longest) if minutes.strip() else 0
    number = parse_count(count) if count.strip() not in ("", "0") else None
    terms = Terms(MONDAY_TO_FRIDAY, seconds or None, number, rule)
    return with_days(terms, days) if days.strip() else terms


class ActivityForm(Dialog[bool]):
    """Name, quota, weekdays."""

    AUTO_FOCUS = "#name"
    hint_text = "Enter saves · Tab next · no minutes and no count: a plain tick"

    def __init__(
        self,
        moment: Moment,
        save: Callable[[ActivityInput], object],
        *,
        activity: ActivityFact | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            moment: now.
            save: does the command; what it refuses is said in the dialog.
            activity: to edit; None: a new one.
        """
        super().__init__()
        self._moment = moment
        self._save = save
        self._activity = activity
        self.title_text = f"Edit {activity.name}" if activity else "Add a non-negotiable"

    def fields(self) -> Iterable[Widget]:
        """As it is promised now, or a plain tick from Monday to Friday."""
        activity = self._activity
        timeline = activity.timeline if activity else ()
        terms = next((item.terms for item in reversed(timeline) if item.terms), Terms())
        yield Field("Name", TextField(activity.name if activity else "", id="name"))
        yes_no = [(False, "no"), (True, "yes: calls or meetings")]
        is_sales = activity.is_sales if activity else False
        yield Field("With buyers", Choice(yes_no, is_sales, id="sales"))
        seconds = terms.seconds or 0
        length = (
            str(seconds // 60) if seconds % 60 == 0 else f"{seconds // 60} min {seconds % 60} s"
        )
        yield Field("Minutes", TextField(length if seconds else "", id="minutes"),
                    "a day", hint_id="minutes-unit")  # fmt: skip
        yield Field("Count", TextField(str(terms.count or ""), id="count"),
                    "a day: conversations, posts", hint_id="count-unit")  # fmt: skip
        rules = [(Rule.ALL, "both minutes and count"), (Rule.ANY, "one of them is enough")]
        yield Field("Asks for", Choice(rules, terms.rule, id="rule"))
        days = TextField(typed_days(terms), id="days")
        yield Field("Weekdays", days, "mon-fri, mon,wed, daily, weekly")
        rank = str(activity.rank) if activity else ""
        yield Field("Rank", TextField(rank, placeholder="last", id="rank"), "1 earns the most")
        yield Static(Content(""), id="when", classes="note")

    def on_mount(self) -> None:
        """Say when it holds."""
        self._say_when()

    @on(Input.Changed)
    @on(Choice.Changed)
    def _say_when(self) -> None:
        unit = "a week" if says_weekly(self.typed("days")) else "a day"
        self.query_one("#minutes-unit", Static).update(Content(unit))
        self.query_one("#count-unit", Static).update(Content(f"{unit}: conversations, posts"))
        words = ""
        if self._activity is not None:
            try:
                words = self._when(self._activity.timeline, self._read().terms)
            except NeedleError:
                words = ""
        self.query_one("#when", Static).update(Content(words))

    def _when(self, timeline: Timeline, terms: Terms) -> str:
        if timeline and timeline[-1].terms == terms:
            return ""
        today = self._moment.today
        new = change(timeline, terms, today, first_weekday=self._moment.settings.first_weekday)
        start = new[-1].start
        if start <= today:
            return "Holds from today; what is past stays as it was."
        if timeline and timeline[0].start > today:
            return f"Holds {from_day(start, today)}, when it begins."
        which = "this week's" if is_weekly(timeline, today) else "today's"
        return f"Asks less than {which} promise, so it holds {from_day(start, today)}."

    def accept(self) -> bool:
        """The activity that the fields say."""
        self._save(self._read())
        return True

    def _read(self) -> ActivityInput:
        rule = self.chosen("rule")
        rank = self.typed("rank").strip()
        return ActivityInput(
            name=parse_name(self.typed("name"), "activity"),
            is_sales=bool(self.chosen("sales")),
            terms=read_terms(
                self.typed("minutes"),
                self.typed("count"),
                self.typed("days"),
                rule if isinstance(rule, Rule) else Rule.ALL,
            ),
            rank=parse_count(rank) if rank else None,
        )
