"""The sample data of `needle demo`."""

import sqlite3
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from needlemover import demo
from needlemover.clock import Clock
from needlemover.demo import DemoClock
from needlemover.domain.buyers.contact import StepKind
from needlemover.domain.buyers.next_calls import Why, next_calls
from needlemover.domain.calls.entry import Outcome
from needlemover.domain.day import days_between
from needlemover.domain.delegation.deal import Verdict
from needlemover.domain.delegation.problem import ProblemState
from needlemover.domain.progress.record import record
from needlemover.domain.promises.commitment import Done
from needlemover.domain.promises.status import Status
from needlemover.domain.today.snapshot import DaySnapshot
from needlemover.store.store import Store
from needlemover.text.numbers.goal import received_words, wins_words
from needlemover.text.parse.values import parse_phone
from needlemover.text.today import goal_forms

from .conftest import SetClock

TUESDAY_AFTERNOON = datetime(2026, 11, 24, 15, 40)
WEEKDAYS = (0, 1, 2, 3, 6)  # days after it, on which it is Tuesday to Friday, and Monday


def build(folder: Path, local: datetime) -> Path:
    path = folder / "demo.db"
    demo.build(path, SetClock(local))
    return path


@cache
def sample(local: datetime) -> bytes:
    """The sample data of a moment, built once."""
    with TemporaryDirectory() as folder:
        return build(Path(folder), local).read_bytes()


def demo_store(folder: Path, local: datetime) -> Store:
    path = folder / "demo.db"
    path.write_bytes(sample(local))
    return Store(path, SetClock(local))


def demo_day(folder: Path, local: datetime) -> DaySnapshot:
    store = demo_store(folder, local)
    try:
        return store.day()
    finally:
        store.close()


def test_a_tuesday_afternoon_is_part_done(tmp_path: Path) -> None:
    day = demo_day(tmp_path, TUESDAY_AFTERNOON)
    assert day.sales is not None
    assert day.sales.seconds == 38 * 60
    assert day.sales.conversations == 4
    assert day.sales.dials == 9
    assert day.sales.new_buyers == 3
    assert [item.name for item in day.due if item.due.met] == ["Film one video"]
    assert len(day.due) == 3


def test_one_promise_by_the_week_is_under_way(tmp_path: Path) -> None:
    (line,) = demo_day(tmp_path, TUESDAY_AFTERNOON).weekly
    assert (line.progress.count, line.terms and line.terms.count) == (1, 3)
    assert line.streak.current >= 2


@pytest.mark.parametrize("later", WEEKDAYS)
def test_the_streak_is_14_and_the_best_31_on_every_weekday(tmp_path: Path, later: int) -> None:
    day = demo_day(tmp_path, TUESDAY_AFTERNOON + timedelta(days=later))
    assert (day.streak.current, day.streak.best) == (14, 31)


@pytest.mark.parametrize(("hour", "dials"), [(6, 0), (9, 0), (10, 2), (12, 5), (15, 8), (23, 9)])
def test_nothing_is_later_than_now(tmp_path: Path, hour: int, dials: int) -> None:
    store = demo_store(tmp_path, datetime(2026, 11, 24, hour))
    day, now = store.day(), store.moment().now
    store.close()
    ends = [
        item.started_at + timedelta(seconds=item.seconds)
        for item in day.entries
        if item.started_at is not None
    ]
    assert len(ends) == len(day.entries)
    assert all(end <= now for end in ends)
    assert day.sales is not None
    assert day.sales.dials == dials


@pytest.mark.parametrize("later", WEEKDAYS)
def test_there_is_something_to_do_on_every_weekday(tmp_path: Path, later: int) -> None:
    day = demo_day(tmp_path, TUESDAY_AFTERNOON + timedelta(days=later))
    assert day.status is Status.OPEN
    assert {"Film one video", "Sales conversations"} <= {item.name for item in day.due}
    assert day.sales is not None
    assert day.sales.dials == 9


