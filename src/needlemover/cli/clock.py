"""The clock of the commands."""

from ..clock import SystemClock
from .output import say


def system_clock() -> SystemClock:
    """The computer's clock; where its zone may be wrong, that is said."""
    clock = SystemClock()
    complaint = clock.complaint()
    if complaint:
        say(complaint)
    return clock
