"""A day: its numbers, and what is asked about it, in dialogs imported when they are first shown."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from ...domain.progress.record import DayRecord, ProgressSnapshot
from ...domain.promises.status import DayOff, Status
from ...text.format import days_from_to, long_day, minutes, percent, plural, quoted, short_day
from ..kit.lines import Line, Span, cut, flow
from ..kit.panel import Panel
from ..kit.view import View
from ..today.headline import STATUS_INKS, STATUS_WORDS

Part = list[Span]


class DayFacts(Struct, frozen=True):
    """What is told of a day."""

    record: DayRecord
    counted: str  # the word for one of what is counted; empty: nothing is
    due: tuple[tuple[str, bool], ...] = ()  # of everything: what was due and if met, unmet first


class DayNumbers(Panel[DayFacts, None]):
    """They stand beside the calendar."""

    BORDER_TITLE = "THE DAY"

    def lines(self, facts: DayFacts, width: int, height: int) -> Sequence[Line]:
        return day_lines(facts, width, height, row=0)


def day_lines(facts: DayFacts, width: int, height: int, row: int) -> list[Line]:
    """As much as there is room for, many things on a row of so many cells, or one on each.

    Of what was due the rest is at least counted.
    """
    parts = list(day_parts(facts, width))
    lines = flow(parts, row)
    for left_out in range(2, len(parts)):
        if len(lines) <= height:
            break
        more: Part = [(f"and {left_out} more due", "muted")]
        lines = flow([*parts[:-left_out], more], row)
    return lines


def day_parts(facts: DayFacts, width: int) -> Iterator[Part]:
    """The things there are to tell, each in at most so many cells."""
    item = facts.record
    name = long_day(item.day)
    if len(name) > width:
        name = f"{short_day(item.day)} {item.day.year}"
    yield [(name, "strong")]
    words = STATUS_WORDS.get(item.status, "still open")
    if item.due and item.status in (Status.PART, Status.OPEN) and 0 < item.share < 1:
        words += f", {percent(item.share)} done"
    yield [(words, STATUS_INKS.get(item.status, "muted"))]
    if item.seconds or item.quota_seconds:
        asked = f" of {minutes(item.quota_seconds)}" if item.quota_seconds else ""
        yield [(minutes(item.seconds), "strong"), (asked, "muted")]
    if facts.counted and (item.count or item.quota_count):
        many = plural(item.quota_count or item.count, facts.counted)
        asked = f" of {item.quota_count} {many}" if item.quota_count else f" {many}"
        yield [(str(item.count), "strong"), (asked, "muted")]
    if item.day_off is not None:
        said = " (said afterwards)" if item.day_off.said_afterwards else ""
        reason = f": {item.day_off.reason}" if item.day_off.reason else ""
        yield [(cut(f"Off{reason}", width - len(said)), "text"), (said, "muted")]
    if item.late:
        yield [("entered late", "muted")]
    if item.reason:
        yield [("Why: ", "muted"), (cut(item.reason, width - 5), "text")]
    for activity, met in facts.due:
        sign, ink = ("✓", "good") if met else ("□", "muted")
        yield [(f"{sign} ", ink), (cut(activity, min(30, width - 2)), "text" if met else "muted")]


def ask_reason(view: View[ProgressSnapshot], day: date) -> None:
    """Ask why a day was missed: one line, to learn from at the end of the week."""
    from ..kit.fields import text_field
    from ..kit.form import Form

    def save(reason: str) -> None:
        view.do(lambda: view.store.progress.note_reason(reason, day))

    fields = [text_field("reason", "Why", view.snapshot.reasons.get(day, ""))]
    hint = "Enter saves; an empty line removes it"
    view.app.push_screen(Form(f"Why was {short_day(day)} missed?", fields, save, hint=hint))


def ask_days_off(view: View[Any]) -> None:
    """Ask which days are off: a day of everything, unless said otherwise."""
    from ..kit.fields import text_field
    from ..kit.form import Form, activity_field, day_field

    def save(start: date, end: date | None, reason: str, activity_id: int | None) -> None:
        add = view.store.days_off.add
        view.do(lambda: add(start, end, reason=reason, activity_id=activity_id))

    today, activities = view.snapshot.today, view.store.activities.all()
    fields = (
        day_field("start", "From", view.chosen_day, today, ahead=True, hint="24 dec, mon, +3"),
        day_field("end", "To", None, today, ahead=True, blank=None, placeholder="the same day"),
        text_field("reason", "Why"),
        activity_field("activity_id", "Off from", activities, none="everything"),
    )
    hint = "Enter saves · Tab next · ← → choose · nothing is due on a day off"
    view.app.push_screen(Form("Days off", fields, save, hint=hint))


def work_again(view: View[ProgressSnapshot], item: DayOff) -> None:
    """Make days off working days again."""
    remove = view.store.days_off.remove
    if not view.attempt(lambda: remove(item.start, item.end, activity_id=item.activity_id)):
        return
    activities = view.snapshot.history.activities
    names = (each.name for each in activities if each.id == item.activity_id)
    whose = f" for {quoted(next(names))}" if item.activity_id is not None else ""
    view.say(f"{days_from_to(item.start, item.end)}: no longer off{whose}; u brings it back.")
