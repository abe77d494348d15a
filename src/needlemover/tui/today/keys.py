"""The keys of Today, and what they do with an activity and with the call block."""

from datetime import datetime
from functools import partial
from typing import Any

from textual.binding import BindingType

from ...domain.calls.entry import Block
from ...domain.today.snapshot import ActivityDay, DaySnapshot
from ...text.calls import brought_words
from ...text.format import quoted, short_day
from ..calls.day_log import say_logged
from ..kit.view import View
from ..views import HISTORY_KEY, LAST_KEYS, MOVE_KEYS, PARK_KEY, UNDO_KEY, VIEW_KEYS, key
from . import later
from .calls import HEARTBEAT, Calls

KEYS: list[BindingType] = [
    key("c", "call", "Call", "Start a call, or hang up"),
    key("n", "next", "Next", "Call the next one; while a call runs, write a note on it"),
    key("l", "log", "Log", "Log a call or time that already happened"),
    key("x", "no_answer", "No answer", "Count a call that nobody answered"),
    key("space", "tick", "Tick", "Tick, count or time the activity"),
    key("b", "back", "Back on", "Say when to call again"),
    PARK_KEY,
    UNDO_KEY,
    *VIEW_KEYS,
    key("B", "block", "Block", "Begin a call block, or end the one that is open"),
    key("e", "edit", "Edit", "Edit the activity, entry or running call"),
    key("left", "day(-1)", "Day", "Show the day before", id="day_before"),
    key("right", "day(1)", "Day", "Show the day after", id="day_after"),
    key("dollar_sign", "money", "Money", "Log money; on an entry of the log: a payment or refund"),
    key("a", "add", "Add", "Add a non-negotiable"),
    key("s", "asks", "Asks", "Settle asks that wait for an answer"),
    key("A", "answer", "Answer", "Answer what you are asked about at the foot of Today"),
    key("d,delete", "delete", "Delete", "Delete the entry"),
    key("U", "redo", "Redo", "Redo what was undone"),
    HISTORY_KEY,
    key("L", "let_go", "Let go", "Let go of whom nobody reaches"),
    key("enter", "pick", "Contact", "Show what happened with them before"),
    key("t", "today", "Today", "Go back to today"),
    key("K", "rank(-1)", "Rank up", "Rank the activity higher", id="rank_up", show=False),
    key("J", "rank(1)", "Rank down", "Rank the activity lower", id="rank_down", show=False),
    key("z", "archive", "Archive", "Put the activity away", show=False),
    *MOVE_KEYS,
    key("tab", "app.focus_next", "Next list", "Go to the other list", id="next_list", show=False),
    *LAST_KEYS,
]


def tick(view: View[DaySnapshot], calls: Calls, current: ActivityDay) -> None:
    """Tick, count one more, time it, or ask how the call ended: what the activity asks for."""
    terms = current.terms
    if current.activity.is_sales:
        _log_conversation(view, calls, current)
    elif terms is not None and terms.seconds is not None:
        running = view.snapshot.running
        if not view.snapshot.is_today:
            later.entry_form.ask_entry(view, activity_id=current.id)
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

    def save(**said: Any) -> None:
        new = later.new_entry.NewEntry(current.id, snapshot.day, **said)
        form.ask_once("seconds", view.store.entries.doubt(new))
        later.entry_lists.propose_offer(view, form, said)
        say_logged(view, view.do(lambda: view.store.entries.log(new)))

    day = "" if snapshot.is_today else f", {short_day(snapshot.day, snapshot.today)}"
    form = view.ask(later.outcome_form.outcome_form(view, f"{current.name}{day}", save))


_USUAL = 50 * 60  # seconds of the first block, unless said otherwise


class CallBlocks:
    """What the key does, and the end of a block."""

    def __init__(self, view: View[DaySnapshot]) -> None:
        self._view = view
        self._seen_at: datetime | None = None
        self._asked_about: datetime | None = None

    def toggle(self) -> None:
        """Ask how long a block is to last, or end the one that is open."""
        block = self._view.snapshot.block
        if block is not None:
            is_over = self._view.clock.now() >= block.ends_at
            self._finish(block) if is_over else self._end(block)
            return
        view, blocks = self._view, self._view.store.blocks
        usual = blocks.last_planned() or _USUAL

        def read(typed: str) -> int:
            until = later.days.parse_until(typed, view.clock.now().astimezone(view.clock.zone()))
            return later.values.parse_seconds(typed) if until is None else until

        def begin(planned: int) -> None:
            view.do(lambda: blocks.start(planned))
            self._seen_at = view.clock.now()

        placeholder = f"{usual // 60}, or until 10:00"
        field = later.fields.text_field(
            "planned", "How long", placeholder=placeholder, read=read, blank=usual
        )
        hint = "Enter begins it: minutes, or until a time"
        view.ask(later.form.Form("Call block", [field], begin, save_word="Begin", hint=hint))

    def watch(self, now: datetime, *, is_free: bool) -> None:
        """End a block whose time is over, unless a call goes on; ask about one left alone."""
        view, block = self._view, self._view.snapshot.block
        if block is None:
            return
        if now < block.ends_at:
            if self._seen_at is None or (now - self._seen_at).total_seconds() >= HEARTBEAT:
                self._seen_at = now
                view.call_later(view.turns.do, None, partial(view.attempt, view.store.blocks.seen))
        elif self._asked_about != block.started_at and is_free and not view.snapshot.is_talking:
            self._asked_about = block.started_at
            self._finish(block)

    def _finish(self, block: Block) -> None:
        """End one whose time is over as planned, or ask when it ended where nobody saw it."""
        view = self._view
        found = view.store.blocks.last_seen()
        if not block.was_left(found):
            self._end(block, block.ends_at)
            return
        last_seen = found or block.started_at

        def clock(moment: datetime) -> str:
            return f"{moment.astimezone(view.clock.zone()):%H:%M}"

        discard = partial(view.store.blocks.discard, block.started_at)
        question = later.dialog.Question(
            f"A call block was left open since {clock(block.started_at)}",
            ["It fills no quota: only what blocks bring is counted."],
            [("1", f"It ended as planned, {clock(block.ends_at)}",
              lambda: self._end(block, block.ends_at)),
             ("2", f"It ended when last seen, {clock(last_seen)}",
              lambda: self._end(block, last_seen)),
             ("3", "It ends now", lambda: self._end(block)),
             ("4", "Discard it", lambda: view.do(discard))],
            leave="Esc  Ask me later",
        )  # fmt: skip
        view.ask(question)

    def _end(self, block: Block, at: datetime | None = None) -> None:
        view = self._view

        def end() -> None:
            done = view.attempt(lambda: view.store.blocks.end(block.started_at, at))
            if done is not None:
                view.say(brought_words(*done), stays=True)

        view.call_later(view.turns.do, lambda: "Ending the block", end)
