"""Lists in dialogs: to read or to choose from, and that of the keys and signs."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget

from .dialog import Dialog, T
from .lines import Line
from .panel import Panel


class Rows(Panel[Sequence[Line], int], can_focus=True):
    """Lines that are there from the beginning, each an item or part of the one above."""

    scrolls = True

    def items(self, facts: Sequence[Line]) -> Sequence[int]:
        return sorted({line.item for line in facts if line.item is not None})

    def lines(self, facts: Sequence[Line], width: int, height: int) -> Sequence[Line]:
        return facts


class ListDialog(Dialog[T]):
    """A list to read, or to choose from."""

    save_word = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("pagedown,space", "move(10)", "Further down", show=False),
        Binding("pageup", "move(-10)", "Further up", show=False),
        Binding("enter", "save", "Take it", show=False),
        Binding("q,question_mark", "cancel", "Close", show=False),
    ]

    def __init__(
        self,
        title: str,
        entries: Panel[Any, Any],
        *,
        hint: str = "",
        kind: str = "",
        take: Callable[[int], T] | None = None,
    ) -> None:
        """Take a list with the id `entries`, and a line below it.

        `kind` is a class more for the stylesheet, and `take` what choosing the item at a place
        answers; None: nothing is chosen.
        """
        super().__init__(classes=f"-list {kind}")
        self.title_text, self.hint_text = title, hint
        self._entries, self._take = entries, take

    def fields(self) -> Iterable[Widget]:
        yield self._entries

    def accept(self) -> T | None:
        return None if self._take is None else self._take(self._entries.cursor)

    def on_panel_picked(self) -> None:
        if self._take is not None:
            self.action_save()


_WORDS: tuple[tuple[str, str], ...] = (
    ("✓ ◐ ○ ·", "met, partly done, to do, not due"),
    ("■ ◧ □ · –", "a day won, partly done, missed, rest day, day off"),
    ("◔ ◑ ◕ ▣", "how much of a day was done; a day won, entered late"),
    ("! at a streak", "it ends unless what is still due today is done"),
    ("14 d", "due days met in a row; rest days and days off break none"),
    ("┃ on a bar", "where the working day says you should be by now"),
    ("dial", "a try at a buyer; only conversations fill the quota"),
    ("3rd try", "the third dial in a row without a conversation"),
    ("late", "entered by hand on a later day than its own"),
)


def help_dialog(screen: Screen[None]) -> ListDialog[None]:
    """All keys of a screen, also those for which the footer has no room, then the signs."""
    found: dict[str, list[str]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.id:
            keys = found.setdefault(binding.tooltip or binding.description, [])
            key = screen.app.get_key_display(binding)
            if key not in keys:
                keys.append(key)
    told = [(" ".join(keys), words) for words, keys in found.items()]
    lines = [
        Line(((f"{key:<14}", "accent"), (words, "text")) if key else (), (), number)
        for number, (key, words) in enumerate([*told, ("", ""), *_WORDS])
    ]
    hint = "ctrl+p finds every action by its name"
    return ListDialog("Keys", Rows(lines, id="entries"), hint=hint, kind="-help")
