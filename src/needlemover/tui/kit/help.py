"""What the keys do, and what the signs mean."""

from textual.screen import Screen

from .lines import Line
from .list_dialog import ListDialog, Rows

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
            key = binding.key_display or screen.app.get_key_display(binding)
            if key not in keys:
                keys.append(key)
    told = [(" ".join(keys), words) for words, keys in found.items()]
    lines = [
        Line(((f"{key:<14}", "accent"), (words, "text")) if key else (), (), number)
        for number, (key, words) in enumerate([*told, ("", ""), *_WORDS])
    ]
    hint = "ctrl+p finds every action by its name"
    return ListDialog("Keys", Rows(lines, id="entries"), hint=hint, kind="-help")
