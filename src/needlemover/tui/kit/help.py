"""What the keys do, and what the signs mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget

from .dialog import Dialog
from .lines import Line, Span
from .list_dialog import LIST_CSS, READING_KEYS
from .rows import Rows

_WORDS: tuple[tuple[str, str], ...] = (
    ("✓ ◐ ○ ·", "met, partly done, to do, not due"),
    ("■ ◧ □ · –", "a day won, partly done, missed, rest day, day off"),
    ("◔ ◑ ◕ ▣", "how much of a day was done; a day won, entered late"),
    ("! at a streak", "it ends unless what is still due today is done"),
    ("14 d", "due days met in a row; rest days and days off break none"),
    ("┃ on a bar", "where the working day says you should be by now"),
    ("dial", "a try at a buyer; only conversations fill the quota"),
    ("late", "entered by hand on a later day than its own"),
)


def keys_of(screen: Screen[None]) -> Sequence[tuple[str, str]]:
    """The keys of a screen, those of one action together, with what they do."""
    found: dict[str, list[str]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.id:
            keys = found.setdefault(binding.tooltip or binding.description, [])
            key = binding.key_display or screen.app.get_key_display(binding)
            if key not in keys:
                keys.append(key)
    return [(" ".join(keys), words) for words, keys in found.items()]


class HelpScreen(Dialog[None]):
    """All keys, also those for which the footer has no room."""

    DEFAULT_CLASSES = "-list"
    AUTO_FOCUS = "Rows"
    CSS_PATH = LIST_CSS
    title_text = "Keys"
    save_word = ""
    cancel_word = "Close"
    hint_text = "ctrl+p finds every action by its name"
    BINDINGS: ClassVar[list[BindingType]] = [
        *READING_KEYS,
        Binding("question_mark", "cancel", "Close", show=False),
    ]

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._keys = keys

    def fields(self) -> Iterable[Widget]:
        """The keys, then the signs."""
        found: list[Line] = []
        for part in (self._keys, _WORDS):
            if found:
                found.append(Line((), (), len(found)))
            for key, words in part:
                spans: tuple[Span, ...] = ((f"{key:<14}", "accent"), (words, "text"))
                found.append(Line(spans, (), len(found)))
        yield Rows(found, id="entries")
