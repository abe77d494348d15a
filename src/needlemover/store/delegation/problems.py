"""Problems: parking them, saying more of them, handing them over, and time that leaks into them."""

import sqlite3
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import json
from msgspec.structs import replace

from ...domain.day import WINDOW_DAYS
from ...domain.delegation.problem import Cost, Estimate, Problem, ProblemState
from ...domain.delegation.verdict import ProblemsSnapshot
from ...domain.errors import GoneError, NeedleError, WrongUsageError
from ...domain.promises.commitment import is_archived
from ...domain.settings import Moment
from ...text.format import minutes, plain_day, quoted
from ...text.parse.values import LONGEST, MOST_MONEY, parse_contact, parse_name, parse_note
from ..calls.new_entry import Logged, NewEntry, add_entry, logged
from ..numbers.numbers import Numbers
from ..promises.activity_rows import archive_activity, read_activity, take_up_again
from ..schema.tables import PROBLEM
from ..session import Step, Subject

_OPEN_STATES = (ProblemState.PARKED, ProblemState.DELEGATED)


def _cost(name: str) -> str:
    return f"""json(CASE WHEN {name} IS NOT NULL AND {name}_per IS NOT NULL
        THEN json_object('amount', {name}, 'per', {name}_per) END)"""


# A problem's own leaks, and of an activity that is weighed all its time.
_PROBLEMS = f"""
SELECT json_object(
    'id', problem.id, 'title', coalesce(activity.name, title), 'parked_on', parked_on,
    'state', state, 'state_on', state_on, 'estimate', json_object(
        'seconds', seconds, 'every', every, 'cost', {_cost("cost")},
        'handover_seconds', handover_seconds),
    'candidate', coalesce(candidate, ''), 'note', coalesce(note, ''), 'activity_id', activity_id,
    'delegated_to', coalesce(delegated_to, ''), 'real_cost', {_cost("real_cost")},
    'spent', (SELECT json_group_array(json_object('day', day, 'seconds', seconds)) FROM (
        SELECT id, day, seconds FROM entry WHERE problem_id = problem.id AND seconds > 0
        UNION ALL SELECT id, day, seconds FROM entry
            WHERE problem.activity_id IS NOT NULL AND activity_id = problem.activity_id
                AND day BETWEEN ? AND ? AND seconds > 0
        ORDER BY day, id)),
    'ask_again_on', ask_again_on)
FROM problem LEFT JOIN activity ON activity.id = problem.activity_id
WHERE problem.id = coalesce(?, problem.id) ORDER BY parked_on, problem.id
"""
_DECODER = json.Decoder(Problem)
_STATE_SET = {
    ProblemState.PARKED: "Parked {} again",
    ProblemState.DELEGATED: "Delegated {}",
    ProblemState.DONE: "Did {} myself",
    ProblemState.DROPPED: "Dropped {}",
}
_KEEP_DAY = "UPDATE problem SET ask_again_on = ? WHERE id = ? AND state = 'parked'"
_LONGEST_ESTIMATE = 1000 * 3600  # seconds that a thing takes each time, or its hand-over


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
            return _read_problems(driver, self._session.facts.today)

    def park(
        self, title: str, estimate: Estimate | None = None, *, candidate: str = "", note: str = ""
    ) -> Problem:
        """Park what popped up, maybe again: titles may be the same. A running timer goes on."""
        said = {"title": title, "candidate": candidate, "note": note}
        with self._session.change("") as step:
            new = said | {"estimate": estimate or Estimate()}
            problem = _insert(step, **_problem_columns(None, new, step.moment))
            step.label = f"Parked {quoted(problem.title)}"
            return problem

    def weigh(self, activity_id: int) -> Problem:
        """Weigh an activity like a problem, but once; a `NeedleError` where it is archived."""
        with self._session.change("") as step:
            fact = read_activity(step.facts, activity_id)
            known = _open_problem_of(step, activity_id)
            if known is not None:
                return _read_problem(step, known)
            if is_archived(fact.timeline, step.moment.today):
                raise NeedleError(f"{quoted(fact.name)} is archived: there is nothing to weigh.")
            step.label = f"Weighed {quoted(fact.name)}"
            return _insert(step, title=fact.name, activity_id=activity_id)

    def edit(self, problem_id: int, **changes: Any) -> Problem:
        """Change `title`, `estimate`, `candidate`, `note`, `delegated_to`, `real_cost`, `state_on`.

        Another estimate takes back the day to ask again. A `NeedleError` for what is not allowed.
        """
        with self._session.change("") as step:
            problem = _read_problem(step, problem_id)
            step.update(PROBLEM, problem_id, **_problem_columns(problem, changes, step.moment))
            changed = _read_problem(step, problem_id)
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
            problem = _read_problem(step, problem_id)
            title, is_handover = quoted(problem.title), state is ProblemState.DELEGATED
            if problem.state is state:
                raise NeedleError(f"{title} is {state.value} already.")
            running = step.facts.running
            if state not in _OPEN_STATES and running and running.problem_id == problem_id:
                raise NeedleError(f"The time runs on {title}: stop it first.")
            if problem.activity_id is not None:
                _move_activity(step, problem, problem.activity_id, state)
            said = {
                "state_on": on or step.moment.today,
                "delegated_to": to if is_handover else "",
                "real_cost": real_cost if is_handover else None,
            }
            values = _problem_columns(replace(problem, state=state), said, step.moment)
            step.update(PROBLEM, problem_id, state=state.value, ask_again_on=None, **values)
            step.label = _STATE_SET[state].format(title)
            return _read_problem(step, problem_id)

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
            problem = _read_problem(step, problem_id)
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
            problem = _read_problem(step, problem_id)
            step.label = f"Answered about {quoted(problem.title)}"
            step.update(PROBLEM, problem_id, ask_again_on=again_on)
            return _read_problem(step, problem_id)

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
            with self._session.writing() as driver:
                driver.executemany(_KEEP_DAY, [(day and str(day), key) for day, key in new])


