"""The calls of Today: starting, hanging up, and timers that were left alone.

Dialogs and the store are imported when they are first used: the first picture needs none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from textual import work

from ...domain.calls.entry import Outcome
from ...domain.calls.timer import Running, is_too_long, was_left_alone
from ...domain.today.snapshot import DaySnapshot
from ...text.format import clock_length, local_time, minutes, quoted, shown
from ..calls.asking_log import AskingLog
from ..calls.outcomes import Answer
from .checklist import Checklist
from .day_screen import DayScreen

if TYPE_CHECKING:
    from ...store.calls.entries import Logged


class CallActions(DayScreen):
    """What the keys `c` and `x` do, and what becomes of the one timer."""

    asked_about: datetime | None = None
    """The start of the timer about which the user was asked, so that it is asked once."""

    @property
    def is_free(self) -> bool:
        """Whether nothing is being asked."""
        return self.app.screen is self and not self.is_asking

    @property
    def is_asking(self) -> bool:
        """Whether the outcome of a call is asked."""
        return self.is_running and self.query_one(AskingLog).is_asking

    @property
    def sales_activity(self) -> int | None:
        """The sales activity under the cursor; None: the highest-ranked one."""
        current = self.query_one(Checklist).current
        return current.id if current is not None and current.activity.is_sales else None

    def action_call(self) -> None:
        """Start a call at once, or hang up."""
        snapshot = self.snapshot
        if snapshot is None:
            return
        if snapshot.running is not None:
            self.hang_up()
        elif snapshot.sales is None:
            self.say("There is no sales activity yet: a adds one (with buyers: yes).", wrong=True)
        else:
            self.start_timer(self.sales_activity)

    def start_timer(self, activity_id: int | None) -> None:
        """Start the timer, today."""
        self.shown = None
        self.attempt(lambda: self.store.timer.start(activity_id, watched=True))
        self.seen_at = self.clock.now()

    @work(exclusive=True, group="timer")
    async def hang_up(self, then: Callable[[], None] | None = None) -> None:
        """Stop the timer: of a call only the outcome is asked, of anything else nothing."""
        if await self.stop_timer() and then is not None:
            then()

    async def stop_timer(self, ended_at: datetime | None = None) -> bool:
        """Stop the timer; False when it goes on."""
        snapshot, now = self.snapshot, self.clock.now()
        if snapshot is None or snapshot.running is None:
            return True
        running, cap = snapshot.running, snapshot.settings.call_cap
        if ended_at is None and (
            is_too_long(running, now, cap) or was_left_alone(running, now, cap)
        ):
            from ..calls.recovery import Found, RecoveryDialog

            recovered = await self.app.push_screen_wait(
                RecoveryDialog(running, self.store.moment())
            )
            if recovered is None:
                return False
            if recovered.found is Found.DISCARDED:
                self.attempt(self.store.timer.discard)
                return True
            ended_at = recovered.at
        ended_at = ended_at or now
        if not running.is_sales:
            done = self.attempt(lambda: self.store.timer.stop(at=ended_at))
            self._say_stopped(done)
            return done is not None
        return await self._ask_outcome(running, snapshot, ended_at)

    async def _ask_outcome(
        self, running: Running, snapshot: DaySnapshot, ended_at: datetime
    ) -> bool:
        def stop(answer: Answer) -> Logged:
            return self.store.timer.stop(
                answer.outcome,
                amount=answer.amount,
                contact=answer.contact,
                note=answer.note,
                came_from=answer.came_from,
                at=max(ended_at, running.started_at),
            )

        def save(answer: Answer) -> None:
            self._say_stopped(self.do(lambda: stop(answer)))

        title = shown(running.contact) or "The call"
        seconds = max(0, int((ended_at - running.started_at).total_seconds()))
        # Meanwhile the keys below do nothing.
        self.call_later(self.refresh_bindings)
        answer = await self.query_one(AskingLog).ask(f"{title} · {clock_length(seconds)}")
        self.refresh_bindings()
        if answer is None:
            return False
        if isinstance(answer, Outcome):
            done = self.attempt(lambda: stop(Answer(answer, running.contact)))
            self._say_stopped(done)
            return done is not None
        from ..calls.outcome import OutcomeDialog

        dialog = OutcomeDialog(
            title,
            snapshot.settings.currency,
            save,
            contact=running.contact,
            seconds=seconds,
            field=answer,
            activities=self.store.activities.all(),
        )
        return await self.app.push_screen_wait(dialog) is not None

    def _say_stopped(self, done: Logged | None) -> None:
        if done is None:
            return
        entry = done.entry
        if not entry.is_sales:
            self.say(f"{shown(entry.subject)}: {minutes(entry.seconds)}.")
        self.say_overlap(done)

    def say_overlap(self, done: Logged | None) -> None:
        """Say when what was logged overlaps something else."""
        if done is None or done.overlaps is None:
            return
        other = done.overlaps
        at = local_time(other.started_at, other.utc_offset)
        name = quoted(other.contact or other.subject)
        self.say(f"It overlaps {name}, {at} for {clock_length(other.seconds)}; both are kept.")

    def action_no_answer(self) -> None:
        """Count a call that nobody answered; end the running one so."""
        snapshot = self.snapshot
        if snapshot is None:
            return
        running = snapshot.running
        if running is not None and running.is_sales:
            self._say_stopped(self.attempt(lambda: self.store.timer.stop(Outcome.NO_ANSWER)))
            return
        if snapshot.sales is None:
            self.say("There is no sales activity yet: a adds one (with buyers: yes).", wrong=True)
            return
        from ...store.calls.new_entry import NewEntry

        new = NewEntry(
            self.sales_activity,
            day=snapshot.day,
            started_at=self.clock.now() if snapshot.is_today else None,
            outcome=Outcome.NO_ANSWER,
        )
        self.attempt(lambda: self.store.entries.log(new))

    def name_contact(self, running: Running) -> None:
        """Ask who the running call is with; it goes on."""
        from ..calls.contact_name import ContactName

        self.app.push_screen(
            ContactName(
                running.contact,
                lambda name: self.do(lambda: self.store.timer.name_contact(name)),
            )
        )

    def look_after_timer(self) -> None:
        """Ask what to do with a timer that was left alone, else write that it is seen."""
        snapshot, now = self.snapshot, self.clock.now()
        if snapshot is None or snapshot.running is None:
            return
        running = snapshot.running
        if not was_left_alone(running, now, snapshot.settings.call_cap):
            super().look_after_timer()
        elif self.asked_about != running.started_at and self.is_free:
            self.asked_about = running.started_at
            self.recover(running)

    @work(exclusive=True, group="timer")
    async def recover(self, running: Running) -> None:
        """Ask what is true of a timer that was left alone."""
        from ..calls.recovery import Found, RecoveryDialog

        answer = await self.app.push_screen_wait(RecoveryDialog(running, self.store.moment()))
        if answer is None:
            self.say("The timer runs on; c asks again.")
        elif answer.found is Found.KEPT:
            self.mark_seen()
        elif answer.found is Found.DISCARDED:
            self.attempt(self.store.timer.discard)
            self.say("Discarded; u brings it back.")
        else:
            await self.stop_timer(answer.at)
