"""Activities: their names, ranks and commitments in the file."""

from datetime import date, timedelta

import pytest

from needlemover.domain.errors import NeedleError, WrongUsageError
from needlemover.domain.promises.commitment import ActivityFact, is_archived, terms_on
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store

from ..conftest import SetClock, terms

TODAY = date(2026, 11, 24)
TOMORROW = TODAY + timedelta(days=1)


def ranked(store: Store, *, archived: bool = False) -> list[tuple[int, str]]:
    return [(item.rank, item.name) for item in store.activities.all(archived=archived)]


def test_activities_are_ranked_in_the_order_in_which_they_are_added(store: Store) -> None:
    for name in ("Film", "Calls", "Events"):
        store.activities.add(name, terms())
    assert ranked(store) == [(1, "Film"), (2, "Calls"), (3, "Events")]


def test_one_added_with_a_rank_makes_the_others_move(store: Store) -> None:
    for name in ("Film", "Calls"):
        store.activities.add(name, terms())
    store.activities.add("Events", terms(), rank=2)
    assert ranked(store) == [(1, "Film"), (2, "Events"), (3, "Calls")]


@pytest.mark.parametrize(
    ("rank", "order"),
    [(1, "CAB"), (2, "ACB"), (3, "ABC"), (99, "ABC"), (0, "CAB"), (-5, "CAB")],
)
def test_an_activity_is_moved_to_a_place(store: Store, rank: int, order: str) -> None:
    added = [store.activities.add(name, terms()) for name in "ABC"]
    store.activities.edit(added[2].id, rank=rank)
    assert ranked(store) == list(enumerate(order, start=1))


def test_what_is_archived_leaves_no_gap_in_the_ranks(store: Store, clock: SetClock) -> None:
    added = [store.activities.add(name, terms()) for name in "ABC"]
    clock.pass_by(days=1)
    store.activities.archive(added[0].id)
    assert ranked(store) == [(1, "B"), (2, "C"), (3, "A")]
    store.activities.add("D", terms())
    assert ranked(store) == [(1, "B"), (2, "C"), (3, "D"), (4, "A")]
    clock.pass_by(days=1)
    store.activities.add("E", terms())
    assert ranked(store) == [(1, "B"), (2, "C"), (3, "D"), (4, "E")]


def test_archiving_holds_from_tomorrow(store: Store, film: ActivityFact, clock: SetClock) -> None:
    clock.pass_by(days=1)
    archived = store.activities.archive(film.id)
    assert not is_archived(archived.timeline, TOMORROW)
    assert is_archived(archived.timeline, TOMORROW + timedelta(days=1))
    with pytest.raises(NeedleError, match="archived already"):
        store.activities.archive(film.id)


def test_what_was_added_today_is_archived_at_once(store: Store, film: ActivityFact) -> None:
    store.activities.archive(film.id)
    assert store.activities.all() == ()
    assert ranked(store, archived=True) == [(1, film.name)]


def test_a_commitment_is_kept_with_all_it_says(store: Store) -> None:
    what = terms(60, 10, days=frozenset({0, 2, 6}))
    added = store.activities.add("Calls", what, is_sales=True, start=TOMORROW)
    assert terms_on(added.timeline, TODAY) is None
    assert terms_on(added.timeline, TOMORROW) == what
    assert store.activities.find("calls") == added


def test_todays_bar_is_kept_in_the_file_through_a_day_of_edits(
    store: Store, clock: SetClock
) -> None:
    calls = store.activities.add("Calls", terms(15))
    store.activities.edit(calls.id, terms=terms(60), start=TOMORROW)
    clock.pass_by(days=1)
    for minutes, bar in ((90, 90), (120, 120), (30, 60), (5, 60)):
        store.activities.edit(calls.id, terms=terms(minutes))
        calls = store.activities.find("Calls")
        assert terms_on(calls.timeline, TOMORROW) == terms(bar)
    asked = [terms_on(calls.timeline, TODAY + timedelta(days=later)) for later in range(3)]
    assert asked == [terms(15), terms(60), terms(5)]


def test_every_edit_of_a_commitment_can_be_undone(store: Store, clock: SetClock) -> None:
    calls = store.activities.add("Calls", terms(60))
    clock.pass_by(days=1)
    seen = [calls.timeline]
    for minutes in (90, 30, 120, 60):
        seen.append(store.activities.edit(calls.id, terms=terms(minutes)).timeline)
    assert seen[-1] == seen[0]
    for timeline in reversed(seen[:-1]):
        store.journal.undo()
        assert store.activities.find("calls").timeline == timeline


