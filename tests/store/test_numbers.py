"""Numbers from the file: what counts where, whose money it is, and which window it lies in."""

import csv
import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from math import sqrt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from needlemover.domain.buyers.contact import StepKind
from needlemover.domain.buyers.next_calls import Kept
from needlemover.domain.calls.entry import EntryFact, Newness, Outcome
from needlemover.domain.errors import WrongUsageError
from needlemover.domain.numbers.funnel import BuyerCounts, Tally
from needlemover.domain.numbers.hours import slots_of
from needlemover.domain.numbers.rates import Rate
from needlemover.domain.progress.review import Period
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.imports.content import ImportedEntry
from needlemover.store.store import Store
from needlemover.text.numbers.words import buyer_lines, rate_words
from needlemover.text.progress import review_facts

from ..conftest import SetClock, terms

TODAY = date(2026, 11, 24)
YESTERDAY = TODAY - timedelta(days=1)
SAMPLE = Path(__file__).parent.parent / "data" / "bank-calls-300.csv"


def log(store: Store, of: ActivityFact | None, **what: object) -> EntryFact:
    return store.entries.log(NewEntry(of.id if of else None, **what)).entry  # type: ignore[arg-type]


def at(hour: int, minute: int = 0, day: int = 24, zone: str = "Europe/Berlin") -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def test_an_empty_file_has_numbers_without_any_figure(store: Store) -> None:
    found = store.numbers.snapshot()
    assert (found.since, found.until) == (date(2026, 8, 27), TODAY)
    assert (found.funnel.tally, found.funnel.buyers) == (Tally(), BuyerCounts())
    assert (found.before, found.contradiction) == (None, None)
    assert (found.returns, found.slots.slots, found.worth.now) == ((), (), None)
    whole = store.numbers.snapshot(whole=True)
    assert (whole.since, whole.until) == (TODAY, TODAY)


def test_a_window_that_ends_before_it_begins_is_refused(store: Store) -> None:
    with pytest.raises(WrongUsageError, match="swap the two days"):
        store.numbers.snapshot(TODAY, YESTERDAY)


def test_every_outcome_counts_where_it_belongs(store: Store, calls: ActivityFact) -> None:
    for number, outcome in enumerate(Outcome, start=1):
        log(store, calls, seconds=number * 60, outcome=outcome)
    # 3 of 8 reached nobody; asked, won and lost are asks. Talked is the 4th: 4 + … + 8 minutes.
    assert store.numbers.snapshot().funnel.tally == Tally(8, 5, 3, 1, 30 * 60, 0, open=1)


def test_a_tick_or_money_alone_is_no_dial(
    store: Store, calls: ActivityFact, film: ActivityFact
) -> None:
    log(store, calls, count=0, amount=50_000)
    log(store, film, count=0, amount=20_000)
    log(store, None, count=0, amount=10_000)
    store.entries.tick(film.id)
    found = store.numbers.snapshot()
    assert found.funnel.tally == Tally(money=50_000)
    assert found.untraced_money == 10_000
    assert found.worth.basis.money == 80_000
    assert found.worth.basis.payments == 3


def test_an_ask_won_later_is_a_win_of_its_own_day_and_money_of_the_day_it_came(
    store: Store, calls: ActivityFact
) -> None:
    ask = log(store, calls, day=date(2026, 11, 2), seconds=600, outcome=Outcome.ASKED)
    log(store, calls, day=date(2026, 11, 2), seconds=60, outcome=Outcome.ASKED)
    store.entries.settle(ask.id, Outcome.WON, 90_000)
    early = store.numbers.snapshot(date(2026, 11, 1), date(2026, 11, 10))
    of_wins = {"open": 1, "earned": 90_000, "squares": 90_000**2}
    assert early.funnel.tally == Tally(2, 2, 2, 1, 660, 0, **of_wins)
    late = store.numbers.snapshot(TODAY, TODAY)
    assert late.funnel.tally == Tally(money=90_000)
    both = store.numbers.snapshot()
    assert both.funnel.tally == Tally(2, 2, 2, 1, 660, 90_000, **of_wins)


def test_an_ask_lost_later_is_no_win_and_waits_no_longer(store: Store, calls: ActivityFact) -> None:
    ask = log(store, calls, seconds=600, outcome=Outcome.ASKED)
    assert store.numbers.snapshot().funnel.tally.open == 1
    store.entries.settle(ask.id, Outcome.LOST)
    found = store.numbers.snapshot()
    assert found.funnel.tally == Tally(1, 1, 1, 0, 600, 0)


