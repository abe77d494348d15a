"""What is said unasked, and when not."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from needlemover.domain.buyers.contact import Buyer, Contact, NextStep, StepKind
from needlemover.domain.buyers.next_calls import Candidates
from needlemover.domain.calls.entry import Outcome, Running
from needlemover.domain.promises.status import DayOff
from needlemover.domain.today.snapshot import DaySnapshot

from ..conftest import promised, terms
from .conftest import TODAY, TOMORROW, YESTERDAY, activity, entry, shown

BERLIN = ZoneInfo("Europe/Berlin")
BEGIN = date(2026, 1, 1)
SALES = replace(
    activity(1, (promised(BEGIN, terms(60)),), name="Sales", is_sales=True), starts_at=time(9)
)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 24, hour, minute, tzinfo=BERLIN)


def said(snapshot: DaySnapshot, now: datetime) -> list[str]:
    return [nudge.key for nudge in snapshot.nudges(now, BERLIN)]


def promised_to(*steps: NextStep) -> DaySnapshot:
    buyers = tuple(
        Buyer(Contact(step.contact_id, f"Buyer {step.contact_id}"), step) for step in steps
    )
    return replace(shown([]), candidates=Candidates(buyers, 0))


def step(
    contact: int, at: time | None, day: date = TODAY, kind: StepKind = StepKind.CALL
) -> NextStep:
    return NextStep(contact, kind, day, at)


def test_a_promise_is_said_when_its_time_has_come() -> None:
    snapshot = promised_to(step(1, time(14)), step(2, time(16, 30), kind=StepKind.MEETING))
    assert said(snapshot, at(13, 59)) == []
    assert said(snapshot, at(14)) == ["call 1 14:00"]
    assert said(snapshot, at(16, 30)) == ["call 1 14:00", "meeting 2 16:30"]


def test_a_promise_without_a_time_or_of_another_day_is_none() -> None:
    snapshot = promised_to(step(1, None), step(2, time(9), YESTERDAY), step(3, time(9), TOMORROW))
    assert said(snapshot, at(20)) == []


def test_nobody_is_told_to_call_whom_the_running_call_is_with() -> None:
    running = Running(1, "Sales", True, " buyer  1", at(13, 58), TODAY)
    snapshot = replace(promised_to(step(1, time(14)), step(2, time(14))), running=running)
    assert said(snapshot, at(14)) == ["call 2 14:00"]


def test_a_start_is_said_when_it_has_come_until_it_is_begun() -> None:
    assert said(shown([SALES]), at(8, 59)) == []
    assert said(shown([SALES]), at(9)) == ["start 1"]
    begun = shown([SALES], [entry(SALES, minutes=1, outcome=Outcome.TALKED)])
    assert said(begun, at(9, 30)) == []


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [((15, 29), False), ((15, 30), True), ((16, 0), True), ((16, 1), False)],
)
def test_the_last_start_is_said_from_half_an_hour_before_it_on(
    minutes: tuple[int, int], expected: bool
) -> None:
    # 60 minutes before 17:00 is 16:00.
    snapshot = shown([replace(SALES, starts_at=None)])
    assert said(snapshot, at(*minutes)) == ["last start"] * expected


def test_nothing_is_said_on_a_day_off_a_past_day_or_when_all_is_done() -> None:
    off = replace(shown([SALES], days_off=[DayOff(TODAY, TODAY)]),
                  candidates=promised_to(step(1, time(9))).candidates)  # fmt: skip
    assert said(off, at(15, 45)) == []
    assert said(shown([SALES], day=YESTERDAY), at(15, 45)) == []
    won = shown([SALES], [entry(SALES, minutes=60, outcome=Outcome.TALKED)])
    assert said(won, at(15, 45)) == []


def test_the_last_start_outside_the_working_hours_is_not_said() -> None:
    # 60 minutes before the day ends at 04:00 is 03:00.
    night = datetime(2026, 11, 25, 2, 45, tzinfo=BERLIN)
    assert said(shown([replace(SALES, starts_at=None)]), night) == []
