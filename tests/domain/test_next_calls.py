"""Whom to call next."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlemover.domain.buyers.contact import LET_GO, Buyer, Contact, NextStep, Standing, StepKind
from needlemover.domain.buyers.next_calls import Candidates, NextCall, Why, first_call, next_calls
from needlemover.domain.settings import Moment, Settings

from .conftest import TODAY, TOMORROW, YESTERDAY

NOW = datetime(2026, 11, 24, 14, 5)
EVENING = time(17)
LONG_AGO = TODAY - timedelta(days=40)


def buyer(
    name: str,
    promised: date | None = None,
    at: time | None = None,
    *,
    position: int | None = None,
    never: date | None = None,
    kind: StepKind = StepKind.CALL,
    tries: int = 0,
    last_dial: date | None = None,
    last_talk: date | None = None,
    asked_on: date | None = None,
) -> Buyer:
    """A buyer, with its next step if a day is promised."""
    contact = Contact(sum(map(ord, name)), name, never_since=never, position=position)
    step = None if promised is None else NextStep(contact.id, kind, promised, at)
    return Buyer(contact, step, tries, last_dial, last_talk, asked_on)


def told(calls: tuple[NextCall, ...]) -> list[tuple[str, Why]]:
    return [(call.buyer.contact.name, call.why) for call in calls]


def test_the_morning_makes_its_own_list() -> None:
    buyers = [
        buyer("Listed as second", position=2),
        buyer("Listed first", position=1),
        buyer("Tried once", position=9, tries=1, last_dial=YESTERDAY),
        buyer("Asked 9 days ago", asked_on=TODAY - timedelta(days=9), last_talk=LONG_AGO),
        buyer("Asked 20 days ago", asked_on=TODAY - timedelta(days=20), last_talk=LONG_AGO),
        buyer("Today at 16:30", TODAY, time(16, 30)),
        buyer("Today, any time", TODAY),
        buyer("Late by a day", YESTERDAY, time(9)),
        buyer("Late by two", TODAY - timedelta(days=2)),
        buyer("Promised for 14:00", TODAY, time(14)),
        buyer("Promised for 9:00", TODAY, time(9)),
    ]
    assert told(next_calls(buyers, TODAY, NOW, EVENING)) == [
        ("Promised for 9:00", Why.DUE),
        ("Promised for 14:00", Why.DUE),
        ("Late by two", Why.LATE),
        ("Late by a day", Why.LATE),
        ("Today, any time", Why.TODAY),
        ("Today at 16:30", Why.TODAY),
        ("Asked 9 days ago", Why.ASK),
        ("Asked 20 days ago", Why.ASK),
        ("Listed first", Why.LIST),
        ("Listed as second", Why.LIST),
        ("Tried once", Why.LIST),
    ]


def test_who_is_not_to_be_called_today_is_left_out() -> None:
    week_ago = TODAY - timedelta(days=7)
    assert not next_calls(
        [
            buyer("Never, though promised", TODAY, never=LONG_AGO),
            buyer("Never, though listed", position=1, never=LONG_AGO),
            buyer("Promised for tomorrow", TOMORROW, position=1),
            buyer("Asked long ago, promised", TOMORROW, asked_on=LONG_AGO),
            buyer("Asked a week ago", asked_on=week_ago),
            buyer("Asked, dialled today", asked_on=LONG_AGO, last_dial=TODAY),
            buyer("Listed, dialled today", position=1, tries=1, last_dial=TODAY),
            buyer("Listed and reached", position=1, last_talk=LONG_AGO),
            buyer("Let go", position=LET_GO),
            buyer("Nothing planned"),
        ],
        TODAY,
        NOW,
        EVENING,
    )


def test_who_was_dialled_today_comes_again_only_where_it_is_promised() -> None:
    promised = buyer("Acme", TODAY, time(14), last_dial=TODAY)
    assert told(next_calls([promised], TODAY, NOW, EVENING)) == [("Acme", Why.DUE)]


def test_nobody_is_called_before_the_time_that_was_agreed() -> None:
    later, listed = buyer("Iris Labs", TODAY, time(16, 30)), buyer("Initech", position=1)
    calls = next_calls([listed, later], TODAY, NOW, EVENING)
    assert [call.is_now for call in calls] == [True, False]
    assert first_call(calls) == calls[0]
    assert first_call(calls[1:]) is None
    at_the_time = next_calls([listed, later], TODAY, datetime(2026, 11, 24, 16, 30), EVENING)
    assert told(at_the_time)[0] == ("Iris Labs", Why.DUE)


def test_where_nobody_may_be_called_now_the_times_to_come_are_shown_in_their_order() -> None:
    buyers = [buyer("Acme", TODAY, time(16, 30)), buyer("Iris Labs", TODAY, time(15))]
    calls = next_calls(buyers, TODAY, NOW, EVENING)
    assert told(calls) == [("Iris Labs", Why.TODAY), ("Acme", Why.TODAY)]
    assert first_call(calls) is None


def test_what_is_promised_for_any_time_of_today_may_be_called_now() -> None:
    calls = next_calls([buyer("Acme", TODAY)], TODAY, NOW, EVENING)
    assert first_call(calls) == calls[0]


@pytest.mark.parametrize(
    ("promised", "asked", "note"),
    [
        ("Back on Monday.", "Sign-off by the board", "Back on Monday."),
        ("", "Sign-off by the board", "Sign-off by the board"),
        (None, "Sign-off by the board", "Sign-off by the board"),
        ("Back on Monday.", "", "Back on Monday."),
        (None, "", ""),
    ],
)
def test_the_note_is_that_of_the_promise_else_of_the_ask(
    promised: str | None, asked: str, note: str
) -> None:
    step = None if promised is None else NextStep(1, StepKind.CALL, TODAY, note=promised)
    acme = Buyer(Contact(1, "Acme"), step, asked_note=asked)
    assert NextCall(acme, Why.TODAY).note == note


@pytest.mark.parametrize(("at", "why"), [(time(15), Why.TODAY), (time(14), Why.DUE)])
def test_candidates_are_called_by_the_local_clock_of_the_moment(at: time, why: Why) -> None:
    two_hours_east = timezone(timedelta(hours=2))
    moment = Moment(datetime(2026, 11, 24, 12, 5, tzinfo=UTC), two_hours_east, TODAY, Settings())
    calls = Candidates((buyer("Acme", TODAY, at),), 0).calls(moment)
    assert told(calls) == [("Acme", why)]


@pytest.mark.parametrize(
    ("at", "now", "why"),
    [
        (time(10), datetime(2026, 11, 24, 9), Why.TODAY),
        (time(10), datetime(2026, 11, 24, 16, 59), Why.DUE),
        (time(10), datetime(2026, 11, 24, 17), Why.MEETING),
        (None, datetime(2026, 11, 24, 16, 59), Why.TODAY),
        (None, datetime(2026, 11, 24, 17), Why.MEETING),
        (time(21), datetime(2026, 11, 24, 20), Why.TODAY),
        (time(21), datetime(2026, 11, 24, 21), Why.MEETING),
    ],
)
def test_in_the_evening_it_is_asked_whether_a_meeting_was_held(
    at: time | None, now: datetime, why: Why
) -> None:
    meeting = buyer("Iris Labs", TODAY, at, kind=StepKind.MEETING)
    assert told(next_calls([meeting], TODAY, now, EVENING)) == [("Iris Labs", why)]


def test_a_meeting_is_asked_about_at_its_time_between_the_calls_whose_times_have_come() -> None:
    evening = datetime(2026, 11, 24, 17, 30)
    buyers = [
        buyer("Fjord Logistics", TODAY, time(14)),
        buyer("Iris Labs", TODAY, time(16, 30), kind=StepKind.MEETING),
        buyer("Cedar Studio", TODAY, time(14)),
        buyer("Granite GmbH", YESTERDAY),
    ]
    assert told(next_calls(buyers, TODAY, evening, EVENING)) == [
        ("Cedar Studio", Why.DUE),
        ("Fjord Logistics", Why.DUE),
        ("Iris Labs", Why.MEETING),
        ("Granite GmbH", Why.LATE),
    ]


def test_on_the_next_morning_it_is_asked_first_and_nobody_is_called_for_it() -> None:
    meeting = buyer("Iris Labs", YESTERDAY, time(16, 30), kind=StepKind.MEETING)
    promised = buyer("Acme", TODAY, time(8))
    morning = datetime(2026, 11, 24, 8)
    calls = next_calls([promised, meeting], TODAY, morning, EVENING)
    assert told(calls) == [("Iris Labs", Why.MEETING), ("Acme", Why.DUE)]
    assert [call.meeting is not None for call in calls] == [True, False]
    assert first_call(calls) == calls[1]
    never = buyer("Iris Labs", YESTERDAY, kind=StepKind.MEETING, never=TODAY)
    assert not next_calls([never], TODAY, morning, EVENING)


def test_after_midnight_the_day_goes_on_and_its_times_have_come() -> None:
    calls = next_calls(
        [buyer("Acme", TODAY, time(23, 30))], TODAY, datetime(2026, 11, 25, 1), EVENING
    )
    assert told(calls) == [("Acme", Why.DUE)]


def test_a_contact_stands_where_its_next_step_puts_it() -> None:
    stands = {
        Standing.NEVER: buyer("a", YESTERDAY, never=TODAY),
        Standing.LATE: buyer("b", YESTERDAY),
        Standing.TODAY: buyer("c", TODAY, asked_on=LONG_AGO),
        Standing.LATER: buyer("d", TOMORROW, position=1),
        Standing.WAITING: buyer("e", asked_on=TODAY),
        Standing.LIST: buyer("f", position=1),
        Standing.NOTHING: buyer("g", position=1, last_talk=YESTERDAY),
    }
    assert {key: item.standing(TODAY) for key, item in stands.items()} == {
        key: key for key in stands
    }


near = st.none() | st.dates(TODAY - timedelta(days=20), TODAY + timedelta(days=3))
buyers_of = st.lists(
    st.builds(
        buyer,
        st.text("abcdeABC", min_size=1, max_size=3),
        near,
        st.none() | st.times(),
        kind=st.sampled_from(StepKind),
        position=st.none() | st.integers(0, 3),
        never=st.none() | st.just(LONG_AGO),
        tries=st.integers(0, 3),
        last_dial=near,
        last_talk=st.none() | st.just(LONG_AGO),
        asked_on=near,
    ),
    unique_by=lambda item: item.key,
    max_size=12,
)


@given(buyers_of, st.randoms())
def test_the_order_does_not_depend_on_the_order_of_logging(buyers: list[Buyer], chance) -> None:
    calls = next_calls(buyers, TODAY, NOW, EVENING)
    chance.shuffle(buyers)
    assert next_calls(buyers, TODAY, NOW, EVENING) == calls


@given(buyers_of)
def test_nobody_appears_twice_or_who_said_never_or_out_of_turn(buyers: list[Buyer]) -> None:
    calls = next_calls(buyers, TODAY, NOW, EVENING)
    keys = [call.buyer.key for call in calls]
    assert len(set(keys)) == len(keys)
    assert all(call.buyer.contact.never_since is None for call in calls)
    first = first_call(calls)
    order = [max(1, list(Why).index(call.why)) for call in calls if call is not first]
    assert order == sorted(order)
    for call in calls:
        step = call.buyer.step
        assert step is None or step.day <= TODAY
        assert call.buyer.last_dial != TODAY or step is not None
    assert first is None or {call.why for call in calls[: calls.index(first)]} <= {Why.MEETING}
    assert first is None or first.buyer.step is None or first.buyer.step.has_come(NOW)
