"""What is told of machines that sync."""

from datetime import UTC, datetime, timedelta

import pytest

from needlemover.domain.sync.state import Peer, SyncNote, Value
from needlemover.text.sync import head_words, heard_words, note_words, round_words

from ..conftest import BERLIN

NOW = datetime(2026, 11, 24, 8, 2, tzinfo=UTC)  # a Tuesday, 9:02 in Berlin


def heard(name: str, heard_at: datetime | None = NOW, machine: str = "abcde") -> Peer:
    return Peer(machine, name, heard_at)


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def test_the_head_line_says_when_and_with_whom_it_was_synced() -> None:
    assert head_words([], NOW, BERLIN)[0] == "synced 9:02"
    assert head_words([heard("desktop")], NOW, BERLIN)[0] == "synced 9:02 with desktop"
    others = [heard(it, machine=it) for it in ("desktop", "phone", "old", "older")]
    assert head_words(others, NOW, BERLIN)[0] == "synced 9:02 with desktop, phone and 2 more"


def test_the_head_line_says_what_was_long_not_heard_of() -> None:
    assert head_words([heard("desktop", ago(1.5))], NOW, BERLIN)[0] == "synced 9:02 with desktop"
    assert (
        head_words([heard("desktop", ago(5))], NOW, BERLIN)[0] == "desktop: nothing since Thursday"
    )
    quiet = [heard("phone", None, "x"), heard("desktop", ago(300))]
    assert head_words(quiet, NOW, BERLIN)[0] == "desktop: nothing since Wed 28 Jan"


def test_machines_of_one_name_are_told_apart() -> None:
    both = [heard("mac", machine="aaaaa"), heard("mac", ago(5), machine="bbbbb")]
    assert head_words(both, NOW, BERLIN)[0] == "mac (bbbbb): nothing since Thursday"


def test_when_a_machine_was_heard_of() -> None:
    assert heard_words(heard("desktop", None), NOW, BERLIN) == "not heard of yet"
    assert heard_words(heard("desktop", ago(0.5)), NOW, BERLIN) == "heard of at 21:02"
    assert heard_words(heard("desktop", ago(5)), NOW, BERLIN) == "nothing since Thursday"


def test_a_round_says_what_came_and_what_went() -> None:
    desktop = [heard("desktop")]
    for came, went, words in (
        ({"abcde": 12}, 3, "12 changes came from desktop, 3 went out."),
        ({"abcde": 1}, 0, "1 change came from desktop."),
        ({}, 1200, "1,200 changes went out, none came."),
        ({}, 0, "Nothing new here, and nothing from desktop."),
        ({"other": 2}, 0, "2 changes came from this machine, as it was before."),
    ):
        assert round_words(came, went, desktop) == words
    alone = "Nothing new; no other machine has written to the folder yet."
    assert round_words({}, 0, []) == alone


@pytest.mark.parametrize(
    ("field", "was", "is_now", "words"),
    [
        ("amount", 500_000, None, "amount $5,000 became nothing"),
        ("seconds", 60, 720, "seconds 1 min became 12 min"),
        ("came_from", None, "film", "came from nothing became “film”"),
    ],
)
def test_what_came_is_told_as_it_is_read(field: str, was: Value, is_now: Value, words: str) -> None:
    note = SyncNote(1, NOW, "desktop", "entry", "x", "Acme, 2026-11-24", field, was, is_now, False)
    assert note_words(note, "USD") == f"entry “Acme, 2026-11-24”: {words}"


def test_what_was_not_chosen_is_the_usual() -> None:
    note = SyncNote(1, NOW, "m", "settings", "settings", "", "currency", None, "GBP", False)
    assert note_words(note, "USD") == "settings: currency the usual became “GBP”"
