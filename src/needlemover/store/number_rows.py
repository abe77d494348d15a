"""What Numbers is worked out of, added up by the database, mostly from `store.derived`."""

import sqlite3
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct

from ..domain.buyers.contact import OpenOffers
from ..domain.calls.entry import ANSWERS, ASKS, Outcome
from ..domain.day import WINDOW_DAYS
from ..domain.numbers.funnel import Tally, funnel_of
from ..domain.numbers.goal import Goal, goal_of, goal_period
from ..domain.numbers.hours import Slot
from ..domain.numbers.rates import Rate, design_effect
from .entry_facts import ASKED_AGAIN, OFFERED, OPEN_ASK, RECEIVED, sql_list, was_conversation
from .facts import Facts

# The condition of a conversation with somebody, as it is written in its index.
_TALKED = "contact_key IS NOT NULL AND fills_quota = 1 AND outcome IS NOT NULL AND follows IS NULL"
_IN_WINDOW = "day BETWEEN :since AND :until"
_DAYS = f"""
    SELECT day, sum(dials), sum(conversations), sum(asks), sum(wins), sum(conversation_seconds),
        sum(unnamed)
    FROM day_sum WHERE {_IN_WINDOW} AND dials GROUP BY day
"""
_TIME = f"""
    SELECT activity_id, day, sum(seconds) FROM day_sum
    WHERE {_IN_WINDOW} AND seconds AND activity_id GROUP BY day, activity_id
"""
# The plus keeps the database from going through all entries of the days: leaks have an index.
_LEAKS = """
    SELECT day, sum(seconds) FROM entry
    WHERE problem_id IS NOT NULL AND seconds > 0 AND +day BETWEEN :since AND :until GROUP BY +day
"""
# The latest answer is the last one of its ask. The few answers are read first, from their index.
_ANSWERED = f"""
    SELECT ask.id, ask.day, ask.outcome, answer.outcome
    FROM entry AS answer INDEXED BY entry_follows
        CROSS JOIN entry AS ask ON ask.id = answer.follows
    WHERE answer.follows IS NOT NULL AND answer.outcome IN ({sql_list(ANSWERS)})
        AND {was_conversation("ask")}
        AND ask.day BETWEEN :since AND :until
    ORDER BY answer.day, answer.id
"""
# A payment follows an answer, which follows an ask: what brought the buyer may stand at any one.
_MONEY = f"""
    SELECT entry.day, entry.amount,
        coalesce(entry.activity_id, paid.activity_id, asked.activity_id),
        coalesce(entry.came_from, paid.came_from, asked.came_from,
            entry.activity_id, paid.activity_id, asked.activity_id),
        coalesce(asked.id, paid.id, entry.id),
        iif(coalesce(asked.outcome, paid.outcome, entry.outcome) IS NULL, NULL,
            coalesce(asked.day, paid.day, entry.day))
    FROM entry LEFT JOIN entry AS paid ON paid.id = entry.follows
        LEFT JOIN entry AS asked ON asked.id = paid.follows
    WHERE entry.day BETWEEN :since AND :until AND {RECEIVED}
"""
_OPEN = f"""
    SELECT day, count(*), coalesce(sum(amount) FILTER (WHERE {OFFERED}), 0),
        count(*) FILTER (WHERE {OFFERED})
    FROM entry WHERE {OPEN_ASK} GROUP BY day ORDER BY day
"""
_ASKED_AGAIN = f"SELECT day FROM entry WHERE {_IN_WINDOW} AND {ASKED_AGAIN}"
# All contacts with whom there was a conversation, in the order of the index: none is looked up.
_NEW_BUYERS = f"""
    SELECT sum(first_day >= :since), sum(first_day >= :first AND first_day < :since)
    FROM (
        SELECT min(day) AS first_day FROM entry INDEXED BY entry_talked
        WHERE {_TALKED} AND day <= :until
        GROUP BY contact_key
    )
"""
# By weekday, Monday first.
_SLOTS = f"""
    SELECT (strftime('%w', day) + 6) % 7 AS weekday, hour, sum(dials), sum(conversations)
    FROM day_sum WHERE {_IN_WINDOW} AND dials GROUP BY weekday, hour
"""
# Dials to the same contact at the same hour, or on the same weekday, tell less than to others.
_SLOT_CONTACTS = """
    SELECT contact_key, (strftime('%w', entry.day) + 6) % 7 AS weekday, hour, sum(conversations),
        sum(dials)
    FROM entry JOIN entry_sum USING (id)
    WHERE entry.day BETWEEN :since AND :until AND contact_key IS NOT NULL AND hour >= 0
    GROUP BY contact_key, weekday, hour
"""
# Half a year before the range tells which dial in a row one is.
_TRIES = """
    SELECT contact_key, day >= :since, fills_quota FROM entry INDEXED BY entry_day
    WHERE day BETWEEN date(:since, '-6 months') AND :until
        AND contact_key IS NOT NULL AND outcome IS NOT NULL AND follows IS NULL
    ORDER BY day, coalesce(started_at, logged_at), id
"""
_TRIES_TOLD = 6