def test_an_ask_that_a_later_call_with_the_buyer_answers_is_one_ask(
    store: Store, calls: ActivityFact
) -> None:
    log(store, calls, day=date(2026, 11, 2), outcome=Outcome.ASKED, contact="Acme")
    log(store, calls, day=date(2026, 11, 9), outcome=Outcome.WON, contact="acme", amount=100)
    log(store, calls, day=date(2026, 11, 9), outcome=Outcome.LOST, contact="Beta")
    funnel = store.numbers.snapshot().funnel
    assert (funnel.tally.asks, funnel.tally.wins, funnel.tally.open) == (2, 1, 0)
    assert funnel.win_per_ask == Rate(1, 2)


def test_the_last_answer_holds_and_turns_what_it_follows(store: Store, calls: ActivityFact) -> None:
    won = log(store, calls, day=date(2026, 11, 2), outcome=Outcome.WON, amount=50_000)
    talk = log(store, calls, day=date(2026, 11, 2), outcome=Outcome.TALKED)
    log(store, calls, outcome=Outcome.LOST, follows=won.id, amount=-50_000, count=0)
    log(store, calls, day=YESTERDAY, outcome=Outcome.LOST, follows=talk.id, count=0)
    log(store, calls, outcome=Outcome.WON, follows=talk.id, count=0, amount=7_000)
    assert store.numbers.snapshot().funnel.tally == Tally(
        2, 2, 2, 1, 0, 7_000, earned=7_000, squares=7_000**2
    )


def test_payments_and_refunds_that_follow_add_money_and_no_dial(
    store: Store, calls: ActivityFact
) -> None:
    won = log(store, calls, seconds=600, outcome=Outcome.WON, amount=50_000)
    log(store, calls, count=0, amount=50_000, follows=won.id)
    log(store, None, count=0, amount=-20_000, follows=won.id)
    found = store.numbers.snapshot()
    assert found.funnel.tally == Tally(1, 1, 1, 1, 600, 80_000, 0, 80_000, 80_000**2)
    (line,) = found.returns
    assert (line.money, line.payments, line.seconds) == (80_000, 2, 600)
    assert line.per_hour == 480_000


def test_what_old_clients_pay_again_is_not_what_a_win_of_these_days_brings(
    store: Store, calls: ActivityFact
) -> None:
    store.choices.set_goal(1_000_000)
    old = log(store, calls, day=date(2026, 8, 3), outcome=Outcome.WON, amount=100_000)
    for day in (date(2026, 9, 3), date(2026, 10, 5), date(2026, 11, 3)):
        log(store, calls, day=day, count=0, amount=100_000, follows=old.id)
    won = [log(store, calls, outcome=Outcome.WON, amount=20_000) for _ in range(5)]
    log(store, None, count=0, amount=15_000, follows=won[0].id)
    log(store, None, count=0, amount=7_000)
    found = store.numbers.snapshot()
    # Three times 1,000 again and 70 of nobody; four wins of 200, and one of 200 and 150.
    assert found.goal.anyway == 307_000
    assert (found.funnel.tally.earned, found.funnel.money_per_win) == (115_000, 23_000)
    assert found.funnel.tally.squares == 4 * 20_000**2 + 35_000**2
    # 1,000,000 less 100,000 and 122,000 of November: 778,000, which takes 34 wins of 23,000.
    assert (found.goal.missing, found.goal.wins) == (778_000, 34)
    early = store.numbers.snapshot(date(2026, 8, 1), date(2026, 8, 10)).funnel
    assert (early.tally.money, early.money_per_win) == (100_000, 400_000)


def test_dials_of_one_contact_tell_less_than_those_of_many(
    store: Store, calls: ActivityFact
) -> None:
    for name, outcome in (("A", Outcome.TALKED), ("B", Outcome.NO_ANSWER)):
        for _ in range(4):
            log(store, calls, contact=name, outcome=outcome)
    # (4 - 2)² + (0 - 2)² is 8, against 8 · 0.25: four dials tell as much as one.
    rate = store.numbers.snapshot().funnel.conversation_per_dial
    assert (rate.successes, rate.trials, rate.effect) == (4, 8, 4.0)
    log(store, calls, outcome=Outcome.TALKED)
    log(store, calls, outcome=Outcome.NO_ANSWER)
    assert store.numbers.snapshot().funnel.conversation_per_dial.effect == 3.4  # 8.5 ÷ 2.5


