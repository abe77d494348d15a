"""Timewarrior's data and its export."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from needlemover.exchange.call_map import QuestionsError
from needlemover.store.store import Store

from .reading import DATA, bring_in, read

MONTH = DATA / "timewarrior" / "2026-11.data"
TAGS = (("tag", "proposals"), ("tag", "bakery"), ("tag", "customer calls"))
EXPORT = DATA / "timewarrior" / "export.json"


def test_an_interval_is_a_stretch_of_its_tag(store: Store) -> None:
    first, calls = read(store, MONTH, answers=TAGS).entries[:2]
    assert first.started_at == datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
    assert (first.activity, first.seconds, first.note) == ("proposals", 5400, 'for the "bakery"')
    assert (calls.activity, calls.day) == ("customer calls", date(2026, 11, 2))


def test_by_which_of_several_tags_time_is_counted_is_asked(store: Store) -> None:
    with pytest.raises(QuestionsError) as error:
        read(store, MONTH)
    (question,) = error.value.questions
    assert question.takes_many
    assert list(question.choices.values()) == [
        ("tag", "proposals"), ("tag", "bakery"), ("tag", "customer calls"),
    ]  # fmt: skip


def test_the_tags_that_were_chosen_are_activities_and_the_rest_is_one(store: Store) -> None:
    found = read(store, MONTH, answers=(("tag", "proposals"),))
    assert list(found.promises) == ["proposals", "Other time"]


def test_of_several_tags_the_one_that_is_an_activity_here_is_meant(store: Store) -> None:
    store.activities.add("Proposals", None)
    entry = read(store, MONTH).entries[3]
    assert (entry.activity, entry.note) == ("proposals", "bakery")


def test_of_several_tags_the_one_that_was_named_is_meant(store: Store) -> None:
    found = read(store, MONTH, values=("activity:bakery=Old customers",))
    assert [entry.seconds for entry in found.of("Old customers")] == [3600, 1800]


def test_intervals_that_begin_together_are_both_kept(store: Store) -> None:
    both = read(store, MONTH, answers=TAGS).entries[3:5]
    assert [entry.row_id for entry in both] == ["20261102T110000Z", "20261102T110000Z#2"]


def test_odd_intervals_are_flagged(store: Store) -> None:
    assert read(store, MONTH, answers=TAGS).flags == [
        (3, "overlaps line 2"),
        (5, "overlaps line 4"),
        (6, "begins before the one above it"),
        (7, "lasts 400 h"),
        (11, "is still running: it has a start and no length"),
    ]


def test_bad_intervals_say_why(store: Store) -> None:
    assert [(bad.line, bad.why) for bad in read(store, MONTH, answers=TAGS).bad] == [
        (8, "it ends before it begins"),
        (9, "“20269903T090000Z” is not a time like 20260301T091500Z"),
        (10, "“inc # proposals” is not an interval that has a start"),
    ]


def test_times_that_no_calendar_has_here_are_bad_rows(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text(
        '[{"id":1,"start":"00010101T000000Z","end":"00010101T010000Z","tags":["a"]},'
        '{"id":2,"start":"99991231T235959Z","end":"99991231T235959Z","tags":["a"]}]'
    )
    found = read(store, path)
    assert (len(found.entries), len(found.bad)) == (0, 2)


def test_the_export_holds_the_same_intervals_as_the_data(store: Store) -> None:
    data, export = read(store, MONTH, answers=TAGS).entries, read(store, EXPORT).entries
    for theirs, ours in zip((data[0], data[1], data[-1]), export, strict=True):
        assert (theirs.row_id, theirs.activity, theirs.seconds, theirs.note) == (
            ours.row_id, ours.activity, ours.seconds, ours.note,
        )  # fmt: skip
    bring_in(store, MONTH, answers=TAGS)
    assert bring_in(store, EXPORT).changed_anything is False


def test_intervals_come_in_once_and_go_with_one_undo(store: Store) -> None:
    assert bring_in(store, MONTH, answers=TAGS).added == 8
    assert bring_in(store, MONTH, answers=TAGS).changed_anything is False
    store.journal.undo()
    assert store.activities.all() == ()


def test_objects_that_are_no_intervals_are_bad_rows(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text('[{"id": 1}, 5, {"start": "soon", "tags": ["a"]}]', encoding="utf-8")
    assert [bad.line for bad in read(store, path, format_name="timewarrior").bad] == [1, 2, 3]


def test_what_taskwarrior_gave_is_never_proposed_but_its_project_is(store: Store) -> None:
    path = DATA / "imports" / "08_timew_tag_combinations" / "2025-01.data"
    with pytest.raises(QuestionsError) as error:
        read(store, path)
    (question,) = error.value.questions
    tags = [tag for _, tag in question.choices.values()]
    assert tags[:2] == ["ADM", "TIS"]
    assert not [tag for tag in tags if ":" in tag]
    found = read(store, path, answers=tuple(("tag", tag) for tag in ("ADM", "TIS", "CMT")))
    assert [entry.activity for entry in found.entries] == ["ADM", "ADM", "TIS", "CMT", "TIS"]
    assert found.entries[0].note == "Update todo list"


def test_where_all_has_one_tag_nothing_is_asked(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "2026-11.data"
    path.write_text(
        "inc 20261102T080000Z - 20261102T090000Z # a\ninc 20261102T090000Z - 20261102T093000Z\n",
        encoding="utf-8",
    )
    assert list(read(store, path).promises) == ["a", "Time without a tag"]
