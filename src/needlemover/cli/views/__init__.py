"""The JSON that the commands write, a module a subject: what each answer holds, with its type.

Money is in minor units, durations in seconds, days are YYYY-MM-DD. What is read from a value of the
domain has its name there; its key is the same but for a leading `is_`, unless it is named.
"""

from typing import TypeVar

import msgspec

from ..output import JSON_VERSION

T = TypeVar("T", bound="JsonView")
Part = dict[str, object]
"""An object within an answer."""


def _key(name: str) -> str:
    return name.removeprefix("is_")


class JsonView(msgspec.Struct, frozen=True, rename=_key):
    """An answer, or an object that several have."""


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


def pick(source: object, names: str = "", **keys: str) -> Part:
    """What a value of the domain says under these names; `key="name"` gives one another key."""
    named = {_key(name): name for name in names.split()} | keys
    return {key: getattr(source, name) for key, name in named.items()}
