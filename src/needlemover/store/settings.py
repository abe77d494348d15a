"""Choosing other settings, in a change under way."""

from datetime import date, timedelta

from msgspec.structs import replace
from sqlalchemy import Connection, or_, select

from ..domain.errors import NeedleError, WrongUsageError
from ..domain.settings import Settings
from ..text.format import minor_digits
from ..text.settings import MONEY_KEYS
from .schema.tables import ENTRY, PROBLEM, SETTINGS
from .settings_row import settings_values
from .undo import Step

LONGEST_GOAL = timedelta(days=3660)


def change_settings(step: Step, new: Settings) -> None:
    """Choose other settings.

    Raises:
        NeedleError: when money that is there would read wrong in another currency.
    """
    old = step.moment.settings
    if new == old:
        return
    _keep_money_readable(step.connection, old, new)
    if step.connection.execute(select(SETTINGS.c.id)).first() is None:
        step.insert(SETTINGS, id=1, **settings_values(new))
    else:
        step.update(SETTINGS, 1, **settings_values(new))
    if (new.hourly_worth, new.hourly_worth_next) != (old.hourly_worth, old.hourly_worth_next):
        from .delegation.problems import forget_asks

        forget_asks(step)


def begin_goal(settings: Settings, today: date) -> Settings:
    """The settings with the day from which money counts: the first of this month.

    Raises:
        WrongUsageError: when the last day of the goal is past, or too far away.
    """
    if settings.goal_by is None:
        return replace(settings, goal_since=None)
    if not today <= settings.goal_by <= today + LONGEST_GOAL:
        raise WrongUsageError(
            f"The goal cannot end on {settings.goal_by}: give a day from today on, at most ten "
            "years away."
        )
    return replace(settings, goal_since=today.replace(day=1))


def _keep_money_readable(connection: Connection, old: Settings, new: Settings) -> None:
    if minor_digits(old.currency) == minor_digits(new.currency):
        return
    for key in MONEY_KEYS:
        if getattr(old, key) is not None:
            what = "The worth of an hour" if key == "hourly_worth" else key
            raise NeedleError(
                f"{what} is set in {old.currency}, which has other decimals than "
                f"{new.currency}: set {key} to none first."
            )
    for what, statement in (
        ("Problems have a cost", select(PROBLEM.c.id).where(
            or_(PROBLEM.c.cost > 0, PROBLEM.c.real_cost > 0)
        )),
        ("Money has been logged", select(ENTRY.c.id).where(ENTRY.c.amount.is_not(None))),
    ):  # fmt: skip
        if connection.execute(statement.limit(1)).first():
            raise NeedleError(
                f"{what} in {old.currency}, which has other decimals than {new.currency}: it "
                "would read wrong, so the currency stays."
            )
