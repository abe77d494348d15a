"""Logging what already happened, and editing what was logged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from textual.widget import Widget

from ...domain.calls.entry import EntryFact, Outcome
from ...domain.errors import WrongUsageError
from ...domain.promises.activity import ActivityFact
from ...store.calls.new_entry import NewEntry
from ...store.session import Moment
from ...text.format import local_time, minutes, plain_money, short_day, shown
from ...text.parse import parse_amount, parse_count, parse_day, parse_seconds, parse_time
from ..kit.dialog import Dialog
from ..kit.fields import Choice, Field, TextField, activity_choices


class EntryForm(Dialog[bool]):
    """All that an entry holds."""

    AUTO_FOCUS = "#minutes"
    hint_text = "Enter saves · Tab next · ← → choose"

    def __init__(
        self,
        moment: Moment,
        activities: Sequence[ActivityFact],
        day: date,
        save: Callable[[NewEntry], object],
        *,
        entry: EntryFact | None = None,
        activity_id: int | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            moment: now.
            activities: to choose from.
            day: the day it is proposed for.
            save: does the command; what it refuses is said in the dialog.
            entry: to edit; None: a new one.
            activity_id: proposed for a new one.
        """
        super().__init__()
        self._moment = moment
        self._activities = activities
        self._day = entry.day if entry else day
        self._save = save
        self._entry = entry
        self._activity_id = entry.activity_id if entry else activity_id
        self.title_text = "Edit entry" if entry else f"Log for {short_day(day)}"

    def fields(self) -> Iterable[Widget]:
        """Minutes first: that and Enter is a logged conversation."""
        entry, currency = self._entry, self._moment.settings.currency
        length = minutes(entry.seconds) if entry and entry.seconds else ""
        if entry and entry.seconds % 60:
            length = f"{entry.seconds // 60} min {entry.seconds % 60} s"
        yield Field("Minutes", TextField(length, placeholder="12, 1:30 or 1 h 30", id="minutes"))
        yield Field("Who", TextField(entry.contact if entry else "", id="contact"))
        outcome = entry.outcome if entry else Outcome.TALKED
        options: list[tuple[Any, str]] = [(item, item.words) for item in Outcome]
        if entry and entry.outcome is None:
            options.insert(0, (None, "none"))
        yield Field("Outcome", Choice(options, outcome, id="outcome"), "of a sales call")
        names: list[tuple[Any, str]] = [(item.id, shown(item.name)) for item in self._activities]
        if entry and entry.activity_id is None:
            names.insert(0, (None, shown(entry.problem) or "none"))
        yield Field("Activity", Choice(names, self._activity_id, id="activity"))
        when = local_time(entry.started_at, entry.utc_offset) if entry else ""
        yield Field("Started at", TextField(when, placeholder="15:40, or blank", id="time"))
        yield Field("Day", TextField(self._day.isoformat(), id="day"))
        count = str(entry.count) if entry else "1"
        yield Field("Count", TextField(count, id="count"))
        amount = ""
        if entry and entry.amount is not None:
            amount = plain_money(entry.amount, currency)
        yield Field(f"Money ({currency})", TextField(amount, placeholder="received", id="amount"))
        came_from = entry.came_from if entry else None
        yield Field("Came from", activity_choices(self._activities, came_from, id="came_from"),
                    "what brought the buyer")  # fmt: skip
        yield Field("Note", TextField(entry.note if entry else "", id="note"))

    def accept(self) -> bool:
        """The entry that the fields say."""
        self._save(self._read())
        return True

    def _read(self) -> NewEntry:
        moment, entry = self._moment, self._entry
        length, amount = self.typed("minutes").strip(), self.typed("amount").strip()
        day = parse_day(self.typed("day"), moment.today)
        count = self.typed("count").strip()
        activity_id = self.chosen("activity")
        activity = next((item for item in self._activities if item.id == activity_id), None)
        outcome, came_from = self.chosen("outcome"), self.chosen("came_from")
        seconds = parse_seconds(length) if length else 0
        if not seconds and entry is None and not amount and not self.typed("contact").strip():
            raise WrongUsageError("Type how long it was, like 12.")
        return NewEntry(
            activity_id=activity_id if isinstance(activity_id, int) else None,
            day=day,
            started_at=self._started_at(day),
            seconds=seconds,
            count=0 if count in ("", "0") else parse_count(count),
            outcome=outcome
            if isinstance(outcome, Outcome) and activity is not None and activity.is_sales
            else None,
            contact=self.typed("contact"),
            amount=parse_amount(amount, moment.settings.currency) if amount else None,
            note=self.typed("note"),
            came_from=came_from if isinstance(came_from, int) else None,
        )

    def _started_at(self, day: date) -> datetime | None:
        entry, typed = self._entry, self.typed("time").strip()
        if not typed:
            return None
        if entry and entry.day == day and typed == local_time(entry.started_at, entry.utc_offset):
            return entry.started_at  # to the second, in the zone where it was logged
        started_at = self._moment.at(day, parse_time(typed))
        if started_at > self._moment.now:
            raise WrongUsageError("The start is still to come: give a time that has passed.")
        return started_at
