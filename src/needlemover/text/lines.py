"""Sentences on lines of so many columns."""

import re
from textwrap import wrap

_FIGURE = re.compile(r"\d (?:%|h \d\d m|h \d\d|h|min|m \d\d s|s)(?!\w)")
_TIED = "\N{NO-BREAK SPACE}"


def in_lines(text: str, width: int, indent: str = "") -> list[str]:
    """A sentence on lines of so many columns; no figure is torn from its unit."""
    tied = _FIGURE.sub(lambda found: found[0].replace(" ", _TIED), text)
    return [part.replace(_TIED, " ") for part in wrap(tied, width, subsequent_indent=indent)]
