"""The calls of Today; dialogs and the store are imported when they are first used."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from ...domain.calls.entry import Outcome, Running, is_in_doubt, was_left_alone
from ...domain.today.snapshot import DaySnapshot
from ...text.format import clock_length, shown
from ..calls.day_log import DayLog
from ..calls.logged import say_logged, say_stopped
from ..kit.view import View

if TYPE_CHECKING:
    from ...store.calls.new_entry import Logged
    from ..calls.outcome_form import Fate

HEARTBEAT = 30  # seconds between two times that a running timer is written as seen


class Calls:
    """What the keys `c` and `x` do, and what becomes of the one timer."""

    def __init__(self, view: View[DaySnapshot], log: DayLog) -> None:
        """Take the view that shows the day, and the log that asks how a call ended."""
        self._view, self._log = view, log
        self._seen_at: datetime | None = None  # when this app last wrote that the timer is seen
        self._asked_about: datetime | None = None  # the start of the timer that was asked about

    @property
    def is_free(self) -> bool:
        """Whether nothing is being asked."""
        return self._view.app.screen is self._view and not self._log.is_asking

    def start(self, activity_id: int | None, contact: str = "") -> None:
        """Start the timer; None: on the highest-ranked sales activity."""
        view = self._view
        if not view.snapshot.is_today:
            view.show_view("today", view.snapshot.today)
        view.attempt(lambda: view.store.timer.start(activity_id, contact=contact, watched=True))
        self._seen_at = view.clock.now()

    def hang_up(
        self,
        then: Callable[[], None] | None = None,
        *,
        outcome: Outcome | None = None,
        field: str = "",
    ) -> None:
        """Stop the timer, asking only the outcome of a call that is not known; then go on."""
        now = self._view.clock.now()  # later, in the worker, it may be after the key that answers

        async def stop() -> None:
            if await self._stop(now, outcome=outcome, field=field) and then is not None:
                await self._view.turns.do(lambda: "Starting the timer", then)

        self._view.run_worker(stop(), group="timer", exclusive=True)

    async def _stop(
        self,
        now: datetime,
        ended_at: datetime | None = None,
        outcome: Outcome | None = None,
        field: str = "",
    ) -> bool:
        """Stop the timer; False when it goes on."""
        view, running = self._view, self._view.snapshot.running
        if running is None:
            return True
        cap, timer = view.snapshot.settings.call_cap, view.store.timer
        if ended_at is None and is_in_doubt(running, timer.last_seen(), now, cap):
            from ..calls.outcome_form import Fate

            recovered = await self._ask_what_is_true(running)
            if recovered is None:
                return False
            if recovered is Fate.DISCARD:
                return await self._discard(running) is not None
            ended_at = recovered if isinstance(recovered, datetime) else None
        if running.is_sales and outcome is None:
            return await self._ask_outcome(running, ended_at or now, field)
        stop = partial(timer.stop, outcome, at=ended_at, since=running.started_at)
        done = await view.patiently("Stopping the timer", stop)
        if done is not None:
            say_stopped(view, done)
        return done is not None

    async def _ask_outcome(self, running: Running, ended_at: datetime, field: str) -> bool:
        view = self._view

        def stop(
            outcome: Outcome, contact: str, note: str | None = None, **said: Any
        ) -> Logged | Running:
            was_set_back = not running.started_at <= ended_at <= view.clock.now()
            return view.store.timer.stop(
                outcome,
                # What was not changed here may have been said elsewhere since.
                contact=None if contact == running.contact else contact,
                note=None if note == running.draft else note,
                at=None if was_set_back else ended_at,
                since=running.started_at,
                **said,
            )

        def save(**said: Any) -> None:
            if said.get("back") and not said["contact"]:
                raise FieldError("contact", "Who is called again? Type a name.")
            propose_offer(view, form, said)
            say_stopped(view, view.do(lambda: stop(**said)))

        seconds = max(0, int((ended_at - running.started_at).total_seconds()))
        about = " · ".join(filter(None, (shown(running.contact), clock_length(seconds))))
        answer = field or await self._log.ask(about)
        if answer is None:
            return False
        offer = view.store.offers.of(running.contact) if answer is Outcome.WON else None
        if isinstance(answer, Outcome) and offer is None:
            done = await view.patiently("Ending the call", partial(stop, answer, running.contact))
            if done is not None:
                say_stopped(view, done)
            return done is not None
        from ..calls.entry_lists import propose_offer
        from ..calls.outcome_form import outcome_form
        from ..kit.form import FieldError

        begin = "amount" if isinstance(answer, Outcome) else answer
        title = f"Call ended · {about}"
        form = outcome_form(view, title, save, running=running, field=begin, offer=offer)
        saved: bool | None = await view.app.push_screen_wait(form)
        if not saved:
            view.refresh_data()  # the note that was typed
        return bool(saved)

    def log_no_answer(
        self, activity_id: int | None, contact: str = "", day: date | None = None
    ) -> None:
        """Count a call that nobody answered, today or on a day; the running one is ended so."""
        view, snapshot = self._view, self._view.snapshot
        if snapshot.running is not None and snapshot.running.is_sales:
            self.hang_up(outcome=Outcome.NO_ANSWER)
            return
        if not self.can_call():
            return
        from ...store.calls.new_entry import NewEntry

        new = NewEntry(
            activity_id,
            day=day or (None if snapshot.is_today else snapshot.day),  # a new one may have begun
            started_at=view.clock.now() if snapshot.is_today and day is None else None,
            outcome=Outcome.NO_ANSWER,
            contact=contact,
        )
        done = view.attempt(lambda: view.store.entries.log(new))
        if done is not None:
            say_logged(view, done)

    def can_call(self) -> bool:
        """Whether there is a sales activity; where there is none, how to add one is said."""
        if self._view.snapshot.sales is not None:
            return True
        self._view.say("There is no sales activity yet: a adds one (with buyers: yes).", wrong=True)
        return False

    def write_note(self, running: Running) -> None:
        """Ask for a note on the running call; it is kept as it is typed."""
        from ..calls.outcome_form import NoteField
        from ..kit.form import Form

        view, note = self._view, NoteField(self._view, running)
        title = f"Note on {shown(running.contact) or 'the call'}"
        form = Form(title, [note], note.keep, hint="Enter saves; the call goes on")
        form.add_class("-foot")
        view.app.push_screen(form, lambda _: view.refresh_data())

    def name_contact(self, running: Running) -> None:
        """Ask who the running call is with; it goes on."""
        from ..kit.fields import NameField
        from ..kit.form import Form

        view = self._view

        def save(contact: str) -> None:
            view.do(lambda: view.store.timer.name_contact(contact, running.started_at))

        fields = [NameField(view.store.contacts.names, running.contact)]
        hint = "Enter saves; the call goes on"
        view.app.push_screen(Form("Who are you talking to?", fields, save, hint=hint))

    def watch_timer(self) -> None:
        """Ask what to do with a timer that was left alone, else write that it is seen."""
        running, now = self._view.snapshot.running, self._view.clock.now()
        since = (now - self._seen_at).total_seconds() if self._seen_at is not None else HEARTBEAT
        if running is None or 0 <= since < HEARTBEAT:
            return
        cap, last_seen = self._view.snapshot.settings.call_cap, self._view.store.timer.last_seen()
        if was_left_alone(running, last_seen, now, cap):
            if self._asked_about != running.started_at and self.is_free:
                self._asked_about = running.started_at
                self._view.run_worker(self._recover(running), group="timer", exclusive=True)
        else:
            seen = partial(self._view.attempt, self._mark_seen)
            self._view.call_later(self._view.turns.do, None, seen)

    def _mark_seen(self) -> None:
        now = self._view.clock.now()
        self._view.store.timer.seen()
        self._seen_at = now

    async def _recover(self, running: Running) -> None:
        from ..calls.outcome_form import Fate

        answer = await self._ask_what_is_true(running)
        if answer is None:
            self._view.say("The timer runs on; c asks again.")
        elif isinstance(answer, datetime):
            await self._stop(self._view.clock.now(), answer)
        elif answer is Fate.KEEP:
            await self._view.patiently("Keeping the timer", self._mark_seen)
        elif await self._discard(running) is not None:
            self._view.say("Discarded; u brings it back.")

    async def _discard(self, running: Running) -> Running | None:
        discard = partial(self._view.store.timer.discard, running.started_at)
        return await self._view.patiently("Discarding the timer", discard)

    async def _ask_what_is_true(self, running: Running) -> datetime | Fate | None:
        from ..calls.outcome_form import recovery_question

        store = self._view.store
        question = recovery_question(running, store.timer.last_seen(), store.moment())
        return await self._view.app.push_screen_wait(question)
