"""What the line on top says of today, in the longest form and in shorter ones."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.numbers.goal import AverageWin, Goal
from needlemover.domain.promises.status import Status
from needlemover.domain.today.assembly import Fall
from needlemover.domain.today.snapshot import MissedDay, StripDay
from needlemover.text.today import (
    best_words,
    end_words,
    goal_forms,
    late_words,
    slipped_words,
    to_win_words,
)

from ..conftest import promised, terms
from ..domain.conftest import activity, entry, shown

BERLIN = ZoneInfo("Europe/Berlin")
BEGIN = date(2026, 1, 1)
SALES = activity(1, (promised(BEGIN, terms(60)),), name="Sales", is_sales=True)
TALK = entry(SALES, minutes=30, outcome=Outcome.TALKED)
TALKS = [replace(TALK, started_at=TALK.placed_at)] * 2


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime.combine(date(2026, 11, day), time(hour, minute), tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (at(9), ("start by 16:00 to win today", "start by 16:00", "by 16:00", "")),
        (at(16, 30), ("still winnable until 03:00 (outside working hours)",
                      "still winnable until 03:00", "until 03:00", "")),
        (at(3, 40, 25), ("today can no longer be won; 20 min still count",
                         "20 min still count", "")),
    ],
)  # fmt: skip
def test_an_open_day_says_until_when_it_can_be_begun(now: datetime, words: tuple[str, ...]) -> None:
    assert end_words(shown([SALES]), now, BERLIN).forms == words


def test_a_day_with_nothing_due_says_how_long_it_lasts() -> None:
    assert end_words(shown([]), at(20), BERLIN).forms == (
        "day ends in 8 h",
        "8 h left",
        "",
    )


@pytest.mark.parametrize(
    ("week_ago", "record"),
    [(None, ""), (0, ""), (1, "better than last Tuesday"),
     (2, "1 more conversation would beat last Tuesday"),
     (6, "5 more conversations would beat last Tuesday"), (7, "")],
)  # fmt: skip
def test_a_won_day_says_when_and_what_would_beat_the_week_before(
    week_ago: int | None, record: str
) -> None:
    snapshot = replace(shown([SALES], TALKS), talks_week_ago=week_ago)
    short = f"won at 10:30 · day {snapshot.streak.current}"
    words = end_words(snapshot, at(12), BERLIN).forms
    assert words[:2] == ((f"{short} · {record}", short) if record else (short, "won at 10:30"))


@pytest.mark.parametrize(
    ("film", "social", "words"),
    [
        (0, 30, "Today is won by Film (20 min)."),
        (20, 30, "Today is won already."),
        (0, 31, "Today can no longer be won: over its limit is “Social”."),
        (20, 31, "Today can no longer be won: over its limit is “Social”."),
    ],
)
def test_what_wins_today_is_said_also_where_an_upper_limit_is_over(
    film: int, social: int, words: str
) -> None:
    write = activity(2, (promised(BEGIN, terms(20)),), name="Film")
    limit = activity(3, (promised(BEGIN, replace(terms(30), at_most=True)),), name="Social")
    entries = [entry(write, minutes=film)] * bool(film) + [entry(limit, minutes=social)]
    assert to_win_words(shown([write, limit], entries)) == words


def test_what_wins_today_names_the_talks() -> None:
    sales = activity(1, (promised(BEGIN, terms(60, 10)),), name="Sales", is_sales=True)
    words = to_win_words(shown([sales]))
    assert words == "Today is won by Sales (1 h · 10 conversations)."


def test_what_is_late_says_for_how_long() -> None:
    assert late_words("Sales", 28 * 60 + 59) == "28 min late for Sales"
    assert late_words("Sales", 59) == "time for Sales"


@pytest.mark.parametrize(
    ("now", "long", "short"),
    [(at(9), "time for \u241bA\u240aB", "time to start"),
     (at(10, 40), "1 h 40 late for \u241bA\u240aB", "1 h 40 late")],
)  # fmt: skip
def test_what_is_late_stays_one_line_whatever_its_name(
    now: datetime, long: str, short: str
) -> None:
    sales = replace(SALES, name="\x1bA\nB", starts_at=time(9))
    forms = (f"{long} · start by 16:00", long, short, "")
    assert end_words(shown([sales]), now, BERLIN).forms == forms


def test_a_broken_streak_says_what_was_won_lately() -> None:
    strip = tuple(StripDay(date(2026, 11, 1 + number), Status.WON) for number in range(3))
    strip += (StripDay(date(2026, 11, 4), Status.MISSED),)
    snapshot = replace(shown([SALES]), strip=strip)
    assert best_words(snapshot) == ("  best 0", " · won 3 of the last 4 days")
    won = shown([SALES], TALKS)
    assert best_words(won) == (f"  best {won.streak.best}",)


def test_what_a_win_is_only_assumed_to_bring_is_labelled_so_in_every_form() -> None:
    so_far, first, last = "$10,800 of $30,000", date(2026, 11, 1), date(2026, 11, 30)
    goal = Goal(3_000_000, first, last, True, 1_080_000, 1_920_000, 5, wins=15)
    measured = replace(goal, average_win=AverageWin(128_000, 9))
    assert goal_forms(measured, "USD") == (
        f"{so_far} · 15 wins at the average to go", f"{so_far} · 15 wins to go", so_far,
    )  # fmt: skip
    assumed = replace(goal, average_win=AverageWin(128_000, 0))
    assert goal_forms(assumed, "USD") == (f"{so_far} · 15 wins to go, as assumed", so_far)
    too_few = replace(goal, average_win=AverageWin(128_000, 4))
    assert goal_forms(too_few, "USD") == (so_far,)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 23), 1, "Monday slipped: Sales."),
        (date(2026, 11, 18), 2, "2 days slipped, the last on Wednesday."),
        (date(2026, 11, 18), 4180, "4,180 days slipped, the last on Wednesday."),
        # A weekday alone would be taken for the one of this week.
        (date(2026, 11, 17), 1, "Tue 17 Nov slipped: Sales."),
        (date(2025, 12, 31), 3, "3 days slipped, the last on Wed 31 Dec 2025."),
    ],
)
def test_what_slipped_longer_than_a_week_ago_is_said_by_its_date(
    day: date, count: int, expected: str
) -> None:
    (item,) = shown([SALES]).activities
    assert slipped_words(Fall((MissedDay(day, (item,)),), count), date(2026, 11, 24)) == expected
