"""Outcomes, what fills a quota, and what makes two contacts the same."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from needlemover.domain.calls.entry import (
    ANSWERS,
    ASKS,
    LET_GO_TRIES,
    Outcome,
    contact_key,
    count_alone,
    fills_quota,
    to_come,
)

from .conftest import activity, entry


def fills(
    outcome: Outcome | None = None,
    *,
    is_sales: bool = True,
    follows: bool = False,
    seconds: int = 60,
    count: int = 1,
) -> bool:
    return fills_quota(
        is_sales=is_sales, outcome=outcome, follows=follows, seconds=seconds, count=count
    )


def dial(outcome: Outcome | None, follows: int | None = None) -> bool:
    return entry(activity(1, is_sales=True), outcome=outcome, follows=follows).is_dial


REACHED = {"talked", "meeting_set", "asked", "won", "lost"}


@pytest.mark.parametrize("outcome", Outcome)
def test_the_reached_calls_are_conversations_and_only_they_fill_the_quota(
    outcome: Outcome,
) -> None:
    assert outcome.reached == (outcome.value in REACHED)
    assert fills(outcome) == (outcome.value in REACHED)


@pytest.mark.parametrize("outcome", Outcome)
def test_every_call_is_a_dial(outcome: Outcome) -> None:
    assert dial(outcome)


@pytest.mark.parametrize("outcome", [Outcome.WON, Outcome.LOST, None])
def test_what_follows_an_earlier_entry_is_no_new_dial_or_conversation(
    outcome: Outcome | None,
) -> None:
    assert not dial(outcome, follows=7)
    assert not fills(outcome, follows=True, seconds=0, count=0)


def test_money_alone_fills_no_quota_and_is_no_dial() -> None:
    assert not fills(None, seconds=0, count=0)
    assert not fills(None, is_sales=False, seconds=0, count=0)
    assert not dial(None)
    assert not entry(activity(1), outcome=Outcome.TALKED).is_dial, "of no sales activity"


def test_other_entries_fill_the_quota_when_they_were_ticked_or_timed() -> None:
    assert fills(is_sales=False, seconds=60, count=0)
    assert fills(is_sales=False, seconds=0, count=1)


def test_asked_won_and_lost_are_asks_and_the_last_two_answer_one() -> None:
    assert frozenset({"asked", "won", "lost"}) == ASKS
    assert frozenset({"won", "lost"}) == ANSWERS


def test_after_six_tries_it_is_asked_whether_to_let_go() -> None:
    assert LET_GO_TRIES == 6


NOW = datetime(2026, 11, 24, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes_ago", "seconds", "what"),
    [
        (None, 36_000, None),
        (-1, 0, "start"),
        (0, 0, None),
        (0, 60, None),
        (0, 61, "end"),
        (10, 600, None),
        (10, 660, None),
        (10, 661, "end"),
    ],
)
def test_what_was_typed_in_whole_minutes_may_end_within_the_minute_that_runs(
    minutes_ago: int | None, seconds: int, what: str | None
) -> None:
    start = None if minutes_ago is None else NOW - timedelta(minutes=minutes_ago)
    assert to_come(start, seconds, NOW) == what


@pytest.mark.parametrize(
    ("outcome", "count", "alone"), [(None, 0, 0), (None, 3, 0), ("won", 0, 1), ("won", 2, 2)]
)
def test_an_answer_whose_ask_is_gone_is_a_call_of_its_own(
    outcome: str | None, count: int, alone: int
) -> None:
    assert count_alone(outcome, count) == alone


@pytest.mark.parametrize(
    ("minutes", "count", "outcome", "is_tick"),
    [
        (0, 1, None, True),
        (0, 3, None, True),
        (0, 0, None, False),
        (5, 1, None, False),
        (0, 1, Outcome.TALKED, False),
    ],
)
def test_a_tick_only_says_that_it_was_done(
    minutes: int, count: int, outcome: Outcome | None, is_tick: bool
) -> None:
    of = activity(1, is_sales=True)
    assert entry(of, minutes=minutes, count=count, outcome=outcome).is_tick is is_tick


def test_a_tick_of_a_sales_activity_is_no_conversation() -> None:
    assert entry(activity(1, is_sales=True), count=1).times == 0
    assert entry(activity(1, is_sales=True), count=1, outcome=Outcome.TALKED).times == 1
    assert entry(activity(1), count=3).times == 3


@pytest.mark.parametrize(
    ("outcome", "amount", "offer"),
    [
        (Outcome.ASKED, 500, 500),
        (Outcome.ASKED, 1, 1),
        (Outcome.ASKED, 0, None),
        (Outcome.ASKED, -500, None),
        (Outcome.ASKED, None, None),
        (Outcome.WON, 500, None),
        (None, 500, None),
    ],
)
def test_an_offer_is_the_amount_of_an_ask(
    outcome: Outcome | None, amount: int | None, offer: int | None
) -> None:
    assert entry(activity(1, is_sales=True), outcome=outcome, amount=amount).offer == offer


def test_outcomes_are_written_as_words() -> None:
    assert Outcome.MEETING_SET.words == "meeting set"


@pytest.mark.parametrize(
    "spelling",
    ["Acme Corp", "  acme corp ", "ACME CORP", "Acme\tCorp", "Acme\nCorp"],
)
def test_contacts_are_compared_trimmed_and_case_folded(spelling: str) -> None:
    assert contact_key(spelling) == "acme corp"


def test_an_accent_typed_apart_makes_no_other_contact() -> None:
    assert contact_key("Jose\u0301 Straße") == contact_key("JOS\u00c9 STRASSE")


def test_another_name_is_another_contact() -> None:
    assert contact_key("Acme") != contact_key("Acme Corp")


FILM = activity(1, name="Film one video")


def test_an_entry_is_named_after_its_activity_or_the_problem_it_was_put_into() -> None:
    assert entry(FILM).subject == "Film one video"
    leak = replace(entry(FILM), activity="", activity_id=None, problem_id=3, problem="Printer")
    assert (leak.subject, leak.is_leak, leak.fills_quota) == ("Printer", True, False)
    assert not entry(FILM).is_leak
    assert entry(FILM).fills_quota
