"""needle status: today in one line, for a shell's prompt; needle remind: what is due, for a timer.

They run all the time, so they read today with the standard library alone and load neither the
commands nor the store.
"""

import os
from collections.abc import Callable, Sequence
from datetime import UTC, date
from functools import partial

from ..domain.calls.entry import running_seconds
from ..domain.errors import NoDataError, WrongUsageError
from ..domain.promises.status import Status
from ..domain.settings import Moment
from ..domain.today.snapshot import Chance, DaySnapshot
from ..paths import config_path, database_name
from ..store.today import DayReader, read_file
from ..text.plain import clock_length, in_prompt, round_minutes
from .opening import system_clock
from .output import Part, give, give_as_it_is, give_json, listing, pick

_DAYS = {"off": "day off", "rest": "rest day"}
OPEN, TOO_LATE = 3, 4  # exit codes beside 0: won, or nothing is due


def answer(arguments: Sequence[str]) -> int | None:
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
    return show_status(form, as_json=as_json)


def show_status(form: str | None, *, as_json: bool) -> int:
    """Write how today stands, in a form with placeholders or the usual line; the exit code."""
    if as_json and form is not None:
        raise WrongUsageError("Give either --format or --json, not both.")
    path = database_name()
    if not os.path.exists(path) or (os.path.isfile(path) and not os.path.getsize(path)):
        raise NoDataError(path)
    with_candidates = as_json or "{next" in (form or "") or "{callbacks" in (form or "")
    snapshot, moment = read_day(path, lambda today: today, with_candidates=with_candidates)
    found = _answer(snapshot, moment)
    values = _values(snapshot, moment, found)
    if as_json:
        give_json(found)
    elif form is None:
        give_as_it_is(_usual_line(values))
    else:
        try:
            filled = form.format_map(values)
        except (LookupError, ValueError, TypeError, AttributeError) as error:
            known = " ".join(f"{{{name}}}" for name in values)
            why = f"there are {known}, and {{{{ and }}}} for braces."
            raise WrongUsageError(f"The format {form} cannot be filled: {why}") from error
        give_as_it_is(filled)
    if snapshot.status is not Status.OPEN:
        return 0
    return TOO_LATE if found["last_start"] is None else OPEN


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
        return store.day(choose(store.today), with_candidates=with_candidates), store.moment()


def _answer(snapshot: DaySnapshot, moment: Moment) -> Part:
    last = snapshot.last_start(moment.now, moment.zone)
    in_time = last is not None and last.chance is Chance.IN_TIME
    callbacks = following = None
    if snapshot.candidates is not None:
        from ..domain.buyers.next_calls import first_call  # seldom asked for

        calls = snapshot.candidates.calls(moment)
        first = first_call(calls)
        following = first and first.buyer.contact.name
        callbacks = sum(call.buyer.step is not None for call in calls)
    return listing(
        **pick(snapshot, "day status"),
        can_be_won=last is None or last.chance is not Chance.GONE,
        last_start=last.at.astimezone(moment.zone).time() if last and in_time else None,
        streak=pick(snapshot.streak, "current best"),
        done=sum(item.due.met for item in snapshot.due),
        due=len(snapshot.due),
        sales=sales_part(snapshot, moment),
        running=running_part(snapshot, moment),
        callbacks=callbacks,
        next=following,
    )


def sales_part(snapshot: DaySnapshot, moment: Moment) -> Part | None:
    """All sales activities of a day together; None where there is none."""
    if (sales := snapshot.sales) is None:
        return None
    quotas = "seconds quota_seconds conversations quota_conversations"
    return pick(sales, f"{quotas} dials new_buyers yesterday_seconds") | {
        "week_seconds": sales.week_seconds,
        "week_quota_seconds": sales.week_quota_seconds or None,
        "pace_seconds": snapshot.pace(moment.now, moment.zone),
    }


def running_part(snapshot: DaySnapshot, moment: Moment) -> Part | None:
    """The timer that runs; None where none does."""
    if (running := snapshot.running) is None:
        return None
    return pick(running, "kind name") | {
        "contact": running.contact or None,
        "started_at": f"{running.started_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "seconds": running_seconds(running.started_at, moment.now),
    }


def _values(snapshot: DaySnapshot, moment: Moment, found: Part) -> dict[str, str]:
    """What stands for each placeholder; empty where there is none."""
    sales, running, last = snapshot.sales, snapshot.running, found["last_start"]
    minutes = quota = ahead = None
    if sales is not None:
        lengths = sales.seconds, sales.quota_seconds, snapshot.pace(moment.now, moment.zone)
        minutes, quota, ahead = (it if it is None else round_minutes(it) for it in lengths)
    values = {
        **pick(snapshot.streak, streak="current", best="best"),
        **{name: found[name] for name in ("status", "done", "due")},
        "minutes": minutes,
        "quota": quota,
        "left": None if quota is None or minutes is None else max(0, quota - minutes),
        "conversations": sales and sales.conversations,
        "quota_conversations": sales and sales.quota_conversations,
        "dials": sales and sales.dials,
        "pace": f"{ahead:+}" if ahead else ahead,
        "running": running and clock_length(running_seconds(running.started_at, moment.now)),
        "contact": in_prompt((running and running.contact) or ""),
        "activity": in_prompt(running.name if running else ""),
        "last_start": last and f"{last:%H:%M}",
        "callbacks": found["callbacks"],
        "next": in_prompt(str(found["next"] or "")),
    }
    return {name: "" if value is None else str(value) for name, value in values.items()}


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


def show_nudge() -> int:
    """Write what is to be said now and was not said today, or nothing; the exit code."""
    from ..store.said import note_said

    path = database_name()
    if not os.path.exists(path) or (os.path.isfile(path) and not os.path.getsize(path)):
        return 0
    snapshot, moment = read_day(path, lambda today: today, with_candidates=True)
    for nudge in snapshot.nudges(moment.now, moment.zone):
        if note_said(path, snapshot.day, nudge.key):
            from ..config import read_config  # most runs have nothing to say
            from ..text.today import nudge_words

            give(nudge_words(nudge, names=read_config(config_path()).nudge.names))
            break
    return 0
