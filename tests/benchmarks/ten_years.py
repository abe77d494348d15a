"""Builds a file with ten years of data: 250,000 entries of 8 activities, up to now.

Each of its 20,000 contacts has a phone, 5,000 are on the list, and to 500 a call is promised.

By hand: `.venv/bin/python tests/benchmarks/ten_years.py FILE`. The same day gives the same data,
and every day of the week is alike, so that figures of different days can be compared.
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import text

from needlemover.clock import Clock
from needlemover.domain.calls.entry import Outcome, contact_key, fills_quota
from needlemover.domain.day import ONE_DAY, days_between
from needlemover.domain.promises.commitment import EVERY_DAY, Rule, Terms
from needlemover.domain.settings import Moment
from needlemover.store.file import Database
from needlemover.store.schema.tables import ACTIVITY, COMMITMENT, ENTRY
from needlemover.store.session import Session

ENTRIES = 250_000
DAYS = 3652
_ENTRIES_TODAY = 40
_CONTACTS = 20_000
_CALLED = 15_000
"""Contacts in the log; the others are on the list and were never called."""
_PROMISED = 500
_AT_A_TIME = 5_000


@dataclass(frozen=True, slots=True)
class _Promise:
    name: str
    terms: Terms
    is_sales: bool = False
    seconds: int = 0
    """Of each entry."""
    entries: int = 1
    """On a good day; sales activities share what is left."""


PROMISES = (
    _Promise("Film one video", Terms(EVERY_DAY)),
    _Promise("Sales conversations", Terms(EVERY_DAY, 1800, 5), is_sales=True),
    _Promise("Upsell calls", Terms(EVERY_DAY, count=1), is_sales=True),
    _Promise("Manage the mastermind", Terms(EVERY_DAY, 1800), seconds=1000, entries=2),
    _Promise("Newsletter", Terms(EVERY_DAY, 2700), seconds=2900),
    _Promise("Ask for referrals", Terms(EVERY_DAY, count=5), entries=5),
    _Promise("Answer in the forum", Terms(EVERY_DAY, 1200, 3, Rule.ANY), seconds=300, entries=3),
    _Promise("Plan tomorrow", Terms(EVERY_DAY)),
)
_SALES = tuple(number for number, item in enumerate(PROMISES, start=1) if item.is_sales)

_SHARES = {
    Outcome.NO_ANSWER: 43,
    Outcome.VOICEMAIL: 14,
    Outcome.GATEKEEPER: 8,
    Outcome.TALKED: 20,
    Outcome.MEETING_SET: 5,
    Outcome.ASKED: 4,
    Outcome.LOST: 4,
    Outcome.WON: 2,
}
_PHONE = "printf('%09d', 100000000 + id)"
_BUYERS = (
    f"""WITH RECURSIVE numbers (number) AS (
            SELECT {_CALLED} UNION ALL SELECT number + 1 FROM numbers WHERE number < {_CONTACTS - 1}
        )
        INSERT INTO contact (name, name_key, tries, position)
        SELECT printf('Buyer %05d', number), printf('buyer %05d', number), 0, number
        FROM numbers""",
    f"UPDATE contact SET phone = '+49 ' || {_PHONE}, phone_key = {_PHONE}",
    # One in ten is late, eight or nine are due today, the others in the two months after it.
    f"""INSERT INTO next_step (contact_id, kind, day, at, note, set_on)
        SELECT id, 'call', date(:today, (row_number() OVER (ORDER BY id) % 60 - 6) || ' days'),
            NULL, 'Back then.', date(:today, '-9 days')
        FROM contact WHERE position IS NULL AND tries < 4 ORDER BY id LIMIT {_PROMISED}""",
)
"""What is known of the contacts, which the entries have made."""
_OUTCOMES = [outcome for outcome, share in _SHARES.items() for _ in range(share)]


def build(path: Path, clock: Clock, *, empty: bool = False) -> None:
    """Fill a fresh data file; an empty one has the activities, promised from today, only."""
    database = Database(path, clock)
    try:
        with database.writing() as connection:
            moment = Session(database).moment()
            start = moment.today if empty else moment.today - timedelta(days=DAYS)
            connection.execute(ACTIVITY.insert(), _activities())
            connection.execute(COMMITMENT.insert(), _commitments(start))
            if not empty:
                rows = _Years(moment).rows(start)
                while chunk := list(islice(rows, _AT_A_TIME)):
                    connection.execute(ENTRY.insert(), chunk)
                for statement in _BUYERS:
                    connection.execute(text(statement), {"today": moment.today.isoformat()})
    finally:
        database.close()


def _activities() -> list[dict[str, Any]]:
    return [
        {
            "id": number,
            "name": item.name,
            "name_key": contact_key(item.name),
            "is_sales": item.is_sales,
            "rank": number,
        }
        for number, item in enumerate(PROMISES, start=1)
    ]


def _commitments(start: date) -> list[dict[str, Any]]:
    return [
        {
            "activity_id": number,
            "start": start,
            "weekdays": sum(1 << day for day in item.terms.weekdays),
            "seconds": item.terms.seconds,
            "count": item.terms.count,
            "rule": item.terms.rule.value,
            "set_on": start,
        }
        for number, item in enumerate(PROMISES, start=1)
    ]


@dataclass(slots=True)
class _Years:
    """What happened, one entry after the other."""

    moment: Moment
    chance: random.Random = field(default_factory=lambda: random.Random(250_000))
    written: int = 0
    asked: list[int] = field(default_factory=list)
    """Asks that wait for an answer."""

    def rows(self, start: date) -> Iterator[dict[str, Any]]:
        """All entries, by day; today has only calls, so that nothing of it is ticked yet."""
        past = ENTRIES - _ENTRIES_TODAY
        for number, day in enumerate(days_between(start, self.moment.today - ONE_DAY), start=1):
            begin = self.moment.at(day, time(8))
            good = self.chance.random() < 0.96
            if good:
                yield from self._other_than_sales(day, begin)
            calls = round(past * number / DAYS) - self.written
            yield from self._calls(day, begin, calls, good=good)
        begin = self.moment.now - timedelta(hours=3)
        yield from self._calls(self.moment.today, begin, _ENTRIES_TODAY, good=True)

    def _other_than_sales(self, day: date, begin: datetime) -> Iterator[dict[str, Any]]:
        for number, item in enumerate(PROMISES, start=1):
            for _ in range(0 if item.is_sales else item.entries):
                at = begin + timedelta(seconds=self.chance.randrange(36_000))
                yield self._row(number, day, at, item.seconds)

    def _calls(
        self, day: date, begin: datetime, number: int, *, good: bool
    ) -> Iterator[dict[str, Any]]:
        for place in range(number):
            at = begin + timedelta(seconds=place * 10_000 // number)
            outcome = self.chance.choice(_OUTCOMES) if good else Outcome.NO_ANSWER
            seconds = self.chance.randrange(60, 600) if outcome.reached else 30
            contact = f"Buyer {int(_CALLED * self.chance.random() ** 2):05}"
            values: dict[str, Any] = {
                "outcome": outcome,
                "contact": contact,
                "contact_key": contact_key(contact),
            }
            if outcome is Outcome.WON:
                values["amount"] = self.chance.randrange(100, 5_000) * 100
            if outcome in (Outcome.WON, Outcome.LOST) and self.asked and place % 6 == 0:
                values |= {"follows": self.asked.pop(0), "count": 0}
                seconds = 0
            yield self._row(_SALES[place % 4 == 3], day, at, seconds, **values)
            if outcome is Outcome.ASKED:
                self.asked.append(self.written)

    def _row(
        self, activity_id: int, day: date, at: datetime, seconds: int, **values: Any
    ) -> dict[str, Any]:
        self.written += 1
        row: dict[str, Any] = {
            "id": self.written,
            "activity_id": activity_id,
            "day": day,
            "started_at": at,
            "utc_offset": self.moment.offset_at(at),
            "seconds": seconds,
            "count": 1,
            "outcome": None,
            "contact": None,
            "contact_key": None,
            "amount": None,
            "follows": None,
            "logged_at": at + timedelta(seconds=seconds),
            "logged_on": day,
        } | values
        row["fills_quota"] = fills_quota(
            is_sales=activity_id in _SALES,
            outcome=row["outcome"],
            follows=row["follows"] is not None,
            seconds=seconds,
            count=row["count"],
        )
        return row


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1].startswith("-") or Path(sys.argv[1]).exists():
        sys.exit("Give the name of a file that is not there yet.")
    build(Path(sys.argv[1]).absolute(), Clock())
