"""Opens the data for a command."""

from contextlib import closing, contextmanager

from ..clock import SystemClock
from ..paths import database_path
from .output import say

TYPE_CHECKING = False  # the one of `typing` would load it
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from typer import Context

    from ..store.store import Store


def system_clock() -> SystemClock:
    """The computer's clock; where its zone may be wrong, that is said."""
    clock = SystemClock()
    if complaint := clock.complaint():
        say(complaint)
    return clock


def chosen_file(context: "Context") -> "Path":
    """The data file. A shell that asks what to offer has --db still on the line."""
    return database_path(context.find_root().params.get("db") or context.obj)


@contextmanager
def open_store(
    context: "Context", path: "Path | None" = None, *, only_reads: bool = False
) -> "Iterator[Store]":
    """The store on a file, else on the chosen one, closed in the end; reading makes no file."""
    from ..store.store import Store

    path = path or chosen_file(context)
    with closing(Store(path, system_clock(), only_reads=only_reads)) as store:
        yield store
        if (news := store.offers.news(unsaid=True)) is not None:
            from ..text.buyers.words import news_words

            say(f"{news_words(news, store.settings.currency)} The app shows which.")
            if not only_reads:
                store.offers.note_said()
