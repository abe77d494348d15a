"""The line on top of a view: its name, what it is about, and a sum of it at the right."""

from collections.abc import Sequence

from msgspec import Struct

from .lines import Line, Span, length
from .panel import Panel


class Title(Struct, frozen=True):
    """What the line says."""

    left: tuple[Span, ...]
    right: str
    """Left out where there is no room for it."""


class TitleLine(Panel[Title, None]):
    """One line."""

    def lines(self, facts: Title, width: int, height: int) -> Sequence[Line]:
        fits = length(facts.left) + len(facts.right) + 2 <= width
        return (Line(facts.left, ((facts.right, "muted"),) if fits else ()),)
