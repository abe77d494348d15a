"""needle start, needle stop."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ..domain.errors import WrongUsageError
from ..text.format import clock_time, minutes, quoted
from ..text.parse import parse_amount, parse_outcome, parse_time
from .opening import opened
from .options import Amount, CameFrom, Note, OutcomeOption, SalesActivity, With
from .output import say
from .words import logged_words

if TYPE_CHECKING:
    from ..domain.calls.timer import Running
    from ..store.session import Moment


def start(
    context: typer.Context,
    activity: SalesActivity = None,
    with_: With = None,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="TIME", help="When it began, if not now: 15:40."),
    ] = None,
) -> None:
    """Start the timer that every terminal shows.

    Example: needle start --with "Acme Corp"
    """
    with opened(context) as store:
        fact = store.activities.find(activity) if activity is not None else None
        moment = store.moment()
        running = store.timer.start(
            fact.id if fact else None,
            contact=with_ or "",
            at=moment.at(moment.today, parse_time(at)) if at is not None else None,
        )
    who = f" with {quoted(running.contact)}" if running.contact else ""
    since = clock_time(running.started_at.astimezone(moment.zone).time())
    say(f"Started {quoted(running.name)}{who} at {since}: stop it with needle stop.")


def stop(
    context: typer.Context,
    outcome: OutcomeOption = None,
    amount: Amount = None,
    came_from: CameFrom = None,
    note: Note = None,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="TIME", help="When it ended, if not now: 15:40."),
    ] = None,
) -> None:
    """Stop the timer and log what it measured.

    Example: needle stop --outcome won --amount 1200
    """
    result = parse_outcome(outcome) if outcome is not None else None
    with opened(context) as store:
        moment = store.moment()
        currency = moment.settings.currency
        received = parse_amount(amount, currency) if amount is not None else None
        running = store.timer.running()
        if result is not None and running is not None and not running.is_sales:
            raise WrongUsageError(
                f"{quoted(running.name)} is no sales activity, so it has no outcome: leave it out."
            )
        if came_from is not None and running is not None and not running.is_sales:
            raise WrongUsageError(
                f"{quoted(running.name)} is no sales activity, so nothing brings a buyer to it: "
                "leave --came-from out."
            )
        brought = store.activities.find(came_from).id if came_from is not None else None
        ended_at = None
        if at is not None and running is not None:
            ended_at = _end(running, at, moment)
        logged = store.timer.stop(
            result, amount=received, came_from=brought, note=note or "", at=ended_at
        )
    say(f"Logged {logged_words(logged, moment)}.")
    if logged.entry.seconds > moment.settings.call_cap:
        say(
            f"That is longer than {minutes(moment.settings.call_cap)}: if nobody hung up, take it "
            "back with needle undo and stop it with --at TIME."
        )


def _end(running: "Running", at: str, moment: "Moment") -> datetime:
    """The first such time after the start, or, where that is still to come, the one before."""
    time = parse_time(at)
    ended_at = moment.at(running.day, time)
    if ended_at < running.started_at and running.day < moment.today:
        today = moment.at(moment.today, time)
        if running.started_at <= today <= moment.now:
            return today
    return ended_at
