"""The keys of Today, in the order of the footer, and their words for what they would do now."""

from textual.binding import Binding, BindingType

from ...domain.calls.entry import Running
from ...domain.today.snapshot import ActivityDay, WeeklyDay
from ..views import HISTORY_KEY, LAST_KEYS, MOVE_KEYS, PARK_KEY, UNDO_KEY, VIEW_KEYS

KEYS: list[BindingType] = [
    Binding("c", "call", "Call", id="call", tooltip="Start a call, or hang up"),
    Binding("n", "next", "Next", id="next",
            tooltip="Call the next one; while a call runs, write a note on it"),
    Binding("l", "log", "Log", id="log", tooltip="Log a call or time that already happened"),
    Binding("x", "no_answer", "No answer", id="no_answer",
            tooltip="Count a call that nobody answered"),
    Binding("space", "tick", "Tick", id="tick", tooltip="Tick, count or time the activity"),
    PARK_KEY,
    UNDO_KEY,
    Binding("b", "back", "Back on", id="back", tooltip="Say when to call again"),
    *VIEW_KEYS,
    Binding("e", "edit", "Edit", id="edit", tooltip="Edit the activity, entry or running call"),
    Binding("left", "day(-1)", "Day", id="day_before", key_display="←",
            tooltip="Show the day before"),
    Binding("right", "day(1)", "Day", id="day_after", key_display="→",
            tooltip="Show the day after"),
    Binding("dollar_sign", "money", "Money", id="money", key_display="$",
            tooltip="Log money; on an entry of the log: a payment or refund"),
    Binding("B", "block", "Block", id="block",
            tooltip="Begin a call block, or end the one that is open"),
    Binding("a", "add", "Add", id="add", tooltip="Add a non-negotiable"),
    Binding("s", "asks", "Asks", id="asks", tooltip="Settle asks that wait for an answer"),
    Binding("A", "answer", "Answer", id="answer",
            tooltip="Answer whether to hand over what you are asked about today"),
    Binding("d,delete", "delete", "Delete", id="delete", tooltip="Delete the entry"),
    Binding("U", "redo", "Redo", id="redo", tooltip="Redo what was undone"),
    HISTORY_KEY,
    Binding("L", "let_go", "Let go", id="let_go", tooltip="Let go of whom nobody reaches"),
    Binding("enter", "pick", "Contact", id="pick", tooltip="Show what happened with them before"),
    Binding("t", "today", "Today", id="today", tooltip="Go back to today"),
    Binding("K", "rank(-1)", "Rank up", id="rank_up", show=False,
            tooltip="Rank the activity higher"),
    Binding("J", "rank(1)", "Rank down", id="rank_down", show=False,
            tooltip="Rank the activity lower"),
    Binding("z", "archive", "Archive", id="archive", show=False, tooltip="Put the activity away"),
    *MOVE_KEYS,
    Binding("tab", "app.focus_next", "Next list", id="next_list", show=False,
            tooltip="Go to the other list"),
    *LAST_KEYS,
]  # fmt: skip


def word_of(
    binding: Binding,
    running: Running | None,
    current: ActivityDay | WeeklyDay | None,
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
