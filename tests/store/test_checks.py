"""Each check finds what it is for, and nothing in data that the commands made."""

import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlemover.demo import build
from needlemover.domain.calls.entry import Outcome
from needlemover.domain.delegation.problem import Estimate, Every
from needlemover.domain.errors import DamagedError, NeedleError
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.care.checks import CHECKS, Report, run_checks
from needlemover.store.care.salvage import save_readable
from needlemover.store.schema import SCHEMA_MARK, SCHEMA_VERSION, mark_of
from needlemover.store.schema.steps import usual_schema
from needlemover.store.store import Store

from ..conftest import SetClock, some_examples
from .conftest import add_activities, sql
from .test_backups import overwrite


def wrong(path: Path, clock: SetClock, *, quick: bool = False) -> dict[str, tuple[str, ...]]:
    return {item.name: item.sentences for item in run_checks(path, clock, quick=quick).wrong}


@pytest.fixture
def used(store: Store, calls: ActivityFact, film: ActivityFact, clock: SetClock) -> Store:
    """Two activities, a call with an answer, a tick, a leak, a running timer."""
    call = NewEntry(calls.id, seconds=600, outcome=Outcome.ASKED, contact="Acme Corp")
    ask = store.entries.log(call).entry
    clock.pass_by(minutes=5)
    store.entries.settle(ask.id, Outcome.WON, 120_000)
    store.entries.tick(film.id)
    store.timer.start(calls.id)
    leak = store.problems.park("Invoices", Estimate(seconds=900, every=Every.WEEK))
    store.problems.log_leak(leak.id, 1200)
    store.days_off.add(store.today + timedelta(days=3))
    store.choices.set("call_cap", "90 min")
    return store


def test_nothing_is_found_in_data_that_the_commands_made(used: Store, clock: SetClock) -> None:
    report = run_checks(used.path, clock)
    assert report.wrong == ()
    assert [item.name for item in report.found] == [item.name for item in CHECKS]
    assert not report.is_behind


def test_nothing_is_found_in_the_sample_data(tmp_path: Path, clock: SetClock) -> None:
    path = tmp_path / "demo.db"
    build(path, clock)
    assert wrong(path, clock) == {}


def test_the_quick_checks_leave_the_rows_alone(used: Store, clock: SetClock) -> None:
    sql(used.path, "UPDATE activity SET rank = 7")
    assert wrong(used.path, clock, quick=True) == {}
    names = [item.name for item in run_checks(used.path, clock, quick=True).found]
    assert "The file is whole" in names
    assert "Nothing refers to what is gone" in names


