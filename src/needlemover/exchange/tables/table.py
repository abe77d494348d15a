"""Tables (CSV): somebody's own call log, or the export of a program that there is a preset for."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from hashlib import sha256

from msgspec import Struct, field
from msgspec.structs import replace

from ...domain.errors import NeedleError
from ...text.format import joined, quoted
from ..call_map import column_key, columns_named
from ..reading import Reading, Records, Request, UnreadableError
from .call_rows import CallRows
from .cells import DateOrder
from .csv_file import CsvFile
from .grid import Grid
from .preset import COLUMNS, OWN, PRESETS, Preset, Rules, preset_of

_WITHOUT_ZONE = re.compile(r"(?<![+-]\d\d):\d\d(\.\d+)?(\s*[ap]m)?$", re.IGNORECASE)


def open_csv(request: Request) -> CsvFile:
    """A CSV file, where the columns that are known help to find the delimiter."""
    return CsvFile(request.path, {*request.calls.columns.values(), *COLUMNS} - {""})


@contextmanager
def opened_table(
    request: Request, open_grid: Callable[[Request], Grid] = open_csv
) -> Iterator[Reading]:
    """A table, to be read row by row while it is open; `open_grid` gives its columns and rows."""
    with closing(open_grid(request)) as table:
        header = header_key(table.columns)
        remembered = request.remembered.get(header, ())
        request = replace(request, calls=request.calls.after(remembered))
        preset = _preset(request, table.columns)
        places = request.calls.places(table.columns, preset.usual(request.calls))
        calls = preset.added_to(request.calls)
        rules = Rules(preset, table.columns, places)
        survey = _Survey()
        if preset is not OWN or "activity" in places:
            with closing(open_grid(request)) as to_survey:
                survey = _survey(to_survey, rules, places)
        if preset is not OWN and calls.date_format is None:
            calls = replace(calls, date_format=survey.order.date_format())
        request = replace(request, calls=calls)
        rows = CallRows(places, request, rules)
        reading = Reading(
            preset.name,
            table.columns,
            list(how_it_is_read(table, places)),
            delimiter=table.delimiter,
            left_out=rows.left_out,
            can_be_corrected=True,
            header=header,
            size=table.size,
            bytes_read=table.bytes_read,
        )
        if remembered:
            reading.said.insert(0, "Read as the file with these columns before.")
        reading.name_activities(_activities(survey.names, request))
        if preset is not OWN:
            is_local = survey.has_local_times or (
                "started_at" not in places and ("time" in places or "end_time" in places)
            )
            _say_what_it_is(reading, preset, request, survey, is_local and not rules.is_utc)

        def records() -> Records:
            yield from rows.read(table)
            reading.flags += rows.stretches.flags()

        reading.records = records()
        yield reading


def header_key(columns: Sequence[str]) -> str:
    """What is the same of all files with these columns."""
    return sha256("\0".join(map(column_key, columns)).encode()).hexdigest()[:32]


def _preset(request: Request, columns: Sequence[str]) -> Preset:
    if request.format_name != OWN.name and request.format_name not in PRESETS:
        return preset_of(columns)
    preset = PRESETS.get(request.format_name, OWN)
    if preset is not OWN and not preset.is_of(columns):
        needed = " or ".join(columns_named(sorted(some)) for some in preset.known_by[:2])
        raise NeedleError(
            f"{request.path.name} is not of {preset.title}, which has the columns {needed}. Read "
            "it as a call log of your own.",
            "read as csv",
        )
    return preset


class _Survey(Struct):
    """What has to be known of all rows before the first one is read."""

    order: DateOrder = field(default_factory=DateOrder)
    has_local_times: bool = False
    people: set[str] = field(default_factory=set)
    names: dict[str, None] = field(default_factory=dict)  # of activities, as they come


def _survey(table: Grid, rules: Rules, places: Mapping[str, int]) -> _Survey:
    found = _Survey()
    activity, instant = places.get("activity"), places.get("started_at")
    date_place = places["day"] if instant is None else instant
    for row in table:
        if row.fault or rules.why_left_out(row.cells):
            continue
        found.order.add(row.cells[date_place])
        if instant is not None and _WITHOUT_ZONE.search(row.cells[instant].strip()):
            found.has_local_times = True
        if person := rules.cell("person", row.cells):
            found.people.add(person)
        if activity is not None:
            found.names.setdefault(row.cells[activity])
    return found


def _activities(names: Iterable[str], request: Request) -> Iterator[str]:
    for name in names:
        with suppress(UnreadableError):
            if meant := request.activity_of(name):
                yield meant


def how_it_is_read(table: Grid, places: Mapping[str, int]) -> Iterator[str]:
    """Say which column each field is taken from, and which columns are not read."""
    if table.encoding == "cp1252":
        yield (
            f"{table.path.name} is not UTF-8 and was read as Windows-1252: where names look "
            "wrong, undo, save it as UTF-8 and import it again."
        )
    read = (f"{name} from {quoted(table.columns[place])}" for name, place in places.items())
    left = [name for place, name in enumerate(table.columns) if place not in places.values()]
    not_read = f" Not read: {columns_named(left)}." if left else ""
    yield f"Reading {', '.join(read)}.{not_read}"


def _say_what_it_is(
    reading: Reading, preset: Preset, request: Request, survey: _Survey, is_local: bool
) -> None:
    reading.said += [f"It is an export of {preset.title}.", *preset.said]
    reading.hints += preset.hints
    if request.calls.date_format is not None:
        reading.said.append(f"Dates are read as {request.calls.date_format}.")
    if is_local:
        reading.said.append(f"Its times have no zone and are read in {request.moment.zone}.")
        reading.hints.append("zone")
    if len(survey.people) > 1:
        people = joined([quoted(name) for name in sorted(survey.people)])
        reading.said.append(
            f"It holds the rows of {len(survey.people)} people, and all of them would count as "
            f"yours: {people}. To bring in your own, export only those."
        )
