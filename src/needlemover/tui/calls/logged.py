"""What is said of what was logged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...domain.calls.entry import LET_GO_TRIES, Outcome, Running
from ...text.format import exact_length, local_time, long_day, minutes, quoted, shown
from ..kit.view import View

if TYPE_CHECKING:
    from ...store.calls.new_entry import Logged


def say_stopped(view: View[Any], done: Logged | Running) -> None:
    """Say what the timer measured; of a call its outcome is seen in the log."""
    if isinstance(done, Running):
        # Imported when it is said: the first picture does not need it.
        from ...text.calls import not_timed_words

        view.say(not_timed_words(done.name))
        return
    if not done.entry.is_sales:
        view.say(f"{shown(done.entry.subject)}: {minutes(done.entry.seconds)}.")
    if done.entry.day < view.snapshot.today:
        view.say(f"Logged on {long_day(done.entry.day)}, when it began.")
    say_logged(view, done)


def say_logged(view: View[Any], done: Logged, *, is_new: bool = True) -> None:
    """Say what is promised since it was logged, and whether it overlaps something else."""
    if done.promised is not None:
        # Imported when it is said: the first picture does not need it.
        from ...text.buyers.words import promised_words

        words = promised_words(done.entry.contact, done.promised, view.snapshot.today)
        view.say(f"{words}; u takes it back.")
    if done.tries == LET_GO_TRIES:
        words = f"{done.tries} dials to {quoted(done.entry.contact)} and no conversation"
        view.say(f"{words}: L lets go, any other key keeps.", stays=True)
        view.said_of = done.entry.contact
    if (other := done.overlaps) is not None:
        at = local_time(other.started_at, other.utc_offset)
        name = quoted(other.contact or other.subject)
        view.say(f"It overlaps {name}, {at} for {exact_length(other.seconds)}; both are kept.")
    entry, is_todays = done.entry, done.entry.day == view.snapshot.today
    asks = entry.outcome in (Outcome.MEETING_SET, Outcome.ASKED) and done.promised is None
    if is_new and asks and is_todays and entry.contact:
        # Once it is asked when the meeting is, or when to call again.
        from ...domain.buyers.contact import StepKind
        from .outcome_form import ask_back

        kind = StepKind.MEETING if entry.outcome is Outcome.MEETING_SET else StepKind.CALL
        hint = "Enter saves · Esc says no day"
        # Behind the form that logged it, which closes first.
        view.call_later(ask_back, view, entry.contact, kind, hint)
