"""Numbers of people's tables: lengths of time and money, their units, what 1:30 and 1,234 are."""

import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache

from ...domain.errors import WrongUsageError
from ...store.care.rules import LONGEST
from ...text.format import minor_digits, quoted
from ...text.parse.values import has_two_readings, parse_amount, parse_seconds
from ..call_map import Question
from ..reading import UnreadableError, unreadable

_TWO_PARTS = re.compile(r"(\d{1,6}):([0-5]\d)")
_BARE = re.compile(r"\d{1,18}(?:[.,]\d+)*")
_WITH_SIGNS = re.compile(r"\D*[\d.,' ]+\D*")
_THOUSANDS_OR_DECIMALS = re.compile(r"\D*\d{1,3}\.\d{3}\D*")
_OTHER_MONEY = re.compile(r"R\$|zł|kr\.?|[.,][-–]", re.IGNORECASE)  # signs that say no currency
_LONGEST_NUMBER = 40
_UNITS = {"seconds": "1", "minutes": "60", "hours": "3600", "milliseconds": "0.001"}
_SECONDS = {unit: Decimal(seconds) for unit, seconds in _UNITS.items()}
_MOST_HOURS = 23  # of a length that is written h:mm
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
    number = _plain(text, decimal)
    if not decimal and has_two_readings(number):
        raise unreadable(text, "could be thousands or decimals: write the length like 1234")
    try:
        if len(number) > _LONGEST_NUMBER:
            raise ValueError
        if (decimal or unit == "milliseconds") and _BARE.fullmatch(number):
            seconds = int((Decimal(number) * _SECONDS[unit]).to_integral_value())
        else:
            number += ":00" if clock == "h:mm" and _TWO_PARTS.fullmatch(number) else ""
            letter = "s" if unit == "milliseconds" else unit[0]
            seconds = parse_seconds(number, unit=letter, longest=None, in_file=True)
    except (WrongUsageError, ArithmeticError, ValueError):
        raise unreadable(text, "is not a length of time") from None
    if seconds > LONGEST:
        raise unreadable(text, "is longer than a year")
    return seconds


def read_amount(text: str, currency: str, decimal: str = "") -> int | None:
    """Read money in major units; minor units come out; none is written: None."""
    if not text:
        return None
    text = _OTHER_MONEY.sub("", text).strip()
    number = _plain(text, decimal)
    if not decimal and minor_digits(currency) != 3 and _THOUSANDS_OR_DECIMALS.fullmatch(number):
        raise unreadable(text, "could be thousands or decimals: write the amount like 1200.50")
    if len(number) > _LONGEST_NUMBER:
        raise unreadable(text, "is not an amount of money")
    try:
        return parse_amount(number, currency)
    except WrongUsageError as error:
        raise UnreadableError(str(error).rstrip(".")) from None


def _plain(text: str, decimal: str) -> str:
    """A number without thousands, with a decimal point, where it is known what parts decimals."""
    if not decimal or not _WITH_SIGNS.fullmatch(text):
        return text
    return text.replace("." if decimal == "," else ",", "").replace(decimal, ".")


class Decimals:
    """Finds what parts the decimals of the numbers of a file."""

    def __init__(self, known: str) -> None:
        self._found = set(known)
        self._unclear = ""

    def add(self, text: str) -> None:
        """Take in one of the numbers."""
        number = _OTHER_MONEY.sub("", text).strip(" $€£¥+-")
        signs = [sign for sign in number if sign in ".,"]
        if not signs or not _BARE.fullmatch(number):
            return
        if len(signs) > 1 and len(set(signs)) == 1:
            self._found.add("." if signs[0] == "," else ",")
        elif len(signs) > 1 or not has_two_readings(number):
            self._found.add(signs[-1])
        else:
            self._unclear = self._unclear or number

    @property
    def decimal(self) -> str:
        """What parts them; empty: nothing tells it."""
        return next(iter(self._found)) if len(self._found) == 1 else ""

    def questions(self) -> Iterator[Question]:
        """What is meant by a number that can be read in two ways."""
        if self._unclear and not self.decimal:
            choices = {_plain(self._unclear, sign): ("decimal", sign) for sign in ".,"}
            yield Question(f"Which number is {quoted(self._unclear)}?", choices)


