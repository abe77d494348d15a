"""Settings in the file: what can be chosen, and that what was chosen is read again."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest

from needlemover.domain.errors import NeedleError, WrongUsageError
from needlemover.domain.settings import Settings
from needlemover.domain.snapshots import ActivityFact
from needlemover.store import NewEntry, Store

from ..conftest import SetClock, terms
from .conftest import dump


def test_before_anyone_chose_the_defaults_hold(store: Store) -> None:
    assert store.settings == Settings()
    assert store.typed_settings() == {
        "currency": "USD",
        "day_starts_at": "04:00",
        "first_weekday": "monday",
        "working_day": "09:00-17:00 mon-fri",
        "call_cap": "120 min",
        "hourly_worth": "none",
    }


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("currency", "eur", "EUR"),
        ("day_starts_at", "5", "05:00"),
        ("day_starts_at", "0:00", "00:00"),
        ("first_weekday", "sun", "sunday"),
        ("working_day", "8:30-17 mon-thu", "08:30-17:00 mon,tue,wed,thu"),
        ("call_cap", "90", "90 min"),
        ("call_cap", "90 s", "90 s"),
        ("hourly_worth", "60.5", "60.50"),
        ("hourly_worth", "none", "none"),
    ],
)
def test_a_setting_is_kept_as_it_is_typed_in_full(
    store: Store, again: Callable[[], Store], key: str, typed: str, kept: str
) -> None:
    assert store.set_setting(key, typed) == kept
    assert again().typed_settings()[key] == kept
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
        ("working_day", "9-9"),
        ("call_cap", "30 s"),
        ("call_cap", "25 h"),
        ("hourly_worth", "-1"),
        ("hourly_worth", "much"),
        ("colour", "red"),
    ],
)
def test_what_cannot_be_chosen_is_refused_and_nothing_changes(
    store: Store, key: str, typed: str
) -> None:
    before = dump(store.path)
    with pytest.raises(WrongUsageError):
        store.set_setting(key, typed)
    assert dump(store.path) == before


def test_a_choice_can_be_undone(store: Store) -> None:
    store.set_setting("currency", "EUR")
    store.set_setting("currency", "CHF")
    store.journal.undo()
    assert store.settings.currency == "EUR"
    store.journal.undo()
    assert store.settings.currency == "USD"


def test_the_day_begins_where_it_was_chosen(store: Store, clock: SetClock) -> None:
    clock.set(datetime(2026, 11, 24, 5))
    assert store.today == date(2026, 11, 24)
    store.set_setting("day_starts_at", "06:00")
    assert store.today == date(2026, 11, 23)
    assert store.settings.day_starts_at == time(6)


def test_money_that_was_logged_keeps_its_decimals(store: Store, calls: ActivityFact) -> None:
    store.entries.log(NewEntry(calls.id, amount=120_050))
    with pytest.raises(NeedleError, match="the currency stays"):
        store.set_setting("currency", "JPY")
    store.set_setting("currency", "EUR")
    assert store.settings.currency == "EUR"


def test_a_declared_worth_keeps_its_decimals(store: Store) -> None:
    store.set_setting("hourly_worth", "60.50")
    with pytest.raises(NeedleError, match="set hourly_worth to none first"):
        store.set_setting("currency", "JPY")
    assert store.settings.hourly_worth == 6050


def test_the_first_promises_and_the_currency_are_one_step(store: Store) -> None:
    promises = [("Calls", terms(15), True), ("Film", terms(), False)]
    store.begin("eur", promises)
    assert [item.name for item in store.activities.all()] == ["Calls", "Film"]
    assert store.settings.currency == "EUR"
    store.journal.undo()
    assert (store.activities.all(), store.settings.currency) == ((), "USD")


def test_first_promises_that_cannot_be_change_nothing(store: Store) -> None:
    before = dump(store.path)
    with pytest.raises(NeedleError):
        store.begin("EUR", [("Calls", terms(15), True), ("calls", terms(), False)])
    assert dump(store.path) == before
