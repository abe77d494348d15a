"""The JSON of needle problems."""

from datetime import date
from fractions import Fraction

from msgspec import field

from ...domain.delegation.ledger import Ledger, LedgerRow
from ...domain.delegation.offer import Verdict
from ...domain.delegation.problem import Cost, Estimate, ProblemState
from ...domain.delegation.verdict import Missing
from . import JsonView, view


class _Workload(JsonView, frozen=True):
    seconds: int
    is_once: bool
    is_measured: bool
    logged: int


class _Sum(JsonView, frozen=True):
    worth: int | None
    freed: int | None
    cost: int
    setup: int | None
    saving: int | None
    payback_on: date | None
    turns_on: date | None


class _Leak(JsonView, frozen=True):
    since: date
    seconds: int
    times: int
    money: int | None = field(name="worth")


class _GivenBack(JsonView, frozen=True):
    seconds: int
    worth: int | None
    paid: int
    handover: int | None
    money: int | None


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
    workload: _Workload | None
    missing: list[Missing]
    sum: _Sum | None
    half: Verdict | None
    double: Verdict | None
    most_to_pay: int | None
    leak: _Leak | None
    given_back: _GivenBack | None


def problems_view(ledger: Ledger) -> list[ProblemView]:
    """The ledger as `needle problems --json` gives it, in its order.

    It is a list, as it always was, so it has no place for a version: people's scripts read it.
    """
    return [_row(row) for row in ledger.rows]


def _row(row: LedgerRow) -> ProblemView:
    weighing, given = row.weighing, row.given_back
    found = weighing.sum
    load, is_activity = weighing.workload, weighing.problem.activity_id is not None
    return view(
        ProblemView,
        *(weighing, weighing.problem),
        saving_per_month=found and found.saving_per_month,
        payback_months=found and found.payback_months,
        is_activity=is_activity,
        workload=view(_Workload, load, seconds=round(load.seconds)) if load else None,
        half=weighing.half and weighing.half.verdict,
        double=weighing.double and weighing.double.verdict,
        leak=None if is_activity else weighing.leak,
        given_back=view(_GivenBack, given, seconds=round(given.hours * 3600)) if given else None,
    )
