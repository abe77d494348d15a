"""When and where the data were last used, which says what travel skipped since."""

from datetime import date

from msgspec.structs import asdict
from sqlalchemy import Connection

from ..clock import zone_name
from .facts import LastUse
from .memory import facts_of
from .moment import Moment
from .schema.bookkeeping import LAST_USE, SKIPPED_DAY, write_only_row


def note_use(connection: Connection, moment: Moment, asked_on: date | None = None) -> None:
    """Note that the data are used, in a transaction that writes; a date skipped until now rests.

    `asked_on` is the day on which the app asks about missed days; None: as before.
    """
    facts = facts_of(connection)
    last = facts.last_use
    use = LastUse(
        day=moment.today if last is None else max(last.day, moment.today),
        utc_offset=moment.offset_at(moment.now),
        zone=zone_name(moment.zone) or None,
        asked_on=last.asked_on if asked_on is None and last is not None else asked_on,
    )
    if use == last:
        return
    for day in facts.skipped:
        connection.execute(SKIPPED_DAY.insert().prefix_with("OR IGNORE").values(day=day))
    write_only_row(connection, LAST_USE, at=moment.now, **asdict(use))
