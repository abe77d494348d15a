"""needle status: today in one line, for a shell's prompt or a terminal's status line.

It runs with every prompt, so it reads today with the standard library alone and loads neither the
commands nor the store.
"""

import os
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from ..domain.calls.entry import running_seconds
from ..domain.day import seconds_left
from ..domain.errors import NoDataError, WrongUsageError
from ..domain.promises.status import Status
from ..domain.settings import Moment
from ..domain.today.snapshot import DaySnapshot
from ..paths import database_name
from ..store.today import DayReader, read_file
from ..text.plain import clock_length, in_prompt, round_minutes
from .opening import system_clock
from .output import give_as_it_is, give_json
from .views import Part, pick, versioned
from .views.today import running_part, sales_part

OPEN, MISSED = 3, 4
"""Exit codes beside 0: won, or nothing is due."""


_DAYS = {"off": "day off", "rest": "rest day"}


def answer(arguments: Sequence[str], database: str | None) -> int | None:
    """Answer a plain line at once; the exit code. None: typer knows what to say to it."""
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
    """Write how today stands, in a form with placeholders or the usual line.

    The exit code is 0 when it is won or nothing is due, 3 open, 4 no longer to be won.
    """
    if as_json and form is not None:
        raise WrongUsageError("Give either --format or --json, not both.")
    path = database_name(database)
    if not os.path.exists(path) or (os.path.isfile(path) and not os.path.getsize(path)):
        raise NoDataError(path)
    with_candidates = as_json or "{next" in (form or "") or "{callbacks" in (form or "")
    today, moment = read_day(path, lambda today: today, with_candidates=with_candidates)
    if as_json:
        give_json(_answer(today, moment))
    else:
        values = _values(today, moment)
        give_as_it_is(_usual_line(values) if form is None else _filled(form, values))
    if today.status is not Status.OPEN:
        return 0
    return OPEN if _can_be_won(today, moment) else MISSED


def read_day(
    path: str, choose: Callable[[date], date], *, with_candidates: bool = False
) -> tuple[DaySnapshot, Moment]:
    """Read the day that is chosen, given today, and when that was."""
    clock = system_clock()
    now, zone = clock.now(), clock.zone()
    read = partial(DayReader.day, with_candidates=with_candidates)
    snapshot = read_file(path, now, zone, lambda days: read(days, choose(days.facts.today)))
    if snapshot is not None:
        return snapshot, Moment(now, zone, snapshot.today, snapshot.settings)
    # The store brings a copy of an older file up and says what is wrong.
    from contextlib import closing
    from pathlib import Path

    from ..store.store import Store

    with closing(Store(Path(path), clock, only_reads=True)) as store:
        day = store.day(choose(store.today), with_candidates=with_candidates)
        return day, store.moment()


def _answer(snapshot: DaySnapshot, moment: Moment) -> Part:
    """Today as `needle status --json` gives it."""
    callbacks, following = _to_call(snapshot, moment)
    return versioned(
        **pick(snapshot, "day status"),
        can_be_won=_can_be_won(snapshot, moment),
        streak=pick(snapshot.streak, "current best"),
        done=_done(snapshot),
        due=len(snapshot.due),
        sales=sales_part(snapshot, moment),
        running=running_part(snapshot.running, moment.now),
        callbacks=callbacks,
        next=following,
    )


def _done(snapshot: DaySnapshot) -> int:
    return sum(item.due.met for item in snapshot.due)


def _running_for(snapshot: DaySnapshot, moment: Moment) -> int:
    """Seconds that the timer has run; 0 without one."""
    running = snapshot.running
    return running_seconds(running.started_at, moment.now) if running is not None else 0


def _can_be_won(snapshot: DaySnapshot, moment: Moment) -> bool:
    left = seconds_left(moment.now, snapshot.day, moment.zone, moment.starts_at)
    return snapshot.seconds_to_win - _running_for(snapshot, moment) <= left


def _to_call(snapshot: DaySnapshot, moment: Moment) -> tuple[int | None, str | None]:
    """How many are promised, and who is called first; None where it was not asked for."""
    if snapshot.candidates is None:
        return None, None
    from ..domain.buyers.next_calls import first_call, next_calls  # seldom asked for

    evening, buyers = snapshot.settings.working_day.evening, snapshot.candidates.buyers
    calls = next_calls(buyers, snapshot.today, moment.local, evening)
    first = first_call(calls)
    promised = sum(call.buyer.step is not None for call in calls)
    return promised, first.buyer.contact.name if first else None


def _values(snapshot: DaySnapshot, moment: Moment) -> dict[str, str]:
    """What stands for each placeholder; empty where there is none."""
    sales, running = snapshot.sales, snapshot.running
    minutes = quota = ahead = None
    if sales is not None:
        lengths = sales.seconds, sales.quota_seconds, snapshot.pace(moment.now, moment.zone)
        minutes, quota, ahead = (
            None if seconds is None else round_minutes(seconds) for seconds in lengths
        )
    callbacks, following = _to_call(snapshot, moment)
    values = {
        "streak": snapshot.streak.current,
        "best": snapshot.streak.best,
        "status": snapshot.status.value,
        "done": _done(snapshot),
        "due": len(snapshot.due),
        "minutes": minutes,
        "quota": quota,
        "left": None if quota is None or minutes is None else max(0, quota - minutes),
        "conversations": sales and sales.conversations,
        "quota_conversations": sales and sales.quota_conversations,
        "dials": sales and sales.dials,
        "pace": f"{ahead:+}" if ahead else ahead,
        "running": clock_length(_running_for(snapshot, moment)) if running else None,
        "contact": in_prompt((running and running.contact) or ""),
        "activity": in_prompt(running.name if running else ""),
        "callbacks": callbacks,
        "next": in_prompt(following or ""),
    }
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _filled(form: str, values: dict[str, str]) -> str:
    try:
        return form.format_map(values)
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        known = " ".join(f"{{{name}}}" for name in values)
        raise WrongUsageError(
            f"The format {form} cannot be filled: there are {known}, and {{{{ and }}}} for braces."
        ) from error


def _usual_line(values: dict[str, str]) -> str:
    """`14 d · 1 of 3 · 38/60 min · 4/10 conversations · 12 min behind · ● 3:12`."""
    word = values["status"]
    if word == "untracked":
        return "nothing promised yet"
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