def test_in_every_window_there_are_no_more_wins_than_asks_and_no_more_asks_than_conversations(
    store: Store, calls: ActivityFact
) -> None:
    first = date(2026, 11, 2)
    for number in range(20):
        ask = log(store, calls, day=first + timedelta(days=number), outcome=Outcome.ASKED)
        for later in (1, 2):
            if number % 3 == later:
                log(store, calls, day=ask.day + timedelta(days=later), outcome=Outcome.WON,
                    follows=ask.id, count=0)  # fmt: skip
    for start in range(23):
        for length in (0, 1, 4):
            since = first + timedelta(days=start)
            found = store.numbers.snapshot(since, since + timedelta(days=length)).funnel.tally
            assert found.wins <= found.asks <= found.conversations <= found.dials


def test_money_is_credited_to_what_brought_the_buyer(
    store: Store, calls: ActivityFact, film: ActivityFact
) -> None:
    ask = log(store, calls, seconds=3600, outcome=Outcome.ASKED, came_from=film.id)
    won = store.entries.settle(ask.id, Outcome.WON, 30_000)
    log(store, calls, count=0, amount=10_000, follows=won.id)
    log(store, calls, seconds=3600, outcome=Outcome.WON, amount=5_000)
    log(store, film, seconds=7200)
    found = store.numbers.snapshot()
    assert found.funnel.tally.money == 45_000
    first, second = found.returns
    assert (first.name, first.money, first.payments, first.per_hour) == (
        "Film one video", 40_000, 2, 20_000,
    )  # fmt: skip
    assert (second.name, second.money, second.per_hour) == ("Sales conversations", 5_000, 2_500)
    assert (first.seconds_share, first.money_share) == (0.5, 40 / 45)


def test_all_time_logged_on_an_activity_counts_there_and_conversations_alone_as_time_with_buyers(
    store: Store, calls: ActivityFact
) -> None:
    log(store, calls, seconds=600, outcome=Outcome.TALKED)
    log(store, calls, seconds=30, outcome=Outcome.NO_ANSWER)
    ask = log(store, calls, seconds=60, outcome=Outcome.ASKED)
    answer = store.entries.settle(ask.id, Outcome.WON)
    store.entries.edit(answer.id, seconds=20)
    found = store.numbers.snapshot()
    assert (found.funnel.tally.seconds, found.returns[0].seconds) == (660, 710)


def test_a_buyer_is_new_in_the_first_conversation_ever_and_known_in_every_later_one(
    store: Store, calls: ActivityFact
) -> None:
    log(store, calls, day=date(2026, 11, 2), contact="Acme", outcome=Outcome.NO_ANSWER)
    log(store, calls, day=date(2026, 11, 3), contact="Foo GmbH", outcome=Outcome.TALKED)
    log(store, calls, contact=" ACME ", outcome=Outcome.TALKED)
    log(store, calls, contact="foo gmbh", outcome=Outcome.TALKED)
    log(store, calls, contact="Foo GmbH", outcome=Outcome.WON)
    log(store, calls, contact="Nobody", outcome=Outcome.VOICEMAIL)
    log(store, calls, outcome=Outcome.TALKED)
    of_today, of_all = store.numbers.snapshot(TODAY, TODAY), store.numbers.snapshot()
    assert of_today.funnel.buyers == BuyerCounts(new=1, known=2, unnamed=1)
    assert of_all.funnel.buyers == BuyerCounts(new=2, known=2, unnamed=1)
    marks = [entry.newness for entry in store.day().entries]
    assert (marks.count(Newness.NEW), marks.count(Newness.KNOWN)) == (1, 2), "as Today has it"


