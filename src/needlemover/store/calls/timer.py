"""The one timer, and the one call block that is open: every terminal sees both."""

import sqlite3
from datetime import date, datetime, timedelta

from msgspec.structs import astuple, replace

from ...domain.buyers.contact import StepKind
from ...domain.calls.block import LONGEST_BLOCK, BlockHours, BlockSum, usual
from ...domain.calls.entry import Block, Outcome, Running
from ...domain.errors import GoneError, NeedleError, WrongUsageError
from ...domain.settings import Moment
from ...text.format import clock_time, exact_length, minutes, quoted, shown
from ...text.parse.days import When
from ...text.parse.values import parse_contact, parse_note
from ..buyer_rows import buyer_of
from ..buyers.next_steps import set_promise
from ..facts import Facts
from ..promises.activity_rows import first_sales_activity
from ..schema.tables import BY_TIMER, CALL_BLOCK, TIMER, instant_text
from ..session import Step, Watched
from .new_entry import Logged, NewEntry, entry_of, insert_entry, logged, must_have_passed


class Timer(Watched):
    """Starting, stopping and looking after the timer; a `NeedleError` where none runs.

    `since` says by its start which one is meant, where another may run by now.
    """

    _table = "timer"

    def running(self) -> Running | None:
        """The timer that runs."""
        return self._session.facts.running

    def start(
        self,
        activity_id: int | None = None,
        *,
        problem_id: int | None = None,
        contact: str = "",
        at: datetime | None = None,
        watched: bool = False,
    ) -> Running:
        """Start the timer; on the highest-ranked sales activity, unless told what it is for.

        The time of a problem that stands for an activity of the checklist is the activity's own.
        `at` is when it began (None: now); `watched`: an open app will keep writing when it last saw
        it. A `NeedleError` when one runs already, or the instant is still to come.
        """
        with self._session.change("") as step:
            running = step.facts.running
            if running is not None:
                raise NeedleError(f"{_already(running, step.moment)} Stop it first.", "stop timer")
            started_at = at or step.moment.now
            must_have_passed(started_at, 0, step.moment)
            if problem_id is not None:
                activity_id = _activity_of(step, problem_id)
            elif activity_id is None:
                activity_id = first_sales_activity(step.facts).id
            step.insert(
                TIMER,
                id=1,
                activity_id=activity_id,
                problem_id=problem_id if activity_id is None else None,
                contact=parse_contact(contact),
                day=step.moment.day_of(started_at),
                started_at=started_at,
                utc_offset=step.moment.offset_at(started_at),
                last_seen=step.moment.now if watched else None,
            )
            found = _must_run(step.facts)
            step.label = f"Started {quoted(found.name)}"
            return found

    def stop(
        self,
        outcome: Outcome | None = None,
        *,
        amount: int | None = None,
        contact: str | None = None,
        note: str | None = None,
        came_from: int | None = None,
        at: datetime | None = None,
        since: datetime | None = None,
        back: When | None = None,
    ) -> Logged | Running:
        """Stop the timer and log what it measured, on the day on which it started.

        Where that is nothing, only a call or money is logged; else what ran is answered. Left out,
        the outcome of a sales call is `talked`, contact and note are those given while it ran, and
        it ends now. The amount is in minor units. `back` is when the contact is called again, or
        met where a meeting was set. A `NeedleError` when it would end before it started, or there
        is nobody to call back.
        """
        with self._session.change("") as step:
            running = _must_run(step.facts, since)
            ended_at = _end_of(running, at, step.moment)
            seconds = int((ended_at - running.started_at).total_seconds())
            is_nothing = not seconds and not running.is_sales
            if is_nothing and amount is None:
                _discard(step, running)
                return running
            new = NewEntry(
                running.activity_id,
                problem_id=running.problem_id,
                day=running.day,
                started_at=running.started_at,
                seconds=seconds,
                count=0 if is_nothing else 1,
                outcome=(outcome or Outcome.TALKED) if running.is_sales else None,
                contact=running.contact if contact is None else contact,
                amount=amount,
                came_from=came_from if running.is_sales else None,
                note=running.draft if note is None else note,
                utc_offset=running.utc_offset,
            )
            entry_id = insert_entry(step, new, source=BY_TIMER)
            step.delete(TIMER, 1)
            entry = entry_of(step, entry_id)
            who, length = shown(entry.contact or running.name), exact_length(entry.seconds)
            step.label = f"Stopped {who}, {length}"
            done = logged(step, entry, is_new=True)
            if back is not None:
                kind = StepKind.MEETING if outcome is Outcome.MEETING_SET else StepKind.CALL
                contact_id = set_promise(step, entry.contact, *back, kind=kind)
                done = replace(done, promised=buyer_of(step.driver, contact_id).step)
            return done

    def discard(self, since: datetime | None = None) -> Running:
        """Stop the timer and log nothing; what ran."""
        with self._session.change("") as step:
            running = _must_run(step.facts, since)
            _discard(step, running)
            return running

    def name_contact(self, contact: str, since: datetime | None = None) -> Running:
        """Say with whom the call is that runs."""
        with self._session.change("") as step:
            _must_run(step.facts, since)
            step.update(TIMER, 1, contact=parse_contact(contact))
            step.label = f"Named the call {quoted(contact)}"
            return _must_run(step.facts)

    def keep_draft(self, started_at: datetime, note: str) -> None:
        """Keep the note typed about what runs since then (else a `NeedleError`), outside undo."""
        ours = "UPDATE timer SET draft = ? WHERE started_at = ?"
        with self._session.writing() as driver:
            if not driver.execute(ours, (parse_note(note), instant_text(started_at))).rowcount:
                raise _over()


