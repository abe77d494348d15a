"""The JSON that the commands write, a module a subject: what each answer holds, with its type.

Money is in minor units, durations in seconds, days are YYYY-MM-DD. What is read from a value of the
domain has its name there; its key is the same but for a leading `is_`, unless it is named.
"""

from typing import TypeVar

import msgspec

from ..output import JSON_VERSION

T = TypeVar("T", bound="JsonView")
Part = dict[str, object]  # an object within an answer


def _key(name: str) -> str:
    return name.removeprefix("is_")


class JsonView(msgspec.Struct, frozen=True, rename=_key):
    """An answer, or an object that several have."""


def view(kind: type[T], *sources: object, **given: object) -> T:
    """Fill a view: with what is given by name, else from the first source that has the name."""
    given.setdefault("version", JSON_VERSION)
    for name in {*kind.__struct_fields__} - given.keys():
        given[name] = next(getattr(item, name) for item in sources if hasattr(item, name))
    return kind(**{name: given[name] for name in kind.__struct_fields__})


def pick(source: object, names: str = "", **keys: str) -> Part:
    """What a value of the domain says under these names; `key="name"` gives one another key."""
    named = {_key(name): name for name in names.split()} | keys
    return {key: getattr(source, name) for key, name in named.items()}
