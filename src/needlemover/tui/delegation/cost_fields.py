"""Fields for what somebody else asks."""

from __future__ import annotations

from ...domain.delegation.problem import Cost, CostPer
from ...text.format import plain_money
from ...text.parse import parse_amount
from ..kit.fields import Choice, Field, TextField

_PER = ((CostPer.MONTH, "a month"), (CostPer.TIME, "each time"), (CostPer.ONCE, "once"))


def cost_fields(label: str, cost: Cost | None, currency: str) -> tuple[Field, Field]:
    """An amount, and what it is paid for."""
    amount = plain_money(cost.amount, currency) if cost is not None else ""
    per = cost.per if cost is not None else CostPer.MONTH
    return (
        Field(
            f"{label} ({currency})",
            TextField(amount, placeholder="300, or 0", id="cost"),
        ),
        Field("Paid", Choice(_PER, per, id="per")),
    )


def read_cost(amount: str, per: object, currency: str) -> Cost | None:
    """The cost that was typed; None: nothing was.

    Raises:
        WrongUsageError: when it is no amount.
    """
    if not amount.strip():
        return None
    chosen = per if isinstance(per, CostPer) else CostPer.MONTH
    return Cost(parse_amount(amount, currency), chosen)
