"""What Numbers tells founders of whom it is known what is true."""

from random import Random

from needlemover.domain.numbers.hours import Slot, slots_of
from needlemover.domain.numbers.returns import Return, contradiction_of

from .founders import DIALS, WORKING_DAYS, binomial, payment, poisson

HOURS = range(8, 19)  # by 7 weekdays, 77 hours


def _week(random: Random, dials: int, rates: dict[int, float]) -> list[Slot]:
    """So many dials, over the hours of five weekdays, with the answers of each hour."""
    counts: dict[tuple[int, int], int] = {}
    for _ in range(dials):
        key = (random.randrange(7), random.choice(HOURS))
        counts[key] = counts.get(key, 0) + 1
    return [Slot(*key, n, binomial(random, n, rates[key[1]])) for key, n in counts.items()]


def an_hour_of_hours_all_alike(random: Random) -> bool:
    """Whether one is named."""
    dials, rate = random.randint(*DIALS) * WORKING_DAYS, random.uniform(0.1, 0.5)
    found = slots_of(_week(random, dials, dict.fromkeys(HOURS, rate)), 0)
    return bool(found.best or found.worst)


def an_hour_with_ten_points_more(random: Random) -> bool:
    """Whether it is named once there are as many dials as were said."""
    rate, good = random.uniform(0.1, 0.5), random.choice(HOURS)
    rates = dict.fromkeys(HOURS, rate)
    early = slots_of(_week(random, 5 * WORKING_DAYS, rates), 0)
    dials = 5 * WORKING_DAYS + (early.dials_missing or 0)
    found = slots_of(_week(random, dials, rates | {good: rate + 0.1}), 0)
    return any(item.hour == good for item in found.best)


def a_contradiction(
    random: Random, ratio: float, sigma: float, mean: float, whale: float = 0
) -> bool:
    """Whether B, ranked below A, is told to have earned more; of so many payments on average."""
    found = []
    for place, times in ((1, 1.0), (2, ratio)):
        count = poisson(random, mean)
        sizes = [payment(random, sigma, 100_000 * times, whale) for _ in range(count)]
        squares = sum(size * size for size in sizes)
        found.append(
            Return(place, "AB"[place - 1], place, 40 * 3600, sum(sizes), count, squares=squares)
        )
    return contradiction_of(found) is not None
