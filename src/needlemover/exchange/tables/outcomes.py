"""What the texts of a column of outcomes stand for, and which of them have to be asked about."""

from collections.abc import Mapping

from msgspec import Struct

from ...domain.calls.entry import Outcome
from ...text.format import counted, joined, quoted
from ..questions import Choice, Question
from . import words

ANSWERED, PLANNED, LEFT_OUT = "answered", "planned", ""
_OURS = {item.value: item.value for item in Outcome}
_MOST_ASKED = 30


class Unknown(Struct):
    """A text whose outcome is not known."""

    text: str
    rows: int = 0


class Outcomes:
    """Tells the outcome of a text: what was said, ours, or one that is known in eight languages."""

    def __init__(self, said: Mapping[str, str], *, is_answered: bool) -> None:
        """`said` is by text in lower case; where it `is_answered`, a yes says that it was."""
        self.unknown: dict[str, Unknown] = {}
        self.blank = said.get("", "")  # what no text at all stands for; empty: nothing was said
        self._said = said
        self._more = words.YES if is_answered else {}
        self._meanings: dict[str, str | None] = {}

    def meaning(self, text: str, *, is_incoming: bool) -> str | None:
        """An outcome, `PLANNED`, or `LEFT_OUT` for what is to be left out; None: it is not known.

        That an outgoing call was answered does not tell by whom.
        """
        key = text.casefold()
        if key not in self._meanings:
            self._meanings[key] = self._found(key)
        meaning = self._meanings[key]
        if is_incoming and meaning in (ANSWERED, Outcome.GATEKEEPER) and self._is_pick_up(key):
            return Outcome.TALKED
        return None if meaning == ANSWERED else meaning

    def _found(self, text: str) -> str | None:
        if text in self._said:
            return self._said[text]
        ours = _OURS.get("_".join(text.replace("-", " ").split()))
        key = words.key(text)
        return ours or self._more.get(key) or words.OUTCOMES.get(key)

    def _is_pick_up(self, text: str) -> bool:
        key = words.key(text)
        return words.OUTCOMES.get(key) == ANSWERED or words.YES.get(key) == ANSWERED

    def said(self) -> list[str]:
        """A sentence on what the texts of the file were taken for."""
        known = [
            f"{quoted(text)} is {meaning.replace('_', ' ')}"
            for text, meaning in self._meanings.items()
            if meaning and meaning not in (text, ANSWERED) and text not in self._said
        ]
        return [f"Outcomes: {joined(known, most=20)}."] if known else []

    def ask(self, text: str) -> None:
        """Take note of a row whose text is not known."""
        self.unknown.setdefault(text.casefold(), Unknown(text)).rows += 1

    def questions(self) -> list[Question]:
        """What each unknown text stands for, the most frequent first."""
        most = sorted(self.unknown.values(), key=lambda item: -item.rows)
        return [_question(item) for item in most[:_MOST_ASKED]]


def _question(unknown: Unknown) -> Question:
    likely = _likely(unknown.text)
    outcomes = sorted(_OURS, key=lambda value: value != likely)
    choices = [
        Choice(value.replace("_", " "), ("value", f"outcome:{unknown.text}={value}"))
        for value in outcomes
    ]
    choices.append(Choice("leave these rows out", ("value", f"outcome:{unknown.text}=")))
    rows = counted(unknown.rows, "row")
    return Question(f"Which outcome is {quoted(unknown.text)} ({rows})?", tuple(choices))


def _likely(text: str) -> str:
    """The outcome of the longest known text that it holds."""
    key = f" {words.key(text)} "
    held = [known for known in words.OUTCOMES if f" {known} " in key]
    meaning = words.OUTCOMES[max(held, key=len)] if held else ""
    if meaning == ANSWERED:
        return Outcome.TALKED
    return meaning if meaning in _OURS else Outcome.NO_ANSWER
