"""needle sync: the same data on two machines, through a folder that something else carries."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from ..domain.errors import NeedleError, WrongUsageError
from ..text.format import joined, local_when, quoted
from .line import AsJson, Typed, argument, flag, machine_names, option
from .opening import open_store
from .output import give, give_answer, give_json, listing, pick, say

if TYPE_CHECKING:
    from ..exchange.sync.folder import Round
    from ..store.store import Store


def sync(
    folder: Annotated[Path | None, argument("DIR", "A folder that both machines have.")] = None,
    status: Annotated[bool, flag("--status", "Show how it stands; nothing is done.")] = False,
    log: Annotated[
        bool, flag("--log", "Show what others changed here, and what it overrode.")
    ] = False,
    stop: Annotated[bool, flag("--stop", "Sync with the folder no more.")] = False,
    forget: Annotated[
        Typed, option("NAME", "Do without a machine that is gone for good.", offers=machine_names)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Have the same data on several machines.

    Name a folder once on each: one that Syncthing, Dropbox, iCloud Drive, a git repository or a
    stick carries between them. From then on the app syncs by itself, and needle sync does it now.

    Example: needle sync ~/Sync/needle
    """
    if sum((folder is not None, status, log, stop, forget is not None)) > 1:
        raise WrongUsageError("Give a folder or one of --status, --log, --stop and --forget.")
    with open_store(only_reads=status or log) as store:
        if log:
            _show_log(store, as_json=as_json)
        elif status:
            _show_status(store, as_json=as_json)
        elif stop:
            _stop(store)
        else:
            _do_round(store, folder, forget, as_json=as_json)


def _do_round(store: "Store", folder: Path | None, forget: str | None, *, as_json: bool) -> None:
    from ..exchange.sync.folder import begin, run_round
    from ..text.sync import IN_THE_CLEAR, round_words

    if folder is not None:
        place = Path(os.path.abspath(os.path.expanduser(folder)))
        is_new = store.sync.status().folder != place
        begin(store, place)
        if is_new:
            say(IN_THE_CLEAR)
    if forget is not None:
        _forget(store, forget)
    done = run_round(store)
    if as_json:
        _give(store, done)
    for sentence in (*done.said, *done.coming):
        say(sentence)
    if done.problem:
        raise NeedleError(done.problem)
    if done.is_away:
        say(f"{store.sync.status().folder} is away: it is synced when it is back.")
    elif not as_json:
        say(round_words(done.came, done.went, done.peers))


def _give(store: "Store", done: "Round | None") -> None:
    """How it stands, as JSON; without a round where there is no folder."""
    status = store.sync.status()
    answer = pick(status, "machine name is_waiting")
    answer["folder"] = status.folder and str(status.folder)
    answer["machines"] = [pick(it, "name machine heard_at") for it in status.peers]
    answer["away"] = done is not None and done.is_away
    answer["came"] = sum(done.came.values()) if done else 0
    answer["went"] = done.went if done else 0
    answer["left"] = [*done.said, *done.coming] if done else []
    give_json(listing(**answer))


def _show_status(store: "Store", *, as_json: bool) -> None:
    from ..exchange.sync.folder import run_round
    from ..text.sync import heard_words, machine_names

    status, moment = store.sync.status(), store.moment()
    done = run_round(store, only_looks=True) if status.folder is not None else None
    if as_json:
        _give(store, done)
        return
    if done is None:
        say("This file is not synced: needle sync DIR names a folder that another machine has.")
        return
    give(f"folder   {status.folder}{' (away)' if done.is_away else ''}")
    give(f"here     {status.name}")
    names = machine_names(status.peers)
    for it in status.peers:
        give(f"machine  {names[it.machine]}: {heard_words(it, moment.now, moment.zone)}")
    for sentence in (*done.said, *done.coming):
        give(f"left     {sentence}")
    if status.is_waiting:
        say("What was changed here goes out with the next round: needle sync does one.")


def _show_log(store: "Store", *, as_json: bool) -> None:
    from ..text.sync import note_words

    notes, zone, currency = store.sync_log.notes(), store.clock.zone(), store.settings.currency
    lines = (
        f"{local_when(it.at, zone)}  {it.machine:<12}  {note_words(it, currency)}" for it in notes
    )
    keys = "at machine uid about field was overrode"
    log = [pick(it, keys, what="table", now="is_now") for it in notes]
    give_answer(listing(log=log), lines, as_json=as_json)
    if not notes:
        say("Nothing here was changed by another machine in the last 90 days.")


def _stop(store: "Store") -> None:
    folder = store.sync.status().folder
    if folder is None:
        raise NeedleError("This file is not synced with any folder.", "sync")
    store.sync.stop()
    say(f"Synced with {folder} no more. Its files stay; what came from it stays here, too.")


def _forget(store: "Store", name: str) -> None:
    """Forget the one machine that is called so."""
    from ..text.sync import machine_names

    names = machine_names(store.sync.status().peers)
    key = name.strip().casefold()
    found = [it for it in names if key in (it.casefold(), names[it].casefold())]
    found = found or [it for it in names if key and names[it].casefold().startswith(key)]
    if len(found) != 1:
        known = joined([quoted(it) for it in names.values()]) or "none"
        raise NeedleError(f"There is no one machine {quoted(name)}; there are: {known}.")
    store.sync.forget(found[0])
    say(f"Forgot {names[found[0]]}: its folder can be deleted, and what came from it stays.")
