"""Sentences on the lines of a panel; the first picture has none."""

from ...text.format import in_lines
from .lines import Line


def wrapped(text: str, width: int, ink: str = "text", indent: str = "") -> list[Line]:
    """A sentence, made safe already, on as many lines as it takes, all but the first indented."""
    return [Line(((part, ink),)) for part in in_lines(text, max(12, width), indent)]
