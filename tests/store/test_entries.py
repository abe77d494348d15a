"""Entries: logging, ticking, settling, changing, deleting; new and known contacts; open asks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from needlemover.domain.calls.entry import EntryFact, Newness, Outcome
from needlemover.domain.errors import NeedleError, WrongUsageError
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.care.checks import run_checks
from needlemover.store.imports.content import ImportedEntry
from needlemover.store.store import Store

from ..conftest import SetClock, terms
from .conftest import dump, sql

TODAY = date(2026, 11, 24)
YESTERDAY = TODAY - timedelta(days=1)


def local(hour: int, minute: int = 0, day: int = 24) -> datetime:
    """An instant of November in Berlin."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)


def log(store: Store, of: ActivityFact | None = None, **what: object) -> EntryFact:
    return store.entries.log(NewEntry(of.id if of else None, **what)).entry  # type: ignore[arg-type]


def test_a_call_is_kept_with_all_it_says(store: Store, calls: ActivityFact) -> None:
    entry = log(
        store, calls, started_at=local(15, 5), seconds=1082, outcome=Outcome.WON,
        contact="  Foo   GmbH ", amount=120_000, note=" Starts in December. ",
    )  # fmt: skip
    assert (entry.day, entry.started_at, entry.utc_offset) == (TODAY, local(15, 5), 3600)
    assert (entry.seconds, entry.outcome, entry.amount) == (1082, Outcome.WON, 120_000)
    assert (entry.contact, entry.note, entry.late) == ("Foo GmbH", "Starts in December.", False)
    assert store.day().entries == (entry,)


def test_no_outcome_is_talked_and_no_activity_the_first_sales_activity(
    store: Store, film: ActivityFact, calls: ActivityFact
) -> None:
    entry = log(store, seconds=720)
    assert (entry.activity, entry.outcome) == ("Sales conversations", Outcome.TALKED)


def test_a_conversation_of_no_length_is_one_too(store: Store, calls: ActivityFact) -> None:
    assert log(store, calls, seconds=0).outcome is Outcome.TALKED


def test_time_on_another_activity_has_no_outcome(store: Store, film: ActivityFact) -> None:
    assert log(store, film, seconds=600, outcome=Outcome.WON).outcome is None


def test_money_alone_belongs_to_no_activity_and_is_no_dial(
    store: Store, calls: ActivityFact
) -> None:
    entry = log(store, amount=50_000, count=0, contact="Acme")
    assert (entry.activity_id, entry.outcome, entry.is_dial) == (None, None, False)
    ours = log(store, calls, amount=-50_000, count=0)
    assert (ours.outcome, ours.fills_quota) == (None, False)
    snapshot = store.day()
    assert snapshot.sales is not None
    assert (snapshot.sales.dials, snapshot.sales.conversations) == (0, 0)


def test_without_a_sales_activity_it_says_how_to_add_one(store: Store, film: ActivityFact) -> None:
    with pytest.raises(NeedleError, match="no sales activity yet: add one") as refused:
        log(store, seconds=720)
    assert refused.value.hint == "add sales activity"


def test_a_call_after_midnight_belongs_to_the_evening_before(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 25, 1, 30))
    assert log(store, calls, started_at=local(1, day=25), seconds=600).day == TODAY
    assert log(store, calls, seconds=600).day == TODAY


