"""The keys of Progress."""

from textual.binding import Binding, BindingType

from ..kit.panels import PANEL_KEYS
from ..views import LAST_KEYS, PARK_KEY, UNDO_KEYS, VIEW_KEYS

KEYS: list[BindingType] = [
    *PANEL_KEYS,
    Binding("left,h", "cursor(-1, 0)", "Move", id="left", key_display="←",
            tooltip="A week back in the calendar"),
    Binding("right,l", "cursor(1, 0)", "Move", id="right", key_display="→",
            tooltip="A week on in the calendar"),
    Binding("up,k", "cursor(0, -1)", "Move", id="up", key_display="↑", tooltip="Move up"),
    Binding("down,j", "cursor(0, 1)", "Move", id="down", key_display="↓", tooltip="Move down"),
    Binding("enter", "open_day", "Open", id="open_day", tooltip="Open the day in Today"),
    Binding("n", "note", "Why", id="note", tooltip="Note why the day was missed"),
    Binding("O", "work_again", "Not off", id="work_again",
            tooltip="Take the days off under the cursor back"),
    *VIEW_KEYS,
    PARK_KEY,
    Binding("r", "review", "Review", id="review", tooltip="Look back on a week or a month"),
    Binding("o", "off", "Off", id="off", tooltip="Take days off, also afterwards"),
    Binding("left_square_bracket", "year(-1)", "Year", id="year_before", key_display="[",
            tooltip="Show the calendar a year before"),
    Binding("right_square_bracket", "year(1)", "Year", id="year_after", key_display="]",
            tooltip="Show the calendar a year later"),
    Binding("w", "span", "Period", id="span", tooltip="30 or 90 days, 12 or 52 weeks"),
    Binding("m", "measure", "Count", id="measure",
            tooltip="Minutes, or conversations and counts"),
    Binding("v", "numbers", "Numbers", id="numbers",
            tooltip="The quota in numbers, or as a picture"),
    Binding("t", "today", "Today", id="today", tooltip="Go back to today"),
    *UNDO_KEYS,
    *LAST_KEYS,
]  # fmt: skip
"""In the order of the footer."""
