"""The keys of Today, in the order of the footer, and their words for what they would do now."""

from textual.binding import Binding, BindingType

from ...domain.calls.entry import Running
from ...domain.today.snapshot import ActivityDay
from ..views import HISTORY_KEY, LAST_KEYS, MOVE_KEYS, PARK_KEY, UNDO_KEY, VIEW_KEYS, key

KEYS: list[BindingType] = [
    key("c", "call", "Call", "Start a call, or hang up"),
    key("n", "next", "Next", "Call the next one; while a call runs, write a note on it"),
    key("l", "log", "Log", "Log a call or time that already happened"),
    key("x", "no_answer", "No answer", "Count a call that nobody answered"),
    key("space", "tick", "Tick", "Tick, count or time the activity"),
    key("b", "back", "Back on", "Say when to call again"),
    PARK_KEY,
    UNDO_KEY,
    *VIEW_KEYS,
    key("B", "block", "Block", "Begin a call block, or end the one that is open"),
    key("e", "edit", "Edit", "Edit the activity, entry or running call"),
    key("left", "day(-1)", "Day", "Show the day before", id="day_before"),
    key("right", "day(1)", "Day", "Show the day after", id="day_after"),
    key("dollar_sign", "money", "Money", "Log money; on an entry of the log: a payment or refund"),
    key("a", "add", "Add", "Add a non-negotiable"),
    key("s", "asks", "Asks", "Settle asks that wait for an answer"),
    key("A", "answer", "Answer", "Answer what you are asked about at the foot of Today"),
    key("d,delete", "delete", "Delete", "Delete the entry"),
    key("U", "redo", "Redo", "Redo what was undone"),
    HISTORY_KEY,
    key("L", "let_go", "Let go", "Let go of whom nobody reaches"),
    key("enter", "pick", "Contact", "Show what happened with them before"),
    key("t", "today", "Today", "Go back to today"),
    key("K", "rank(-1)", "Rank up", "Rank the activity higher", id="rank_up", show=False),
    key("J", "rank(1)", "Rank down", "Rank the activity lower", id="rank_down", show=False),
    key("z", "archive", "Archive", "Put the activity away", show=False),
    *MOVE_KEYS,
    key("tab", "app.focus_next", "Next list", "Go to the other list", id="next_list", show=False),
    *LAST_KEYS,
]


def word_of(
    binding: Binding,
    running: Running | None,
    current: ActivityDay | None,
    *,
    edits_call: bool,
) -> str:
    """The word for what a key would do now."""
    match binding.id:
        case "call" if running is not None and running.is_sales:
            return "Hang up"
        case "call" if running is not None and running.kind == "problem":
            return "Stop"
        case "next" if running is not None and running.is_sales:
            return "Note"
        case "edit" if edits_call:
            return "Who"
        case "tick" if current is not None and not current.activity.is_sales:
            terms = current.terms
            if terms is not None and terms.seconds is not None:
                return "Stop" if running and running.activity_id == current.id else "Time"
            if terms is not None and terms.count is not None:
                return "One more"
            return "Untick" if current.progress.done else "Tick"
        case "tick" if current is not None:
            return "Talked"
    return binding.description
