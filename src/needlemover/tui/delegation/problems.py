"""What the keys of Delegate do with problems.

Dialogs are imported when they are first shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...domain.calls.timer import is_too_long, was_left_alone
from ...domain.delegation.problem import Problem, ProblemState
from ...domain.delegation.snapshot import ProblemsSnapshot
from ...text.format import minutes, quoted, shown
from ..kit.view import View

if TYPE_CHECKING:
    from ...store.calls.new_entry import NewEntry
    from .hour_form import DeclaredWorth
    from .problem_form import ProblemDetails

_SAID = {
    ProblemState.DONE: "You did {} yourself",
    ProblemState.DROPPED: "{} is dropped",
    ProblemState.PARKED: "{} is parked again",
}


class Problems:
    """Changes problems, times them, and says what an hour is worth."""

    def __init__(self, view: View[ProblemsSnapshot]) -> None:
        """Take the view that shows them and does the commands."""
        self._view = view

    def is_timed(self, problem: Problem) -> bool:
        """Whether the timer runs on a problem, or on what it stands for."""
        running = self._view.snapshot.running
        if running is None:
            return False
        if problem.activity_id is not None:
            return running.activity_id == problem.activity_id
        return running.problem_id == problem.id

    def set_state(self, problem: Problem, state: ProblemState) -> None:
        """Say what became of a problem: done, dropped, or parked again."""
        view = self._view
        if view.attempt(lambda: view.store.problems.set_state(problem.id, state)):
            view.say(f"{_SAID[state].format(quoted(problem.title))}; u takes it back.")

    def edit(self, problem: Problem) -> None:
        """Ask what it takes, what it costs, and who could take it."""
        view = self._view

        def save(new: ProblemDetails) -> None:
            view.do(
                lambda: view.store.problems.edit(
                    problem.id,
                    title=new.title,
                    estimate=new.estimate,
                    candidate=new.candidate,
                    note=new.note,
                )
            )

        from .problem_form import problem_form

        view.app.push_screen(problem_form(problem, view.snapshot.settings.currency, save))

    def delegate(self, problem: Problem) -> None:
        """Ask to whom it is delegated."""
        from .handover import ask_handover

        snapshot = self._view.snapshot
        ask_handover(self._view, problem, snapshot.today, snapshot.settings.currency)

    def log(self, problem: Problem) -> None:
        """Ask how much time was put into it."""
        view = self._view
        if problem.activity_id is not None:
            view.say(f"{quoted(problem.title)} is an activity: log its time on Today.", wrong=True)
            return

        def save(new: NewEntry) -> None:
            log = view.store.problems.log_leak
            done = view.do(lambda: log(problem.id, new.seconds, day=new.day, note=new.note))
            view.say(f"{minutes(done.entry.seconds)} put into {quoted(problem.title)}.")

        from .leak_form import leak_form

        view.app.push_screen(leak_form(problem.title, view.snapshot.today, save))

    def time(self, problem: Problem) -> None:
        """Start the one timer on it; where it runs on it already, stop it."""
        view, timer = self._view, self._view.store.timer
        running = timer.running()
        if running is None or not self.is_timed(problem):
            if view.attempt(lambda: timer.start(problem_id=problem.id, watched=True)):
                view.say(f"The time runs on {quoted(problem.title)}; t stops it.")
            return
        now, cap = view.clock.now(), view.snapshot.settings.call_cap
        last_seen = timer.last_seen()
        asks = is_too_long(running, now, cap) or was_left_alone(running, last_seen, now, cap)
        if running.is_sales or asks:
            # Today asks how a call ended, and what is true of a timer that was left alone.
            view.show_view("today")
            view.app.screen.call_later(view.app.screen.run_action, "call")
            return
        done = view.attempt(timer.stop)
        if done is not None:
            view.say(f"{shown(done.entry.subject)}: {minutes(done.entry.seconds)}.")

    def ask_hour(self) -> None:
        """Ask what an hour is worth."""
        view = self._view

        def save(new: DeclaredWorth) -> None:
            view.do(lambda: view.store.declare_worth(new.worth, new.later))

        from .hour_form import hour_form

        view.app.push_screen(hour_form(view.snapshot.settings, view.snapshot.today, save))

    def choose_activity(self) -> None:
        """Ask which activity of the checklist is to be weighed like a problem."""
        view = self._view
        activities = view.store.activities.all()
        if not activities:
            view.say("There is no activity yet: a on Today adds one.", wrong=True)
            return

        def save(activity_id: int) -> None:
            view.show_parked(view.do(lambda: view.store.problems.weigh(activity_id)))

        from .weigh_list import weigh_form

        view.app.push_screen(weigh_form(activities, save))
