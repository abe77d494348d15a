"""Panels that are a title and a text."""

from collections.abc import Callable

from .lines import Lines
from .panel import F, Panel


class TextPanel(Panel[F, None], can_focus=True):
    """Lines to read; what has no room is scrolled to."""

    scrolls = True

    def __init__(
        self,
        title: str,
        write: Callable[[F, int, int], Lines],
        facts: F | None = None,
        *,
        id: str,
        below: Callable[[F], str] = lambda _: "",
    ) -> None:
        """Take what writes the lines, of some facts in so many cells, and the lower border."""
        super().__init__(facts, id=id)
        self._title, self._write, self._below = title, write, below

    def title(self, facts: F) -> str:
        return self._title

    def subtitle(self, facts: F) -> str:
        return self._below(facts)

    def lines(self, facts: F, width: int, height: int) -> Lines:
        return self._write(facts, width, height)
