"""What is answered or opened before any command loads, and the data that each command opens.

Textual is imported here, and by needle keys, and nowhere else in the command line.
"""

import os
import sys
from contextlib import closing, contextmanager

from ..clock import Clock
from ..domain.errors import NeedleError
from ..paths import backup_folder, config_path, database_path
from .output import give_answer, is_terminal, listing, say, ways, without

TYPE_CHECKING = False  # the one of `typing` would load it
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ..store.store import Store

IN_BROWSER = "NEEDLE_BROWSER"  # names the folder that needle serve has for the apps it starts
WHY = "why.txt"  # in which one of them says why it ended by itself


def show_places(*, as_json: bool = False) -> int:
    """Write where everything lives, whether or not it exists yet."""
    data = database_path()
    places = {"data": str(data), "config": str(config_path()), "backups": str(backup_folder(data))}
    give_answer(listing(**places), (f"{k:<7} {it}" for k, it in places.items()), as_json=as_json)
    return 0


def demo() -> int:
    """Open the app on generated sample data in a throwaway file.

    Example: needle demo
    """
    _must_be_a_terminal()
    import shutil
    import signal
    import tempfile
    import time
    from pathlib import Path

    from ..demo import DemoClock, build

    folder = tempfile.mkdtemp(prefix="needle-demo-")

    def remove() -> None:
        for _ in range(40):  # the thread that opens the store may still make files in it
            shutil.rmtree(folder, ignore_errors=True)
            if not os.path.exists(folder):
                break
            time.sleep(0.05)

    def end(*_: object) -> None:
        remove()
        os._exit(0)

    for name in ("SIGTERM", "SIGHUP"):  # before the app is there, and after it
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)
    try:
        path = Path(folder) / "demo.db"
        clock = DemoClock()
        build(path, clock)
        return open_app(path, clock)
    finally:
        remove()


def open_app(sample: "Path | None" = None, demo: Clock | None = None) -> int:
    """Open the app on the data, or on a sample with its clock; the exit code."""
    if (folder := os.environ.get(IN_BROWSER)) is None:
        _must_be_a_terminal()
    else:
        os.environ["TEXTUAL_DRIVER"] = "needlemover.tui.browser:PageDriver"
    # A key is answered with the next frame: at Textual's 60 a second it would wait 8 ms on average.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    # The thread that sends a picture to the terminal is let in between sooner than after 5 ms.
    sys.setswitchinterval(0.0001)
    with without("ssl"):  # the app speaks to nobody
        import asyncio  # noqa: F401
    from ..config import read_config
    from ..tui.ground import asked_ground

    path, config = database_path(sample), read_config(config_path())
    if folder is not None:
        from msgspec.structs import replace

        config = replace(config, path=None)  # a look that is chosen there is kept there
    try:
        with asked_ground(config.theme) as ground:
            from ..tui.start import run  # meanwhile the terminal answers

            return run(path, config=config, demo=demo, ground=ground)
    except NeedleError as error:
        if folder is not None:
            with open(os.path.join(folder, WHY), "w", encoding="utf-8") as why:
                why.write(error.told(ways()))
        raise


def _must_be_a_terminal() -> None:
    # Textual reads keys from standard input and draws on standard error; where that is sent to a
    # file (needle 2>errors), standard output is as good.
    if not is_terminal(sys.__stderr__) and is_terminal(sys.__stdout__):
        sys.__stderr__ = sys.__stdout__  # type: ignore[misc]
    is_full = is_terminal(sys.__stdin__) and is_terminal(sys.__stderr__)
    if not is_full or os.environ.get("TERM") in ("", "dumb", "unknown"):
        ways = "needle today tells the day, needle next whom to call, needle start and needle stop"
        why = f"The app needs a terminal whose cursor can be placed; without one, {ways}"
        raise NeedleError(f"{why} time a call, and needle help has the rest.")


def system_clock() -> Clock:
    """The computer's clock; where its zone may be wrong, that is said."""
    clock = Clock()
    if complaint := clock.complaint():
        say(complaint)
    return clock


@contextmanager
def open_store(path: "Path | None" = None, *, only_reads: bool = False) -> "Iterator[Store]":
    """The store on a file, else on the chosen one, closed in the end; reading makes no file."""
    from ..store.store import Store

    with closing(Store(path or database_path(), system_clock(), only_reads=only_reads)) as store:
        yield store
        if (news := store.offers.news(unsaid=True)) is not None:
            from ..text.buyers.words import news_words

            say(f"{news_words(news, store.settings.currency)} The app shows which.")
            if not only_reads:
                store.offers.note_said()
