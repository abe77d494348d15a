"""What Numbers tells founders of whom it is known what is true."""

from math import ceil
from random import Random

from needlemover.domain.numbers.funnel import Funnel, Tally, differs
from needlemover.domain.numbers.goal import conversations_for
from needlemover.domain.numbers.hours import Slot, slots_of
from needlemover.domain.numbers.rates import Rate, design_effect, parted
from needlemover.domain.numbers.returns import LEAST_PAYMENTS, Return, contradiction_of

from ..domain.conftest import TODAY
from .founders import (
    DIALS,
    PAYMENTS,
    WORKING_DAYS,
    binomial,
    mean_payment,
    payment,
    poisson,
    rate_of,
)

HOURS = range(8, 19)  # by 7 weekdays, 77 hours
WINDOW = (TODAY, TODAY)


def _slots(random: Random, dials: int, rates: dict[int, float]) -> list[Slot]:
    """So many dials over 77 hours, with the answers of each hour of the day."""
    counts: dict[tuple[int, int], int] = {}
    for _ in range(dials):
        key = (random.randrange(7), random.choice(HOURS))
        counts[key] = counts.get(key, 0) + 1
    return [Slot(*key, n, binomial(random, n, rates[key[1]])) for key, n in counts.items()]


def an_hour_of_hours_all_alike(random: Random) -> bool:
    """Whether one is named."""
    dials, rate = random.randint(*DIALS) * WORKING_DAYS, random.uniform(0.1, 0.5)
    found = slots_of(_slots(random, dials, dict.fromkeys(HOURS, rate)), 0)
    return bool(found.best)


def an_hour_where_contacts_are_called_at_their_own(random: Random) -> bool:
    """Whether one is named, where all answer alike and most dials of a contact are at one hour."""
    often, alike, habit = random.uniform(0.1, 0.5), random.uniform(1, 6), random.uniform(0, 0.9)
    cells: dict[tuple[int, int], list[int]] = {}
    repeats: tuple[dict[tuple[int, int], list[int]], ...] = ({}, {})
    for contact in range(random.randint(60, 300)):
        own, home = rate_of(random, often, alike), (random.randrange(7), random.choice(HOURS))
        for _ in range(random.randint(1, 8)):
            elsewhere = (random.randrange(7), random.choice(HOURS))
            key = home if random.random() < habit else elsewhere
            reached = random.random() < own
            groups = (cells.setdefault(key, [0, 0]), *(
                found.setdefault((contact, place), [0, 0])
                for found, place in zip(repeats, key, strict=True)
            ))  # fmt: skip
            for group in groups:
                group[0] += reached
                group[1] += 1
    whole = Rate(sum(k for k, _ in cells.values()), sum(n for _, n in cells.values()))
    effect = max(design_effect([(k, n) for k, n in each.values()], whole) for each in repeats)
    return bool(slots_of([Slot(*key, n, k) for key, (k, n) in cells.items()], 0, effect).best)


def an_hour_with_ten_points_more(random: Random) -> bool:
    """Whether it is named once there are as many dials as were said."""
    rate, good = random.uniform(0.1, 0.5), random.choice(HOURS)
    rates = dict.fromkeys(HOURS, rate)
    early = slots_of(_slots(random, 5 * WORKING_DAYS, rates), 0)
    dials = 5 * WORKING_DAYS + (early.dials_missing or 0)
    found = slots_of(_slots(random, dials, rates | {good: rate + 0.1}), 0)
    return any(item.hour == good for item in found.best)


def _return(
    random: Random, place: int, count: int, sigma: float, mean: float, whale: float
) -> Return:
    sizes = [payment(random, sigma, mean, whale) for _ in range(count)]
    squares = sum(size * size for size in sizes)
    return Return(place, "ABC"[place - 1], place, 40 * 3600, sum(sizes), count, squares=squares)


def a_contradiction(
    random: Random, ratio: float, sigma: float, mean: float = 0, whale: float = 0
) -> bool:
    """Whether B, ranked below A, is told to have earned more; of so many payments on average."""
    mean = mean or random.uniform(*PAYMENTS)
    found = [
        _return(random, place, poisson(random, mean), sigma, 100_000 * times, whale)
        for place, times in ((1, 1.0), (2, ratio))
    ]
    return contradiction_of(found) is not None


def the_range_of_what_earned_most(random: Random, sigma: float) -> bool | None:
    """Whether it holds what the best of three, all alike, returns in truth."""
    mean = random.uniform(*PAYMENTS)
    found = [
        _return(random, place, poisson(random, mean), sigma, 100_000, 0) for place in (1, 2, 3)
    ]
    told = [item for item in found if item.can_be_compared]
    if not told:
        return None
    low, high = max(told, key=lambda item: item.money).interval or (0, 0)
    return low <= mean * 100_000 / 40 <= high


