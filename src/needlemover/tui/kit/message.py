"""What is said over a view for a while."""

from __future__ import annotations

from textual.notifications import Notification

SHORTEST = 0.5
"""Seconds. A timer of Textual's whose time is below zero goes round for ever, and the app hangs."""


class Message(Notification):
    """One that is drawn for a moment even where it is over before it is drawn."""

    @property
    def time_left(self) -> float:
        return max(super().time_left, SHORTEST)

    @property
    def has_expired(self) -> bool:
        return super().time_left <= 0
