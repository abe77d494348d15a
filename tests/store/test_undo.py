"""Undo and redo: one history for all processes, in the file, with each change."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.errors import NeedleError, OlderError
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.imports.content import ImportedEntry
from needlemover.store.store import Store

from ..conftest import SetClock, terms
from .conftest import add_activities, dump, sql

TODAY = date(2026, 11, 24)


def labels(store: Store) -> list[str]:
    """The steps that can be undone, last first."""
    return [step.label for step in store.journal.steps() if not step.undone]


def test_the_last_change_is_undone_first_and_redone_last(store: Store, film: ActivityFact) -> None:
    store.entries.tick(film.id)
    store.choices.set("currency", "EUR")
    assert store.journal.undo() == "Set currency"
    assert store.journal.undo() == "Ticked “Film one video”"
    assert store.journal.redo() == "Ticked “Film one video”"
    assert store.journal.redo() == "Set currency"
    assert (store.settings.currency, len(store.day().entries)) == ("EUR", 1)


def test_with_nothing_to_undo_or_redo_it_says_so(store: Store) -> None:
    with pytest.raises(NeedleError, match="nothing to undo"):
        store.journal.undo()
    with pytest.raises(NeedleError, match="Nothing to redo"):
        store.journal.redo()


def test_undo_works_after_a_restart(store: Store, film: ActivityFact, clock: SetClock) -> None:
    store.entries.tick(film.id)
    store.close()
    opened = Store(store.path, clock)
    opened.journal.undo()
    assert opened.day().entries == ()
    opened.close()
    opened = Store(store.path, clock)
    opened.journal.redo()
    assert len(opened.day().entries) == 1
    opened.close()


def test_undo_works_from_another_process(
    store: Store, film: ActivityFact, again: Callable[[], Store]
) -> None:
    other = again()
    store.entries.tick(film.id)
    assert other.journal.undo() == "Ticked “Film one video”"
    assert store.day().entries == ()
    assert store.journal.redo() == "Ticked “Film one video”"
    assert len(other.day().entries) == 1


def test_a_new_change_clears_redo(store: Store, film: ActivityFact) -> None:
    store.entries.tick(film.id)
    store.journal.undo()
    store.choices.set("currency", "EUR")
    with pytest.raises(NeedleError, match="Nothing to redo"):
        store.journal.redo()
    assert labels(store) == ["Set currency", "Added “Film one video”"]


def test_a_change_that_changes_nothing_is_no_step(store: Store, film: ActivityFact) -> None:
    store.activities.edit(film.id, name=film.name)
    assert labels(store) == ["Added “Film one video”"]


def test_a_change_that_is_refused_is_no_step_and_leaves_redo(
    store: Store, film: ActivityFact
) -> None:
    store.entries.tick(film.id)
    store.journal.undo()
    with pytest.raises(NeedleError):
        store.activities.add(film.name, None)
    store.journal.redo()
    assert len(store.day().entries) == 1


def test_only_the_latest_thousand_steps_are_kept(store: Store, calls: ActivityFact) -> None:
    for number in range(5):
        store.entries.log(NewEntry(calls.id, seconds=60 * (number + 1)))
    sql(store.path, "UPDATE change SET id = id + 997 WHERE id > 4")
    sql(store.path, "UPDATE changed_row SET change_id = change_id + 997 WHERE change_id > 4")
    store.entries.log(NewEntry(calls.id, seconds=360))
    assert [label.split(",")[0] for label in labels(store)] == [
        "Logged 6 min", "Logged 5 min", "Logged 4 min",
    ]  # fmt: skip
    assert len(sql(store.path, "SELECT DISTINCT change_id FROM changed_row")) == 3
    for _ in range(3):
        store.journal.undo()
    with pytest.raises(NeedleError, match="nothing to undo"):
        store.journal.undo()
    assert [item.seconds for item in store.day().entries] == [60, 120, 180]


def test_heartbeats_and_the_last_use_stand_outside_the_history(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    store.timer.start(calls.id)
    steps = labels(store)
    clock.pass_by(seconds=30)
    store.timer.seen()
    store.begin_use()
    assert labels(store) == steps


def test_an_edit_is_undone_to_the_very_row_that_was(store: Store, calls: ActivityFact) -> None:
    entry = store.entries.log(NewEntry(calls.id, seconds=60, contact="Ünï", note="x\n'\"")).entry
    before = dump(store.path)
    store.entries.edit(entry.id, contact="Acme", note="", seconds=5)
    assert dump(store.path) != before
    store.journal.undo()
    assert dump(store.path) == before


def test_an_undone_stop_lets_the_timer_run_on_without_a_gap(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    started = store.timer.start(calls.id, watched=True).started_at
    clock.pass_by(minutes=3)
    store.timer.stop(Outcome.TALKED)
    clock.pass_by(minutes=20)
    store.journal.undo()
    running = store.timer.running()
    assert running is not None
    assert (running.started_at, store.timer.last_seen()) == (started, clock.now())
    assert store.day().entries == ()


def calls_file(number: int) -> list[ImportedEntry]:
    return [
        ImportedEntry(f"row {place}", date(2026, 11, 1), str(place), seconds=60)
        for place in range(number)
    ]


def test_an_import_is_one_step(store: Store, calls: ActivityFact) -> None:
    before = dump(store.path)
    store.imports.add(calls_file(50), source="crm", file_name="calls.csv")
    after = dump(store.path)
    assert len(after["entry"]) == 50
    assert len(sql(store.path, "SELECT * FROM changed_row WHERE table_name = 'entry'")) == 1

    store.journal.undo()
    undone = dump(store.path)
    assert len(undone.pop("undone_entry")) == 50
    before.pop("undone_entry")
    assert undone == before

    store.journal.redo()
    assert dump(store.path) == after


def test_an_undone_import_that_cannot_come_back_leaves_nothing(
    store: Store, calls: ActivityFact
) -> None:
    store.imports.add(calls_file(5), source="crm", file_name="calls.csv")
    store.journal.undo()
    store.choices.set("currency", "EUR")
    assert sql(store.path, "SELECT count(*) FROM undone_entry") == [(0,)]


def test_several_imports_are_undone_and_redone_one_by_one(
    store: Store, calls: ActivityFact
) -> None:
    rows = calls_file(6)
    store.imports.add(rows[:4], source="crm", file_name="one.csv")
    store.imports.add(rows, source="crm", file_name="two.csv")
    counts = []
    for act in (store.journal.undo, store.journal.undo, store.journal.redo, store.journal.redo):
        act()
        counts.append(sql(store.path, "SELECT count(*) FROM entry")[0][0])
    assert counts == [4, 0, 4, 6]


def test_imports_whose_entries_had_the_same_id_are_undone_and_redone(
    store: Store, calls: ActivityFact
) -> None:
    seen = [dump(store.path)["entry"]]
    rows = calls_file(6)
    for number, (place, end) in enumerate(((0, 3), (3, 5), (5, 6))):
        store.imports.add(rows[place:end], source="crm", file_name=f"{number}.csv")
        seen.append(dump(store.path)["entry"])
        store.entries.delete(seen[-1][-1][0])  # its id is free for the next
        seen.append(dump(store.path)["entry"])
    for before in reversed(seen[:-1]):
        store.journal.undo()
        assert dump(store.path)["entry"] == before
    for after in seen[1:]:
        store.journal.redo()
        assert dump(store.path)["entry"] == after


def test_days_that_were_undone_are_shown_as_they_were(store: Store, film: ActivityFact) -> None:
    store.activities.edit(film.id, terms=terms(), start=date(2026, 11, 20))
    for day in (20, 21, 22, 23):
        store.entries.tick(film.id, date(2026, 11, day))
    assert store.day().streak.current == 4
    store.journal.undo()
    assert store.day().streak.current == 0
    store.journal.redo()
    assert store.day().streak.current == 4


def test_what_was_not_done_today_is_taken_back_only_when_that_is_meant(
    store: Store, film: ActivityFact, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 10, 17, 0))
    store.entries.tick(film.id)
    clock.set(datetime(2026, 11, 24, 9, 0))
    store.entries.log(NewEntry(film.id, seconds=60))
    before = dump(store.path)
    assert store.journal.undo(older=False) == "Logged 1 min, “Film one video”"
    with pytest.raises(OlderError, match="undo was made on Tuesday 10 November 2026: Ticked “Film"):
        store.journal.undo(older=False)
    assert store.journal.undo() == "Ticked “Film one video” (Tuesday 10 November 2026)"
    with pytest.raises(OlderError, match="redo was made on Tuesday 10 November 2026: Ticked “Film"):
        store.journal.redo(older=False)
    store.journal.redo()
    assert store.journal.redo(older=False) == "Logged 1 min, “Film one video”"
    assert dump(store.path) == before


def test_the_night_before_the_day_begins_is_still_today(
    store: Store, film: ActivityFact, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 24, 23, 0))
    store.entries.tick(film.id)
    clock.set(datetime(2026, 11, 25, 3, 0))
    assert store.journal.undo(older=False) == "Ticked “Film one video”"


def elsewhere(store: Store, *statements: str) -> None:
    """What another machine changes, of which the history knows nothing."""
    for statement in statements:
        sql(store.path, statement)


def test_what_another_machine_changed_in_other_fields_stays(
    store: Store, calls: ActivityFact
) -> None:
    entry = store.entries.log(NewEntry(calls.id, seconds=60, outcome=Outcome.TALKED)).entry
    store.entries.edit(entry.id, outcome=Outcome.NO_ANSWER)
    elsewhere(store, "UPDATE entry SET note = 'theirs', seconds = 0, count = 0")
    store.journal.undo()
    found = "SELECT outcome, note, seconds, fills_quota FROM entry"
    assert sql(store.path, found) == [("talked", "theirs", 0, 1)]
    store.journal.redo()
    assert sql(store.path, found) == [("no_answer", "theirs", 0, 0)]


ENTRY_OF_OTHERS = """
    INSERT INTO entry (id, day, seconds, count, fills_quota, source, logged_at, logged_on, amount,
        uid) SELECT 1, '2026-11-20', 0, 0, 0, 'hand', '2026-11-20T08:00:00Z', '2026-11-20', 5,
        'theirs'
