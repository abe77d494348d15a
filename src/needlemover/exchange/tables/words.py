"""The words of people's tables in eight languages (`words.toml`), and how they are compared."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from msgspec import toml

UTC = frozenset(("utc", "gmt"))
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")  # as in `startTime`
_SIGNS = re.compile(r"[^a-z0-9]+")
_IN_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_PARTS = re.compile(r"[^\w:]+|_")
_FILE = toml.decode(Path(__file__).with_name("words.toml").read_bytes())
_NOTHING = frozenset(_FILE["nothing"])
ZONES: Mapping[str, int] = _FILE["zones"]
"""Hours from UTC."""


def text_of(cell: str) -> str:
    """What stands in a cell; empty also for what programs write where there is nothing."""
    text = cell.strip()
    return "" if text in _NOTHING else text


def plain(text: str) -> str:
    """A text without case, accents and signs, its words one blank apart."""
    spread = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return " ".join(_SIGNS.split("".join(filter(str.isascii, spread)))).strip()


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """As texts are compared: plain, and without the words that say nothing."""
    words = plain(text)
    return " ".join(word for word in words.split() if word not in _NOISE) or words


def _keys(words: Iterable[str]) -> dict[str, int]:
    """Their keys with their place, the best one first."""
    return {key(word): place for place, word in reversed(list(enumerate(words)))}


def _by_key(groups: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {text: name for name, words in groups.items() for text in _keys(words)}


_NOISE = frozenset(map(plain, _FILE["noise"]))
COLUMNS = {name: _keys(words) for name, words in _FILE["columns"].items()}
LEADS: Mapping[str, list[str]] = _FILE["leads"]
"""How the columns of a list of buyers may be called, by field."""
OUTCOMES = _by_key(_FILE["outcomes"])
"""What a text stands for; beside our outcomes `answered` and `planned`."""
DIRECTIONS = _by_key(_FILE["directions"])
CALLS = frozenset(_keys(_FILE["calls"]))
SUMS = frozenset(_keys(_FILE["sums"]))
BEGIN_SUMS = frozenset(word[:3] for word in _FILE["sums"])  # a quick look
YES = _by_key(_FILE["yes"])
MONTHS = {plain(word): int(month) for month, names in _FILE["months"].items() for word in names}
_UNITS = {word: unit for unit, words in _FILE["units"].items() for word in words}


def header(column: str) -> tuple[tuple[str, str], str]:
    """The keys of a column's name, whole and without brackets and `Person - `, and its unit.

    The unit is that of a length: a field, what 1:30 is, or empty; it is no part of the keys.
    """
    unit, keys = "", []
    for name in (column, _IN_BRACKETS.sub(" ", column.rpartition(" - ")[2])):
        words = [word for word in _PARTS.split(_HUMP.sub(" ", name)) if word]
        units = [_UNITS[word.casefold()] for word in words if word.casefold() in _UNITS]
        unit = unit or (units[-1] if units else "")
        keys.append(key(" ".join(word for word in words if word.casefold() not in _UNITS)))
    return (keys[0], keys[1]), unit
