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
from ..text.format import counted, joined, quoted
from .line import Typed, activity_names, argument, flag, if_given, option
from .opening import chosen_file, open_store
from .output import WAYS, say

if TYPE_CHECKING:
    from ..exchange.call_map import Pair
    from ..exchange.importing import Attempt, Import
    from ..exchange.reading import Reading
    from ..store.store import Store

_FEW = 4  # choices of which each is said with its option
_HARMLESS = re.compile(r"[\w.,:/=+%-]+")
_SAFE_IN_QUOTES = re.compile(r'[^"$`\\!]*')
LARGE = 500  # entries; so many are not added in a terminal before somebody has agreed


def import_command(
    context: typer.Context,
    file: Annotated[
        Path,
        argument("FILE", "What another program wrote, or a folder of it; - is standard input."),
    ],
    format_name: Annotated[
        Typed,
        option(
            "FORMAT",
            "csv (a call log with a header), loop, harsh, watson, timewarrior, toggl, "
            "clockify, hubspot, aircall, salesforce, ringcentral, zoho, twilio, asterisk, "
            "sms-backup, google-voice, ics, needle-json or needle-csv (what needle export wrote); "
            "found out when not given. list: buyers to call (name, phone, company, note).",
            "--as",
        ),
    ] = None,
    mapped: Annotated[
        list[str] | None,
        option(
            "FIELD=COLUMN",
            "The column of a field that is not found by its name: day, time or started_at; "
            "end_day, end_time or ended_at; seconds, minutes, hours, milliseconds or duration (any "
            "unit); outcome, contact, phone, direction, amount, note, id, activity. FIELD= leaves "
            "it out.",
            "--map",
        ),
    ] = None,
    values: Annotated[
        list[str] | None,
        option(
            "FIELD:TEXT=VALUE",
            "What a text stands for: outcome:yes=won, or activity:Acme=Newsletter for a "
            "project, habit or tag; outcome:Sent= and activity:Acme= leave it out.",
            "--value",
        ),
    ] = None,
    activity: Annotated[
        Typed,
        option(
            "NAME",
            "Where all of it goes: calls go to the highest-ranked sales activity without it, "
            "and what names its activity to that one.",
            offers=activity_names,
        ),
    ] = None,
    source: Annotated[
        Typed,
        option(
            "NAME",
            "Whose file it is: rows of one source are added once, however often they come. "
            "Without it, the format.",
        ),
    ] = None,
    date_format: Annotated[
        Typed, option("FORMAT", "How dates are written, where that is not clear: %d.%m.%Y.")
    ] = None,
    length: Annotated[
        Typed, option("m:ss|h:mm", "What a length like 1:30 is, where that is not clear.")
    ] = None,
    decimal: Annotated[
        Typed, option(",|.", "What parts decimals in 1,234, where that is not clear.")
    ] = None,
    sheet: Annotated[Typed, option("NAME", "The sheet of a workbook that has several.")] = None,
    tags: Annotated[
        list[str] | None,
        option("TAG", "A tag of Timewarrior that is an activity; the rest is one more.", "--tag"),
    ] = None,
    no_header: Annotated[
        bool, flag("--no-header", "The first line is data: columns are called 1, 2, 3 …")
    ] = False,
    only: Annotated[
        list[str] | None, option("COLUMN=VALUE", "Read only rows with this text.", "--only")
    ] = None,
    without: Annotated[
        list[str] | None, option("COLUMN=VALUE", "Leave out rows with this text.", "--without")
    ] = None,
    doubles: Annotated[
        Typed, option("skip|add", "What begins and lasts as an entry that is here already.")
    ] = None,
    zone: Annotated[
        Typed, option("ZONE", "Of times that name none: Europe/Berlin, if not local.")
    ] = None,
    ask: Annotated[bool, flag("--ask", "Forget what was answered of such a file before.")] = False,
    yes: Annotated[bool, flag("--yes", "Ask nothing: what is not clear stops it.")] = False,
    dry_run: Annotated[bool, flag("--dry-run", "Only say what would be added.")] = False,
    strict: Annotated[
        bool, flag("--strict", "Stop at the first bad row and change nothing.")
    ] = False,
) -> None:
    """Import calls, time, habits, buyers or an export. One undo takes it back; none comes twice.

    Example: needle import calls.csv --map day=date --map seconds=duration --value outcome:yes=won
    """
    from ..exchange.call_map import call_map
    from ..exchange.files import copy_of_pipe
    from ..exchange.formats import files_of, format_typed
    from ..exchange.importing import Import
    from ..exchange.reading import Request

    chosen = if_given(format_typed, format_name)
    ones = {
        "date-format": date_format, "length": length, "decimal": decimal, "sheet": sheet,
        "doubles": doubles, "no-header": "" if no_header else None,
        "ask": "" if ask else None,
    }  # fmt: skip
    many = {"map": mapped, "value": values, "tag": tags, "only": only, "without": without}
    options = [(name, value) for name, value in ones.items() if value is not None]
    options += [(name, value) for name, given in many.items() for value in given or ()]
    calls = call_map(options)
    # Where somebody sees what is asked, and can answer.
    asks = not yes and all(stream and stream.isatty() for stream in (sys.stdin, sys.stderr))
    is_piped = str(file) == "-" or file.is_fifo()
    with suppress(OSError):
        if file.samefile(chosen_file(context)):
            raise WrongUsageError(f"{file} is your data file itself: choose another file.")
    with TemporaryDirectory() as name:
        folder = Path(name)
        paths = [copy_of_pipe(file, folder)] if is_piped else files_of(file)
        # Where there are no data yet, a trial leaves none behind.
        is_tried_alone = dry_run and not chosen_file(context).exists()
        with open_store(context, folder / "trial.db" if is_tried_alone else None) as store:
            moment = replace(store.moment(), zone=_zone(zone)) if zone else store.moment()
            failed = 0
            for path in paths:
                names = tuple(item.name for item in store.activities.all(archived=True))
                request = Request(
                    path, moment, calls, chosen, names, is_piped, goes_to_one=activity is not None
                )
                wanted = Import(request, activity, source, strict, WAYS, _bar)
                try:
                    if options or activity or source or zone or strict:
                        _must_take_options(wanted)
                    _import(wanted, store, dry_run=dry_run, asks=asks)
                except NeedleError as error:
                    if paths == [path]:
                        raise
                    say(error.told(WAYS))
                    failed += 1
            if failed:
                raise NeedleError(f"{failed} of {counted(len(paths), 'file')} could not be read.")


