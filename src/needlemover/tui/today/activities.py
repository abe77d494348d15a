"""What the keys of Today do with an activity; dialogs and the store are imported when used."""

from typing import Any

from ...domain.promises.commitment import is_archived
from ...domain.today.snapshot import ActivityDay, DaySnapshot
from ...text.format import from_day, quoted, short_day
from ..calls.logged import say_logged
from ..kit.view import View
from .calls import Calls


def tick(view: View[DaySnapshot], calls: Calls, current: ActivityDay) -> None:
    """Tick, count one more, time it, or ask how the call ended: what the activity asks for."""
    terms = current.terms
    if current.activity.is_sales:
        _log_conversation(view, calls, current)
    elif terms is not None and terms.seconds is not None:
        running = view.snapshot.running
        if not view.snapshot.is_today:
            from ..calls.entry_form import ask_entry

            ask_entry(view, activity_id=current.id)
        elif running is None:
            calls.start(current.id)
        elif running.activity_id == current.id:
            calls.hang_up()
        else:
            calls.hang_up(lambda: calls.start(current.id))
    elif terms is not None and terms.count is not None:
        view.attempt(lambda: view.store.entries.tick(current.id, view.snapshot.day))
    else:
        snapshot, entries = view.snapshot, view.store.entries
        has = any(entry.is_tick and entry.activity_id == current.id for entry in snapshot.entries)
        command = entries.untick if has else entries.tick
        done = view.attempt(lambda: command(current.id, snapshot.day))
        if has and done is not None:
            view.say(f"{quoted(current.name)} is no longer ticked; u ticks it again.")


def _log_conversation(view: View[DaySnapshot], calls: Calls, current: ActivityDay) -> None:
    snapshot, running = view.snapshot, view.snapshot.running
    if running is not None and running.activity_id == current.id and snapshot.is_today:
        calls.hang_up()
        return

    from ...store.calls.new_entry import NewEntry

    def save(**said: Any) -> None:
        new = NewEntry(current.id, snapshot.day, **said)
        form.ask_once("seconds", view.store.entries.doubt(new))
        propose_offer(view, form, said)
        say_logged(view, view.do(lambda: view.store.entries.log(new)))

    day = "" if snapshot.is_today else f", {short_day(snapshot.day, snapshot.today)}"
    from ..calls.entry_lists import propose_offer
    from ..calls.outcome_form import outcome_form

    form = outcome_form(view, f"{current.name}{day}", save)
    view.app.push_screen(form)


def archive(view: View[DaySnapshot], current: ActivityDay) -> None:
    """Put an activity away, and say from when on."""
    done = view.attempt(lambda: view.store.activities.archive(current.id))
    if done is not None:
        today, start = view.store.today, done.timeline[-1].start
        when = "" if is_archived(done.timeline, today) else f" {from_day(start, today)}"
        view.say(f"{quoted(done.name)} is archived{when}; u brings it back.", stays=True)