def test_an_entry_keeps_its_day_when_the_zone_or_the_boundary_changes(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    entry = log(store, calls, started_at=local(0, 30), seconds=600)
    assert entry.day == YESTERDAY
    store.choices.set("day_starts_at", "00:00")
    clock.set(datetime(2026, 11, 24, 12), ZoneInfo("Pacific/Auckland"))
    assert store.day(YESTERDAY).entries == (entry,)


def test_what_is_entered_for_an_earlier_day_is_logged_late(
    store: Store, film: ActivityFact, calls: ActivityFact
) -> None:
    assert log(store, calls, day=YESTERDAY, seconds=720).late
    assert store.entries.tick(film.id, YESTERDAY).late
    assert not store.entries.tick(film.id).late


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ({"day": TODAY + timedelta(days=1), "seconds": 60}, "still to come"),
        ({"started_at": local(15, 41), "seconds": 60}, "start is still to come"),
        ({"started_at": local(9, day=26), "seconds": 60}, "still to come"),
        ({"seconds": -60}, "less than 0"),
        ({"seconds": 60, "count": -1}, "less than 0"),
        ({"seconds": 60, "amount": 10**30}, "more money than can be kept"),
        ({"seconds": 60, "contact": "x" * 1001}, "too long: type at most 1000 characters"),
        ({"seconds": 60, "note": "x" * 10_001}, "too long: type at most 10,000 characters"),
        ({"count": 0}, "Nothing is left"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_logged(
    store: Store, calls: ActivityFact, what: dict[str, object], why: str
) -> None:
    before = dump(store.path)
    with pytest.raises(WrongUsageError, match=why):
        log(store, calls, **what)
    assert dump(store.path) == before


def test_several_are_logged_as_one_change_or_none_of_them(store: Store, film: ActivityFact) -> None:
    good = NewEntry(film.id, YESTERDAY, seconds=60)
    with pytest.raises(WrongUsageError):
        store.entries.log_all([good, NewEntry(film.id, seconds=-1)])
    assert store.day(YESTERDAY).entries == ()
    store.entries.log_all([good, NewEntry(film.id, TODAY, seconds=60)])
    assert (len(store.day(YESTERDAY).entries), len(store.day().entries)) == (1, 1)
    assert store.journal.undo() == "Logged 2 entries"
    assert (len(store.day(YESTERDAY).entries), len(store.day().entries)) == (0, 0)


def test_the_entries_of_a_day_stand_in_the_order_in_which_they_happened(
    store: Store, calls: ActivityFact
) -> None:
    late = log(store, calls, started_at=local(14), seconds=60)
    untimed = log(store, calls, seconds=60)
    early = log(store, calls, started_at=local(9), seconds=60)
    assert store.day().entries == (early, late, untimed)


@pytest.mark.parametrize(
    ("start", "minutes", "overlaps"),
    [((10, 30), 60, True), ((9, 30), 60, True), ((10, 10), 5, True), ((9, 0), 180, True),
     ((11, 0), 30, False), ((9, 0), 60, False)],
)  # fmt: skip
def test_an_entry_at_the_same_time_as_another_is_told(
    store: Store, calls: ActivityFact, start: tuple[int, int], minutes: int, overlaps: bool
) -> None:
    first = log(store, calls, started_at=local(10), seconds=3600)
    log(store, calls, started_at=local(10), seconds=0, outcome=Outcome.NO_ANSWER)
    new = NewEntry(calls.id, started_at=local(*start), seconds=minutes * 60)
    assert store.entries.log(new).overlaps == (first if overlaps else None)


def test_an_overlap_over_the_boundary_is_told(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 25, 9))
    night = log(store, calls, started_at=local(3, 30, day=25), seconds=3600)
    assert night.day == TODAY
    new = NewEntry(calls.id, started_at=local(4, 15, day=25), seconds=600)
    assert store.entries.log(new).overlaps == night


# Ticks.


def test_a_plain_activity_is_ticked_once_and_unticked(store: Store, film: ActivityFact) -> None:
    store.entries.tick(film.id)
    assert store.day().activities[0].due.met
    with pytest.raises(NeedleError, match="ticked already"):
        store.entries.tick(film.id)
    store.entries.untick(film.id)
    assert not store.day().activities[0].due.met
    with pytest.raises(NeedleError, match="no tick on that day"):
        store.entries.untick(film.id)


def test_a_counted_activity_counts_one_more_with_each_tick(store: Store) -> None:
    posts = store.activities.add("Posts", terms(count=2))
    store.entries.tick(posts.id)
    assert not store.day().activities[0].due.met
    store.entries.tick(posts.id)
    assert store.day().activities[0].due.met
    store.entries.untick(posts.id)
    assert store.day().activities[0].progress.count == 1


def test_what_asks_for_minutes_or_conversations_is_not_ticked(
    store: Store, calls: ActivityFact
) -> None:
    mastermind = store.activities.add("Mastermind", terms(30))
    with pytest.raises(WrongUsageError, match="log the minutes"):
        store.entries.tick(mastermind.id)
    with pytest.raises(WrongUsageError, match="log its conversations"):
        store.entries.tick(calls.id)


def test_a_tick_of_a_plain_sales_activity_is_no_call(store: Store) -> None:
    fair = store.activities.add("Trade fair", terms(), is_sales=True)
    tick = store.entries.tick(fair.id)
    assert (tick.outcome, tick.is_dial) == (None, False)
    snapshot = store.day()
    assert snapshot.activities[0].due.met
    assert snapshot.sales is not None
    assert (snapshot.sales.dials, snapshot.sales.conversations) == (0, 0)


def test_a_tick_of_a_sales_activity_is_never_a_conversation(store: Store, clock: SetClock) -> None:
    fair = store.activities.add("Trade fair", terms(), is_sales=True)
    store.entries.tick(fair.id)
    store.activities.edit(fair.id, terms=terms(count=1))
    due = store.day().activities[0].due
    assert (due.progress.count, due.met) == (0, False)
    log(store, fair, seconds=60)
    assert store.day().activities[0].due.met
    clock.pass_by(days=1)
    past = store.day(TODAY)
    assert past.sales is not None
    assert (past.sales.conversations, past.activities[0].due.met) == (1, True)


def test_a_day_to_come_is_not_ticked(store: Store, film: ActivityFact) -> None:
    with pytest.raises(WrongUsageError, match="still to come"):
        store.entries.tick(film.id, TODAY + timedelta(days=1))


def test_time_meets_a_plain_activity_too_and_is_no_tick(store: Store, film: ActivityFact) -> None:
    log(store, film, seconds=600)
    assert store.day().activities[0].due.met
    with pytest.raises(NeedleError, match="no tick"):
        store.entries.untick(film.id)


# Contacts.


def newness(store: Store, day: date | None = None) -> list[Newness | None]:
    return [entry.newness for entry in store.day(day).entries]


def test_a_contact_is_new_with_the_first_conversation_and_known_after(
    store: Store, calls: ActivityFact
) -> None:
    log(store, calls, started_at=local(9), seconds=60, contact="Acme")
    log(store, calls, started_at=local(10), seconds=60, contact=" ACME ")
    assert newness(store) == [Newness.NEW, Newness.KNOWN]


def test_of_two_calls_in_one_second_the_one_logged_first_is_new(
    store: Store, calls: ActivityFact
) -> None:
    log(store, calls, seconds=60, contact="Acme")
    log(store, calls, seconds=60, contact="Acme")
    assert newness(store) == [Newness.NEW, Newness.KNOWN]


def test_a_try_without_an_answer_makes_nobody_known(store: Store, calls: ActivityFact) -> None:
    log(store, calls, started_at=local(9), contact="Acme", outcome=Outcome.VOICEMAIL)
    log(store, calls, started_at=local(10), seconds=60, contact="Acme")
    assert newness(store) == [None, Newness.NEW]


def test_a_conversation_entered_afterwards_makes_the_later_one_known(
    store: Store, calls: ActivityFact
) -> None:
    log(store, calls, started_at=local(9), seconds=60, contact="Acme")
    log(store, calls, day=YESTERDAY, seconds=60, contact="Acme")
    assert (newness(store), newness(store, YESTERDAY)) == ([Newness.KNOWN], [Newness.NEW])


def test_without_a_name_nobody_is_new(store: Store, calls: ActivityFact) -> None:
    log(store, calls, seconds=60)
    assert newness(store) == [None]


def test_what_happened_with_a_contact_is_told_newest_first(
    store: Store, calls: ActivityFact
) -> None:
    first = log(store, calls, day=YESTERDAY, seconds=60, contact="Acme")
    second = log(store, calls, started_at=local(9), seconds=60, contact="acme")
    log(store, calls, seconds=60, contact="Acme Corp")
    assert store.entries.with_contact("ACME") == (second, first)
    assert store.entries.with_contact("nobody") == ()


# Asks.


def ask(
    store: Store, calls: ActivityFact, day: date = YESTERDAY, contact: str = "Foo"
) -> EntryFact:
    return log(store, calls, day=day, seconds=300, outcome=Outcome.ASKED, contact=contact)


def test_an_ask_is_open_until_it_is_settled(store: Store, calls: ActivityFact) -> None:
    asked = ask(store, calls)
    assert store.entries.open_asks() == (asked,)
    assert store.day().open_asks == 1
    answer = store.entries.settle(asked.id, Outcome.WON, 120_000)
    assert (answer.day, answer.amount, answer.contact) == (TODAY, 120_000, "Foo")
    assert (answer.follows, answer.is_dial, answer.fills_quota) == (asked.id, False, False)
    assert store.entries.open_asks() == ()
    assert store.day().open_asks == 0
    assert store.day(YESTERDAY).entries[0].answer is Outcome.WON


def test_a_settled_ask_adds_no_dial_conversation_or_minute_to_the_day(
    store: Store, calls: ActivityFact
) -> None:
    store.entries.settle(ask(store, calls).id, Outcome.LOST)
    sales = store.day().sales
    assert sales is not None
    assert (sales.dials, sales.conversations, sales.seconds) == (0, 0, 0)
    assert store.day().entries[0].newness is None


def test_an_ask_is_settled_once_and_only_won_or_lost(store: Store, calls: ActivityFact) -> None:
    asked = ask(store, calls)
    with pytest.raises(NeedleError):
        store.entries.settle(asked.id, Outcome.TALKED)
    store.entries.settle(asked.id, Outcome.LOST)
    with pytest.raises(NeedleError, match="answer already"):
        store.entries.settle(asked.id, Outcome.WON)


def test_open_asks_are_listed_newest_first(store: Store, calls: ActivityFact) -> None:
    old = ask(store, calls, YESTERDAY, "Old")
    new = ask(store, calls, TODAY, "New")
    assert store.entries.open_asks() == (new, old)


def test_a_deleted_answer_opens_the_ask_again(store: Store, calls: ActivityFact) -> None:
    asked = ask(store, calls)
    store.entries.delete(store.entries.settle(asked.id, Outcome.WON).id)
    assert store.entries.open_asks() == (asked,)


def test_the_answer_to_a_deleted_ask_becomes_a_call_of_its_own(
    store: Store, calls: ActivityFact
) -> None:
    asked = ask(store, calls)
    store.entries.settle(asked.id, Outcome.WON, 120_000)
    before = dump(store.path)
    store.entries.delete(asked.id)
    (answer,) = store.day().entries
    assert (answer.follows, answer.outcome, answer.amount) == (None, Outcome.WON, 120_000)
    assert (answer.is_dial, answer.fills_quota, answer.newness) == (True, True, Newness.NEW)
    sales = store.day().sales
    assert sales is not None
    assert (sales.dials, sales.conversations) == (1, 1)
    store.journal.undo()
    assert dump(store.path) == before


def test_money_that_followed_a_deleted_sale_stays_money_alone(
    store: Store, calls: ActivityFact
) -> None:
    sale = log(store, calls, seconds=60, outcome=Outcome.WON)
    log(store, calls, amount=500, count=0, follows=sale.id)
    store.entries.delete(sale.id)
    (payment,) = store.day().entries
    assert (payment.amount, payment.outcome, payment.fills_quota) == (500, None, False)


# Changing and deleting.


def test_an_entry_is_changed_and_its_answer_told(store: Store, calls: ActivityFact) -> None:
    entry = log(store, calls, started_at=local(9, 12), seconds=60)
    changed = store.entries.edit(
        entry.id, seconds=900, outcome=Outcome.MEETING_SET, contact="Acme", note="Thursday"
    ).entry
    assert (changed.seconds, changed.outcome) == (900, Outcome.MEETING_SET)
    assert (changed.contact, changed.note, changed.newness) == ("Acme", "Thursday", Newness.NEW)
    assert (changed.started_at, changed.day) == (local(9, 12), TODAY)


def test_an_entry_moved_to_another_day_keeps_its_time_of_day(
    store: Store, calls: ActivityFact
) -> None:
    entry = log(store, calls, started_at=local(9, 12), seconds=60)
    moved = store.entries.edit(entry.id, day=YESTERDAY).entry
    assert (moved.day, moved.started_at) == (YESTERDAY, local(9, 12, day=23))


def test_an_edit_elsewhere_keeps_the_clock_of_the_place_where_it_happened(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    entry = log(store, calls, started_at=local(9, 12), seconds=60)
    clock.set(datetime(2026, 11, 24, 12), ZoneInfo("America/New_York"))
    assert store.entries.edit(entry.id, note="x").entry.utc_offset == 3600
    again = store.entries.edit(entry.id, started_at=entry.started_at, note="y").entry
    assert again.utc_offset == 3600
    assert store.entries.edit(entry.id, started_at=local(10)).entry.utc_offset == -5 * 3600


def test_an_entry_becomes_unanswered_and_no_longer_fills_the_quota(
    store: Store, calls: ActivityFact
) -> None:
    entry = log(store, calls, seconds=60)
    store.entries.edit(entry.id, outcome=Outcome.NO_ANSWER)
    sales = store.day().sales
    assert sales is not None
    assert (sales.dials, sales.conversations, sales.seconds) == (1, 0, 0)


def test_an_entry_moves_to_another_activity(
    store: Store, film: ActivityFact, calls: ActivityFact
) -> None:
    entry = log(store, film, seconds=600)
    assert store.entries.edit(entry.id, activity_id=calls.id).entry.outcome is Outcome.TALKED
    assert store.entries.edit(entry.id, activity_id=film.id).entry.outcome is None


def test_an_edited_tick_stays_a_tick(store: Store, film: ActivityFact) -> None:
    tick = store.entries.tick(film.id)
    store.entries.edit(tick.id, note="Take two")
    assert store.entries.untick(film.id).note == "Take two"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"day": TODAY + timedelta(days=1)}, "still to come"),
        ({"started_at": local(23)}, "still to come"),
        ({"seconds": -1}, "less than 0"),
        ({"contact": "x" * 1001}, "too long"),
    ],
)
def test_a_change_that_cannot_be_is_refused(
    store: Store, calls: ActivityFact, change: dict[str, object], why: str
) -> None:
    entry = log(store, calls, seconds=60)
    with pytest.raises(WrongUsageError, match=why):
        store.entries.edit(entry.id, **change)
    assert store.day().entries == (entry,)


