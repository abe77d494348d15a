"""Records the first minute with the app as an animation, `screenshots/first-minute.svg`.

By hand, in the repository: `.venv/bin/python -m tests.first_minute`. The app is the real one on a
file of its own, with a clock that is set; each picture is the library's own export. A row of cells
that several pictures share is kept once.
"""

import asyncio
import re
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from needlemover.store.store import Store
from needlemover.tui.app import NeedleApp
from needlemover.tui.kit.view import View

from .conftest import SetClock
from .tui.hands import Hands

PICTURE = Path(__file__).parent.parent / "screenshots" / "first-minute.svg"
SIZE = (112, 30)
_CELL, _ROW = 12.2, 24.4  # how large the library draws a cell
_BACKGROUND = "#101114"
_TOP = 40  # rows of points above the cells, for the caption
_NAMED = {" ": "space", ":": "colon"}
_STYLE = re.compile(r"\.terminal-\d+-r(\d+) \{ (.*?) \}")
_GROUND = re.compile(
    r'<rect fill="(#\w+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="24.65" shape'
)
_TEXT = re.compile(
    r'<text class="terminal-\d+-r(\d+)" x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"[^>]*>'
    r"([^<]*)</text>"
)


class Picture(NamedTuple):
    """What is seen for some time."""

    drawn: str  # as the library exports it
    seconds: float
    caption: str


class Recording:
    """Somebody at the keyboard, and what they see."""

    def __init__(self, app: NeedleApp, clock: SetClock) -> None:
        self._app, self._clock, self._hands = app, clock, Hands(app)
        self.pictures: list[Picture] = []
        self.caption = ""

    def look(self, seconds: float) -> None:
        """Keep what is seen now, for so many seconds."""
        drawn = self._app.export_screenshot(simplify=True)
        self.pictures.append(Picture(drawn, seconds, self.caption))

    async def press(self, *keys: str, look: float = 1.0, say: str | None = None) -> None:
        """Press keys, and look at what they did; `say` is written above from then on."""
        self.caption = self.caption if say is None else say
        await self._hands.press(*keys)
        await self._hands.settle()
        self.look(look)

    async def type(self, text: str) -> None:
        """Type letter by letter."""
        for letter in text:
            await self.press(_NAMED.get(letter, letter), look=0.12)

    async def wait(self, seconds: int, look: float = 0.5) -> None:
        """Let time pass while the app watches the clock; its messages are gone by then."""
        self._app.clear_notifications()
        for _ in range(0, seconds, 20):
            self._clock.pass_by(seconds=min(20, seconds))
            view = self._app.screen_stack[0]
            assert isinstance(view, View)
            view.follow()
            await self._hands.settle()
            seconds -= 20
        self.look(look)


async def record() -> Sequence[Picture]:
    """A morning with three promises, two calls and everything done."""
    clock = SetClock(datetime(2026, 11, 24, 9, 5))
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "needle.db", clock)
        app = NeedleApp(store, clock)
        async with app.run_test(size=SIZE, notifications=True):
            told = Recording(app, clock)
            await told.press(look=4, say="needle opens: the few things that make the money")
            await told.press("enter", "escape", look=3, say="Enter: three promises, for every day")
            await told.press("c", look=1, say="c starts a call")
            await told.wait(1)
            await told.wait(1)
            await told.press("e", look=0.8, say="e says who")
            await told.type("Acme Corp")
            await told.press("enter", look=1)
            for seconds in (137, 208, 213, 195):
                await told.wait(seconds)
            await told.press("c", look=3, say="c hangs up: how did it end?")
            await told.press("b", look=1.5, say="b: when to call again")
            await told.type("today 10:00")
            await told.press("enter", look=3, say="12 of 15 minutes with buyers are done")
            await told.wait(61, 0.3)
            await told.press("x", look=2, say="x counts a call that nobody answered")
            await told.press("down", "space", look=2, say="space ticks what is done")
            await told.wait(2520, 2.5)
            await told.press("n", look=1.5, say="n calls the next one, who was promised 10:00")
            for seconds in (57, 64, 73):
                await told.wait(seconds)
            await told.press("c", look=1, say="c hangs up; 7: won")
            await told.press("7", look=1.5)
            await told.press("down", "space", look=1.5, say="space also starts and stops a timer")
            for seconds in (541, 680, 610):
                await told.wait(seconds)
            await told.press("space", look=3.5, say="The day is won, the streak begins")
            await told.wait(61, 0.2)
            await told.press("5", look=3, say="5: what you know of each buyer")
            await told.press("2", look=3, say="2: how the promises are kept")
            await told.press("1", look=5, say="1: today")
        store.close()
    return told.pictures


