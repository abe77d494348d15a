"""Tables (CSV): a call log of one's own or of a program that is known; a list of buyers to call."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path

from msgspec.structs import replace

from ...domain.errors import NeedleError, WrongUsageError
from ...store.buyers.contacts import MOST_LISTED, Lead
from ...text.format import joined, quoted
from ...text.parse.values import parse_contact, parse_note, parse_phone
from ..call_map import (
    FIELDS,
    Preview,
    Question,
    QuestionsError,
    column_key,
    columns_named,
    usual_places,
)
from ..files import limited
from ..reading import FIRST_COLUMNS, Reading, Request, UnreadableError
from .call_rows import CallRows
from .csv_file import Grid, open_csv
from .dates import date_shape
from .layout import Layout, looked_at
from .preset import COLUMNS, KNOWN, OWN, PRESETS, Preset, Rules, is_sum
from .survey import Outcomes, Survey
from .words import LEADS

_ROWS_SHOWN = 20
_FIRST_ROWS = 500  # in which columns are looked at


def _open_csv(request: Request) -> Grid:
    known = {*request.calls.columns.values(), *COLUMNS} - {""}
    return open_csv(request.path, known, has_header=request.calls.has_header)


@contextmanager
def opened_table(
    request: Request, open_grid: Callable[[Request], Grid] = _open_csv
) -> Iterator[Reading]:
    """A table, to be read row by row while it is open; a `QuestionsError` where it asks first."""
    with closing(open_grid(request)) as table:
        # The same of all files with these columns, and of what could not be read of them.
        is_rest = tuple(table.columns[:2]) == FIRST_COLUMNS
        keys = map(column_key, table.columns[len(FIRST_COLUMNS) * is_rest :])
        header, typed = sha256("\0".join(keys).encode()).hexdigest()[:32], request
        remembered = typed.remembered.get(header, ())
        request = replace(typed, calls=typed.calls.after(remembered))
        survey, preview = _surveyed(request, table)
    wrong = {"date-format": survey.order.is_other, "length": survey.lengths.is_other}
    if remembered and any(wrong.values()):
        kept = [option for option in remembered if not wrong.get(option[0])]
        if len(kept) < len(remembered):  # the file is written otherwise than those before
            typed = replace(typed, remembered={header: kept})
            with opened_table(typed, open_grid) as reading:
                yield reading
            return
    with closing(open_grid(request)) as table:
        rows, meant = CallRows(survey), list[str | None]()
        said = ["Read as the file with these columns before."] if remembered else []
        said += _how_it_is_read(table, survey.layout.places)
        reading = Reading(survey.rules.preset.name, table.columns, said, delimiter=table.delimiter)
        reading.header = header if request.calls.has_header else ""
        reading.preview, reading.left_out, reading.can_be_corrected = preview, rows.left_out, True
        reading.size, reading.bytes_read = table.size, table.bytes_read
        for name in survey.names:
            with suppress(UnreadableError):
                meant.append(survey.request.activity_of(name))
        reading.name_activities(filter(None, meant))
        _say_what_it_is(reading, survey)
        reading.records, reading.flags = rows.read(table.rows), rows.stretches.flags
        yield reading


def _surveyed(request: Request, table: Grid) -> tuple[Survey, Preview]:
    """Look at all rows once, and ask what is not clear."""
    preset = _preset(request, table.columns)
    if request.calls.has_header and any(map(date_shape, table.columns)):
        asked = f"The first line looks like data ({columns_named(table.columns)}). Is it?"
        raise QuestionsError([Question(asked, {"there is no header": ("no-header", "")})])
    typed = request.calls
    # What was typed, and for the rest what texts of this program stand for.
    names = {*preset.values, *typed.values}
    values = {it: {**preset.values.get(it, {}), **typed.values.get(it, {})} for it in names}
    calls = replace(typed, values=values)
    rows = iter(table.rows)
    first = list(islice(rows, _FIRST_ROWS))
    whole = [row.cells for row in first if not row.fault and not is_sum(row.cells)]
    layout = Layout(looked_at(table.columns, whole), typed, preset)
    rules = Rules(preset, table.columns, layout.places, calls)
    outcomes = Outcomes(calls.values.get("outcome", {}), is_answered=layout.is_answered)
    survey = Survey(layout, rules, outcomes, replace(request, calls=calls))
    survey.take(chain(first, rows))
    fields = {place: name for name, place in layout.places.items() if name in FIELDS}
    read_as = tuple(fields.get(place, "") for place in range(len(table.columns)))
    shown = tuple(whole[:_ROWS_SHOWN])
    preview = Preview(tuple(table.columns), read_as, shown, tuple(outcomes.meanings()))
    if questions := [*layout.questions, *survey.questions()]:
        raise QuestionsError(questions, outcomes.said(), preview)
    return survey, preview


def _preset(request: Request, columns: Sequence[str]) -> Preset:
    if request.format_name != OWN.name and request.format_name not in PRESETS:
        return next((item for item in KNOWN if item.is_of(columns)), OWN)
    preset = PRESETS.get(request.format_name, OWN)
    if preset is not OWN and not preset.is_of(columns):
        needed = " or ".join(columns_named(sorted(some)) for some in preset.known_by[:2])
        why = f"{request.path.name} is not of {preset.title}, which has the columns {needed}."
        raise NeedleError(f"{why} Read it as a call log of your own.", "read as csv")
    return preset


def _how_it_is_read(table: Grid, places: Mapping[str, int]) -> Iterator[str]:
    """Say which column each field is taken from, and which columns are not read."""
    if table.encoding.startswith("cp"):
        read_as = table.encoding.replace("cp", "Windows-")
        then = "where names look wrong, undo, save it as UTF-8 and import it again."
        yield f"{table.path.name} is not UTF-8 and was read as {read_as}: {then}"
    read = (f"{name} from {quoted(table.columns[place])}" for name, place in places.items())
    left = [name for place, name in enumerate(table.columns) if place not in places.values()]
    not_read = f" Not read: {columns_named(left)}." if left else ""
    yield f"Reading {', '.join(read)}.{not_read}"


def _say_what_it_is(reading: Reading, survey: Survey) -> None:
    preset, places = survey.rules.preset, survey.layout.places
    if preset is not OWN:
        reading.said += [f"It is an export of {preset.title}.", *preset.said]
    reading.hints += preset.hints
    reading.said += survey.outcomes.said()
    if date_format := survey.request.calls.date_format or survey.order.date_format:
        reading.said.append(f"Dates are read as {date_format}.")
    has_parts = "started_at" not in places and bool({"time", "end_time"} & places.keys())
    if (survey.has_local_times or has_parts) and not survey.rules.is_utc:
        reading.said.append(f"Its times have no zone and are read in {survey.request.moment.zone}.")
        reading.hints.append("zone")
    if len(survey.people) > 1:
        people = joined([quoted(name) for name in sorted(survey.people)])
        many = f"It holds the rows of {len(survey.people)} people"
        count = f"and all of them would count as yours: {people}"
        reading.said.append(f"{many}, {count}. To bring in your own, leave the others out.")
        reading.hints.append("own rows")


def read_leads(path: Path, said: list[str]) -> Iterator[Lead]:
    """Read whom to call; `said` gets sentences on how. A `NeedleError` where that cannot be."""
    with closing(open_csv(path, set[str]().union(*LEADS.values()))) as table:
        places = usual_places(table.columns, LEADS)
        if not places.keys() & {"name", "first name", "last name", "company"}:
            ones = columns_named(table.columns)
            raise WrongUsageError(
                f"No column of {path.name} is called name: call one of {ones} so."
            )
        said += _how_it_is_read(table, places)
        for row in limited(table.rows, path.name, "contacts", MOST_LISTED):
            if row.fault:
                raise NeedleError(f"Line {row.line} of {path.name} is broken: {row.fault}.")
            try:
                yield _lead({field: row.cells[place].strip() for field, place in places.items()})
            except NeedleError as error:
                raise NeedleError(f"Line {row.line} of {path.name}: {error}") from None


def _lead(cells: dict[str, str]) -> Lead:
    """Whom a row names; its company and a second phone go into the note."""
    person = f"{cells.get('first name', '')} {cells.get('last name', '')}".strip()
    names = filter(None, (cells.get("name"), person, cells.get("company")))
    phones = filter(None, (cells.get("phone"), cells.get("mobile")))
    name, phone = parse_contact(next(names, "")), parse_phone(next(phones, ""))
    if name is None:
        raise WrongUsageError("There is no name in it: add one, or leave the line out.")
    company = cells.get("company", "")
    about = (company if company != name else "", *phones, cells.get("note", ""))
    return Lead(name, phone or "", parse_note(" · ".join(filter(None, about))) or "")
