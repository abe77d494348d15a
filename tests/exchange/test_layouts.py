"""Call logs of phone systems and CRMs that nobody made a preset for, read by their columns.

The columns are those that each vendor publishes (`tests/data/README.md`); the rows are made up.
"""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from needlemover.exchange.call_map import Question, QuestionsError
from needlemover.store.imports.content import ImportedEntry
from needlemover.store.store import Store

from .reading import DATA, read


def at(hour: int, minute: int, second: int = 0) -> datetime:
    """A time of 1 July 2026, in Berlin."""
    return datetime(2026, 7, 1, hour - 2, minute, second, tzinfo=UTC)


def answered(question: Question, meant: dict[str, str]) -> str:
    """The option by which a question is answered as it was meant."""
    word = next(meant[text] for text in meant if text in question.words)
    name, value = question.choices[word]
    return f"{name} {value}"


@pytest.mark.parametrize(
    ("vendor", "meant", "calls"),
    [
        ("ozonetel", {}, [(at(9, 41, 26), 310, "talked", "5550101"),
                        (at(10, 2), 20, "no_answer", "5550102")]),
        ("ivozprovider", {"“310”": "310 seconds"},
         [(at(9, 0), 310, None, "+34600111222"), (at(9, 10), 0, "unanswered", "+34600111223"),
          (at(9, 20), 486, None, "+34600111224")]),
        ("didww", {"whom you talked to": "“Destination” (“12125550101”)"},
         [(at(11, 0), 120, None, "12125550101"), (at(11, 10), 0, "unanswered", "12125550102")]),
        ("talkdesk", {}, [(at(11, 0), 180, "meeting_set", "+15550101")]),
        ("justcall", {}, [(at(9, 0), 200, "lost", "Acme"), (at(9, 10), 12, "no_answer", "Beta")]),
        ("3cx", {"whom you talked to": "“Caller ID” (“+15550101”)", "“answered”": "talked"},
         [(at(9, 0), 120, "talked", "+15550101"), (at(9, 10), 0, "no_answer", "+15550102")]),
        ("dialpad", {}, [(at(11, 0), 120, "talked", "+15550101"),
                       (at(11, 10), 0, "no_answer", "+15550102")]),
        ("pipedrive", {"“00:10”": "00 h 10 min", "“Done”": "talked"},
         [(at(9, 0), 600, None, "Anna Berg")]),
        ("placetel", {"“angenommen”": "gatekeeper"},
         [(at(9, 0), 200, "gatekeeper", "+49 30 5550101"),
          (at(9, 10), 0, "no_answer", "+49 30 5550102"),
          (at(9, 20), 486, "talked", "+49 30 5550103")]),
        ("ringover", {}, [(at(9, 0), 120, "meeting_set", "+33 6 12 34 56 78"),
                        (at(9, 10), 0, "voicemail", "+33 6 12 34 56 79")]),
        ("own_words", {"received": "“Deal” (“$1,800”)", "“good chat”": "talked",
                       "“1,800”": "1800"},
         [(at(9, 0), 840, "talked", "Ann Fisher"), (at(9, 30), 0, "no_answer", "Ben Stone"),
          (at(10, 0), 120, "voicemail", "Cara Low"), (at(11, 0), 3900, "won", "Dan Ray")]),
        ("own_words_german", {"received": "“Umsatz” (“2.400,00 €”)"},
         [(at(9, 0), 840, "meeting_set", "Frau Berg"), (at(9, 30), 0, "no_answer", "Herr Klee"),
          (at(10, 0), 1500, "won", "Stein KG")]),
        ("ovh", {}, [(at(9, 0), 120, "talked", "0033612345678"),
                   (None, 0, "no_answer", "0033612345679")]),
    ],
)  # fmt: skip
def test_a_call_log_is_read_with_no_option_but_what_is_asked(
    store: Store, vendor: str, meant: dict[str, str], calls: list[object]
) -> None:
    path = DATA / "layouts" / f"{vendor}.csv"
    assert [told(entry) for entry in read_by_asking(store, path, meant)] == calls


def read_by_asking(store: Store, path: Path, meant: dict[str, str]) -> list[ImportedEntry]:
    typed: list[tuple[str, str]] = []
    for _ in range(3):
        try:
            found = read(store, path, answers=tuple(typed))
        except QuestionsError as error:
            for question in error.questions:
                name, _, value = answered(question, meant).partition(" ")
                typed.append((name, value))
        else:
            assert found.bad == []
            return found.entries
    raise AssertionError("it is asked again and again")


def told(entry: ImportedEntry) -> tuple[datetime | None, int, str | None, str]:
    outcome = "unanswered" if entry.is_unanswered else entry.outcome and entry.outcome.value
    at_once = entry.started_at if entry.day == date(2026, 7, 1) else None
    return at_once, entry.seconds, outcome, entry.contact or entry.phone