"""


@pytest.mark.parametrize(
    ("changes", "meanwhile", "left"),
    [
        # The row is gone.
        ("log", "DELETE FROM entry", []),
        ("edit", "DELETE FROM entry", []),
        # It is gone, and its id is another row's.
        ("log", f"DELETE FROM entry; {ENTRY_OF_OTHERS}", [("theirs", 0)]),
        ("edit", f"DELETE FROM entry; {ENTRY_OF_OTHERS}", [("theirs", 0)]),
        ("delete", ENTRY_OF_OTHERS, [("mine", 60), ("theirs", 0)]),
        # It is under another id, or came back.
        ("log", "UPDATE entry SET id = 9", []),
        ("edit", "UPDATE entry SET id = 9", [("mine", 60)]),
        ("delete", ENTRY_OF_OTHERS.replace("theirs", "mine"), [("mine", 0)]),
    ],
)
def test_undo_and_redo_find_the_very_row_and_leave_those_of_others(
    store: Store, calls: ActivityFact, changes: str, meanwhile: str, left: list[tuple[str, int]]
) -> None:
    entry = store.entries.log(NewEntry(calls.id, seconds=60)).entry
    sql(store.path, "UPDATE entry SET uid = 'mine'")
    sql(store.path, """UPDATE changed_row SET "after" = json_set("after", '$.uid', 'mine')
        WHERE table_name = 'entry'""")  # fmt: skip
    if changes == "edit":
        store.entries.edit(entry.id, seconds=90)
    if changes == "delete":
        store.entries.delete(entry.id)
    elsewhere(store, *meanwhile.split(";"))
    store.journal.undo()
    found = "SELECT uid, seconds FROM entry ORDER BY uid"
    assert sql(store.path, found) == left
    store.journal.redo()
    store.journal.undo()
    assert [uid for uid, _ in sql(store.path, found)] == [uid for uid, _ in left]


def test_where_another_row_took_the_place_it_stays_and_that_is_said(store: Store) -> None:
    store.contacts.promise("Acme", date(2026, 11, 26))
    store.contacts.drop(store.contacts.find("Acme").contact.id)
    elsewhere(
        store,
        """INSERT INTO next_step (contact_id, kind, day, set_on, uid)
            VALUES (1, 'call', '2026-11-30', '2026-11-24', 'theirs')""",
    )
    assert store.journal.undo() == "Dropped “Acme” (but for what was changed elsewhere since)"
    step = store.contacts.find("Acme").step
    assert step is not None
    assert step.day == date(2026, 11, 30)
    assert store.journal.undo().endswith(" (but for what was changed elsewhere since)")
    assert store.contacts.find("Acme").step == step


def test_an_undone_import_comes_back_beside_what_took_its_ids(
    store: Store, calls: ActivityFact
) -> None:
    store.imports.add(calls_file(3), source="crm", file_name="calls.csv")
    sql(store.path, "UPDATE entry SET follows = 1, outcome = NULL WHERE id = 2")
    store.journal.undo()
    elsewhere(
        store,
        ENTRY_OF_OTHERS,
        """INSERT INTO entry (day, seconds, count, fills_quota, source, source_key, logged_at,
            logged_on, amount) SELECT day, 0, 0, 0, 'crm', 'id:2', logged_at, logged_on, 5
            FROM entry""",
    )
    store.journal.redo()
    assert sql(store.path, "SELECT id, source_key, follows FROM entry ORDER BY id") == [
        (1, None, None), (2, "id:2", None), (3, "id:0", None), (4, "id:1", 3),
    ]  # fmt: skip


def test_ranks_are_mended_where_others_came_meanwhile(
    store: Store, calls: ActivityFact, film: ActivityFact
) -> None:
    store.activities.edit(film.id, rank=1)
    add_activities(store.path, 298)
    sql(store.path, "UPDATE activity SET rank = iif(id > 2, 1, rank + 1)")
    store.journal.undo()
    assert sql(store.path, "SELECT rank FROM activity ORDER BY rank") == [(1,), (2,), (3,), (4,)]
