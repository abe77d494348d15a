"""Outcomes, what fills a quota, and what makes two contacts the same."""

import pytest
from msgspec.structs import replace

from needlemover.domain.calls.entry import ANSWERS, ASKS, Outcome, contact_key, fills_quota

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


def test_other_entries_fill_the_quota_when_they_were_ticked_or_timed() -> None:
    assert fills(is_sales=False, seconds=60, count=0)
    assert fills(is_sales=False, seconds=0, count=1)


def test_asked_won_and_lost_are_asks_and_the_last_two_answer_one() -> None:
    assert frozenset({"asked", "won", "lost"}) == ASKS
    assert frozenset({"won", "lost"}) == ANSWERS


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
