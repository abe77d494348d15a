"""needle import: calls, time and habits from other programs' files."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shlex import quote
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from msgspec.structs import replace

from ..domain.errors import NeedleError, WrongUsageError
from ..exchange.call_map import Question, QuestionsError
from ..paths import database_path
from ..text.format import counted, joined, quoted
from .line import Typed, activity_names, argument, flag, if_given, option
from .opening import open_store
from .output import say, ways

if TYPE_CHECKING:
    from ..exchange.call_map import Pair
    from ..exchange.importing import Attempt, Import
    from ..exchange.reading import Reading
    from ..store.store import Store

Many = list[str] | None
_EXPORT = "an export of Needlemover"
_TAKES_NONE = {"needle-json": _EXPORT, "needle-csv": _EXPORT, "list": "a list of buyers"}
_FEW = 4  # choices of which each is said with its option
_HARMLESS = re.compile(r"[\w.,:/=+%-]+")
_SAFE_IN_QUOTES = re.compile(r'[^"$`\\!]*')
LARGE = 500  # entries; so many are not added in a terminal before somebody has agreed


def import_command(
    file: Annotated[Path, argument("FILE", "A file, or a folder of them; - is standard input.")],
    format_name: Annotated[Typed, option("FORMAT", "What it is; list: buyers.", "--as")] = None,
    mapped: Annotated[Many, option("FIELD=COLUMN", "The column of a field.", "--map")] = None,
    values: Annotated[Many, option("FIELD:TEXT=VALUE", "As outcome:yes=won.", "--value")] = None,
    activity: Annotated[
        Typed, option("NAME", "Where all of it goes.", offers=activity_names)
    ] = None,
    source: Annotated[Typed, option("NAME", "Whose file it is: its rows come once.")] = None,
    date_format: Annotated[Typed, option("FORMAT", "How dates are written: %d.%m.%Y.")] = None,
    length: Annotated[Typed, option("m:ss|h:mm", "What a length like 1:30 is.")] = None,
    decimal: Annotated[Typed, option(",|.", "What parts decimals in 1,234.")] = None,
    sheet: Annotated[Typed, option("NAME", "The sheet of a workbook that has several.")] = None,
    tags: Annotated[Many, option("TAG", "A tag that is an activity.", "--tag")] = None,
    no_header: Annotated[bool, flag("--no-header", "The first line is data.")] = False,
    only: Annotated[Many, option("COLUMN=VALUE", "Read only rows with this text.")] = None,
    without: Annotated[Many, option("COLUMN=VALUE", "Leave out rows with this text.")] = None,
    doubles: Annotated[Typed, option("skip|add", "Of rows that are here already.")] = None,
    zone: Annotated[Typed, option("ZONE", "Of times that name none: Europe/Berlin.")] = None,
    ask: Annotated[bool, flag("--ask", "Forget what was answered of such a file before.")] = False,
    yes: Annotated[bool, flag("--yes", "Ask nothing: what is not clear stops it.")] = False,
    dry_run: Annotated[bool, flag("--dry-run", "Only say what would be added.")] = False,
    strict: Annotated[bool, flag("--strict", "Change nothing where a row is bad.")] = False,
) -> None:
    """Import calls, time, habits, buyers or an export. One undo takes it back; none comes twice.

    More about each option: needle help import.

    Example: needle import calls.csv --map day=date --map seconds=duration --value outcome:yes=won
    """
    from ..exchange.call_map import call_map
    from ..exchange.files import copy_of_pipe
    from ..exchange.formats import files_of, format_of, format_typed
    from ..exchange.importing import Import

    chosen = if_given(format_typed, format_name)
    typed = {
        "date-format": date_format, "length": length, "decimal": decimal, "sheet": sheet,
        "doubles": doubles, "no-header": [""] * no_header, "ask": [""] * ask, "map": mapped,
        "value": values, "tag": tags, "only": only, "without": without,
    }  # fmt: skip
    lists = {name: [it] if isinstance(it, str) else it or () for name, it in typed.items()}
    options = [(name, value) for name, given in lists.items() for value in given]
    calls = call_map(options)
    # Where somebody sees what is asked, and can answer.
    asks = not yes and all(stream and stream.isatty() for stream in (sys.stdin, sys.stderr))
    is_piped = str(file) == "-" or file.is_fifo()
    with suppress(OSError):
        if file.samefile(database_path()):
            raise WrongUsageError(f"{file} is your data file itself: choose another file.")
    with TemporaryDirectory() as name:
        folder = Path(name)
        paths = [copy_of_pipe(file, folder)] if is_piped else files_of(file)
        # Where there are no data yet, a trial leaves none behind.
        is_tried_alone = dry_run and not database_path().exists()
        with open_store(folder / "trial.db" if is_tried_alone else None) as store:
            moment = replace(store.moment(), zone=_zone(zone)) if zone else store.moment()
            failed, known = 0, ways()
            for path in paths:
                wanted = Import(path, moment, calls, chosen, is_piped, activity)
                wanted = replace(wanted, source=source, is_strict=strict, ways=known, progress=_bar)
                try:
                    what = _TAKES_NONE.get(chosen or format_of(path))
                    if what and (options or activity or source or zone or strict):
                        why = f"{path.name} is {what}: it takes no option but --dry-run."
                        raise WrongUsageError(why)
                    _import(wanted, store, dry_run=dry_run, asks=asks)
                except NeedleError as error:
                    if paths == [path]:
                        raise
                    say(error.told(known))
                    failed += 1
            if failed:
                raise NeedleError(f"{failed} of {counted(len(paths), 'file')} could not be read.")


def _import(wanted: "Import", store: "Store", *, dry_run: bool, asks: bool) -> None:
    """Ask what is not clear, where somebody can be asked, and import it."""
    try:
        return _import_or_try(wanted, store, dry_run=dry_run, asks=asks)
    except QuestionsError as error:
        asked = [] if asks else [*map(_with_options, error.questions)]
        for sentence in (*error.said, *asked[:-1]):
            say(sentence)
        if not asks:
            raise WrongUsageError(f"{asked[-1]}. Nothing was changed.") from None
        wanted = wanted.answered(*(it for each in error.questions for it in _answers(each)))
    return _import(wanted, store, dry_run=dry_run, asks=asks)


def _import_or_try(wanted: "Import", store: "Store", *, dry_run: bool, asks: bool) -> None:
    """Try it where it is only to be tried, or somebody is to agree to a large one; then do it."""
    is_large = False
    if dry_run or asks:
        trial = wanted.attempt(store, trial=True)
        is_large = trial.size >= LARGE
        if dry_run or is_large:
            _tell(trial)
        if dry_run:
            return
        if is_large and not typer.confirm("Import it?", err=True):
            raise NeedleError("It was not imported, and nothing was changed.")
    _tell(wanted.attempt(store, trial=False), was_said=is_large)


def _tell(attempt: "Attempt", *, was_said: bool = False) -> None:
    """Say all of it, or only what came of it where the rest was said of the trial before."""
    for sentence in attempt.what if was_said else (*attempt.how, *attempt.what):
        say(sentence)
    if attempt.refusal:
        raise NeedleError(attempt.refusal)
    if attempt.changed_anything:
        say("To take them back: needle undo.")


def _answers(question: Question) -> "list[Pair]":
    say(question.words)
    for number, words in enumerate(question.choices, start=1):
        say(f"{number}  {words}")
    options, most = list(question.choices.values()), len(question.choices)
    while True:
        which = "Numbers, with commas" if question.takes_many else "Number"
        numbers = typer.prompt(which, err=True).replace(" ", "").split(",")
        chosen = [int(number) for number in numbers if number.isdecimal() and len(number) < 4]
        is_one = len(numbers) == 1 or question.takes_many
        if is_one and len(chosen) == len(numbers) and all(1 <= each <= most for each in chosen):
            return [options[each - 1] for each in chosen]
        say(f"Type a number from 1 to {most}.")


def _with_options(question: Question) -> str:
    (first, option), *rest = question.choices.items()
    if len(rest) < _FEW:
        ways = [f"{_typed(option)} ({words})" for words, option in question.choices.items()]
        return f"{question.words} {', or '.join(ways)}"
    others = joined([words for words, _ in rest], most=30)
    return f"{question.words} {_typed(option)} ({first}; or {others})"


def _typed(option: "Pair") -> str:
    """An option as it is typed in a shell."""
    name, value = option
    if name == "no-header" or _HARMLESS.fullmatch(value):
        return f"--{name} {value}".rstrip()
    return f'--{name} "{value}"' if _SAFE_IN_QUOTES.fullmatch(value) else f"--{name} {quote(value)}"


@contextmanager
def _bar(reading: "Reading") -> Iterator[Callable[[], None]]:
    if not reading.size or sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    with typer.progressbar(length=reading.size, label="Reading", file=sys.stderr) as bar:
        yield lambda: bar.update(reading.bytes_read() - bar.pos)
        bar.update(reading.size - bar.pos)


def _zone(name: str) -> ZoneInfo:
    with suppress(ValueError, OSError, KeyError):
        return ZoneInfo(name)
    raise WrongUsageError(f"There is no zone {quoted(name)}: type one like Europe/Berlin.")
