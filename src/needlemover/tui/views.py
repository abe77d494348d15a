"""The views, in the order of their keys, and the keys that all have. A view is added here."""

from msgspec import Struct
from textual.binding import Binding


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

VIEW_KEYS = tuple(
    Binding(str(key), f"view('{place.name}')", "View", id=f"view_{place.name}", tooltip=place.words)
    for key, place in enumerate(VIEWS, 1)
)
PARK_KEY = Binding("p", "app.park", "Park", id="park",
                   tooltip="Park what popped up: a title and Enter; a call goes on")  # fmt: skip
MOVE_KEYS = (
    Binding("down,j", "move(1)", "Down", id="down", show=False, tooltip="Move down"),
    Binding("up,k", "move(-1)", "Up", id="up", show=False, tooltip="Move up"),
)
UNDO_KEY = Binding("u", "undo", "Undo", id="undo", tooltip="Undo the last change")
HISTORY_KEY = Binding("H", "history", "History", id="history", show=False,
                      tooltip="Show what undo would take back, last first")  # fmt: skip
UNDO_KEYS = (
    UNDO_KEY,
    Binding("U", "redo", "Redo", id="redo", show=False, tooltip="Redo what was undone"),
    HISTORY_KEY,
)
LAST_KEYS = (
    Binding("question_mark", "help", "Help", id="help", key_display="?",
            tooltip="Show what the keys do"),
    Binding("q", "app.quit", "Quit", id="quit", tooltip="Leave; everything is saved"),
)  # fmt: skip