def test_an_entry_that_is_gone_is_said_to_be(store: Store, calls: ActivityFact) -> None:
    entry = log(store, calls, seconds=60)
    store.entries.delete(entry.id)
    for act in (
        lambda: store.entries.delete(entry.id),
        lambda: store.entries.edit(entry.id, seconds=1),
        lambda: store.entries.settle(entry.id, Outcome.WON),
    ):
        with pytest.raises(NeedleError, match="This entry is gone"):
            act()


def test_an_imported_entry_keeps_its_key_when_edited_and_leaves_it_when_deleted(
    store: Store, calls: ActivityFact
) -> None:
    rows = [ImportedEntry(f"r{n}", YESTERDAY, str(n), seconds=60) for n in range(2)]
    store.imports.add(rows, source="crm", file_name="calls.csv")
    edited, deleted = store.day(YESTERDAY).entries
    store.entries.edit(edited.id, seconds=999)
    store.entries.delete(deleted.id)
    assert sql(store.path, "SELECT source_key FROM entry") == [("id:0",)]
    assert sql(store.path, "SELECT source, source_key FROM forgotten_key") == [("crm", "id:1")]
    assert store.imports.add(rows, source="crm", file_name="calls.csv").added == 0
    store.journal.undo()
    assert sql(store.path, "SELECT count(*) FROM forgotten_key") == [(0,)]


