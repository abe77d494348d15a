"""Any sequence of commands: it can be undone and redone, and its days add up."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from needlemover.domain.calls.entry import Outcome, fills_quota
from needlemover.domain.day import days_between
from needlemover.domain.delegation.problem import ProblemState
from needlemover.domain.errors import NeedleError
from needlemover.domain.promises.commitment import (
    NOTHING,
    ActivityFact,
    Done,
    Rule,
    Terms,
    tracked_from,
)
from needlemover.domain.promises.marks import KEPT, MET, MISSED
from needlemover.domain.promises.status import Due, Status, due_on, status_of
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.imports.content import ImportedEntry
from needlemover.store.store import Store

from ..conftest import SetClock, some_examples
from .conftest import dump, keep, sql

Command = Callable[[Store, SetClock], object]

weekdays = st.frozensets(st.integers(0, 6), min_size=1)
quotas = st.builds(
    Terms,
    weekdays,
    st.sampled_from([None, 600, 1800]),
    st.sampled_from([None, 1, 2]),
    st.sampled_from(Rule),
)
all_terms = quotas | st.builds(Terms, weekdays, st.sampled_from([600, 900]), at_most=st.just(True))
places = st.integers(0, 3)
days_ago = st.integers(0, 9)
names = st.sampled_from(["", "Acme", "acme", "Foo", "[/b]"])
outcomes = st.none() | st.sampled_from(Outcome)


def nth(items: tuple[Any, ...], place: int) -> int:
    """The id of one of the activities or entries."""
    if not items:
        raise NeedleError("There is none.")
    return int(items[place % len(items)].id)


def some_activity(store: Store, place: int) -> int:
    return nth(store.activities.all(archived=True), place)


def some_entry(store: Store, place: int) -> int:
    ids = sql(store.path, "SELECT id FROM entry ORDER BY day DESC, id")
    if not ids:
        raise NeedleError("There is none.")
    return int(ids[place % len(ids)][0])


def command(name: str, act: Callable[..., object], *values: st.SearchStrategy[Any]):
    """A command with its values, which fails as a user's would."""

    @dataclass(frozen=True)
    class Named:
        given: tuple[Any, ...] = field(default=())

        def __call__(self, store: Store, clock: SetClock) -> object:
            return act(store, clock, *self.given)

        def __repr__(self) -> str:
            return f"{name}{self.given}"

    return st.tuples(*values).map(Named)


def log(s: Store, c: SetClock, a: int, back: int, length: int, outcome, who: str, amount) -> object:
    day = s.today - timedelta(days=back)
    return s.entries.log(
        NewEntry(some_activity(s, a), day, seconds=length, outcome=outcome, contact=who,
                 amount=amount)
    )  # fmt: skip


def bring_in(s: Store, c: SetClock, back: int, number: int) -> object:
    day = s.today - timedelta(days=back)
    rows = [ImportedEntry(f"{day} {n}", day, seconds=600, contact="Foo") for n in range(number)]
    return s.imports.add(rows, source="crm", file_name="calls.csv")


def plan(s: Store, c: SetClock, a: int, terms: Terms, start: int | None) -> object:
    day = None if start is None else s.today + timedelta(days=start)
    return s.activities.edit(some_activity(s, a), terms=terms, start=day)


def take_off(s: Store, c: SetClock, back: int, more: int, a: int | None) -> object:
    start = s.today - timedelta(days=back)
    of = None if a is None else some_activity(s, a)
    return s.days_off.add(start, start + timedelta(days=more), activity_id=of)


def give_back(s: Store, c: SetClock, place: int) -> object:
    days = {item.id: item for item in s.days_off.all()}
    item = days[nth(tuple(days.values()), place)]
    return s.days_off.remove(item.end, activity_id=item.activity_id)


def settle(s: Store, c: SetClock, place: int, outcome: Outcome) -> object:
    return s.entries.settle(nth(s.entries.open_asks(), place), outcome, 500)


def edit(s: Store, c: SetClock, place: int, length: int, outcome, moved: int) -> object:
    day = s.today - timedelta(days=moved)
    return s.entries.edit(some_entry(s, place), seconds=length, outcome=outcome, day=day)


def some_problem(store: Store, place: int) -> int:
    return nth(store.problems.all(), place)


def leak(s: Store, c: SetClock, place: int, back: int) -> object:
    day = s.today - timedelta(days=back)
    return s.problems.log_leak(some_problem(s, place), 1500, day=day)