def animated(pictures: Sequence[Picture], size: tuple[int, int]) -> str:
    """The pictures one after the other, again and again, as one SVG; at rest it shows the last."""
    rows: dict[str, str] = {}  # what they draw, by their names
    styles: dict[str, str] = {}
    whole, at = sum(each.seconds for each in pictures), 0.0
    steps, frames = [], []
    width, height = round(size[0] * _CELL) + 20, round(size[1] * _ROW) + _TOP + 10
    for number, picture in enumerate(pictures):
        shown = _rows_of(picture.drawn, styles)
        used = "".join(
            f'<use href="#{rows.setdefault(drawn, f"r{len(rows)}")}" y="{row * _ROW:g}"/>'
            for row, drawn in sorted(shown.items())
        )
        frames.append(
            f'<g class="f" style="animation-name:k{number}">'
            f'<text class="t" x="{width / 2:g}" y="27">{picture.caption}</text>'
            f'<g transform="translate(10 {_TOP})">{used}</g></g>'
        )
        start, at = at, at + picture.seconds
        steps.append(
            f"@keyframes k{number}{{0%{{visibility:hidden}}"
            f"{start / whole:.3%}{{visibility:visible}}{at / whole:.3%}{{visibility:hidden}}}}"
        )
    kept = "".join(f'<g id="{name}">{drawn}</g>' for drawn, name in rows.items())
    inks = "".join(f".{name}{{{css}}}" for css, name in styles.items())
    return f"""<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<title>The first minute with needle</title>
<style>
text{{font:20px "Fira Code",Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre}}
.t{{font:bold 18px system-ui,sans-serif;text-anchor:middle;fill:#e8a33d}}
{inks}
.f{{visibility:hidden;animation:{whole:g}s step-end infinite}}
{"".join(steps)}
@media (prefers-reduced-motion:reduce){{.f{{animation:none}}.f:last-child{{visibility:visible}}}}
</style>
<defs>{kept}</defs>
<rect width="{width}" height="{height}" rx="8" fill="{_BACKGROUND}"/>
<g>{"".join(frames)}</g>
</svg>
"""


def _rows_of(drawn: str, styles: dict[str, str]) -> dict[int, str]:
    """What the library drew, by its rows; the styles that it needs are named among the others."""
    inks = {
        number: styles.setdefault(css, f"s{len(styles)}") for number, css in _STYLE.findall(drawn)
    }
    grounds: dict[int, list[tuple[str, float, float]]] = {}
    rows: dict[int, str] = {}
    for fill, *place in _GROUND.findall(drawn):
        x, y, width = map(float, place)
        row = grounds.setdefault(round(y // _ROW), [])
        if row and row[-1][0] == fill:  # the one before goes on
            _, x, before = row.pop()
            width += before
        row.append((fill, x, width))
    for y, row in grounds.items():
        rows[y] = "".join(
            f'<rect fill="{fill}" x="{x:g}" y="1.5" width="{width:g}" height="24.65"/>'
            for fill, x, width in row
            if fill != _BACKGROUND
        )
    for ink, x, y, length, text in _TEXT.findall(drawn):
        text = text.replace("&#160;", " ")
        said, before = text.strip(), len(text) - len(text.lstrip())
        if said:
            left = float(x) + before * _CELL
            size = float(length) - (len(text) - len(said)) * _CELL
            rows[round(float(y) // _ROW)] += (
                f'<text class="{inks[ink]}" x="{left:g}" y="20" textLength="{size:g}">{said}</text>'
            )
    return rows


if __name__ == "__main__":
    PICTURE.write_text(animated(asyncio.run(record()), SIZE), encoding="utf-8")
    print(f"{PICTURE.name}: {PICTURE.stat().st_size // 1000} kB")
