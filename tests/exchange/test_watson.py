"""The frames of Watson."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from needlemover.domain.errors import NeedleError
from needlemover.store.store import Store

from ..conftest import terms
from .reading import DATA, bring_in, read

IMPORTS = DATA / "imports" / "12_wrong_format_sentences"
FRAMES = DATA / "watson" / "frames"


def test_a_frame_is_a_stretch_of_its_project(store: Store) -> None:
    first = read(store, FRAMES).of("proposals")[0]
    assert first.started_at == datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    assert (first.day, first.seconds, first.utc_offset) == (date(2026, 11, 2), 3600, 3600)
    assert (first.note, first.row_id) == ("bakery, draft", "a1b2c3d4e5f60718293a4b5c6d7e8f90")


def test_projects_become_activities_that_promise_nothing(store: Store) -> None:
    assert read(store, FRAMES).promises == {"proposals": None, "Calls": None}


def test_odd_frames_are_kept_and_flagged(store: Store) -> None:
    found = read(store, FRAMES)
    assert found.flags == [
        (3, "overlaps frame 2"),
        (4, "begins before the one above it"),
        (5, "begins before the one above it"),
        (5, "lasts 400 h"),
        (6, "is still running: it has a start and no length"),
        (7, "begins before the one above it"),
    ]
    forgotten = next(entry for entry in found.entries if entry.seconds == 400 * 3600)
    assert forgotten.day == date(2026, 10, 14)


def test_one_that_runs_has_no_length_and_comes_with_it_when_it_has_ended(
    store: Store, tmp_path: Path
) -> None:
    running = read(store, FRAMES).entries[5]
    assert (running.seconds, running.count) == (0, 0)
    assert running.note == "today · still running when it was saved"
    bring_in(store, FRAMES)
    frames = json.loads(FRAMES.read_text(encoding="utf-8"))
    frames[5][1] = frames[5][0] + 1800
    (tmp_path / "frames").write_text(json.dumps(frames), encoding="utf-8")
    assert bring_in(store, tmp_path / "frames").added == 1
    assert sum(entry.seconds for entry in store.day(store.today).entries) == 1800


def test_older_frames_hold_their_times_as_text(store: Store) -> None:
    entry = read(store, FRAMES).entries[6]
    assert entry.started_at == datetime(2026, 11, 4, 8, 0, tzinfo=UTC)
    assert entry.seconds == 1800


def test_bad_frames_say_why(store: Store) -> None:
    assert [(bad.line, bad.why) for bad in read(store, FRAMES).bad] == [
        (8, "it ends before it begins"),
        (9, "its id is that of frame 1"),
        (10, "it does not name an activity"),
        (11, "“soon” is not a time"),
        (12, "it is not a list of start, stop, project, id, tags"),
    ]


def test_frames_come_in_once_and_go_with_one_undo(store: Store) -> None:
    assert bring_in(store, FRAMES).added == 7
    assert bring_in(store, FRAMES).changed_anything is False
    store.journal.undo()
    assert store.activities.all() == ()


def test_time_of_a_sales_activity_counts_as_talked(store: Store) -> None:
    store.activities.add("calls", terms(15), is_sales=True)
    done = bring_in(store, FRAMES)
    assert done.without_outcome == 3
    sales = store.day(date(2026, 11, 2)).sales
    assert sales is not None
    assert (sales.conversations, sales.seconds) == (1, 1800)


def test_a_project_may_be_left_out(store: Store) -> None:
    found = read(store, FRAMES, values=("activity:CALLS=",))
    assert found.promises == {"proposals": None}
    assert found.reading.left_out == {"what is of “Calls”, as you said": 5}


@pytest.mark.parametrize(
    "content",
    [
        "[[1, 2",
        "[" * 100_000,
        '[["' + "9" * 5000 + '", 2, "a", "b"',
        "[[" + "9" * 5000 + "]]",
        "{}",
    ],
)
def test_a_damaged_file_is_one_plain_sentence(store: Store, tmp_path: Path, content: str) -> None:
    (tmp_path / "frames").write_text(content, encoding="utf-8")
    with pytest.raises(NeedleError) as error:
        read(store, tmp_path / "frames", format_name="watson")
    assert str(error.value).endswith(".")


@pytest.mark.parametrize("start", ["1e400", "-1e30", "1e30", "true", "null", "NaN", "{}"])
def test_a_time_that_cannot_be_is_a_bad_frame(store: Store, tmp_path: Path, start: str) -> None:
    (tmp_path / "frames").write_text(f'[[{start}, 5, "a", "b", []]]', encoding="utf-8")
    found = read(store, tmp_path / "frames")
    assert (len(found.bad), found.entries) == (1, [])


def test_no_frames_are_none(store: Store, tmp_path: Path) -> None:
    (tmp_path / "frames").write_text("[]", encoding="utf-8")
    assert read(store, tmp_path / "frames").reading.source == "watson"


def test_the_log_as_json_holds_the_same_frames(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "log.json"
    path.write_text(
        json.dumps(
            [
                {
                    "id": "a1b2c3d4e5f60718293a4b5c6d7e8f90",
                    "project": "proposals",
                    "start": "2026-11-02T10:00:00+01:00",
                    "stop": "2026-11-02T11:00:00+01:00",
                    "tags": ["bakery", "draft"],
                }
            ],
            indent=4,
        ),
        encoding="utf-8",
    )
    (entry,) = read(store, path).entries
    assert entry == read(store, FRAMES).entries[0]
    bring_in(store, FRAMES)
    assert bring_in(store, path).changed_anything is False


def test_a_log_with_offsets_is_read_in_utc(store: Store) -> None:
    (entry,) = read(store, IMPORTS / "watson_log_json.json").entries
    assert (entry.activity, entry.seconds) == ("madalenas", 15 * 60 + 30)
    assert (entry.note, entry.day) == ("concept, base-map", date(2019, 7, 18))


def test_an_object_without_a_start_is_a_bad_frame(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "log.json"
    path.write_text('[{"id": "a", "project": "b", "stop": 5}, {"project": 1}]', encoding="utf-8")
    assert [bad.line for bad in read(store, path).bad] == [1, 2]