def _activity_of(step: Step, problem_id: int) -> int | None:
    """The activity that a problem stands for; its own reader stands above this folder."""
    query = "SELECT activity_id FROM problem WHERE id = ?"
    for (activity_id,) in step.driver.execute(query, (problem_id,)):
        return None if activity_id is None else int(activity_id)
    raise GoneError("problem")


def _must_run(facts: Facts, since: datetime | None = None) -> Running:
    running = facts.running
    if since is not None and (running is None or running.started_at != since):
        raise _over()
    if running is None:
        raise NeedleError("No timer runs: start one first.", "start timer")
    return running


def _over() -> NeedleError:
    return NeedleError("Another terminal or command has ended this already; nothing was changed.")


def _end_of(running: Running, at: datetime | None, moment: Moment) -> datetime:
    """When the timer ends; now, where the clock was set back since, it ends as it started."""
    if at is None:
        return max(moment.now, running.started_at)
    if at > moment.now:
        raise WrongUsageError("The end is still to come: give a time that has passed.")
    if at < running.started_at:
        why = f"The end is before the start at {_since(running, moment)}: give a later time."
        raise WrongUsageError(why)
    return at


def _since(running: Running, moment: Moment) -> str:
    """As `15:40`."""
    return clock_time(running.started_at.astimezone(moment.zone).time())


def _discard(step: Step, running: Running) -> None:
    step.label = f"Discarded the timer of {quoted(running.name)}"
    step.delete(TIMER, 1)


def _already(running: Running, moment: Moment) -> str:
    length = max(timedelta(), moment.now - running.started_at)
    who = f" with {quoted(running.contact)}" if running.contact else ""
    return (
        f"{quoted(running.name)}{who} runs already, since {_since(running, moment)} "
        f"({minutes(int(length.total_seconds()))})."
    )


_IN_BLOCK = """entry.outcome IS NOT NULL AND entry.follows IS NULL
    AND entry.started_at >= call_block.started_at AND entry.started_at < call_block.ended_at"""
