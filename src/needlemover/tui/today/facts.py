"""What the panels of Today show: the snapshot, and what moves with the clock."""

from __future__ import annotations

from datetime import datetime, tzinfo

from msgspec import Struct

from ...domain.calls.entry import contact_key, running_seconds
from ...domain.settings import Moment, expected_share
from ...domain.today.snapshot import DaySnapshot
from ...text.format import round_minutes
from ...text.today import Said, end_words, to_go_words
from . import later


class TodayFacts(Struct, frozen=True):
    """A day, and what of it moves with the clock."""

    snapshot: DaySnapshot
    share: float | None  # of today's quotas, what should be done by now; None on another day
    pace: int | None  # whole minutes with buyers ahead of (or, negative, behind) that share
    end: Said  # how today stands by the clock
    seconds: int  # so long the timer runs; 0: none does
    block_left: int = 0  # seconds until the call block is to end
    calls: tuple[later.next_calls.NextCall, ...] = ()  # whom to call, in order
    asked_about: str = ""  # the call that has ended and whose outcome is asked

    @property
    def to_go(self) -> str:
        """What is left of the quotas with buyers."""
        return to_go_words(self.snapshot.sales)

    @property
    def following(self) -> later.next_calls.NextCall | None:
        """Who is to be called now, not whom the running call is with."""
        running = self.snapshot.running
        talking_to = contact_key(running.contact) if running is not None else ""
        now = (call for call in self.calls if call.is_now and call.buyer.key != talking_to)
        return next(now, None)


class Facts:
    """Makes them; whom to call, and the end, only with other data or in another minute."""

    def __init__(self) -> None:
        self._of: tuple[DaySnapshot, datetime] | None = None
        self._calls: tuple[later.next_calls.NextCall, ...] = ()
        self._end = Said()

    def at(self, snapshot: DaySnapshot, now: datetime, zone: tzinfo, about: str) -> TodayFacts:
        """Those of a moment; a call may be asked about, that has ended."""
        settings, running, share = snapshot.settings, snapshot.running, None
        if snapshot.is_today:
            # In steps too small to be seen on a bar.
            share = round(expected_share(now, snapshot.day, zone, settings.working_day), 3)
        pace = snapshot.pace(now, zone)
        minute = now.replace(second=0, microsecond=0)
        if self._of is None or self._of[0] is not snapshot or self._of[1] != minute:
            before, candidates = self._of, snapshot.candidates
            self._of = snapshot, minute
            if before is None or before[1] != minute or before[0].candidates is not candidates:
                moment = Moment(minute, zone, snapshot.today, settings)
                self._calls = candidates.calls(moment) if candidates is not None else ()
            self._end = end_words(snapshot, now, zone)
        return TodayFacts(
            snapshot,
            share,
            pace=None if pace is None else round_minutes(pace),
            end=self._end,
            seconds=running_seconds(running.started_at, now) if running is not None else 0,
            block_left=snapshot.block.seconds_left(now) if snapshot.block is not None else 0,
            calls=self._calls,
            asked_about=about,
        )
