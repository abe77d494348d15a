"""The ledger in sentences: what was bought back, what leaked away, and what to ask about again."""

from collections.abc import Sequence
from datetime import date

from ...domain.delegation.ledger import Part, Totals, part_of
from ...domain.delegation.problem import Leak, Problem, ProblemState
from ...domain.delegation.verdict import Weighing
from ...domain.today.snapshot import ProblemAsk
from ..format import MONTHS, counted, minutes, money, plain_day, quoted, shown
from .words import length

_LEFT_OUT = "without enough figures to count"


def lead_words(rows: Sequence[Weighing], currency: str) -> str:
    """What to do, as `Delegate 2 now: saves $444.32 a month and $608.16 once`."""
    now = [row.sum for row in rows if part_of(row) is Part.NOW and row.sum is not None]
    if not now:
        return "Nothing to delegate now."
    sums = {"a month": 0, "once": 0}
    for found in now:
        sums["once" if found.deal.is_once else "a month"] += found.saving or 0
    saves = " and ".join(f"{money(sums[often], currency)} {often}" for often in sums if sums[often])
    return f"Delegate {len(now)} now: saves {saves or money(0, currency)}."


def totals_words(totals: Totals, currency: str) -> str:
    """As `Delegated so far: 31 h a month bought back for $640, worth $4,400`."""
    if not totals.delegated:
        return "Nothing is delegated yet."
    if totals.left_out == totals.delegated:
        return f"Delegated so far: {counted(totals.delegated, 'thing')}, {_LEFT_OUT}."
    worth = "" if totals.worth is None else f", worth {money(totals.worth, currency)}"
    words = (
        f"Delegated so far: {length(totals.hours)} a month bought back for "
        f"{money(totals.cost, currency)}{worth}"
    )
    return f"{words}; {totals.left_out} more, {_LEFT_OUT}." if totals.left_out else f"{words}."


def leak_words(leak: Leak, currency: str, today: date) -> str:
    """As `You have put 6 h 40 into this since August: $947 at your hour`."""
    since = MONTHS[leak.since.month - 1]
    if leak.since.year != today.year:
        since += f" {leak.since.year}"
    worth = "" if leak.money is None else f": {money(leak.money, currency)} at your hour"
    return f"You have put {minutes(leak.seconds)} into this since {since}{worth}."


def state_words(problem: Problem) -> str:
    """`parked 3 Nov 2026`, `delegated to Kim since 1 Sep 2026`, `done myself …`, `dropped …`."""
    on = plain_day(problem.state_on)
    if problem.state is ProblemState.DELEGATED:
        to = f" to {shown(problem.delegated_to)}" if problem.delegated_to else ""
        return f"delegated{to} since {on}"
    if problem.state is ProblemState.DONE:
        return f"done myself {on}"
    return f"{problem.state.value} {on}"


def asked_today_words(problems: Sequence[Problem | ProblemAsk]) -> str:
    """As `Ask again today: is “Bookkeeping” worth handing over?`; empty without any."""
    if not problems:
        return ""
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return f"Ask again today: is {quoted(problems[0].title, 28)} worth handing over?{more}"
