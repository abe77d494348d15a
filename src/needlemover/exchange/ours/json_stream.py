"""A JSON object that is read member by member, so that a file of any length fits."""

import json
from collections.abc import Iterator
from typing import Any, TextIO

_BLOCK = 1 << 16
_LONGEST = 4 << 20
_BLANK = " \t\n\r"
_AFTER_A_VALUE = frozenset(_BLANK + ",:]}")


class DamagedJsonError(Exception):
    """It is no JSON, or ends too early; the text says what, as it follows the file's name."""


class JsonStream:
    """Reads one object: `for name in stream.members(): stream.value()`, or `stream.items()`."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self._ended = False
        self._decoder = json.JSONDecoder()

    def members(self) -> Iterator[str]:
        """The names, one after the other; what each stands for must be read in between.

        Raises:
            DamagedJsonError: when it cannot be read on, or something stands behind the end.
        """
        self._take("{")
        if self._next() == "}":
            self._take("}")
        else:
            while True:
                name = self.value()
                if not isinstance(name, str):
                    raise DamagedJsonError("is no JSON: a name is no text")
                self._take(":")
                yield name
                if self._take(",}") == "}":
                    break
        if self._next():
            raise DamagedJsonError("goes on behind its end")

    def items(self) -> Iterator[Any]:
        """The items of a list, one after the other.

        Raises:
            DamagedJsonError: when it cannot be read on.
        """
        self._take("[")
        if self._next() == "]":
            self._take("]")
            return
        while True:
            yield self.value()
            if self._take(",]") == "]":
                return

    def starts_a_list(self) -> bool:
        """Whether a list comes next."""
        return self._next() == "["

    def value(self) -> Any:
        """Whatever comes next.

        Raises:
            DamagedJsonError: when it cannot be read.
        """
        self._next()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except RecursionError:
                raise DamagedJsonError("is nested too deep") from None
            except ValueError:  # also of numbers that are far too long
                if not self._more():
                    raise DamagedJsonError("is damaged: what stands there is no JSON") from None
                continue
            # A number may go on behind the text that has been read so far: 0 of 0.5.
            if self._text[end : end + 1] in _AFTER_A_VALUE or not self._more():
                self._at = end
                return value

    def _take(self, signs: str) -> str:
        found = self._next()
        if not found:
            raise DamagedJsonError("ends in the middle: it was cut off")
        if found not in signs:
            raise DamagedJsonError(f"is damaged: {' or '.join(signs)} is missing")
        self._at += 1
        return found

    def _next(self) -> str:
        """The next sign that is not blank; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _BLANK:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _more(self) -> bool:
        """Read on; whether there was anything."""
        if self._ended or len(self._text) - self._at > _LONGEST:
            return False
        block = self._file.read(_BLOCK)
        self._ended = not block
        self._text = self._text[self._at :] + block
        self._at = 0
        return bool(block)
