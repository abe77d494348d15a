"""The habits and the log of harsh."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from needlemover.domain.errors import NeedleError
from needlemover.domain.promises.commitment import EVERY_DAY, Terms
from needlemover.store.imports.content import ImportedDayOff
from needlemover.store.store import Store

from ..conftest import SetClock, weekly
from .reading import DATA, bring_in, read

LOG = DATA / "harsh" / "log"
DAILY = Terms(EVERY_DAY)


def test_what_is_due_daily_or_by_the_week_is_promised_and_nothing_else(store: Store) -> None:
    assert read(store, LOG).promises == {
        "Write an offer": DAILY,
        "Call a customer": weekly(count=3),
        "Tidy the books": weekly(count=1),
        "Ring the supplier": weekly(count=1),
        "Stocktaking": None,
        "Flyers": None,
        "Coffee": None,
        "Evening course": DAILY,
        "Sold the old van": None,
    }


def test_a_yes_is_a_tick_with_its_comment_and_amount(store: Store) -> None:
    entries = read(store, LOG).of("Write an offer")
    assert [(entry.day, entry.note, entry.count) for entry in entries] == [
        (date(2026, 11, 2), "amount 2 · for the bakery", 1),
        (date(2026, 11, 5), "", 1),
        (date(2026, 11, 6), "amount 1.5 · late : in the evening", 1),
    ]
    assert all(entry.is_tick and entry.started_at is None for entry in entries)


def test_skipped_days_are_days_off_of_that_habit(store: Store) -> None:
    assert read(store, LOG).reading.days_off == [
        ImportedDayOff("Call a customer", date(2026, 11, 3), date(2026, 11, 4), "trade fair"),
        ImportedDayOff("Call a customer", date(2026, 11, 5), date(2026, 11, 5), ""),
    ]


def test_a_promise_begins_with_the_first_answer_and_ends_after_the_end_date(store: Store) -> None:
    found = {item.name: item for item in read(store, LOG).reading.activities}
    assert found["Write an offer"].start == date(2026, 11, 2)
    assert found["Evening course"].start == date(2026, 11, 9)
    assert found["Evening course"].put_away == date(2026, 11, 11)
    assert found["Tidy the books"].start is None


def test_bad_lines_of_both_files_say_why(store: Store) -> None:
    assert [(bad.line, bad.why) for bad in read(store, LOG).bad] == [
        (13, "in the file of habits: “Broken: often” is not a habit like “Gym: 3/7”"),
        (13, "“2026-02-30” is not a date like 2026-11-24"),
        (14, "Wednesday 25 November 2026 is still to come"),
        (
            15,
            "“2026-11-10 : Write an offer : maybe : :” is not an answer like "
            "“2025-01-15 : Gym : y”",
        ),
    ]


def test_what_cannot_be_carried_over_is_counted(store: Store) -> None:
    found = read(store, LOG).reading
    assert dict(found.left_out) == {
        "answers that are told again further down, which counts, as in harsh": 1,
        "comments on days on which it was not done": 1,
    }
    assert any("“Stocktaking” (2w), “Flyers” (2/30)" in sentence for sentence in found.said)


def test_the_file_of_habits_brings_the_log_beside_it(store: Store) -> None:
    log, habits = read(store, LOG), read(store, LOG.with_name("habits"))
    assert habits.entries == log.entries
    assert habits.reading.activities == log.reading.activities


def test_a_log_alone_promises_nothing(store: Store, tmp_path: Path) -> None:
    shutil.copy(LOG, tmp_path / "log.txt")
    found = read(store, tmp_path / "log.txt")
    assert set(found.promises.values()) == {None}
    assert len(found.entries) == 6
    assert any("does not lie beside it" in sentence for sentence in found.reading.said)


def test_habits_alone_begin_today(store: Store, tmp_path: Path) -> None:
    shutil.copy(LOG.with_name("habits"), tmp_path / "habits")
    done = bring_in(store, tmp_path / "habits")
    assert (done.added, len(done.activities)) == (0, 8)
    assert store.activities.find("Tidy the books").timeline[0].start == store.today
    assert bring_in(store, tmp_path / "habits").changed_anything is False


def test_it_comes_in_as_one_step_and_only_once(store: Store) -> None:
    done = bring_in(store, LOG)
    assert (done.added, done.days_off) == (6, 3)
    names = [item.name for item in store.activities.all(archived=True)]
    # What is put away stands behind the others.
    assert names[:3] == ["Write an offer", "Call a customer", "Tidy the books"]
    assert names[-1] == "Evening course"
    again = bring_in(store, LOG)
    assert (again.changed_anything, again.known, again.days_off_known) == (False, 6, 3)
    assert len(store.journal.steps()) == 1
    store.journal.undo()
    assert store.activities.all(archived=True) == ()
    assert store.days_off.all() == ()
    store.journal.redo()
    assert len(store.day(date(2026, 11, 2)).entries) == 2
    assert len(store.days_off.all()) == 2


def test_streaks_of_years_come_along(store: Store, tmp_path: Path, clock: SetClock) -> None:
    (tmp_path / "habits").write_text("Gym: 1\n", encoding="utf-8")
    days = [f"2026-11-{day:02} : Gym : {'s' if day == 12 else 'y'} : :" for day in range(1, 25)]
    (tmp_path / "log").write_text("\n".join(days), encoding="utf-8")
    bring_in(store, tmp_path / "log")
    # 24 days to today, one of them off.
    assert store.progress.streaks().overall.current == 23


def test_habits_may_be_renamed_and_left_out(store: Store) -> None:
    found = read(store, LOG, values=("activity:write an offer=Offers", "activity:Coffee="))
    assert len(found.of("Offers")) == 3
    assert "Coffee" not in found.promises
    assert found.of("Offers")[0].row_id == read(store, LOG).of("Write an offer")[0].row_id


def test_a_habit_whose_name_is_here_goes_there_and_leaves_the_promise(store: Store) -> None:
    here = store.activities.add("write AN offer", weekly(count=9))
    bring_in(store, LOG)
    assert store.activities.find("write an offer").timeline == here.timeline
    assert [entry.activity for entry in store.day(date(2026, 11, 5)).entries] == ["write AN offer"]


def test_an_activity_renamed_after_the_import_is_not_made_again(store: Store) -> None:
    bring_in(store, LOG)
    store.activities.edit(store.activities.find("Call a customer").id, name="Dials")
    assert bring_in(store, LOG).changed_anything is False


def test_another_text_is_no_file_of_harsh(store: Store, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("buy milk\n", encoding="utf-8")
    with pytest.raises(NeedleError, match="is not of harsh"):
        read(store, tmp_path / "notes", format_name="harsh")
