"""Choosing what the numbers depend on."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any

from msgspec.structs import replace

from ..domain.errors import NeedleError, WrongUsageError
from ..domain.promises.commitment import Terms, tracked_from
from ..domain.settings import NextWorth, Settings
from ..text.format import minor_digits
from ..text.settings import MONEY_KEYS, typed_settings, with_setting
from .delegation.problems import forget_asks
from .facts import read_settings, settings_values
from .promises.activity_rows import add_activity
from .schema.tables import SETTINGS
from .session import Step, Subject

LONGEST_GOAL = timedelta(days=3660)
_WITH_MONEY = (
    ("Problems have a cost", "SELECT id FROM problem WHERE cost > 0 OR real_cost > 0"),
    ("Money has been logged", "SELECT id FROM entry WHERE amount IS NOT NULL"),
)

First = tuple[str, Terms, bool, time | None]
"""A first promise: the name, what is promised, whether it is sales, when it starts."""


class Choices(Subject):
    """Choosing what the numbers depend on."""

    def typed(self) -> dict[str, str]:
        """All settings as they are typed."""
        return typed_settings(self._session.facts.settings)

    def hold_money(self) -> bool:
        """Whether a setting, a problem or an entry holds an amount in the currency."""
        with self._session.reading() as driver:
            return any(_money_in(driver, self._session.facts.settings))

    def set(self, key: str, typed: str) -> str:
        """Choose a setting; its value as it is typed, or a `NeedleError` when it cannot be."""
        return self.set_all({key: typed})[key]

    def set_all(self, typed: Mapping[str, str]) -> dict[str, str]:
        """Choose settings as one change: all as they are typed; a `NeedleError` changes none."""
        with self._session.change(f"Set {', '.join(typed)}") as step:
            new, today = step.moment.settings, step.moment.today
            for key, value in typed.items():
                new = with_setting(new, key, value, today)
            if "goal_by" in typed:
                new = _with_beginning(new, today)
            if "first_weekday" in typed:
                # Weeks that ran or run stay as they were, unless nothing was promised before.
                weeks = step.moment.settings.weeks
                begins = (tracked_from(item.timeline) for item in step.facts.activities)
                if any(day is not None and day < weeks.start(today) for day in begins):
                    new = replace(new, weeks=weeks.then(new.weeks, today))
            _change(step, new)
            return typed_settings(new)

    def put_back(self, columns: dict[str, object]) -> None:
        """Let columns hold what they held before; a `NeedleError` when it cannot be."""
        with self._session.change("Put settings back") as step:
            _change(step, read_settings(step.driver, columns))

    def begin(self, currency: str, activities: Sequence[First]) -> None:
        """Take the first promises, by rank, and the currency: all, or (`NeedleError`) none."""
        with self._session.change("Made the first promises") as step:
            _change(step, with_setting(step.moment.settings, "currency", currency))
            for name, terms, is_sales, starts_at in activities:
                add_activity(step, name, terms, is_sales=is_sales, starts_at=starts_at)

    def set_goal(self, goal: int | None, by: date | None = None, **assumed: Any) -> None:
        """Choose the money wanted (minor units; None: no goal), by a day or (None) every month.

        `assumed_win_rate` and `assumed_win` stay unless given. A `NeedleError` for a day gone by.
        """
        with self._session.change("Set the goal") as step:
            new = replace(step.moment.settings, goal=goal, goal_by=by, **assumed)
            _change(step, _with_beginning(new, step.moment.today))

    def declare_worth(self, worth: int | None, later: NextWorth | None) -> None:
        """Declare what an hour is worth, in minor units (None: what the data say), and later."""
        with self._session.change("Declared the worth of an hour") as step:
            old = step.moment.settings
            _change(step, replace(old, hourly_worth=worth, hourly_worth_next=later))


def _change(step: Step, new: Settings) -> None:
    old = step.moment.settings
    if new == old:
        return
    if minor_digits(old.currency) != minor_digits(new.currency):
        for what, way in _money_in(step.driver, old):
            why = f"{what} in {old.currency}, which has other decimals than {new.currency}: {way}"
            raise NeedleError(why)
    write_settings(step, new)
    if (new.hourly_worth, new.hourly_worth_next) != (old.hourly_worth, old.hourly_worth_next):
        forget_asks(step)


def write_settings(step: Step, new: Settings) -> None:
    """Write them. Their row stays when that is undone: another machine may have chosen others."""
    step.driver.execute("INSERT OR IGNORE INTO settings (id) VALUES (1)")
    step.update(SETTINGS, 1, **settings_values(new))


def _with_beginning(settings: Settings, today: date) -> Settings:
    """The settings with the day from which money counts: the first of this month."""
    if settings.goal_by is None:
        return replace(settings, goal_since=None)
    if not today <= settings.goal_by <= today + LONGEST_GOAL:
        raise WrongUsageError(
            f"The goal cannot end on {settings.goal_by}: give a day from today on, at most ten "
            "years away."
        )
    return replace(settings, goal_since=today.replace(day=1))


def holds_money(driver: sqlite3.Connection) -> bool:
    """Whether a problem or an entry holds an amount in the currency."""
    return any(driver.execute(statement).fetchone() for _, statement in _WITH_MONEY)


def _money_in(driver: sqlite3.Connection, settings: Settings) -> Iterator[tuple[str, str]]:
    """What holds an amount in the currency, and what that means for another one."""
    for key in MONEY_KEYS:
        if getattr(settings, key) is not None:
            what = "The worth of an hour" if key == "hourly_worth" else key
            yield f"{what} is set", f"set {key} to none first."
    for what, statement in _WITH_MONEY:
        if driver.execute(statement).fetchone():
            yield what, "it would read wrong, so the currency stays."
