"""Forms: fields, declared, and one command; and the fields that many forms have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from datetime import date
from functools import partial
from typing import Any, Unpack

from msgspec import UNSET
from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from ...domain.errors import NeedleError, WrongUsageError
from ...domain.promises.commitment import ActivityFact
from ...text.format import plain_money, shown, typed_length
from ...text.parse.days import parse_day
from ...text.parse.values import LONGEST, parse_amount, parse_seconds
from .dialog import Dialog
from .fields import Field, FieldOptions, choice_field, text_field
from .panel import Panel


class FieldError(WrongUsageError):
    """What is wrong with one field."""

    def __init__(self, key: str, sentence: str) -> None:
        super().__init__(sentence)
        self.key = key


class Told(Static):
    """A line that says what follows from the fields; it is told anew whenever one changes."""

    def __init__(self, tell: Callable[..., str]) -> None:
        """`tell` is given the values of all fields by their keys."""
        super().__init__(Content(""), classes="note")
        self.tell = tell


class Form(Dialog[bool]):
    """Asks for what its fields hold, and does one command with it.

    What cannot be meant, and what the command refuses, is said in it; nothing typed is lost.
    """

    def __init__(
        self,
        title: str,
        fields: Iterable[Widget],
        save: Callable[..., object],
        *,
        save_word: str = "Save",
        cancel_word: str = "",
        hint: str = "Enter saves · Tab next",
        begin: str = "",
        adjust: Callable[[Form], None] = lambda _: None,
    ) -> None:
        """Take the fields, and `save`, which is given what they mean by their keys.

        It begins in the field with the key `begin`, or in the first. `adjust` is called at first,
        and whenever a field changes.
        """
        super().__init__()
        self.title_text, self.hint_text = title, hint
        self.save_word, self.cancel_word = save_word, cancel_word
        self._fields, self._save, self._adjust = fields, save, adjust
        self._begin, self._believed = begin, {""}

    def fields(self) -> Iterable[Widget]:
        return self._fields

    def on_mount(self) -> None:
        if self._begin:
            self.query_one(f"#{self._begin}").focus()
        self._tell()

    def field(self, key: str) -> Field:
        return next(field for field in self.query(Field) if field.key == key)

    def values(self) -> dict[str, Any]:
        """What the fields mean, by their keys; a `FieldError` of the first that means nothing."""
        found = {}
        for field in self.query(Field):
            try:
                found[field.key] = field.asked.answer
            except NeedleError as error:
                raise FieldError(field.key, str(error)) from error
        return found

    @property
    def changed(self) -> Set[str]:
        """The keys of the fields whose answers are others than at first."""
        return {field.key for field in self.query(Field) if field.asked.is_changed}

    def accept(self) -> bool:
        """Do the command with what the fields say, or go to the field that is wrong."""
        try:
            self._save(**self.values())
        except FieldError as error:
            self.query_one(f"#{error.key}").focus()
            raise
        return True

    def ask_once(self, key: str, doubt: str, again: str = "Enter again, if it was.") -> None:
        """A `FieldError` of a doubt, the beginning of a sentence; saved again, it is believed."""
        if doubt not in self._believed:
            self._believed.add(doubt)
            raise FieldError(key, f"{doubt}: {again}")

    @on(Input.Changed)
    @on(Panel.Moved)
    def _tell(self) -> None:
        for told in self.query(Told):
            try:
                words = told.tell(**self.values())
            except NeedleError:
                words = ""
            if told.content != words:  # else the screen would be laid out for each letter
                told.update(Content(words))
        self._adjust(self)


def length_field(
    key: str,
    label: str = "Minutes",
    seconds: int | None = None,
    *,
    blank: object = 0,
    longest: int | None = LONGEST,
    **options: Unpack[FieldOptions],
) -> Field:
    """A length of time, in minutes unless said otherwise; it means seconds."""
    read = partial(parse_seconds, longest=longest)
    return text_field(key, label, seconds, write=typed_length, read=read, blank=blank, **options)


def money_field(
    key: str, label: str, currency: str, amount: int | None = None, **options: Unpack[FieldOptions]
) -> Field:
    """An amount; it means minor units, and None where there is none."""
    write, read = partial(plain_money, currency=currency), partial(parse_amount, currency=currency)
    return text_field(key, label, amount, write=write, read=read, blank=None, **options)


def day_field(
    key: str,
    label: str,
    day: date | None,
    today: date,
    *,
    ahead: bool = False,
    blank: object = UNSET,
    **options: Unpack[FieldOptions],
) -> Field:
    """A day: one that has happened, or else lies ahead."""
    read = partial(parse_day, today=today, ahead=ahead)
    return text_field(key, label, day, write=date.isoformat, read=read, blank=blank, **options)


def activity_field(
    key: str,
    label: str,
    activities: Sequence[ActivityFact],
    value: int | None = None,
    *,
    none: str | None = "none",
    hint: str = "",
) -> Field:
    """One of the activities; it means its id, and None where it is none of them."""
    names: list[tuple[object, str]] = [] if none is None else [(None, none)]
    names += [(item.id, shown(item.name)) for item in activities]
    return choice_field(key, label, names, value, hint=hint)
