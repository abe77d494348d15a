"""Call blocks: what counts into one, the usual one, and whether an hour in them brings more."""

from datetime import UTC, date, datetime, timedelta
from math import exp
from random import Random

import pytest

from needlemover.domain.calls.block import (
    LONGEST_BLOCK,
    BlockHours,
    BlockSum,
    log_ratio,
    usual,
)  # fmt: skip
from needlemover.domain.calls.entry import Block
from needlemover.text.numbers.words import block_hours_words

from ..conftest import promised, terms
from .conftest import activity

SALES = activity(1, (promised(date(2026, 1, 1), terms(60)),), is_sales=True)
NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)
BLOCK = Block(date(2026, 11, 24), NINE, 50 * 60)


def test_it_ends_as_planned_and_was_left_when_nobody_saw_the_end() -> None:
    assert BLOCK.ends_at == NINE + timedelta(minutes=50)
    assert BLOCK.seconds_left(NINE + timedelta(minutes=49, seconds=30)) == 30
    assert BLOCK.seconds_left(NINE + timedelta(hours=3)) == 0
    assert not BLOCK.was_left(BLOCK.ends_at - timedelta(seconds=90))
    assert BLOCK.was_left(BLOCK.ends_at - timedelta(seconds=91))
    assert BLOCK.was_left(None), "nobody ever saw it"


def test_the_usual_one_is_the_median_of_three_and_more() -> None:
    blocks = [BlockSum(3000, 10, 2), BlockSum(3600, 14, 1), BlockSum(600, 3, 0)]
    assert usual(blocks[:2]) is None
    assert usual(blocks) == BlockSum(3000, 10, 1, 3)


def test_a_ratio_of_hours_is_told_with_its_poisson_interval() -> None:
    # 40 in 10 hours against 20 in 20: four times as many; sqrt(1/40 + 1/20) = 0.27386.
    hours = BlockHours(BlockSum(36_000, 100, 40, 9), BlockSum(72_000, 90, 20, 0))
    low, high = log_ratio(hours) or (0, 0)
    assert exp(low) == pytest.approx(4 / exp(1.959964 * 0.273861), rel=1e-5)
    assert exp(high) == pytest.approx(4 * exp(1.959964 * 0.273861), rel=1e-5)
    assert block_hours_words(hours) == [
        "An hour in a block: 4.0 conversations (9 blocks, 10 h).",
        "An hour outside: 1.0 conversations (hours with a dial, 20 h).",
        "An hour in a block surely brings more.",
    ]


@pytest.mark.parametrize(
    ("inside", "outside"),
    [(BlockSum(36_000, 9, 4), BlockSum(36_000, 90, 50)),
     (BlockSum(36_000, 9, 12), BlockSum(36_000, 9, 10)),
     (BlockSum(0, 9, 9), BlockSum(36_000, 9, 9))],
)  # fmt: skip
def test_few_or_close_ones_are_too_little_to_say(inside: BlockSum, outside: BlockSum) -> None:
    words = block_hours_words(BlockHours(inside, outside))
    assert words[-1] == "Too little to say which brings more."


def test_from_five_conversations_and_any_time_on_hours_can_be_compared() -> None:
    five = BlockSum(3600, 9, 5)
    assert log_ratio(BlockHours(five, five)) == pytest.approx((-1.23957, 1.23957), abs=1e-4)
    assert log_ratio(BlockHours(five, BlockSum(0, 9, 5))) is None
    assert log_ratio(BlockHours(five, BlockSum(3600, 9, 4))) is None
    assert BlockSum(7200, 9, 5).talks_an_hour == 2.5
    assert LONGEST_BLOCK == 43_200, "12 hours"


def test_equal_hours_are_seldom_told_apart() -> None:
    """Of 1,000 pairs of equal Poisson counts at most 5 % may be told apart (seed fixed)."""
    chance, wrong = Random(16), 0

    def count(hours: float, an_hour: float) -> int:
        moment, found = chance.expovariate(an_hour), 0
        while moment < hours:
            moment, found = moment + chance.expovariate(an_hour), found + 1
        return found

    for number in range(1000):
        an_hour, outside = (0.8, 2.0, 4.0)[number % 3], (10, 30)[number % 2]
        hours = BlockHours(
            BlockSum(36_000, 99, count(10, an_hour)),
            BlockSum(outside * 3600, 99, count(outside, an_hour)),
        )
        interval = log_ratio(hours)
        wrong += interval is not None and not interval[0] <= 0 <= interval[1]
    assert wrong <= 50
