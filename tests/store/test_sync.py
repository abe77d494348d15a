"""Two machines: what each of them is told comes to the same rows on both, and nothing is lost."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.delegation.problem import Estimate, ProblemState
from needlemover.domain.errors import NeedleError
from needlemover.domain.progress.record import record
from needlemover.domain.promises.commitment import Terms
from needlemover.domain.sync.state import SyncNote
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.care.backups import Backups
from needlemover.store.care.checks import run_checks
from needlemover.store.schema import SCHEMA_VERSION
from needlemover.store.schema.steps import usual_schema
from needlemover.store.store import Store
from needlemover.store.sync.decisions import TwoAnswers, TwoPromises
from needlemover.store.sync.rows import KINDS, find_row, read_state
from needlemover.text.sync import note_words

from ..conftest import SetClock
from ..faults.machines import play
from .conftest import dump, sql

pytestmark = pytest.mark.makes_files

SALES = Terms(frozenset(range(7)), 600)


class Pair:
    """Two files, the second of which begins with what the first one has."""

    def __init__(self, folder: Path, clock: SetClock, stack: ExitStack) -> None:
        self.folder, self.clock, self.stack, self.told = folder, clock, stack, 0
        self.laptop, self.desktop = self.machine("laptop"), self.machine("desktop")
        self.laptop.activities.add("Calls", SALES, is_sales=True)
        self.laptop.entries.log(NewEntry(1, seconds=60, contact="Acme", note="first"))
        self.meet()

    def machine(self, name: str) -> Store:
        store = Store(self.folder / f"{name}.db", self.clock)
        self.stack.enter_context(closing(store))
        store.sync.begin(self.folder, name, name)
        return store

    def tell(self, one: Store, other: Store, *, everything: bool = False) -> list[bytes]:
        self.told += 1
        with one.sync.outgoing(everything=everything) as outgoing:
            lines = list(outgoing.lines)
        one.sync.written(outgoing, str(self.told))
        name = one.path.stem
        other.sync.take_in(name, name, self.clock.now(), {str(self.told): lines})
        return lines

    def meet(self) -> None:
        """Each hears all of the other, also what it made of what came."""
        for _ in range(3):
            self.clock.pass_by(seconds=1)
            self.tell(self.laptop, self.desktop)
            self.tell(self.desktop, self.laptop)

    def ends_alike(self) -> None:
        self.meet()
        for store in (self.laptop, self.desktop):
            report = run_checks(store.path, self.clock)
            names = {item.name for item in report.wrong} - {"What was done is in a backup"}
            assert names == set()
        assert rows(self.laptop) == rows(self.desktop)


def rows(store: Store) -> dict[str, object]:
    """All that a machine says, but for its ids and the day of its last use."""
    return {
        "entries": sorted(
            (it.day, it.seconds, it.outcome, it.contact, it.amount or 0, it.note, it.activity,
             it.follows is not None)
            for it in store.entries.open_asks() + store.entries.with_contact("Acme")
        ),
        "activities": [(it.name, it.rank, it.is_sales, it.timeline)
                       for it in store.activities.all(archived=True)],
        "buyers": sorted((it.contact.name, it.contact.phone, it.contact.note,
                          str(it.contact.never_since), it.step and it.step.day.isoformat())
                         for it in store.contacts.all()),
        "streaks": store.progress.streaks(),
        "settings": store.settings,
        "sums": sql(store.path, "SELECT day, sum(entries), sum(seconds), sum(conversations) "
                                "FROM day_sum GROUP BY day"),
    }  # fmt: skip


@pytest.fixture
def pair(tmp_path: Path, clock: SetClock) -> Iterator[Pair]:
    with ExitStack() as stack:
        yield Pair(tmp_path, clock, stack)


def entry(store: Store) -> int:
    """The id of the call with Acme."""
    return store.entries.with_contact("Acme")[-1].id


@pytest.mark.parametrize("seed", range(1, 7))
def test_machines_edited_at_random_end_alike(seed: int) -> None:
    assert play(seed, deeds=40) == []


def test_a_new_machine_has_everything_and_the_same_sums_and_streaks(pair: Pair) -> None:
    pair.laptop.choices.set("goal", "12000")
    pair.laptop.contacts.promise("Acme", pair.laptop.today + timedelta(days=1), note="sign")
    pair.ends_alike()
    tablet = pair.machine("tablet")
    for store in (pair.laptop, pair.desktop):
        pair.tell(store, tablet, everything=True)
    assert rows(tablet) == rows(pair.laptop)


def test_each_field_takes_its_newest_edit_and_what_was_replaced_is_said(pair: Pair) -> None:
    pair.laptop.entries.edit(entry(pair.laptop), note="laptop", amount=500)
    pair.clock.pass_by(seconds=5)
    pair.desktop.entries.edit(entry(pair.desktop), note="desktop", seconds=90)
    pair.ends_alike()
    (kept,) = pair.laptop.entries.with_contact("Acme")
    assert (kept.note, kept.amount, kept.seconds) == ("desktop", 500, 90)
    (note,) = [it for it in pair.laptop.sync_log.notes() if it.field == "note"]
    assert (note.was, note.is_now, note.overrode) == ("laptop", "desktop", True)
    assert note.machine == "desktop"
    pair.laptop.sync_log.take_back(note.id)
    assert pair.laptop.entries.with_contact("Acme")[0].note == "laptop"
    pair.ends_alike()
    assert pair.desktop.entries.with_contact("Acme")[0].note == "laptop"
    pair.laptop.journal.undo()
    assert pair.laptop.entries.with_contact("Acme")[0].note == "desktop"


def said_of(store: Store, note: SyncNote) -> dict[str, object] | None:
    """What the row of a note holds in its fields; None: it is not here."""
    with store.database.reading() as driver:
        row_id = find_row(driver, note.table, note.uid)
        if row_id is None:
            return None
        here = read_state(driver, KINDS[note.table], row_id).f
    return {name: here.get(name) for name in fields_of(note)}


def fields_of(note: SyncNote) -> dict[str, object]:
    return note.was if isinstance(note.was, dict) else {note.field: note.was}


def test_what_came_is_taken_back_in_each_table_and_that_is_undone(pair: Pair) -> None:
    laptop, desktop, today = pair.laptop, pair.desktop, pair.laptop.today
    laptop.activities.add("Film", Terms())
    laptop.problems.park("Invoices")
    laptop.contacts.promise("Acme", today + timedelta(days=1), time(10), note="sign")
    laptop.contacts.add("Initech")
    laptop.days_off.add(today + timedelta(days=9), reason="a fair")
    laptop.entries.log(NewEntry(1, seconds=5, contact="Globex"))
    laptop.choices.set("working_day", "8-16")
    pair.clock.pass_by(days=2)
    laptop.progress.note_reason("ill", today + timedelta(days=1))
    pair.meet()
    (ask,) = [it.id for it in desktop.entries.with_contact("Globex")]
    desktop.entries.edit(entry(desktop), activity_id=2, outcome=None, day=today + timedelta(days=1))
    desktop.entries.edit(
        entry(desktop), note="other", seconds=61, amount=7, contact="Iris", came_from=1
    )
    desktop.entries.delete(ask)
    for contact in desktop.contacts.all():
        if contact.contact.name == "Acme":
            desktop.contacts.edit(contact.contact.id, name="Acme Corp", phone="0142", note="x")
        elif contact.contact.name == "Initech":
            desktop.contacts.never(contact.contact.id)
    desktop.contacts.drop(desktop.contacts.find("Acme Corp").contact.id)
    desktop.activities.edit(2, rank=1, starts_at=time(8))
    desktop.activities.edit(2, name="Films", terms=Terms(frozenset(range(7))))
    desktop.problems.set_state(1, ProblemState.DELEGATED, to="Ann")
    desktop.problems.edit(1, title="Bills", estimate=Estimate(seconds=60))
    desktop.days_off.remove(today + timedelta(days=9))
    desktop.progress.note_reason("tired", today + timedelta(days=1))
    desktop.choices.set("working_day", "10-18")
    pair.clock.pass_by(minutes=1)
    pair.tell(desktop, laptop)
    tables = set()
    for note in laptop.sync_log.notes():
        before = said_of(laptop, note)
        if note.field == "new":
            with pytest.raises(NeedleError, match="came new"):
                laptop.sync_log.take_back(note.id)
            continue
        laptop.sync_log.take_back(note.id)
        assert said_of(laptop, note) == fields_of(note), note
        laptop.journal.undo()
        assert said_of(laptop, note) == before, note
        tables.add((note.table, note.field == "deleted"))
    changed = "activity", "contact", "entry", "missed_reason", "next_step", "problem", "settings"
    gone = "day_off", "entry"
    assert tables == {*((it, False) for it in changed), *((it, True) for it in gone)}


def test_a_promise_that_was_overridden_is_promised_again(pair: Pair) -> None:
    for store, minutes in ((pair.laptop, 20), (pair.desktop, 30)):
        store.activities.edit(1, terms=Terms(frozenset(range(7)), minutes * 60))
        pair.clock.pass_by(seconds=1)
    pair.meet()
    (note,) = [it for it in pair.laptop.sync_log.notes() if it.overrode]
    assert (note.table, note.field, note.was, note.is_now) == ("commitment", "seconds", 1200, 1800)
    pair.laptop.sync_log.take_back(note.id)
    pair.ends_alike()
    terms = pair.desktop.activities.all()[0].timeline[-1].terms
    assert terms == Terms(frozenset(range(7)), 1200)


def test_many_rows_that_came_at_once_are_one_line_of_the_log(pair: Pair) -> None:
    for seconds in range(25):
        pair.laptop.entries.log(NewEntry(1, seconds=seconds, contact="Acme"))
    pair.meet()
    for it in pair.laptop.entries.with_contact("Acme"):
        pair.laptop.entries.delete(it.id)
    pair.meet()
    notes = [it for it in pair.desktop.sync_log.notes() if it.table == "entry" and not it.uid]
    assert [(it.field, it.is_now) for it in notes] == [("deleted", 26), ("new", 25)]
    with pytest.raises(NeedleError, match="number"):
        pair.desktop.sync_log.take_back(notes[0].id)


def test_what_was_deleted_stays_away_unless_it_was_edited_elsewhere(pair: Pair) -> None:
    pair.laptop.entries.log(NewEntry(1, seconds=30, contact="Acme"))
    pair.meet()
    first, second = (it.id for it in pair.laptop.entries.with_contact("Acme"))
    pair.laptop.entries.delete(first)
    pair.laptop.entries.delete(second)
    pair.desktop.entries.edit(entry(pair.desktop), note="edited")
    pair.ends_alike()
    (back,) = pair.laptop.entries.with_contact("Acme")
    assert back.note == "edited"


def test_undo_of_a_deletion_brings_it_back_everywhere(pair: Pair) -> None:
    pair.laptop.entries.delete(entry(pair.laptop))
    pair.meet()
    assert pair.desktop.entries.with_contact("Acme") == ()
    pair.laptop.journal.undo()
    pair.ends_alike()
    assert len(pair.desktop.entries.with_contact("Acme")) == 1


def test_activities_and_contacts_of_one_name_made_apart_become_one(pair: Pair) -> None:
    for store in (pair.laptop, pair.desktop):
        store.activities.add("Film", Terms())
        store.entries.tick(store.activities.find("Film").id)
        store.contacts.add("Globex")
        pair.clock.pass_by(seconds=1)
    pair.ends_alike()
    assert [it.name for it in pair.laptop.activities.all()] == ["Calls", "Film"]
    assert sql(pair.laptop.path, "SELECT count(*) FROM entry WHERE activity_id = 2") == [(2,)]


def test_the_newest_order_of_ranks_wins_and_leaves_no_gap(pair: Pair) -> None:
    for name in ("Film", "Newsletter"):
        pair.laptop.activities.add(name, Terms())
    pair.meet()
    pair.laptop.activities.edit(pair.laptop.activities.find("Film").id, rank=1)
    pair.clock.pass_by(seconds=1)
    pair.desktop.activities.edit(pair.desktop.activities.find("Newsletter").id, rank=1)
    pair.ends_alike()
    ranked = [(it.name, it.rank) for it in pair.desktop.activities.all()]
    assert ranked[0] == ("Newsletter", 1)
    assert [rank for _, rank in ranked] == [1, 2, 3]


def test_never_wins_over_what_was_promised_meanwhile(pair: Pair) -> None:
    (buyer,) = pair.laptop.contacts.all()
    pair.laptop.contacts.never(buyer.contact.id)
    pair.clock.pass_by(minutes=1)
    pair.desktop.contacts.promise("Acme", pair.desktop.today + timedelta(days=2))
    pair.ends_alike()
    (buyer,) = pair.desktop.contacts.all()
    assert buyer.contact.never_since == pair.desktop.today
    assert buyer.step is None


def test_a_promise_made_elsewhere_changes_no_past_day(pair: Pair) -> None:
    pair.clock.pass_by(days=2)
    before = pair.desktop.day(pair.desktop.today - timedelta(days=1))
    pair.laptop.activities.edit(1, terms=Terms(frozenset(range(7)), 6000))
    pair.ends_alike()
    assert pair.desktop.day(pair.desktop.today - timedelta(days=1)).status == before.status
    assert pair.desktop.activities.all()[0].timeline[-1].terms == Terms(frozenset(range(7)), 6000)


def test_no_past_day_is_another_but_those_that_were_edited(pair: Pair) -> None:
    laptop, desktop, first = pair.laptop, pair.desktop, pair.laptop.today
    for number in range(30):
        if number % 3:
            laptop.entries.log(NewEntry(1, seconds=700 if number % 4 else 60, contact="Acme"))
        if number == 15:
            laptop.activities.edit(1, terms=Terms(frozenset(range(5)), 300))
            laptop.days_off.add(first + timedelta(days=20), reason="ill")
        pair.clock.pass_by(days=1)
    pair.meet()
    before = past(laptop, first)
    assert past(desktop, first) == before
    edited, gone, late = (first + timedelta(days=number) for number in (4, 7, 9))
    by_day = {it.day: it.id for it in desktop.entries.with_contact("Acme")}
    desktop.entries.edit(by_day[edited], seconds=900)
    desktop.entries.delete(by_day[gone])
    desktop.entries.log(NewEntry(1, late, seconds=900))
    desktop.activities.edit(1, terms=Terms(frozenset(range(7)), 6000))
    laptop.activities.add("Film", Terms(frozenset(range(7))), rank=1)
    laptop.activities.archive(1)
    laptop.days_off.add(laptop.today, reason="ill")
    pair.ends_alike()
    for store in (laptop, desktop):
        after = past(store, first)
        assert {day for day in before if before[day] != after[day]} == {edited, gone, late}


def past(store: Store, first: date) -> dict[date, object]:
    """What each day before today came to."""
    days = record(store.progress.record(), first, store.today - timedelta(days=1))
    return {it.day: it for it in days}


def test_two_answers_to_one_ask_are_asked_about(pair: Pair) -> None:
    ask = pair.laptop.entries.log(
        NewEntry(1, contact="Acme", outcome=Outcome.ASKED, amount=900)
    ).entry
    pair.meet()
    pair.laptop.entries.settle(ask.id, Outcome.WON, 900)
    there = pair.desktop.entries.open_asks()[0].id
    pair.desktop.entries.settle(there, Outcome.LOST)
    pair.ends_alike()
    (question,) = pair.desktop.decisions.questions()
    assert isinstance(question, TwoAnswers)
    assert {it.outcome for it in question.answers} == {Outcome.WON, Outcome.LOST}
    (won,) = [it for it in question.answers if it.outcome is Outcome.WON]
    pair.desktop.decisions.keep_answer(won.id)
    pair.ends_alike()
    for store in (pair.laptop, pair.desktop):
        assert store.decisions.questions() == ()
        assert store.entries.with_contact("Acme")[0].outcome is Outcome.WON


@pytest.mark.parametrize("other", [True, False])
def test_two_promises_to_one_contact_are_asked_about(pair: Pair, other: bool) -> None:
    days = [pair.laptop.today + timedelta(days=number) for number in (1, 2)]
    for store, day in zip((pair.laptop, pair.desktop), days, strict=True):
        store.contacts.promise("Acme", day, note=f"{store.path.stem}")
    pair.ends_alike()
    for store in (pair.laptop, pair.desktop):
        (question,) = store.decisions.questions()
        assert isinstance(question, TwoPromises)
        assert {question.here.day, question.other.day} == set(days)
    pair.laptop.decisions.keep_promise(question.uid, other=other)
    kept = question.other if other else question.here
    pair.ends_alike()
    for store in (pair.laptop, pair.desktop):
        assert store.decisions.questions() == ()
        (buyer,) = store.contacts.all()
        assert buyer.step is not None
        assert (buyer.step.day, buyer.step.note) == (kept.day, kept.note)


def test_a_choice_that_is_undone_and_done_again_leaves_nothing_that_waits(pair: Pair) -> None:
    days = [pair.laptop.today + timedelta(days=number) for number in (1, 2)]
    for store, day in zip((pair.laptop, pair.desktop), days, strict=True):
        store.contacts.promise("Acme", day)
    pair.meet()
    (question,) = pair.laptop.decisions.questions()
    assert isinstance(question, TwoPromises)
    pair.laptop.decisions.keep_promise(question.uid, other=True)
    pair.meet()
    pair.laptop.journal.undo()
    pair.meet()
    pair.laptop.journal.redo()
    pair.ends_alike()
    for store in (pair.laptop, pair.desktop):
        assert store.decisions.questions() == ()
        assert sql(store.path, "SELECT uid FROM held") == []
        (buyer,) = store.contacts.all()
        assert buyer.step is not None
        assert buyer.step.day == question.other.day


def test_a_row_that_comes_back_is_counted_once(pair: Pair) -> None:
    pair.laptop.entries.delete(entry(pair.laptop))
    pair.desktop.entries.edit(entry(pair.desktop), note="edited")
    with pair.desktop.sync.outgoing() as outgoing:
        lines = list(outgoing.lines)
    for file, count in (("a", 1), ("b", 0)):
        came = pair.laptop.sync.take_in("x", "x", pair.clock.now(), {file: [*lines, *lines]})
        assert (came.rows, len(came.back)) == (count, count)


def test_the_promise_that_waits_has_its_place_once_the_other_is_settled(pair: Pair) -> None:
    days = [pair.laptop.today + timedelta(days=number) for number in (1, 2)]
    for store, day in zip((pair.laptop, pair.desktop), days, strict=True):
        store.contacts.promise("Acme", day)
    pair.ends_alike()
    pair.laptop.entries.log(NewEntry(1, seconds=5, outcome=Outcome.TALKED, contact="Acme"))
    pair.tell(pair.laptop, pair.desktop)  # and hears nothing of it
    (buyer,) = pair.laptop.contacts.all()
    assert buyer.step is not None
    pair.ends_alike()


def test_what_came_back_with_another_id_is_found_by_undo_and_redo(pair: Pair) -> None:
    pair.laptop.activities.add("Film", SALES)
    pair.meet()
    pair.desktop.entries.log(NewEntry(pair.desktop.activities.all()[-1].id, seconds=60))
    pair.laptop.journal.undo()  # here nothing is on it, there something is
    pair.meet()
    pair.laptop.journal.redo()
    pair.meet()
    for store in (pair.laptop, pair.desktop):
        assert [(it.name, len(it.timeline)) for it in store.activities.all()][1] == ("Film", 1)


def test_a_restored_backup_rejoins_without_reviving_what_was_deleted(
    pair: Pair, tmp_path: Path
) -> None:
    pair.laptop.entries.log(NewEntry(1, seconds=30, contact="Acme", note="later deleted"))
    pair.meet()
    backup = Backups(pair.laptop.path, pair.clock).make(date(2026, 11, 24))
    pair.laptop.entries.delete(pair.laptop.entries.with_contact("Acme")[0].id)
    with pair.laptop.sync.outgoing() as outgoing:
        lines = list(outgoing.lines)
    pair.laptop.sync.written(outgoing, "own")
    pair.desktop.sync.take_in("laptop", "laptop", pair.clock.now(), {"own": lines})
    Backups(pair.laptop.path, pair.clock).restore(backup)
    restored = pair.machine("laptop")
    assert len(restored.entries.with_contact("Acme")) == 2
    machine = restored.sync.status().machine
    assert restored.sync.unseen(machine, ["own"]) == ["own"]
    restored.sync.take_in(machine, "laptop", pair.clock.now(), {"own": lines})
    pair.tell(restored, pair.desktop, everything=True)
    assert len(restored.entries.with_contact("Acme")) == 1
    assert len(pair.desktop.entries.with_contact("Acme")) == 1


def test_undo_leaves_what_another_machine_changed_in_other_fields(pair: Pair) -> None:
    pair.laptop.entries.edit(entry(pair.laptop), note="laptop")
    pair.desktop.entries.edit(entry(pair.desktop), amount=700)
    pair.meet()
    pair.laptop.journal.undo()
    pair.ends_alike()
    (kept,) = pair.desktop.entries.with_contact("Acme")
    assert (kept.note, kept.amount) == ("first", 700)


def test_each_setting_is_chosen_and_taken_back_for_itself(pair: Pair) -> None:
    pair.laptop.choices.set("goal", "12000")
    pair.desktop.choices.set("working_day", "8-16")
    pair.meet()
    pair.laptop.journal.undo()
    pair.ends_alike()
    assert pair.desktop.choices.typed()["working_day"].startswith("08:00")
    assert pair.desktop.choices.typed()["goal"] == "none"
    pair.laptop.choices.set("goal", "900")
    pair.clock.pass_by(seconds=5)
    pair.desktop.choices.set("working_day", "9-17")  # as if nobody had chosen
    pair.ends_alike()
    assert pair.laptop.choices.typed()["working_day"].startswith("09:00")


def test_a_machine_that_counts_other_money_is_refused_first(pair: Pair, clock: SetClock) -> None:
    tablet = pair.machine("tablet")
    tablet.choices.set("currency", "EUR")
    pair.laptop.entries.edit(entry(pair.laptop), amount=500)
    with pytest.raises(NeedleError, match="counts money in EUR"):
        pair.tell(tablet, pair.laptop)


HOSTILE = [
    b"nonsense",
    b'{"t":"sqlite_master","u":"1","f":{}}',
    b'{"t":"entry","u":"1","f":{}}',
    b'{"t":"activity","u":"1","f":{"name":"","is_sales":0,"rank":1}}',
    b'{"t":"activity","u":"1","f":{"name":5,"is_sales":0,"rank":1}}',
    b'{"t":"activity","u":"1","f":{"name":"x","is_sales":0,"rank":99999999999999999999}}',
    b'{"t":"call_block","u":"1","f":{"day":"2026-13-01","started_at":"2026-11-24T10:00:00Z",'
    b'"utc_offset":0,"planned":60,"ended_at":"2026-11-24T11:00:00Z"}}',
    b'{"t":"settings","u":"settings","f":{"currency":"usd"},"c":{"currency":1}}',
    b'{"t":"activity","u":"1","f":{"name":"x","is_sales":0,"rank":1},"c":{"name":-5}}',
    b'{"t":"activity","u":"1","f":{"name":"x","is_sales":0,"rank":1},"c":{"name":99999999999999999999}}',
    b'{"t":"activity","u":"1","f":{"name":"x","is_sales":2,"rank":1}}',
    b'{"t":"activity","u":"id 99999999999999999999","f":{"name":"x","is_sales":0}}',
    b'{"t":"activity","u":"1","f":{"name":"x","is_sales":0,"rank":1},"c":{"name":1900000000000000000}}',
    b'{"t":"commitment","u":"1","f":{"activity_id":"that has not come","start":"today"}}',
    b'{"t":"settings","u":"settings","f":{"goal":"x"},"c":{"goal":1}}',
    b'{"t":"settings","u":"settings","f":{"goal":99999999999999999999},"c":{"goal":1}}',
    b'{"t":"settings","u":"settings","f":{"retry_days":1},"c":{"retry_days":1}}',
    b'{"t":"settings","u":"settings","into":"x"}',
    b'{"t":"contact","u":"","f":{"name":"Nobody"}}',
    b"[" * 100_000,
]


def test_a_line_that_no_machine_of_ours_wrote_is_left_out_and_costs_no_other(pair: Pair) -> None:
    good = b'{"t":"activity","u":"good","f":{"name":"Good","is_sales":0,"rank":2}}'
    for _ in range(2):  # the second time it is kept what came of the past
        pair.laptop.sync.take_in("evil", "evil", pair.clock.now(), {"0": [good]})
    before = dump(pair.laptop.path)
    for number, line in enumerate(HOSTILE, start=1):
        file = {str(number): [line, good]}
        came = pair.laptop.sync.take_in("evil", "evil", pair.clock.now(), file)
        assert (came.rows, len(came.left)) == (0, 1), line[:80]
        assert dump(pair.laptop.path) == before, line[:80]
    assert pair.laptop.sync.unseen("evil", ["1"]) == []


IMPORTED = (
    b'{"t":"entry","u":"%b","f":{"day":"2026-11-24","seconds":60,"count":1,"activity_id":"%b",'
    b'"source":"csv","source_key":"k","logged_at":"2026-11-24T10:00:00Z","logged_on":"2026-11-24"}}'
)


def test_a_row_whose_place_another_one_has_waits_and_costs_no_other(pair: Pair) -> None:
    (activity,) = sql(pair.laptop.path, "SELECT uid FROM activity")[0]
    of = activity.encode()
    lines = [IMPORTED % (uid, of) for uid in (b"3:csvk", b"a", b"b")]
    came = pair.laptop.sync.take_in("evil", "evil", pair.clock.now(), {"0": lines})
    assert (came.rows, came.left) == (1, ["another row has its place here"] * 2)
    came = pair.laptop.sync.take_in("evil", "evil", pair.clock.now(), {"1": lines[1:]})
    assert (came.rows, len(came.left)) == (0, 2)
    note = pair.laptop.sync_log.notes()[-1]
    assert (note.machine, note.field, note.was) == ("evil", "left out", came.left[0])
    assert note_words(note, "USD") == "row: 2 left out"
    pair.desktop.activities.add("Film", Terms())
    pair.tell(pair.desktop, pair.laptop)
    assert [it.name for it in pair.laptop.activities.all()] == ["Calls", "Film"]
    imported = "SELECT id FROM entry WHERE source = 'csv'"
    pair.laptop.entries.delete(sql(pair.laptop.path, imported)[0][0])
    pair.meet()
    assert len(sql(pair.laptop.path, imported)) == 1, "there is room for one of them"


def test_a_contact_comes_after_an_entry_that_made_another_one(pair: Pair) -> None:
    (activity,) = sql(pair.laptop.path, "SELECT uid FROM activity")[0]
    contact = '{"t":"contact","u":"%s","f":{"name":"%s","same_as":null}}'
    call = json.loads((IMPORTED % (b"c", activity.encode())).decode())
    call["f"]["contact"] = "Globex"
    lines = [contact % ("iris", "Iris"), json.dumps(call), contact % ("stark", "Stark")]
    came = pair.laptop.sync.take_in(
        "m", "m", pair.clock.now(), {"0": [it.encode() for it in lines]}
    )
    assert (came.rows, came.left) == (3, [])
    names = sql(pair.laptop.path, "SELECT name FROM contact ORDER BY id DESC LIMIT 3")
    assert names == [("Stark",), ("Globex",), ("Iris",)]


def test_a_timer_that_runs_goes_on_where_its_activity_becomes_one_with_another(pair: Pair) -> None:
    for store in (pair.laptop, pair.desktop):
        store.activities.add("Film", Terms())
        store.timer.start(store.activities.find("Film").id)
    pair.ends_alike()
    for store in (pair.laptop, pair.desktop):
        running = store.day().running
        assert running is not None
        assert running.name == "Film"


def test_one_added_anew_elsewhere_stays_where_another_of_its_name_was_taken_back(
    pair: Pair,
) -> None:
    for number in range(8):  # the lesser of two random uids names both
        one, other = (pair.laptop, pair.desktop)[:: 1 if number % 2 else -1]
        for store in (one, other):
            store.activities.add(f"Film {number}", None)
        pair.tell(one, other)
        one.journal.undo()
        pair.meet()
        for store in (one, other):
            assert f"Film {number}" in [it.name for it in store.activities.all()]


GROUP = re.compile(r"\('(\w+)', (.*?)\)(?=,\n +\('|\n +\) WHERE)", re.DOTALL)
"""In a trigger, the name of a group and what of it was another value before."""


def test_the_triggers_keep_the_clock_of_each_column_under_the_group_that_merging_knows() -> None:
    schema, compared = usual_schema(SCHEMA_VERSION), 0
    for kind in KINDS.values():
        does = schema.get(("trigger", f"{kind.name}_edited"), "").partition("BEGIN")[2]
        groups = GROUP.findall(does) or [("", does)]
        for group, before in groups:
            for column in re.findall(r'OLD\."?(\w+)', before):
                assert kind.group_of(column) == group, (kind.name, column)
                compared += 1
    assert compared > 70


def test_clocks_are_kept_for_what_was_edited_and_for_nothing_else(pair: Pair) -> None:
    pair.laptop.entries.log(NewEntry(1, seconds=5))
    edited = "SELECT tbl, field FROM edit WHERE tbl = 'entry'"
    assert sql(pair.laptop.path, edited) == []
    pair.laptop.entries.edit(entry(pair.laptop), note="x")
    assert sql(pair.laptop.path, edited) == [("entry", "note")]


def test_a_clock_that_was_set_back_still_goes_on(pair: Pair, clock: SetClock) -> None:
    pair.laptop.entries.edit(entry(pair.laptop), note="before")
    clock.pass_by(minutes=-5)
    pair.laptop.entries.edit(entry(pair.laptop), note="after")
    pair.meet()
    assert pair.desktop.entries.with_contact("Acme")[0].note == "after"


def test_what_is_said_anew_is_newer_than_a_deletion_by_a_clock_that_is_ahead(
    pair: Pair, clock: SetClock
) -> None:
    clock.pass_by(hours=48 + 3)
    yesterday = pair.laptop.today - timedelta(days=1)
    pair.laptop.progress.note_reason("ill", yesterday)
    pair.laptop.journal.undo()
    clock.pass_by(hours=-3)
    pair.tell(pair.laptop, pair.desktop)
    pair.desktop.progress.note_reason("a fair", yesterday)
    pair.tell(pair.desktop, pair.laptop)
    assert sql(pair.laptop.path, "SELECT reason FROM missed_reason") == [("a fair",)]


def test_what_was_edited_while_the_clock_was_a_year_ahead_wins_for_no_year(pair: Pair) -> None:
    pair.clock.pass_by(days=366)
    pair.laptop.entries.edit(entry(pair.laptop), note="ahead")
    pair.clock.pass_by(days=-366)
    pair.meet()
    pair.desktop.entries.edit(entry(pair.desktop), note="later")
    pair.meet()
    for store in (pair.laptop, pair.desktop):
        assert store.entries.with_contact("Acme")[0].note == "later"
