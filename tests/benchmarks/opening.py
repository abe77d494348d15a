"""The app as a whole: how long it takes to open and to quit, and the memory it takes."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench import DAY_SHOWN, Bench
from figures import Limit, Line, alternate, ratios
from terminal import Terminal


class _Life(NamedTuple):
    opened: float
    """Milliseconds from the start to the day on the screen."""
    memory: float = 0.0
    """MiB that were resident at most, until the program had nothing more to do."""
    left: float = 0.0
    """Milliseconds from the key to the end of the program."""


def opening(bench: Bench) -> list[Line]:
    """Open, let it come to rest, quit; the bare app beside ours."""
    took = alternate(
        {
            "bare": lambda: _lived(bench.bare(), "Ready"),
            "empty": lambda: _lived(bench.app(bench.empty), DAY_SHOWN),
            "years": lambda: _lived(bench.app(bench.ten_years), DAY_SHOWN),
            "first": _on_a_copy(bench, bench.yesterday),
            "away": _on_a_copy(bench, bench.away),
            "unkept": _on_a_copy(bench, bench.unkept),
        },
        bench.rounds,
    )
    return [*_opened(took), *_memory(took), *_left(took)]


def _lived(started: Terminal, ready: str) -> _Life:
    with started as terminal:
        opened = terminal.until(ready)
        terminal.rest()
        memory = terminal.peak_memory()
        return _Life(1000 * opened, memory, 1000 * terminal.quit())


def _on_a_copy(bench: Bench, path: Path) -> Callable[[], _Life]:
    def measure() -> _Life:
        with bench.app(bench.copy(path)) as terminal:
            return _Life(1000 * terminal.until(DAY_SHOWN))

    return measure


def _opened(took: dict[str, list[_Life]]) -> list[Line]:
    bare, empty, years, first, away, unkept = (
        [life.opened for life in took[name]] for name in took
    )
    return [
        Line("open a bare Textual app", bare),
        _ratio("open with an empty file ÷ bare", empty, bare, 1.05),
        _ratio("open with ten years ÷ bare", years, bare, 1.05),
        _ratio("open with ten years ÷ empty file", years, empty, 1.05),
        _ratio("open, first of the day, ten years ÷ bare", first, bare, 1.1),
        _ratio("open after three weeks away, ten years ÷ bare", away, bare, 1.1),
        _ratio("open where nothing of the past is kept ÷ bare", unkept, bare, 1.4),
    ]


def _memory(took: dict[str, list[_Life]]) -> list[Line]:
    bare, empty, years = ([life.memory for life in took[name]] for name in _WHOLE)
    return [
        Line("memory of a bare Textual app", bare, "MiB"),
        _ratio("memory with ten years ÷ bare", years, bare, 2.2, "MiB"),
        _ratio("memory with ten years ÷ empty file", years, empty, 1.05, "MiB"),
    ]


def _left(took: dict[str, list[_Life]]) -> list[Line]:
    bare, empty, years = ([life.left for life in took[name]] for name in _WHOLE)
    return [
        Line("quit a bare Textual app", bare),
        _ratio("quit with an empty file ÷ bare", empty, bare, 1.1),
        _ratio("quit with ten years ÷ bare", years, bare, 1.1),
    ]


def _ratio(
    what: str, values: list[float], to: list[float], at_most: float, unit: str = "ms"
) -> Line:
    return Line(what, values, unit, ratios=ratios(values, to), limits=(Limit("ratio", at_most),))


_WHOLE = ("bare", "empty", "years")
"""The programs that are left to come to rest."""
