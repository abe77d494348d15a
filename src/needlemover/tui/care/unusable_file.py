"""Data files that cannot be worked on, because they are damaged or gone: what can be done."""

from pathlib import Path

from ...clock import Clock
from ...domain.errors import DamagedError, LostFileError, NeedleError
from ...store.care.backups import Backups
from ...store.care.salvage import save_readable
from ...store.store import Store
from ...text.format import counted, file_size, plain_day
from .file_question import FileQuestion, Saved


def damaged_file(database: Path, clock: Clock, error: DamagedError) -> FileQuestion:
    """Back to a backup, save what can be read, or leave it."""
    backups = Backups(database, clock)
    newest = backups.newest_good()

    def save() -> Saved:
        backup = newest.path if newest is not None else None
        saved = save_readable(database, backups.saved(), backup)
        if not saved.rows:
            words = f"Nothing of it can be read: {saved.path} is empty."
            return Saved(saved.path, words, "Begin anew with an empty file")
        entries = counted(saved.entries, "entry", "entries")
        words = f"Saved {entries}, {saved.rows:,} rows in all, in {saved.path}."
        if saved.incomplete:
            words += f" Not all could be read of: {', '.join(saved.incomplete)}."
        return Saved(saved.path, words, "Go on with what was saved")

    notes = [str(error), "Whatever you choose, the file itself is kept as it is."]
    first_way = None
    if newest is None:
        notes.append("There is no good backup of it.")
    else:
        path, made = newest.path, newest.made_at.astimezone(clock.zone())
        when = f"{plain_day(made.date())}, {made:%H:%M} ({file_size(newest.size)})"
        first_way = (f"Go back to the newest good backup: {when}", lambda: backups.restore(path))
    words = "Save what can be read into a new file"
    return FileQuestion(
        "Your data file is damaged", notes, first_way, (words, save), backups.restore
    )


def lost_file(store: Store, error: LostFileError) -> FileQuestion:
    """Go on with what is there now, save what the store still has open, or leave it."""
    store.database.settle()
    path = store.path

    def must_be_there() -> None:
        if not path.exists():
            raise NeedleError(f"There is no file at {path} any more: save the old data.")

    def save() -> Saved:
        saved = path.with_name(
            f"{path.stem}-saved-{store.clock.now():%Y-%m-%dT%H%M%SZ}{path.suffix}"
        )
        store.database.save_as(saved)
        return Saved(saved, f"Saved in {saved}.", "Go on with what was saved, in its old place")

    known = "What was done before is in the old file, and can be saved until you leave."
    follow = ("Go on with the file that is there now", must_be_there) if path.exists() else None
    words = "Save the old data as a new file beside it"
    return FileQuestion(
        "Your data file is not where it was",
        [str(error), known],
        follow,
        (words, save),
        store.backups.restore,
    )