@pytest.mark.parametrize(
    ("real", "shown"),
    [
        ((2026, 11, 28, 23, 57), (2026, 11, 27)),  # a Saturday at night
        ((2026, 11, 29, 12, 0), (2026, 11, 27)),  # a Sunday
        ((2026, 11, 24, 3, 0), (2026, 11, 24)),
        ((2028, 2, 29, 9, 0), (2028, 2, 29)),
        ((2020, 2, 29, 9, 0), (2020, 2, 28)),  # a Saturday
        ((2026, 10, 25, 2, 30), (2026, 10, 23)),  # in the hour that is there twice
        ((2026, 3, 29, 3, 15), (2026, 3, 27)),  # after the hour that is left out
    ],
)
def test_it_opens_on_a_lively_working_afternoon(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    real: tuple[int, ...],
    shown: tuple[int, int, int],
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    behind = SetClock(datetime(*real))  # type: ignore[arg-type]
    monkeypatch.setattr(Clock, "real_now", lambda _: behind.now())
    clock = DemoClock()
    assert clock.now().astimezone(clock.zone()).replace(tzinfo=None) == datetime(*shown, 15, 40)
    demo.build(tmp_path / "demo.db", clock)
    store = Store(tmp_path / "demo.db", clock)
    day, candidates = store.day(), store.contacts.candidates(at_most=50)
    behind.pass_by(minutes=25)
    now = store.moment().now
    store.close()
    assert f"{now.astimezone(clock.zone()):%H:%M}" == "16:05"
    assert (day.day, day.status) == (date(*shown), Status.OPEN)
    assert (day.streak.current, day.streak.best) == (14, 31)
    assert day.sales is not None
    assert (day.sales.dials, day.sales.conversations) == (9, 4)
    assert [item.name for item in day.due if item.due.met] == ["Film one video"]
    calls = next_calls(candidates.buyers, day.day, now, time(17))
    assert [item.why for item in calls][:4] == [Why.DUE, Why.DUE, Why.LATE, Why.TODAY]


def test_the_year_is_kept_all_along(tmp_path: Path) -> None:
    store = demo_store(tmp_path, TUESDAY_AFTERNOON)
    snapshot = store.progress.record()
    store.close()
    days = record(snapshot, date(2025, 12, 8), date(2026, 11, 23))
    assert Status.UNTRACKED not in {item.status for item in days}
    assert 150 <= sum(item.status is Status.WON for item in days) <= 210


@pytest.mark.parametrize("later", WEEKDAYS)
def test_what_was_promised_is_due_late_and_to_come(tmp_path: Path, later: int) -> None:
    clock = SetClock(TUESDAY_AFTERNOON + timedelta(days=later))
    store = demo_store(tmp_path, TUESDAY_AFTERNOON + timedelta(days=later))
    candidates = store.contacts.candidates(at_most=50)
    buyers = store.contacts.all()
    store.close()
    now = clock.now().astimezone(clock.zone())
    calls = next_calls(candidates.buyers, now.date(), now, time(17))
    promised = [(item.buyer.contact.name, item.why) for item in calls if item.buyer.step]
    assert promised == [
        ("Cedar Studio", Why.DUE), ("Fjord Logistics", Why.DUE), ("Granite GmbH", Why.LATE),
        ("Iris Labs", Why.TODAY),
    ]  # fmt: skip
    fjord = calls[1].buyer
    assert fjord.step is not None
    assert (fjord.step.at, fjord.tries) == (time(14), 2)
    assert fjord.step.note == f"Back on {now:%A}."
    listed = [item.contact for item in buyers if item.contact.position is not None]
    assert len(listed) == 40
    assert all(parse_phone(item.phone) for item in listed)
    assert len({item.phone for item in listed}) == 40
    (never,) = (item.contact for item in buyers if item.contact.never_since is not None)
    assert never in listed
    assert candidates.listed == 38, "one of them was dialled today"


def test_a_meeting_nobody_came_to_is_to_be_called_again(tmp_path: Path) -> None:
    store = demo_store(tmp_path, TUESDAY_AFTERNOON)
    buyer = store.contacts.find("Umbra Foods")
    store.close()
    assert buyer.tries == 1
    assert buyer.step is not None
    assert (buyer.step.kind, buyer.step.day) == (StepKind.CALL, date(2026, 11, 25))
    with sqlite3.connect(tmp_path / "demo.db") as connection:
        ended = connection.execute(
            "SELECT kind, day, ended_on, ended_by FROM next_step "
            "WHERE contact_id = ? AND ended_on IS NOT NULL", (buyer.contact.id,)
        ).fetchall()  # fmt: skip
    assert ended == [("meeting", "2026-11-23", "2026-11-23", "no_answer")]


def test_each_ask_says_what_is_waited_for(tmp_path: Path) -> None:
    store = demo_store(tmp_path, TUESDAY_AFTERNOON)
    asks = store.entries.open_asks()
    store.close()
    assert all(ask.note and ask.amount for ask in asks)


def test_the_twelve_weeks_show_every_kind_of_day(tmp_path: Path) -> None:
    day = demo_day(tmp_path, TUESDAY_AFTERNOON)
    assert {item.status for item in day.strip} == {
        Status.WON, Status.PART, Status.MISSED, Status.OFF, Status.REST, Status.OPEN,
    }  # fmt: skip


def test_there_are_wins_with_money_and_asks_that_wait(tmp_path: Path) -> None:
    store = demo_store(tmp_path, TUESDAY_AFTERNOON)
    wins = [
        item
        for day in days_between(datetime(2026, 8, 17).date(), datetime(2026, 11, 24).date())
        for item in store.day(day).entries
        if item.outcome is Outcome.WON
    ]
    asks = store.entries.open_asks()
    assert len(wins) > 10
    assert all(item.amount and item.amount > 0 for item in wins)
    assert sum(item.came_from is not None for item in wins) >= 5
    assert 3 <= len(asks) <= 15
    assert all(ask.offer for ask in asks)
    assert store.numbers.snapshot().offers.asks == len(asks)
    store.close()


def test_each_day_adds_up_to_the_entries_that_fill_the_quota(tmp_path: Path) -> None:
    store = demo_store(tmp_path, TUESDAY_AFTERNOON)
    for on in days_between(datetime(2026, 11, 2).date(), datetime(2026, 11, 24).date()):
        day = store.day(on)
        for line in day.activities:
            filling = [e for e in day.entries if e.activity_id == line.id and e.fills_quota]
            seconds, count = sum(e.seconds for e in filling), sum(e.count for e in filling)
            assert line.progress == Done(seconds, count, done=bool(filling))
    store.close()


def test_the_same_moment_gives_the_same_data(tmp_path: Path) -> None:
    def rows(folder: Path) -> list[tuple[object, ...]]:
        folder.mkdir()
        connection = sqlite3.connect(build(folder, TUESDAY_AFTERNOON))
        connection.execute("UPDATE entry SET uid = NULL")  # it is another one each time
        found = connection.execute("SELECT * FROM entry ORDER BY id").fetchall()
        connection.close()
        return found

    first = rows(tmp_path / "one")
    assert len(first) > 1000
    assert rows(tmp_path / "two") == first


@pytest.mark.parametrize("later", WEEKDAYS)
def test_the_returns_contradict_the_ranks_on_every_weekday(tmp_path: Path, later: int) -> None:
    store = demo_store(tmp_path, TUESDAY_AFTERNOON + timedelta(days=later))
    numbers, line = store.numbers.snapshot(), store.day(with_candidates=True).goal
    store.close()
    found = numbers.contradiction
    assert found is not None
    assert (found.ranked.name, found.better.name) == ("Film one video", "Sales conversations")
    assert 20 <= found.tenths <= 60
    goal, currency = numbers.goal, numbers.settings.currency
    assert goal.quota is not None
    assert line is not None
    assert (line.received, line.wanted, line.wins) == (goal.received, goal.wanted, goal.wins)
    so_far, wins = goal_forms(line, currency)[0].split(" · ")
    assert received_words(goal, currency).startswith(f"{so_far.partition(' of ')[0]} received")
    assert wins_words(goal, currency, 1).startswith(wins.removesuffix(" at the average to go"))


def test_what_is_timed_in_the_morning_overlaps_no_call(tmp_path: Path) -> None:
    store = demo_store(tmp_path, TUESDAY_AFTERNOON)
    for on in days_between(datetime(2026, 8, 17).date(), datetime(2026, 11, 24).date()):
        ends = [
            (item.started_at, item.started_at + timedelta(seconds=item.seconds))
            for item in store.day(on).entries
            if item.started_at is not None and item.seconds
        ]
        assert all(end <= start for (_, end), (start, _) in pairwise(ends))
    store.close()


@pytest.mark.parametrize("later", [0, 3, 100])
def test_the_ledger_has_every_state_and_every_verdict(tmp_path: Path, later: int) -> None:
    store = demo_store(tmp_path, TUESDAY_AFTERNOON + timedelta(days=later))
    found = store.problems.snapshot()
    store.close()
    assert {item.state for item in found.problems} == set(ProblemState)
    parked = list(found.rows)
    parked = [item for item in parked if item.problem.state is ProblemState.PARKED]
    assert {item.verdict for item in parked} == set(Verdict)
    assert any(item.workload and item.workload.is_measured for item in parked)
    assert any(item.problem.activity_id is not None for item in parked)
    assert found.totals.worth is not None
    assert found.totals.worth > found.totals.cost > 0
