"""Problems: parking them, saying more of them, handing them over, and time that leaks into them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy import select

from ...domain.delegation.ledger import ProblemsSnapshot
from ...domain.delegation.problem import Cost, Estimate, Problem, ProblemState
from ...domain.errors import NeedleError, WrongUsageError
from ...domain.promises.commitment import is_archived
from ...text.format import minutes, quoted
from ...text.parse.values import LONGEST
from ..calls.new_entry import Logged, NewEntry, add_entry, logged
from ..numbers.numbers import Numbers
from ..promises.activity_rows import archive_activity, read_activity, take_up_again
from ..schema.tables import PROBLEM
from ..session import Subject
from ..undo import Step
from .problem_rows import OPEN_STATES, open_problem_of, problem_columns, read_problem, read_problems

_STATE_SET = {
    ProblemState.PARKED: "Parked {} again",
    ProblemState.DELEGATED: "Delegated {}",
    ProblemState.DONE: "Did {} myself",
    ProblemState.DROPPED: "Dropped {}",
}
_KEEP_DAY = "UPDATE problem SET ask_again_on = ? WHERE id = ? AND state = 'parked'"


class Problems(Subject):
    """Parking, changing, handing over and reading problems."""

    def snapshot(self) -> ProblemsSnapshot:
        """All that Delegate shows."""
        numbers = Numbers(self._session).snapshot()
        return ProblemsSnapshot(
            today=numbers.today,
            settings=numbers.settings,
            problems=self.all(),
            worth=numbers.worth,
            returns=numbers.returns,
            running=self._session.facts.running,
        )

    def all(self) -> tuple[Problem, ...]:
        """All problems in any state, earliest first."""
        with self._session.reading() as driver:
            return read_problems(driver, self._session.facts.today)

    def park(
        self, title: str, estimate: Estimate | None = None, *, candidate: str = "", note: str = ""
    ) -> Problem:
        """Park what popped up, maybe again: titles may be the same. A running timer goes on."""
        said = {"title": title, "candidate": candidate, "note": note}
        with self._session.change("") as step:
            new = said | {"estimate": estimate or Estimate()}
            problem = _insert(step, **problem_columns(None, new, step.moment))
            step.label = f"Parked {quoted(problem.title)}"
            return problem

    def weigh(self, activity_id: int) -> Problem:
        """Weigh an activity of the checklist like a problem; the one that stands for it already.

        A `NeedleError` when it is archived, or gone.
        """
        with self._session.change("") as step:
            fact = read_activity(step.facts, activity_id)
            known = open_problem_of(step, activity_id)
            if known is not None:
                return read_problem(step, known)
            if is_archived(fact.timeline, step.moment.today):
                raise NeedleError(f"{quoted(fact.name)} is archived: there is nothing to weigh.")
            step.label = f"Weighed {quoted(fact.name)}"
            return _insert(step, title=fact.name, activity_id=activity_id)

    def edit(self, problem_id: int, **changes: Any) -> Problem:
        """Change `title`, `estimate`, `candidate`, `note`, `delegated_to`, `real_cost`, `state_on`.

        Another estimate takes back the day to ask again. A `NeedleError` for what is not allowed.
        """
        with self._session.change("") as step:
            problem = read_problem(step, problem_id)
            values = problem_columns(problem, changes, step.moment)
            step.update(PROBLEM, problem_id, **values)
            changed = read_problem(step, problem_id)
            step.label = f"Changed {quoted(changed.title)}"
            return changed

    def set_state(
        self,
        problem_id: int,
        state: ProblemState,
        *,
        on: date | None = None,
        to: str = "",
        real_cost: Cost | None = None,
    ) -> Problem:
        """Say what became of a problem, and from which day on (None: today).

        An activity that is delegated leaves the checklist as when it is archived; parked again, it
        is taken up again. `to` is to whom it is delegated, `real_cost` what it costs since (None:
        what was estimated). A `NeedleError` when it is so already, to come (but a hand-over), or
        its timer runs.
        """
        with self._session.change("") as step:
            problem = read_problem(step, problem_id)
            title, is_handover = quoted(problem.title), state is ProblemState.DELEGATED
            if problem.state is state:
                raise NeedleError(f"{title} is {state.value} already.")
            running = step.facts.running
            if state not in OPEN_STATES and running and running.problem_id == problem_id:
                raise NeedleError(f"The time runs on {title}: stop it first.")
            if problem.activity_id is not None:
                _move_activity(step, problem, problem.activity_id, state)
            said = {
                "state_on": on or step.moment.today,
                "delegated_to": to if is_handover else "",
                "real_cost": real_cost if is_handover else None,
            }
            values = problem_columns(replace(problem, state=state), said, step.moment)
            step.update(PROBLEM, problem_id, state=state.value, ask_again_on=None, **values)
            step.label = _STATE_SET[state].format(title)
            return read_problem(step, problem_id)

    def log_leak(
        self,
        problem_id: int,
        seconds: int,
        *,
        day: date | None = None,
        started_at: datetime | None = None,
        note: str = "",
    ) -> Logged:
        """Log time that was put into a problem after all, on the day of `started_at` or today.

        A `NeedleError` when it took no time, is still to come, or is of an activity.
        """
        with self._session.change("") as step:
            problem = read_problem(step, problem_id)
            title = quoted(problem.title)
            if problem.activity_id is not None:
                raise NeedleError(f"{title} is an activity: log its time on it.", "log")
            if not 0 < seconds <= LONGEST:
                raise WrongUsageError("Type how long it took, at most 24 hours.")
            new = NewEntry(None, day, started_at, seconds, note=note, problem_id=problem_id)
            entry = add_entry(step, new)
            step.label = f"Logged {minutes(seconds)}, {title}"
            return logged(step, entry)

    def answer_ask(self, problem_id: int, again_on: date | None = None) -> Problem:
        """Note that the user has answered: it is weighed anew, and asked `again_on`, if at all."""
        with self._session.change("") as step:
            problem = read_problem(step, problem_id)
            step.label = f"Answered about {quoted(problem.title)}"
            step.update(PROBLEM, problem_id, ask_again_on=again_on)
            return read_problem(step, problem_id)

    def keep_days_told(self) -> None:
        """Keep the days on which the weighing says to ask again, for Today to ask then."""
        if all(item.state is not ProblemState.PARKED for item in self.all()):
            return  # what the hours earn, which is much to read, is not needed
        rows = self.snapshot().rows
        self.remember_asks({item.problem.id: item.ask_again_on for item in rows})

    def remember_asks(self, days: Mapping[int, date | None]) -> None:
        """Remember the days told, by problem, on which Today asks again; no step of undo."""
        known = {item.id: item.ask_again_on for item in self.all()}
        new = [(day, key) for key, day in days.items() if key in known and known[key] != day]
        if new:
            with self._session.writing() as connection:
                connection.exec_driver_sql(_KEEP_DAY, [(day and str(day), key) for day, key in new])


def _move_activity(step: Step, problem: Problem, activity_id: int, state: ProblemState) -> None:
    """Take an activity off the checklist with its hand-over, and on it again without."""
    if state in OPEN_STATES and open_problem_of(step, activity_id, but_not=problem.id):
        why = f"{quoted(problem.title)} is weighed anew already: change that one instead."
        raise NeedleError(why)
    if state is ProblemState.DELEGATED:
        archive_activity(step, activity_id)
    elif state is ProblemState.PARKED and problem.state is ProblemState.DELEGATED:
        take_up_again(step, activity_id)


def forget_asks(step: Step) -> None:
    """Take back the days to ask again, in a change under way: another worth says others."""
    with_day = select(PROBLEM.c.id).where(PROBLEM.c.ask_again_on.is_not(None))
    for problem_id in step.connection.execute(with_day).scalars().all():
        step.update(PROBLEM, problem_id, ask_again_on=None)


def _insert(step: Step, **values: Any) -> Problem:
    problem_id = step.insert(
        PROBLEM,
        parked_on=step.moment.today,
        state=ProblemState.PARKED.value,
        state_on=step.moment.today,
        **values,
    )
    return read_problem(step, problem_id)
