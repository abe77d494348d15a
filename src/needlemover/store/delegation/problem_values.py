"""What a problem must be to be kept, as the columns of its row."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ...domain.delegation.problem import Cost, Estimate, Problem, ProblemState
from ...domain.errors import NeedleError, WrongUsageError
from ...text.format import plain_day, quoted
from ...text.parse.amounts import MOST_MONEY
from ...text.parse.names import parse_contact, parse_name, parse_note
from ..moment import Moment

LONGEST_ESTIMATE = 1000 * 3600
"""Seconds: what somebody thinks a thing takes each time, or its hand-over."""


def changed_columns(problem: Problem, changes: Mapping[str, Any], moment: Moment) -> dict[str, Any]:
    """The columns that other details make; other estimates take back the day to ask again.

    Raises:
        NeedleError: when they are not allowed.
    """
    values: dict[str, Any] = {}
    for name, value in changes.items():
        match name:
            case "title":
                values["title"] = parse_title(value)
                if problem.activity_id is not None and values["title"] != problem.title:
                    raise NeedleError(
                        f"{quoted(problem.title)} is an activity: rename it on Today."
                    )
            case "estimate":
                values |= estimate_columns(value)
                if value != problem.estimate:
                    values["ask_again_on"] = None
            case "real_cost":
                values |= cost_columns("real_cost", value)
            case "candidate" | "delegated_to":
                values[name] = parse_contact(value)
            case "note":
                values[name] = parse_note(value)
            case "state_on":
                values[name] = state_day(value, problem.state, moment)
            case _:
                raise TypeError(f"A problem has no {name}.")
    return values


def estimate_columns(estimate: Estimate) -> dict[str, Any]:
    """The columns of an estimate; a `WrongUsageError` below 0, or for more than can be kept."""
    for seconds in (estimate.seconds, estimate.handover_seconds):
        if seconds is not None and not 0 <= seconds <= LONGEST_ESTIMATE:
            raise WrongUsageError("It takes 0 to 1,000 hours: type such a length.")
    return {
        "seconds": estimate.seconds,
        "every": estimate.every and estimate.every.value,
        "handover_seconds": estimate.handover_seconds,
        **cost_columns("cost", estimate.cost),
    }


def cost_columns(name: str, cost: Cost | None) -> dict[str, Any]:
    """The two columns of a cost; a `WrongUsageError` below 0, or for more than can be kept."""
    if cost is not None and not 0 <= cost.amount <= MOST_MONEY:
        raise WrongUsageError("It costs 0 or more, and not more than can be kept: type that.")
    return {name: cost and cost.amount, f"{name}_per": cost and cost.per.value}


def parse_title(typed: str) -> str:
    """A title as it is kept: on one line; see `parse_name`."""
    return " ".join(parse_name(typed, "problem").split())


def state_day(day: date, state: ProblemState, moment: Moment) -> date:
    """The day from which a state holds.

    Raises:
        WrongUsageError: when it is still to come; only a hand-over can be.
    """
    if day > moment.today and state is not ProblemState.DELEGATED:
        raise WrongUsageError(f"{plain_day(day)} is still to come: give a day that has begun.")
    return day
