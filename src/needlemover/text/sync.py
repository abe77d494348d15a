"""What is told of machines that sync, said once for the commands and the app."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo

from ..domain.sync.state import DELETED, NEW, Peer, SyncNote
from .format import WEEKDAYS, counted, exact_length, joined, money, quoted, short_day, weekdays

IN_THE_CLEAR = (
    "The folder holds your entries, names and notes in the clear: here only you can read its files "
    "(0600), but so can whoever it is shared with."
)
AWAY = "sync folder away", "sync away"
_WORDS = {"contact": "buyer", "next_step": "callback", "commitment": "promise", "batch": "import"}
_MONEY = ("amount", "cost", "real_cost", "hourly_worth", "next_worth", "goal", "assumed_win")
_QUIET = timedelta(days=2)  # of a machine, that is told


def machine_names(machines: Sequence[Peer]) -> dict[str, str]:
    """What each machine is called; with its letters where two are called alike."""
    alike = Counter(it.name for it in machines)
    return {
        it.machine: it.name if alike[it.name] == 1 else f"{it.name} ({it.machine})"
        for it in machines
    }


def head_words(machines: Sequence[Peer], at: datetime, zone: tzinfo) -> tuple[str, ...]:
    """Of a round that was done: `synced 9:02 with desktop`, `desktop: nothing since Thursday`.

    The longest form first.
    """
    names = machine_names(machines)
    for it in machines:
        if it.heard_at is not None and at - it.heard_at > _QUIET:
            since = f"nothing since {_day(it.heard_at, at, zone)}"
            return f"{names[it.machine]}: {since}", since
    local = at.astimezone(zone)
    synced = f"synced {local.hour}:{local:%M}"
    others = f" with {joined(list(names.values()), most=2)}" if names else ""
    return f"{synced}{others}", synced


def heard_words(machine: Peer, now: datetime, zone: tzinfo) -> str:
    """When a machine was last heard of: `heard of at 09:02`, `nothing since Thursday`."""
    if machine.heard_at is None:
        return "not heard of yet"
    if now - machine.heard_at < timedelta(days=1):
        return f"heard of at {machine.heard_at.astimezone(zone):%H:%M}"
    return f"nothing since {_day(machine.heard_at, now, zone)}"


def round_words(came: Mapping[str, int], went: int, machines: Sequence[Peer]) -> str:
    """What came and went: `12 changes came from desktop, 3 went out.` and the like."""
    names = machine_names(machines)
    if came:
        of = joined([names.get(it, "this machine, as it was before") for it in came])
        out = f", {went:,} went out" if went else ""
        return f"{counted(sum(came.values()), 'change')} came from {of}{out}."
    if went:
        return f"{counted(went, 'change')} went out, none came."
    if not names:
        return "Nothing new; no other machine has written to the folder yet."
    return f"Nothing new here, and nothing from {joined(list(names.values()))}."


def row_word(table: str) -> str:
    """What a row of a table is called."""
    return _WORDS.get(table, table.replace("_", " "))


def note_words(note: SyncNote, currency: str) -> str:
    """What came: `buyer “Acme”: phone “0142” became “0143”, over an edit made here`."""
    what = row_word(note.table)
    if not note.uid:
        return f"{what}: {note.is_now:,} {note.field}"
    about = f" {quoted(note.about)}" if note.about else ""
    over = ", over an edit made here" if note.overrode else ""
    if note.field in (NEW, DELETED):
        return f"{what}{about}: {note.field}{over}"
    was, is_now = (
        it if isinstance(it, dict) else {note.field: it} for it in (note.was, note.is_now)
    )
    none = "the usual" if note.table == "settings" else "nothing"
    became = (
        f"{field.replace('_', ' ')} {_value(field, was[field], currency) or none} became "
        f"{_value(field, is_now.get(field), currency) or none}"
        for field in was
    )
    return f"{what}{about}: {', '.join(became)}{over}"


def _value(field: str, value: object, currency: str) -> str:
    if value is None:
        return ""
    if isinstance(value, int) and field in ("weekdays", "works_on"):
        return weekdays([day for day in range(7) if value >> day & 1])
    if field in ("is_sales", "weekly", "at_most"):
        return "yes" if value else "no"
    if isinstance(value, int) and field.endswith("seconds"):
        return exact_length(value)
    if isinstance(value, int) and field in _MONEY:
        return money(value, currency)
    return quoted(str(value))


def _day(moment: datetime, now: datetime, zone: tzinfo) -> str:
    day, today = moment.astimezone(zone).date(), now.astimezone(zone).date()
    is_near = today - day < timedelta(days=7)
    return WEEKDAYS[day.weekday()] if is_near else short_day(day, today)
