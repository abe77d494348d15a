"""What the checklist says of a week."""

from collections.abc import Sequence

from rich.cells import cell_len

from ...domain.today.snapshot import WeeklyDay
from ...text.promises.words import done_words, left_words
from ..kit.lines import Line, Span


def week_heading(*, is_this_week: bool) -> Line:
    """The line above what is promised by the week."""
    return Line(((" THIS WEEK" if is_this_week else " THAT WEEK", "muted"),))


def week_rows(
    items: Sequence[WeeklyDay], room: int, *, is_this_week: bool
) -> Sequence[Sequence[Span]]:
    """What is done and what is left of each, all in the longest form that fits.

    Args:
        items: what is promised by the week.
        room: the cells for a name and what is said of it.
        is_this_week: whether it is the week that runs now.
    """
    forms = [_forms(item, is_this_week=is_this_week) for item in items]
    for place in (0, 1):
        sizes = [
            cell_len(item.name) + sum(map(len, form[place])) + len(" ·  ")
            for item, form in zip(items, forms, strict=True)
        ]
        if max(sizes, default=0) <= room:
            break
    else:
        place = 2
    return [_spans(item, *form[place]) for item, form in zip(items, forms, strict=True)]


def _forms(item: WeeklyDay, *, is_this_week: bool) -> Sequence[tuple[str, str]]:
    """What is done and what is left, from the longest form to the shortest."""
    done, left = done_words(item.due), left_words(item.due)
    week = " this week" if done and is_this_week else ""
    return ((done + week, left), (done, left), (done, left_words(item.due, short=True)))


def _spans(item: WeeklyDay, done: str, left: str) -> Sequence[Span]:
    due = item.due
    ink = "muted"
    if due.met:
        ink = "good"
    elif due.today_or_never or (due.is_over and due.due):
        ink = "bad"
    return (
        (done, "good" if due.met else "muted"),
        (" · " if done else "", "muted"),
        (left, ink),
    )