@pytest.mark.parametrize(
    ("statement", "name", "sentence"),
    [
        ("DROP INDEX entry_day", "Its tables are ours, and all are there", "entry_day is missing"),
        ("UPDATE entry SET activity_id = 99 WHERE id = 3", "Nothing refers to what is gone",
         "Row 3 of entry"),
        ("UPDATE entry SET logged_at = '2027-01-01T00:00:00Z' WHERE id = 3",
         "The clock has not run backwards", "1 entry was logged after now"),
        ("UPDATE entry SET fills_quota = 0 WHERE id = 1",
         "Entries fill their quotas as the rule says", "Entry 1 of 2026-11-24 should fill"),
        ("UPDATE entry SET fills_quota = 1 WHERE id = 2",
         "Entries fill their quotas as the rule says", "Entry 2 of 2026-11-24 should not fill"),
        ("UPDATE entry SET outcome = 'slept' WHERE id = 1",
         "Each row keeps the rules", "Row 1 of entry: its outcome must be one of asked,"),
        ("UPDATE entry SET outcome = 'won' WHERE id = 3",
         "Each row keeps the rules", "Row 3 of entry: its outcome needs a sales activity."),
        ("UPDATE entry SET activity_id = NULL, outcome = NULL WHERE id = 3",
         "Each row keeps the rules", "Row 3 of entry: its activity_id is missing"),
        ("UPDATE entry SET day = '2026-11-25', started_at = NULL WHERE id = 1",
         "An answer or a payment follows an earlier entry", "Entry 2"),
        ("UPDATE entry SET follows = 2 WHERE id = 2",
         "An answer or a payment follows an earlier entry", "Entry 2"),
        ("UPDATE entry SET day = '2026-11-20' WHERE id = 2",
         "Each row keeps the rules", "its started_at is on 2026-11-24 at 15:45, the day is"),
        ("UPDATE timer SET day = '2026-11-25'", "Each row keeps the rules", "Row 1 of timer"),
        ("UPDATE timer SET day = '2027-01-01', started_at = '2027-01-01T12:00:00Z'",
         "Each row keeps the rules", "Row 1 of timer: its started_at is still to come."),
        ("UPDATE entry SET day = '2026-11-27', started_at = NULL WHERE id = 3",
         "Each row keeps the rules", "Row 3 of entry: its day is still to come."),
        ("UPDATE entry SET contact = '', contact_key = NULL WHERE id = 1",
         "Each row keeps the rules", "Row 1 of entry: its contact is empty."),
        ("UPDATE activity SET name = ' ', name_key = '' WHERE id = 1",
         "Each row keeps the rules", "Row 1 of activity: its name is empty."),
        ("UPDATE problem SET title = ''", "Each row keeps the rules", "its title is empty."),
        ("UPDATE day_off SET start = '2026-12-24'", "Each row keeps the rules",
         "Row 1 of day_off: its end is before the start."),
        ("UPDATE entry SET count = 2000000000 WHERE id = 1", "Each row keeps the rules",
         "Row 1 of entry: its count must be"),
        ("UPDATE entry SET seconds = 1.5 WHERE id = 1", "Each row keeps the rules",
         "Row 1 of entry: its seconds must be"),
        ("UPDATE entry SET day = 'today' WHERE id = 3",
         "Each row keeps the rules", "Row 3 of entry: its day must be"),
        ("UPDATE entry SET logged_at = '2026-11-24T25:00:00Z' WHERE id = 3",
         "Each row keeps the rules", "its logged_at must be a time like"),
        ("UPDATE entry SET contact_key = 'acme' WHERE id = 1", "Names are compared as they read",
         "entry 1"),
        ("UPDATE activity SET name_key = 'Film' WHERE id = 2", "Names are compared as they read",
         "Activity 2"),
        ("UPDATE activity SET rank = 1", "Ranks go from 1 on, each once", "share one"),
        ("UPDATE commitment SET weekdays = 128 WHERE id = 1", "Each row keeps the rules",
         "Row 1 of commitment: its weekdays must be"),
        ("UPDATE commitment SET rule = 'some' WHERE id = 1", "Each row keeps the rules",
         "Row 1 of commitment: its rule must be one of all, any."),
        ("UPDATE commitment SET seconds = 0 WHERE id = 1", "Each row keeps the rules",
         "Row 1 of commitment: its seconds must be above 0"),
        ("UPDATE commitment SET at_most = 1, weekdays = 127, seconds = NULL WHERE id = 1",
         "Each row keeps the rules", "Row 1 of commitment: its at_most is for minutes a day alone"),
        ("UPDATE activity SET starts_at = '9:00' WHERE id = 1", "Each row keeps the rules",
         "Row 1 of activity: its starts_at must be a time like 14:00:00."),
        ("UPDATE settings SET call_cap = 30", "The settings can be read", "call_cap"),
        ("UPDATE changed_row SET after = '{' WHERE id = 1", "Every change can be undone", "Step 1"),
        ("UPDATE change SET undone = 1 WHERE id = 1", "Undone changes are the last ones",
         "1 undone"),
        ("UPDATE problem SET every = 'often'", "Each row keeps the rules",
         "Row 1 of problem: its every must be one of day,"),
        ("UPDATE day_sum SET seconds = seconds + 1 WHERE activity_id = 1",
         "What is kept of each day adds up to its entries", "2026-11-24"),
        ("PRAGMA user_version = 99", "It is of this version", "newer version"),
    ],
)  # fmt: skip
def test_what_breaks_a_rule_is_found(
    used: Store, clock: SetClock, statement: str, name: str, sentence: str
) -> None:
    sql(used.path, statement)
    found = wrong(used.path, clock)
    assert name in found
    assert sentence in " ".join(found[name])
    assert all(said.endswith(".") for said in found[name])


def test_each_check_has_a_name_of_its_own() -> None:
    assert len({item.name for item in CHECKS}) == len(CHECKS)


def test_what_another_program_put_beside_our_tables_is_said(used: Store, clock: SetClock) -> None:
    sql(used.path, "CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER)")
    assert wrong(used.path, clock) == {
        "Its tables are ours, and all are there": (
            "The table “_litestream_seq” belongs to another program.",
        )
    }


FOREIGN = [
    ("CREATE TRIGGER evil AFTER INSERT ON entry BEGIN DELETE FROM entry; END",
     "the trigger “evil” belongs to another program"),
    ("CREATE VIEW evil AS SELECT * FROM entry", "the view “evil” belongs to another program"),
    ("DROP TRIGGER entry_was", "the trigger entry_was is missing"),
    ("DROP VIEW entry_sum", "the view entry_sum is missing"),
    ("DROP TABLE missed_reason", "the table missed_reason is missing"),
    ("ALTER TABLE skipped_day RENAME COLUMN day TO date",
     "the column day of the table skipped_day is missing"),
    ("ALTER TABLE entry ADD COLUMN colour",
     "the table entry is not the one that Needlemover makes"),
]  # fmt: skip