def test_tries_are_counted_since_the_last_conversation_with_the_same_buyer(
    store: Store, calls: ActivityFact
) -> None:
    def call(day: int, contact: str, outcome: Outcome) -> None:
        log(store, calls, day=date(2026, 11, day), contact=contact, outcome=outcome)

    call(2, "Acme", Outcome.NO_ANSWER)
    call(3, "acme", Outcome.VOICEMAIL)
    call(3, "Initech", Outcome.TALKED)
    call(4, "ACME", Outcome.TALKED)  # reached on try 3
    call(5, "Acme", Outcome.NO_ANSWER)
    call(6, "Acme", Outcome.WON)  # on try 2
    log(store, calls, day=date(2026, 11, 6), outcome=Outcome.NO_ANSWER)  # of nobody
    for day in range(10, 18):
        call(day, "Never There", Outcome.NO_ANSWER)
    tries = store.numbers.snapshot().tries
    counts = [(rate.successes, rate.trials) for rate in tries]
    assert counts == [(1, 4), (1, 3), (1, 2), (0, 1), (0, 1), (0, 3)]
    # 3 of 15 dials: Acme 2 of 5, Initech 1 of 1, Never There none of 8, and one of nobody. Squared
    # from a fifth of each: 1 + 0.64 + 2.56 + 0.04, against 15 × 0.2 × 0.8.
    assert {round(rate.effect, 9) for rate in tries} == {round(4.24 / 2.4, 9)}
    # A window tells of its own days, but what was dialled before is known.
    tries = store.numbers.snapshot(date(2026, 11, 4), date(2026, 11, 5)).tries
    counts = [(rate.successes, rate.trials) for rate in tries]
    assert counts == [(0, 1), (0, 0), (1, 1), *[(0, 0)] * 3]
    # All that is known of them could be alike, so nothing is said.
    snapshot = store.numbers.snapshot()
    assert buyer_lines(snapshot) == []
    known = replace(snapshot, tries=(Rate(100, 200), Rate(60, 200), Rate(58, 200)))
    words = "Reached on the first try: 50 % (43 to 57 %) of dials, later 30 % (25 to 34 %)"
    assert buyer_lines(known) == [words]
    known = replace(snapshot, tries=(Rate(100, 200), Rate(100, 200), Rate(58, 200)))
    words = "Reached on the first 2 tries: 50 % (45 to 55 %) of dials, later 29 % (23 to 36 %)"
    assert buyer_lines(known) == [words]
    # Of a window of years only the last weeks are looked at, and that is said.
    first = replace(known.weeks[0], since=known.since + timedelta(days=1))
    of_part = replace(known, weeks=(first, *known.weeks[1:]))
    (said,) = buyer_lines(of_part)
    assert said.startswith(f"Reached on the first 2 tries of the last {len(known.weeks)} weeks: ")


def test_what_was_promised_is_told_on_its_day_whatever_ended_it(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 16, 9))
    for name, kind in (("A", StepKind.CALL), ("B", StepKind.CALL), ("C", StepKind.MEETING)):
        store.contacts.promise(name, date(2026, 11, 18), kind=kind)
    store.contacts.promise("Dropped", date(2026, 11, 19))
    store.contacts.drop(store.contacts.find("Dropped").contact.id)
    clock.set(datetime(2026, 11, 18, 12))
    for name, outcome in (("A", Outcome.NO_ANSWER), ("C", Outcome.TALKED)):
        log(store, calls, started_at=clock.now() - timedelta(hours=1), seconds=60, contact=name,
            outcome=outcome)  # fmt: skip
    clock.set(datetime(2026, 11, 20, 12))
    log(store, calls, started_at=clock.now(), contact="B", outcome=Outcome.TALKED)
    found = store.numbers.snapshot().kept
    # The call that moved the first one promised it anew for the 19th, which nobody kept.
    assert found.callbacks == (1, 3)
    assert found.meetings == (1, 1)
    assert store.numbers.snapshot(until=date(2026, 11, 17)).kept == Kept()
    assert store.progress.review(Period.WEEK).totals.kept == found
    facts = list(review_facts(store.progress.review(Period.WEEK), "USD"))
    assert ("Promised", "1 of 3 callbacks kept on their day, 1 of 1 meetings held") in facts


def test_the_window_before_is_of_the_same_length_and_only_there_when_records_reach_back(
    store: Store, calls: ActivityFact
) -> None:
    log(store, calls, day=date(2026, 11, 21), outcome=Outcome.TALKED, contact="Acme")
    log(store, calls, day=date(2026, 11, 22), outcome=Outcome.TALKED)
    log(store, calls, outcome=Outcome.TALKED, contact="Acme")
    found = store.numbers.snapshot(YESTERDAY, TODAY)
    assert found.before is not None
    assert (found.before.since, found.before.until) == (date(2026, 11, 21), date(2026, 11, 22))
    assert (found.before.tally.dials, found.funnel.tally.dials) == (2, 1)
    assert (found.before.buyers, found.funnel.buyers) == (
        BuyerCounts(1, 0, 1),
        BuyerCounts(0, 1, 0),
    )
    assert store.numbers.snapshot(date(2026, 11, 22), TODAY).before is None
    assert store.numbers.snapshot(whole=True).before is None


