"""What Numbers asks: a window of the data added up by the database, never loaded."""

import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from ...domain.day import ONE_DAY, WINDOW_DAYS
from ...domain.errors import WrongUsageError
from ...domain.numbers.funnel import Funnel, funnel_of, funnel_weeks
from ...domain.numbers.goal import goal_of, goal_period
from ...domain.numbers.hours import slots_of
from ...domain.numbers.rates import design_effect
from ...domain.numbers.returns import Return, contradiction_of, returns_of, right_weeks
from ...domain.numbers.snapshot import NumbersSnapshot
from ...domain.numbers.worth import worth_of
from ...domain.promises.commitment import is_archived
from ...text.format import plain_day
from ..buyer_rows import read_kept
from ..calls.timer import block_hours
from ..facts import Facts
from ..number_rows import Received, Window, money_tallies, sums_by_day
from ..session import Subject

_WEEKS_DRAWN = timedelta(weeks=52)
_FIRST = "SELECT min(day) FROM entry"


class Numbers(Subject):
    """The numbers of a window."""

    def snapshot(
        self, since: date | None = None, until: date | None = None, *, whole: bool = False
    ) -> NumbersSnapshot:
        """All that Numbers shows of a window; remembered as long as nothing changes.

        It ends on `until` (None: today) and begins on `since` (None: it has 90 days) or, where it
        is `whole`, with the first entry. A `WrongUsageError` when it ends before it begins.
        """
        with self._session.reading() as driver:
            facts, (text,) = self._session.facts, driver.execute(_FIRST).fetchone()
            first = date.fromisoformat(text) if text else None
            until = until or facts.today
            since = since or until - timedelta(days=WINDOW_DAYS - 1)
            if whole:
                since = min(first or until, until)
            if since > until:
                why = f"The window ends on {plain_day(until)}, before it begins: swap the two days."
                raise WrongUsageError(why)
            return self._session.memory.recall(
                (Numbers, since, until), lambda: _read(driver, facts, first, since, until)
            )


def _read(
    driver: sqlite3.Connection, facts: Facts, first: date | None, since: date, until: date
) -> NumbersSnapshot:
    settings, today = facts.settings, facts.today
    activities, days_off = facts.activities, facts.days_off
    sales = {item.id for item in activities if item.is_sales}
    before_since = since - (until - since) - ONE_DAY
    has_before = first is not None and first <= before_since
    begin = before_since if has_before else since
    drawn = max(since, settings.weeks.start(until) - _WEEKS_DRAWN)
    window = Window(driver, since, until)
    tallies, unnamed = Window(driver, begin, until).days()
    new, new_before = window.new_buyers(begin)
    goal_since, _ = goal_period(settings, today)
    earliest = min(before_since, goal_since, today - timedelta(days=WINDOW_DAYS))
    money = Window(driver, earliest, max(until, today)).money()
    open_asks, offers = window.open_asks(today)
    tallies += [*open_asks, *money_tallies(money, sales)]

    def funnel(start: date, end: date, new: int, effect: float = 1.0) -> Funnel:
        nameless = sum(count for day, count in unnamed.items() if start <= day <= end)
        return funnel_of(tallies, start, end, new, nameless, effect)

    lately = Window(driver, drawn, until)
    tries, contacts = lately.tries()
    effect = design_effect(contacts, funnel(drawn, until, 0).conversation_per_dial)
    current = funnel(since, until, new, effect)
    in_window = [item for item in money if since <= item.day <= until]
    leaks, payments, time = window.leaks(), sums_by_day(money), window.activity_days()
    received = {day: sums[0] for day, sums in payments.items()}
    returns = _returns(facts, time, in_window)
    anyway = sum(item.money for item in in_window if (item.sold_on or "") < since.isoformat())
    ranks = {item.id: item.rank for item in activities if not is_archived(item.timeline, today)}
    return NumbersSnapshot(
        since=since,
        until=until,
        today=today,
        settings=settings,
        funnel=current,
        before=funnel(begin, since - ONE_DAY, new_before) if has_before else None,
        weeks=funnel_weeks(tallies, drawn, until, settings.weeks),
        returns=returns,
        untraced_money=sum(item.money for item in in_window if item.credited_to is None),
        contradiction=contradiction_of(returns),
        right_weeks=right_weeks(time, leaks, ranks, drawn, until, settings.weeks),
        leak_seconds=sum(leaks.values()),
        slots=slots_of(*window.slots(), lately.repeated()),
        blocks=block_hours(driver, since, until),
        offers=offers,
        tries=tuple(replace(rate, effect=effect) for rate in tries),
        kept=read_kept(driver, since, until, today),
        worth=worth_of(payments, days_off, settings, first, today),
        goal=goal_of(received, current, activities, days_off, settings, today, anyway),
    )


def _returns(
    facts: Facts, time: Sequence[tuple[int, date, int]], money: Sequence[Received]
) -> tuple[Return, ...]:
    """The activities that are not archived, and those that have time or money in the window."""
    found = []
    for item in facts.activities:
        length = sum(seconds for key, _, seconds in time if key == item.id)
        amounts = [paid.money for paid in money if paid.credited_to == item.id]
        is_over = is_archived(item.timeline, facts.today)
        if length or amounts or not is_over:
            earned, squares = sum(amounts), sum(amount * amount for amount in amounts)
            sums = length, earned, sum(paid > 0 for paid in amounts)
            it = Return(item.id, item.name, item.rank, *sums, is_archived=is_over, squares=squares)
            found.append(it)
    return returns_of(found, sum(item.money for item in money))