def the_conversations_of_a_goal(random: Random, sigma: float, whale: float = 0) -> bool | None:
    """Whether their range holds how many it takes then; of founders with five wins."""
    rate = random.uniform(0.05, 0.3)
    trials = round(random.uniform(*PAYMENTS) / rate)
    sizes = [payment(random, sigma, 100_000, whale) for _ in range(binomial(random, trials, rate))]
    if len(sizes) < LEAST_PAYMENTS:
        return None
    wanted = random.uniform(1, 10) * mean_payment(100_000, whale)
    average = round(sum(sizes) / len(sizes))
    low, high = conversations_for(
        ceil(wanted / average) * average, trials, len(sizes) * average, sum(x * x for x in sizes)
    )
    needed, received = 0, 0.0
    while received < wanted:
        needed += 1
        received += payment(random, sigma, 100_000, whale) if random.random() < rate else 0
    return ceil(low) <= needed and (high is None or needed <= ceil(high))


def _asks(random: Random) -> tuple[Funnel, float, float]:
    """90 days of conversations; the answers come at once, after 14 or after 30 days."""
    asking, winning = random.uniform(0.3, 0.8), random.uniform(0.2, 0.6)
    talks = asks = still_open = wins = 0
    for day in range(90):
        today = random.randint(1, 6)
        asked = binomial(random, today, asking)
        waiting = sum(day + random.choice((0, 14, 30)) > 89 for _ in range(asked))
        talks, asks, still_open = talks + today, asks + asked, still_open + waiting
        wins += binomial(random, asked - waiting, winning)
    tally = Tally(talks, talks, asks, wins, open=still_open)
    return Funnel(*WINDOW, tally), winning, asking * winning


def the_wins_of_asks(random: Random) -> bool:
    """Whether the interval holds how often an ask is won in truth."""
    funnel, winning, _ = _asks(random)
    low, high = funnel.win_per_ask.interval or (0.0, 1.0)
    return low <= winning <= high


def the_wins_of_conversations(random: Random) -> bool:
    """Whether the interval holds how often a conversation is won in truth."""
    funnel, _, winning = _asks(random)
    low, high = funnel.win_per_conversation.interval or (0.0, 1.0)
    return low <= winning <= high


def the_answers_of_repeated_contacts(random: Random) -> bool:
    """Whether the interval holds how often a dial is answered; of 1 to 8 to a contact."""
    often, alike = random.uniform(0.1, 0.5), random.uniform(1, 6)
    contacts = []
    for _ in range(random.randint(60, 300)):
        own, dials = rate_of(random, often, alike), random.randint(1, 8)
        contacts.append((binomial(random, dials, own), dials))
    whole = Rate(sum(talks for talks, _ in contacts), sum(dials for _, dials in contacts))
    rate = Rate(whole.successes, whole.trials, design_effect(contacts, whole))
    low, high = rate.interval or (0.0, 1.0)
    return low <= often <= high


def first_tries_where_all_tries_are_alike(random: Random) -> bool:
    """Whether the first are told apart from the later ones; of 1 to 8 dials to a contact."""
    often, contacts = random.uniform(0.1, 0.5), []
    dials, reached = [0] * 6, [0] * 6
    for _ in range(random.randint(60, 300)):
        place = talks = tried = 0
        for _ in range(random.randint(1, 8)):
            answers = random.random() < often
            dials[place], reached[place] = dials[place] + 1, reached[place] + answers
            talks, tried = talks + answers, tried + 1
            place = 0 if answers else min(5, place + 1)
        contacts.append((talks, tried))
    effect = design_effect(contacts, Rate(sum(reached), sum(dials)))
    return parted([Rate(k, n, effect) for k, n in zip(reached, dials, strict=True)]) is not None


def a_change_where_days_alone_differ(random: Random) -> bool:
    """Whether a rate of 30 days is held against that of 30 days before, both alike in truth."""
    often, alike = random.uniform(0.1, 0.5), random.uniform(5, 30)

    def window() -> Funnel:
        days = []
        for _ in range(30):
            dials = random.randint(*DIALS)
            days.append(Tally(dials, binomial(random, dials, rate_of(random, often, alike))))
        return Funnel(*WINDOW, sum(days, Tally()), days=tuple(days))

    return differs(window(), window(), "conversation_per_dial")
