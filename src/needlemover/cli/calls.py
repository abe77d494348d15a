"""needle log, tick, untick, earn."""

from typing import TYPE_CHECKING, Annotated

import typer

from ..domain.calls.entry import Outcome
from ..domain.errors import WrongUsageError
from ..text.format import quoted
from ..text.parse import parse_amount, parse_day, parse_outcome, parse_seconds, parse_time
from . import completion
from .opening import opened
from .options import Activity, Amount, CameFrom, Day, Note, OutcomeOption, SalesActivity, With
from .output import say
from .words import entry_words, for_day, logged_words

if TYPE_CHECKING:
    from ..store.store import Store


def log(
    context: typer.Context,
    minutes: Annotated[
        str, typer.Argument(metavar="MINUTES", help="How long it took: 12, 1:30, 1 h 30.")
    ],
    activity: SalesActivity = None,
    with_: With = None,
    outcome: OutcomeOption = None,
    amount: Amount = None,
    came_from: CameFrom = None,
    note: Note = None,
    day: Day = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="TIME", help="When it began: 15:40.")
    ] = None,
) -> None:
    """Log a call or a stretch of time that has already happened.

    Example: needle log 12 --with "Acme Corp" --outcome meeting_set
    """
    seconds = parse_seconds(minutes.strip())
    result = parse_outcome(outcome) if outcome is not None else None
    if not seconds and result is None:
        raise WrongUsageError("Nothing took 0 minutes: type how long it took, or an --outcome.")
    from ..store.calls.new_entry import NewEntry

    with opened(context) as store:
        moment = store.moment()
        fact = store.activities.find(activity) if activity is not None else None
        if result is not None and fact is not None and not fact.is_sales:
            raise WrongUsageError(
                f"{quoted(fact.name)} is no sales activity, so it has no outcome: leave it out."
            )
        if came_from is not None and fact is not None and not fact.is_sales:
            raise WrongUsageError(
                f"{quoted(fact.name)} is no sales activity, so nothing brings a buyer to it: leave "
                "--came-from out."
            )
        on = parse_day(day, moment.today) if day is not None else moment.today
        started_at = moment.at(on, parse_time(at)) if at is not None else None
        if started_at is not None and started_at > moment.now:
            raise WrongUsageError("The start is still to come: give a time that has passed.")
        logged = store.entries.log(
            NewEntry(
                fact.id if fact else None,
                day=on,
                started_at=started_at,
                seconds=seconds,
                outcome=result or (Outcome.TALKED if fact is None or fact.is_sales else None),
                contact=with_ or "",
                amount=_amount(amount, moment.settings.currency),
                note=note or "",
                came_from=_activity_id(store, came_from),
            )
        )
    say(f"Logged {logged_words(logged, moment)}.")


def tick(context: typer.Context, activity: Activity, day: Day = None) -> None:
    """Tick an activity, or count one more of a counted one.

    Example: needle tick film
    """
    with opened(context) as store:
        today = store.today
        fact = store.activities.find(activity)
        entry = store.entries.tick(fact.id, parse_day(day, today) if day is not None else None)
    say(f"Ticked {quoted(fact.name)}{for_day(entry.day, today)}.")


def untick(context: typer.Context, activity: Activity, day: Day = None) -> None:
    """Take back the last tick of a day.

    Example: needle untick film --day yesterday
    """
    with opened(context) as store:
        today = store.today
        fact = store.activities.find(activity)
        entry = store.entries.untick(fact.id, parse_day(day, today) if day is not None else None)
    say(f"Took back a tick of {quoted(fact.name)}{for_day(entry.day, today)}.")


def earn(
    context: typer.Context,
    amount: Annotated[
        str,
        typer.Argument(metavar="AMOUNT", help="Money received: 1200.50; below 0 for a refund."),
    ],
    activity: Annotated[
        str | None,
        typer.Argument(
            metavar="ACTIVITY",
            help="What it was earned with, if it is known.",
            autocompletion=completion.activity_names,
        ),
    ] = None,
    day: Day = None,
    with_: With = None,
    follows: Annotated[
        bool,
        typer.Option(
            "--follows",
            help="It pays for the last sale with that name, won or asked; below 0 it pays back.",
        ),
    ] = False,
    came_from: CameFrom = None,
) -> None:
    """Log money received: on an activity, on none, or for an earlier sale.

    A payment for an ask that has no answer yet answers it: won.

    Example: needle earn 1200.50 --with "Acme Corp" --follows
    """
    if follows and not (with_ or "").strip():
        raise WrongUsageError("Say whose sale it follows: add --with NAME.")
    from ..store.calls.new_entry import NewEntry

    with opened(context) as store:
        moment = store.moment()
        currency = moment.settings.currency
        received = parse_amount(amount.strip(), currency)
        if not received:
            raise WrongUsageError("Nothing was earned: type an amount other than 0.")
        on = parse_day(day, moment.today) if day is not None else moment.today
        named = _activity_id(store, activity)
        brought = _activity_id(store, came_from)
        sale = None
        if follows:
            sale = store.entries.last_sale(with_ or "", on, is_open=received > 0)
        logged = store.entries.log(
            NewEntry(
                sale.activity_id if sale is not None and named is None else named,
                day=on,
                count=0,
                amount=received,
                contact=sale.contact if sale is not None else with_ or "",
                came_from=brought,
                follows=sale.id if sale is not None else None,
            )
        )
    after = f"; it follows {entry_words(sale, moment)}" if sale is not None else ""
    say(f"Logged {logged_words(logged, moment)}{after}.")


def _activity_id(store: "Store", typed: str | None) -> int | None:
    return store.activities.find(typed).id if typed is not None else None


def _amount(typed: str | None, currency: str) -> int | None:
    return parse_amount(typed, currency) if typed is not None else None
