"""The problems of the sample data: one for each verdict and state."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, astuple

from ..domain.delegation.problem import Cost, CostPer, Every, ProblemState
from .diary import Diary
from .script import NEWSLETTER, PROMISES

_HOUR = 3600


class _Problem(Struct, frozen=True):
    title: str
    parked: int
    """How many days ago."""
    seconds: int | None = None
    every: Every | None = None
    cost: Cost | None = None
    handover_seconds: int | None = None
    candidate: str | None = None
    note: str | None = None
    state: ProblemState = ProblemState.PARKED
    since: int | None = None
    """How many days ago it came to its state."""
    delegated_to: str | None = None
    activity_id: int | None = None
    leaks: Sequence[tuple[int, int]] = ()
    """How many days ago, and minutes."""


_PROBLEMS = (
    _Problem(
        "Cut and publish the videos", 92, 2700, Every.DAY, Cost(1_400, CostPer.TIME), 5 * _HOUR,
        state=ProblemState.DELEGATED, since=77, delegated_to="R. Lindqvist",
        leaks=((90, 55), (84, 40)),
    ),
    _Problem(
        "Bookkeeping", 64, 3 * _HOUR, Every.WEEK, Cost(22_000, CostPer.MONTH), 2 * _HOUR,
        state=ProblemState.DELEGATED, since=45, delegated_to="Quarry Partners",
    ),
    _Problem(
        "Answer support mail", 40, 1800, Every.DAY, Cost(45_000, CostPer.MONTH), 4 * _HOUR,
        candidate="P. Novak", note="Most of it is the same ten questions.",
        leaks=((12, 45), (5, 35)),
    ),
    _Problem(
        "Clean up the old contacts", 26, 12 * _HOUR, Every.ONCE, Cost(30_000, CostPer.ONCE), _HOUR,
    ),
    _Problem(
        "Repair the booking page", 33, 1500, Every.WEEK, Cost(9_000, CostPer.TIME), _HOUR,
        leaks=((30, 30), (22, 45), (15, 25), (8, 44)),
    ),
    _Problem(
        "Letters to the tax office", 19, _HOUR, Every.MONTH, Cost(25_000, CostPer.MONTH), 1800,
    ),
    _Problem("A new logo", 14, _HOUR, Every.ONCE, None, 2 * _HOUR),
    _Problem("The printer again", 2),
    _Problem(
        PROMISES[NEWSLETTER][0], 9, 2400, Every.WEEK, activity_id=NEWSLETTER,
        note="Puts it off every time.",
    ),
    _Problem(
        "Move the website", 54, 6 * _HOUR, Every.ONCE, Cost(40_000, CostPer.ONCE), _HOUR,
        state=ProblemState.DONE, since=47, leaks=((49, 190), (47, 145)),
    ),
    _Problem("Plants for the office", 38, state=ProblemState.DROPPED, since=36),
)  # fmt: skip


def problem_rows(today: date) -> list[dict[str, Any]]:
    """What was parked, and what became of it."""
    rows = []
    for number, item in enumerate(_PROBLEMS, start=1):
        row = {**asdict(item), "id": number, "parked_on": today - timedelta(days=item.parked)}
        since = item.parked if item.since is None else item.since
        row["state_on"] = today - timedelta(days=since)
        row["cost"], row["cost_per"] = astuple(item.cost) if item.cost else (None, None)
        for name in ("parked", "since", "leaks"):
            del row[name]
        rows.append(row)
    return rows


def write_leaks(diary: Diary) -> None:
    """Write down the time that was put into problems after all."""
    moment = diary.moment
    for number, item in enumerate(_PROBLEMS, start=1):
        for ago, minutes in item.leaks:
            at = moment.at(moment.today - timedelta(days=ago), time(18, 10))
            diary.write(None, at, minutes * 60, count=0, problem_id=number)
