"""The views, in the order of their keys, and the keys that all have. A view is added here."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from textual.binding import Binding, BindingType

from ..domain.errors import Hint


class Place(Struct, frozen=True):
    """A view, and where its screen is found when it is first asked for."""

    name: str
    screen: str  # its module in this package, and its class
    words: str  # what its key does


VIEWS = (
    Place("today", "today.screen:TodayScreen", "Show Today"),
    Place("progress", "progress.screen:ProgressScreen",
          "Show Progress: streaks, calendar, quotas over time"),
    Place("numbers", "numbers.screen:NumbersScreen",
          "Show Numbers: funnel, returns, goal, when buyers answer"),
    Place("delegate", "delegation.screen:DelegateScreen",
          "Show Delegate: what was parked, and is it worth paying for"),
    Place("buyers", "buyers.screen:BuyersScreen",
          "Show Buyers: whom to talk to next, what is known"),
)  # fmt: skip


def key(
    keys: str, action: str, word: str, does: str = "", *, id: str = "", show: bool = True
) -> Binding:
    """A key of a view: its word in the footer, and what it does.

    By its id, which is the action unless said otherwise, a person gives the action another key.
    """
    return Binding(keys, action, word, show=show, id=id or action, tooltip=does)


VIEW_KEYS = tuple(
    key(str(number), f"view('{place.name}')", "View", place.words, id=f"view_{place.name}")
    for number, place in enumerate(VIEWS, 1)
)
PARK_KEY = key("p", "app.park", "Park",
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
HISTORY_KEY = key("H", "app.history", "History", "Show what undo would take back, last first",
                  id="history", show=False)  # fmt: skip
UNDO_KEYS = (UNDO_KEY, key("U", "redo", "Redo", "Redo what was undone", show=False), HISTORY_KEY)
LAST_KEYS = (
    key("comma", "app.settings", "Settings", "Choose currency, working day, when a day begins",
        id="settings", show=False),
    key("question_mark", "help", "Help", "Show what the keys do"),
    key("q", "app.quit", "Quit", "Leave; everything is saved", id="quit"),
)  # fmt: skip
END_KEYS = (*UNDO_KEYS, *MOVE_KEYS, *LAST_KEYS)  # of most views
WAYS: dict[Hint, str] = {
    "add activity": "press a on Today",
    "add sales activity": "press a on Today",
    "add contact": "press a in Buyers",
    "merge contacts": "press m in Buyers",
    "log": "press l on Today",
    "start timer": "press c",
    "stop timer": "press c",
    "another file": "leave with q, then needle --db PATH",
}
"""How the app does what an error asks for."""


def lost_keys(chosen: Mapping[str, str], *views: Sequence[BindingType]) -> Iterator[str]:
    """A sentence for each key that is chosen for one action and was the only one of another."""
    for keys in views:
        here = {key.id: key for key in keys if isinstance(key, Binding)}
        taken = {
            key.strip(): here[name].description
            for name in chosen
            if name in here
            for key in chosen[name].split(",")
        }
        for name, binding in here.items():
            if name not in chosen and set(binding.key.split(",")) <= taken.keys():
                key = binding.key.split(",")[0]
                lost = f"Your key {key} is {taken[key]}, so {binding.description} has no key"
                yield f'{lost}: give it one in the config file, like {name} = "f5".'
