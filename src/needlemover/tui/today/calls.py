"""Whom the keys of Today mean, and the calls; dialogs and the store are imported when used."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from ...domain.calls.entry import NOT_REACHED, EntryFact, Outcome, Running
from ...domain.today.snapshot import DaySnapshot
from ...text.format import clock_length, quoted, shown
from ..calls.day_log import DayLog, say_logged, say_stopped
from ..kit.view import View
from . import later
from .call_next import CallNext
from .checklist import Checklist

Answer = Outcome | str | None  # how a call ended, or the field to begin in; None: it is asked
HEARTBEAT = 30  # seconds between two times that a running timer is written as seen


class Calls:
    """Calls who is next or under the cursor, says when again, lets go, and has the one timer."""

    def __init__(
        self, view: View[DaySnapshot], checklist: Checklist, call_next: CallNext, log: DayLog
    ) -> None:
        """Take the view that shows the day, and its lists; the log asks how a call ended."""
        self._view, self._list, self._next, self._log = view, checklist, call_next, log
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

    def hang_up(self, then: Callable[[], None] | None = None, answer: Answer = None) -> None:
        """Stop the timer, asking only the outcome of a call that is not known; then go on."""
        now = self._view.clock.now()  # later, in the worker, it may be after the key that answers

        async def stop() -> None:
            if await self._stop(now, answer=answer) and then is not None:
                await self._view.turns.do(lambda: "Starting the timer", then)

        self._view.run_worker(stop(), group="timer", exclusive=True)

    async def _stop(
        self, now: datetime, ended_at: datetime | None = None, answer: Answer = None
    ) -> bool:
        """Stop the timer; False when it goes on."""
        view, running = self._view, self._view.snapshot.running
        if running is None:
            return True
        cap, timer = view.snapshot.settings.call_cap, view.store.timer
        if ended_at is None and running.is_in_doubt(timer.last_seen(), now, cap):
            recovered = await self._ask_what_is_true(running)
            if recovered is None:
                return False
            if recovered == "discard":
                return await self._discard(running) is not None
            ended_at = recovered if isinstance(recovered, datetime) else None
        outcome = answer if isinstance(answer, Outcome) else None
        if running.is_sales and outcome is None:
            return await self._ask_outcome(running, ended_at or now, answer)
        stop = partial(timer.stop, outcome, at=ended_at, since=running.started_at)
        done = await view.patiently("Stopping the timer", stop)
        if done is not None:
            say_stopped(view, done)
        return done is not None

    async def _ask_outcome(self, running: Running, ended_at: datetime, answer: Answer) -> bool:
        view = self._view

        def stop(
            outcome: Outcome, contact: str, note: str | None = None, **said: Any
        ) -> later.new_entry.Logged | Running:
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
                raise later.form.FieldError("contact", "Who is called again? Type a name.")
            later.entry_lists.propose_offer(view, form, said)
            say_stopped(view, view.do(lambda: stop(**said)))

        seconds = max(0, int((ended_at - running.started_at).total_seconds()))
        about = " · ".join(filter(None, (shown(running.contact), clock_length(seconds))))
        answer = answer or await self._log.ask(about)
        if answer is None:
            return False
        is_won = answer is Outcome.WON
        if isinstance(answer, Outcome) and not is_won:
            done = await view.patiently("Ending the call", partial(stop, answer, running.contact))
            if done is not None:
                say_stopped(view, done)
            return done is not None
        offer = view.store.offers.of(running.contact) if is_won else None
        begin = "amount" if is_won else answer
        title = f"Call ended · {about}"
        ask = partial(later.outcome_form.outcome_form, running=running, offer=offer)
        form = ask(view, title, save, field=begin, is_won=is_won)
        saved: bool | None = await view.app.push_screen_wait(form)
        if not saved:
            view.refresh_data()  # the note that was typed
        return bool(saved)

    def can_call(self) -> bool:
        """Whether there is a sales activity; where there is none, how to add one is said."""
        if self._view.snapshot.sales is not None:
            return True
        self._view.say("There is no sales activity yet: a adds one (with buyers: yes).", wrong=True)
        return False

    def _write_note(self, running: Running) -> None:
        """Ask for a note on the running call; it is kept as it is typed."""
        view, note = self._view, later.outcome_form.NoteInput(self._view, running)
        title = f"Note on {shown(running.contact) or 'the call'}"
        fields, hint = [later.fields.Field("Note", note)], "Enter saves; the call goes on"
        form = later.form.Form(title, fields, note.keep, hint=hint)
        form.add_class("-foot")
        view.ask(form, lambda _: view.refresh_data())

    def name_contact(self, running: Running) -> None:
        """Ask who the running call is with; it goes on."""
        view = self._view

        def save(contact: str) -> None:
            view.do(lambda: view.store.timer.name_contact(contact, running.started_at))

        fields = [later.fields.NameField(view.store.contacts.names, running.contact)]
        hint = "Enter saves; the call goes on"
        view.ask(later.form.Form("Who are you talking to?", fields, save, hint=hint))

    def watch_timer(self) -> None:
        """Ask what to do with a timer that was left alone, else write that it is seen."""
        running, now = self._view.snapshot.running, self._view.clock.now()
        since = (now - self._seen_at).total_seconds() if self._seen_at is not None else HEARTBEAT
        if running is None or 0 <= since < HEARTBEAT:
            return
        cap, last_seen = self._view.snapshot.settings.call_cap, self._view.store.timer.last_seen()
        if running.was_left_alone(last_seen, now, cap):
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
        answer = await self._ask_what_is_true(running)
        if answer is None:
            self._view.say("The timer runs on; c asks again.")
        elif isinstance(answer, datetime):
            await self._stop(self._view.clock.now(), answer)
        elif answer == "keep":
            await self._view.patiently("Keeping the timer", self._mark_seen)
        elif await self._discard(running) is not None:
            self._view.say("Discarded; u brings it back.")

    async def _discard(self, running: Running) -> Running | None:
        discard = partial(self._view.store.timer.discard, running.started_at)
        return await self._view.patiently("Discarding the timer", discard)

    async def _ask_what_is_true(
        self, running: Running
    ) -> datetime | later.outcome_form.Fate | None:
        store = self._view.store
        ask, last_seen = later.outcome_form.recovery_question, store.timer.last_seen()
        return await self._view.app.push_screen_wait(ask(running, last_seen, store.moment()))

    @property
    def following(self) -> later.next_calls.NextCall | None:
        """Who is to be called now: asked of a panel, as facts are worked out whenever read."""
        return self._next.facts.following if self._next.facts is not None else None

    @property
    def chosen(self) -> later.next_calls.NextCall | None:
        """What the cursor in CALL NEXT stands on; None where it stands elsewhere."""
        return self._next.current if self._next.has_focus else None

    @property
    def _chosen_name(self) -> str:
        return self.chosen.buyer.contact.name if self.chosen is not None else ""

    @property
    def name(self) -> str:
        """Whom the cursor stands on, in CALL NEXT or in the log; empty where nobody is named."""
        return self._entry.contact if self._entry is not None else self._chosen_name

    @property
    def _entry(self) -> EntryFact | None:
        return self._log.entry if self._log.has_focus else None

    @property
    def to_let_go(self) -> str:
        """Who is asked about, or under the cursor in CALL NEXT, or was dialled last in vain."""
        entries = reversed(self._view.snapshot.entries)
        last = next((entry for entry in entries if entry.is_dial), None)
        dialled = last.contact if last is not None and last.outcome in NOT_REACHED else ""
        return self._view.said_of or self._chosen_name or dialled

    @property
    def _sales_activity(self) -> int | None:
        """The sales activity under the cursor; None: the highest-ranked one."""
        current = self._list.current
        return current.id if current is not None and current.activity.is_sales else None

    def call(self, contact: str = "") -> None:
        """Start a call, or end what runs; what runs ends before a call with a contact."""
        running = self._view.snapshot.running
        if not contact and running is not None and (running.is_sales or running.kind == "problem"):
            self.hang_up()
        else:
            self._start_call(contact or self.name)

    def call_next(self) -> None:
        """Call the next one; while a call runs, write a note on it."""
        running, following = self._view.snapshot.running, self.following
        if running is not None and running.is_sales:
            self._write_note(running)
        elif following is not None:
            self._start_call(following.buyer.contact.name)

    def _start_call(self, contact: str) -> None:
        """Start a call; the timer of something else stops for it."""
        start = partial(self.start, self._sales_activity, contact)
        if self.can_call():
            start() if self._view.snapshot.running is None else self.hang_up(start)

    def no_answer(self) -> None:
        """Count a dial in vain, of a meeting on the day of it; the running call is ended so."""
        view, snapshot = self._view, self._view.snapshot
        if snapshot.running is not None and snapshot.running.is_sales:
            self.hang_up(answer=Outcome.NO_ANSWER)
            return
        if not self.can_call():
            return
        meeting = self.chosen.meeting if self.chosen is not None else None
        is_now = snapshot.is_today and meeting is None
        new = later.new_entry.NewEntry(
            self._sales_activity,
            # None: the day of now, as a new one may have begun.
            day=meeting.day if meeting else None if is_now else snapshot.day,
            started_at=view.clock.now() if is_now else None,
            outcome=Outcome.NO_ANSWER,
            contact=self._chosen_name,
        )
        done = view.attempt(lambda: view.store.entries.log(new))
        if done is not None:
            say_logged(view, done)

    @property
    def to_call_back(self) -> later.next_calls.NextCall | None:
        """Who is under the cursor in CALL NEXT, else the next one."""
        return self.chosen or self.following

    def call_back(self) -> None:
        """Say when who is in the running call, under the cursor, or next is called again."""
        call, entry = self.to_call_back, self._entry
        if self._view.snapshot.is_talking:
            self.hang_up(answer="back")
            return
        if entry is not None:
            is_meeting = entry.outcome is Outcome.MEETING_SET
            later.outcome_form.ask_back(self._view, entry.contact, is_meeting=is_meeting)
        elif call is not None:
            step, name = call.buyer.step, call.buyer.contact.name
            is_meeting = step is not None and step.kind == "meeting"
            later.outcome_form.ask_back(self._view, name, is_meeting=is_meeting)

    def let_go(self) -> None:
        name, view = self.to_let_go, self._view
        contacts = view.store.contacts
        if view.attempt(lambda: contacts.drop(contacts.find(name).contact.id, let_go=True)):
            view.said_of = ""
            view.say(f"Let go of {quoted(name)}; u brings it back.")
