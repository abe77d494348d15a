"""What people type for lengths of time, money, counts, names, notes and one of a few words."""

import re
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import reduce
from typing import TypeVar

from ...domain.calls.entry import Outcome
from ...domain.errors import WrongUsageError
from ..format import MINUS, is_blank, minor_digits, wrong

LONGEST = 24 * 3600  # seconds: more than this is not logged by hand for one day
LONGEST_WEEK = 7 * LONGEST
MOST_MONEY = 10**15

_UNITS = {"h": 3600, "m": 60, "s": 1}
_CLOCK = re.compile(r"\d+(?::[0-5]\d){1,2}")
_TWO_WAYS = re.compile(r"[+-]?([1-9]\d{0,2})[.,](\d{3})\s*[A-Za-z]*")
_UNIT = r"(h(?:(?:ou)?rs?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)(?![a-z])\.?\s*"
_WORDS = re.compile(rf"(\d+(?:[.,]\d+)?)\s*{_UNIT}", re.IGNORECASE)
Choice = TypeVar("Choice", bound=StrEnum)

_PHONE = re.compile(r"[+(]?[0-9][0-9 ()/.-]{1,38}(?: ?(?:ext|x)\.? ?[0-9]{1,6})?", re.IGNORECASE)
LONGEST_NAME = 1000
LONGEST_NOTE = 10_000  # characters


def parse_seconds(
    typed: str, *, unit: str = "m", longest: int | None = LONGEST, in_file: bool = False
) -> int:
    """Read a duration in seconds: `12`, `12 min`, `1 h 30`, `7m10`, `0:12:40`.

    A bare number counts in `unit`; `longest` is in seconds, None for no limit. In a file `7:10` is
    7 minutes 10; people also mean hours.
    """
    typed = typed.strip()
    must_be_plain(typed)
    if (seconds := _seconds(typed, unit)) is None:
        raise wrong(typed, "is not a length of time: type minutes (12), 7m10, or 1 h 30 min.")
    if typed.count(":") == 1 and not in_file:
        first, _, second = typed.partition(":")
        raise wrong(typed, f"can be read in two ways: type {first}m{second}, or {first}h{second}.")
    if longest is not None and seconds > longest:
        raise wrong(typed, f"is more than {longest // 3600} hours: type less.")
    return seconds


def has_two_readings(typed: str) -> bool:
    """Whether it is a number like `1,234`, whose sign stands for thousands or for decimals."""
    return _TWO_WAYS.fullmatch(typed) is not None


def must_be_plain(typed: str, decimals: int = 2) -> None:
    """Refuse such a number, naming both readings; so many decimals can be typed."""
    if found := _TWO_WAYS.fullmatch(typed):
        thousands, rest = found.groups()
        ways = f"{thousands}{rest}, or {thousands}.{rest[:decimals]}"
        raise wrong(typed, f"can be read in two ways: type {ways}.")


def _seconds(typed: str, unit: str) -> int | None:
    if _CLOCK.fullmatch(typed):
        return reduce(lambda total, part: total * 60 + int(part), typed.split(":"), 0)
    if re.fullmatch(r"\d+(?:[.,]\d+)?", typed):
        return _whole(typed, _UNITS[unit])
    total, place, smaller = 0, 0, "s"
    while part := _WORDS.match(typed, place):
        letter = part[2][0].lower()
        if (whole := _whole(part[1], _UNITS[letter])) is None:
            return None
        total += whole
        place, smaller = part.end(), {"h": "m", "m": "s", "s": ""}[letter]
    rest = typed[place:]
    if place and rest.isdecimal() and smaller:  # 1 h 30
        return total + int(rest) * _UNITS[smaller]
    return total if place and not rest else None


def _whole(number: str, unit: int) -> int | None:
    if len(number) > 12:
        return 10**12  # far beyond any limit, without the arithmetic
    return int((Decimal(number.replace(",", ".")) * unit).to_integral_value())


def parse_amount(typed: str, currency: str) -> int:
    """Read money in major units (`1200`, `1,200.50`, `-30`); minor units come out."""
    typed = typed.strip()
    bare = typed.replace(MINUS, "-")
    bare = re.sub(r"[\s_'$€£¥]|" + re.escape(currency), "", bare, flags=re.IGNORECASE)
    digits = minor_digits(currency)
    if ("," in bare) is (digits == 3):  # a comma stands for thousands unless they could be decimals
        must_be_plain(bare, digits)
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", bare):
        bare = bare.replace(",", "")
    elif re.fullmatch(r"[+-]?\d+,\d{1,3}", bare):
        bare = bare.replace(",", ".")
    try:
        if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", bare):
            raise InvalidOperation
        minor = Decimal(bare).scaleb(digits)
    except InvalidOperation:
        raise wrong(typed, "is not an amount of money: type it like 1200.50.") from None
    # 1.200 means twelve hundred to half of the world: better asked than guessed.
    is_unclear = len(bare.partition(".")[2]) > max(2, digits)
    if is_unclear or minor != minor.to_integral_value():
        raise wrong(typed, f"has more decimals than {currency} has: type at most {digits}.")
    if abs(minor) > MOST_MONEY:
        raise wrong(typed, "is more money than can be kept: type less.")
    return int(minor)


def parse_count(typed: str, *, least: int = 1, most: int = 10_000) -> int:
    """Read a whole number between these, which both are fine."""
    digits = typed.strip().lstrip("0")[:9] or "0"
    if not typed.strip().isdecimal() or not least <= int(digits) <= most:
        raise wrong(typed, f"cannot be read: type a whole number from {least} to {most}.")
    return int(digits)


def parse_name(typed: str, what: str) -> str:
    """Read a name: anything that shows, but not too long."""
    name = typed.strip()
    if is_blank(name):
        raise WrongUsageError(f"The {what} needs a name: type one.")
    if len(name) > LONGEST_NAME:
        raise WrongUsageError(f"The name is too long: type at most {LONGEST_NAME} characters.")
    return name


def parse_contact(typed: str) -> str | None:
    """Read the name of a contact; None: there is none, or nothing of it shows."""
    return None if is_blank(typed) else parse_name(" ".join(typed.split()), "buyer")


def parse_note(typed: str, what: str = "note") -> str | None:
    """Read a note, or a text that is like one; None: there is none."""
    note = typed.strip()
    if len(note) > LONGEST_NOTE:
        raise WrongUsageError(f"The {what} is too long: type at most {LONGEST_NOTE:,} characters.")
    return note or None


def is_phone(text: str) -> bool:
    """Whether it is written like a phone number."""
    return _PHONE.fullmatch(text) is not None


def parse_phone(typed: str) -> str | None:
    """Read a phone number as it is written; None: there is none."""
    phone = " ".join(typed.split())
    if phone and not is_phone(phone):
        raise wrong(phone, "is not a phone number: type one like +49 30 5550142.")
    return phone or None


def parse_outcome(typed: str) -> Outcome:
    """Read an outcome by its name or a unique beginning of it."""
    return parse_choice(typed, Outcome, "an outcome")


def parse_choice(typed: str, choices: type[Choice], what: str) -> Choice:
    """Read one of a few words, or a unique beginning of it; `what` names such a word."""
    word = re.sub(r"[\s-]+", "_", typed.strip().casefold())
    begin = [item for item in choices if word and item.value.startswith(word)]
    found = [item for item in begin if item.value == word] or begin
    if len(found) != 1:
        raise wrong(typed, f"is not {what}: choose one of {', '.join(choices)}.")
    return found[0]
