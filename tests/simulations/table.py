"""The statements, what each must reach, and what it reaches."""

from collections.abc import Callable
from functools import partial
from random import Random
from typing import NamedTuple

from needlemover.domain.delegation.deal import Verdict

from . import numbers, promises, worth
from .founders import SIGMAS, WHALE


class Row(NamedTuple):
    """A statement that is made to founders, each drawn by a deed; it gives None where none is."""

    statement: str
    deed: Callable[[Random], bool | None]
    least: float = 0.0  # of the founders told so, for whom it must hold
    most: float = 1.0


def _goal(sigma: float, least: float, most: float = 0.95, whale: float = 0) -> Row:
    whales = ", whales" if whale else ""
    deed = partial(numbers.the_conversations_of_a_goal, sigma=sigma, whale=whale)
    return Row(f"goal: the range holds what it takes, σ {sigma}{whales}", deed, least, most)


def _rank(ratio: float, sigma: float, payments: int = 0, whale: float = 0, **limit: float) -> Row:
    of = f"{payments} payments each" if payments else "3 to 30 payments"
    whales = ", whales" if whale else ""
    deed = partial(numbers.a_contradiction, ratio=ratio, sigma=sigma, mean=payments, whale=whale)
    return Row(f"rank contradicted, returns 1 : {ratio}, σ {sigma}{whales}, {of}", deed, **limit)


def _verdict(
    verdict: Verdict,
    needed: float,
    sigma: float,
    payments: int = 0,
    whale: float = 0,
    **limit: float,
) -> Row:
    of = f"{payments} payments" if payments else "3 to 30 payments"
    whales = ", whales" if whale else ""
    true = "just not worth it" if needed > 1 else "clear case"
    deed = partial(
        worth.a_verdict, verdicts=(verdict,), needed=needed, sigma=sigma, payments=payments,
        whale=whale,
    )  # fmt: skip
    return Row(f"{true}: told {verdict}, {of}, σ {sigma}{whales}", deed, **limit)


def _trend(sigma: float, way: int, *, doubles: bool = False, **limit: float) -> Row:
    income = "doubling in 90 days" if doubles else "steady"
    deed = partial(worth.a_trend, sigma=sigma, way=way, doubles=doubles)
    told = "rise or very soon" if way > 0 else "fall"
    return Row(f"income {income}: a {told} told in 52 weeks, σ {sigma}", deed, **limit)


ROWS = (
    Row("an hour is named, all are alike", numbers.an_hour_of_hours_all_alike, most=0.05),
    Row("an hour is named, contacts have their own, all are alike",
        numbers.an_hour_where_contacts_are_called_at_their_own, most=0.05),
    Row("an hour of 10 points more is named", numbers.an_hour_with_ten_points_more, least=0.80),
    _rank(1, 0.5, most=0.05),
    _rank(1, 1.0, most=0.05),
    _rank(1, 1.0, whale=WHALE),
    _rank(1, 1.5),
    _rank(4, 0.5, 12, least=0.80),
    _rank(4, 1.0, 20, least=0.80),
    _rank(4, 1.0, 30, least=0.80),
    _rank(4, 1.5, 30),
    _goal(0.5, 0.85),
    _goal(1.0, 0.85),
    _goal(1.5, 0),
    _goal(1.0, 0, whale=WHALE),
    _goal(1.5, 0, whale=WHALE),
    Row("win per ask: 95 % interval", numbers.the_wins_of_asks, least=0.935, most=0.965),
    Row("win per conversation: 95 % interval", numbers.the_wins_of_conversations, least=0.935),
    Row("a quota raised: met on a later day", promises.a_day_after_a_raise, least=0.75),
    Row("answers, contacts repeat: interval", numbers.the_answers_of_repeated_contacts, least=0.92),
    Row("first tries told apart, all are alike",
        numbers.first_tries_where_all_tries_are_alike, most=0.05),
    Row("a rate changed, days alone differ", numbers.a_change_where_days_alone_differ, most=0.06),
    Row("what earned most, of 3 alike: its range, σ 1",
        partial(numbers.the_range_of_what_earned_most, sigma=1.0)),
    *(_verdict(Verdict.NOW, 1.001, sigma, 6, most=0.10) for sigma in SIGMAS),
    *(_verdict(Verdict.NOW, 1.001, sigma, most=0.10) for sigma in SIGMAS),
    _verdict(Verdict.NOW, 1.001, 1.0, 6, WHALE, most=0.10),
    _verdict(Verdict.NOW, 0.5, 0.5, 12, least=0.60),
    _verdict(Verdict.NOW, 0.5, 1.0, 12),
    _verdict(Verdict.NOW, 0.5, 1.0, 30, least=0.60),
    _verdict(Verdict.NOW, 0.5, 1.5, 12),
    _verdict(Verdict.NOW, 0.5, 1.0, 12, WHALE),
    _verdict(Verdict.CLOSE, 0.5, 1.0, 12),
    _verdict(Verdict.CLOSE, 1.001, 1.0, 12),
    *(_trend(sigma, 1, most=0.02) for sigma in SIGMAS),
    _trend(1.0, -1, most=0.02),
    _trend(0.5, 1, doubles=True),
    _trend(1.0, 1, doubles=True),
)  # fmt: skip


def reached(row: Row, rounds: int, seed: int) -> tuple[float, int]:
    """For what share of the founders it held, and how many were told anything."""
    random = Random(f"{seed} {row.statement}")
    found = [held for _ in range(rounds) if (held := row.deed(random)) is not None]
    return sum(found) / max(1, len(found)), len(found)