changes = st.one_of(
    command("add", lambda s, c, name, terms, sales: s.activities.add(name, terms, is_sales=sales),
            st.sampled_from("ABC"), st.none() | all_terms, st.booleans()),
    command("plan", plan, places, all_terms, st.none() | st.integers(-9, 3)),
    command("archive", lambda s, c, a: s.activities.archive(some_activity(s, a)), places),
    command("rank", lambda s, c, a, r: s.activities.edit(
        some_activity(s, a), rank=r), places, places),
    command("tick", lambda s, c, a, back: s.entries.tick(
        some_activity(s, a), s.today - timedelta(days=back)), places, days_ago),
    command("log", log, places, days_ago, st.sampled_from([0, 300, 900, 1800]), outcomes, names,
            st.none() | st.just(500)),
    command("edit", edit, places, st.sampled_from([0, 1800]), outcomes, days_ago),
    command("delete", lambda s, c, place: s.entries.delete(some_entry(s, place)), places),
    command("settle", settle, places, st.sampled_from([Outcome.WON, Outcome.LOST])),
    command("import", bring_in, days_ago, st.integers(0, 3)),
    command("off", take_off, st.integers(-2, 9), st.integers(0, 3), st.none() | places),
    command("on", give_back, places),
    command("set", lambda s, c, typed: s.choices.set("first_weekday", typed),
            st.sampled_from(["mon", "sun", "wed", "mon, sun from 2026-12-01"])),
    command("start", lambda s, c, a, who: s.timer.start(some_activity(s, a), contact=who),
            places, names),
    command("park", lambda s, c, title: s.problems.park(title), st.sampled_from("XY")),
    command("weigh", lambda s, c, a: s.problems.weigh(some_activity(s, a)), places),
    command("state", lambda s, c, place, state: s.problems.set_state(some_problem(s, place), state),
            places, st.sampled_from(ProblemState)),
    command("leak", leak, places, days_ago),
    command("start on", lambda s, c, place: s.timer.start(problem_id=some_problem(s, place)),
            places),
    command("stop", lambda s, c, outcome: s.timer.stop(outcome), outcomes),
    command("discard", lambda s, c: s.timer.discard()),
)  # fmt: skip
pauses = command("pass", lambda s, c, hours: c.pass_by(hours=hours), st.sampled_from([1, 12, 24]))
undoing = st.one_of(
    command("undo", lambda s, c: s.journal.undo()), command("redo", lambda s, c: s.journal.redo())
)


@contextmanager
def begun() -> Iterator[tuple[Store, SetClock]]:
    """A file with a sales activity, an open ask, and a plain activity, promised a week ago."""
    with tempfile.TemporaryDirectory() as folder:
        clock = SetClock(datetime(2026, 11, 24, 15, 40))
        store = Store(Path(folder) / "a.db", clock)
        start = store.today - timedelta(days=7)
        everyday = frozenset(range(7))
        store.activities.add("Sales", Terms(everyday, 600), is_sales=True, start=start)
        store.activities.add("Film", Terms(everyday), start=start)
        yesterday = store.today - timedelta(days=1)
        store.entries.log(NewEntry(1, yesterday, seconds=900, outcome=Outcome.ASKED))
        try:
            yield store, clock
        finally:
            store.close()


