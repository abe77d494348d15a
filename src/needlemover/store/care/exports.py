"""All data at once: read out for an export, and taken in again."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ...domain.errors import NeedleError
from ...text.format import quoted
from ..derived import added_together
from ..imports.import_rows import LARGE_CACHE, OnlyTriedError
from ..schema.bookkeeping import CHANGE, LAST_USE
from ..session import Session
from ..undo import Step
from .import_result import ImportResult
from .merge import merge
from .restore import restore
from .sections import ENTRIES, SMALL, Data, rows_of


class Exports:
    """Everything there is, out and in."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @contextmanager
    def reading(self) -> Iterator[Data]:
        """All of it, as it is at one moment; the entries come one after the other."""
        with self._session.database.reading() as connection:
            yield Data(
                {section.name: list(rows_of(connection, section)) for section in SMALL},
                rows_of(connection, ENTRIES),
            )

    def add(self, data: Data, *, file_name: str, dry_run: bool = False) -> ImportResult:
        """Take in what was exported, or, when anything fails, nothing.

        Into a file in which nothing was ever done it comes exactly as it was. Any other keeps what
        it has, settings included, and gets what is new: activities by their name, problems by
        title and day, entries by where they come from.

        Args:
            data: sound in itself.
            file_name: for the undo history.
            dry_run: only count.

        Raises:
            NeedleError: when it does not fit to what is here.
        """
        result: ImportResult | None = None
        try:
            with self._session.change("") as (step, moment):
                step.connection.exec_driver_sql(LARGE_CACHE)
                with _contradictions(), added_together(step.connection):
                    if _is_new(step):
                        result = restore(step, data)
                    else:
                        result = merge(step, moment, data, file_name)
                step.label = f"Imported {result.words} from {quoted(file_name)}"
                if dry_run:
                    raise OnlyTriedError
        except OnlyTriedError:
            pass
        assert result is not None
        return result


def _is_new(step: Step) -> bool:
    """Whether nothing that a user did is in the file, but for what was undone."""
    done = select(CHANGE.c.id).where(CHANGE.c.undone.is_(False)).limit(1)
    if step.connection.execute(done).first() is not None:
        return False
    tables = [item.table for item in (*SMALL, ENTRIES) if item.table is not LAST_USE]
    return all(
        step.connection.execute(select(table.c.id).limit(1)).first() is None for table in tables
    )


@contextmanager
def _contradictions() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise NeedleError(
            f"The file contradicts itself or your data ({error.orig}), so it cannot be imported: "
            "export it again. Nothing was changed."
        ) from error
