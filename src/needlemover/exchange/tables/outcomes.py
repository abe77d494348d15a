"""What the texts of a column of outcomes stand for, and which of them have to be asked about."""

from collections import Counter
from collections.abc import Iterator, Mapping

from ...domain.calls.entry import Outcome
from ...text.format import counted, joined, quoted
from ..questions import Question
from . import words

ANSWERED, PLANNED, LEFT_OUT = "answered", "planned", ""
_OURS = {item.value: item.value for item in Outcome}
_MOST_ASKED = 30
_MOST_TEXTS = 10_000  # that are remembered


class Outcomes:
    """Tells the outcome of a text: what was said, ours, or one that is known in eight languages."""

    def __init__(self, said: Mapping[str, str], *, is_answered: bool) -> None:
        """`said` is by text in lower case; where it `is_answered`, a yes says that it was."""
        self.blank = said.get("", "")  # what no text at all stands for; empty: nothing was said
        self.rows: Counter[str] = Counter()  # by their text in lower case
        self.unknown: Counter[str] = Counter()  # rows, by their text as it first came
        self._said = said
        self._more = words.YES if is_answered else {}
        self._meanings: dict[str, str | None] = {}  # by text in lower case
        self._shown: dict[str, str] = {}

    def meaning(self, text: str, *, is_incoming: bool) -> str | None:
        """An outcome, `PLANNED`, or `LEFT_OUT` for what is to be left out; None: it is not known.

        That an outgoing call was answered does not tell by whom; who calls is no machine.
        """
        key = text.casefold()
        if key not in self._meanings:
            if len(self._meanings) >= _MOST_TEXTS:
                return self._found(key)  # a million different ones would not fit
            self._meanings[key] = self._found(key)
            self._shown[key] = text
        meaning = self._meanings[key]
        if is_incoming and meaning in (ANSWERED, Outcome.GATEKEEPER):
            known = words.key(text)
            if ANSWERED in (words.OUTCOMES.get(known), words.YES.get(known)):
                return Outcome.TALKED
        return None if meaning == ANSWERED else meaning

    def _found(self, text: str) -> str | None:
        if text in self._said:
            return self._said[text]
        ours = _OURS.get("_".join(text.replace("-", " ").split()))
        key = words.key(text)
        return ours or self._more.get(key) or words.OUTCOMES.get(key)

    def ask(self, text: str) -> None:
        """Take note of a row whose text is not known."""
        self.unknown[self._shown.get(text.casefold(), text)] += 1

    def meanings(self) -> Iterator[tuple[str, int, str | None]]:
        """Each text with its rows and what it means, the most frequent first; None: not known."""
        for key, rows in self.rows.most_common():
            meaning = self._meanings[key]
            yield self._shown[key], rows, None if meaning == ANSWERED else meaning

    def said(self) -> list[str]:
        """A sentence on what the texts of the file were taken for."""
        known = [
            f"{quoted(self._shown[key])} is {meaning.replace('_', ' ')}"
            for key, meaning in self._meanings.items()
            if meaning not in (None, key, ANSWERED) and key not in self._said
        ]
        return [f"Outcomes: {joined(known, most=20)}."] if known else []

    def questions(self) -> list[Question]:
        """What each unknown text stands for, the most frequent first."""
        return [_question(*item) for item in self.unknown.most_common(_MOST_ASKED)]


def _question(text: str, rows: int) -> Question:
    # The outcome of the longest known text that it holds.
    held = [known for known in words.OUTCOMES if f" {known} " in f" {words.key(text)} "]
    likely = words.OUTCOMES[max(held, key=len)] if held else Outcome.NO_ANSWER
    likely = Outcome.TALKED if likely == ANSWERED else likely
    outcomes = sorted(_OURS, key=lambda value: value != likely)
    meant = {Outcome(value).words: value for value in outcomes} | {"leave these rows out": ""}
    choices = {word: ("value", f"outcome:{text}={value}") for word, value in meant.items()}
    return Question(f"Which outcome is {quoted(text)} ({counted(rows, 'row')})?", choices)
