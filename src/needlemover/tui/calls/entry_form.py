"""Logging what already happened, or money, and editing what was logged."""

from collections.abc import Sequence
from datetime import date, time
from functools import partial
from typing import Any

from textual.widget import Widget

from ...domain.buyers.next_calls import NextCall
from ...domain.calls.entry import EntryFact, Outcome
from ...domain.promises.commitment import ActivityFact
from ...domain.today.snapshot import DaySnapshot
from ...store.calls.new_entry import NewEntry
from ...text.format import clock_time, local_time, money, plain_day, short_day, shown
from ...text.parse.days import parse_time
from ...text.parse.values import parse_count
from ..kit.fields import Field, NameField, choice_field, text_field
from ..kit.form import FieldError, Form, activity_field, day_field, length_field, money_field
from ..kit.view import View
from .day_log import say_logged
from .entry_lists import propose_offer


def ask_entry(
    view: View[DaySnapshot],
    *,
    entry: EntryFact | None = None,
    activity_id: int | None = None,
    call: NextCall | None = None,
) -> None:
    """Ask for all that an entry holds, or a new one; minutes and Enter is a logged conversation.

    For a new one the activity is proposed, else the highest-ranked sales activity, or the first;
    whom to call is named, and of a meeting that is over its day and its time are proposed.
    """
    meeting = call.meeting if call is not None else None
    moment, day = view.store.moment(), meeting.day if meeting is not None else view.snapshot.day
    activities = view.store.activities.all(archived=entry is not None)
    if entry is None and not activities:
        view.say("There is no activity yet: a adds one.", wrong=True)
        return
    if entry is None and activity_id is None:
        activity_id = next((item for item in activities if item.is_sales), activities[0]).id
    contact = call.buyer.contact.name if call is not None else ""
    at_first = entry or NewEntry(activity_id, day, outcome=Outcome.TALKED, contact=contact)
    met_at = clock_time(meeting.at) if meeting is not None and meeting.at is not None else ""
    when = local_time(entry.started_at, entry.utc_offset) if entry else met_at

    def save(day: date, at: time | None, **said: Any) -> None:
        said |= {"day": day, "started_at": moment.at(day, at) if at is not None else None}
        entries = view.store.entries
        if entry is None or "seconds" in form.changed:
            is_leak = said["activity_id"] is None
            problem_id = entry.problem_id if entry is not None and is_leak else None
            new = NewEntry(**said, problem_id=problem_id)
            form.ask_once("seconds", entries.doubt(new))
        if entry is not None:
            changed = {{"at": "started_at"}.get(key, key) for key in form.changed}
            done = view.do(lambda: entries.edit(entry.id, **{name: said[name] for name in changed}))
        elif said["seconds"] or said["amount"] or said["contact"].strip():
            propose_offer(view, form, said)
            done = view.do(lambda: entries.log(new))
        else:
            raise FieldError("seconds", "Type how long it was, like 12.")
        say_logged(view, done, is_new=entry is None)

    title = "Edit entry" if entry else f"Log for {short_day(day, moment.today)}"
    fields = _fields(view, activities, at_first, when)
    sales = {item.id for item in activities if item.is_sales}

    def show_outcome(form: Form) -> None:
        form.field("outcome").display = form.field("activity_id").asked.answer in sales

    hint = "Enter saves · Tab next · ← → choose"
    form = view.ask(Form(title, fields, save, hint=hint, adjust=show_outcome))


def _fields(
    view: View[DaySnapshot],
    activities: Sequence[ActivityFact],
    at_first: EntryFact | NewEntry,
    when: str,
) -> Sequence[Widget]:
    moment, currency = view.store.moment(), view.snapshot.settings.currency
    outcomes: list[tuple[object, str]] = [(item, item.words) for item in Outcome]
    if at_first.outcome is None:
        outcomes.insert(0, (None, "none"))
    no_activity = None
    if isinstance(at_first, EntryFact) and at_first.activity_id is None:
        no_activity = shown(at_first.problem) or "none"
    return (
        length_field("seconds", seconds=at_first.seconds or None,
                     placeholder="like 12, 1 h 30"),
        NameField(view.store.contacts.names, at_first.contact),
        choice_field("outcome", "Outcome", outcomes, at_first.outcome, hint="1–8, of a sales call"),
        activity_field("activity_id", "Activity", activities, at_first.activity_id,
                       none=no_activity),
        text_field("at", "Started at", when, read=parse_time, blank=None,
                   placeholder="like 15:40"),
        day_field("day", "Day", at_first.day, moment.today),
        text_field("count", "Count", at_first.count, read=partial(parse_count, least=0), blank=0),
        money_field("amount", f"Money ({currency})", currency, at_first.amount,
                    placeholder="paid, or offer"),
        activity_field("came_from", "Came from", activities, at_first.came_from,
                       hint="what brought the buyer"),
        text_field("note", "Note", at_first.note),
    )  # fmt: skip


def ask_money(view: View[DaySnapshot], earlier: EntryFact | None) -> None:
    """Ask for money; amount and Enter is enough.

    It is proposed as a payment or a refund of an earlier entry, with its activity and contact.
    """
    snapshot, currency = view.snapshot, view.snapshot.settings.currency
    activities = view.store.activities.all(archived=True)
    follows: list[Field] = []
    activity_id, contact, offer = None, "", None
    if earlier is not None:
        offer = earlier.offer if earlier.is_open_ask else None
        activity_id, contact = earlier.activity_id, earlier.contact
        options = [(_followed(earlier), _told(earlier, currency)), (None, "nothing earlier")]
        follows = [choice_field("follows", "For", options, _followed(earlier))]
    fields = (
        money_field(
            "amount", f"Money ({currency})", currency, offer, placeholder="like 1200 or -200"
        ),
        *follows,
        activity_field("activity_id", "Activity", activities, activity_id),
        activity_field("came_from", "Came from", activities, hint="what brought the buyer"),
        NameField(view.store.contacts.names, contact),
        day_field("day", "Day", snapshot.day, view.store.today),
        text_field("note", "Note"),
    )

    def save(amount: int | None, **said: Any) -> None:
        if not amount:
            raise FieldError("amount", "Type how much it was, like 1200; paid back: -200.")
        view.do(lambda: view.store.entries.log(NewEntry(amount=amount, count=0, **said)))
        word = "received" if amount > 0 else "paid back"
        view.say(f"{money(abs(amount), currency)} {word}.")

    hint = "Enter saves · Tab next · ← → choose · a refund is negative: -200"
    view.ask(Form("Money received", fields, save, hint=hint))


def _followed(entry: EntryFact) -> int | None:
    """The entry that is paid for; of a payment, what that one paid for."""
    is_payment = entry.outcome is None and entry.follows is not None
    return entry.follows if is_payment else entry.id


def _told(entry: EntryFact, currency: str) -> str:
    """As `Foo GmbH, won, $1,200, 24 Nov 2026`; of an ask that waits, what paying makes of it."""
    parts = [
        shown(entry.contact or entry.activity or "money"),
        entry.outcome.words if entry.outcome is not None else "",
        money(entry.amount, currency) if entry.amount is not None else "",
        plain_day(entry.day),
    ]
    told = ", ".join(part for part in parts if part)
    return f"{told}: then won" if entry.is_open_ask else told