def content(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All that the user put into the file."""
    tables = dump(store.path)
    del tables["undone_entry"], tables["kept_past"], tables["last_use"]
    return tables


@some_examples(15)
@given(st.lists(st.one_of(changes, changes, pauses), min_size=3, max_size=14))
def test_everything_can_be_undone_and_done_again(commands: list[Command]) -> None:
    with begun() as (store, clock):
        seen = [content(store)]
        for act in commands:
            with suppress(NeedleError):
                act(store, clock)
            if content(store) != seen[-1]:
                seen.append(content(store))
        for before in reversed(seen[:-1]):
            store.journal.undo()
            assert content(store) == before
        for after in seen[1:]:
            store.journal.redo()
            assert content(store) == after
        while True:
            try:
                store.journal.undo()
            except NeedleError:
                break
        assert {name for name, rows in content(store).items() if rows} == set()


@some_examples(15)
@given(st.lists(st.one_of(changes, changes, changes, pauses, undoing), min_size=3, max_size=14))
def test_the_store_adds_up_what_a_plain_recount_does(commands: list[Command]) -> None:
    with begun() as (store, clock):
        for act in commands:
            store.day()
            with suppress(NeedleError):
                act(store, clock)
        _agrees_with_a_recount(store)


@some_examples(10)
@given(
    st.lists(st.one_of(changes, changes, changes, pauses, undoing), max_size=10),
    st.sampled_from([800, 4000, 60_000]),
    st.sampled_from([None, 700]),
    st.integers(0, 5),
)
def test_today_says_of_the_goal_what_numbers_says(
    commands: list[Command], wanted: int, assumed: int | None, wins: int
) -> None:
    with begun() as (store, clock):
        for back in range(wins):
            log(store, clock, 0, 20 * back, 0, Outcome.WON, "Acme", 500)
        store.choices.set_goal(wanted, assumed_win=assumed)
        for act in (*commands, lambda *_: None):
            with suppress(NeedleError):
                act(store, clock)
            line, goal = store.day(with_candidates=True).goal, store.numbers.snapshot().goal
            assert (line is None) is (goal.wanted is None)
            if line is None:
                continue  # the goal was taken back
            assert (line.received, line.wanted) == (goal.received, goal.wanted)
            assert (line.missing, line.wins) == (goal.missing, goal.wins)
            assert line.average_win == goal.average_win


@some_examples(10)
@given(st.lists(st.one_of(changes, changes, changes, pauses, undoing), max_size=10), days_ago)
def test_what_is_kept_of_the_past_is_never_older_than_the_file(
    commands: list[Command], back: int
) -> None:
    with begun() as (store, clock):
        for act in commands:
            store.day()
            keep(store)
            with suppress(NeedleError):
                act(store, clock)
            said = _days_and_streaks(store, back)
            for first in ("SELECT 'with what is kept'", "DELETE FROM kept_past"):
                sql(store.path, first)
                fresh = Store(store.path, clock)
                assert _days_and_streaks(fresh, back) == said
                fresh.close()


def _days_and_streaks(store: Store, back: int) -> list[object]:
    days = (store.today, store.today - timedelta(days=back), store.today + timedelta(days=1))
    return [*map(store.day, days), store.progress.streaks()]


def _done(store: Store) -> dict[tuple[int, date], Done]:
    """What was done for each activity on each day, from the bare rows."""
    sales = dict(sql(store.path, "SELECT id, is_sales FROM activity"))
    done: dict[tuple[int, date], Done] = {}
    rows = sql(store.path, "SELECT activity_id, day, seconds, count, outcome, follows FROM entry")
    for activity_id, day, seconds, count, outcome, follows in rows:
        if activity_id is None or not fills_quota(
            is_sales=bool(sales[activity_id]),
            outcome=Outcome(outcome) if outcome else None,
            follows=follows is not None,
            seconds=seconds,
            count=count,
        ):
            continue
        key = (activity_id, date.fromisoformat(day))
        so_far = done.get(key, NOTHING)
        done[key] = Done(so_far.seconds + seconds, so_far.count + count, done=True)
    return done


def _agrees_with_a_recount(store: Store) -> None:
    """Day after day from the first promise: progress, status, streak, minutes with buyers."""
    activities: tuple[ActivityFact, ...] = store.activities.all(archived=True)
    starts = [start for item in activities if (start := tracked_from(item.timeline))]
    done, today, off = _done(store), store.today, store.days_off.all()
    first = min(starts, default=today)
    used = {date.fromisoformat(day) for (day,) in sql(store.path, "SELECT day FROM entry")}
    current = best = 0
    own: Counter[int] = Counter()

    def asks(item: ActivityFact, day: date) -> Due:
        free = any(taken.covers(day, item.id) for taken in off)
        progress = done.get((item.id, day), NOTHING)
        used_on = day in used
        return due_on(item.timeline, day, progress, off=free, today=today, used=used_on)

    for day in days_between(first, today):
        progress = {item.id: done.get((item.id, day), NOTHING) for item in activities}
        dues = [asks(item, day) for item in activities]
        status = status_of(
            day, dues, today=today, tracked=bool(starts), off=any(free.covers(day) for free in off)
        )
        if status is Status.WON:
            current += 1
            best = max(best, current)
        elif status in (Status.MISSED, Status.PART):
            current = 0
        snapshot = store.day(day)
        assert (snapshot.status, snapshot.streak.current, snapshot.streak.best) == (
            status, current, best,
        )  # fmt: skip
        for item, due in zip(activities, dues, strict=True):
            if due.mark in (KEPT, MET):
                own[item.id] += 1
            elif due.mark == MISSED and day < today:
                own[item.id] = 0
        for line in snapshot.activities:
            assert line.progress == progress[line.id]
            assert line.streak.current == own[line.id]
        if snapshot.sales is not None:
            buyers = [item.id for item in activities if item.is_sales]
            seconds = {
                number: sum(
                    done.get((key, day - timedelta(days=number)), NOTHING).seconds for key in buyers
                )
                for number in range(7)
            }
            since = (day - snapshot.settings.weeks.start(day)).days
            assert snapshot.sales.seconds == seconds[0]
            assert snapshot.sales.yesterday_seconds == seconds[1]
            assert snapshot.sales.week_seconds == sum(seconds[n] for n in range(since + 1))
            asked = [
                sum(
                    due.terms.seconds or 0
                    for item in activities
                    if item.is_sales
                    and (due := asks(item, day + timedelta(days=number))).due
                    and due.terms
                )
                for number in range(-since, 7 - since)
            ]
            assert snapshot.sales.week_quota_seconds == sum(asked)
