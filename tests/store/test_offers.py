"""Offers: what was asked for is no money received, also where an earlier version took it for that.

The money of an earlier version is all that stands in the column `amount`.
"""

import io
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlemover.domain.buyers.contact import OpenOffers
from needlemover.domain.calls.entry import EntryFact, Outcome
from needlemover.domain.progress.review import Period
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.exchange.ours.json_file import opened_json, write_json
from needlemover.exchange.ours.rows import VERSION
from needlemover.store.care.checks import run_checks
from needlemover.store.schema.steps import STEPS, run_steps
from needlemover.store.store import Store

from ..conftest import SetClock, some_examples
from .conftest import keep, sql
from .test_numbers import TODAY, YESTERDAY, log

FILES = Path(__file__).parent.parent / "data" / "schema"
LAST_WEEK = TODAY - timedelta(days=7)


def money(store: Store) -> int:
    return store.numbers.snapshot().funnel.tally.money


def offers(store: Store) -> OpenOffers:
    return store.numbers.snapshot().offers


@pytest.fixture
def ask(store: Store, calls: ActivityFact) -> EntryFact:
    """Acme was asked for 5,000 a week ago."""
    asked = {"outcome": Outcome.ASKED, "contact": "Acme", "amount": 500_000, "seconds": 60}
    return log(store, calls, day=LAST_WEEK, **asked)


def test_what_was_asked_for_is_no_money_received(
    store: Store, calls: ActivityFact, ask: EntryFact
) -> None:
    log(store, calls, outcome=Outcome.ASKED, contact="Iris", amount=740_000)
    log(store, calls, outcome=Outcome.ASKED, contact="Umbra")
    log(store, calls, outcome=Outcome.WON, contact="Fjord", amount=900)
    found = store.numbers.snapshot()
    assert found.offers == OpenOffers(1_240_000, 2, 7)
    assert (found.funnel.tally.money, found.goal.received, found.returns[0].money) == (900,) * 3
    assert store.progress.review(Period.MONTH).totals.money == 900
    assert ask.offer == 500_000
    assert store.contacts.find("acme").offer == 500_000


@pytest.mark.parametrize(
    ("outcome", "amount", "received"),
    [(Outcome.WON, 450_000, 450_000), (Outcome.WON, None, 0), (Outcome.LOST, None, 0)],
)
def test_an_answer_takes_the_offer_away_and_undo_brings_it_back(
    store: Store, ask: EntryFact, outcome: Outcome, amount: int | None, received: int
) -> None:
    store.entries.settle(ask.id, outcome, amount)
    assert (money(store), offers(store)) == (received, OpenOffers())
    store.journal.undo()
    assert (money(store), offers(store)) == (0, OpenOffers(500_000, 1, 7))
    store.journal.redo()
    assert (money(store), offers(store)) == (received, OpenOffers())


@pytest.mark.parametrize("outcome", [Outcome.WON, Outcome.LOST])
def test_a_later_call_of_the_same_contact_answers_what_it_was_asked(
    store: Store, calls: ActivityFact, ask: EntryFact, outcome: Outcome
) -> None:
    keep(store)
    log(store, calls, outcome=outcome, contact="Other")
    log(store, calls, outcome=Outcome.TALKED, contact="acme")
    log(store, calls, day=LAST_WEEK - timedelta(days=1), outcome=outcome, contact="acme")
    assert (store.day().open_asks, offers(store).asks) == (1, 1)
    log(store, calls, outcome=outcome, contact="acme")
    (asked,) = store.day(LAST_WEEK).entries
    assert (asked.answer, asked.is_open_ask) == (outcome, False)
    assert (store.day().open_asks, store.day(LAST_WEEK).open_asks) == (0, 0)
    assert (store.numbers.snapshot().funnel.tally.open, offers(store)) == (0, OpenOffers())
    assert (store.entries.open_asks(), store.contacts.find("acme").asked_on) == ((), None)
    assert store.offers.of("Acme") is None
    store.journal.undo()
    assert (store.day().open_asks, store.offers.of("ACME")) == (1, 500_000)


def test_a_call_that_answers_is_no_second_win(store: Store, ask: EntryFact) -> None:
    log(store, store.activities.find("sales"), outcome=Outcome.WON, contact="Acme", amount=5)
    tally = store.numbers.snapshot().funnel.tally
    assert (tally.asks, tally.wins, tally.money) == (1, 1, 5)  # asked again, it is one ask


