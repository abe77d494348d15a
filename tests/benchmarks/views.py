"""The views: from a key until all of the picture stands, with ten years of entries."""

from bench import DAY_SHOWN, Bench
from figures import Limit, Line
from terminal import Terminal

# The key of each view, and something that no other view shows.
VIEWS = {
    "Progress": ("2", "CALENDAR"),
    "Numbers": ("3", "FUNNEL"),
    "Delegate": ("4", "THE LEDGER"),
    "Today": ("1", "NON-NEGOTIABLES"),
}
WINDOWS = ("365 days", "all", "30 days", "90 days")
"""Of Numbers, in the order in which its key goes through them."""

# The long date of the day under the calendar's cursor.
DAY_UNDER_CURSOR = r"[A-Z][a-z]+day \d+ [A-Z][a-z]+ \d{4}"


def views(bench: Bench) -> list[Line]:
    """Each view the first time and later, the windows of Numbers, the calendar's cursor, in ms."""
    first: dict[str, list[float]] = {}
    later: dict[str, list[float]] = {}
    windows: dict[str, list[float]] = {}
    moved: list[float] = []
    for _ in range(bench.rounds):
        with bench.app(bench.ten_years) as terminal:
            terminal.until(DAY_SHOWN)
            terminal.rest()
            _go_round(terminal, first)
            _go_round(terminal, later)
            _step_through(terminal, windows)
            _move_about(terminal, moved)
            terminal.quit()
    del first["Today"]  # it was there already
    return [
        *_lines("{}, first time", first, 120),
        *_lines("{}, later", later, 25),
        *_lines("Numbers: {}", windows, 150),
        Line("key: move the calendar's cursor", moved, limits=(Limit("median", 20),)),
    ]


def _go_round(terminal: Terminal, took: dict[str, list[float]]) -> None:
    for name, (key, shown) in VIEWS.items():
        took.setdefault(name, []).append(1000 * terminal.stand(key, shown))


def _step_through(terminal: Terminal, took: dict[str, list[float]]) -> None:
    terminal.stand(*VIEWS["Numbers"])
    for window in WINDOWS:
        seconds = terminal.stand("w", r"Numbers  \w+(?: days)?")
        took.setdefault(window, []).append(1000 * seconds)


def _move_about(terminal: Terminal, took: list[float]) -> None:
    terminal.stand(*VIEWS["Progress"])
    terminal.press("\t", r"Open")
    terminal.press("h", DAY_UNDER_CURSOR)  # the first time is not counted
    took += [1000 * terminal.press(key, DAY_UNDER_CURSOR) for key in "khjl"]


def _lines(words: str, took: dict[str, list[float]], at_most: float) -> list[Line]:
    limits = (Limit("median", at_most),)
    return [Line(words.format(name), values, limits=limits) for name, values in took.items()]
