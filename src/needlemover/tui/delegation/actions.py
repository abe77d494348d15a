"""What the keys of Delegate do with the problem under the cursor.

Dialogs are imported when they are first shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...domain.calls.timer import is_too_long, was_left_alone
from ...domain.delegation.problem import Problem, ProblemState
from ...text.format import minutes, quoted, shown
from .ledger import LedgerPanel
from .record import DelegateRecord

if TYPE_CHECKING:
    from ..kit.view import View
    from .handover_form import HandoverInput
    from .hour_form import HourInput
    from .leak_form import LeakInput
    from .problem_form import ProblemInput

_SAID = {
    ProblemState.DONE: "You did {} yourself",
    ProblemState.DROPPED: "{} is dropped",
    ProblemState.PARKED: "{} is parked again",
}


class DelegateActions(DelegateRecord):
    """The commands."""

    @property
    def problem(self) -> Problem | None:
        """The problem under the cursor."""
        return self.row.weighing.problem if self.row is not None else None

    @property
    def is_timed(self) -> bool:
        """Whether the timer runs on the problem under the cursor, or on what it stands for."""
        problem, running = self.problem, self.running
        if problem is None or running is None:
            return False
        if problem.activity_id is not None:
            return running.activity_id == problem.activity_id
        return running.problem_id == problem.id

    def parked(self, problem: Problem) -> None:
        """Put the cursor on what was just parked."""
        self.query_one(LedgerPanel).choose(problem.id)

    def action_state(self, state: str) -> None:
        """Say what became of it: done, dropped, or parked again."""
        problem = self.problem
        if problem is None:
            return
        new = ProblemState(state)
        if self.attempt(lambda: self.store.problems.set_state(problem.id, new)):
            self.say(f"{_SAID[new].format(quoted(problem.title))}; u takes it back.")

    def action_edit(self) -> None:
        """Ask what it takes, what it costs, and who could take it."""
        problem, snapshot = self.problem, self.snapshot
        if problem is None or snapshot is None:
            return

        def save(new: ProblemInput) -> None:
            self.do(
                lambda: self.store.problems.edit(
                    problem.id,
                    title=new.title,
                    estimate=new.estimate,
                    candidate=new.candidate,
                    note=new.note,
                )
            )

        from .problem_form import ProblemForm

        self.app.push_screen(ProblemForm(problem, snapshot.settings.currency, save))

    def action_delegate(self) -> None:
        """Ask to whom it is delegated; of what is delegated already, change what is known."""
        problem, snapshot = self.problem, self.snapshot
        if problem is None or snapshot is None:
            return

        def save(new: HandoverInput) -> None:
            delegate(self, problem, new)

        from .handover_form import HandoverForm

        currency = snapshot.settings.currency
        self.app.push_screen(HandoverForm(problem, snapshot.today, currency, save))

    def action_log(self) -> None:
        """Ask how much time was put into it."""
        problem, snapshot = self.problem, self.snapshot
        if problem is None or snapshot is None:
            return
        if problem.activity_id is not None:
            self.say(f"{quoted(problem.title)} is an activity: log its time on Today.", wrong=True)
            return

        def save(new: LeakInput) -> None:
            log = self.store.problems.log_leak
            done = self.do(lambda: log(problem.id, new.seconds, day=new.day, note=new.note))
            self.say(f"{minutes(done.entry.seconds)} put into {quoted(problem.title)}.")

        from .leak_form import LeakForm

        self.app.push_screen(LeakForm(problem.title, snapshot.today, save))

    def action_hour(self) -> None:
        """Ask what an hour is worth."""
        snapshot = self.snapshot
        if snapshot is None:
            return

        def save(new: HourInput) -> None:
            self.do(lambda: self.store.declare_worth(new.worth, new.following))

        from .hour_form import HourForm

        self.app.push_screen(HourForm(snapshot.settings, snapshot.today, save))

    def action_weigh(self) -> None:
        """Ask which activity of the checklist is to be weighed."""
        activities = self.store.activities.all()
        if not activities:
            self.say("There is no activity yet: a on Today adds one.", wrong=True)
            return

        def save(activity_id: int) -> None:
            self.parked(self.do(lambda: self.store.problems.weigh(activity_id)))

        from .weigh_list import WeighDialog

        self.app.push_screen(WeighDialog(activities, save))

    def action_time(self) -> None:
        """Start the one timer on it; where it runs on it already, stop it."""
        problem, snapshot = self.problem, self.snapshot
        running = self.store.timer.running()  # as it was last seen by now
        if problem is None or snapshot is None:
            return
        if running is None or not self.is_timed:
            start = self.store.timer.start
            if self.attempt(lambda: start(problem_id=problem.id, watched=True)):
                self.say(f"The time runs on {quoted(problem.title)}; t stops it.")
            return
        now, cap = self.clock.now(), snapshot.settings.call_cap
        asks = is_too_long(running, now, cap) or was_left_alone(running, now, cap)
        if running.is_sales or asks:
            # Today asks how a call ended, and what is true of a timer that was left alone.
            self.show_view("today")
            self.app.screen.call_later(self.app.screen.run_action, "call")
            return
        done = self.attempt(self.store.timer.stop)
        if done is not None:
            self.say(f"{shown(done.entry.subject)}: {minutes(done.entry.seconds)}.")


def delegate(view: View, problem: Problem, new: HandoverInput) -> None:
    """Hand a problem over as it was entered, or change what is known of its hand-over.

    Raises:
        NeedleError: when it cannot be so.
    """
    problems = view.store.problems
    if problem.state is ProblemState.DELEGATED:
        view.do(
            lambda: problems.edit(
                problem.id, delegated_to=new.to, state_on=new.on, real_cost=new.real_cost
            )
        )
        return
    view.do(
        lambda: problems.set_state(
            problem.id, ProblemState.DELEGATED, on=new.on, to=new.to, real_cost=new.real_cost
        )
    )
    view.say(f"{quoted(problem.title)} is delegated; u takes it back.")
