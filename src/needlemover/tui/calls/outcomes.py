"""The eight outcomes of a call to choose from, and the question for one."""

import asyncio
from collections.abc import Sequence

from textual.binding import Binding

from ...domain.calls.entry import Outcome
from ..kit.lines import Line, Span, cut, fit

OUTCOMES = tuple(Outcome)
TALKED = OUTCOMES.index(Outcome.TALKED)
ROWS = 4
_TWO_ROWS = 68  # columns from which on two rows hold all outcomes
_MOVES = {"up": -1, "k": -1, "down": 1, "j": 1, "left": -ROWS, "h": -ROWS, "right": ROWS}
QUESTION_KEYS = (
    Binding("", "answer", "Outcome", key_display="1–8"),
    Binding("enter", "answer", "Marked", key_display="Enter"),
    Binding("escape", "answer", "Go on", key_display="Esc"),
    Binding("w", "answer", "Who"),
    Binding("b", "answer", "Back on"),
    Binding("dollar_sign", "answer", "Money", key_display="$"),
    Binding("n", "answer", "Note"),
)  # those that answer, as the footer says it
FIELD_KEYS = {"w": "contact", "dollar_sign": "amount", "n": "note", "b": "back"}


def outcome_lines(chosen: int, width: int, rows: int = ROWS) -> Sequence[Line]:
    """The outcomes with their numbers, in as many columns as so many rows need; one is marked."""
    columns = -(-len(OUTCOMES) // rows)
    found = []
    for row in range(rows):
        spans: list[Span] = []
        for place in range(row, len(OUTCOMES), rows):
            outcome, is_marked = OUTCOMES[place], place == chosen
            ink = "strong" if is_marked else "text" if outcome.reached else "muted"
            head = f"{'▶' if is_marked else ' '} {place + 1}  "
            room = max(0, width // columns - len(head))
            spans += [(head, "accent"), (fit(outcome.words, room), ink)]
        found.append(Line(tuple(spans)))
    return found


def outcome_at(x: int, row: int, width: int, rows: int = ROWS) -> int | None:
    """The place of the outcome that stands at a cell of `outcome_lines`."""
    columns = -(-len(OUTCOMES) // rows)
    place = x // max(1, width // columns) * rows + row
    return place if 0 <= row < rows and 0 <= place < len(OUTCOMES) else None


class Question:
    """Waits for one answer: an outcome, a field to be filled in as well, or None: not now."""

    title = "[$accent]HOW DID IT END?[/]"

    def __init__(self, about: str) -> None:
        self.about = about
        self._place = TALKED
        loop = asyncio.get_running_loop()
        self.answer: asyncio.Future[Outcome | str | None] = loop.create_future()

    @property
    def subtitle(self) -> str:
        return f"Enter {OUTCOMES[self._place].words} · Esc the call goes on"

    def press(self, key: str) -> bool:
        """Take what a key says to it; whether it says anything."""
        if key.isdecimal() and 1 <= int(key) <= len(OUTCOMES):
            self._settle(OUTCOMES[int(key) - 1])
        elif key == "enter":
            self._settle(OUTCOMES[self._place])
        elif key in ("escape", "backspace"):
            self._settle(None)
        elif key in FIELD_KEYS or key in ("e", "tab"):
            self._settle(FIELD_KEYS.get(key, "contact"))
        elif key in _MOVES:
            self._place = (self._place + _MOVES[key]) % len(OUTCOMES)
        else:
            return False
        return True

    def click(self, x: int, y: int, width: int, height: int) -> None:
        rows = _rows(height)
        if (place := outcome_at(x, y - (height > rows), width, rows)) is not None:
            self._settle(OUTCOMES[place])

    def _settle(self, answer: Outcome | str | None) -> None:
        if not self.answer.done():
            self.answer.set_result(answer)

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """The outcomes, and above them what it is about."""
        rows = _rows(height)
        about = [Line(((f" {cut(self.about, width - 1)}", "strong"),))]
        return [*(about if height > rows else ()), *outcome_lines(self._place, width, rows)]


def rows_wanted(width: int) -> int:
    """The least rows that hold all outcomes in a panel of so many columns."""
    return 2 if width >= _TWO_ROWS else ROWS


def _rows(height: int) -> int:
    return ROWS if height >= ROWS else 2
