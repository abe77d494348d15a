"""Whom the keys of Today mean, and what they do with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...domain.calls.entry import NOT_REACHED, EntryFact, Outcome
from ...domain.today.snapshot import DaySnapshot
from ...text.format import quoted
from ..calls.day_log import DayLog
from ..kit.view import View
from .call_next import CallNext
from .calls import Calls

if TYPE_CHECKING:
    from ...domain.buyers.next_calls import NextCall


class Whom:
    """Calls who is next or under the cursor, says when again, and lets go."""

    def __init__(
        self, view: View[DaySnapshot], calls: Calls, call_next: CallNext, log: DayLog
    ) -> None:
        """Take the view that shows the day, what holds the timer, and the two lists of names."""
        self._view, self._calls, self._next, self._log = view, calls, call_next, log

    @property
    def following(self) -> NextCall | None:
        """Who is to be called now: asked of a panel, as facts are worked out whenever read."""
        return self._next.facts.following if self._next.facts is not None else None

    @property
    def chosen(self) -> NextCall | None:
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
        dialled = last.contact if last and last.outcome in NOT_REACHED else ""
        return self._view.said_of or self._chosen_name or dialled

    def call(self, activity_id: int | None, contact: str = "") -> None:
        """Start a call, or end what runs; what runs ends before a call with a contact."""
        running = self._view.snapshot.running
        if not contact and running is not None and (running.is_sales or running.kind == "problem"):
            self._calls.hang_up()
        else:
            self._start(activity_id, contact or self.name)

    def call_next(self, activity_id: int | None) -> None:
        """Call the next one; while a call runs, write a note on it."""
        running, following = self._view.snapshot.running, self.following
        if running is not None and running.is_sales:
            self._calls.write_note(running)
        elif following is not None:
            self._start(activity_id, following.buyer.contact.name)

    def _start(self, activity_id: int | None, contact: str) -> None:
        """Start a call; the timer of something else stops for it."""

        def start() -> None:
            self._calls.start(activity_id, contact)

        if self._calls.can_call():
            start() if self._view.snapshot.running is None else self._calls.hang_up(start)

    def no_answer(self, activity_id: int | None) -> None:
        """Count a dial in vain; of a meeting on the day on which it should have been."""
        meeting = self.chosen.meeting if self.chosen is not None else None
        day = meeting.day if meeting is not None else None
        self._calls.log_no_answer(activity_id, self._chosen_name, day)

    @property
    def to_call_back(self) -> NextCall | None:
        """Who is under the cursor in CALL NEXT, else the next one."""
        return self.chosen or self.following

    def call_back(self) -> None:
        """Say when who is in the running call, under the cursor, or next is called again."""
        call, entry = self.to_call_back, self._entry
        if self._view.snapshot.is_talking:
            self._calls.hang_up(field="back")
            return
        from ...domain.buyers.contact import StepKind
        from ..calls.outcome_form import ask_back

        if entry is not None:
            is_meeting = entry.outcome is Outcome.MEETING_SET
            kind = StepKind.MEETING if is_meeting else StepKind.CALL
            ask_back(self._view, entry.contact, kind)
        elif call is not None:
            step = call.buyer.step
            ask_back(self._view, call.buyer.contact.name, step.kind if step else StepKind.CALL)

    def let_go(self) -> None:
        """Take somebody whom nobody reaches from the list."""
        name, view = self.to_let_go, self._view
        contacts = view.store.contacts
        if view.attempt(lambda: contacts.drop(contacts.find(name).contact.id, let_go=True)):
            view.said_of = ""
            view.say(f"Let go of {quoted(name)}; u brings it back.")
