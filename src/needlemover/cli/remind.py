"""needle remind: one sentence when something is due, for a timer that runs every few minutes."""

import os

from ..domain.today.nudge import nudges
from ..paths import config_path, database_name
from ..store.said import note_said
from .output import give
from .status import read_day


def show_nudge(database: str | None) -> int:
    """Write what is to be said now and was not said today, or nothing; the exit code."""
    path = database_name(database)
    if not os.path.exists(path) or (os.path.isfile(path) and not os.path.getsize(path)):
        return 0
    snapshot, moment = read_day(path, lambda today: today, with_candidates=True)
    for nudge in nudges(snapshot, moment.now, moment.zone):
        if note_said(path, snapshot.day, nudge.key):
            from ..config import read_config  # most runs have nothing to say
            from ..text.today import nudge_words

            give(nudge_words(nudge, names=read_config(config_path()).nudge.names))
            break
    return 0