class Lengths:
    """Finds how the lengths of a column are written."""

    def __init__(self, column: str, unit: str, clock: str, said: str) -> None:
        """All by the column's name, empty: to be found; `said` is what 1:30 was said to be."""
        self.unit = unit
        self.clock = said or clock
        self._is_said = bool(said)
        self._column = column
        self._two_parts = self._bare = ""  # examples
        self._longest = 0  # the first of two parts
        self._largest = Decimal(0)
        self._has_decimals = False
        self._fitting: dict[str, set[str]] = {"unit": set(), "clock": set()}

    def add(self, text: str) -> None:
        """Take in one of them."""
        if found := _TWO_PARTS.fullmatch(text):
            self._longest = max(self._longest, int(found[1]))
            if int(found[1]) > _MOST_HOURS:
                self.clock = self.clock or "m:ss"
            if int(found[1]) or int(found[2]):
                self._two_parts = self._two_parts or text
        elif not self.unit and _BARE.fullmatch(text):
            with suppress(ArithmeticError):
                number = Decimal(text.replace(",", "."))
                self._bare = self._bare or (text if number else "")
                self._largest = max(self._largest, number)
                self._has_decimals |= number != number.to_integral_value()

    @property
    def is_other(self) -> bool:
        """Whether 1:30 was said to be what it cannot be."""
        clocks = self._fitting["clock"]
        is_short = self.clock == "h:mm" and self._longest > _MOST_HOURS
        return self._is_said and (is_short or (len(clocks) == 1 and self.clock not in clocks))

    def compare(self, text: str, seconds: int) -> None:
        """Take in what another column tells of the length in its row."""
        if _TWO_PARTS.fullmatch(text):
            ways = {("clock", clock): ("seconds", clock) for clock in ("m:ss", "h:mm")}
        elif _BARE.fullmatch(text):
            ways = {("unit", unit): (unit, "m:ss") for unit in _SECONDS}
        else:
            return
        fitting = []
        for what, how in ways.items():
            with suppress(UnreadableError):
                if seconds and abs(read_length(text, *how, ".") - seconds) <= _CLOSE:
                    fitting.append(what)
        if len(fitting) == 1:
            self._fitting[fitting[0][0]].add(fitting[0][1])

    def questions(self) -> Iterator[Question]:
        """Decide how they are written, and ask what nothing tells."""
        units, clocks = self._fitting["unit"], self._fitting["clock"]
        asked = "How long is {} in " + quoted(self._column) + "?"
        if len(clocks) == 1 and not self._is_said:
            (self.clock,) = clocks
        if not self.clock and self._two_parts:
            first, second = self._two_parts.split(":")
            minutes, hours = f"{first} min {second} s", f"{first} h {second} min"
            choices = {minutes: ("length", "m:ss"), hours: ("length", "h:mm")}
            yield Question(asked.format(quoted(self._two_parts)), choices)
        if self.unit:
            return
        possible = [unit for unit in _SECONDS if unit in units or self._is_possible(unit)]
        likely = list(units) if len(units) == 1 else possible or ["seconds"]
        if len(likely) > 1 and self._bare:
            choices = {f"{self._bare} {unit}": ("map", f"{unit}={self._column}") for unit in likely}
            yield Question(asked.format(quoted(self._bare)), choices)
        self.unit = likely[0]

    def _is_possible(self, unit: str) -> bool:
        """Whether no length is longer than a day, and none has a fraction that nobody writes."""
        if unit == "milliseconds" and self._largest < _DAY:
            return False
        is_odd = unit == "seconds" and self._has_decimals
        return not is_odd and self._largest * _SECONDS[unit] <= _DAY