class Received(Struct, frozen=True):
    """Money that came in or was paid back."""

    day: date
    money: int  # minor units
    activity_id: int | None  # where it was logged
    credited_to: int | None  # the activity that brought the buyer, else where it was logged
    sale: int  # the entry that it follows in the end, or itself
    sold_on: str | None  # the day of the sale; None where there was no call


def money_tallies(money: Iterable[Received], sales: Container[int]) -> Iterator[tuple[date, Tally]]:
    """What came in with sales activities, on its day; what followed each sale, on the sale's."""
    followed: dict[tuple[int, str], int] = {}
    for item in money:
        if item.activity_id in sales:
            yield item.day, Tally(money=item.money)
        if item.sold_on is not None:
            key = item.sale, item.sold_on
            followed[key] = followed.get(key, 0) + item.money
    for (_, day), earned in followed.items():
        yield date.fromisoformat(day), Tally(earned=earned, squares=earned * earned)


def sums_by_day(money: Iterable[Received]) -> dict[date, tuple[int, int, int]]:
    """All money, the number of payments and the sum of the squared amounts by day."""
    found: dict[date, tuple[int, int, int]] = {}
    for item in money:
        amount, payments, squares = found.get(item.day, (0, 0, 0))
        payments += item.money > 0
        found[item.day] = amount + item.money, payments, squares + item.money * item.money
    return found


