"""The goal and the worth of an hour: in sentences, and asking for the goal."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Unpack

from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from ...domain.numbers.goal import Gap
from ...domain.numbers.snapshot import NumbersSnapshot
from ...domain.settings import AssumedRate
from ...text.format import in_lines
from ...text.numbers import goal as words
from ...text.numbers.worth import worth_lines
from ...text.settings import parse_setting, typed_setting
from ..kit.fields import Field, FieldOptions, text_field
from ..kit.form import Form, day_field
from ..kit.lines import Hint, Line, bar, paragraphs, wrapped
from ..kit.view import View

_NO_GOAL = "No goal is set: the conversations a day that it takes come here."
_ASSUME = "g takes an assumed rate, and what you assume a win brings."


def goal_lines(facts: NumbersSnapshot, width: int, height: int) -> Sequence[Line]:
    """What to do each day, large; how far the goal is; then, small, what that is worked out of."""
    goal, currency = facts.goal, facts.settings.currency
    if goal.wanted is None:
        return Hint(_NO_GOAL, width, ("g", "takes the money you want, and by when"))
    first, *rest = _way(facts)
    so_far = words.title_words(goal, currency)
    so_far += f". {words.received_words(goal, currency)}" if goal.missing else "."
    ink = "accent" if goal.missing else "good"
    drawn = Line(tuple(bar(width, goal.received / goal.wanted, None, ink)))
    told = [*wrapped(so_far, width), *paragraphs(rest, width, "muted")]
    parts = in_lines(first, max(12, width))
    lead = [Line(((part.removesuffix(" ·"), "strong"),)) for part in parts]
    # The bar gives way where the sentences need its line.
    return [*lead, *([drawn] if len(lead) + len(told) < height else ()), *told]


def _way(facts: NumbersSnapshot) -> Iterator[str]:
    """What it takes, or why that cannot be said; then how that is known."""
    goal = facts.goal
    if goal.gap is None:
        yield words.lead_words(goal, facts.settings)
        yield from words.way_lines(goal, facts.settings, facts.funnel)
        if goal.rate is not None and not goal.rate.is_sure:
            yield _ASSUME
    elif goal.gap is Gap.REACHED:
        yield words.received_words(goal, facts.settings.currency)
    elif goal.gap is Gap.OVER:
        yield "Its last day has passed. g sets another goal."
    else:
        yield from (words.gap_words(goal), _ASSUME)


def hour_lines(facts: NumbersSnapshot, width: int, height: int) -> Sequence[Line]:
    """What an hour is worth now and a week from now, worked out of what; or what is missing."""
    worth, *why = worth_lines(facts.worth, facts.settings)
    worth, _, basis = worth.partition(": ")
    small = [f"{basis[:1].upper()}{basis[1:]}", *why]
    if facts.worth.now is None and not facts.worth.basis.payments:
        return Hint(". ".join((worth, " ".join(small))), width, ("4 h", "declares it"))
    return [*wrapped(worth, width, "strong"), *paragraphs(small, width, "muted")]


_NOTE = "What you assume counts only where your own numbers are too few, and is labelled so."


def ask_goal(view: View[NumbersSnapshot]) -> None:
    """Ask for amount, day, assumed rate and assumed win; nothing in a field is none."""
    settings = view.store.settings

    def field(key: str, label: str, **options: Unpack[FieldOptions]) -> Field:
        text = typed_setting(settings, key).removeprefix("none")
        read = partial(parse_setting, key, currency=settings.currency)
        return text_field(key, label, text, read=read, blank=None, **options)

    def save(goal: int | None, by: date | None, **assumed: AssumedRate | int | None) -> None:
        last = None if goal is None else by
        view.do(lambda: view.store.choices.set_goal(goal, last, **assumed))

    fields = (
        field("goal", f"Money ({settings.currency})", placeholder="like 12000"),
        day_field("by", "By", settings.goal_by, view.snapshot.today, ahead=True, blank=None,
                  placeholder="every month", hint="31 dec"),
        Container(Static(Content(_NOTE)), classes="note"),
        field("assumed_win_rate", "Assumed rate", placeholder="none", hint="1 in 20, 5 %"),
        field("assumed_win", "Assumed win", placeholder="none", hint="what one brings"),
    )  # fmt: skip
    hint = "Enter saves · Tab next · blank: no goal, nothing assumed"
    view.app.push_screen(Form("The goal", fields, save, hint=hint))
