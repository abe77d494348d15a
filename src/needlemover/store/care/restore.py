"""Takes over exported data exactly as they were, into a file in which nothing was done yet."""

from sqlalchemy import Connection

from ...domain.settings import Settings
from ..calls.entry_rows import add_entries, with_what_follows
from ..promises.activity_rows import name_key
from ..schema.bookkeeping import LAST_USE
from ..schema.tables import SETTINGS
from ..settings_row import settings_values
from ..undo import Step
from .import_result import ImportResult
from .sections import SMALL, Data, Row, settings_of


def restore(step: Step, data: Data) -> ImportResult:
    """Take over everything, ids included, in a change under way."""
    made = {}
    for section in SMALL:
        rows = data.sections[section.name]
        made[section.name] = len(rows)
        if section.table is SETTINGS:
            if (settings := settings_of(rows)) != Settings():
                step.insert(SETTINGS, id=1, **settings_values(settings))
            continue
        for row in rows:
            if section.table is LAST_USE:
                _note_use(step.connection, row)
            elif section.name == "activities":
                step.bring(section.table, {**row, "name_key": name_key(str(row["name"]))})
            else:
                step.bring(section.table, row)
    del made["last_use"]
    sales = {row["id"] for row in data.sections["activities"] if row["is_sales"]}
    added = add_entries(
        step.connection,
        (with_what_follows(row, is_sales=row["activity_id"] in sales) for row in data.entries),
    )
    if added:
        step.added_all()
    return ImportResult(is_whole=True, added=added, made=made)


def _note_use(connection: Connection, row: Row) -> None:
    """Keep when the app was used, outside the undo history, unless it was used here already."""
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    connection.exec_driver_sql(
        f"INSERT OR IGNORE INTO last_use ({names}) VALUES ({marks})", tuple(row.values())
    )
