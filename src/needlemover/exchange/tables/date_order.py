"""Which number of a date such as 03/04/2026 is the day: told by the file, or asked for."""

import re
from datetime import date

from ...domain.errors import NeedleError, WrongUsageError
from ...text.format import long_day, quoted

_DATE = re.compile(
    r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?:(,?\s+)(\d{1,2}:\d\d(:\d\d)?)(\s*)([ap]m)?)?",
    re.IGNORECASE,
)
_MONTHS = 12


class AmbiguousDateError(WrongUsageError):
    """All dates of a file can be read in two ways."""

    def __init__(self, example: str, choices: tuple[tuple[str, str], tuple[str, str]]) -> None:
        """Take note of both ways: a format and what it makes of the example, twice."""
        self.example = example
        self.choices = choices
        (first, one), (second, other) = choices
        which = f"{quoted(example)} could be {one} or {other}: say which."
        super().__init__(which, "date order", first=first, second=second)


class DateOrder:
    """Looks at the dates of a file."""

    def __init__(self) -> None:
        self._any: re.Match[str] | None = None
        self._unclear: re.Match[str] | None = None
        self._clear: dict[bool, str] = {}
        """By whether the day comes first, a date that has a meaning in this order alone."""

    def add(self, text: str) -> None:
        """Take in one of them; what is no such date is left to the reader of the row."""
        found = _DATE.fullmatch(text.strip())
        if not found:
            return
        self._any = self._any or found
        first, second = int(found[1]), int(found[3])
        if max(first, second) > _MONTHS:
            self._clear.setdefault(first > _MONTHS, found[0])
        elif first != second:
            self._unclear = self._unclear or found

    def date_format(self) -> str | None:
        """The format of them all, as for `strptime`; None: they are not of this kind.

        Where they could be of either order, that is an `AmbiguousDateError`.
        """
        if self._any is None:
            return None
        if len(self._clear) > 1:
            raise NeedleError(
                f"{quoted(self._clear[True])} has the day first and {quoted(self._clear[False])} "
                "the month: write all dates of the file in one way."
            )
        day_first, month_first = _formats(self._any)
        # With full stops nobody writes the month first.
        if True in self._clear or self._any[2] == ".":
            return day_first
        if self._clear or self._unclear is None:
            return month_first
        meant = (day_first, _meant(self._unclear, 1, 3)), (month_first, _meant(self._unclear, 3, 1))
        raise AmbiguousDateError(self._unclear[0], meant)


def _meant(found: re.Match[str], day: int, month: int) -> str:
    year = int(found[4]) + (0 if len(found[4]) > 2 else 2000)
    return long_day(date(year or 2000, int(found[month]), int(found[day])))


def _formats(found: re.Match[str]) -> tuple[str, str]:
    """With the day first, and with the month first."""
    sign, year = found[2], "%Y" if len(found[4]) > 2 else "%y"
    rest = ""
    if found[6]:
        hour = "%I" if found[9] else "%H"
        rest = f"{found[5]}{hour}:%M{':%S' if found[7] else ''}{found[8]}{'%p' if found[9] else ''}"
    return f"%d{sign}%m{sign}{year}{rest}", f"%m{sign}%d{sign}{year}{rest}"