def test_days_long_ago_count_in_a_long_window_though_only_the_last_weeks_are_drawn(
    store: Store, calls: ActivityFact
) -> None:
    # 800 days to the 24th of November begin on the 16th of September 2024, and the window before
    # begins on the 9th of July 2022.
    since = date(2024, 9, 16)
    for day in (date(2022, 7, 9), since - timedelta(days=1), since, date(2025, 3, 3), TODAY):
        ask = log(store, calls, day=day, seconds=60, outcome=Outcome.ASKED, amount=7)
        log(store, calls, day=day, outcome=Outcome.ASKED, contact="Acme")
        log(store, calls, day=day, count=0, amount=1_000)
        store.entries.settle(ask.id, Outcome.WON)
    found = store.numbers.snapshot(since, TODAY)
    assert found.funnel.tally == Tally(6, 6, 6, 3, 180, 3_000, open=3)
    assert found.funnel.buyers == BuyerCounts(0, 3, 3)
    assert found.before is not None
    assert (found.before.since, found.before.until) == (date(2022, 7, 9), date(2024, 9, 15))
    assert found.before.tally == Tally(4, 4, 4, 2, 120, 2_000, open=2)
    assert found.before.buyers == BuyerCounts(1, 1, 2)
    # 52 weeks before the one of today.
    assert (len(found.weeks), found.weeks[0].since) == (53, date(2025, 11, 24))
    assert [week.tally for week in found.weeks if week.tally != Tally()] == [
        Tally(2, 2, 2, 1, 60, 1_000, open=1)
    ]


def test_hours_count_the_dials_to_one_contact_as_few(store: Store, calls: ActivityFact) -> None:
    for number in range(6):
        log(store, calls, started_at=at(9, number), contact="Ann", outcome=Outcome.TALKED)
        log(store, calls, started_at=at(10, number), contact="Bob", outcome=Outcome.NO_ANSWER)
    # 6 of 12: (6 - 3)² + (0 - 3)² against 12 × 0.25: six dials tell as much as one.
    found = store.numbers.snapshot().slots
    alone = slots_of(found.slots, 0)
    assert (found.dials_missing or 0) + 12 == 6 * ((alone.dials_missing or 0) + 12)