def test_what_other_machines_could_not_tell_apart_is_said_and_saved_without_it(
    used: Store, clock: SetClock, tmp_path: Path
) -> None:
    for statement in (
        "DELETE FROM sync",
        "INSERT INTO edit (tbl, row, field, clock) VALUES ('entry', 99, '', 1)",
        "INSERT INTO outbox (tbl, row) VALUES ('day_off', 98)",
        "UPDATE activity SET uid = NULL WHERE id = 2",
        "UPDATE entry SET uid = NULL WHERE id = 2",
        """UPDATE entry SET uid = (SELECT printf('%x.2', strftime('%s', logged_at)) FROM entry
            WHERE id = 2) WHERE id = 1""",
    ):
        sql(used.path, statement)
    assert wrong(used.path, clock)["Other machines can tell its rows apart"] == (
        "When fields were edited is not kept: the next change mends that.",
        "Row 98 of day_off was edited but is not there.",
        "Row 99 of entry was edited but is not there.",
        "Row 1 of entry has the uid of another one.",
    )
    sql(used.path, "UPDATE entry SET uid = 'another' WHERE id = 1")
    saved = save_readable(used.path, tmp_path / "saved.db").path
    assert sql(saved, "SELECT count(*), count(uid) FROM activity") == [(2, 2)]
    assert wrong(saved, clock) == {}
    used.entries.tick(2, date(2026, 11, 20))
    assert sql(used.path, "SELECT count(*) FROM sync WHERE clock > 0") == [(1,)]


@pytest.mark.parametrize(("statement", "said"), FOREIGN)
def test_a_file_with_tables_that_are_not_ours_is_refused_and_named_everywhere(
    used: Store, clock: SetClock, statement: str, said: str
) -> None:
    backup = used.backups.make(used.today)
    today = used.today
    used.close()
    sql(backup, statement)
    with pytest.raises(NeedleError, match=f"{said}; nothing was changed"):
        used.backups.restore(backup)
    sql(used.path, statement)
    for only_reads in (True, False):
        with pytest.raises(DamagedError, match=f"is damaged: {said}"):
            Store(used.path, clock, only_reads=only_reads)
    report = run_checks(used.path, clock, quick=True)
    assert report.damage is not None
    assert said in str(report.damage)
    with pytest.raises(DamagedError, match=said):
        used.backups.make(today)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("currency", "XYZW", "The setting currency is not allowed"),
        ("currency", "usd", "The setting currency is not as it is written here: usd."),
        ("currency", b"\xff", "The settings are damaged"),
        ("day_starts_at", "25:00:00", "The settings are damaged"),
        ("day_starts_at", "13:00:00", "The setting day_starts_at is not allowed"),
        ("first_weekday", 9, "The settings are damaged"),
        ("week_turns", "soon", "The settings are damaged"),
        ("week_turns", b"\xff", "The settings are damaged"),
        ("week_turns", "2026-12-13 2026-12-08", "The setting first_weekday is not as it is"),
        ("works_on", 0, "The setting working_day is not as it is written here"),
        ("call_cap", -5, "The setting call_cap is not allowed"),
        ("goal_by", "soon", "The settings are damaged"),
        ("hourly_worth", -3, "The setting hourly_worth is not allowed"),
    ],
)
def test_settings_that_nobody_could_type_are_found_and_not_gone_back_to(
    used: Store, clock: SetClock, column: str, value: object, said: str
) -> None:
    backup = used.backups.make(used.today)
    sql(backup, f"UPDATE settings SET {column} = ?", value)
    with pytest.raises(NeedleError, match=f"so nothing was changed. {said}"):
        used.backups.restore(backup)
    assert wrong(used.path, clock) == {}
    sql(used.path, f"UPDATE settings SET {column} = ?", value)
    assert said in " ".join(wrong(used.path, clock)["The settings can be read"])


def test_what_can_be_read_of_it_is_saved_without_what_is_foreign(
    used: Store, clock: SetClock, tmp_path: Path
) -> None:
    used.close()
    for statement, _ in reversed(FOREIGN):
        sql(used.path, statement)
    entries = sql(used.path, "SELECT * FROM entry")
    saved = save_readable(used.path, tmp_path / "saved.db")
    assert saved.entries == len(entries)
    assert wrong(saved.path, clock) == {}


def test_the_mark_of_the_tables_is_that_of_the_steps() -> None:
    assert mark_of(usual_schema(SCHEMA_VERSION)) == SCHEMA_MARK


def test_of_many_only_the_first_are_told(store: Store, clock: SetClock, film: ActivityFact) -> None:
    for _ in range(9):
        store.entries.log(NewEntry(film.id, seconds=60))
    sql(store.path, "UPDATE entry SET fills_quota = 0")
    (told,) = wrong(store.path, clock).values()
    assert len(told) == 6
    assert told[-1] == "And 4 more."


