"""Names that try to be markup, terminal commands, or larger than the screen."""

from collections.abc import Iterable, Sequence

from .conftest import Driven

HOSTILE = (
    "x [/b]",
    "[red]red[/red] [",
    "👩‍👩‍👧 family 🇩🇪",
    "שלום עולם",
    "n" * 500,
    "two\nlines",
    "\x1b[31mred\x1b[0m \x07bell",
    "right\u202eover",
    "=1+1",
)
NAMES = (
    "x [/b] [red]red[/red] [ שלום עולם 👩‍👩‍👧",
    "two\nlines \x1b[31mred\x1b[0m \x07bell right\u202eover " + "n" * 500,
)
"""The same signs in two names, where each is taken through an app of its own."""


async def show_name(user: Driven, name: str, steps: Iterable[Sequence[str]]) -> None:
    """Press the keys of each step: the name must never be obeyed, and be seen at the end."""
    for keys in steps:
        text = await user.see(*keys)
        assert not any(sign in text for sign in "\x1b\x07\u202e")
    beginning = name.splitlines()[0][:5].strip()
    if beginning.isprintable():
        assert beginning in user.screen_text()
