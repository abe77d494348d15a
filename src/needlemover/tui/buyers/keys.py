"""The keys of Buyers."""

from textual.binding import Binding, BindingType

from ..views import LAST_KEYS, MOVE_KEYS, PARK_KEY, UNDO_KEYS, VIEW_KEYS

KEYS: list[BindingType] = [
    Binding("escape", "leave", "Show all", id="leave", tooltip="Show all buyers, and the list"),
    Binding("c", "call", "Call", id="call", tooltip="Call this buyer"),
    Binding("enter", "read", "Read", id="read", tooltip="Read what is known; again: the list"),
    Binding("b", "back", "Back on", id="back", tooltip="Say when to call again"),
    Binding("slash", "find", "Find", id="find", key_display="/", tooltip="Find a name as you type"),
    Binding("a", "add", "Add", id="add", tooltip="Put somebody on the list: a name and Enter"),
    Binding("e", "edit", "Edit", id="edit", tooltip="Change name, phone, note"),
    Binding("m", "merge", "Merge", id="merge", tooltip="Merge two spellings of one buyer"),
    Binding("N", "never", "Never", id="never", tooltip="Never call again, as was asked; or do"),
    Binding("y", "copy", "Copy", id="copy_phone", tooltip="Copy the phone"),
    Binding("o", "dial", "Dial", id="dial", tooltip="Dial with your system's own program"),
    *VIEW_KEYS,
    PARK_KEY,
    *UNDO_KEYS,
    Binding("tab,shift+tab", "read", "Other panel", id="next_panel", show=False),
    *MOVE_KEYS,
    Binding("pagedown", "move(10)", "Move ten down", id="page_down", show=False),
    Binding("pageup", "move(-10)", "Move ten up", id="page_up", show=False),
    *LAST_KEYS,
]
