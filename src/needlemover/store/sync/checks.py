"""Which rows of another machine may come in: no more than an import would let in."""

import sqlite3
from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import MsgspecError

from ...domain.errors import NeedleError, RefusedError
from ...domain.settings import Settings
from ...domain.sync.state import State, Value
from ..care.rules import AFTER_NOW, Fault, FaultError, Rules, row_reader
from ..care.sections import Row
from ..facts import settings_of, wrong_settings
from ..settings import holds_money
from .rows import KINDS, Kind, decode_state

_OPEN = "IN ('parked', 'delegated')"
_ALONE: Mapping[str, str] = {
    "activity": "name_key = :name_key",
    "contact": "name_key = :name_key",
    "commitment": "activity_id = :activity_id AND start = :start AND set_on = :set_on",
    "problem": f"activity_id = :activity_id AND state {_OPEN} AND :state {_OPEN}",
}
"""What no two rows share: two that were made apart are one."""
_AHEAD = timedelta(days=1)
_ANY = 1  # stands for the id of a row, whichever it is here


class Checks:
    """What must hold of a row at a moment."""

    def __init__(self, now: datetime) -> None:
        """Take the moment (UTC)."""
        self._rules = Rules(now + _AHEAD, {_ANY})  # an activity with calls becomes one of sales
        self._promise_rules = Rules(now, ())  # an upper limit on calls is mended instead
        self._latest = int((now + _AHEAD).timestamp() * 1000 + 1) << 20  # clock

    def read(self, line: bytes) -> State:
        """A state; a `NeedleError` for what no machine can have written."""
        try:
            state = decode_state(line)
        except (MsgspecError, ValueError, RecursionError) as error:
            raise NeedleError(f"a line cannot be read ({error})") from error
        if state.t not in KINDS or (state.into is not None and state.t not in _ALONE):
            raise NeedleError("it names a table that does not travel so")
        if not state.u:
            raise NeedleError("it has no name of its own")
        if state.newest > self._latest:
            raise NeedleError("it is from more than a day ahead")
        return state

    def is_allowed(self, kind: Kind, fields: Mapping[str, Value]) -> bool:
        """Refuse (`NeedleError`) what no import would let in; False: it is still to come."""
        if kind.section is None:
            for sentence in wrong_settings(settings_of(fields)):
                raise NeedleError(sentence)
            return True
        row: Row = {"id": _ANY}
        for name in kind.columns:
            value = fields.get(name)
            if name in kind.yes_no and value in (0, 1):
                value = bool(value)
            elif name in kind.refers_to and value is not None:
                value = _ANY
            row[name] = value  # type: ignore[assignment]
        try:
            row = row_reader(kind.section.name)(row)
        except FaultError as error:
            fault: Fault | None = error.fault
        else:
            rules = self._promise_rules if kind.name == "commitment" else self._rules
            fault = rules.fault(kind.section.name, row)
        if fault is not None and fault[1] != AFTER_NOW[1]:
            raise NeedleError(f"of a row in {kind.section.name}, {fault[0]} {fault[1]}")
        return fault is None


def must_be_same_money(driver: sqlite3.Connection, mine: State | None, theirs: State) -> None:
    """Refuse (`RefusedError`) the settings of a machine that counts other money."""
    usual = Settings().currency
    here, there = ((it.f.get("currency") if it else None) or usual for it in (mine, theirs))
    if here != there and holds_money(driver):
        raise RefusedError(
            f"it counts money in {there}, here it is in {here}: choose one on both first"
        )


def made_apart(
    driver: sqlite3.Connection, kind: Kind, values: Mapping[str, object], row_id: int | None
) -> int | None:
    """Another row here, beside which one with these values cannot stand."""
    if kind.name not in _ALONE:
        return None
    query = f"SELECT id FROM {kind.name} WHERE {_ALONE[kind.name]} AND id IS NOT :but_not"
    found = driver.execute(query, {**values, "but_not": row_id}).fetchone()
    return None if found is None else int(found[0])
