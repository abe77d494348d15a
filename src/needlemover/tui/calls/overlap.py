"""What was logged may overlap something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...text.format import clock_length, local_time, quoted
from ..kit.view import View

if TYPE_CHECKING:
    from ...store.calls.new_entry import Logged


def say_overlap(view: View[Any], done: Logged) -> None:
    """Say when what was logged overlaps something else."""
    if done.overlaps is None:
        return
    other = done.overlaps
    at = local_time(other.started_at, other.utc_offset)
    name = quoted(other.contact or other.subject)
    view.say(f"It overlaps {name}, {at} for {clock_length(other.seconds)}; both are kept.")
