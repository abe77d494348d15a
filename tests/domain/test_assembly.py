"""The facts of a day: the checklist, the minutes with buyers, the week, the strip, the streaks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from needlemover.domain.calls.entry import Newness, Outcome, Running
from needlemover.domain.day import Weeks
from needlemover.domain.progress.summary import streak_report
from needlemover.domain.promises.marks import Run
from needlemover.domain.promises.status import DayOff, Status
from needlemover.domain.settings import Settings
from needlemover.domain.today.assembly import fall_since

from ..conftest import BERLIN, MONDAY_TO_FRIDAY, promised, terms, weekly
from .conftest import TODAY, TOMORROW, YESTERDAY, activity, entry, history_of, kept_by, shown

BEGIN = date(2026, 11, 2)
MONDAY, FRIDAY, SATURDAY = YESTERDAY, date(2026, 11, 20), date(2026, 11, 21)

FILM = activity(1, (promised(BEGIN, terms(days=MONDAY_TO_FRIDAY)),), name="Film one video")
CALLS = activity(
    2, (promised(BEGIN, terms(60, 4, days=MONDAY_TO_FRIDAY)),), name="Calls", is_sales=True
)
EVENTS = activity(
    3, (promised(BEGIN, terms(30, days=frozenset({2}))),), name="Events", is_sales=True
)


def call(
    minutes: float = 15,
    outcome: Outcome = Outcome.TALKED,
    day: date = TODAY,
    *,
    newness: Newness | None = None,
    answer: Outcome | None = None,
    follows: int | None = None,
    amount: int | None = None,
):
    return entry(
        CALLS, day, minutes=minutes, outcome=outcome, newness=newness, answer=answer,
        follows=follows, amount=amount, count=0 if follows else 1,
    )  # fmt: skip


def won(day: date):
    """All that makes a working day won."""
    return [entry(FILM, day), *(call(15, day=day) for _ in range(4))]


WORKING_DAYS = [
    BEGIN + timedelta(days=number)
    for number in range((TODAY - BEGIN).days)
    if (BEGIN + timedelta(days=number)).weekday() < 5
]


def test_the_checklist_shows_what_is_due_and_what_was_done() -> None:
    snapshot = shown([FILM, CALLS, EVENTS], [entry(FILM), call(38)])
    assert [(item.name, item.due.due, item.due.met) for item in snapshot.activities] == [
        ("Film one video", True, True),
        ("Calls", True, False),
        ("Events", False, False),
    ]
    assert [item.name for item in snapshot.due] == ["Film one video", "Calls"]
    assert snapshot.activities[1].progress.seconds == 38 * 60


def test_only_conversations_fill_the_quota_and_every_try_is_a_dial() -> None:
    calls = [call(10, outcome) for outcome in Outcome]
    sales = shown([CALLS], calls).sales
    assert sales is not None
    assert (sales.dials, sales.conversations, sales.seconds) == (8, 5, 50 * 60)


def test_an_answer_given_later_is_no_new_dial_conversation_or_minute() -> None:
    sales = shown([CALLS], [call(0, Outcome.WON, follows=7, amount=120_000)]).sales
    assert sales is not None
    assert (sales.dials, sales.conversations, sales.seconds) == (0, 0, 0)


def test_new_buyers_are_the_conversations_that_were_the_first_with_their_contact() -> None:
    sales = shown([CALLS], [
        call(newness=Newness.NEW), call(newness=Newness.KNOWN), call(newness=Newness.NEW), call(),
    ]).sales  # fmt: skip
    assert sales is not None
    assert sales.new_buyers == 2


def test_the_quotas_are_those_of_the_sales_activities_that_are_due() -> None:
    tuesday = shown([CALLS, EVENTS]).sales
    wednesday = shown([CALLS, EVENTS], day=TOMORROW).sales
    saturday = shown([CALLS, EVENTS], day=date(2026, 11, 28)).sales
    assert tuesday is not None
    assert wednesday is not None
    assert saturday is not None
    assert (tuesday.quota_seconds, tuesday.quota_conversations) == (3600, 4)
    assert (wednesday.quota_seconds, wednesday.quota_conversations) == (5400, 4)
    assert (saturday.quota_seconds, saturday.quota_conversations) == (None, None)


def test_there_are_no_sales_without_a_sales_activity() -> None:
    assert shown([FILM], [entry(FILM)]).sales is None


def test_yesterday_and_the_week_add_up_the_minutes_with_buyers() -> None:
    entries = [call(64, day=MONDAY), call(38), call(30, day=FRIDAY), call(9, Outcome.NO_ANSWER)]
    sales = shown([CALLS, EVENTS], entries).sales
    assert sales is not None
    assert sales.yesterday_seconds == 64 * 60
    # Five days of an hour and the Wednesday of half an hour; one of them is over.
    assert (sales.week_seconds, sales.week_quota_seconds) == (102 * 60, 330 * 60)


def test_a_week_that_begins_on_sunday_counts_from_there() -> None:
    sunday = date(2026, 11, 22)
    sales = shown(
        [CALLS], [call(7, day=sunday), call(5, day=SATURDAY)], settings=Settings(weeks=Weeks(6))
    ).sales
    assert sales is not None
    assert sales.week_seconds == 7 * 60


def test_a_day_off_lowers_what_the_week_asks() -> None:
    sales = shown([CALLS], days_off=[DayOff(date(2026, 11, 26), date(2026, 11, 30))]).sales
    assert sales is not None
    assert sales.week_quota_seconds == 3 * 3600


def test_at_breakfast_the_streak_stands_as_it_was_in_the_evening() -> None:
    entries = [item for day in WORKING_DAYS for item in won(day)]
    snapshot = shown([FILM, CALLS], entries)
    assert snapshot.status is Status.OPEN
    assert (snapshot.streak.current, snapshot.streak.best) == (16, 16)
    assert [item.streak.current for item in snapshot.activities] == [16, 16]


def test_a_won_today_adds_to_the_streak_at_once() -> None:
    entries = [item for day in [*WORKING_DAYS, TODAY] for item in won(day)]
    snapshot = shown([FILM, CALLS], entries)
    assert snapshot.status is Status.WON
    assert snapshot.streak.current == 17


def test_each_activity_keeps_its_own_streak() -> None:
    entries = [entry(FILM, MONDAY), entry(FILM, FRIDAY), entry(FILM)]
    snapshot = shown([FILM, CALLS], entries)
    assert [item.streak.current for item in snapshot.activities] == [3, 0]
    assert snapshot.streak.current == 0


def test_a_past_day_shows_the_streak_as_it_was_then() -> None:
    entries = [item for day in WORKING_DAYS if day != MONDAY for item in won(day)]
    friday = shown([FILM, CALLS], entries, day=FRIDAY)
    assert (friday.status, friday.streak.current) == (Status.WON, 15)
    monday = shown([FILM, CALLS], entries, day=MONDAY)
    assert (monday.status, monday.streak.current, monday.streak.best) == (Status.MISSED, 0, 15)


def test_a_past_day_on_which_some_was_done_is_part() -> None:
    snapshot = shown([FILM, CALLS], [entry(FILM, MONDAY), call(5, day=FRIDAY)], day=MONDAY)
    assert snapshot.status is Status.PART
    assert shown([CALLS], [call(5, day=FRIDAY)], day=FRIDAY).status is Status.PART


def test_a_day_to_come_shows_what_will_be_due_and_the_streak_with_today() -> None:
    entries = [*won(MONDAY), *won(TODAY)]
    snapshot = shown([FILM, CALLS, EVENTS], entries, day=TOMORROW)
    assert snapshot.status is Status.AHEAD
    assert [item.due.due for item in snapshot.activities] == [True, True, True]
    assert not any(item.due.met for item in snapshot.activities)
    assert snapshot.streak.current == 2
    assert [item.streak.current for item in snapshot.activities] == [2, 2, 0]
    assert snapshot.sales is not None
    assert snapshot.sales.yesterday_seconds == 3600
    assert snapshot.sales.week_seconds == 2 * 3600


def test_the_week_of_next_monday_begins_empty() -> None:
    sales = shown([CALLS], [call(60)], day=date(2026, 11, 30)).sales
    assert sales is not None
    assert (sales.week_seconds, sales.yesterday_seconds) == (0, 0)
    assert sales.week_quota_seconds == 5 * 3600


def test_the_strip_covers_twelve_weeks_up_to_today_whichever_day_is_shown() -> None:
    entries = won(MONDAY)
    strip = shown([FILM, CALLS], entries).strip
    assert (strip[0].day, strip[-1].day, len(strip)) == (date(2026, 9, 7), TODAY, 79)
    assert [item.status for item in strip[-5:]] == [
        Status.MISSED, Status.REST, Status.REST, Status.WON, Status.OPEN,
    ]  # fmt: skip
    assert strip[0].status is Status.UNTRACKED
    for day in (MONDAY, TOMORROW):
        assert shown([FILM, CALLS], entries, day=day).strip == strip


def test_an_activity_stands_on_the_list_from_its_beginning_until_it_is_put_away() -> None:
    brief = activity(5, (promised(MONDAY, terms()), promised(TOMORROW, None)))
    assert shown([brief], day=FRIDAY).activities == ()
    assert len(shown([brief], day=MONDAY).activities) == 1
    assert len(shown([brief]).activities) == 1
    assert shown([brief], day=TOMORROW).activities == ()


def test_what_was_done_for_an_activity_put_away_is_shown() -> None:
    away = activity(5, (promised(BEGIN, terms()), promised(MONDAY, None)))
    assert [item.id for item in shown([away], [entry(away)]).activities] == [5]


def test_an_activity_without_a_commitment_is_listed_and_never_due() -> None:
    loose = activity(6, is_sales=True)
    (line,) = shown([loose], [entry(loose, minutes=5, outcome=Outcome.TALKED)]).activities
    assert (line.terms, line.due.due, line.progress.seconds) == (None, False, 300)


def test_a_day_off_is_named_and_breaks_nothing() -> None:
    entries = [item for day in WORKING_DAYS if day != MONDAY for item in won(day)]
    off = DayOff(MONDAY, MONDAY, reason="Sick", said_on=TODAY)
    monday = shown([FILM, CALLS], entries, day=MONDAY, days_off=[off])
    assert (monday.status, monday.day_off) == (Status.OFF, off)
    assert shown([FILM, CALLS], entries, days_off=[off]).streak.current == 15


def test_a_day_off_of_one_activity_leaves_the_day_to_the_others() -> None:
    off = DayOff(MONDAY, MONDAY, activity_id=CALLS.id)
    monday = shown([FILM, CALLS], [entry(FILM, MONDAY)], day=MONDAY, days_off=[off])
    assert (monday.status, monday.day_off) == (Status.WON, None)


def test_a_date_that_travel_skipped_is_rest() -> None:
    entries = [item for day in WORKING_DAYS if day != MONDAY for item in won(day)]
    monday = shown([FILM, CALLS], entries, day=MONDAY, skipped=[MONDAY])
    assert monday.status is Status.REST
    assert shown([FILM, CALLS], entries, skipped=[MONDAY]).streak.current == 15


def test_asks_without_an_answer_are_counted_up_to_the_day() -> None:
    entries = [
        call(5, Outcome.ASKED, FRIDAY),
        call(5, Outcome.ASKED, MONDAY, answer=Outcome.LOST),
        call(5, Outcome.ASKED),
    ]
    assert shown([CALLS], entries, day=FRIDAY).open_asks == 1
    assert shown([CALLS], entries, day=MONDAY).open_asks == 1
    assert shown([CALLS], entries).open_asks == 2
    assert shown([CALLS], entries, day=TOMORROW).open_asks == 2


def test_before_the_first_commitment_days_are_untracked() -> None:
    sunday = BEGIN - timedelta(days=1)
    assert shown([FILM], day=sunday).status is Status.UNTRACKED
    assert shown([]).status is Status.UNTRACKED


def test_an_activity_added_and_put_away_on_one_day_tracks_nothing() -> None:
    assert shown([activity(1, (promised(BEGIN, None),))]).status is Status.UNTRACKED


def test_the_streak_report_tells_all_runs_as_of_a_day() -> None:
    entries = [item for day in WORKING_DAYS if day != FRIDAY for item in won(day)]
    report = streak_report(kept_by([FILM, CALLS], entries), TODAY)
    # Three weeks of five days without Friday the 20th, then Monday.
    assert report.overall.runs == (
        Run(BEGIN, date(2026, 11, 19), 14),
        Run(MONDAY, MONDAY, 1),
    )
    assert (report.overall.current, report.overall.best) == (1, 14)
    assert [streak.current for _, streak in report.activities] == [1, 1]


def test_the_streak_report_of_an_earlier_day_knows_nothing_later() -> None:
    snapshot = kept_by([FILM], [entry(FILM, day) for day in WORKING_DAYS])
    report = streak_report(snapshot, date(2026, 11, 6))
    assert (report.overall.current, report.overall.best) == (5, 5)


@pytest.mark.parametrize("day", [BEGIN - timedelta(days=1), date(2000, 1, 1)])
def test_before_everything_there_is_no_streak(day: date) -> None:
    snapshot = kept_by([FILM], [entry(FILM, day) for day in WORKING_DAYS])
    assert streak_report(snapshot, day).overall.runs == ()


def test_the_missed_days_are_those_since_the_last_use_on_which_something_due_was_not_met() -> None:
    entries = [entry(FILM, MONDAY), *won(FRIDAY), entry(FILM, date(2026, 11, 19))]
    history = history_of([FILM, CALLS], entries)
    found = fall_since(history, date(2026, 11, 18), TODAY, 7).days
    assert [(item.day.day, [line.name for line in item.activities]) for item in found] == [
        (18, ["Film one video", "Calls"]),
        (19, ["Calls"]),
        (23, ["Calls"]),
    ]


def test_of_many_missed_days_the_latest_are_asked_about() -> None:
    found = fall_since(history_of([FILM]), BEGIN, TODAY, 7)
    assert [item.day.day for item in found.days] == [13, 16, 17, 18, 19, 20, 23]
    assert found.count == len(WORKING_DAYS) - 1, "the first day is never a miss"


def test_away_was_who_did_nothing_at_all() -> None:
    entries = [entry(FILM, date(2026, 11, 12)), entry(CALLS, date(2026, 11, 18), minutes=1)]
    off = DayOff(date(2026, 11, 20), date(2026, 11, 20))
    history = history_of([FILM, CALLS], entries, days_off=[off])
    found = fall_since(history, date(2026, 11, 12), TODAY, 7).away
    days = [(start.day, end.day) for start, end in found]
    assert days == [(13, 17), (19, 19), (21, 23)], "weekends lie within, what is off does not"


def test_a_day_off_of_one_activity_may_have_been_away_from_the_others() -> None:
    off = DayOff(MONDAY, MONDAY, FILM.id)
    history = history_of([FILM, CALLS], won(FRIDAY), days_off=[off])
    assert fall_since(history, FRIDAY, TODAY, 7).away == ((SATURDAY, MONDAY),)


def test_being_away_begins_with_the_day_that_slipped_and_goes_on_over_the_weekend() -> None:
    found = fall_since(history_of([FILM], [entry(FILM, MONDAY)]), FRIDAY, TODAY, 7)
    assert found.away == ((FRIDAY, MONDAY - timedelta(days=1)),)


def test_nobody_is_away_on_a_day_off_of_one_activity_on_which_no_other_was_due() -> None:
    wednesday = date(2026, 11, 18)
    off = DayOff(wednesday, wednesday, activity_id=3)
    daily = activity(4, (promised(BEGIN, terms(days=frozenset({3}))),))
    found = fall_since(history_of([EVENTS, daily], days_off=[off]), wednesday, FRIDAY, 7)
    assert found.away == ((date(2026, 11, 19), date(2026, 11, 19)),)


def test_a_gap_in_which_nothing_slipped_is_no_question() -> None:
    entries = [entry(FILM, FRIDAY), *won(MONDAY)]
    found = fall_since(history_of([FILM, CALLS], entries), FRIDAY, TODAY, 7)
    assert ([day.day for day in found.days], found.away) == ([FRIDAY], ())


def test_days_off_and_skipped_dates_are_not_asked_about() -> None:
    off = DayOff(FRIDAY, FRIDAY)
    history = history_of([FILM], days_off=[off], skipped=[MONDAY])
    assert fall_since(history, FRIDAY, TODAY, 7).days == ()


def test_the_checklist_holds_what_holds_or_was_done_on_the_day() -> None:
    bare = activity(7)
    gone = activity(8, (promised(BEGIN, terms()), promised(YESTERDAY, None)))
    later = activity(9, (promised(TOMORROW, terms()),))
    assert [item.activity for item in shown([bare, gone, later]).activities] == [bare]
    done = shown([gone], [entry(gone)])
    assert [item.activity for item in done.activities] == [gone]


def test_what_begins_on_a_date_that_travel_skipped_stands_on_the_list() -> None:
    new = activity(7, (promised(TODAY, terms()),))
    assert len(shown([new], skipped=[TODAY]).activities) == 1
    later = activity(7, (promised(TOMORROW, terms()),))
    assert shown([later], skipped=[TODAY]).activities == ()


def test_only_time_that_is_promised_to_buyers_is_asked_of_the_week() -> None:
    counted = activity(7, (promised(BEGIN, terms(None, 4)),), is_sales=True)
    by_week = activity(8, (promised(BEGIN, weekly(count=3)),), is_sales=True)
    writing = activity(9, (promised(BEGIN, weekly(60)),))
    sales = shown([counted, by_week, writing]).sales
    assert sales is not None
    assert (sales.quota_seconds, sales.quota_conversations) == (None, 4)
    assert sales.week_quota_seconds == 0


def test_a_week_off_asks_for_no_time_with_buyers() -> None:
    by_week = activity(8, (promised(BEGIN, weekly(90)),), is_sales=True)
    sales, off = shown([by_week]).sales, DayOff(MONDAY, MONDAY + timedelta(days=6))
    assert sales is not None
    assert sales.week_quota_seconds == 90 * 60
    sales = shown([by_week], days_off=[off]).sales
    assert sales is not None
    assert sales.week_quota_seconds == 0


def test_new_buyers_are_those_talked_to_for_the_first_time() -> None:
    talks = [
        call(newness=Newness.NEW),
        call(newness=Newness.KNOWN),
        call(),
        call(newness=Newness.KNOWN),
    ]
    sales = shown([CALLS], talks).sales
    assert sales is not None
    assert sales.new_buyers == 1


def test_the_pace_is_told_of_today_alone_and_where_time_is_asked_for() -> None:
    noon = datetime(2026, 11, 24, 13, tzinfo=BERLIN).astimezone(UTC)
    # By noon of a day from 9 to 17 half of the hour should be done: 30 minutes, 25 are.
    assert shown([CALLS], [call(25)]).pace(noon, BERLIN) == -5 * 60
    assert shown([CALLS], [call(25)], day=YESTERDAY).pace(noon, BERLIN) is None
    assert shown([FILM]).pace(noon, BERLIN) is None
    counted = activity(7, (promised(BEGIN, terms(None, 4)),), is_sales=True)
    assert shown([counted]).pace(noon, BERLIN) is None


def test_a_day_knows_whether_it_is_today_and_in_this_week() -> None:
    days = [TODAY - timedelta(days=2), YESTERDAY, TODAY, TODAY + timedelta(days=5)]
    found = [shown([FILM], day=day) for day in days]
    assert [item.is_today for item in found] == [False, False, True, False]
    assert [item.is_this_week for item in found] == [False, True, True, True]


def test_a_day_to_come_counts_a_week_that_began_today() -> None:
    counted = activity(7, (promised(BEGIN, terms(None, 4)),), is_sales=True)
    for of, asked in ((CALLS, 5 * 3600), (counted, 0)):
        talk = entry(of, MONDAY, minutes=15, outcome=Outcome.TALKED)
        sales = shown([of], [talk], day=MONDAY + timedelta(days=2), today=MONDAY).sales
        assert sales is not None
        assert (sales.week_seconds, sales.week_quota_seconds) == (15 * 60, asked)
        assert sales.yesterday_seconds == 0


def test_a_line_of_the_checklist_says_what_is_promised_and_done() -> None:
    (line,) = shown([CALLS], [call(25)]).activities
    assert (line.id, line.name, line.terms) == (2, "Calls", terms(60, 4, days=MONDAY_TO_FRIDAY))
    assert (line.progress.seconds, line.progress.count) == (1500, 1)


def test_who_talks_today_has_a_call_running() -> None:
    call_runs = Running(2, "Calls", True, "Acme", datetime(2026, 11, 24, 9, tzinfo=UTC), TODAY)
    today, yesterday = (
        replace(shown([CALLS], day=day), running=call_runs) for day in (TODAY, YESTERDAY)
    )
    assert (today.is_talking, yesterday.is_talking) == (True, False)
    assert not replace(today, running=None).is_talking
    assert not replace(today, running=replace(call_runs, is_sales=False)).is_talking
