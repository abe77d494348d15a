"""A list of buyers to call: a table with a name, a phone, a company and a note a row."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from ...domain.errors import NeedleError, WrongUsageError
from ...store.buyers.contacts import MOST_LISTED, Lead
from ...text.parse.values import parse_contact, parse_note, parse_phone
from ..call_map import columns_named, usual_places
from ..files import limited
from .csv_file import CsvFile
from .table import how_it_is_read
from .words import LEADS


def read_leads(path: Path, said: list[str]) -> Iterator[Lead]:
    """Read whom to call; `said` gets sentences on how. A `NeedleError` where that cannot be."""
    with closing(CsvFile(path, set[str]().union(*LEADS.values()))) as table:
        places = usual_places(table.columns, LEADS)
        if not places.keys() & {"name", "first name", "last name", "company"}:
            raise WrongUsageError(
                f"No column of {path.name} is called name: call one of "
                f"{columns_named(table.columns)} so."
            )
        said += how_it_is_read(table, places)
        for row in limited(table, path.name, "contacts", MOST_LISTED):
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
