"""Spans of text in inks, and lines of them.

Everything is drawn through them, never through markup, so that a user's own words are only ever
shown.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len, set_cell_size

from ...text.format import in_lines, shown

T = TypeVar("T")

Span = tuple[str, str]  # a text and the name of its ink


class Line(Struct, frozen=True):
    """A line with something at its left and something at its right end."""

    left: tuple[Span, ...] = ()
    right: tuple[Span, ...] = ()
    item: int | None = None  # the number of the item that it belongs to, in a list
    ground: str = ""  # the variable of the theme that gives it a ground of its own


EMPTY = Line()
LEAST_NAME = 12  # cells that a name keeps; what stands beside it goes before
_FEW = 20
HEIGHTS = " ▁▂▃▄▅▆▇█"


class LineOfEach(Sequence[Line], Generic[T]):
    """A line for each item of a list; only those in sight are made, as there may be thousands.

    The first so many items may have other lines, one or more each.
    """

    def __init__(
        self,
        items: Sequence[T],
        line: Callable[[T, int], Line],
        first: Sequence[Line] = (),
        of: int = 0,
    ) -> None:
        self._items, self._line, self._first, self._more = items, line, first, len(first) - of

    def __len__(self) -> int:
        return len(self._items) + self._more

    def __getitem__(self, place: int) -> Line:  # type: ignore[override]
        if place < len(self._first):
            return self._first[place]
        return self._line(self._items[place - self._more], place - self._more)


def fit(text: str, width: int) -> str:
    """A user's text in exactly so many cells; cut off with … where it is longer."""
    text = shown(text)
    if cell_len(text) > width:
        return set_cell_size(text, max(0, width - 1)) + "…" if width > 0 else ""
    return set_cell_size(text, width)


def cut(text: str, width: int) -> str:
    """A user's text in at most so many cells."""
    text = shown(text)
    return fit(text, width) if cell_len(text) > width else text


def begun(text: str, width: int) -> str:
    """A sentence in at most so many cells, without words that do not fit; in few cells torn."""
    if cell_len(text) > width > _FEW:
        text = "".join(in_lines(text, width, most=1))
    return cut(text, width)


def length(spans: Sequence[Span]) -> int:
    """How many cells the spans take."""
    return sum(cell_len(text) for text, _ in spans)


def flow(parts: Iterable[Sequence[Span]], width: int, gap: int = 3) -> list[Line]:
    """Parts one after the other, as many on a line as fit; none is broken in two."""
    lines: list[list[Span]] = []
    for part in parts:
        if lines and length(lines[-1]) + gap + length(part) <= width:
            lines[-1] += [(" " * gap, "text"), *part]
        else:
            lines.append(list(part))
    return [Line(tuple(line)) for line in lines]


class Hint(list[Line]):
    """What a panel says that has nothing to show yet, and the keys that begin."""

    def __init__(self, said: str, width: int, *keys: tuple[str, str]) -> None:
        """Take keys with what they do."""
        self._told = wrapped(said, min(width, 66), "muted") if said else []
        self._keys = [[(key, "accent"), (f" {does}", "muted")] for key, does in keys]
        super().__init__([*self._told, *flow(self._keys, width)])

    def within(self, width: int, height: int) -> list[Line]:
        """In the middle of so many cells, each key on a line where there is room."""
        airy = [*self._told, *[EMPTY] * bool(self._told and self._keys), *flow(self._keys, 0)]
        found = airy if len(airy) <= height else self
        indent = " " * ((width - max(length(line.left) for line in found)) // 2)
        above = [EMPTY] * ((height - len(found)) // 3)
        return [*above, *(Line(((indent, "text"), *line.left)) for line in found)]


def bar(width: int, share: float, mark: float | None = None, ink: str = "accent") -> list[Span]:
    """A thin bar some cells wide, filled to a share (0 to 1), with a mark where it should be."""
    if width <= 0:
        return []
    halves = max(share > 0, round(min(max(share, 0.0), 1.0) * width * 2))
    done = "━" * (halves // 2) + "╸" * (halves % 2)
    line, size = f"{done:━<{width}}", len(done)
    at = min(width - 1, round(mark * width)) if mark is not None and 0 < mark < 1 else width
    spans = [(line[: min(at, size)], ink), (line[size:at], "faint"), ("┃" * (at < width), "muted")]
    spans += [(line[at + 1 : size], ink), (line[max(size, at + 1) :], "faint")]
    return [span for span in spans if span[0]]


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans, but as few as there are changes of ink."""
    runs = groupby(spans, key=lambda span: span[1])
    return [("".join(text for text, _ in run), ink) for ink, run in runs]


def spark(values: Sequence[float | None], width: int) -> str:
    """The last values as small bars, as many as fit; nothing for none, 0 and less."""
    return towers(values[-width:] if width > 0 else (), 1)[0]


def towers(values: Sequence[float | None], rows: int) -> list[str]:
    """The same of all values, in so many rows, a sign in each for a value."""
    known = [max(0, value or 0) for value in values]
    most = max(known, default=0) or 1
    eighths = [max(value > 0, round(value / most * 8 * rows)) for value in known]
    return [
        "".join(HEIGHTS[min(8, max(0, high - 8 * row))] for high in eighths)
        for row in reversed(range(rows))
    ]


def wrapped(text: str, width: int, ink: str = "text", indent: str = "") -> list[Line]:
    """A sentence, made safe already, on as many lines as it takes, all but the first indented."""
    return [Line(((part, ink),)) for part in in_lines(text, max(12, width), indent)]


def folded(line: Line, width: int) -> list[Line]:
    """A line, and below it what of its last words has no room; where that is little, all."""
    if length((*line.left, *line.right)) <= width:
        return [line]
    *head, (words, ink) = line.left
    indent = length(head)
    room = width - indent - length(line.right)
    if room < LEAST_NAME:
        indent, first, rest = 2, "", in_lines(words, width - 2)
    else:
        first, *rest = in_lines(words, room)
    below = (replace(line, left=((f"{'':{indent}}{part}", ink),), right=()) for part in rest)
    return [replace(line, left=(*head, (first, ink))), *below]


def paragraphs(sentences: Iterable[str], width: int, ink: str = "text") -> list[Line]:
    """Sentences, each on lines of its own; one that says nothing has none."""
    return [line for said in sentences for line in wrapped(said, width, ink, indent="  ")]
