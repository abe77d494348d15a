"""The help: all keys of a view, in groups, and the signs."""

from collections.abc import Mapping
from itertools import zip_longest

from textual.binding import ActiveBinding
from textual.screen import Screen

from .dialog import ListDialog
from .lines import Line, Span, length, wrapped
from .panels import TextPanel

_GROUPS = {  # the actions of each, by their ids; what stands in none is of the app
    "CALL": "call next no_answer back let_go block dial copy_phone find merge never",
    "LOG": "log tick time money asks edit delete pick read note undo redo history",
    "PLAN": "park add answer rank_up rank_down archive off work_again review goal rerank hour "
    "weigh delegate done drop park_again",
}
_SIGNS = (
    ("✓ ◧ □ ·", "an activity: met, partly done, to do, not due"),
    ("■ ◧ □ · – ▶", "a day: won (darker: late), partly done, missed, rest, off, open"),
    ("! at a streak", "it ends unless what is still due today is done"),
    ("14 d", "due days met in a row; rest days and days off break none"),
    ("┃ on a bar", "where the working day says you should be by now"),
    ("dial", "a try at a buyer; only conversations fill the quota"),
    ("3rd try", "the third dial in a row without a conversation"),
    ("late", "entered by hand on a later day than its own"),
)
_TWO = 94  # from so many columns on there are two beside each other
Entries = dict[str, tuple[list[str], bool]]  # the words, their keys, whether they do anything now


def help_dialog(screen: Screen[None], every: Mapping[str, ActiveBinding]) -> ListDialog[None]:
    """All keys of a view, the same whatever has the focus; muted is what does nothing now."""
    groups: dict[str, Entries] = {name: {} for name in (*_GROUPS, "APP")}
    now = screen.active_bindings
    for pressed, active in every.items():
        binding = active.binding
        if binding.id:
            of = (name for name, ids in _GROUPS.items() if binding.id in ids.split())
            words = binding.tooltip or binding.description
            does = pressed in now and active.enabled
            keys, _ = groups[next(of, "APP")].setdefault(words, ([], does))
            if (key := screen.app.get_key_display(binding)) not in keys:
                keys.append(key)
    groups["SIGNS"] = {words: ([sign], True) for sign, words in _SIGNS}
    return ListDialog("Keys", TextPanel("", _lines, groups, id="entries")).add_class("-help")


def _lines(groups: dict[str, Entries], width: int, height: int) -> list[Line]:
    """The groups one below the other, or in two columns as long as each other."""
    room = width if width < _TWO else (width - 3) // 2
    shown = ((name, entries) for name, entries in groups.items() if entries)
    told = [line for name, entries in shown for line in _group(name, entries, room)]
    if room == width:
        return told
    begins = (at for at, line in enumerate(told) if line.left and line.left[0][0].strip())
    split = next(at for at in begins if at >= len(told) // 2 and len(told[at - 1].left) != 1)
    head = next(line for line in reversed(told[: split + 1]) if len(line.left) == 1)
    right = told[split:] if told[split] is head else [head, *told[split:]]
    return [
        Line((*one.left, (" " * (room + 3 - length(one.left)), "text"), *two.left))
        for one, two in zip_longest(told[:split], right, fillvalue=Line())
    ]


def _group(name: str, entries: Entries, width: int) -> list[Line]:
    found = [Line(((name, "strong"),))]
    longest = max(len(" ".join(keys)) for keys, _ in entries.values())
    size = 14 if width > 40 else min(14, longest + 2)
    for words, (keys, does) in entries.items():
        head: Span = (f"{' '.join(keys):<{size}}", "accent" if does else "muted")
        for line in wrapped(words, width - size, "text" if does else "muted"):
            found.append(Line((head, *line.left)))
            head = (" " * size, "text")
    return [*found, Line()]
