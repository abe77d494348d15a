"""The keys that a person has chosen, beside those that the views have."""

from collections.abc import Iterator, Mapping

from textual.binding import Binding

from .buyers.keys import KEYS as BUYERS_KEYS
from .today.keys import KEYS as TODAY_KEYS


def lost_keys(chosen: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each key that is chosen for one action and was the only one of another."""
    for keys in (TODAY_KEYS, BUYERS_KEYS):
        here = {key.id: key for key in keys if isinstance(key, Binding)}
        taken = {
            key.strip(): here[name].description
            for name in chosen
            if name in here
            for key in chosen[name].split(",")
        }
        for name, binding in here.items():
            if name not in chosen and set(binding.key.split(",")) <= taken.keys():
                key = binding.key.split(",")[0]
                lost = f"Your key {key} is {taken[key]}, so {binding.description} has no key"
                yield f'{lost}: give it one in the config file, like {name} = "f5".'
