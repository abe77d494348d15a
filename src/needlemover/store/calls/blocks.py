"""Call blocks: at most one is open, and every terminal sees it."""

import sqlite3
from datetime import date, datetime

from msgspec.structs import astuple

from ...domain.calls.block import LONGEST_BLOCK, BlockHours, BlockSum, usual
from ...domain.calls.entry import Block
from ...domain.errors import NeedleError, WrongUsageError
from ...text.format import minutes
from ..schema.tables import CALL_BLOCK, instant_text
from ..session import Watched
from ..undo import Step

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
            raise WrongUsageError(
                "A block lasts between a minute and 12 hours: give such a length."
            )
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
        """End the block that is open, at an instant (None: now); what it and a usual one brought.

        A `NeedleError` when another process has ended it.
        """
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
