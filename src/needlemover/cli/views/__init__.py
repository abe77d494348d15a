"""The JSON that the commands write, a module a subject: each key with its type.

Money is in minor units, durations in seconds, days are YYYY-MM-DD. A field has the name of what it
is read from; its key is the same but for a leading `is_`, unless it is named.
"""

from typing import TypeVar

import msgspec

from ..output import JSON_VERSION

T = TypeVar("T", bound="JsonView")


class JsonView(msgspec.Struct, frozen=True, rename=lambda name: name.removeprefix("is_")):
    """A JSON object."""


class _Sources:
    def __init__(self, sources: tuple[object, ...], given: dict[str, object]) -> None:
        self._sources = sources
        self.__dict__.update(given)

    def __getattr__(self, name: str) -> object:
        for source in self._sources:
            if hasattr(source, name):
                return getattr(source, name)
        raise AttributeError(name)


def view(kind: type[T], *sources: object, **given: object) -> T:
    """Fill a view: with what is given by name, else from the first source that has the name."""
    found = _Sources(sources, {"version": JSON_VERSION, **given})
    return msgspec.convert(found, kind, from_attributes=True)