@pytest.mark.parametrize("name", ["Film", " film ", "FILM", "Film\n"])
def test_two_activities_cannot_have_one_name(store: Store, name: str) -> None:
    store.activities.add("Film", terms())
    with pytest.raises(NeedleError, match="There is an activity “Film” already"):
        store.activities.add(name, terms())


def test_an_archived_activity_keeps_its_name_and_can_be_taken_up_again(
    store: Store, film: ActivityFact, clock: SetClock
) -> None:
    clock.pass_by(days=1)
    store.activities.archive(film.id)
    clock.pass_by(days=2)
    with pytest.raises(NeedleError, match="archived: edit it to take it up again"):
        store.activities.add(film.name, terms())
    store.activities.edit(store.activities.find(film.name).id, terms=terms())
    assert [item.name for item in store.activities.all()] == [film.name]


def test_an_activity_can_be_renamed_but_not_to_a_name_that_is_taken(
    store: Store, film: ActivityFact, calls: ActivityFact
) -> None:
    assert store.activities.edit(film.id, name="FILM ONE VIDEO").name == "FILM ONE VIDEO"
    with pytest.raises(NeedleError, match="choose another name"):
        store.activities.edit(film.id, name="sales CONVERSATIONS")


def test_what_has_entries_stays_sales_or_not(store: Store, film: ActivityFact) -> None:
    assert store.activities.edit(film.id, is_sales=True).is_sales
    store.activities.edit(film.id, is_sales=False)
    store.entries.tick(film.id)
    with pytest.raises(NeedleError, match="has entries already"):
        store.activities.edit(film.id, is_sales=True)


def test_an_activity_is_found_by_its_name_or_a_unique_beginning(
    store: Store, film: ActivityFact, calls: ActivityFact
) -> None:
    for typed in ("Film one video", "film", "FI", " f "):
        assert store.activities.find(typed) == film
    assert store.activities.find("sal") == calls


def test_a_whole_name_wins_over_a_longer_one(store: Store) -> None:
    film = store.activities.add("Film", terms())
    store.activities.add("Film more", terms())
    assert store.activities.find("film") == film


def test_a_beginning_of_several_names_is_refused_with_them(store: Store) -> None:
    store.activities.add("Calls in", terms())
    store.activities.add("Calls out", terms())
    with pytest.raises(WrongUsageError, match="could be “Calls in”, “Calls out”"):
        store.activities.find("call")


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("flim", "Film one video"), ("slaes", "Sales conversations"), ("video", "Film one video"),
     ("conversation", "Sales conversations"), ("", "Film one video")],
)  # fmt: skip
def test_an_unknown_name_is_refused_with_the_nearest(
    store: Store, film: ActivityFact, calls: ActivityFact, typed: str, nearest: str
) -> None:
    with pytest.raises(WrongUsageError, match=f"did you mean “{nearest}”"):
        store.activities.find(typed)


def test_a_beginning_does_not_find_what_is_archived_but_the_whole_name_does(
    store: Store, film: ActivityFact, calls: ActivityFact
) -> None:
    store.activities.archive(film.id)
    with pytest.raises(WrongUsageError, match="did you mean “Sales conversations”"):
        store.activities.find("film")
    assert store.activities.find("film one video").id == film.id


def test_without_any_activity_it_says_how_to_add_one(store: Store) -> None:
    with pytest.raises(NeedleError, match="add one") as refused:
        store.activities.find("film")
    assert refused.value.hint == "add activity"


@pytest.mark.parametrize(
    "name", ["[/b]", "[red]x", "🚀", "מכירות", "a\nb", "\x1b[31m", "x" * 500, "'; DROP TABLE x; --"]
)
def test_any_name_is_kept_as_it_is(store: Store, name: str) -> None:
    added = store.activities.add(name, terms())
    assert store.activities.all() == (added,)
    assert added.name == name
    assert store.activities.find(name) == added


def test_an_activity_that_is_gone_is_said_to_be(store: Store) -> None:
    for act in (
        lambda: store.activities.edit(99, name="x"),
        lambda: store.activities.archive(99),
        lambda: store.activities.edit(99, rank=1),
        lambda: store.entries.tick(99),
        lambda: store.entries.log(NewEntry(99, seconds=60)),
        lambda: store.timer.start(99),
        lambda: store.days_off.add(TODAY, activity_id=99),
    ):
        with pytest.raises(NeedleError, match="is gone"):
            act()
