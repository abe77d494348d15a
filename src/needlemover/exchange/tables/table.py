"""Tables (CSV): somebody's own call log, or the export of a program that there is a preset for."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import replace

from ...domain.errors import NeedleError
from ...store.imports.imported import ImportedActivity
from ...text.format import quoted, shown
from ..habits import listed
from ..reading import Reading, Records, Request
from ..records import UnreadableError, activities_named
from .call_map import CallMap, columns_named
from .call_rows import CallRows
from .csv_file import CsvFile
from .date_order import DateOrder
from .preset import Preset, Rules
from .presets import COLUMNS, PRESETS, preset_of

_DATES = ("started_at", "day")
_WITHOUT_ZONE = re.compile(r"(?<![+-]\d\d):\d\d(\.\d+)?(\s*[ap]m)?$", re.IGNORECASE)


@contextmanager
def opened_table(request: Request) -> Iterator[Reading]:
    """A table, to be read row by row while it is open.

    Raises:
        NeedleError: when it is none, or the columns do not have what is request.
    """
    with CsvFile(request.path, {*request.calls.names, *COLUMNS}) as table:
        preset = _preset(request, table.columns)
        if preset is not None:
            calls = preset.call_map(request.calls, table.columns)
            request = replace(request, calls=calls)
        rules = Rules(preset, table.columns, request.calls) if preset else None
        survey = _Survey(request, rules, table.columns)
        if preset is not None or "activity" in survey.places:
            survey.read(request.path)
        if preset is not None and request.calls.date_format is None:
            found = survey.order.date_format()
            request = replace(request, calls=replace(request.calls, date_format=found))
        rows = CallRows(
            table.columns,
            request.calls,
            request.moment,
            rules=rules,
            activity_of=request.activity_of if "activity" in survey.places else None,
        )
        reading = Reading(
            preset.title if preset else "CSV",
            preset.name if preset else "csv",
            columns=table.columns,
            delimiter=table.delimiter,
            activities=survey.activities(),
            can_be_corrected=True,
            size=table.size,
            bytes_read=lambda: table.bytes_read,
        )
        reading.left_out = rows.left_out
        reading.said += _how_it_is_read(table, rows)
        if preset is not None:
            _say_what_it_is(reading, preset, request, survey)
        reading.records = _records(table, rows, reading)
        yield reading


def _preset(request: Request, columns: list[str]) -> Preset | None:
    name = request.format_name
    if name is None:
        return preset_of(columns)
    preset = PRESETS.get(name)
    if preset is not None and not preset.is_of(columns):
        needed = " or ".join(columns_named(sorted(some)) for some in preset.known_by[:2])
        raise NeedleError(
            f"{shown(request.path.name)} is no export of this kind ({preset.title}): it would have "
            f"the columns {needed}. Read it as a call log of your own.",
            "read as csv",
        )
    return preset


def _records(table: CsvFile, rows: CallRows, reading: Reading) -> Records:
    yield from rows.read(table)
    reading.flags += rows.flags
    if rows.stretches is not None:
        reading.flags += rows.stretches.flags()


class _Survey:
    """What has to be known of all rows before the first one is read."""

    def __init__(self, request: Request, rules: Rules | None, columns: Sequence[str]) -> None:
        self.order = DateOrder()
        self.people: set[str] = set()
        self.has_local_times = False
        self._request = request
        self._rules = rules
        self.places = request.calls.places(columns)
        self._dates = [self.places[name] for name in _DATES if name in self.places][:1]
        self._names: dict[str, None] = {}

    def read(self, path: Path) -> None:
        """Go through all rows, once."""
        place, instant = self.places.get("activity"), self.places.get("started_at")
        with CsvFile(path, {*self._request.calls.names, *COLUMNS}) as table:
            for row in table:
                if row.fault or (self._rules and self._rules.why_left_out(row.cells)):
                    continue
                for date_place in self._dates:
                    self.order.add(row.cells[date_place])
                if instant is not None and _WITHOUT_ZONE.search(row.cells[instant].strip()):
                    self.has_local_times = True
                if self._rules and (person := self._rules.person(row.cells)):
                    self.people.add(person)
                if place is not None:
                    self._names.setdefault(row.cells[place])

    def activities(self) -> tuple[ImportedActivity, ...]:
        """Those that the rows name."""
        found = []
        for name in self._names:
            try:
                meant = self._request.activity_of(name)
            except UnreadableError:
                continue
            if meant is not None:
                found.append(meant)
        return activities_named(found)


def _how_it_is_read(table: CsvFile, rows: CallRows) -> Iterator[str]:
    if table.encoding == "cp1252":
        yield (
            f"{shown(table.path.name)} is not UTF-8 and was read as Windows-1252: where names look "
            "wrong, undo, save it as UTF-8 and import it again."
        )
    read = (f"{name} from {quoted(table.columns[place])}" for name, place in rows.places.items())
    places = set(rows.places.values())
    left = [name for place, name in enumerate(table.columns) if place not in places]
    not_read = f" Not read: {columns_named(left)}." if left else ""
    yield f"Reading {', '.join(read)}.{not_read}"


def _say_what_it_is(reading: Reading, preset: Preset, request: Request, survey: _Survey) -> None:
    reading.said += [f"It is an export of {preset.title}.", *preset.said]
    reading.hints += preset.hints
    calls: CallMap = request.calls
    if calls.date_format is not None:
        reading.said.append(f"Dates are read as {calls.date_format}.")
    is_utc = preset.is_utc(calls)
    is_local = survey.has_local_times or (
        "started_at" not in calls.columns
        and ("time" in calls.columns or "end_time" in calls.columns)
    )
    if is_local and not is_utc:
        reading.said.append(f"Its times name no zone and are read as those of {request.zone}.")
        reading.hints.append("zone")
    if len(survey.people) > 1:
        people = listed([quoted(name) for name in sorted(survey.people)])
        reading.said.append(
            f"It holds the rows of {len(survey.people)} people, and all of them would count as "
            f"yours: {people}. To bring in your own, export only those."
        )
