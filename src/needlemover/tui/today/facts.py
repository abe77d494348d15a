"""What the panels of Today show: the snapshot, and what moves with the clock."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from msgspec import Struct

from ...domain.calls.entry import running_seconds
from ...domain.day import seconds_left
from ...domain.settings import Moment, expected_share
from ...domain.today.snapshot import DaySnapshot
from ...text.format import round_minutes

if TYPE_CHECKING:
    from ...domain.buyers.next_calls import Candidates, NextCall


class TodayFacts(Struct, frozen=True):
    """A day, and what of it moves with the clock."""

    snapshot: DaySnapshot
    share: float | None
    """Of today's quotas, what should be done by now; None on another day."""
    pace: int | None
    """Whole minutes with buyers ahead of (or, negative, behind) that share."""
    minutes_left: int
    """Until today ends."""
    seconds: int
    """So long the timer runs; 0: none does."""
    calls: tuple[NextCall, ...] = ()
    """Whom to call, in order."""
    asked_about: str = ""
    """The call that has ended and whose outcome is asked."""

    @property
    def following(self) -> NextCall | None:
        """Who is to be called now."""
        return next((call for call in self.calls if call.is_now), None)


class Facts:
    """Makes them; whom to call is worked out anew only with other data or in another minute."""

    def __init__(self) -> None:
        self._of: Candidates | None = None
        self._minute: datetime | None = None
        self._calls: tuple[NextCall, ...] = ()

    def at(self, snapshot: DaySnapshot, now: datetime, zone: tzinfo, about: str) -> TodayFacts:
        """Those of a moment; a call may be asked about, that has ended."""
        settings, running, share = snapshot.settings, snapshot.running, None
        if snapshot.is_today:
            # In steps too small to be seen on a bar.
            share = round(expected_share(now, snapshot.day, zone, settings.working_day), 3)
        pace = snapshot.pace(now, zone)
        left = seconds_left(now, snapshot.today, zone, settings.day_starts_at)
        return TodayFacts(
            snapshot,
            share,
            pace=None if pace is None else round_minutes(pace),
            minutes_left=round_minutes(left),
            seconds=running_seconds(running.started_at, now) if running is not None else 0,
            calls=self._whom_to_call(snapshot, now, zone),
            asked_about=about,
        )

    def _whom_to_call(
        self, snapshot: DaySnapshot, now: datetime, zone: tzinfo
    ) -> tuple[NextCall, ...]:
        candidates, minute = snapshot.candidates, now.replace(second=0, microsecond=0)
        if candidates is not self._of or minute != self._minute:
            self._of, self._minute, self._calls = candidates, minute, ()
            if candidates is not None:
                self._calls = candidates.calls(
                    Moment(minute, zone, snapshot.today, snapshot.settings)
                )
        return self._calls
