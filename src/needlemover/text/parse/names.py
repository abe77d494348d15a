"""What people type for names, notes and one of a few words."""

import re
from enum import StrEnum
from typing import TypeVar

from ...domain.calls.entry import Outcome
from ...domain.errors import WrongUsageError
from ..format import is_blank, wrong

Choice = TypeVar("Choice", bound=StrEnum)

_PHONE = re.compile(r"[+(]?[0-9][0-9 ()/.-]{1,38}(?: ?(?:ext|x)\.? ?[0-9]{1,6})?", re.IGNORECASE)
LONGEST_NAME = 1000
LONGEST_NOTE = 10_000
"""Characters."""


def parse_name(typed: str, what: str) -> str:
    """Read a name: anything that shows, but not too long."""
    name = typed.strip()
    if is_blank(name):
        raise WrongUsageError(f"The {what} needs a name: type one.")
    if len(name) > LONGEST_NAME:
        raise WrongUsageError(f"The name is too long: type at most {LONGEST_NAME} characters.")
    return name


def parse_contact(typed: str) -> str | None:
    """Read the name of a contact; None: there is none."""
    name = " ".join(typed.split())
    if len(name) > LONGEST_NAME:
        raise WrongUsageError(f"The name is too long: type at most {LONGEST_NAME} characters.")
    return name or None


def parse_note(typed: str, what: str = "note") -> str | None:
    """Read a note, or a text that is like one; None: there is none."""
    note = typed.strip()
    if len(note) > LONGEST_NOTE:
        raise WrongUsageError(f"The {what} is too long: type at most {LONGEST_NOTE:,} characters.")
    return note or None


def parse_phone(typed: str) -> str | None:
    """Read a phone number as it is written; None: there is none."""
    phone = " ".join(typed.split())
    if phone and not _PHONE.fullmatch(phone):
        raise wrong(phone, "is not a phone number: type one like +49 30 5550142.")
    return phone or None


def parse_outcome(typed: str) -> Outcome:
    """Read an outcome by its name or a unique beginning of it."""
    return parse_choice(typed, Outcome, "an outcome")


def parse_choice(typed: str, choices: type[Choice], what: str) -> Choice:
    """Read one of a few words, or a unique beginning of it; `what` names such a word."""
    word = re.sub(r"[\s-]+", "_", typed.strip().casefold())
    found = [item for item in choices if item.value == word] or [
        item for item in choices if word and item.value.startswith(word)
    ]
    if len(found) != 1:
        raise wrong(typed, f"is not {what}: choose one of {', '.join(choices)}.")
    return found[0]
