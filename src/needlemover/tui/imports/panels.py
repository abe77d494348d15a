"""What is checked before a file is imported: its first rows, what its outcomes mean, the sums."""

from collections.abc import Sequence

from textual.message import Message
from textual.reactive import reactive

from ...domain.calls.entry import Outcome
from ...exchange.call_map import Preview
from ...text.format import shown
from ..kit.lines import Line, Lines, Span, cut, fit
from ..kit.panel import Panel

_WIDEST, _NARROWEST = 24, 6  # cells of a column
_NOT_READ = "not read"


class RowsPanel(Panel[Preview, None], can_focus=True):
    """The first rows under the fields; left and right go from column to column."""

    scrolls = True
    BORDER_TITLE = "FIRST ROWS"
    column: reactive[int] = reactive(0, repaint=False, init=False)  # the one that is chosen

    class Chosen(Message):
        """What the chosen column holds is to be changed."""

    def lines(self, facts: Preview, width: int, height: int) -> Lines:
        widths = [_width(facts, place) for place in range(len(facts.columns))]
        first = self._first_in_sight(widths, width)
        names = [name or _NOT_READ for name in facts.fields]
        heads = [self._row(names, widths, first, width, is_head=True)]
        heads.append(self._row(facts.columns, widths, first, width, ink="muted"))
        return [*heads, *(self._row(row, widths, first, width) for row in facts.rows)]

    def _first_in_sight(self, widths: Sequence[int], width: int) -> int:
        """The first column that is shown, so that the chosen one is whole."""
        first, needed = self.column, widths[self.column] if widths else 0
        while first and needed + widths[first - 1] + 2 <= width:
            first -= 1
            needed += widths[first] + 2
        return first

    def _row(
        self,
        cells: Sequence[str],
        widths: Sequence[int],
        first: int,
        width: int,
        *,
        ink: str = "text",
        is_head: bool = False,
    ) -> Line:
        spans: list[Span] = []
        for place, text in enumerate(cells[first : len(widths)], start=first):
            room = min(widths[place], width)
            width -= room + 2
            chosen = place == self.column and self.has_focus
            used = ("accent" if text != _NOT_READ else "faint") if is_head else ink
            spans.append((fit(text, room) + "  ", "strong" if chosen else used))
            if width <= 0:
                break
        return Line(tuple(spans))

    def move_column(self, by: int) -> None:
        """Choose a column beside the chosen one."""
        if self.facts is not None:
            self.column = min(max(self.column + by, 0), len(self.facts.columns) - 1)

    def watch_column(self) -> None:
        self.lay_out()


def _width(facts: Preview, place: int) -> int:
    texts = [facts.fields[place] or _NOT_READ, facts.columns[place]]
    texts += [row[place] for row in facts.rows if place < len(row)]
    return min(_WIDEST, max(_NARROWEST, *(len(shown(text)) for text in texts)))


Meaning = tuple[str, int, str | None]
_MEANINGS = {None: "not known", "": "left out"} | {item.value: item.words for item in Outcome}


class OutcomesPanel(Panel[Sequence[Meaning], Meaning], can_focus=True):
    """The outcomes of the file with their counts beside what each means here."""

    scrolls = True
    BORDER_TITLE = "OUTCOMES"

    def items(self, facts: Sequence[Meaning]) -> Sequence[Meaning]:
        return facts

    def lines(self, facts: Sequence[Meaning], width: int, height: int) -> Lines:
        if not facts:
            return [Line((("No column holds an outcome.", "muted"),))]
        room = max(8, width - 26)
        return [
            Line(
                (self.mark(number), (fit(text, room), "text"), (f"{count:>7,}", "muted")),
                ((cut(_MEANINGS.get(meaning, meaning or ""), 14), "accent"),),
                number,
            )
            for number, (text, count, meaning) in enumerate(facts)
        ]
