"""The problems weighed, for whoever is told what comes of it."""

from __future__ import annotations

from contextlib import suppress

from ...domain.delegation.ledger import Ledger, ledger_of
from ...domain.delegation.snapshot import ProblemsSnapshot
from ...domain.errors import NeedleError
from ...store.store import Store


def weigh_all(store: Store, snapshot: ProblemsSnapshot) -> Ledger:
    """The ledger. The days that it tells are remembered, so that Today asks again on them."""
    ledger = ledger_of(snapshot.problems, snapshot.worth, snapshot.settings, snapshot.today)
    days = {row.weighing.problem.id: row.weighing.ask_again_on for row in ledger.rows}
    # What is only looked at is shown also where nothing can be written.
    with suppress(NeedleError):
        store.problems.remember_asks(days)
    return ledger
