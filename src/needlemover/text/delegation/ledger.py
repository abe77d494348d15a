"""The ledger in sentences: what was bought back, what leaked away, and what to ask about again."""

from collections.abc import Sequence
from datetime import date

from ...domain.delegation.ledger import Totals
from ...domain.delegation.problem import Leak, Problem, ProblemState
from ...domain.delegation.verdict import GivenBack
from ...domain.today.snapshot import ProblemAsk
from ..format import MONTHS, counted, minutes, plain_day, quoted, rounded_money, shown
from .words import decimal

_LEFT_OUT = "without enough figures to count"


def totals_words(totals: Totals, currency: str) -> str:
    """As `Delegated so far: 31 h a month bought back for $640, worth $4,400`."""
    if not totals.delegated:
        return "Nothing is delegated yet."
    if totals.left_out == totals.delegated:
        return f"Delegated so far: {counted(totals.delegated, 'thing')}, {_LEFT_OUT}."
    worth = "" if totals.worth is None else f", worth {rounded_money(totals.worth, currency)}"
    words = (
        f"Delegated so far: {decimal(totals.hours, 1)} h a month bought back for "
        f"{rounded_money(totals.cost, currency)}{worth}"
    )
    return f"{words}; {totals.left_out} more, {_LEFT_OUT}." if totals.left_out else f"{words}."


def given_words(given: GivenBack, currency: str) -> str:
    """As `Given back so far: 20 h worth $3,000, for $900 and $600 of hand-over, leaves $1,500`."""
    words = f"Given back so far: {decimal(given.hours, 1)} h"
    paid = rounded_money(given.paid, currency)
    if not (given.hours or given.paid or given.handover):
        return "Nothing is given back yet."
    if given.worth is None or given.money is None:
        return f"{words} for {paid}."
    handover = ""
    if given.handover:
        handover = f" and {rounded_money(given.handover, currency)} of hand-over"
    return (
        f"{words} worth {rounded_money(given.worth, currency)}, for {paid}{handover}, "
        f"leaves {rounded_money(given.money, currency)}."
    )


def leak_words(leak: Leak, currency: str, today: date) -> str:
    """As `You have put 6 h 40 into this since August: $947 at your hour`."""
    since = MONTHS[leak.since.month - 1]
    if leak.since.year != today.year:
        since += f" {leak.since.year}"
    worth = "" if leak.money is None else f": {rounded_money(leak.money, currency)} at your hour"
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
