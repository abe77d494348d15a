"""The buyers of the sample data: who is called, and what was promised to them."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from ..domain.buyers.contact import StepKind
from ..domain.buyers.phone import phone_key
from ..domain.calls.entry import Outcome, contact_key
from ..domain.day import ONE_DAY, ONE_WEEK, days_between
from . import script
from .diary import Diary
from .story import STORY

Row = dict[str, Any]


def contact_rows(diary: Diary, past: Sequence[date]) -> list[Row]:
    """All buyers, those on the list first, each with a phone."""
    named = [row["contact"] for row in diary.rows if row["contact"]]
    rows: list[Row] = []
    for number, name in enumerate(dict.fromkeys([*diary.leads, *named]), start=1):
        phone, is_listed = f"+49 30 5550{number:03}", number <= script.LISTED
        rows.append(
            {"id": number, "name": name, "name_key": contact_key(name), "phone": phone,
             "phone_key": phone_key(phone), "note": None, "position": number if is_listed else None,
             "never_since": past[-9] if number == script.ASKED_NEVER else None, "tries": 0}
        )  # fmt: skip
    return rows


def step_rows(diary: Diary, past: Sequence[date], contacts: Sequence[Row]) -> list[Row]:
    """What was promised in the last months and became of it, then what is open."""
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
    """What is promised now to those who were called."""
    today = diary.moment.today
    ahead = [*filter(diary.is_on, days_between(today, today + 3 * ONE_WEEK))]
    last = {row["contact"]: row for row in diary.rows if row["note"]}
    for item in STORY.promised:
        if (said := last.get(item.contact)) is not None:
            day = ahead[item.ahead] if item.ahead >= 0 else past[item.ahead]
            at = item.at and item.at.isoformat()
            yield item.contact, {"kind": item.kind, "day": day, "at": at,
                         "note": said["note"], "set_on": said["day"]}  # fmt: skip
