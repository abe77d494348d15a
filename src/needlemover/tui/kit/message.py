"""What is said over a view for a while, and how the app does what an error asks for."""

import re

from textual.notifications import Notification, Notifications

from ...domain.errors import Hint
from ...text.format import shown

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

SHORTEST = 0.5
"""Seconds. A timer of Textual's whose time is below zero goes round for ever, and the app hangs."""
_TIMES = re.compile(r"(.*?)(?: \((\d+) times\))?", re.DOTALL)


class Message(Notification):
    """One that is drawn for a moment even where it is over before it is drawn."""

    @property
    def time_left(self) -> float:
        return max(super().time_left, SHORTEST)

    @property
    def has_expired(self) -> bool:
        return super().time_left <= 0


def said_once(notification: Notification, standing: Notifications) -> Message:
    """What is to be said, made safe; with a count in the place of the same that stands there."""
    said, times = Message(**vars(notification)), 1
    said.message = shown(said.message)
    for each in list(standing):
        before = _TIMES.fullmatch(each.message)
        if before is not None and before[1] == said.message:
            times += int(before[2] or 1)
            del standing[each]
    if times > 1:
        said.message += f" ({times} times)"
    return said
