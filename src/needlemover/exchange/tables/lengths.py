"""Lengths of time as people's tables have them: in which unit, what 1:30 is, what a comma parts."""

import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from ...domain.errors import WrongUsageError
from ...store.care.rules import LONGEST
from ...text.format import quoted
from ...text.parse.values import has_two_readings, parse_seconds
from ..questions import Choice, Question
from ..reading import UnreadableError, unreadable

_TWO_PARTS = re.compile(r"(\d{1,6}):([0-5]\d)")
_BARE = re.compile(r"\d{1,18}(?:[.,]\d+)*")
_LONGEST_NUMBER = 40
_SECONDS = {"seconds": Decimal(1), "minutes": Decimal(60), "hours": Decimal(3600),
            "milliseconds": Decimal("0.001")}  # fmt: skip
_MOST_HOURS = 23  # of a time of day or a length that is written h:mm
_DAY = 24 * 3600
_CLOSE = 90  # seconds that a length may be off another one of the same row: it rings before
CLOCKS = {"seconds": "m:ss", "minutes": "m:ss", "hours": "h:mm", "m:ss": "m:ss", "h:mm": "h:mm"}
"""What 1:30 is in a column whose name has a unit."""


@lru_cache(maxsize=8192)
def read_length(text: str, unit: str = "seconds", clock: str = "m:ss", decimal: str = "") -> int:
    """A length in seconds: `261`, `0:04:21`, `4:21`, `12 min`; empty is 0.

    A bare number counts in `unit`, a name of a field; `clock` is what two parts are, and `decimal`
    what parts decimals in a number that can be read in two ways, which else cannot be read.
    """
    if not text:
        return 0
    if text.startswith(("-", "−")):
        raise unreadable(text, "is a negative length of time")
    number = plain_number(text, decimal)
    if has_two_readings(number) and not (decimal and "." in number):
        raise unreadable(text, "could be thousands or decimals: write the length like 1234")
    try:
        if len(number) > _LONGEST_NUMBER:
            raise ValueError
        if _BARE.fullmatch(number) and (decimal or unit == "milliseconds"):
            seconds = int((Decimal(number) * _SECONDS[unit]).to_integral_value())
        else:
            if clock == "h:mm" and _TWO_PARTS.fullmatch(number):
                number += ":00"
            letter = "s" if unit == "milliseconds" else unit[0]
            seconds = parse_seconds(number, unit=letter, longest=None, in_file=True)
    except (WrongUsageError, ArithmeticError, ValueError):
        raise unreadable(text, "is not a length of time") from None
    if seconds > LONGEST:
        raise unreadable(text, "is longer than a year")
    return seconds


def plain_number(text: str, decimal: str) -> str:
    """A number without thousands, with a decimal point, where it is known what parts decimals."""
    if not decimal or not re.fullmatch(r"\D*[\d.,' ]+\D*", text):
        return text
    other = "." if decimal == "," else ","
    return text.replace(other, "").replace(decimal, ".")


def is_length(text: str) -> bool:
    """Whether it can be read as a length of time in some way."""
    with suppress(UnreadableError):
        return read_length(text, decimal=".") >= 0
    return False


class Decimals:
    """Finds what parts the decimals of the numbers of a file."""

    def __init__(self, known: str) -> None:
        self._found = {known} if known else set[str]()
        self._unclear = ""

    def add(self, text: str) -> None:
        """Take in one of the numbers."""
        number = text.strip(" $€£¥+-")
        signs = [sign for sign in number if sign in ".,"]
        if not signs or not _BARE.fullmatch(number):
            return
        last, rest = signs[-1], number.rpartition(signs[-1])[2]
        if len(set(signs)) > 1 or len(rest) != 3:
            self._found.add(last)
        elif len(signs) > 1 or not has_two_readings(number):
            if len(signs) > 1:
                self._found.add("." if last == "," else ",")
        else:
            self._unclear = self._unclear or number

    @property
    def decimal(self) -> str:
        """What parts them; empty: nothing tells it."""
        return next(iter(self._found)) if len(self._found) == 1 else ""

    def question(self) -> Question | None:
        """What is meant by a number that can be read in two ways; None: that is known."""
        if self.decimal or not self._unclear:
            return None
        sign = "," if "," in self._unclear else "."
        first, second = self._unclear.split(sign)
        whole, other = first + second, "." if sign == "," else ","
        return Question(
            f"Which number is {quoted(self._unclear)}?",
            (Choice(whole, ("decimal", other)), Choice(f"{first}.{second}", ("decimal", sign))),
        )


