"""Figures of a benchmark: alternating rounds, medians, ratios, and the table that shows them."""

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Limit(NamedTuple):
    """What a figure may be at most."""

    of: str
    """`median`, `p95` or `ratio`."""
    at_most: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    what: str
    values: Sequence[float]
    unit: str = "ms"
    ratios: Sequence[float] = ()
    """To another program in the same round."""
    limits: tuple[Limit, ...] = ()

    def figure(self, of: str) -> float:
        """The median, the 95th percentile, or the median ratio."""
        if of == "p95":
            return sorted(self.values)[math.ceil(0.95 * len(self.values)) - 1]
        return statistics.median(self.ratios if of == "ratio" else self.values)

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands in the table."""
        broken = any(self.figure(limit.of) > limit.at_most for limit in self.limits)
        return (
            self.what,
            f"{self.figure('median'):.2f} {self.unit}",
            f"{self.figure('p95'):.2f} {self.unit}",
            str(len(self.values)),
            f"{self.figure('ratio'):.2f}" if self.ratios else "",
            ", ".join(f"{limit.of} {limit.at_most:g}" for limit in self.limits),
            ("over" if broken else "yes") if self.limits else "",
        )


HEAD = ("what", "median", "p95", "n", "ratio", "at most", "within")


def table(lines: Sequence[Line]) -> str:
    """The lines below one another, words to the left, figures to the right."""
    rows = [HEAD, *(line.cells for line in lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if 1 <= place <= 4 else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def alternate(measures: Mapping[str, Callable[[], T]], rounds: int) -> dict[str, list[T]]:
    """Take the measures in turn, the order moving on by one each round.

    What else the machine does then falls on all of them alike. A first round is not counted.
    """
    found: dict[str, list[T]] = {name: [] for name in measures}
    names = list(measures)
    for number in range(rounds + 1):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            value = measures[name]()
            if number:
                found[name].append(value)
    return found


def ratios(values: Sequence[float], to: Sequence[float]) -> list[float]:
    """How many times the other's figure, round by round."""
    return [value / other for value, other in zip(values, to, strict=True)]
