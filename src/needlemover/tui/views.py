"""The views and the keys that show them. A view is added here, with a line of its own."""

from msgspec import Struct
from textual.binding import Binding


class Place(Struct, frozen=True):
    """A view, and where its screen is found when it is first asked for."""

    name: str
    screen: str
    """Its module in this package, and its class."""
    words: str
    """What its key does."""


VIEWS = (
    Place("today", "today.screen:TodayScreen", "Show Today"),
    Place("progress", "progress.screen:ProgressScreen",
          "Show Progress: streaks, calendar, quotas over time"),
    Place("numbers", "numbers.screen:NumbersScreen",
          "Show Numbers: funnel, returns, goal, when buyers answer"),
    Place("delegate", "delegation.screen:DelegateScreen",
          "Show Delegate: what was parked, and is it worth paying for"),
)  # fmt: skip
"""In the order of their keys: 1, 2, 3, 4."""

VIEW_KEYS = tuple(
    Binding(str(key), f"view('{place.name}')", "View", id=f"view_{place.name}", tooltip=place.words)
    for key, place in enumerate(VIEWS, 1)
)
"""They stand in every view."""
