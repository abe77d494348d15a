"""What Delegate shows of the data: it weighs the problems and keeps what it shows true."""

from __future__ import annotations

from textual.reactive import reactive

from ...clock import Clock
from ...domain.calls.timer import Running
from ...domain.day import local_day
from ...domain.delegation.ledger import Ledger, LedgerRow
from ...domain.delegation.offer import Verdict
from ...domain.delegation.problem import ProblemState
from ...domain.delegation.snapshot import ProblemsSnapshot
from ...domain.errors import NeedleError
from ...domain.numbers.hour import best_return, hour_worth
from ...store.store import Store
from ...text.format import money
from ..kit.lines import Span
from ..kit.panel_view import PanelView
from ..kit.title_line import Title
from .hour import HourFacts
from .ledger import LedgerFacts
from .weighed import weigh_all
from .weighing import SumFacts


class DelegateRecord(PanelView):
    """The snapshot, what it adds up to, and the facts of each panel."""

    snapshot: reactive[ProblemsSnapshot | None] = reactive(
        None, repaint=False, init=False, bindings=True
    )
    """None: the data could not be read."""
    running: reactive[Running | None] = reactive(None, repaint=False, init=False, bindings=True)
    chosen: reactive[int | None] = reactive(None, repaint=False, init=False, bindings=True)
    """The problem whose sum is shown; None: nothing is parked."""

    headline: reactive[Title | None] = reactive(None, repaint=False)
    ledger: reactive[LedgerFacts | None] = reactive(None, repaint=False)
    sum: reactive[SumFacts | None] = reactive(None, repaint=False)
    hour: reactive[HourFacts | None] = reactive(None, repaint=False)

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__(store, clock)
        self._weighed: Ledger | None = None
        self._place = 0
        """Where the chosen problem stands, so that its successor is chosen when it goes."""
        try:
            self._take(*self._read())
        except NeedleError as error:
            self.refused = str(error)

    def reload(self) -> None:
        """Show what the data say now."""
        self._take(*self._read())

    def look_about(self) -> None:
        """Once a second: a new day, a change by another process."""
        snapshot = self.snapshot
        if not self.is_in_front or snapshot is None:
            return  # it is loaded anew when it comes to the front
        today = local_day(self.clock.now(), self.clock.zone(), snapshot.settings.day_starts_at)
        if today != snapshot.today or self.changed_elsewhere():
            self.reload()

    @property
    def row(self) -> LedgerRow | None:
        """The problem whose sum is shown."""
        rows = self._weighed.rows if self._weighed is not None else ()
        same = (row for row in rows if row.weighing.problem.id == self.chosen)
        return next(same, rows[min(self._place, len(rows) - 1)] if rows else None)

    def choose(self, place: int, row: LedgerRow | None) -> None:
        """Show the sum of a problem."""
        self._place = place
        self.chosen = row.weighing.problem.id if row is not None else None
        self.give(sum=self._sum())

    def _read(self) -> tuple[ProblemsSnapshot, Running | None]:
        return self.store.problems.snapshot(), self.store.timer.running()

    def _take(self, snapshot: ProblemsSnapshot, running: Running | None) -> None:
        """Weigh the problems and show what comes of it."""
        weighed = weigh_all(self.store, snapshot)
        self._weighed = weighed
        self.give(
            snapshot=snapshot,
            running=running,
            headline=_headline(weighed, snapshot),
            ledger=LedgerFacts(
                weighed, running.problem_id if running else None, snapshot.settings.currency
            ),
            hour=HourFacts(hour_worth(snapshot.worth, snapshot.returns), snapshot.settings),
        )
        row = self.row
        self.choose(weighed.rows.index(row) if row is not None else 0, row)

    def _sum(self) -> SumFacts | None:
        snapshot, row = self.snapshot, self.row
        if snapshot is None:
            return None
        but_not = row.weighing.problem.activity_id if row is not None else None
        best = best_return(snapshot.returns, but_not)
        return SumFacts(row, best, snapshot.today, snapshot.settings.currency)


def _headline(ledger: Ledger, snapshot: ProblemsSnapshot) -> Title:
    """What is parked and delegated at the left, the hour at the right."""
    parked = [
        row.weighing.verdict
        for row in ledger.rows
        if row.weighing.problem.state is ProblemState.PARKED
    ]
    left: list[Span] = [("Delegate", "strong"), (f"  {len(parked)} parked", "muted")]
    if worth_it := parked.count(Verdict.NOW):
        left.append((f", {worth_it} to delegate now", "accent"))
    left.append((f" · {ledger.totals.delegated} delegated", "muted"))
    worth = snapshot.worth.now
    if worth is None:
        return Title(tuple(left), "too little to say what your hour is worth")
    return Title(tuple(left), f"your hour: {money(worth, snapshot.settings.currency)}")
