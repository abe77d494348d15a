"""Pictures of the screen in letters, so that a diff of two reads as what changed.

The first part of a picture is what stands on the screen. In the second, as large, each cell holds
the letter of its style: its two colours, by their names in the theme, and whether it is bold or
reversed. Behind a dialog the colours are faded, under the keyboard they can be tinted. The third
part says what the letters mean. `pictures/letters.txt` holds those of all pictures, a style a line:
add a line for a style that has none yet and is a `?`.

`pytest --take-pictures` takes them anew; the diff of git then tells what changed. The few pictures
that hold the real colours, one a view and size, are SVG and taken by `pytest --snapshot-update`.
"""

import re
from collections.abc import Awaitable, Callable
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.color import Color as Shown
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.app import App
from textual.color import Color
from textual.pilot import Pilot

from .hands import Hands

SIZES = ((80, 24), (120, 40))
FOLDER = Path(__file__).parent / "pictures"

Compare = Callable[..., bool]
Steps = Callable[[Pilot[Any]], Awaitable[None]]
Picture = Callable[..., None]

# Where a theme shows two of them alike, the first is meant by a letter, the last by a ground.
_COLOURS = (
    *("foreground", "needle-muted", "needle-faint", "accent", "needle-dim-accent"),
    *("success", "error", "secondary", "needle-call", "needle-cursor", "panel-lighten-1"),
    *("panel", "surface", "background"),
)
_SIGNS = ("bold", "dim", "italic", "underline", "reverse", "strike")


def press(*keys: str, wait_for_workers: bool = False) -> Steps:
    """Press keys before the picture is taken.

    Args:
        keys: one after the other.
        wait_for_workers: whether each is to wait for what is worked out beside the screen.
    """

    async def steps(pilot: Pilot[Any]) -> None:
        hands = Hands(pilot.app)
        for key in keys:
            await hands.press(key)
            if wait_for_workers:
                await pilot.app.workers.wait_for_complete()
                await hands.settle()

    return steps


def place(test: pytest.Item) -> Path:
    """Where the picture of a test is kept."""
    subject = test.path.stem.removeprefix("test_").removesuffix("_pictures")
    name = test.name.removeprefix("test_").replace("[", "-").removesuffix("]")
    return FOLDER / subject / f"{name}.txt"


async def take(app: App[Any], size: tuple[int, int], steps: Steps | None) -> str:
    """The picture of an app after some steps, animations and messages included."""
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        hands = Hands(app)
        await hands.settle()
        if steps is not None:
            await steps(pilot)
        await pilot.wait_for_scheduled_animations()
        await hands.settle()
        return draw(app)


def compare(path: Path, taken: str, *, anew: bool) -> None:
    """Fail with what differs from the picture that is kept, or keep the one just taken."""
    if anew:
        path.parent.mkdir(exist_ok=True)
        path.write_text(taken, encoding="utf-8", newline="\n")
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    if kept != taken:
        name = str(path.relative_to(FOLDER))
        told = unified_diff(kept.split("\n"), taken.split("\n"), name, "now", lineterm="")
        hint = "Is it meant? pytest --take-pictures keeps it."
        pytest.fail("\n".join([*told, hint]), pytrace=False)


def draw(app: App[Any]) -> str:
    """What an app shows now: its letters, their styles, and what these are."""
    known = (FOLDER / "letters.txt").read_text(encoding="utf-8").splitlines()
    letters = {line[2:]: line[0] for line in known}
    name_of = _names(app)
    drawn = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    assert isinstance(drawn, LayoutUpdate)
    text, marks, legend = [], [], set()
    for row in drawn.strips:
        segments = [segment for strip in row for segment in strip]
        text.append("".join(segment.text for segment in segments).rstrip(" "))
        marks.append("")
        for segment in segments:
            for run in re.findall(" +|[^ ]+", segment.text):
                name = name_of(segment.style or Style(), run[0] == " ")
                letter = letters.get(name, "?")
                marks[-1] += letter * cell_len(run)
                legend.add(f"{letter} {name}")
    return "\n".join([*text, "", *marks, "", *sorted(legend), ""])


def _names(app: App[Any]) -> Callable[[Style, bool], str]:
    """How the style of a letter, or of a blank, is called in the theme that the app has on."""
    variables = app.get_css_variables()
    colours = {name.removeprefix("needle-"): Color.parse(variables[name]) for name in _COLOURS}
    plain = [(colour.rich_color, name) for name, colour in colours.items()]
    shades = [
        (colour.blend(colours[towards], share).rich_color, f"{how} {name}")
        for how, towards, share in (("tinted", "foreground", 0.05), ("faded", "background", 0.6))
        for name, colour in colours.items()
    ]
    inks = dict([*shades, *reversed(plain)])
    grounds = dict([*shades, *plain])

    def called(names: dict[Shown, str], colour: Shown | None) -> str:
        return names.get(colour, colour.name) if colour else "default"

    def name_of(style: Style, is_blank: bool) -> str:
        ground = called(grounds, style.bgcolor)
        signs = [sign for sign in _SIGNS if getattr(style, sign)]
        if is_blank and not {"reverse", "underline", "strike"}.intersection(signs):
            return f"blank on {ground}"
        return " ".join([*signs, called(inks, style.color), "on", ground])

    return name_of