class Window:
    """A range of days of a file."""

    def __init__(self, connection: sqlite3.Connection, since: date, until: date) -> None:
        self._connection = connection
        self._range = {"since": since.isoformat(), "until": until.isoformat()}

    def _rows(self, statement: str, **more: str) -> sqlite3.Cursor:
        return self._connection.execute(statement, self._range | more)

    def days(self) -> tuple[list[tuple[date, Tally]], dict[date, int]]:
        """What calls came to on their days, without the money, and what later entries made of it.

        Beside it stands how many conversations of each day name no contact.
        """
        tallies, unnamed = [], {}
        for text, *sums, without_name in self._rows(_DAYS):
            day = date.fromisoformat(text)
            tallies.append((day, Tally(*sums)))
            unnamed[day] = without_name
        for text, asked, answer in {row[0]: row[1:] for row in self._rows(_ANSWERED)}.values():
            wins = (answer == Outcome.WON) - (asked == Outcome.WON)
            tallies.append((date.fromisoformat(text), Tally(asks=asked not in ASKS, wins=wins)))
        for (text,) in self._rows(_ASKED_AGAIN):
            tallies.append((date.fromisoformat(text), Tally(asks=-1)))
        return tallies, unnamed

    def open_asks(self, today: date) -> tuple[list[tuple[date, Tally]], OpenOffers]:
        """The asks without an answer by day, in the window or not, and what was offered in them."""
        rows = [(date.fromisoformat(day), *sums) for day, *sums in self._rows(_OPEN)]
        ages = [(today - day).days for day, _, _, offers in rows if offers]
        amount, offers = sum(row[2] for row in rows), sum(row[3] for row in rows)
        offered = OpenOffers(amount, offers, max(ages, default=None))
        return [(day, Tally(open=asks)) for day, asks, _, _ in rows], offered

    def activity_days(self) -> list[tuple[int, date, int]]:
        """All seconds logged on each activity on each day: activity, day, seconds."""
        rows = self._rows(_TIME)
        return [(key, date.fromisoformat(day), seconds) for key, day, seconds in rows]

    def leaks(self) -> dict[date, int]:
        """The seconds put into problems, by day."""
        return {date.fromisoformat(day): seconds for day, seconds in self._rows(_LEAKS)}

    def money(self) -> tuple[Received, ...]:
        """All money of the days."""
        return tuple(Received(date.fromisoformat(day), *rest) for day, *rest in self._rows(_MONEY))

    def new_buyers(self, first: date) -> tuple[int, int]:
        """How many contacts were first talked to in the window, and before it, from `first` on."""
        new, earlier = self._rows(_NEW_BUYERS, first=first.isoformat()).fetchone()
        return new or 0, earlier or 0

    def slots(self) -> tuple[list[Slot], int]:
        """The dials and conversations by weekday and hour, and the dials without a time of day."""
        rows = self._rows(_SLOTS).fetchall()
        slots = [Slot(*row) for row in rows if row[1] >= 0]
        return slots, sum(dials for _, hour, dials, _ in rows if hour < 0)

    def repeated(self) -> float:
        """How many dials of an hour or weekday tell as much as one, as contacts repeat in it."""
        slots, _ = self.slots()
        whole = Rate(sum(slot.conversations for slot in slots), sum(slot.dials for slot in slots))
        repeats: tuple[dict[tuple[str, int], tuple[int, int]], ...] = ({}, {})
        for contact, weekday, hour, talks, dials in self._rows(_SLOT_CONTACTS):
            for found, place in zip(repeats, (weekday, hour), strict=True):
                talked, dialled = found.get((contact, place), (0, 0))
                found[contact, place] = talked + talks, dialled + dials
        return max(design_effect(found.values(), whole) for found in repeats)

    def tries(self) -> tuple[tuple[Rate, ...], list[tuple[int, int]]]:
        """How often the first, second … dial in a row reached; talks and dials of each contact."""
        in_a_row: Counter[str] = Counter()
        of_contact: dict[str, tuple[int, int]] = {}
        dials, reached = [0] * _TRIES_TOLD, [0] * _TRIES_TOLD
        for contact, is_in_range, is_talk in self._rows(_TRIES):
            place = min(in_a_row[contact], _TRIES_TOLD - 1)
            in_a_row[contact] = 0 if is_talk else in_a_row[contact] + 1
            dials[place] += is_in_range
            reached[place] += is_in_range and is_talk
            if is_in_range:
                talks, tried = of_contact.get(contact, (0, 0))
                of_contact[contact] = talks + is_talk, tried + 1
        return tuple(map(Rate, reached, dials)), list(of_contact.values())


def read_goal(connection: sqlite3.Connection, facts: Facts) -> Goal:
    """How far the goal is, as Numbers says it for its usual window."""
    settings, today = facts.settings, facts.today
    since = today - timedelta(days=WINDOW_DAYS - 1)
    money = Window(connection, min(since, goal_period(settings, today)[0]), today).money()
    sales = {item.id for item in facts.activities if item.is_sales}
    tallies, _ = Window(connection, since, today).days()
    tallies += money_tallies(money, sales)
    received = {day: sums[0] for day, sums in sums_by_day(money).items()}
    return goal_of(received, funnel_of(tallies, since, today, 0, 0), (), (), settings, today)
