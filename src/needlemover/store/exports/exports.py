"""All data at once: read out for an export, and taken in again."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from ...domain.errors import NeedleError
from ...domain.settings import Settings
from ...text.format import quoted
from ..care.rules import contradictions
from ..care.sections import ENTRIES, SMALL, Data, Value, derived_columns, numbered, settings_in
from ..derived import newest_entry
from ..imports.content import ImportResult
from ..imports.import_rows import add_entries, import_change, with_what_follows
from ..imports.imports import renamed_activities
from ..promises.activity_rows import name_key
from ..schema.tables import LAST_USE, SETTINGS
from ..session import ALL_ENTRIES, Step, Subject
from ..settings import write_settings
from .identity import find_entry, following_uid, identify, own_uid
from .merge import merge

# Outside the undo history, and only where it was not used here already.
_NOTE_USE = """
    UPDATE last_use SET asked_on = :asked_on, day = max(day, :day), at = max(at, :at)
    WHERE asked_on IS NULL
"""
# Earlier versions took the amounts of asks for money received: as in step 9, they are offers, and a
# win without an amount takes that of the ask it settles.
_TAKES = """win.outcome = 'won' AND win.amount IS NULL AND NOT EXISTS (
    SELECT 1 FROM entry AS later WHERE later.follows = win.follows
    AND later.outcome IN ('lost', 'won') AND (later.day, later.id) > (win.day, win.id)
)"""
_OFFERED = "SELECT amount FROM entry AS ask WHERE ask.outcome = 'asked' AND ask.amount > 0"
_OFFERS_SINCE = (
    f"""INSERT INTO old_offer SELECT id, 0 FROM entry AS ask
    WHERE outcome = 'asked' AND amount > 0 AND id > :newest
    AND NOT EXISTS (SELECT 1 FROM entry AS win WHERE win.follows = ask.id AND {_TAKES})""",
    f"""UPDATE entry AS win SET amount = ({_OFFERED} AND ask.id = win.follows)
    WHERE {_TAKES} AND id > :newest AND EXISTS ({_OFFERED} AND ask.id = win.follows)""",
)


class Exports(Subject):
    """Everything there is, out and in."""

    @contextmanager
    def reading(self) -> Iterator[Data]:
        """All of it, as it is at one moment; the entries come one after the other."""
        with self._session.reading() as driver:
            numbers: dict[str, dict[Value, int]] = {}
            followed = driver.execute("SELECT DISTINCT follows FROM entry WHERE follows > 0")
            numbers["entries"] = {row_id: 0 for (row_id,) in followed}
            small = {item.name: list(numbered(driver, item, numbers)) for item in SMALL}
            small["last_use"] = []
            yield Data(small, numbered(driver, ENTRIES, numbers))

    def names_here(self, data: Data) -> dict[Value, str]:
        """By the ids of a file, what activities of it are called here that have another name there.

        Its entries are read to tell, unless all names of the file are here.
        """
        facts = self._session.facts
        identify(data.sections)
        rows = data.sections["activities"]
        there = {row["id"]: name_key(str(row["name"])) for row in rows}
        with self._session.reading() as driver:
            here = dict(driver.execute("SELECT uid, name_key FROM activity"))
            known = {*here, *here.values()}
            stand_in = {row["id"]: set[int]() for row in rows if row["uid"] not in known}
            for row_id in [each for each in stand_in if there[each] in known]:
                del stand_in[row_id]
            for row in data.entries if here and stand_in else ():
                if row["activity_id"] in stand_in:
                    uid = str(row["uid"] or following_uid(row))
                    found = find_entry(driver, row, uid) or ()
                    stand_in[row["activity_id"]].update(filter(None, found[1:]))
        renamed = renamed_activities(facts, stand_in, there.values())
        return {row_id: activity.name for row_id, activity in renamed.items()}

    def add(
        self, data: Data, *, file_name: str, names: Mapping[Value, str] = {}, dry_run: bool = False
    ) -> ImportResult:
        """Take in what was exported, or, when anything fails (`NeedleError`), nothing.

        Into a file in which nothing was ever done it comes exactly as it was. Any other keeps what
        it has, settings included, and gets what is new, known by its uid. `names` is what
        `names_here` told of the same file. A dry run only counts.
        """
        identify(data.sections)
        for row in data.sections["activities"]:
            row["name"] = names.get(row["id"], row["name"])
        with import_change(self._session, dry_run=dry_run) as step:
            # It is new where nothing that a user did is in it, but for what was undone.
            left_out = (LAST_USE, SETTINGS)
            rows = [it.table.name for it in (*SMALL, ENTRIES) if it.table not in left_out]
            rows.append("change WHERE NOT undone")
            query = " UNION ALL ".join(f"SELECT id FROM {each}" for each in rows)
            is_new = step.driver.execute(query).fetchone() is None
            is_new &= step.moment.settings == Settings()
            newest = newest_entry(step.driver)
            try:
                result = _take_over(step, data) if is_new else merge(step, data, file_name)
            except sqlite3.IntegrityError as error:
                raise NeedleError(
                    f"The file contradicts itself or your data ({error}), so it cannot be "
                    "imported: export it again. Nothing was changed."
                ) from error
            for statement in () if data.knows_offers else _OFFERS_SINCE:
                step.driver.execute(statement, {"newest": newest})
            for sentence in contradictions(step.driver):
                why = f"{file_name} cannot be imported. {sentence} Nothing was changed."
                raise NeedleError(why)
            step.label = f"Imported {result.words} from {quoted(file_name)}"
        return result


def _take_over(step: Step, data: Data) -> ImportResult:
    """Take in everything exactly as it was, ids included. What follows from a row is no uid."""
    made = {}
    for section in SMALL:
        rows = data.sections[section.name]
        made[section.name] = len(rows)
        if section.table is SETTINGS:
            if (settings := settings_in(rows)) != Settings():
                write_settings(step, settings)
            continue
        for row in rows:
            if section.table is LAST_USE:
                step.driver.execute(_NOTE_USE, row)
            else:
                step.bring(section.table, row | derived_columns(section, row))
    del made["last_use"]
    sales = {row["id"] for row in data.sections["activities"] if row["is_sales"]}
    entries = (
        with_what_follows(own_uid(row), is_sales=row["activity_id"] in sales)
        for row in data.entries
    )
    added = add_entries(step.driver, entries)
    if added:
        step.added_batch(ALL_ENTRIES)
    return ImportResult(is_whole=True, added=added, made=made)
