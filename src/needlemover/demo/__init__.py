"""Sample data for `needle demo`: a year of somebody who sells by phone, up to now."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import asdict, replace

from ..clock import Clock
from ..domain.buyers.contact import StepKind, phone_key
from ..domain.calls.entry import Outcome, contact_key
from ..domain.day import ONE_DAY, ONE_WEEK, USUAL_WEEKS, days_between, month_of
from ..domain.promises.commitment import MONDAY_TO_FRIDAY
from ..domain.settings import NextWorth, Settings
from ..store.facts import settings_values
from ..store.file import Database
from ..store.schema import tables
from ..store.session import Session
from ..text.format import WEEKDAYS
from . import script
from .script import STORY, Diary

Row = dict[str, Any]


class DemoClock(Clock):
    """The computer's clock, moved to 15:40 of today, or of Friday at the weekend, and running."""

    def __init__(self) -> None:
        super().__init__()
        now = super().real_now()
        today = now.astimezone(self.zone()).date()
        day = today - timedelta(days=max(0, today.weekday() - 4))
        self._ahead = datetime.combine(day, time(15, 40), self.zone()) - now

    def real_now(self) -> datetime:
        """The present instant as it shows it, in UTC."""
        return super().real_now() + self._ahead


def build(path: Path, clock: Clock) -> None:
    """Fill a fresh file with a year up to now, alike on one day; a `NeedleError` if it cannot."""
    database = Database(path, clock)
    try:
        with database.writing() as connection:
            moment = Session(database).moment()
            first = USUAL_WEEKS.start(moment.today) - timedelta(weeks=script.WEEKS)
            diary, days = Diary(moment), days_between(first, moment.today - ONE_DAY)
            past = [day for day in days if day.weekday() in MONDAY_TO_FRIDAY]
            kinds = dict(zip(reversed(past), STORY.kinds + STORY.slow_kinds, strict=False))
            connection.execute(tables.ACTIVITY.insert(), _activities())
            connection.execute(tables.COMMITMENT.insert(), _commitments(past))
            off = [(day, *STORY.days_off[it]) for day, it in kinds.items() if it in STORY.days_off]
            days_off = [
                {"start": day, "end": day, "reason": reason, "said_on": day + later * ONE_DAY}
                for day, reason, later in off
            ]
            connection.execute(tables.DAY_OFF.insert(), days_off)
            connection.execute(tables.PROBLEM.insert(), _problem_rows(moment.today))
            later = NextWorth(script.LATER_WORTH, moment.today + script.LATER)
            by, since = _goal_days(moment.today)
            chosen = Settings(goal=script.GOAL, goal_by=by, goal_since=since)
            chosen = replace(chosen, hourly_worth_next=later)
            connection.execute(tables.SETTINGS.insert().values(id=1, **settings_values(chosen)))
            _write_entries(diary, past, kinds)
            for number, item in enumerate(STORY.problems, start=1):
                for ago, minutes in item.leaks:
                    at = moment.at(moment.today - timedelta(days=ago), time(18, 10))
                    diary.write(None, at, minutes * 60, count=0, problem_id=number)
            contacts = _contact_rows(diary, past)
            connection.execute(tables.CONTACT.insert(), contacts)
            connection.execute(tables.ENTRY.insert(), diary.rows)
            connection.execute(tables.NEXT_STEP.insert(), _step_rows(diary, past, contacts))
    finally:
        database.close()


def _goal_days(today: date) -> tuple[date | None, date | None]:
    """By when the money is wanted, and since when it counts: at a month's end by that of the next.

    Else what is still to be done would be said of one day. None: the end of each month.
    """
    later = today + script.GOAL_ROOM
    if later.month == today.month:
        return None, None
    return month_of(later)[1], month_of(today)[0]


def _activities() -> list[Row]:
    return [
        {"id": rank, "name": name, "name_key": contact_key(name), "is_sales": rank == script.SALES,
         "rank": rank}
        for rank, (name, _) in STORY.promises.items()
    ]  # fmt: skip


def _commitments(past: Sequence[date]) -> list[Row]:
    grown = past[-len(STORY.kinds)]
    starts = {script.FILM: past[0], script.MASTERMIND: past[-script.MASTERMIND_DAYS]}
    promised = [(past[0], script.SALES, script.SLOW_TERMS)]
    promised += [(starts.get(key, grown), key, terms) for key, (_, terms) in STORY.promises.items()]
    return [
        {"activity_id": activity_id, "start": start, "set_on": start,
         **asdict(terms), "weekdays": sum(1 << day for day in terms.weekdays)}
        for start, activity_id, terms in promised
    ]  # fmt: skip


