"""The help: all keys of a view, in groups, and the signs."""

from collections.abc import Mapping
from itertools import chain, zip_longest

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
_TWO = 93  # from so many columns on there are two beside each other
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
    return ListDialog("Keys", TextPanel("", _lines, groups, id="entries"), kind="-help")


def _lines(groups: dict[str, Entries], width: int, height: int) -> list[Line]:
    """The groups one below the other, or in two columns that are as long as each other."""
    room = width if width < _TWO else (width - 3) // 2
    told = [_group(name, entries, room) for name, entries in groups.items() if entries]
    if room == width:
        return [line for lines in told for line in lines]
    half = sum(map(len, told)) / 2
    split = min(range(len(told)), key=lambda some: abs(sum(map(len, told[:some])) - half))
    left, right = (chain.from_iterable(lines) for lines in (told[:split], told[split:]))
    return [
        Line((*one.left, (" " * (room + 3 - length(one.left)), "text"), *two.left))
        for one, two in zip_longest(left, right, fillvalue=Line())
    ]


def _group(name: str, entries: Entries, width: int) -> list[Line]:
    found = [Line(((name, "strong"),))]
    for words, (keys, does) in entries.items():
        head: Span = (f"{' '.join(keys):<14}", "accent" if does else "muted")
        for line in wrapped(words, width - 14, "text" if does else "muted"):
            found.append(Line((head, *line.left)))
            head = (" " * 14, "text")
    return [*found, Line()]
