"""The recording of the first minute: what several pictures share is in it once."""

import io
import re
from xml.etree import ElementTree

from rich.console import Console
from rich.text import Text

from .first_minute import PICTURE, Picture, animated


def drawn(*lines: str) -> str:
    """As the library exports a screen."""
    console = Console(width=10, record=True, file=io.StringIO(), color_system="truecolor")
    for line in lines:
        console.print(Text(line, style="#e8a33d on #23262e"))
    return console.export_svg()


def test_each_picture_has_its_time_and_a_row_of_two_is_there_once() -> None:
    svg = animated(
        [
            Picture(drawn("both", "a < b"), 1, "first"),
            Picture(drawn("both", "two"), 3, "second"),
        ],
        (10, 2),
    )
    root = ElementTree.fromstring(svg)
    texts = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["both", "a < b", "two", "first", "second"]
    assert svg.count("<use ") == 4
    assert "animation:4s step-end infinite" in svg
    assert "@keyframes k0{0%{visibility:hidden}0.000%{visibility:visible}25.000%" in svg
    assert "25.000%{visibility:visible}100.000%{visibility:hidden}" in svg
    assert re.search(r'x="0" y="20" textLength="48.8">both<', svg)
    assert svg.count('<rect fill="#23262e"') == 3


def test_the_one_that_is_kept_is_whole_and_rests_for_who_wants_no_motion() -> None:
    svg = PICTURE.read_text(encoding="utf-8")
    root = ElementTree.fromstring(svg)
    frames = [each for each in root.iter() if each.get("class") == "f"]
    assert len(frames) == svg.count("@keyframes") > 30
    assert "prefers-reduced-motion:reduce){.f{animation:none}.f:last-child{visibility" in svg
    text = " ".join(root.itertext())
    assert "HOW DID IT END?" in text
    assert "CALL NEXT" in text
    assert "Day won. 1-day streak." in text
    assert "font-face" not in svg
