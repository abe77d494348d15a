"""What the keys of Delegate do with problems without asking."""

from ...domain.calls.entry import is_in_doubt
from ...domain.delegation.ledger import ProblemsSnapshot
from ...domain.delegation.problem import Problem, ProblemState
from ...text.format import quoted
from ..calls.logged import say_stopped
from ..kit.view import View

_SAID = {
    ProblemState.DONE: "You did {} yourself",
    ProblemState.DROPPED: "{} is dropped",
    ProblemState.PARKED: "{} is parked again",
}


def is_timed(view: View[ProblemsSnapshot], problem: Problem) -> bool:
    """Whether the timer runs on a problem, or on what it stands for."""
    running = view.snapshot.running
    if running is None:
        return False
    if problem.activity_id is not None:
        return running.activity_id == problem.activity_id
    return running.problem_id == problem.id


def set_state(view: View[ProblemsSnapshot], problem: Problem, state: ProblemState) -> None:
    """Say what became of a problem: done, dropped, or parked again."""
    if view.attempt(lambda: view.store.problems.set_state(problem.id, state)):
        view.say(f"{_SAID[state].format(quoted(problem.title))}; u takes it back.")


def time_problem(view: View[ProblemsSnapshot], problem: Problem) -> None:
    """Start the one timer on it; where it runs on it already, stop it."""
    timer = view.store.timer
    running = view.snapshot.running
    if running is None or not is_timed(view, problem):
        if view.attempt(lambda: timer.start(problem_id=problem.id, watched=True)):
            view.say(f"The time runs on {quoted(problem.title)}; t stops it.")
        return
    now, cap = view.clock.now(), view.snapshot.settings.call_cap
    if running.is_sales or is_in_doubt(running, timer.last_seen(), now, cap):
        # Today asks how a call ended, and what is true of a timer that was left alone.
        view.show_view("today")
        view.app.screen.call_later(view.app.screen.run_action, "call")
        return
    done = view.attempt(timer.stop)
    if done is not None:
        say_stopped(view, done)