@pytest.mark.parametrize(
    "text", ["[/b]", "[red]", "🚀 x", "מכירות", "a\nb", "\x1b[31mred", "'; DROP TABLE entry; --"]
)
def test_any_text_is_kept_as_it_is(store: Store, calls: ActivityFact, text: str) -> None:
    entry = log(store, calls, seconds=60, contact=text, note=text)
    assert entry.note == text
    assert entry.contact == " ".join(text.split())
    assert store.entries.with_contact(text) == (entry,)


def test_an_answer_stays_behind_its_ask(store: Store, calls: ActivityFact, clock: SetClock) -> None:
    ask = store.entries.log(NewEntry(calls.id, seconds=600, outcome=Outcome.ASKED)).entry
    clock.pass_by(days=2)
    answer = store.entries.settle(ask.id, Outcome.WON, 50_000)
    with pytest.raises(WrongUsageError, match="It follows what happened on Tuesday 24 November"):
        store.entries.edit(answer.id, day=ask.day - timedelta(days=1))
    clock.pass_by(days=2)
    with pytest.raises(WrongUsageError, match="Its answer or payment came on Thursday 26 November"):
        store.entries.edit(ask.id, day=answer.day + timedelta(days=1))
    with pytest.raises(WrongUsageError, match="choose that day or a later one"):
        store.entries.log(
            NewEntry(None, day=ask.day, amount=100, count=0, outcome=None, follows=answer.id)
        )
    assert store.entries.edit(answer.id, day=ask.day).entry.day == ask.day
    assert store.entries.edit(ask.id, day=ask.day - timedelta(days=1)).entry.answer is Outcome.WON


def test_an_entry_cannot_be_changed_to_end_in_the_future(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    entry = log(store, calls, started_at=local(15, 30), seconds=2)
    for changes in ({"seconds": 36_000}, {"started_at": local(15, 39), "seconds": 122}):
        with pytest.raises(WrongUsageError, match="end is still to come"):
            store.entries.edit(entry.id, **changes)
    assert store.entries.edit(entry.id, seconds=660).entry.seconds == 660


def test_an_entry_of_an_older_version_that_ends_in_the_future_is_sound_and_can_be_noted(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    entry = log(store, calls, started_at=local(15, 30), seconds=60)
    sql(store.path, "UPDATE entry SET seconds = 36000")
    assert run_checks(store.path, clock).wrong == ()
    assert store.entries.edit(entry.id, note="long").entry.note == "long"
