"""needle status: today in one line, for a shell's prompt or a terminal's status line.

It runs with every prompt, so it loads neither the commands nor the store while the published day
serves, and no more of the standard library than it takes to read that (no `typing` either).
"""

import os
from datetime import UTC, date, datetime, time, tzinfo

from ..domain.day import seconds_left
from ..domain.errors import NeedleError, WrongUsageError
from ..domain.promises.pace import pace, running_seconds, share_of_hours
from ..light_clock import LightClock
from ..paths import database_name
from ..published.glance import read_glance
from ..text.plain import clock_length, in_prompt, round_minutes, shown
from .output import JSON_VERSION, give, give_json

TYPE_CHECKING = False  # the one of `typing` would load it
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ..published.glance import Glance

    Shape = dict[str, Any]

OPEN, MISSED = 3, 4
"""Exit codes beside 0: won, or nothing is due."""

SALES = (
    "seconds", "quota_seconds", "conversations", "quota_conversations", "dials", "new_buyers",
    "yesterday_seconds", "week_seconds", "week_quota_seconds",
)  # fmt: skip
_DAYS = {"off": "day off", "rest": "rest day"}


def answer(arguments: "Sequence[str]", database: str | None) -> int | None:
    """Answer a plain line at once.

    Returns:
        The exit code; None for a line that asks for help or is wrong: typer knows what to say.
    """
    form, as_json, rest = None, False, list(arguments)
    while rest:
        option, equals, value = rest.pop(0).partition("=")
        if option == "--json" and not equals:
            as_json = True
        elif option == "--format" and (equals or rest):
            form = value if equals else rest.pop(0)
        else:
            return None
    return show_status(form, database, as_json=as_json)


def show_status(form: str | None, database: str | None, *, as_json: bool) -> int:
    """Write how today stands.

    Args:
        form: a text with placeholders; None: the usual line.
        database: the file that was chosen with --db.
        as_json: instead, one line of JSON.

    Returns:
        The exit code: 0 won or nothing is due, 3 open, 4 no longer to be won.

    Raises:
        NeedleError: when there is no file, or it cannot be read.
        WrongUsageError: for an unknown placeholder.
    """
    if as_json and form is not None:
        raise WrongUsageError("Give either --format or --json, not both.")
    shape = _shape(*_today(database_name(database)))
    if as_json:
        give_json(shape)
    else:
        give(_usual_line(shape) if form is None else _filled(form, _values(shape)))
    if shape["status"] != "open":
        return 0
    return OPEN if shape["can_be_won"] else MISSED


def _today(path: str) -> "tuple[Glance, datetime, tzinfo]":
    clock = LightClock()
    now, zone = clock.now(), clock.zone()
    glance = read_glance(path, now, zone)
    return _worked_out(path) if glance is None else (glance, now, zone)


def _worked_out(path: str) -> "tuple[Glance, datetime, tzinfo]":
    """Today from the entries; it is published on the way, so that it serves the next time."""
    if not os.path.exists(path) or not os.path.getsize(path):
        raise NeedleError(
            f"There is no data at {shown(path)} yet: type needle to begin, or choose another file "
            "with --db."
        )
    from contextlib import suppress
    from pathlib import Path

    from ..clock import SystemClock
    from ..published.glance import glance_of
    from ..store.store import Store

    store = Store(Path(path), SystemClock())
    try:
        moment, snapshot = store.moment(), store.day()
        with suppress(NeedleError):  # of a file that cannot be written, today can be told as well
            store.days.keep()
    finally:
        store.close()
    return glance_of(snapshot), moment.now, moment.zone


def _shape(glance: "Glance", now: datetime, zone: tzinfo) -> "Shape":
    """What `--json` gives, in the shapes of `needle today --json`."""
    day, starts_at = date.fromisoformat(glance["day"]), time.fromisoformat(glance["day_starts_at"])
    running = _running(glance, now) if "started_at" in glance else None
    still_asked = glance["seconds_to_win"] - (running["seconds"] if running else 0)
    return {
        "version": JSON_VERSION,
        "day": glance["day"],
        "status": glance["status"],
        "can_be_won": still_asked <= seconds_left(now, day, zone, starts_at),
        "streak": {"current": glance["streak"], "best": glance["best"]},
        "done": glance["done"],
        "due": glance["due"],
        "sales": _sales(glance, now, day, zone) if "seconds" in glance else None,
        "running": running,
    }


def _sales(glance: "Glance", now: datetime, day: date, zone: tzinfo) -> "Shape":
    ahead, quota = None, glance["quota_seconds"]
    if quota is not None:
        start, end = (time.fromisoformat(glance[key]) for key in ("work_starts_at", "work_ends_at"))
        ahead = pace(glance["seconds"], quota, share_of_hours(now, day, zone, start, end))
    return {**{key: glance[key] for key in SALES}, "pace_seconds": ahead}


def _running(glance: "Glance", now: datetime) -> "Shape":
    started_at = datetime.fromisoformat(glance["started_at"])
    return {
        "kind": glance["kind"],
        "name": glance["name"],
        "contact": glance["contact"],
        "started_at": f"{started_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "seconds": running_seconds(started_at, now),
    }


def _values(shape: "Shape") -> dict[str, str]:
    """What stands for each placeholder; empty where there is none."""
    sales, running = shape["sales"] or {}, shape["running"] or {}
    minutes, quota, ahead = (
        None if sales.get(key) is None else round_minutes(sales[key])
        for key in ("seconds", "quota_seconds", "pace_seconds")
    )
    values = {
        "streak": shape["streak"]["current"],
        "best": shape["streak"]["best"],
        "status": shape["status"],
        "done": shape["done"],
        "due": shape["due"],
        "minutes": minutes,
        "quota": quota,
        "left": None if quota is None or minutes is None else max(0, quota - minutes),
        "conversations": sales.get("conversations"),
        "quota_conversations": sales.get("quota_conversations"),
        "dials": sales.get("dials"),
        "pace": f"{ahead:+}" if ahead else ahead,
        "running": clock_length(running["seconds"]) if running else None,
        "contact": in_prompt(running.get("contact") or ""),
        "activity": in_prompt(running.get("name") or ""),
    }
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _filled(form: str, values: dict[str, str]) -> str:
    try:
        return form.format_map(values)
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        known = " ".join(f"{{{name}}}" for name in values)
        raise WrongUsageError(
            f"The format {shown(form)} cannot be filled: there are {known}, and {{{{ and }}}} for "
            "braces."
        ) from error


def _usual_line(shape: "Shape") -> str:
    """`14 d · 1 of 3 · 38/60 min · 4/10 conversations · 12 min behind · ● 3:12`."""
    word: str = shape["status"]
    if word == "untracked":
        return "nothing promised yet"
    values = _values(shape)
    done = f"{values['done']} of {values['due']}"
    parts = [f"{values['streak']} d", done if word == "open" else _DAYS.get(word, word)]
    if values["quota"]:
        parts.append(f"{values['minutes']}/{values['quota']} min")
    if values["quota_conversations"]:
        parts.append(f"{values['conversations']}/{values['quota_conversations']} conversations")
    if word == "open" and values["pace"] not in ("", "0"):
        sign, ahead = values["pace"][0], values["pace"][1:]
        parts.append(f"{ahead} min {'behind' if sign == '-' else 'ahead'}")
    if values["running"]:
        parts.append(f"● {values['running']}")
    return " · ".join(parts)
