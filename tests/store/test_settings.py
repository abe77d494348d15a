"""Settings in the file: what can be chosen, and that what was chosen is read again."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest

from needlemover.domain.errors import NeedleError, WrongUsageError
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.domain.settings import NextWorth, Settings
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store

from ..conftest import SetClock, terms
from .conftest import dump


def test_before_anyone_chose_the_defaults_hold(store: Store) -> None:
    assert store.settings == Settings()
    assert store.choices.typed() == {
        "currency": "USD",
        "day_starts_at": "04:00",
        "first_weekday": "monday",
        "working_day": "09:00-17:00 mon-fri",
        "call_cap": "120 min",
        "retry_days": "1, 3, 6, 30",
        "hourly_worth": "none",
        "hourly_worth_next": "none",
        "goal": "none",
        "goal_by": "none",
        "goal_since": "none",
        "assumed_win_rate": "none",
        "assumed_win": "none",
    }


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("currency", "eur", "EUR"),
        ("day_starts_at", "5", "05:00"),
        ("day_starts_at", "0:00", "00:00"),
        ("first_weekday", "sun", "sunday"),
        ("first_weekday", "Monday, sun from 2026-12-07", "monday, sunday from 2026-12-13"),
        (
            "first_weekday",
            "sun, mon from 2026-12-07, sun from 2027-01-31",
            "sunday, monday from 2026-12-07, sunday from 2027-01-31",
        ),
        ("working_day", "8:30-17 mon-thu", "08:30-17:00 mon,tue,wed,thu"),
        ("call_cap", "90", "90 min"),
        ("call_cap", "90 s", "90 s"),
        ("hourly_worth", "60.5", "60.50"),
        ("hourly_worth", "none", "none"),
        ("hourly_worth_next", "60 from 2027-03-01", "60.00 from 2027-03-01"),
        ("hourly_worth_next", "none", "none"),
        ("goal", "12,000", "12000.00"),
        ("goal_by", "2026-12-31", "2026-12-31"),
        ("goal_since", "2026-10-01", "2026-10-01"),
        ("assumed_win_rate", "5 %", "1 in 20"),
        ("assumed_win_rate", "2.5%", "1 in 40"),
        ("assumed_win_rate", "3 in 20", "3 in 20"),
        ("assumed_win", "1200", "1200.00"),
    ],
)
def test_a_setting_is_kept_as_it_is_typed_in_full(
    store: Store, again: Callable[[], Store], key: str, typed: str, kept: str
) -> None:
    assert store.choices.set(key, typed) == kept
    assert again().choices.typed()[key] == kept
    assert again().settings == store.settings


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("currency", "dollars"),
        ("currency", "€€€"),
        ("currency", ""),
        ("day_starts_at", "12:00"),
        ("day_starts_at", "25:61"),
        ("first_weekday", "mon-fri"),
        ("first_weekday", "x"),
        ("first_weekday", "monday, sunday"),
        ("first_weekday", "monday, sunday from May"),
        ("first_weekday", "sunday from 2026-12-13"),
        ("first_weekday", "monday, mon-fri from 2026-12-13"),
        ("working_day", "9"),
        ("call_cap", "30 s"),
        ("call_cap", "25 h"),
        ("hourly_worth", "-1"),
        ("hourly_worth", "much"),
        ("hourly_worth_next", "60"),
        ("hourly_worth_next", "60 from March"),
        ("hourly_worth_next", "-60 from 2027-03-01"),
        ("goal", "0"),
        ("goal", "-5"),
        ("goal_by", "2026-11-23"),
        ("goal_by", "2026-02-30"),
        ("goal_by", "2999-01-01"),
        ("assumed_win_rate", "0 %"),
        ("assumed_win_rate", "101 %"),
        ("assumed_win_rate", "1 in 0"),
        ("assumed_win_rate", "often"),
        ("assumed_win", "0"),
        ("colour", "red"),
    ],
)
def test_what_cannot_be_chosen_is_refused_and_nothing_changes(
    store: Store, key: str, typed: str
) -> None:
    before = dump(store.path)
    with pytest.raises(WrongUsageError):
        store.choices.set(key, typed)
    assert dump(store.path) == before


def test_a_choice_can_be_undone(store: Store) -> None:
    store.choices.set("currency", "EUR")
    store.choices.set("currency", "CHF")
    store.journal.undo()
    assert store.settings.currency == "EUR"
    store.journal.undo()
    assert store.settings.currency == "USD"


def test_what_is_chosen_back_leaves_nothing(store: Store) -> None:
    before = dump(store.path)["settings"]
    store.choices.set("first_weekday", "sunday")
    store.choices.set("first_weekday", "monday")
    assert dump(store.path)["settings"] == before == []
    store.journal.undo()
    assert store.choices.typed()["first_weekday"] == "sunday"


def test_the_day_begins_where_it_was_chosen(store: Store, clock: SetClock) -> None:
    clock.set(datetime(2026, 11, 24, 5))
    assert store.today == date(2026, 11, 24)
    store.choices.set("day_starts_at", "06:00")
    assert store.today == date(2026, 11, 23)
    assert store.settings.day_starts_at == time(6)


def test_money_that_was_logged_keeps_its_decimals(store: Store, calls: ActivityFact) -> None:
    store.entries.log(NewEntry(calls.id, amount=120_050))
    with pytest.raises(NeedleError, match="the currency stays"):
        store.choices.set("currency", "JPY")
    store.choices.set("currency", "EUR")
    assert store.settings.currency == "EUR"


def test_a_declared_worth_keeps_its_decimals(store: Store) -> None:
    store.choices.set("hourly_worth", "60.50")
    with pytest.raises(NeedleError, match="set hourly_worth to none first"):
        store.choices.set("currency", "JPY")
    assert store.settings.hourly_worth == 6050


def test_the_first_promises_and_the_currency_are_one_step(store: Store) -> None:
    promises = [("Calls", terms(15), True, time(9)), ("Film", terms(), False, None)]
    store.choices.begin("eur", promises)
    found = [(item.name, item.starts_at) for item in store.activities.all()]
    assert found == [("Calls", time(9)), ("Film", None)]
    assert store.settings.currency == "EUR"
    store.journal.undo()
    assert (store.activities.all(), store.settings.currency) == ((), "USD")


def test_first_promises_that_cannot_be_change_nothing(store: Store) -> None:
    before = dump(store.path)
    promises = [("Calls", terms(15), True, None), ("calls", terms(), False, None)]
    with pytest.raises(NeedleError):
        store.choices.begin("EUR", promises)
    assert dump(store.path) == before


def test_a_goal_with_a_last_day_counts_from_the_first_of_its_month(store: Store) -> None:
    store.choices.set_goal(1_200_000, date(2027, 1, 31))
    settings = store.settings
    assert (settings.goal, settings.goal_by) == (1_200_000, date(2027, 1, 31))
    assert settings.goal_since == date(2026, 11, 1)
    store.choices.set_goal(900_000)
    settings = store.settings
    assert (settings.goal, settings.goal_by, settings.goal_since) == (900_000, None, None)
    store.journal.undo()
    assert store.settings.goal_by == date(2027, 1, 31)


@pytest.mark.parametrize("key", ["hourly_worth_next", "goal", "assumed_win"])
def test_a_chosen_amount_keeps_its_decimals(store: Store, key: str) -> None:
    store.choices.set(key, "60 from 2027-03-01" if key == "hourly_worth_next" else "60")
    with pytest.raises(NeedleError, match=f"set {key} to none first"):
        store.choices.set("currency", "JPY")


def test_a_second_worth_holds_from_its_day_on() -> None:
    later = NextWorth(6000, date(2027, 3, 1))
    settings = Settings(hourly_worth=5000, hourly_worth_next=later)
    assert settings.declared_worth(date(2027, 2, 28)) == 5000
    assert settings.declared_worth(date(2027, 3, 1)) == 6000
    alone = Settings(hourly_worth_next=later)
    assert alone.declared_worth(date(2027, 2, 28)) is None


def test_both_declared_worths_are_one_change(store: Store) -> None:
    store.choices.declare_worth(4_600, NextWorth(6_000, date(2027, 3, 1)))
    settings = store.settings
    assert (settings.hourly_worth, settings.hourly_worth_next) == (
        4_600, NextWorth(6_000, date(2027, 3, 1)),
    )  # fmt: skip
    assert store.journal.undo() == "Declared the worth of an hour"
    assert (store.settings.hourly_worth, store.settings.hourly_worth_next) == (None, None)


@pytest.mark.parametrize("typed", ["", "0", "1, -3", "1000", "one", "1," * 30])
def test_days_to_try_again_after_are_whole_and_above_none(store: Store, typed: str) -> None:
    with pytest.raises(WrongUsageError, match=r"1, 3, 6, 30"):
        store.choices.set("retry_days", typed)