def _write_entries(diary: Diary, past: Sequence[date], kinds: dict[date, str]) -> None:
    moment, grown = diary.moment, past[-len(STORY.kinds)]
    for day in past:
        kind = kinds[day]
        if kind in "wp" and day < grown:
            diary.slow_day(day, won=kind == "w")
        elif kind in "wp":
            diary.working_day(day, won=kind == "w", mastermind=day >= past[-script.MASTERMIND_DAYS])
        elif kind == "m" and day.weekday() % 2:
            diary.dial_in_vain(moment.at(day, time(16, 10)))
    named = WEEKDAYS[moment.today.weekday()]
    for call in STORY.told:
        diary.write(
            script.SALES, moment.at(past[-call.ago] if call.ago else moment.today, call.clock),
            call.seconds, outcome=call.outcome, contact=call.contact, amount=call.amount,
            came_from=diary.origins.get(call.contact) if call.amount else None,
            note=call.note.format(day=named) or None,
        )  # fmt: skip
    diary.write(script.FILM, moment.at(moment.today, time(8, 35)))


def _problem_rows(today: date) -> list[Row]:
    rows = []
    for number, item in enumerate(STORY.problems, start=1):
        since = item.parked if item.since is None else item.since
        parked_on, state_on = (today - timedelta(days=days) for days in (item.parked, since))
        row = tables.ProblemRow(id=number, parked_on=parked_on, state_on=state_on, **item.details)
        rows.append(row.model_dump())
    return rows


def _contact_rows(diary: Diary, past: Sequence[date]) -> list[Row]:
    named = [row["contact"] for row in diary.rows if row["contact"]]
    numbered = enumerate(dict.fromkeys([*diary.leads, *named]), start=1)
    return [
        {"id": number, "name": name, "name_key": contact_key(name), "phone": phone,
         "phone_key": phone_key(phone), "note": None,
         "position": number if number <= script.LISTED else None,
         "never_since": past[-9] if number == script.ASKED_NEVER else None, "tries": 0}
        for number, name, phone in ((it, who, f"+49 30 5550{it:03}") for it, who in numbered)
    ]  # fmt: skip


def _step_rows(diary: Diary, past: Sequence[date], contacts: Sequence[Row]) -> list[Row]:
    ids = {row["name"]: row["id"] for row in contacts}
    return [
        {"contact_id": ids[name], "ended_on": None, "ended_by": None, "at": None, **row}
        for name, row in (*_settled(diary), *_open(diary, past))
        if name in ids
    ]


def _settled(diary: Diary) -> Iterator[tuple[str, Row]]:
    """Where a dial followed a conversation, it had been promised: mostly for its very day."""
    talked: dict[str, Row] = {}
    is_told, number = {item.contact for item in STORY.promised}, 0
    for row in sorted(diary.rows, key=lambda item: item["started_at"]):
        name, day, outcome = row["contact"], row["day"], row["outcome"]
        if outcome is None or row["follows"] is not None or day == diary.moment.today:
            continue
        before = talked.pop(name, None)
        if before is not None and timedelta() < day - before["day"] < 3 * ONE_WEEK:
            number += 1
            is_meeting = before["outcome"] is Outcome.MEETING_SET
            is_late = not is_meeting and number % 5 == 0
            promised = max(before["day"], day - 2 * ONE_DAY) if is_late else day
            if not is_meeting or outcome.reached or number % 4 == 0 or name in is_told:
                yield name, {
                    "kind": StepKind.MEETING if is_meeting else StepKind.CALL, "day": promised,
                    "note": before["note"], "set_on": before["day"],
                    "ended_on": day, "ended_by": outcome,
                }  # fmt: skip
        if outcome.reached:
            talked[name] = row


def _open(diary: Diary, past: Sequence[date]) -> Iterator[tuple[str, Row]]:
    today = diary.moment.today
    days = days_between(today, today + 3 * ONE_WEEK)
    ahead = [day for day in days if day.weekday() in MONDAY_TO_FRIDAY]
    last = {row["contact"]: row for row in diary.rows if row["note"]}
    for item in STORY.promised:
        if (said := last.get(item.contact)) is not None:
            day = ahead[item.ahead] if item.ahead >= 0 else past[item.ahead]
            at = item.at and item.at.isoformat()
            yield item.contact, {"kind": item.kind, "day": day, "at": at,
                         "note": said["note"], "set_on": said["day"]}  # fmt: skip