class Lengths(Struct):
    """Finds how the lengths of a column are written."""

    column: str
    unit: str  # a name of a field; empty: not known
    clock: str  # what 1:30 is; empty: not known
    _two_parts: str = ""  # an example
    _bare: str = ""
    _largest: Decimal = Decimal(0)
    _has_decimals: bool = False
    _units: set[str] = set()  # that agree with other columns
    _clocks: set[str] = set()

    def add(self, text: str, decimal: str) -> None:
        """Take in one of them."""
        if found := _TWO_PARTS.fullmatch(text):
            if int(found[1]) > _MOST_HOURS:
                self.clock = self.clock or "m:ss"
            if int(found[1]) or int(found[2]):
                self._two_parts = self._two_parts or text
        elif not self.unit and _BARE.fullmatch(text):
            with suppress(ArithmeticError):
                number = Decimal(plain_number(text, decimal or "."))
                self._bare = self._bare or (text if number else "")
                self._largest = max(self._largest, number)
                self._has_decimals |= number != number.to_integral_value()

    def compare(self, text: str, seconds: int) -> None:
        """Take in what else is known of the length of its row."""
        if seconds <= 0:
            return
        if _TWO_PARTS.fullmatch(text):
            fit = {way for way in ("m:ss", "h:mm") if _fits(text, "seconds", way, seconds)}
            if len(fit) == 1:
                self._clocks |= fit
        elif _BARE.fullmatch(text):
            fit = {unit for unit in _SECONDS if _fits(text, unit, "", seconds)}
            if len(fit) == 1:
                self._units |= fit

    def questions(self) -> Iterator[Question]:
        """Decide how they are written, and ask what nothing tells."""
        if not self.clock and len(self._clocks) == 1:
            (self.clock,) = self._clocks
        if not self.clock and self._two_parts:
            first, second = self._two_parts.split(":")
            ways = (("m:ss", f"{first} min {second} s"), ("h:mm", f"{first} h {second} min"))
            choices = tuple(Choice(meant, ("length", way)) for way, meant in ways)
            words = f"How long is {quoted(self._two_parts)} in {quoted(self.column)}?"
            yield Question(words, choices)
        if not self.unit:
            units = self._units if len(self._units) == 1 else self._possible()
            if len(units) > 1 and self._bare:
                choices = tuple(
                    Choice(f"{self._bare} {unit}", ("map", f"{unit}={self.column}"))
                    for unit in sorted(units, key=list(_SECONDS).index)
                )
                yield Question(f"How long is {self._bare} in {quoted(self.column)}?", choices)
            self.unit = min(units, key=list(_SECONDS).index)

    def _possible(self) -> set[str]:
        """The units in which no length is longer than a day."""
        units = {
            unit
            for unit, seconds in _SECONDS.items()
            if self._largest * seconds <= _DAY
            and not (unit == "seconds" and self._has_decimals)
            and not (unit == "milliseconds" and self._largest < _DAY)
        }
        return units or {"seconds"}


def _fits(text: str, unit: str, clock: str, seconds: int) -> bool:
    with suppress(UnreadableError):
        return abs(read_length(text, unit, clock or "m:ss", ".") - seconds) <= _CLOSE
    return False
