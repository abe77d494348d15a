"""What Delegate tells founders of whom it is known what their hour is worth."""

from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from random import Random

from msgspec.structs import replace

from needlemover.domain.day import WINDOW_DAYS
from needlemover.domain.delegation.deal import Verdict
from needlemover.domain.delegation.problem import Cost, CostPer
from needlemover.domain.delegation.verdict import weigh
from needlemover.domain.numbers.worth import Worth, worth_of
from needlemover.domain.settings import Settings

from ..domain.conftest import TODAY
from ..weighing import problem
from .founders import PAYMENTS, mean_payment, payment, poisson

LONG_AGO = date(2020, 1, 1)
LOOKS = 52  # weeks of a year, in each of which it is looked once

Received = dict[date, tuple[int, int, int]]


def _receive(random: Random, received: Received, day: date, sigma: float, whale: float) -> None:
    """One more payment on a day."""
    money, payments, squares = received.get(day, (0, 0, 0))
    size = payment(random, sigma, 100_000, whale)
    received[day] = money + size, payments + 1, squares + size * size


def _worth(received: Received, today: date = TODAY) -> Worth:
    return worth_of(received, (), Settings(), LONG_AGO, today)


def a_verdict(
    random: Random,
    verdicts: tuple[Verdict, ...],
    needed: float,
    sigma: float,
    payments: int = 0,
    whale: float = 0,
) -> bool | None:
    """Whether one of them is told of a thing that needs so many times the true worth of an hour."""
    mean = payments or random.uniform(*PAYMENTS)
    received: Received = {}
    for _ in range(poisson(random, mean)):
        day = TODAY - timedelta(days=random.randrange(WINDOW_DAYS))
        _receive(random, received, day, sigma, whale)
    worth = _worth(received)
    if worth.now is None:
        return None
    truth = Fraction(mean * mean_payment(100_000, whale)) * 3600 / worth.basis.seconds
    hour = problem(60)
    cost = Cost(ceil(truth * Fraction(needed)), CostPer.MONTH)
    hour = replace(hour, estimate=replace(hour.estimate, cost=cost))
    return weigh(hour, worth, Settings(), TODAY).verdict in verdicts


def a_trend(random: Random, sigma: float, way: int, *, doubles: bool = False) -> bool | None:
    """Whether a rise (1) or a fall (-1) is told in one of the weeks of a year; steady, or doubling.

    What doubles does so in 90 days, and is steady before and afterwards.
    """
    mean, received = random.uniform(*PAYMENTS), Received()
    days = 7 * LOOKS + WINDOW_DAYS
    for number in range(days):
        grown = min(1.0, max(0.0, number / WINDOW_DAYS - 1)) if doubles else 0.0
        for _ in range(poisson(random, mean / WINDOW_DAYS * 2**grown)):
            day = TODAY - timedelta(days=days - 1 - number)
            _receive(random, received, day, sigma, 0)
    told = False
    for week in range(LOOKS):
        found = _worth(received, TODAY - timedelta(weeks=week))
        told |= found.trend is not None and found.trend.sure * way > 0
    return told