def test_the_money_kept_as_received_follows_the_ask_on_its_day(
    store: Store, ask: EntryFact
) -> None:
    before = store.numbers.snapshot(LAST_WEEK, LAST_WEEK).funnel.tally
    store.offers.keep(ask.id)
    after = store.numbers.snapshot(LAST_WEEK, LAST_WEEK)
    assert (before.money, after.funnel.tally.money, after.funnel.tally.wins) == (0, 500_000, 0)
    assert (after.offers, after.funnel.tally.open) == (OpenOffers(), 1)
    assert after.returns[0].money == 500_000
    asked, payment = store.day(LAST_WEEK).entries
    assert (asked.amount, payment.follows, payment.amount) == (None, ask.id, 500_000)
    assert store.journal.undo() == "Kept as received: Acme"
    assert (money(store), offers(store)) == (0, OpenOffers(500_000, 1, 7))


ASKED = """
    INSERT INTO entry (activity_id, day, seconds, count, outcome, contact, contact_key, amount,
        follows, fills_quota, source, logged_at, logged_on)
    VALUES (1, :day, 0, :count, :outcome, :contact, :contact, :amount, :follows, :count, 'hand',
        :day || 'T10:00:00Z', :day) RETURNING id
"""


def add(
    connection: sqlite3.Connection, outcome: str | None, amount: int | None,
    follows: int | None = None, day: date = YESTERDAY, contact: str = "acme",
) -> int:  # fmt: skip
    """An entry as every version has it; its id."""
    values = {"day": day.isoformat(), "outcome": outcome, "amount": amount, "follows": follows}
    values |= {"contact": contact, "count": follows is None}
    return int(connection.execute(ASKED, values).fetchone()[0])


def asked_in_every_way(connection: sqlite3.Connection) -> dict[str, int]:
    """Asks with amounts, and what became of them; their ids."""
    asks = {}
    for number, (name, answer, amount) in enumerate(
        (("bare", "won", None), ("named", "won", 250_000), ("lost", "lost", None), ("open", "", 0))
    ):
        asks[name] = add(connection, "asked", 100_000 * (number + 1), contact=name)
        if answer:
            asks[f"{name} answer"] = add(connection, answer, amount, asks[name], TODAY, name)
    asks["refund"] = add(connection, "asked", -700, contact="refund")
    return asks


@pytest.mark.parametrize("version", [7, 8])
def test_amounts_on_asks_of_an_earlier_file_come_to_be_offers(
    version: int, tmp_path: Path, clock: SetClock
) -> None:
    path = tmp_path / "needle.db"
    shutil.copyfile(FILES / f"version-{version}.db", path)
    path.chmod(0o600)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE activity SET is_sales = 1 WHERE id = 1")
        ((had,),) = connection.execute("SELECT sum(amount) FROM entry")
        asks = asked_in_every_way(connection)
        ((before,),) = connection.execute("SELECT sum(amount) FROM entry")
    # 1,000 + 2,000 + 2,500 + 3,000 + 4,000 − 7
    assert before - had == 1_249_300
    with closing(Store(path, clock)) as store:
        news = store.offers.news()
        assert news is not None
        # Only the refund, the win with its own amount, and the one that takes the amount are money.
        assert (news.before, news.after - had) == (before, 100_000 + 250_000 - 700)
        assert {ask.id for ask in news.asks} == {asks[name] for name in ("named", "lost", "open")}
        assert offers(store) == OpenOffers(400_000, 1, 1)
        wins = {ask.id: ask.amount for ask in store.day().entries if ask.outcome is Outcome.WON}
        assert wins == {asks["bare answer"]: 100_000, asks["named answer"]: 250_000}
        assert [item.name for item in run_checks(path, clock).wrong] == [
            "What was done is in a backup"
        ]
        store.offers.keep(asks["lost"])
        left = store.offers.news()
        assert left is not None
        assert (left.after - news.after, left.before) == (300_000, before)
        store.journal.undo()
    with closing(Store(path, clock)) as store:
        assert store.offers.news() == news
        store.offers.note_said()
        assert (store.offers.news(unsaid=True), store.offers.news()) == (None, news)
        store.offers.note_said(told=True)
        assert store.offers.news() is None
    copies = [item.path for item in store.backups.all()]
    assert [sql(copy, "SELECT sum(amount) FROM entry") for copy in copies] == [[(before,)]]


