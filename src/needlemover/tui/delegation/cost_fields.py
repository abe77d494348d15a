"""Fields for what somebody else asks."""

from __future__ import annotations

from ...domain.delegation.problem import Cost, CostPer
from ..kit.fields import ChoiceField, Field
from ..kit.form import money_field

_PER = ((CostPer.MONTH, "a month"), (CostPer.TIME, "each time"), (CostPer.ONCE, "once"))


def cost_fields(cost: Cost | None, currency: str) -> tuple[Field, Field]:
    """An amount (`cost`), and what it is paid for (`per`)."""
    amount, per = (cost.amount, cost.per) if cost is not None else (None, CostPer.MONTH)
    return (
        money_field("cost", currency, amount, label="Costs", placeholder="300, or 0"),
        ChoiceField("per", "Paid", _PER, per),
    )


def cost_of_fields(cost: int | None, per: CostPer) -> Cost | None:
    """The cost that the fields say, in minor units; None: nothing was typed."""
    return Cost(cost, per) if cost is not None else None