def _move_activity(step: Step, problem: Problem, activity_id: int, state: ProblemState) -> None:
    """Take an activity off the checklist with its hand-over, and on it again without."""
    if state in _OPEN_STATES and _open_problem_of(step, activity_id, but_not=problem.id):
        why = f"{quoted(problem.title)} is weighed anew already: change that one instead."
        raise NeedleError(why)
    if state is ProblemState.DELEGATED:
        archive_activity(step, activity_id)
    elif state is ProblemState.PARKED and problem.state is ProblemState.DELEGATED:
        take_up_again(step, activity_id)


def forget_asks(step: Step) -> None:
    """Take back the days to ask again, in a change under way: another worth says others."""
    with_day = "SELECT id FROM problem WHERE ask_again_on IS NOT NULL"
    for (problem_id,) in step.driver.execute(with_day).fetchall():
        step.update(PROBLEM, problem_id, ask_again_on=None)


def _insert(step: Step, **values: Any) -> Problem:
    problem_id = step.insert(
        PROBLEM,
        parked_on=step.moment.today,
        state=ProblemState.PARKED.value,
        state_on=step.moment.today,
        **values,
    )
    return _read_problem(step, problem_id)


def _read_problems(
    connection: sqlite3.Connection, today: date, problem_id: int | None = None
) -> tuple[Problem, ...]:
    """All problems or one, earliest first, with the time put in: of activities that of 90 days."""
    since = today - timedelta(days=WINDOW_DAYS - 1)
    values = (since.isoformat(), today.isoformat(), problem_id)
    return tuple(_DECODER.decode(text) for (text,) in connection.execute(_PROBLEMS, values))


def _read_problem(step: Step, problem_id: int) -> Problem:
    """One problem; a `GoneError` where there is none any more."""
    for problem in _read_problems(step.driver, step.moment.today, problem_id):
        return problem
    raise GoneError("problem")


def _open_problem_of(step: Step, activity_id: int, but_not: int | None = None) -> int | None:
    """The problem that stands for an activity and is not over."""
    problem = PROBLEM.c
    which = (problem.activity_id == activity_id, problem.state.in_(_OPEN_STATES))
    found: int | None = step.find(problem.id, *which, problem.id != (but_not or 0))
    return found


def _problem_columns(
    problem: Problem | None, said: Mapping[str, Any], moment: Moment
) -> dict[str, Any]:
    """The columns that what is said of a problem makes, or (None) of a new one.

    Another estimate takes back the day to ask again. A `NeedleError` when it is not allowed.
    """
    values: dict[str, Any] = {}
    for name, value in said.items():
        match name:
            case "title":
                title = values["title"] = " ".join(parse_name(value, "problem").split())
                if problem and problem.activity_id is not None and title != problem.title:
                    why = f"{quoted(problem.title)} is an activity: rename it on Today."
                    raise NeedleError(why)
            case "estimate":
                values |= _estimate_columns(value)
                if problem is None or value != problem.estimate:
                    values["ask_again_on"] = None
            case "real_cost":
                values |= _cost_columns("real_cost", value)
            case "candidate" | "delegated_to":
                values[name] = parse_contact(value)
            case "note":
                values[name] = parse_note(value)
            case "state_on":
                is_handover = problem and problem.state is ProblemState.DELEGATED
                if value > moment.today and not is_handover:
                    why = f"{plain_day(value)} is still to come: give a day that has begun."
                    raise WrongUsageError(why)
                values[name] = value
            case _:
                raise TypeError(f"A problem has no {name}.")
    return values


def _estimate_columns(estimate: Estimate) -> dict[str, Any]:
    for seconds in (estimate.seconds, estimate.handover_seconds):
        if seconds is not None and not 0 <= seconds <= _LONGEST_ESTIMATE:
            raise WrongUsageError("It takes 0 to 1,000 hours: type such a length.")
    return {
        "seconds": estimate.seconds,
        "every": estimate.every and estimate.every.value,
        "handover_seconds": estimate.handover_seconds,
        **_cost_columns("cost", estimate.cost),
    }


def _cost_columns(name: str, cost: Cost | None) -> dict[str, Any]:
    if cost is not None and not 0 <= cost.amount <= MOST_MONEY:
        raise WrongUsageError("It costs 0 or more, and not more than can be kept: type that.")
    return {name: cost and cost.amount, f"{name}_per": cost and cost.per.value}
