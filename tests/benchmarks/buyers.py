"""Buyers: the view's first opening, calling the next one, and finding a name as it is typed."""

from bench import DAY_SHOWN, Bench
from figures import Limit, Line
from keys import bare
from terminal import Terminal

VIEW = r"WHOM DO I TALK TO NEXT"
FOUND = r"  Buyers  .*"
"""The line with what is typed, which is painted with the names in which it is."""
WORDS = ("buyer", "01234")
"""One is in all names; of the other each letter leaves fewer."""


def buyers(bench: Bench) -> list[Line]:
    """All of it in ms, with 20,000 contacts, and the key of a bare app in the same minute."""
    opened: list[float] = []
    letters: list[float] = []
    for _ in range(bench.rounds):
        with bench.app(bench.ten_years) as terminal:
            terminal.until(DAY_SHOWN)
            terminal.rest()
            opened.append(1000 * terminal.stand("5", VIEW))
            letters += _typed(terminal)
            terminal.quit("\x11")
    called = _called(bench)
    return [
        Line("key: another line of a bare Textual app", bare(bench)),
        Line("Buyers, first time", opened, limits=(Limit("median", 120),)),
        Line("key: call the next one (n)", called, limits=(Limit("median", 8),)),
        Line("key: a letter behind /", letters, limits=(Limit("median", 10),)),
    ]


def _typed(terminal: Terminal) -> list[float]:
    """Milliseconds to the picture that answers each letter but the first, which / goes before."""
    took = []
    for first, *others in WORDS:
        terminal.press(f"/{first}", FOUND)
        took += [1000 * terminal.press(letter, FOUND) for letter in others]
        terminal.press("\x1b", FOUND)
    return took


def _called(bench: Bench) -> list[float]:
    """Milliseconds from the key to the running call; nobody answers, and the next is called.

    The first time composes and fills caches, and is not counted.
    """
    took = []
    with bench.app(bench.copy(bench.ten_years)) as terminal:
        terminal.until(DAY_SHOWN)
        terminal.rest()
        for _ in range(bench.presses + 1):
            took.append(1000 * terminal.press("n", r"talking to"))
            terminal.press("x", r"\d+ dials")
        terminal.quit()
    return took[1:]
