"""What a dial leaves of a next step: settled by a conversation, moved where nobody answered."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from ..calls.entry import Outcome
from ..day import days_between
from .contact import NextStep, StepKind

EARLIEST = timedelta(hours=1)
"""So long before the time of a meeting a conversation may begin that is the meeting."""


class Dial(Struct, frozen=True):
    """A try at reaching a contact, and how it ended."""

    day: date
    outcome: Outcome
    at: time | None = None
    """On the local clock; None: only its day is known."""


def retry_day(
    tries: int,
    day: date,
    is_working_day: Callable[[date], bool],
    retry_days: Sequence[int],
) -> date:
    """The day to which a dial without an answer moves the callback: one that is worked on.

    It follows the day of the dial by the days for so many tries, with this one, from 1; the last of
    them hold for more.
    """
    earliest = day + timedelta(days=retry_days[min(tries, len(retry_days)) - 1])
    within_a_year = days_between(earliest, earliest + timedelta(days=366))
    return next(filter(is_working_day, within_a_year), earliest)


def step_after(
    step: NextStep,
    dial: Dial,
    tries: int,
    is_working_day: Callable[[date], bool],
    retry_days: Sequence[int],
) -> NextStep | None:
    """The next step of a contact after a dial; None: a conversation has settled it.

    What was promised for later stands: a dial without an answer moves only what has come, and a
    conversation that begins before the day of a meeting, or more than an hour before its time, is
    not the meeting. A missed meeting becomes a call.
    """
    if step.set_on is not None and dial.day < step.set_on:
        return step
    began = datetime.combine(dial.day, dial.at or time.max)
    if dial.outcome.reached:
        is_before = dial.day < step.day or not step.has_come(began + EARLIEST)
        return step if step.kind is StepKind.MEETING and is_before else None
    if not step.has_come(began):
        return step
    day = retry_day(tries, dial.day, is_working_day, retry_days)
    return NextStep(step.contact_id, StepKind.CALL, day, note=step.note, set_on=dial.day)
