"""Data modules that the first picture does not need: each is read when something is used of it."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..domain.buyers import contact
    from ..domain.delegation import problem
    from ..store import connections, file, said, store
    from ..store.calls import new_entry
    from ..store.care import checks, data_file
    from ..text.buyers import words


def reader(module: str, places: Mapping[str, Sequence[str]]) -> Callable[[str], Any]:
    """The `__getattr__` of a module that hands on others, given by the folders they stand in."""
    found = {name: f"{folder}.{name}" for folder, names in places.items() for name in names}

    def read(name: str) -> Any:
        if name not in found:
            raise AttributeError(name)
        return import_module(found[name], module.rpartition(".")[0])

    return read


_FOLDERS = {
    "..domain.buyers": ("contact",),
    "..domain.delegation": ("problem",),
    "..store": ("connections", "file", "said", "store"),
    "..store.calls": ("new_entry",),
    "..store.care": ("checks", "data_file"),
    "..text.buyers": ("words",),
}
__getattr__ = reader(__name__, _FOLDERS)