def test_damage_is_found_by_the_quick_checks_and_ends_them(store: Store, clock: SetClock) -> None:
    add_activities(store.path)
    store.close()
    overwrite(store.path, 4096 * 2, 4096 * 9)
    for quick in (True, False):
        report: Report = run_checks(store.path, clock, quick=quick)
        assert report.damage is not None
        names = [item.name for item in report.found]
        assert names == ["Its tables are ours, and all are there", "The file is whole"]


def test_a_missing_table_is_damage(used: Store, clock: SetClock) -> None:
    sql(used.path, "DROP TABLE settings")
    assert run_checks(used.path, clock, quick=True).damage is not None


def test_a_file_that_others_can_read_is_said(used: Store, clock: SetClock) -> None:
    used.path.chmod(0o644)
    (told,) = wrong(used.path, clock)["Only you can read it, and you can write"]
    assert "chmod 600" in told


def test_too_little_room_is_said(
    used: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = 4_000_000

    monkeypatch.setattr("shutil.disk_usage", lambda path: Usage)
    assert wrong(used.path, clock)["There is room on the disk"] == (
        "Only 4.0 MB are free on the disk: make room.",
    )


def test_an_older_file_is_checked_without_its_rows(used: Store, clock: SetClock) -> None:
    used.close()
    old = Path(__file__).parent.parent / "data" / "schema" / "version-3.db"
    shutil.copyfile(old, used.path)
    used.path.chmod(0o600)
    sql(used.path, "UPDATE activity SET rank = 7")
    report = run_checks(used.path, clock)
    assert report.is_behind
    assert report.wrong == ()


def test_what_is_not_there_or_not_ours_is_refused(tmp_path: Path, clock: SetClock) -> None:
    path = tmp_path / "a.db"
    with pytest.raises(NeedleError, match="There is no data at"):
        run_checks(path, clock)
    sql(path, "CREATE TABLE a (b)")
    with pytest.raises(NeedleError, match="no data of Needlemover"):
        run_checks(path, clock)


DEEDS: tuple[Callable[[Store, int, int], object], ...] = (
    lambda store, activity, number: store.entries.tick(activity),
    lambda store, activity, number: store.entries.untick(activity),
    lambda store, activity, number: store.entries.log(
        NewEntry(activity, seconds=60 * number, contact=f" Firm {number % 3}")
    ),
    lambda store, activity, number: store.entries.log(
        NewEntry(1, seconds=5, outcome=list(Outcome)[number % 8], contact="straße")
    ),
    lambda store, activity, number: store.entries.settle(
        store.entries.open_asks()[0].id, Outcome.WON, 100
    ),
    lambda store, activity, number: store.entries.delete(store.day().entries[0].id),
    lambda store, activity, number: store.activities.add(f"New {number}", None, rank=number),
    lambda store, activity, number: store.activities.edit(activity, rank=number),
    lambda store, activity, number: store.activities.archive(activity),
    lambda store, activity, number: store.timer.start(activity),
    lambda store, activity, number: store.timer.stop(),
    lambda store, activity, number: store.journal.undo(),
    lambda store, activity, number: store.journal.redo(),
)


@given(
    st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(1, 3), st.integers(1, 9)), max_size=25)
)
@some_examples(12)
def test_whatever_is_done_breaks_no_rule(
    tmp_path_factory: pytest.TempPathFactory,
    deeds: list[tuple[Callable[[Store, int, int], object], int, int]],
) -> None:
    clock = SetClock(datetime(2026, 11, 24, 23, 0))
    store = Store(tmp_path_factory.mktemp("done") / "needle.db", clock)
    store.activities.add("Sales", None, is_sales=True)
    store.activities.add("Film", None)
    for deed, activity, number in deeds:
        clock.pass_by(minutes=40)
        try:
            deed(store, activity, number)
        except (NeedleError, IndexError):
            continue
    assert wrong(store.path, clock) == {}
    store.close()


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("UPDATE next_step SET kind = 'visit'", "Each row keeps the rules"),
        ("UPDATE next_step SET at = '2 pm'", "Each row keeps the rules"),
        (
            "UPDATE contact SET never_since = '2026-11-24'",
            "Nothing is promised to who asked not to be called",
        ),
    ],
)
def test_what_was_promised_to_a_buyer_can_be_read(
    store: Store, clock: SetClock, statement: str, name: str
) -> None:
    store.contacts.promise("Acme", date(2026, 11, 26))
    sql(store.path, statement)
    assert [
        item.name for item in run_checks(store.path, clock).wrong if "backup" not in item.name
    ] == [name]
