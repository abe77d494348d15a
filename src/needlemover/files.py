"""Files that are written whole: under a name there is all of a file, or what was there before."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def written_whole(target: Path, *, replaces: bool = True) -> Iterator[Path]:
    """A new file, readable by its owner only, that gets its name when it is on the disk.

    Of a link, the file behind it gets the content. An `OSError` when it cannot be written, or the
    name is taken and it does not replace; then nothing is left of it.
    """
    target = behind_links(target)
    with _ended_in_order():
        handle, name = tempfile.mkstemp(".partial", ".needle-", target.parent)
        os.close(handle)
        partial = Path(name)
        try:
            yield partial
            _put_in_place(partial, target, replaces=replaces)
        finally:
            for path in target.parent.glob(f"{partial.name}*"):  # SQLite keeps files beside its own
                path.unlink(missing_ok=True)


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """A block after which is cleared up also where the process is told to end."""
    import signal  # few commands write a file

    def end(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    before = {}
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # Who listens already has an order of its own; other threads cannot listen.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            with suppress(ValueError):
                before[number] = signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def behind_links(path: Path) -> Path:
    """The file that a name leads to, whether it is there or not."""
    return Path(os.path.realpath(path))


def _put_in_place(partial: Path, target: Path, *, replaces: bool) -> None:
    """Give a file that is complete its name, at once and for good."""
    _to_disk(partial)
    try:
        if not replaces:
            os.link(partial, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        replaces = True
    if replaces:
        partial.replace(target)
    if os.name == "posix":
        _to_disk(target.parent)


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner can look into, where there is none."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """A block for one process at a time, by folder; who stays over a second is not waited for."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        for _ in range(100):
            with suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            time.sleep(0.01)
        yield
    finally:
        os.close(handle)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        if sys.platform == "darwin":  # where fsync leaves it in the disk's own memory
            import fcntl

            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
        else:
            os.fsync(handle)
    finally:
        os.close(handle)
