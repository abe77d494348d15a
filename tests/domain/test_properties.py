"""What holds for all days, entries, edits and zones, not only for examples."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from needlemover.domain.calls.entry import EntryFact, Outcome
from needlemover.domain.day import USUAL_WEEKS, Weeks, day_start, local_day, skipped_day
from needlemover.domain.errors import NeedleError
from needlemover.domain.progress.summary import streak_report
from needlemover.domain.promises.change import change
from needlemover.domain.promises.commitment import (
    NOTHING,
    ActivityFact,
    Done,
    Rule,
    Terms,
    Timeline,
    terms_on,
)
from needlemover.domain.promises.marks import (
    KEPT,
    MET,
    MISSED,
    NOT_DUE,
    marks,
    streak_of,
    whole_day_marks,
)
from needlemover.domain.promises.status import DayOff, Due, due_on

from .conftest import activity, entry, kept_by, shown

FIRST = date(2026, 11, 2)
LAST = FIRST + timedelta(days=20)
"""Three weeks, to make many edits and entries meet on the same days."""

weekdays = st.frozensets(st.integers(0, 6), min_size=1)
quotas = st.builds(
    Terms,
    weekdays,
    st.sampled_from([None, 600, 1200, 1800]),
    st.sampled_from([None, 1, 2, 3]),
    st.sampled_from(Rule),
)
limits = st.builds(Terms, weekdays, st.sampled_from([600, 1200, 1800]), at_most=st.just(True))
all_terms = quotas | quotas | limits
days = st.dates(FIRST, LAST)
mark_rows = st.lists(st.sampled_from([NOT_DUE, KEPT, MET, MISSED]), max_size=40).map(bytes)


@dataclass(frozen=True)
class Edit:
    """A change of a commitment, so many days after the one before."""

    days_later: int
    terms: Terms | None
    start: int | None
    """Days from today; None: the rule chooses."""


def edits_of(choice: st.SearchStrategy[Terms]) -> st.SearchStrategy[list[Edit]]:
    """Changes to such terms, and archivings."""
    return st.lists(
        st.builds(
            Edit,
            st.sampled_from([0, 0, 0, 1, 2, 5]),
            st.none() | choice,
            st.none() | st.integers(-6, 6),
        ),
        max_size=12,
    )


edits = edits_of(all_terms)


def edited(
    sequence: list[Edit], weeks: Weeks = USUAL_WEEKS
) -> Iterator[tuple[date, Timeline, Timeline]]:
    """The day of each edit that is allowed, and the commitments before and after it."""
    timeline: Timeline = ()
    today = FIRST
    for edit in sequence:
        today += timedelta(days=edit.days_later)
        start = None if edit.start is None else today + timedelta(days=edit.start)
        before = timeline
        try:
            timeline = change(before, edit.terms, today, start, weeks)
        except NeedleError:
            continue
        yield today, before, timeline


def last_timeline(sequence: list[Edit]) -> Timeline:
    timeline: Timeline = ()
    for _, _, timeline in edited(sequence):  # noqa: B007
        pass
    return timeline


timelines = edits.map(last_timeline)


def dues(timeline: Timeline, today: date, before: date) -> dict[date, tuple[Due, Due]]:
    """What was asked on the days before a day, once with nothing and once with much done."""
    much = Done(9999, 9, done=True)
    number = (before - FIRST).days + 30
    return {
        day: (
            due_on(timeline, day, NOTHING, off=False, today=today),
            due_on(timeline, day, much, off=False, today=today),
        )
        for day in (before - timedelta(days=back) for back in range(1, number))
    }


@given(edits)
def test_no_edit_of_the_commitments_changes_a_past_day(sequence: list[Edit]) -> None:
    for today, before, after in edited(sequence):
        old, new = dues(before, today, today), dues(after, today, today)
        earlier_start = after[0].set_on == today and after[0].start < today
        for day in old:
            decided_before = any(item.start <= day and item.set_on < today for item in before)
            if decided_before or not earlier_start:
                assert new[day] == old[day], (today, day)


@given(edits)
def test_todays_bar_never_falls_below_what_it_was_in_the_morning(sequence: list[Edit]) -> None:
    morning: tuple[date | None, Terms | None] = (None, None)
    for today, before, after in edited(sequence):
        if morning[0] != today:
            morning = (today, terms_on(before, today))
        bar, now = morning[1], terms_on(after, today)
        if bar is not None:
            assert now is not None
            assert now.asks_at_least(bar)


@given(edits)
def test_a_change_that_names_no_day_holds_by_tomorrow_or_when_it_was_to_begin(
    sequence: list[Edit],
) -> None:
    plain = [Edit(item.days_later, item.terms, None) for item in sequence]
    for today, _, after in edited(plain):
        assert after == () or terms_on(after, today + timedelta(days=1)) == after[-1].terms


@given(all_terms, all_terms, st.integers(0, 2400), st.integers(0, 4))
def test_what_meets_terms_that_ask_at_least_as_much_meets_the_others(
    harder: Terms, easier: Terms, seconds: int, count: int
) -> None:
    done = Done(seconds, count, done=bool(seconds or count))
    if harder.asks_at_least(easier) and harder.met_by(done):
        assert easier.met_by(done)


@given(
    timelines,
    st.dictionaries(days, st.tuples(st.integers(0, 2000), st.integers(0, 4)), max_size=20),
    st.lists(st.tuples(days, st.integers(0, 5)), max_size=3),
    st.frozensets(days),
    days,
    st.integers(0, 25),
)
def test_the_marks_say_the_same_as_each_day_by_itself(
    timeline: Timeline,
    done: dict[date, tuple[int, int]],
    ranges: list[tuple[date, int]],
    others: frozenset[date],
    first: date,
    length: int,
) -> None:
    last = first + timedelta(days=length)
    free = [(start, start + timedelta(days=more)) for start, more in ranges]
    totals = [(day, *done[day]) for day in sorted(done)]
    used = others | done.keys()
    found = marks(timeline, totals, free, first, last, used)
    expected = []
    for number in range(length + 1):
        day = first + timedelta(days=number)
        progress = Done(*done[day], done=True) if day in done else NOTHING
        off = any(start <= day <= end for start, end in free)
        after = last + timedelta(days=1)
        due = due_on(timeline, day, progress, off=off, today=after, used=day in used)
        expected.append(due.mark)
    assert list(found) == expected


@given(mark_rows, st.lists(st.tuples(st.integers(0, 40), st.integers(1, 5)), max_size=5))
def test_rest_and_off_days_put_in_anywhere_never_change_a_streak(
    row: bytes, put_in: list[tuple[int, int]]
) -> None:
    longer = row
    for place, number in put_in:
        longer = longer[:place] + bytes([NOT_DUE]) * number + longer[place:]
    before, after = streak_of(row, FIRST), streak_of(longer, FIRST)
    assert (after.current, after.best) == (before.current, before.best)
    assert [run.days for run in after.runs] == [run.days for run in before.runs]


@given(mark_rows, mark_rows, mark_rows)
def test_days_before_the_miss_that_ended_the_previous_run_never_change_the_streak(
    one: bytes, other: bytes, since: bytes
) -> None:
    miss = bytes([MISSED])
    assert (
        streak_of(one + miss + since, FIRST).current
        == streak_of(other + miss + since, FIRST).current
        == streak_of(since, FIRST).current
    )


@given(mark_rows)
def test_a_streak_adds_up_day_by_day(row: bytes) -> None:
    current, best = 0, 0
    for mark in row:
        current = current + 1 if mark in (KEPT, MET) else 0 if mark == MISSED else current
        best = max(best, current)
    streak = streak_of(row, FIRST)
    assert (streak.current, streak.best) == (current, best)
    assert sum(run.days for run in streak.runs) == row.count(MET) + row.count(KEPT)


@given(st.lists(mark_rows.map(lambda row: row.ljust(40, b"\0")), min_size=1, max_size=4))
def test_the_whole_day_is_as_good_as_its_worst_activity(rows: list[bytes]) -> None:
    expected = [
        MISSED if MISSED in day else MET if MET in day else NOT_DUE
        for day in zip(*rows, strict=True)
    ]
    assert list(whole_day_marks(rows)) == expected


# Whole days: two activities with all that can happen to them.


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[ActivityFact], list[EntryFact], list[DayOff]]:
    """Activities, entries and days off of three weeks."""
    quotas_alone = edits_of(quotas).map(last_timeline)
    facts = [activity(1, draw(timelines)), activity(2, draw(quotas_alone), is_sales=True)]
    happened = st.builds(
        lambda of, day, minutes, outcome: entry(
            of, day, minutes=minutes, outcome=outcome if of.is_sales else None
        ),
        st.sampled_from(facts),
        days,
        st.integers(0, 40),
        st.sampled_from(Outcome),
    )
    off = st.builds(
        lambda start, more, of: DayOff(start, start + timedelta(days=more), of),
        days, st.integers(0, 3), st.sampled_from([None, 1, 2]),
    )  # fmt: skip
    entries = draw(st.lists(happened, max_size=25))
    return facts, entries, draw(st.lists(off, max_size=3))


@given(worlds(), days, st.randoms(use_true_random=False))
def test_any_order_of_the_same_entries_gives_the_same_day(world, day: date, random) -> None:
    facts, entries, off = world
    mixed = list(entries)
    random.shuffle(mixed)
    one = shown(facts, entries, day=day, today=LAST, days_off=off)
    other = shown(facts, mixed, day=day, today=LAST, days_off=off)
    assert (one.status, one.streak, one.activities, one.sales, one.strip, one.open_asks) == (
        other.status, other.streak, other.activities, other.sales, other.strip, other.open_asks,
    )  # fmt: skip


@given(worlds(), days, st.integers(0, 60), st.sampled_from([1, 2]))
def test_adding_to_a_due_day_never_shortens_a_streak(
    world, day: date, minutes: int, which: int
) -> None:
    facts, entries, off = world
    of = facts[which - 1]
    assume(not any(item.terms and item.terms.at_most for item in of.timeline))
    more = [*entries, entry(of, day, minutes=minutes, outcome=Outcome.TALKED)]

    def report(happened: list[EntryFact]):
        return streak_report(kept_by(facts, happened, today=LAST, days_off=off), LAST)

    before, after = report(entries), report(more)
    pairs = [(before.overall, after.overall)] + [
        (one, other)
        for (_, one), (_, other) in zip(before.activities, after.activities, strict=True)
    ]
    for one, other in pairs:
        assert other.current >= one.current
        assert other.best >= one.best


@given(worlds(), days)
def test_the_snapshot_of_a_past_day_and_the_streak_report_say_the_same(world, day: date) -> None:
    facts, entries, off = world
    snapshot = shown(facts, entries, day=day, today=LAST, days_off=off)
    report = streak_report(kept_by(facts, entries, today=LAST, days_off=off), day)
    assert snapshot.streak.alone == report.overall.alone
    streaks = {fact.id: streak for fact, streak in report.activities}
    for item in snapshot.activities:
        assert item.streak.alone == streaks[item.id].alone


# The local day.

zones = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe",
     "Australia/Sydney", "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Chatham",
     "Asia/Kathmandu", "Asia/Kolkata", "Asia/Tehran", "Asia/Tokyo", "Africa/Casablanca",
     "Africa/Cairo", "America/Sao_Paulo", "America/Havana", "Antarctica/Troll",
     "Antarctica/Casey", "Atlantic/Azores", "Europe/London", "Pacific/Marquesas", "UTC"]
).map(ZoneInfo)  # fmt: skip
LEFT_OUT_A_DATE = {"Pacific/Apia", "Pacific/Kiritimati", "Antarctica/Casey"}
"""These changed their offset by more than a summer time does."""
instants = st.datetimes(datetime(1970, 1, 2), datetime(2060, 1, 1), timezones=st.just(UTC))
boundaries = st.times(time(0), time(11, 59))


@given(instants, zones, boundaries)
def test_every_instant_belongs_to_exactly_one_local_day(
    instant: datetime, zone: ZoneInfo, starts_at: time
) -> None:
    day = local_day(instant, zone, starts_at)
    assert day_start(day, zone, starts_at) <= instant
    assert instant < day_start(day + timedelta(days=1), zone, starts_at)


@given(instants, st.timedeltas(timedelta(0), timedelta(days=3)), zones, boundaries)
def test_the_local_day_never_runs_backwards_in_a_zone(
    instant: datetime, length: timedelta, zone: ZoneInfo, starts_at: time
) -> None:
    assert local_day(instant, zone, starts_at) <= local_day(instant + length, zone, starts_at)


@given(
    instants,
    st.timedeltas(timedelta(0), timedelta(days=20)),
    zones.filter(lambda zone: zone.key not in LEFT_OUT_A_DATE),
    boundaries,
)
def test_whoever_stays_in_a_zone_skips_no_date(
    instant: datetime, length: timedelta, zone: ZoneInfo, starts_at: time
) -> None:
    later = instant + length
    first, last = local_day(instant, zone, starts_at), local_day(later, zone, starts_at)
    offset = instant.astimezone(zone).utcoffset()
    assert offset is not None
    east = int(offset.total_seconds())
    assert skipped_day(first, east, last, later, zone, starts_at) is None


@given(instants, st.timedeltas(timedelta(0), timedelta(days=20)), zones, zones, boundaries)
def test_what_travel_skips_lies_between_two_uses_and_had_no_full_day(
    instant: datetime, length: timedelta, start: ZoneInfo, goal: ZoneInfo, starts_at: time
) -> None:
    later = instant + length
    first, last = local_day(instant, start, starts_at), local_day(later, goal, starts_at)
    offset, there = instant.astimezone(start).utcoffset(), later.astimezone(goal).utcoffset()
    assert offset is not None
    assert there is not None
    east = int(offset.total_seconds())
    skipped = skipped_day(first, east, last, later, goal, starts_at)
    forward = there - offset >= timedelta(hours=12)
    between = (last - first).days - 1
    assert skipped is not None or not (forward and 1 <= between <= 3)
    assert skipped is None or forward
    assert skipped is None or first < skipped < last