def test_a_win_keeps_the_amount_that_moved_to_it_when_it_is_undone_and_redone(
    tmp_path: Path, clock: SetClock
) -> None:
    path = tmp_path / "needle.db"
    shutil.copyfile(FILES / "version-8.db", path)
    path.chmod(0o600)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE activity SET is_sales = 1 WHERE id = 1")
        won = add(connection, "won", None, add(connection, "asked", 500_000), TODAY)
        names = [row[1] for row in connection.execute("PRAGMA table_info(entry)")]
        image = ", ".join(f"'{name}', {name}" for name in names)
        connection.execute("UPDATE change SET undone = 0")
        connection.execute("INSERT INTO change VALUES (99, 'Settled', '2026-11-24T10:00:00Z', 0)")
        connection.execute(
            "INSERT INTO changed_row SELECT NULL, 99, 'entry', id, NULL, "
            f"json_object({image}) FROM entry WHERE id = ?",
            (won,),
        )
    with closing(Store(path, clock)) as store:
        before = money(store)
        store.journal.undo()
        assert (money(store), offers(store)) == (before - 500_000, OpenOffers(500_000, 1, 1))
        store.journal.redo()
        assert (money(store), offers(store)) == (before, OpenOffers())


AMOUNTS = st.none() | st.integers(-50, 50)


@some_examples(20)
@given(st.lists(st.tuples(AMOUNTS, st.sampled_from(["won", "lost", ""]), AMOUNTS), max_size=8))
def test_no_amount_is_lost_and_none_counts_twice(
    asks: list[tuple[int | None, str, int | None]],
) -> None:
    """Of each ask: its amount, how it was answered, the amount of the answer."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        run_steps(connection, STEPS[:8])
        connection.execute("INSERT INTO activity VALUES (1, 'Sales', 'sales', 1, 1)")
        for asked, answer, amount in asks:
            ask = add(connection, "asked", asked)
            if answer:
                add(connection, answer, amount, ask, TODAY)
        ((before,),) = connection.execute("SELECT coalesce(sum(amount), 0) FROM entry")
        run_steps(connection, STEPS[8:])
        ((after, offered),) = connection.execute(
            "SELECT coalesce(sum(amount) FILTER (WHERE outcome <> 'asked' OR amount < 0), 0),"
            " (SELECT coalesce(sum(amount), 0) FROM entry"
            "     WHERE id IN (SELECT id FROM old_offer)) FROM entry"
        )
    assert after + offered == before
    moved = sum(
        asked
        for asked, answer, amount in asks
        if asked is not None and asked > 0 and answer == "won" and amount is None
    )
    real = sum(amount or 0 for _, answer, amount in asks if answer)
    refunds = sum(asked for asked, _, _ in asks if asked is not None and asked < 0)
    assert after == moved + real + refunds


Again = Callable[[], Store]


def exported(store: Store, path: Path, version: int) -> Path:
    """An export, as an earlier version wrote it."""
    file = io.BytesIO()
    with store.exports.reading() as data:
        write_json(data, file)
    now, then = (f'"version": {number}'.encode() for number in (VERSION, version))
    assert now in file.getvalue()
    path.write_bytes(file.getvalue().replace(now, then))
    return path


def take_in(store: Store, path: Path) -> int:
    with opened_json(path, store.clock.now()) as data:
        return store.exports.add(data, file_name=path.name).added


@pytest.mark.parametrize("is_new", [True, False])
def test_an_older_export_is_taken_in_by_the_same_rule_once(
    store: Store, calls: ActivityFact, ask: EntryFact, tmp_path: Path, clock: SetClock, is_new: bool
) -> None:
    lost = log(store, calls, outcome=Outcome.ASKED, contact="Iris", amount=300)
    log(store, calls, outcome=Outcome.ASKED, contact="Umbra", amount=20)
    store.entries.settle(ask.id, Outcome.WON)
    store.entries.settle(lost.id, Outcome.LOST)
    older, newer = (exported(store, tmp_path / f"{number}.json", number) for number in (1, 2))
    for file, received in ((older, 500_000), (newer, 0)):
        with closing(Store(tmp_path / f"{file.stem}.db", clock)) as other:
            if not is_new:
                other.activities.add("Film", None)
            assert (take_in(other, file), money(other)) == (5, received)
            assert (take_in(other, file), money(other)) == (0, received)
            assert offers(other) == OpenOffers(20, 1, 0)
            news = other.offers.news()
            listed = [] if news is None else [item.contact for item in news.asks]
            assert sorted(listed) == (["Iris", "Umbra"] if file is older else [])
            other.journal.undo()
            assert other.offers.news() is None
