"""needle review."""

from typing import Annotated

import typer

from ..domain.errors import WrongUsageError
from ..domain.progress.review import Period
from ..text.parse import parse_day
from ..text.progress.review import review_markdown
from .opening import opened
from .output import give


def review(
    context: typer.Context,
    week: Annotated[bool, typer.Option("--week", help="Of a week, as when left out.")] = False,
    month: Annotated[bool, typer.Option("--month", help="Of a calendar month.")] = False,
    of: Annotated[
        str | None, typer.Option("--of", metavar="DAY", help="The one with this day; else today's.")
    ] = None,
) -> None:
    """Write what a week or a month came to, as Markdown.

    Example: needle review --month --of 2026-10-31 > october.md
    """
    if week and month:
        raise WrongUsageError("A review is of a week or of a month: leave one of them out.")
    with opened(context) as store:
        moment = store.moment()
        day = parse_day(of, moment.today) if of is not None else moment.today
        found = store.progress.review(Period.MONTH if month else Period.WEEK, day)
    for line in review_markdown(found, moment.settings.currency):
        give(line)
