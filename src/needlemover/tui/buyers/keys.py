"""The keys of Buyers."""

from textual.binding import BindingType

from ..views import END_KEYS, PARK_KEY, VIEW_KEYS, key

KEYS: list[BindingType] = [
    key("escape", "leave", "Show all", "Show all buyers, and the list"),
    key("c", "call", "Call", "Call this buyer"),
    key("enter", "read", "Read", "Read what is known; again: the list"),
    key("b", "back", "Back on", "Say when to call again"),
    key("slash", "find", "Find", "Find a name as you type"),
    key("a", "add", "Add", "Put somebody on the list: a name and Enter"),
    key("e", "edit", "Edit", "Change name, phone, note"),
    key("m", "merge", "Merge", "Merge two spellings of one buyer"),
    key("N", "never", "Never", "Never call again, as was asked; again: allow it"),
    key("y", "copy", "Copy", "Copy the phone", id="copy_phone"),
    key("o", "dial", "Dial", "Dial with your system's own program"),
    *VIEW_KEYS,
    PARK_KEY,
    key("tab,shift+tab", "read", "Other panel", id="next_panel", show=False),
    *(each for each in END_KEYS if each.id != "copy_line"),
]
