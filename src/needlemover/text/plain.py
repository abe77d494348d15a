"""Texts and lengths written out, without loading anything: for a command that a prompt runs."""

import unicodedata

CONTROL = frozenset(
    (
        *range(0x20), *range(0x7F, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F),
        *range(0x2066, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC),
    )
)  # fmt: skip
"""The signs that a terminal would obey, or that hide or turn round what stands beside them."""

_VISIBLE = dict.fromkeys(CONTROL, 0xFFFD) | {code: 0x2400 + code for code in range(0x20)}
_VISIBLE[0x7F] = 0x2421

_OBEYED_BY_PROMPTS = str.maketrans(dict.fromkeys("\\`$%#!", "·"))


def shown(text: str) -> str:
    """A user's text on one line; signs that a terminal would obey become visible."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", text).translate(_VISIBLE)


def in_prompt(text: str) -> str:
    """A user's text for a shell's prompt: what bash, zsh or tmux would obey becomes a dot."""
    return shown(text).translate(_OBEYED_BY_PROMPTS)


def cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    seen = (sign for sign in text if unicodedata.category(sign) not in ("Mn", "Me", "Cf"))
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in seen)


def round_minutes(seconds: int) -> int:
    """Whole minutes that are full; 59 seconds of an hour quota are not yet a minute."""
    return seconds // 60 if seconds >= 0 else -(-seconds // 60)


def clock_length(seconds: int) -> str:
    """A length as a stopwatch shows it: `12:40`, `1:02:40`."""
    hour, rest = divmod(max(0, seconds), 3600)
    return f"{hour}:{rest // 60:02}:{rest % 60:02}" if hour else f"{rest // 60}:{rest % 60:02}"
