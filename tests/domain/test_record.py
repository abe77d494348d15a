"""The days as they were kept, worked out by hand."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from needlemover.domain.calls.entry import EntryFact, Outcome
from needlemover.domain.day import days_between
from needlemover.domain.progress.record import DayRecord, ProgressSnapshot, day_marks, record
from needlemover.domain.promises.commitment import ActivityFact, Rule, Timeline
from needlemover.domain.promises.marks import KEPT, MET
from needlemover.domain.promises.status import DayOff, Status
from needlemover.domain.today.history import History, progress_of

from ..conftest import MONDAY_TO_FRIDAY, promised, terms
from .conftest import TODAY, TOMORROW, YESTERDAY, activity, entry, kept_by
from .test_properties import FIRST, LAST, edited, edits, worlds

MONDAY = TODAY - timedelta(days=1)
SUNDAY = TODAY - timedelta(days=2)
LONG_AGO = date(2026, 1, 5)


def on(snapshot: ProgressSnapshot, day: date, activity_id: int | None = None) -> DayRecord:
    (found,) = record(snapshot, day, day, activity_id)
    return found


def film(timeline: Timeline = ()) -> ActivityFact:
    return activity(1, timeline or (promised(LONG_AGO, terms()),), name="Film")


def calls(*, days: frozenset[int] = MONDAY_TO_FRIDAY) -> ActivityFact:
    return activity(2, (promised(LONG_AGO, terms(60, 4, days=days)),), is_sales=True)


def test_a_day_of_one_activity_says_what_was_asked_and_done() -> None:
    of = calls()
    snapshot = kept_by([of], [entry(of, MONDAY, minutes=30, count=3, outcome=Outcome.TALKED)])
    found = on(snapshot, MONDAY, of.id)
    assert (found.status, found.due, found.met) == (Status.PART, 1, 0)
    assert (found.seconds, found.count) == (1800, 3)
    assert (found.quota_seconds, found.quota_count) == (3600, 4)
    assert found.share == 0.5  # half of the hour; of the conversations it is three quarters


def test_the_share_of_a_day_is_the_mean_over_what_was_due() -> None:
    of, tick = calls(), film()
    done = [
        entry(tick, MONDAY),
        entry(of, MONDAY, minutes=60, count=1, outcome=Outcome.TALKED),
    ]
    found = on(kept_by([tick, of], done), MONDAY)
    assert (found.status, found.due, found.met) == (Status.PART, 2, 1)
    assert found.share == (1 + 0.25) / 2


def test_all_together_count_what_was_done_with_buyers_alone() -> None:
    of, tick = calls(), activity(1, (promised(LONG_AGO, terms(20)),))
    done = [
        entry(tick, MONDAY, minutes=45),
        entry(of, MONDAY, minutes=12, outcome=Outcome.TALKED),
        entry(tick, SUNDAY, minutes=45),
        entry(of, SUNDAY, minutes=7, outcome=Outcome.TALKED),
    ]
    snapshot = kept_by([tick, of], done)
    assert (on(snapshot, MONDAY).seconds, on(snapshot, MONDAY).quota_seconds) == (720, 3600)
    # On a Sunday nothing is asked of the sales, but who talks to a buyer has talked.
    assert (on(snapshot, SUNDAY).seconds, on(snapshot, SUNDAY).quota_seconds) == (420, None)


def test_today_is_open_until_everything_is_met() -> None:
    tick, other = film(), activity(3, (promised(LONG_AGO, terms()),))
    one = kept_by([tick, other], [entry(tick)])
    assert (on(one, TODAY).status, on(one, TODAY).due, on(one, TODAY).met) == (Status.OPEN, 2, 1)
    assert on(one, TODAY, tick.id).status is Status.WON
    assert on(one, TODAY, other.id).status is Status.OPEN
    both = kept_by([tick, other], [entry(tick), entry(other)])
    assert on(both, TODAY).status is Status.WON


def test_what_begins_today_does_not_take_the_day_away() -> None:
    tick, new = film(), activity(3, (promised(TODAY, terms()),))
    snapshot = kept_by([tick, new], [entry(tick)])
    assert on(snapshot, TODAY).status is Status.WON
    assert on(snapshot, TODAY, new.id).status is Status.OPEN


def test_a_day_before_the_first_commitment_is_untracked() -> None:
    tick, new = film(), activity(3, (promised(YESTERDAY, terms()),))
    snapshot = kept_by([tick, new])
    assert on(snapshot, SUNDAY, new.id).status is Status.UNTRACKED
    assert on(snapshot, SUNDAY).status is Status.MISSED
    assert on(snapshot, LONG_AGO - timedelta(days=1)).status is Status.UNTRACKED


def test_the_first_day_is_no_miss() -> None:
    new = activity(3, (promised(YESTERDAY, terms(20)),))
    found = on(kept_by([new]), YESTERDAY, new.id)
    assert (found.status, found.due, found.quota_seconds) == (Status.REST, 0, None)


def test_a_day_to_come_says_what_it_will_ask() -> None:
    found = on(kept_by([calls(), film()]), TOMORROW)
    assert (found.status, found.due, found.quota_count) == (Status.AHEAD, 2, 4)


def test_a_day_off_carries_its_reason_past_and_to_come() -> None:
    flu = DayOff(SUNDAY, TOMORROW, reason="Flu", said_on=MONDAY)
    snapshot = kept_by([film()], days_off=[flu])
    found = record(snapshot, SUNDAY, TOMORROW)
    assert [item.status for item in found] == [*[Status.OFF] * 3, Status.AHEAD]
    assert [item.day_off for item in found] == [flu] * 4
    assert [item.due for item in found] == [0] * 4


def test_a_day_off_of_one_activity_is_one_of_all_where_nothing_else_is_due() -> None:
    flu = DayOff(SUNDAY, MONDAY, 1, "Flu")
    tick, of = film(), calls()
    found = record(kept_by([tick, of], days_off=[flu]), SUNDAY, MONDAY)
    assert [item.status for item in found] == [Status.OFF, Status.MISSED]
    assert [item.day_off for item in found] == [flu, None]


def test_the_day_off_named_is_that_of_what_would_have_been_due() -> None:
    idle, flu = DayOff(SUNDAY, SUNDAY, 2, "Idle"), DayOff(SUNDAY, SUNDAY, 1, "Flu")
    # On a Sunday the calls are not due anyway.
    assert on(kept_by([film(), calls()], days_off=[idle, flu]), SUNDAY).day_off == flu


def test_a_day_off_is_no_day_off_of_another_activity() -> None:
    tick, of = film(), calls()
    snapshot = kept_by([tick, of], days_off=[DayOff(MONDAY, MONDAY, tick.id)])
    assert on(snapshot, MONDAY, tick.id).status is Status.OFF
    assert on(snapshot, MONDAY, of.id).status is Status.MISSED


def test_a_date_that_travel_skipped_is_a_rest() -> None:
    assert on(kept_by([film()], skipped=[MONDAY]), MONDAY).status is Status.REST


def test_late_entries_and_reasons_are_marked() -> None:
    tick, of = film(), calls()
    snapshot = kept_by([tick, of], late=[(tick.id, MONDAY)], reasons={SUNDAY: "Slept"})
    assert on(snapshot, MONDAY).late
    assert on(snapshot, MONDAY, tick.id).late
    assert not on(snapshot, MONDAY, of.id).late
    assert on(snapshot, SUNDAY).reason == "Slept"


def test_either_quota_is_enough_where_the_rule_says_so() -> None:
    of = activity(2, (promised(LONG_AGO, terms(60, 4, rule=Rule.ANY)),), is_sales=True)
    snapshot = kept_by([of], [entry(of, MONDAY, minutes=5, count=4, outcome=Outcome.TALKED)])
    assert (on(snapshot, MONDAY).status, on(snapshot, MONDAY).share) == (Status.WON, 1.0)


def test_a_changed_quota_holds_from_its_day_on() -> None:
    of = activity(1, (promised(LONG_AGO, terms(30)), promised(MONDAY, terms(60))))
    found = record(kept_by([of]), SUNDAY, TODAY, of.id)
    assert [item.quota_seconds for item in found] == [1800, 3600, 3600]


def test_the_day_that_a_leap_year_adds_is_a_day_like_others() -> None:
    of = activity(1, (promised(date(2024, 1, 1), terms()),))
    days = [date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1)]
    snapshot = kept_by([of], [entry(of, day) for day in days], today=date(2024, 3, 2))
    found = record(snapshot, days[0], days[-1])
    assert [item.day for item in found] == days
    assert [item.status for item in found] == [Status.WON] * 3


def test_an_empty_window_has_no_days() -> None:
    assert record(kept_by([film()]), TODAY, YESTERDAY) == ()


def test_nothing_promised_is_untracked() -> None:
    assert on(kept_by([]), YESTERDAY).status is Status.UNTRACKED
    assert on(kept_by([activity(1)]), TODAY, 1).status is Status.UNTRACKED


# What holds for all worlds.


def whole(world: tuple[list[ActivityFact], list[EntryFact], list[DayOff]]) -> ProgressSnapshot:
    facts, entries, off = world
    return kept_by(facts, entries, today=LAST, days_off=off, skipped=[FIRST + timedelta(days=9)])


@given(worlds())
@settings(max_examples=60)
def test_each_day_of_the_record_is_what_the_history_says_of_it(world) -> None:
    snapshot = whole(world)
    history = snapshot.history
    first, last = FIRST - timedelta(days=3), LAST + timedelta(days=9)
    for found in record(snapshot, first, last):
        dues = history.dues(found.day, LAST)
        assert found.status is history.status(found.day, dues, LAST)
        assert found.due == sum(due.due for due in dues.values())
        assert found.met == sum(due.due and due.met for due in dues.values())


@given(worlds(), st.sampled_from([1, 2]))
@settings(max_examples=60)
def test_each_day_of_an_activity_is_as_if_there_were_no_other(world, which: int) -> None:
    snapshot = whole(world)
    history = snapshot.history
    alone = History(
        tuple(item for item in history.activities if item.id == which),
        history.totals,
        # A day off of it alone is one of the whole day when there is nothing else.
        tuple(
            DayOff(item.start, item.end) for item in history.days_off
            if item.activity_id in (None, which)
        ),
        history.skipped,
    )  # fmt: skip
    for found in record(snapshot, FIRST, LAST + timedelta(days=3), which):
        due = alone.due(alone.activities[0], found.day, alone.progress(which, found.day), LAST)
        assert found.status is alone.status(found.day, {which: due}, LAST)
        assert (found.due, found.met) == (int(due.due), int(due.due and due.met))


@given(worlds(), st.dates(FIRST, LAST), st.dates(FIRST, LAST))
@settings(max_examples=40)
def test_a_part_of_the_record_is_the_record_of_the_part(world, one: date, other: date) -> None:
    snapshot = whole(world)
    first, last = min(one, other), max(one, other)
    days = record(snapshot, FIRST, LAST)
    assert record(snapshot, first, last) == days[(first - FIRST).days : (last - FIRST).days + 1]


@given(worlds(), edits, st.sampled_from(["", "Renamed"]), st.booleans())
@settings(max_examples=60)
def test_no_change_made_today_alters_a_past_day(world, changes, name: str, swapped: bool) -> None:
    facts, entries, off = world
    for today, before, after in edited(changes):
        if after[0].set_on == today and after[0].start < today:
            continue  # a first commitment may begin in the past
        old = ActivityFact(1, "Film", False, 1, before)
        new = ActivityFact(1, name or "Film", False, 2 if swapped else 1, after)
        happened = [item for item in entries if item.activity_id == 1]
        days = (FIRST, today - timedelta(days=1))
        others = [facts[1]]
        was = record(kept_by([old, *others], happened, today=today, days_off=off), *days)
        edited_facts = [*others, new] if swapped else [new, *others]
        now = record(kept_by(edited_facts, happened, today=today, days_off=off), *days)
        assert was == now


@given(worlds())
@settings(max_examples=40)
def test_the_marks_agree_with_the_record(world) -> None:
    snapshot = whole(world)
    for item in snapshot.history.activities:
        marks = day_marks(snapshot, item, FIRST, LAST)
        for mark, found in zip(marks, record(snapshot, FIRST, LAST, item.id), strict=True):
            assert (MET if mark == KEPT else mark) == found.mark


def test_every_day_is_there_once() -> None:
    days = list(days_between(LONG_AGO, TOMORROW))
    assert [item.day for item in record(kept_by([film()]), LONG_AGO, TOMORROW)] == days


def test_progress_of_today_is_part_of_the_totals() -> None:
    tick = film()
    snapshot = kept_by([tick], [entry(tick)])
    assert progress_of([entry(tick)])[1] == snapshot.history.progress(1, TODAY)


def test_nothing_is_a_share_of_nothing_and_of_a_rest_day() -> None:
    twice = activity(2, (promised(LONG_AGO, terms(60)),), is_sales=True)
    counted = activity(3, (promised(LONG_AGO, terms(None, 4)),))
    for of in (film(), twice, counted):
        assert on(kept_by([of]), MONDAY).share == 0.0
    assert on(kept_by([film(), twice], [entry(film(), MONDAY)]), MONDAY).share == 0.5
    assert on(kept_by([calls()]), SUNDAY).share == 0.0


def test_a_day_off_is_named_by_the_one_that_covers_it() -> None:
    earlier, flu = DayOff(LONG_AGO, LONG_AGO, 1, "Trip"), DayOff(SUNDAY, SUNDAY, 1, "Flu")
    later = DayOff(TOMORROW, TOMORROW, 1, "Trip")
    assert on(kept_by([film(), calls()], days_off=[earlier, later, flu]), SUNDAY).day_off == flu
