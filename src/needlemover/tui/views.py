"""The views, in the order of their keys, and the keys that all have. A view is added here."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import Any

from textual.binding import Binding
from textual.keys import Keys, format_key, key_to_character

from ..domain.errors import Hint

_MODIFIERS = frozenset(("ctrl", "alt", "shift", "super", "meta", "hyper"))
_NAMED = frozenset(key.value for key in Keys)


def load(place: str) -> Any:
    """What stands at a place, `module:name` in this package; the first picture needs few."""
    module, name = place.split(":")
    return getattr(import_module(f".{module}", __package__), name)


# Where the screen of each is found when it is first asked for, and what its key shows.
VIEWS = {
    "today": ("today.screen:TodayScreen", "Today"),
    "progress": ("progress.screen:ProgressScreen", "Progress: streaks, calendar, quotas over time"),
    "numbers": ("numbers.screen:NumbersScreen",
          "Numbers: funnel, returns, goal, when buyers answer"),
    "delegate": ("delegation.screen:DelegateScreen",
          "Delegate: what was parked, and is it worth paying for"),
    "buyers": ("buyers.screen:BuyersScreen", "Buyers: whom to talk to next, what is known"),
}  # fmt: skip


def key(
    keys: str, action: str, word: str, does: str = "", *, id: str = "", show: bool = True
) -> Binding:
    """A key of a view: its word in the footer, and what it does.

    By its id, which is the action unless said otherwise, a person gives the action another key.
    """
    return Binding(keys, action, word, show=show, id=id or action, tooltip=does)


VIEW_KEYS = tuple(
    key(str(number), f"view('{name}')", "View", f"Show {what}", id=f"view_{name}")
    for number, (name, (_, what)) in enumerate(VIEWS.items(), 1)
)
PARK_KEY = key("p", "app.ask('park')", "Park",
               "Park what popped up: a title and Enter; a call goes on", id="park")  # fmt: skip
LIST_KEYS = (
    key("pagedown", "move(10)", "Further down", "Move ten down", id="page_down", show=False),
    key("pageup", "move(-10)", "Further up", "Move ten up", id="page_up", show=False),
    key("home", "move(-1000000)", "First", "Move to the first line", id="first", show=False),
    key("end", "move(1000000)", "Last", "Move to the last line", id="last", show=False),
    key("y", "copy", "Copy", "Copy the line", id="copy_line", show=False),
)
MOVE_KEYS = (
    key("down,j", "move(1)", "Down", "Move down", id="down", show=False),
    key("up,k", "move(-1)", "Up", "Move up", id="up", show=False),
    *LIST_KEYS,
)
PANEL_KEYS = (
    key("tab", "panel(1)", "Panel", "Go to the next panel", id="next_panel"),
    key("shift+tab", "panel(-1)", "Panel", "Go to the panel before", id="panel_before", show=False),
)
UNDO_KEY = key("u", "undo", "Undo", "Undo the last change")
HISTORY_KEY = key("H", "app.ask('history')", "History",
                  "Show what undo would take back, last first",
                  id="history", show=False)  # fmt: skip
UNDO_KEYS = (UNDO_KEY, key("U", "redo", "Redo", "Redo what was undone", show=False), HISTORY_KEY)
LAST_KEYS = (
    key("comma", "app.ask('settings')", "Menu",
        "Choose the settings: currency, working day, your keys", id="settings"),
    key("question_mark", "help", "Help", "Show what the keys do"),
    key("q", "app.quit", "Quit", "Leave; everything is saved", id="quit"),
)  # fmt: skip
PALETTE_KEY = Binding("ctrl+p", "app.command_palette", "Menu", id="palette", priority=True,
                      tooltip="Find every action by its name")  # fmt: skip
SUSPEND_KEY = Binding("ctrl+z", "app.suspend_process", show=False, priority=True)
END_KEYS = (*UNDO_KEYS, *MOVE_KEYS, *LAST_KEYS)  # of most views
WAYS: dict[Hint, str] = {  # how the app does what an error asks for
    "add activity": "press a on Today",
    "add sales activity": "press a on Today",
    "add contact": "press a in Buyers",
    "merge contacts": "press m in Buyers",
    "log": "press l on Today",
    "start timer": "press c",
    "stop timer": "press c",
    "another file": "leave with q, then needle --db PATH",
}


def keys_of(view: str) -> list[Binding]:
    """The keys of a view, in the order in which they stand at its foot, and the palette's."""
    bindings = load(VIEWS[view][0]).BINDINGS
    return [*(key for key in bindings if isinstance(key, Binding)), PALETTE_KEY]


def pressed_for(binding: Binding, chosen: Mapping[str, str]) -> list[str]:
    """The keys of an action as they are shown: those that were chosen, else its own."""
    return [format_key(key) for key in keys_in(usable(chosen).get(binding.id or "", binding.key))]


def key_problems(chosen: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each key in the config file with which something is wrong."""
    names = {key.id or "" for view in VIEWS for key in keys_of(view)}
    for name in sorted(chosen.keys() - names):
        yield f"There is no action “{name}” to have a key: needle keys lists the names."
    for name in sorted(names & chosen.keys()):
        for key in filter(lambda key: not is_key(name, key), keys_in(chosen[name])):
            yield f"“{key}” is no key for {name}: needle help keys tells how one is written."
    yield from dict.fromkeys(said for view in VIEWS for said in _clashes(chosen, keys_of(view)))


def usable(chosen: Mapping[str, str]) -> dict[str, str]:
    """What is chosen, without what is no key: an action that has none left keeps its own."""
    kept = {name: [*filter(partial(is_key, name), keys_in(keys))] for name, keys in chosen.items()}
    return {name: ",".join(keys) for name, keys in kept.items() if keys}


def keys_in(typed: str) -> list[str]:
    """The keys of a list with commas between them; a comma alone is a key."""
    return [key.strip() for key in typed.split(",")] if typed.strip() != "," else ["comma"]


def is_key(action: str, key: str) -> bool:
    """Whether a terminal could send it, as far as its name tells, and the action can have it."""
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    character = key_to_character(name)
    is_typed = action == PALETTE_KEY.id and character and not modifiers  # it would open in fields
    return _MODIFIERS.issuperset(modifiers) and bool(name in _NAMED or character) and not is_typed


def _clashes(chosen: Mapping[str, str], view: Sequence[Binding]) -> Iterator[str]:
    """A sentence for each action of a view that loses a key: those chosen go before the others."""
    keys = {name: keys_in(typed) for name, typed in usable(chosen).items()}
    taken: dict[str, Binding] = {}
    for binding in sorted(view, key=lambda binding: binding.id not in keys):
        names = keys.get(binding.id or "", binding.key.split(","))
        own = [(key_to_character(key) or "").strip() or key for key in names]  # as it is sent
        lost = [key for key in own if taken.setdefault(key, binding) is not binding]
        if lost:
            left = [format_key(key) for key in own if key not in lost]
            yield (
                f"Your key {lost[0]} is {taken[lost[0]].description}, so {binding.description} has "
                f"{f'only {left[0]}' if left else 'no key'}: give {binding.id} another, like f5."
            )
