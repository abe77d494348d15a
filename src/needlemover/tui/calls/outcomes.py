"""The eight outcomes of a call, to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from ...domain.calls.entry import Outcome
from ..kit.lines import Line, Span, fit

if TYPE_CHECKING:
    from ...text.parse.days import When

OUTCOMES = tuple(Outcome)
TALKED = OUTCOMES.index(Outcome.TALKED)
ROWS = 4


class Answer(Struct, frozen=True):
    """What was said about a call."""

    outcome: Outcome
    contact: str
    amount: int | None = None
    note: str | None = None
    """None: what was typed while the call ran."""
    seconds: int = 0
    """Only where it was asked for."""
    came_from: int | None = None
    """The activity that brought the buyer."""
    back: When | None = None
    """When the contact is called again, or met; only of a call that ran."""


def outcome_lines(chosen: int, width: int, rows: int = ROWS) -> Sequence[Line]:
    """The outcomes with their numbers, in as many columns as so many rows need; one is marked."""
    columns = -(-len(OUTCOMES) // rows)
    return [
        Line(
            tuple(
                span
                for place in range(row, len(OUTCOMES), rows)
                for span in _one(place, chosen, width // columns)
            )
        )
        for row in range(rows)
    ]


def outcome_at(x: int, row: int, width: int, rows: int = ROWS) -> int | None:
    """The place of the outcome that stands at a cell of `outcome_lines`."""
    columns = -(-len(OUTCOMES) // rows)
    place = x // max(1, width // columns) * rows + row
    return place if 0 <= row < rows and 0 <= place < len(OUTCOMES) else None


def _one(place: int, chosen: int, width: int) -> list[Span]:
    outcome = OUTCOMES[place]
    here = place == chosen
    ink = "strong" if here else "text" if outcome.reached else "muted"
    head = f"{'▸' if here else ' '} {place + 1}  "
    return [(head, "accent"), (fit(outcome.words, max(0, width - len(head))), ink)]
