"""Sample data for `needle demo`: fourteen weeks of somebody who sells by phone, up to now."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from ..clock import Clock
from ..domain.calls.entry import Outcome, contact_key
from ..domain.day import ONE_DAY, USUAL_WEEKS, days_between
from ..domain.promises.commitment import Rule
from ..domain.settings import NextWorth, Settings
from ..store.file import Database
from ..store.schema.tables import ACTIVITY, COMMITMENT, DAY_OFF, ENTRY, PROBLEM, SETTINGS
from ..store.session import Session
from ..store.settings_row import settings_values
from . import script
from .diary import Diary
from .ledger import problem_rows, write_leaks


def build(path: Path, clock: Clock) -> None:
    """Fill a fresh data file with sample data that ends now. The same day gives the same data.

    Raises:
        NeedleError: when the file cannot be written.
    """
    database = Database(path, clock)
    try:
        with database.writing() as connection:
            moment = Session(database).moment(connection)
            first = USUAL_WEEKS.start(moment.today) - timedelta(weeks=script.WEEKS)
            past = [day for day in days_between(first, moment.today - ONE_DAY) if day.weekday() < 5]
            kinds = dict(zip(reversed(past), script.KINDS, strict=False))
            connection.execute(ACTIVITY.insert(), _activities())
            connection.execute(COMMITMENT.insert(), _commitments(past))
            connection.execute(DAY_OFF.insert(), _days_off(kinds))
            connection.execute(PROBLEM.insert(), problem_rows(moment.today))
            later_worth = NextWorth(script.LATER_WORTH, moment.today + script.LATER)
            chosen = Settings(goal=script.GOAL, hourly_worth_next=later_worth)
            connection.execute(SETTINGS.insert().values(id=1, **settings_values(chosen)))
            diary = Diary(moment)
            _write_entries(diary, past, kinds)
            write_leaks(diary)
            connection.execute(ENTRY.insert(), diary.rows)
    finally:
        database.close()


def _activities() -> list[dict[str, Any]]:
    return [
        {
            "id": activity_id,
            "name": name,
            "name_key": contact_key(name),
            "is_sales": activity_id == script.SALES,
            "rank": activity_id,
        }
        for activity_id, (name, _) in script.PROMISES.items()
    ]


def _commitments(past: Sequence[date]) -> list[dict[str, Any]]:
    starts = {script.MASTERMIND: past[-script.MASTERMIND_DAYS]}
    return [
        {
            "activity_id": activity_id,
            "start": starts.get(activity_id, past[0]),
            "weekdays": sum(1 << day for day in terms.weekdays),
            "seconds": terms.seconds,
            "count": terms.count,
            "rule": Rule.ALL,
            "set_on": starts.get(activity_id, past[0]),
            "weekly": terms.weekly,
        }
        for activity_id, (_, terms) in script.PROMISES.items()
    ]


def _days_off(kinds: dict[date, str]) -> list[dict[str, Any]]:
    return [
        {"start": day, "end": day, "reason": reason, "said_on": day + said_after}
        for day, kind in kinds.items()
        if kind in script.DAYS_OFF
        for reason, said_after in (script.DAYS_OFF[kind],)
    ]


def _write_entries(diary: Diary, past: Sequence[date], kinds: dict[date, str]) -> None:
    moment = diary.moment
    for day in past:
        kind = kinds[day]
        if kind in "wp":
            diary.working_day(day, won=kind == "w", mastermind=day >= past[-script.MASTERMIND_DAYS])
        elif kind == "m" and day.weekday() % 2:
            diary.dial_in_vain(moment.at(day, time(16, 10)))
    diary.call(past[0], time(8, 50), 540, Outcome.MEETING_SET, "Foo GmbH", None, "Saw the videos.")
    diary.call(past[-6], time(8, 50), 780, Outcome.TALKED, "Foo GmbH", None, script.NOTES[1])
    if moment.today.weekday() < 5:
        diary.write(script.FILM, moment.at(moment.today, time(8, 35)))
        for call in script.TODAY:
            diary.call(moment.today, *call)
