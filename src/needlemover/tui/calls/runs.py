"""Runs of calls that nobody answered: the log folds each into one row."""

from collections.abc import Sequence, Set
from itertools import groupby

from ...domain.calls.entry import EntryFact, Outcome
from ...text.format import local_time
from ..kit.lines import Line, Span

Run = tuple[EntryFact, ...]
"""Three calls or more that nobody answered, with nothing else said of them or between them."""


def rows_of(entries: Sequence[EntryFact], opened: Set[int]) -> list[EntryFact | Run]:
    """The entries with each run in one row; one that is opened (by its ids) has its calls below."""
    rows: list[EntryFact | Run] = []
    for is_unanswered, group in groupby(entries, key=_is_unanswered):
        calls = tuple(group)
        is_run = is_unanswered and len(calls) > 2
        rows += [calls] if is_run else []
        rows += calls if not is_run or is_open(calls, opened) else ()
    return rows


def ids_of(run: Run) -> frozenset[int]:
    """Those of its entries."""
    return frozenset(entry.id for entry in run)


def is_open(run: Run, opened: Set[int]) -> bool:
    """Whether its calls stand below it; one that came since stands with the others."""
    return bool(opened) and any(entry.id in opened for entry in run)


def _is_unanswered(entry: EntryFact) -> bool:
    return entry.outcome is Outcome.NO_ANSWER and entry.is_dial and not entry.note


def run_line(run: Run, number: int, mark: Span, opened: Set[int]) -> Line:
    """How many calls from when to when, and what shows them."""
    first, last = (local_time(each.started_at, each.utc_offset) for each in (run[0], run[-1]))
    words = f"{len(run)} no answers" + (f", to {last}" if last else "")
    right = ((f"Enter {'folds' if is_open(run, opened) else 'opens'} ", "faint"),)
    return Line((mark, (f"{first or '  ·  ':<13}  {words}", "muted")), right, number)
