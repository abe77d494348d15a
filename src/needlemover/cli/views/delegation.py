"""The JSON of needle problems."""

from datetime import date
from fractions import Fraction

from msgspec import field

from ...domain.delegation.ledger import Ledger
from ...domain.delegation.offer import Verdict
from ...domain.delegation.problem import Cost, Estimate, ProblemState
from ...domain.delegation.verdict import Missing, Weighing
from . import JsonView, Part, pick, view


class ProblemView(JsonView, frozen=True):
    """A line of the ledger."""

    title: str
    state: ProblemState = field(name="status")
    verdict: Verdict
    saving_per_month: int | None
    payback_months: Fraction | None
    worth_needed: int | None
    ask_again_on: date | None
    id: int
    parked_on: date
    state_on: date = field(name="status_since")
    is_activity: bool = field(name="is_activity")
    estimate: Estimate
    candidate: str
    note: str
    delegated_to: str
    real_cost: Cost | None
    workload: Part | None
    missing: list[Missing]
    sum: Part | None
    half: Verdict | None
    double: Verdict | None
    most_to_pay: int | None
    leak: Part | None
    given_back: Part | None


def problems_view(ledger: Ledger) -> list[ProblemView]:
    """The ledger as `needle problems --json` gives it, in its order.

    It is a list, as it always was, so it has no place for a version: people's scripts read it.
    """
    return [_row(row) for row in ledger.rows]


def _row(weighing: Weighing) -> ProblemView:
    given, found, load, leak = weighing.given_back, weighing.sum, weighing.workload, weighing.leak
    workload = given_back = None
    if load is not None:
        workload = {"seconds": round(load.seconds), **pick(load, "is_once is_measured logged")}
    if given is not None:
        seconds = round(given.hours * 3600)
        given_back = {"seconds": seconds, **pick(given, "worth paid handover money")}
    is_activity = weighing.problem.activity_id is not None
    return view(
        ProblemView,
        *(weighing, weighing.problem),
        saving_per_month=found and found.saving_per_month,
        payback_months=found and found.payback_months,
        is_activity=is_activity,
        workload=workload,
        sum=found and pick(found, "worth freed cost setup saving payback_on turns_on"),
        half=weighing.half and weighing.half.verdict,
        double=weighing.double and weighing.double.verdict,
        leak=pick(leak, "since seconds times", worth="money") if leak and not is_activity else None,
        given_back=given_back,
    )
