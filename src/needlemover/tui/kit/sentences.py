"""Sentences on the lines of a panel; the first picture has none."""

from ...text.lines import in_lines
from .lines import Line


def wrapped(text: str, width: int, ink: str = "text", indent: str = "") -> list[Line]:
    """A sentence on as many lines as it takes.

    Args:
        text: made safe already.
        width: in cells.
        ink: of it.
        indent: before every line but the first.
    """
    return [Line(((part, ink),)) for part in in_lines(text, max(12, width), indent)]