_SUMS = f"""
    SELECT CAST(strftime('%s', ended_at) - strftime('%s', call_block.started_at) AS INTEGER),
        count(entry.id), coalesce(sum(entry.fills_quota), 0)
    FROM call_block LEFT JOIN entry ON {_IN_BLOCK}
        AND entry.day BETWEEN call_block.day AND date(call_block.day, '+1 day')
    WHERE ended_at IS NOT NULL AND call_block.day BETWEEN ? AND ?
    GROUP BY call_block.id ORDER BY call_block.started_at
"""
# The hours of the clock with a dial that was in no block.
_OUTSIDE = f"""
    SELECT 3600 * count(DISTINCT (strftime('%s', started_at) + coalesce(utc_offset, 0)) / 3600),
        count(*), coalesce(sum(entry.fills_quota), 0), 0
    FROM entry WHERE entry.outcome IS NOT NULL AND entry.follows IS NULL
        AND entry.started_at IS NOT NULL AND entry.day BETWEEN ? AND ?
        AND NOT EXISTS (SELECT 1 FROM call_block WHERE ended_at IS NOT NULL AND {_IN_BLOCK})
"""


def block_sums(driver: sqlite3.Connection, since: date, until: date) -> list[BlockSum]:
    """What each block of a range of days brought, earliest first."""
    return [BlockSum(*row) for row in driver.execute(_SUMS, (since.isoformat(), until.isoformat()))]


def block_hours(driver: sqlite3.Connection, since: date, until: date) -> BlockHours | None:
    """What hours in blocks and outside of them brought in a range of days; None without a block."""
    blocks = block_sums(driver, since, until)
    if not blocks:
        return None
    found = driver.execute(_OUTSIDE, (since.isoformat(), until.isoformat()))
    inside = BlockSum(*map(sum, zip(*map(astuple, blocks), strict=True)))
    return BlockHours(inside, BlockSum(*found.fetchone()))


class Blocks(Watched):
    """Starting and ending them; `since` says by its start which one is meant."""

    _table, _fits = "call_block", "ended_at IS NULL"

    def start(self, planned: int) -> Block:
        """Keep so many seconds from now on for calling; a `NeedleError` when a block is open."""
        if not 60 <= planned <= LONGEST_BLOCK:
            why = "A block lasts between a minute and 12 hours: give such a length."
            raise WrongUsageError(why)
        with self._session.change(f"Began a call block of {minutes(planned)}") as step:
            if step.facts.block is not None:
                raise NeedleError("A call block is open already: end it first.")
            moment = step.moment
            step.insert(
                CALL_BLOCK,
                day=moment.today,
                started_at=moment.now,
                utc_offset=moment.offset_at(moment.now),
                planned=planned,
                last_seen=moment.now,
            )
            found = step.facts.block
            assert found is not None
            return found

    def end(self, since: datetime, at: datetime | None = None) -> tuple[BlockSum, BlockSum | None]:
        """End the open block now or `at`, else a `NeedleError`; what it and a usual one gave."""
        with self._session.change("Ended the call block") as step:
            ended_at = max(since, at or step.moment.now)
            step.update(CALL_BLOCK, _open_block(step, since), ended_at=ended_at)
            *earlier, this = block_sums(step.driver, date.min, date.max)
            return this, usual(earlier)

    def discard(self, since: datetime) -> None:
        """Keep nothing of the block that is open; a `NeedleError` when another process ended it."""
        with self._session.change("Discarded the call block") as step:
            step.delete(CALL_BLOCK, _open_block(step, since))

    def last_planned(self) -> int | None:
        """The planned length of the latest block, in seconds."""
        query = "SELECT planned FROM call_block ORDER BY started_at DESC LIMIT 1"
        with self._session.database.reading() as driver:
            found: tuple[int] | None = driver.execute(query).fetchone()
            return found and found[0]


def _open_block(step: Step, since: datetime) -> int:
    query = "SELECT id FROM call_block WHERE ended_at IS NULL AND started_at = ?"
    found = step.driver.execute(query, (instant_text(since),)).fetchone()
    if found is None:
        raise NeedleError("Another terminal has ended this block already; nothing was changed.")
    return int(found[0])
