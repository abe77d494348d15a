"""What slipped since the last use: asked once, when a new day begins."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ...domain.today.assembly import Fall
from ...domain.today.snapshot import ActivityDay, DaySnapshot, MissedDay
from ...store.calls.new_entry import NewEntry
from ...text.format import minutes, ranges_words, short_day, shown
from ...text.parse.values import parse_count
from ...text.today import slipped_words, to_win_words
from ..kit.dialog import Question, Way
from ..kit.fields import choice_field, text_field
from ..kit.form import Form, length_field
from ..kit.lines import cut
from ..kit.view import View


def ask_about_fall(view: View[DaySnapshot], fall: Fall) -> None:
    """Say what slipped and what wins today, with a key for each way on."""
    title, away = slipped_words(fall, view.snapshot.today), fall.away
    days, note = [day.day for day in fall.days], view.store.progress.note_reason

    def why() -> None:
        fields = [text_field("reason", "Why")]
        form = Form(title, fields, lambda reason: view.do(lambda: note(reason, *days)))
        view.app.call_later(view.ask, form)

    def take_off() -> None:
        view.do(lambda: view.store.days_off.add_gap(away, "away"))
        view.say(f"Off: {ranges_words(away)}; u takes it back.")

    tell = partial(view.app.call_later, _ask_what_was_done, view, fall.days)
    ways: list[Way[object]] = [("l", "Did it and forgot to log", tell), ("w", "Note why", why)]
    if away:
        ways.append(("a", "I was away: days off", take_off))
    view.ask(Question(title, [to_win_words(view.snapshot)], ways, leave="Esc  Go on"))


def _ask_what_was_done(view: View[DaySnapshot], missed: Sequence[MissedDay]) -> None:
    """Ask what was done on missed days, the latest of which is the last."""
    due = [(day, item) for day in reversed(missed) for item in day.activities]

    def rows() -> Iterator[Widget]:
        before = None
        for place, (day, item) in enumerate(due):
            if day is not before:
                yield Static(Content(shown(short_day(day.day))), classes="missed-day")
            yield _row(place, item)
            before = day

    def save(**said: Any) -> None:
        entries = []
        for place, (day, item) in enumerate(due):
            done, seconds, count = (said.get(f"{it}{place}") for it in ("done", "seconds", "count"))
            if done or seconds or count:
                entries.append(NewEntry(item.id, day.day, seconds=seconds or 0, count=count or 1))
        if entries:
            view.do(lambda: view.store.entries.log_all(entries))

    hint = "Enter saves what you filled in, each on its own day"
    title, nothing = "Did it and forgot to log?", "Nothing to add"
    view.ask(Form(title, rows(), save, cancel_word=nothing, hint=hint))


def _row(place: int, item: ActivityDay) -> Horizontal:
    """One thing that was due on one day."""
    terms = item.terms
    assert terms is not None
    row: list[Widget] = [Static(Content(f"  {cut(item.name, 30)}"), classes="missed")]
    if terms.is_plain:
        options = [(False, "not done"), (True, "done")]
        row.append(choice_field(f"done{place}", "", options).add_class("done"))
    if terms.seconds is not None:
        row.append(length_field(f"seconds{place}", "", placeholder="minutes").add_class("number"))
    if terms.count is not None:
        count = text_field(f"count{place}", read=parse_count, blank=0, placeholder="count")
        row.append(count.add_class("number"))
    asked = [minutes(terms.seconds)] if terms.seconds else []
    asked += [str(terms.count)] if terms.count else []
    row.append(Static(Content(", ".join(asked)), classes="hint"))
    return Horizontal(*row, classes="field missed-row")
