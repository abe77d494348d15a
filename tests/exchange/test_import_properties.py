"""Whatever other programs kept: nothing is lost, nothing comes twice, all of it goes again."""

import json
import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from needlemover.domain.errors import NeedleError
from needlemover.store.store import Store

from ..conftest import SetClock, some_examples
from .reading import DATA, bring_in, packed
from .test_phones import takeout

START = datetime(2026, 1, 5, 8, tzinfo=UTC)
FRAMES = st.lists(
    st.tuples(
        st.integers(0, 300 * 24 * 60),  # minutes after the start
        st.integers(0, 30 * 60),  # minutes long
        st.sampled_from(["Offers", "offers", "Café", "[/b]", "=1+1"]),
    ),
    max_size=12,
)
ANSWERS = st.dictionaries(st.integers(0, 40), st.sampled_from("yns"), max_size=15)


@settings(max_examples=15)
@given(FRAMES)
def test_all_time_of_frames_comes_in_once(frames: list[tuple[int, int, str]]) -> None:
    content = [
        [int((START + timedelta(minutes=at)).timestamp()),
         int((START + timedelta(minutes=at + long)).timestamp()), name, f"id{number}", [], 0]
        for number, (at, long, name) in enumerate(frames)
    ]  # fmt: skip
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / "needle.db", SetClock(datetime(2026, 12, 24, 15, 40)))
        path = Path(folder) / "frames"
        path.write_text(json.dumps(content), encoding="utf-8")
        assert bring_in(store, path).added == len(frames)
        days = [date(2026, 1, 5) + timedelta(days=number) for number in range(303)]
        kept = sum(entry.seconds for day in days for entry in store.day(day).entries)
        assert kept == sum(60 * long for _, long, _ in frames)
        assert bring_in(store, path).changed_anything is False
        if frames:
            store.journal.undo()
        assert store.activities.all() == ()
        store.close()


@settings(max_examples=15)
@given(ANSWERS, ANSWERS)
def test_a_log_that_grew_brings_only_what_is_new(old: dict[int, str], more: dict[int, str]) -> None:
    def write(answers: dict[int, str]) -> None:
        lines = ["# log", "2026-01-04 : Swim : y"]
        lines += [
            f"{date(2026, 1, 5) + timedelta(days=day)} : Gym : {answer} : :"
            for day, answer in sorted(answers.items())
        ]
        path.write_text("\n".join(lines), encoding="utf-8")

    with TemporaryDirectory() as folder:
        path = Path(folder) / "log"
        store = Store(Path(folder) / "needle.db", SetClock(datetime(2026, 12, 24, 15, 40)))
        write(old)
        first = bring_in(store, path)
        assert first.added == 1 + sum(answer == "y" for answer in old.values())
        grown = {**more, **old}
        write(grown)
        assert bring_in(store, path).added == sum(
            answer == "y" for day, answer in grown.items() if day not in old
        )
        off = [date(2026, 1, 5) + timedelta(days=day) for day in grown if grown[day] == "s"]
        taken = store.days_off.all()
        assert all(any(item.start <= day <= item.end for item in taken) for day in off)
        assert bring_in(store, path).changed_anything is False
        store.close()


KINDS = "imports/12_wrong_format_sentences"
FILES = (
    "harsh/log", "harsh/habits", "watson/frames", "timewarrior/2026-11.data",
    "timewarrior/export.json", "toggl/detailed.csv", "hubspot/calls.csv", "loop.zip", "loop.db",
    f"{KINDS}/calls.xml", f"{KINDS}/meetings.ics", f"{KINDS}/watson_log_json.json",
    f"{KINDS}/Checkmarks.csv", f"{KINDS}/calls.xlsx", "imports/15_ringcentral/CallLog.csv",
    "voice.zip",
)  # fmt: skip
DAMAGE = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 8), st.binary(max_size=4)),
    min_size=1,
    max_size=8,
)


@some_examples(30)
@given(st.sampled_from(FILES), DAMAGE)
def test_a_damaged_file_is_read_as_far_as_it_goes_or_refused_in_a_sentence(
    name: str, damage: list[tuple[float, int, bytes]]
) -> None:
    with TemporaryDirectory() as folder:
        content = bytearray(content_of(name, Path(folder)))
        for place, length, other in damage:
            start = int(place * len(content))
            content[start : start + length] = other
        path = Path(folder) / "file"
        path.write_bytes(content)
        store = Store(Path(folder) / "needle.db", SetClock(datetime(2026, 12, 24, 15, 40)))
        before = [entry.name for entry in Path(folder).iterdir()]
        sentence, changed = "", False
        try:
            changed = bring_in(store, path, answers=(("tag", "bakery"),)).changed_anything
        except NeedleError as error:
            sentence = str(error)
        assert sentence == "" or sentence.endswith((".", "?"))
        assert changed == bool(store.journal.steps())
        assert changed or store.activities.all(archived=True) == ()
        assert sorted(entry.name for entry in Path(folder).iterdir()) == sorted(before)
        store.close()


def content_of(name: str, folder: Path) -> bytes:
    if name == "loop.zip":
        return packed(DATA / "loop" / "csv", folder / name).read_bytes()
    if name == "voice.zip":
        return packed(takeout(folder / "takeout"), folder / name).read_bytes()
    if name == "loop.db":
        connection = sqlite3.connect(folder / name)
        connection.executescript((DATA / "loop" / "backup.sql").read_text(encoding="utf-8"))
        connection.close()
        return (folder / name).read_bytes()
    return (DATA / name).read_bytes()
