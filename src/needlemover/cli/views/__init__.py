"""The JSON that the commands write, a module a subject.

Money is in minor units, durations in seconds, days are YYYY-MM-DD. What is read from a value of the
domain has its name there; its key is the same but for a leading `is_`, unless it is named.
"""

from ..output import JSON_VERSION

Part = dict[str, object]
"""An answer, or an object within one."""


def versioned(**said: object) -> Part:
    """An answer with these members."""
    return {"version": JSON_VERSION, **said}


def pick(source: object, names: str = "", **keys: str) -> Part:
    """What a value of the domain says under these names; `key="name"` gives one another key."""
    named = {name.removeprefix("is_"): name for name in names.split()} | keys
    return {key: getattr(source, name) for key, name in named.items()}
