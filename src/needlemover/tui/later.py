"""Data modules that the first picture does not need: each is read when something is used of it."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..domain.buyers import contact, next_calls
    from ..domain.delegation import problem
    from ..store import connections, file, said, store
    from ..store.calls import new_entry
    from ..store.care import checks, data_file
    from ..text.buyers import words

PLACES = {
    "..domain.buyers": ("contact", "next_calls"),
    "..domain.delegation": ("problem",),
    "..store": ("connections", "file", "said", "store"),
    "..store.calls": ("new_entry",),
    "..store.care": ("checks", "data_file"),
    "..text.buyers": ("words",),
}


def reader(places: Mapping[str, Sequence[str]]) -> Callable[[str], Any]:
    """The `__getattr__` of a module that hands on others, given by the folders they stand in."""
    found = {name: f"{folder}.{name}" for folder, names in places.items() for name in names}

    def read(name: str) -> Any:
        if name not in found:
            raise AttributeError(name)
        return import_module(found[name], __package__)

    return read


__getattr__ = reader(PLACES)
