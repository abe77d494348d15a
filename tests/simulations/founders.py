"""The distributions that the founders are drawn from. They were fixed before any rule was tuned."""

from collections.abc import Iterator
from math import exp
from random import Random

SIGMAS = (0.5, 1.0, 1.5)  # of the logarithm of a payment
PAYMENTS = (3, 30)  # in 90 days, one as likely as another
DIALS = (5, 60)  # a working day, likewise
WORKING_DAYS = 64  # in 90 days
WHALE, TIMES = 1 / 20, 10  # one payment in so many is so many times as large


def payment(random: Random, sigma: float, mean: float = 100_000, whale: float = 0) -> int:
    """A payment in minor units, lognormal about its mean; perhaps a whale."""
    size = mean * exp(random.gauss(-sigma * sigma / 2, sigma))
    return max(1, round(size * (TIMES if random.random() < whale else 1)))


def mean_payment(mean: float = 100_000, whale: float = 0) -> float:
    """What a payment is on average in truth."""
    return mean * (1 + whale * (TIMES - 1))


def poisson(random: Random, mean: float) -> int:
    """How many events, as many on average."""
    return sum(1 for _ in _until(random, mean))


def _until(random: Random, mean: float) -> Iterator[None]:
    time = random.expovariate(1)
    while time < mean:
        yield
        time += random.expovariate(1)


def binomial(random: Random, trials: int, share: float) -> int:
    """How many of the trials succeed."""
    return sum(random.random() < share for _ in range(trials))


def rate_of(random: Random, often: float, alike: float) -> float:
    """The rate of one of many contacts or days: a beta variate, the more alike the narrower."""
    return random.betavariate(often * alike, (1 - often) * alike)
