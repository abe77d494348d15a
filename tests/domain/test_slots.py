"""When buyers answer: the best hours of which enough is known."""

from needlemover.domain.numbers.rates import Slot, slots_of
from needlemover.text.numbers.words import slots_words


def test_the_best_hours_are_those_that_are_surely_good() -> None:
    found = slots_of(
        [
            Slot(1, 10, 100, 50),  # 40.4 to 59.6 %
            Slot(0, 9, 20, 12),  # 38.7 to 78.1 %: 39 points are too wide
            Slot(4, 16, 400, 220),  # 50.1 to 59.8 %
            Slot(2, 11, 3, 3),
            Slot(2, 14, 300, 60),
            Slot(3, 14, 300, 30),
        ],
        timeless=4,
    )
    assert [(slot.weekday, slot.hour) for slot in found.best] == [(4, 16), (1, 10), (2, 14)]
    assert [(slot.weekday, slot.hour) for slot in found.slots][:2] == [(0, 9), (1, 10)]
    assert (found.overall.successes, found.overall.trials) == (375, 1123)
    assert slots_words(found) == [
        "Fri 16:00: 220 of 400 dials, 55 % (50 to 60 %)",
        "Tue 10:00: 50 of 100 dials, 50 % (40 to 60 %)",
        "Wed 14:00: 60 of 300 dials, 20 % (16 to 25 %)",
        "4 dials have no time of day and are left out.",
    ]


def test_too_few_calls_name_no_hour() -> None:
    assert slots_words(slots_of([Slot(0, 9, 8, 1)], timeless=1)) == [
        "Too few calls with a time of day to say when buyers answer best.",
        "1 dial has no time of day and is left out.",
    ]
    assert slots_of([], 0).overall.value is None
