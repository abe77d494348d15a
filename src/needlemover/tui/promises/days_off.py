"""Taking days off, to come or afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from textual.widget import Widget

from ...domain.promises.activity import ActivityFact
from ...text.format import shown
from ...text.parse import parse_day
from ..kit.dialog import Dialog
from ..kit.fields import Choice, Field, TextField


class DaysOffInput(Struct, frozen=True):
    """What was entered."""

    start: date
    end: date
    reason: str
    activity_id: int | None


class DaysOffForm(Dialog[bool]):
    """From, to, why, and of what."""

    AUTO_FOCUS = "#start"
    title_text = "Days off"
    hint_text = "Enter saves · Tab next · ← → choose · nothing is due on a day off"

    def __init__(
        self,
        today: date,
        day: date,
        activities: Sequence[ActivityFact],
        save: Callable[[DaysOffInput], object],
    ) -> None:
        """Make the dialog.

        Args:
            today: the local day.
            day: the day it is proposed for.
            activities: to choose from.
            save: does the command; what it refuses is said in the dialog.
        """
        super().__init__()
        self._today = today
        self._day = day
        self._activities = activities
        self._save = save

    def fields(self) -> Iterable[Widget]:
        """One day of everything, unless said otherwise."""
        yield Field("From", TextField(self._day.isoformat(), id="start"), "2026-12-24, tomorrow")
        yield Field("To", TextField(placeholder="the same day", id="end"))
        yield Field("Why", TextField(id="reason"))
        names: list[tuple[Any, str]] = [(None, "everything")]
        names += [(item.id, shown(item.name)) for item in self._activities]
        yield Field("Off from", Choice(names, None, id="activity"))

    def accept(self) -> bool:
        """The days that the fields say."""
        start = parse_day(self.typed("start"), self._today)
        end = self.typed("end").strip()
        activity_id = self.chosen("activity")
        self._save(
            DaysOffInput(
                start=start,
                end=parse_day(end, self._today) if end else start,
                reason=self.typed("reason"),
                activity_id=activity_id if isinstance(activity_id, int) else None,
            )
        )
        return True
