"""Texts and lengths written out, without loading anything: for a command that a prompt runs."""

import re
import unicodedata

CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
"""What a terminal would obey, or hide."""

_OBEYED_BY_PROMPTS = str.maketrans(dict.fromkeys("\\`$%#!", "·"))


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def shown(text: str) -> str:
    """A user's text as it may be sent to a terminal, on one line.

    Control characters, which a terminal would obey, become visible signs.
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    return CONTROL.sub(_visible, unicodedata.normalize("NFC", text))


def in_prompt(text: str) -> str:
    """A user's text as it may stand in a shell's prompt or a status line.

    These are expanded after they are put together: what bash, zsh or tmux would obey becomes a dot,
    so that no name can run a command.
    """
    return shown(text).translate(_OBEYED_BY_PROMPTS)


def round_minutes(seconds: int) -> int:
    """Whole minutes that are full; 59 seconds of an hour quota are not yet a minute."""
    return seconds // 60 if seconds >= 0 else -(-seconds // 60)


def clock_length(seconds: int) -> str:
    """A length as a stopwatch shows it: `12:40`, `1:02:40`."""
    hour, rest = divmod(max(0, seconds), 3600)
    return f"{hour}:{rest // 60:02}:{rest % 60:02}" if hour else f"{rest // 60}:{rest % 60:02}"