def _must_take_options(wanted: "Import") -> None:
    from ..exchange.formats import LIST, OURS

    takes_none = dict.fromkeys(OURS, "an export of Needlemover") | {LIST: "a list of buyers"}
    if what := takes_none.get(wanted.format_name):
        name = wanted.request.path.name
        raise WrongUsageError(f"{name} is {what}: it takes no option but --dry-run.")


def _import(wanted: "Import", store: "Store", *, dry_run: bool, asks: bool) -> None:
    """Ask what is not clear, where somebody can be asked, and import it."""
    while True:
        try:
            return _import_or_try(wanted, store, dry_run=dry_run, asks=asks)
        except QuestionsError as error:
            if not asks:
                raise _without_answers(error) from None
            for sentence in error.said:
                say(sentence)
            wanted = wanted.answered(*(it for each in error.questions for it in _answers(each)))


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
    """What somebody chose of the answers to a question."""
    say(question.words)
    for number, words in enumerate(question.choices, start=1):
        say(f"{number}  {words}")
    options, most = list(question.choices.values()), len(question.choices)
    which = "Numbers, with commas" if question.takes_many else "Number"
    while True:
        numbers = typer.prompt(which, err=True).replace(" ", "").split(",")
        chosen = [int(number) for number in numbers if number.isdecimal() and len(number) < 4]
        is_one = len(numbers) == 1 or question.takes_many
        if is_one and len(chosen) == len(numbers) and all(1 <= each <= most for each in chosen):
            return [options[each - 1] for each in chosen]
        say(f"Type a number from 1 to {most}.")


def _without_answers(error: QuestionsError) -> WrongUsageError:
    """What is to be answered, where nobody can be asked: all but the last question is said."""
    *first, last = map(_with_options, error.questions)
    for sentence in (*error.said, *first):
        say(sentence)
    return WrongUsageError(f"{last}. Nothing was changed.")


def _with_options(question: Question) -> str:
    """A question with the options that answer it."""
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
    """A bar by the bytes read, where somebody looks."""
    if not reading.size or sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    with typer.progressbar(length=reading.size, label="Reading", file=sys.stderr) as bar:
        yield lambda: bar.update(reading.bytes_read() - bar.pos)
        bar.update(reading.size - bar.pos)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        why = f"There is no zone {quoted(name)}: type one like Europe/Berlin."
        raise WrongUsageError(why) from None