def test_slots_lie_in_the_hours_and_weekdays_of_the_local_day(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    log(store, calls, started_at=at(9, 59), outcome=Outcome.TALKED)
    log(store, calls, started_at=at(9, 0), outcome=Outcome.NO_ANSWER)
    log(store, calls, started_at=at(1, 30), outcome=Outcome.TALKED)  # still Monday
    log(store, calls, outcome=Outcome.TALKED)
    clock.set(datetime(2026, 11, 25, 9), ZoneInfo("Asia/Kolkata"))
    log(store, calls, started_at=at(8, 15, 25, "Asia/Kolkata"), outcome=Outcome.TALKED)
    found = store.numbers.snapshot().slots
    slots = [(slot.weekday, slot.hour, slot.dials, slot.conversations) for slot in found.slots]
    assert slots == [(0, 1, 1, 1), (1, 9, 2, 1), (2, 8, 1, 1)]
    assert (found.timeless, found.best) == (1, ())


def test_archived_activities_stay_only_while_they_have_figures(
    store: Store, calls: ActivityFact, film: ActivityFact, clock: SetClock
) -> None:
    log(store, film, seconds=600)
    store.activities.archive(film.id)
    store.activities.archive(calls.id)
    clock.pass_by(days=1)
    found = store.numbers.snapshot()
    assert [(line.name, line.is_archived) for line in found.returns] == [("Film one video", True)]


def test_what_was_read_is_kept_until_something_changes(
    store: Store, calls: ActivityFact, again: Callable[[], Store]
) -> None:
    first = store.numbers.snapshot()
    assert store.numbers.snapshot() is first
    log(store, calls, outcome=Outcome.TALKED)
    assert store.numbers.snapshot().funnel.tally.dials == 1
    store.journal.undo()
    assert store.numbers.snapshot().funnel.tally.dials == 0
    log(again(), calls, outcome=Outcome.TALKED)
    assert store.numbers.snapshot().funnel.tally.dials == 1
    store.choices.set("hourly_worth", "60")
    assert store.numbers.snapshot().worth.now == 6000


def test_the_goal_is_fed_with_the_money_of_the_month(store: Store, calls: ActivityFact) -> None:
    log(store, calls, day=date(2026, 10, 31), count=0, amount=900)
    log(store, None, day=date(2026, 11, 1), count=0, amount=70_000)
    store.choices.set_goal(100_000)
    assert store.numbers.snapshot(TODAY, TODAY).goal.received == 70_000
    store.choices.set_goal(100_000, date(2026, 12, 31))
    store.choices.set("goal_since", "2026-10-01")
    assert store.numbers.snapshot(TODAY, TODAY).goal.received == 70_900


def test_reranking_as_proposed_ends_the_contradiction(store: Store) -> None:
    film = store.activities.add("Film one video", terms())
    calls = store.activities.add("Sales conversations", terms(60), is_sales=True)
    for activity, money in ((film, 20_000), (calls, 82_000)):
        for _ in range(5):
            log(store, activity, seconds=7200, amount=money // 5, outcome=Outcome.WON)
    found = store.numbers.snapshot().contradiction
    assert found is not None
    assert (found.tenths, found.is_first) == (41, True)
    store.activities.edit(found.better.activity_id, rank=found.ranked.rank)
    assert tuple(item.id for item in store.activities.all()) == (calls.id, film.id)
    assert store.numbers.snapshot().contradiction is None
    store.journal.undo()
    assert store.numbers.snapshot().contradiction == found


def imported(store: Store, path: Path) -> list[dict[str, str]]:
    """Import a file of real calls; its rows."""
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    store.imports.add(
        (
            ImportedEntry(
                row=f"{number} {row}",
                day=date.fromisoformat(row["date"]),
                seconds=int(row["duration_seconds"]),
                outcome=Outcome.WON if row["subscribed"] == "yes" else Outcome.LOST,
            )
            for number, row in enumerate(rows)
        ),
        source="csv",
        file_name=path.name,
    )
    return rows


def wilson_by_the_book(wins: int, calls: int) -> tuple[float, float]:
    """The roots of (p − x)² = z² x (1 − x) / n."""
    z, p = 1.959964, wins / calls
    a, b, c = 1 + z * z / calls, -(2 * p + z * z / calls), p * p
    root = sqrt(b * b - 4 * a * c)
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def test_the_figures_of_real_calls_are_those_of_the_raw_file(store: Store) -> None:
    rows = imported(store, SAMPLE)
    seconds = sum(int(row["duration_seconds"]) for row in rows)
    wins = sum(row["subscribed"] == "yes" for row in rows)
    found = store.numbers.snapshot(whole=True)
    assert found.since == date.fromisoformat(rows[0]["date"])
    assert found.funnel.tally == Tally(300, 300, 300, wins, seconds, 0)
    rate = found.funnel.win_per_dial
    assert rate.interval == pytest.approx(wilson_by_the_book(wins, 300))
    assert (found.slots.timeless, found.funnel.buyers.unnamed) == (300, 300)
    assert found.returns[0].per_hour is None, "no money is traced to them"
    days = {date.fromisoformat(row["date"]) for row in rows}
    for day in days:
        of_day = [row for row in rows if row["date"] == day.isoformat()]
        tally = store.numbers.snapshot(day, day).funnel.tally
        assert tally.dials == len(of_day)
        assert tally.seconds == sum(int(row["duration_seconds"]) for row in of_day)


@pytest.mark.skipif("NEEDLE_REAL_CALLS" not in os.environ, reason="names the whole file of calls")
def test_the_figures_of_all_real_calls(store: Store) -> None:
    imported(store, Path(os.environ["NEEDLE_REAL_CALLS"]))
    found = store.numbers.snapshot(whole=True)
    assert found.funnel.tally == Tally(45_211, 45_211, 45_211, 5_289, 11_671_811, 0)
    rate = found.funnel.win_per_dial
    assert rate_words(rate) == "11.7 % (11.4 to 12.0 %)"
    assert rate.interval == pytest.approx((0.1141, 0.1200), abs=0.00005)
