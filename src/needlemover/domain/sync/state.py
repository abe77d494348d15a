"""The present state of a row, as one machine has it, and what two of them come to.

Nothing that changes travels, only what is: so states may come in any order, twice, or late. To join
them is commutative, associative and idempotent (Shapiro et al., "Conflict-free replicated data
types", 2011): each group of fields is a register that the newest edit wins.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct, json

Value = str | Annotated[int, Meta(ge=-(1 << 62), lt=1 << 62)] | float | None
Clock = Annotated[int, Meta(ge=0, lt=1 << 62)]
"""Milliseconds since 1970, then 20 bits of the machine, so that no two are the same."""
TAG = 0xFFFFF
"""Of a clock, the bits that say which machine made it."""
WHOLE = ""  # the group of all fields: the clock of a row that was written as a whole


class State(Struct, omit_defaults=True):
    """A row on any machine. A field that is left out is empty."""

    t: str  # the table
    u: str  # what tells the row from all others of it
    f: dict[str, Value] = {}  # what refers to a row holds what tells that one from others
    c: dict[str, Clock] = {}  # when groups of fields were edited after the row was made
    gone: Clock | None = None  # it was deleted, with the newest clock of it that was known
    into: str | None = None  # it is one with that row

    @property
    def newest(self) -> int:
        """Its newest clock, or the one that was known of a row that is gone; 0: as it was made."""
        return max([self.gone or 0, *self.c.values()])


class Peer(Struct, frozen=True):
    """Another machine."""

    machine: str  # what tells it from others: letters and digits
    name: str
    heard_at: datetime | None  # when the last of its files that was taken in was written


NEW, DELETED = "new", "deleted"


class SyncNote(Struct, frozen=True):
    """What came from another machine, and what it took the place of."""

    id: int
    at: datetime
    machine: str  # its name
    table: str
    uid: str  # empty: many rows, with their number in `is_now`
    about: str  # what the row is called here; empty: by nothing, or it is gone
    field: str  # or a group of fields that go together; or what became of the row, as named above
    was: Value | dict[str, Value]
    is_now: Value | dict[str, Value]
    overrode: bool  # whether it had been edited here


def join(mine: State, theirs: State, group_of: Callable[[str], str]) -> State:
    """What two states of one row come to. `group_of` names the group of a field.

    What is as it was made, twice, is as it was made first, all of it: two machines read one file.
    Else of equal clocks what is filled wins, and then what is more.
    """
    first = min(mine, theirs, key=_made)
    groups: dict[str, list[str]] = {}
    for name in sorted(mine.f.keys() | theirs.f.keys()):
        groups.setdefault(group_of(name), []).append(name)
    fields: dict[str, Value] = {}
    for group, names in groups.items():
        source = max(mine, theirs, key=lambda state: _weight(state, group, names)).f
        is_as_made = not clock_of(mine.c, group) and not clock_of(theirs.c, group)
        if is_as_made and _made(mine) != _made(theirs):
            source = first.f
        fields |= {name: source[name] for name in names if source.get(name) is not None}
    both = mine.c.keys() | theirs.c.keys()
    clocks = {name: max(mine.c.get(name, 0), theirs.c.get(name, 0)) for name in both}
    whole = clocks.get(WHOLE, 0)
    clocks = {name: it for name, it in clocks.items() if it > whole or name == WHOLE}
    return State(mine.t, mine.u, fields, clocks)


def clock_of(clocks: Mapping[str, int], group: str) -> int:
    """When a group of fields was last edited; 0: it is as it was made."""
    return max(clocks.get(group, 0), clocks.get(WHOLE, 0))


def _made(state: State) -> tuple[str, str]:
    """When an entry was made, and by which import; no edit changes that."""
    return str(state.f.get("logged_at")), str(state.f.get("batch_id"))


def _weight(state: State, group: str, names: list[str]) -> tuple[int, list[tuple[bool, bytes]]]:
    values = [state.f.get(name) for name in names]
    filled = [(value is not None, json.encode(value)) for value in values]
    return clock_of(state.c, group), filled
