"""Keys of Today: from a key to the picture that answers it, with ten years of entries."""

from bench import BARE, DAY_SHOWN, Bench
from figures import Limit, Line
from terminal import Terminal

# What is pressed, over and over, and the part of the screen that answers. The first activity is a
# plain tick; calls go to the highest-ranked sales activity.
PRESSES = (
    ("tick (space)", " ", r"\d+ of \d+ done"),
    ("untick (space)", " ", r"\d+ of \d+ done"),
    ("unanswered dial (x)", "x", r"\d+ dials"),
    ("start a call (c)", "c", r"hang up"),
    ("stop it (c): outcomes shown", "c", r"8  lost"),
    ("take talked (Enter)", "\r", r"talked"),
    ("cursor down (j)", "j", r"▶ \d"),
    ("cursor up (k)", "k", r"▶ \d"),
)

# The date on top, and all panels below it.
DAYS = (("the day before (←)", "\x1b[D"), ("the day after (→)", "\x1b[C"))
LONG_DATE = r"[A-Z][a-z]+day \d+ [A-Z][a-z]+ \d{4}"


def keys(bench: Bench) -> list[Line]:
    """Each key in turn, in ms; the first time composes and fills caches, and is not counted."""
    took: dict[str, list[float]] = {what: [] for what, _, _ in PRESSES}
    days: dict[str, list[float]] = {what: [] for what, _ in DAYS}
    with bench.app(bench.copy(bench.ten_years)) as terminal:
        terminal.until(DAY_SHOWN)
        terminal.rest()
        for number in range(bench.presses + 1):
            for what, key, answer in PRESSES:
                seconds = terminal.press(key, answer)
                if number:
                    took[what].append(1000 * seconds)
            for what, key in DAYS:
                seconds = terminal.stand(key, LONG_DATE)
                if number:
                    days[what].append(1000 * seconds)
        terminal.quit()
    limits = (Limit("median", 5), Limit("p95", 12))
    return [
        Line("key: another line of a bare Textual app", bare(bench)),
        *(Line(f"key: {what}", values, limits=limits) for what, values in took.items()),
        *(Line(f"key: {what}", values) for what, values in days.items()),
    ]


def bare(bench: Bench) -> list[float]:
    """The least that a key takes on this machine: one line of text is another.

    At as many frames a second as ours has, so that it does not wait for one.
    """
    with Terminal(BARE, bench.environment() | {"TEXTUAL_FPS": "240"}) as terminal:
        terminal.until("Ready")
        terminal.rest()
        took = [1000 * terminal.press("n", r"Pressed \d+") for _ in range(bench.presses + 1)]
        terminal.quit()
    return took[1:]
