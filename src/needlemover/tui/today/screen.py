"""Today: what must still be done, and how long you talked to buyers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.reactive import reactive

from ...clock import Clock
from ...domain.day import ONE_DAY
from ...domain.promises.commitment import ActivityFact, is_archived
from ...domain.today.snapshot import DaySnapshot
from ...text.format import from_day, quoted, short_day
from ...text.promises import over_words
from ..buyers.with_buyer import known_lines
from ..calls.day_log import DayLog
from ..calls.outcomes import QUESTION_KEYS
from ..kit.edges import KeyLine, Tabs
from ..kit.panel import Panel
from ..kit.panels import TextPanel
from ..kit.view import View
from . import later
from .call_next import CallNext
from .calls import Calls
from .checklist import Checklist
from .facts import Facts, TodayFacts
from .headline import AskLine, BlockLine, CallLine, Headline
from .keys import KEYS, CallBlocks, tick
from .rows import TodayPanels
from .strip import WeeksStrip
from .talking import Talking

_LONG_AWAY = 7  # after more days it opens with the question what slipped; else a key asks it


class TodayScreen(View[DaySnapshot]):
    """The view of a day, and the keys that work on it."""

    AUTO_FOCUS = "Checklist"
    BINDINGS = KEYS

    facts: reactive[TodayFacts | None] = reactive(None, repaint=False)
    asked_about: reactive[str] = reactive("", repaint=False, bindings=True)  # the call just ended

    def __init__(
        self, store: later.store.Store | None, clock: Clock, first: DaySnapshot | None, demo: bool
    ) -> None:
        self.shown: date | None = None  # the day looked at; None: today, also when a new one begins
        super().__init__(store, clock, first)
        self._demo = demo
        self._facts = Facts()
        self._used_on: date | None = None
        self._asks_at_once = False  # what slipped; else the first key does
        self._over: frozenset[int] | None = None  # activities over their limits at the last look
        self._list = Checklist(id="checklist")
        self._next = CallNext(id="next")
        self._panels: TodayPanels | None = None
        self._buyer: TextPanel[later.contact.BuyersSnapshot] | None = None  # where it has room
        self._log = DayLog(id="log")
        self._asks = AskLine(id="ask")
        self._weeks = WeeksStrip(id="weeks")
        self.calls = Calls(self, self._list, self._next, self._log)
        self.action_call, self.action_next = self.calls.call, self.calls.call_next
        self.action_back, self.action_let_go = self.calls.call_back, self.calls.let_go
        self.action_no_answer = self.calls.no_answer
        self.blocks = CallBlocks(self)

    def compose(self) -> ComposeResult:
        snapshot, facts = type(self).snapshot, TodayScreen.facts
        self._list.data_bind(facts=facts)
        self._next.data_bind(facts=facts)
        self._log.data_bind(facts=snapshot)
        talking = Talking(id="talking").data_bind(facts=facts)
        self._weeks.data_bind(facts=snapshot)
        self._panels = TodayPanels(self._list, talking, self._next, self._log, self._weeks)
        self.watch_facts(self.facts)  # before the first picture
        yield Tabs("today")
        yield Headline(is_demo=self._demo, id="headline").data_bind(facts=facts)
        yield CallLine(id="call").data_bind(facts=facts)
        yield BlockLine(id="block").data_bind(facts=facts)
        yield self._panels
        yield self._asks.data_bind(facts=snapshot)
        yield KeyLine(id="keys")

    def compute_facts(self) -> TodayFacts:
        return self._facts.at(self.snapshot, self.now, self.clock.zone(), self._log.asked_about)

    def watch_facts(self, facts: TodayFacts | None) -> None:
        if self._panels is not None and facts is not None:
            if self._panels.share(facts, self.app.size) and self._buyer is None:
                self._buyer = TextPanel("THE BUYER", known_lines, id="buyer")
                self._panels.add(self._buyer)
            if self._buyer is not None and self._buyer.display and self._store is not None:
                self.call_after_refresh(self._show_buyer)

    def _show_buyer(self) -> None:
        """Read what happened with the one under the cursor of CALL NEXT, or else the next one."""
        day, call = self.snapshot, self.calls.to_call_back
        if self._buyer is not None and call is not None:
            touches = self.store.entries.with_contact(call.buyer.contact.name, 20)
            self._buyer.facts = later.contact.BuyersSnapshot(
                day.today, day.settings, {}, (), buyer=call.buyer, touches=touches
            )

    def watch_snapshot(self, before: DaySnapshot, snapshot: DaySnapshot) -> None:
        is_new = before.day == snapshot.day and before.status != snapshot.status
        if is_new and snapshot.is_today and snapshot.status == "won":
            self.say(f"Day won. {snapshot.streak.current}-day streak.")

    def read(self) -> DaySnapshot:
        return self.store.day(self.shown, with_candidates=True)

    def reload(self) -> None:
        super().reload()
        if self._weeks.has_more:
            self._weeks.look_back(self.store.year())

    def begin(self) -> None:
        """Watch the clock and the other terminals; ask what must be asked first."""
        super().begin()
        self.watch_facts(self.facts)  # who is next is read, where there is room for it
        self.call_after_refresh(self._look_back)
        self._asks_at_once = self.store.days_away > _LONG_AWAY
        if not self.store.activities.all(archived=True):
            self.call_later(later.forms.propose_first, self)
        elif (news := self.store.offers.news()) is not None:
            self.call_later(later.entry_lists.tell_offers, self, news)
        elif self._asks_at_once or self.snapshot.running or self.snapshot.block:
            self.call_after_refresh(self.follow)

    def catch_up(self) -> None:
        """Show what is new also behind another view, as the timer is watched there too."""
        now = self.clock.real_now()
        moves = self.snapshot.running is not None or self.snapshot.block is not None
        if self.is_out_of_date(now):
            self.reload()
        elif self.is_in_front and (moves or now.minute != self.now.minute):
            self.now = now
        if not self.turns.is_writing:
            self.calls.watch_timer()
            self.blocks.watch(now, is_free=self.calls.is_free)
        if self._asks_at_once:
            self.call_later(self._begin_day)
        if self.snapshot.is_today:
            # An upper limit is said at once when it is over: by the timer, or by what was logged.
            over = self.snapshot.over_limits(now)
            before, self._over = self._over, frozenset(item.id for item in over)
            for item in over:
                if before is not None and item.id not in before and item.terms is not None:
                    self.say(over_words(item.name, item.terms), wrong=True)
            self.host.nudges.look(self.snapshot, now, self.clock, str(self.store.path))

    def show_day(self, day: date) -> None:
        self.shown = None if day == self.snapshot.today else day
        self.refresh_data()

    def on_key(self, event: events.Key) -> None:
        """Answer the question how a call ended."""
        if self.said_of and not self._does(event.key, "let_go"):
            self.said_of = ""
        if self._log.is_asking and (
            self._log.answer_with(event.key) or not self._does(event.key, "app.ask('park')")
        ):
            event.stop()

    async def on_turns_over(self) -> None:
        await self._begin_day()

    def on_day_log_asks(self) -> None:
        self.asked_about = self._log.asked_about

    @property
    def question_keys(self) -> Sequence[Binding]:
        return QUESTION_KEYS if self._log.is_asking else ()

    def _does(self, key: str, action: str) -> bool:
        active = self.active_bindings.get(key)
        return active is not None and active.binding.action == action

    async def _begin_day(self) -> None:
        """Begin a new day, unless there is something else to do: then a later key does it."""
        is_free = self.calls.is_free and not self.turns.is_writing
        if is_free and self.snapshot.running is None and self._used_on != self.snapshot.today:
            await self.turns.do(None, partial(self._ask_about_fall, self.snapshot.today))

    def _ask_about_fall(self, today: date) -> None:
        """Note that the day is used; offer to tell what was done on missed days."""
        fall = self.attempt(self.store.begin_use)
        self._used_on, self._asks_at_once = today, False
        if fall is not None and fall.days:
            later.missed_days.ask_about_fall(self, fall)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        snapshot = self.snapshot
        has_none = action == "tick" and not (snapshot.activities or snapshot.weekly)
        return None if has_none or self._log.is_asking else True

    def why_not(self, action: str) -> str:
        snapshot, in_log, in_next = self.snapshot, self._log.has_focus, self._next.has_focus
        match action.partition("(")[0]:
            case "tick" | "log" | "money" if snapshot.day > snapshot.today:
                return f"{short_day(snapshot.day, snapshot.today)} is still to come."
            case "tick" | "rank" | "archive" if in_log or in_next:
                return "This key works in the list: Tab goes there."
            case "edit" if in_next and not self._edits_call:
                return "This key works in the list and in the log: Tab goes there."
            case "delete" if not in_log:
                return self._works("in the log", self._log)
            case "back" if not (
                snapshot.is_talking or self.calls.to_call_back or (in_log and snapshot.entries)
            ):
                return self._works("on a row to call or in the log", self._log)
            case "let_go" if not self.calls.to_let_go:
                return self._works("on a row to call", self._next)
            case "pick" if not (in_log or in_next):
                return self._works("on a row to call or in the log", self._log)
            case "delete" | "pick" if in_log and not snapshot.entries:
                return "Nothing is logged on this day."
            case "delete" | "edit" | "back" if in_log and isinstance(self._log.current, tuple):
                return "Enter shows these calls: then this key works on each."
            case "next" if not snapshot.is_today:
                return "Today says who is next: t goes there."
            case "next" if not (snapshot.is_talking or self.calls.following):
                return "Nobody is to be called now: c starts a call."
            case "asks" if not snapshot.open_asks:
                return "No ask waits for an answer."
            case "answer" if not (snapshot.asks or self._asks.also):
                return "Nothing is asked about today."
            case "today" if snapshot.is_today:
                return "Today is shown already."
        return ""

    def _works(self, where: str, panel: Panel[Any, Any]) -> str:
        there = "Tab goes there" if panel.display else "a taller window shows it"
        return f"This key works {where}: {there}."

    def key_word(self, binding: Binding) -> str:
        running, current = self.snapshot.running, self._list.current
        match binding.id:
            case "next" if not self.snapshot.is_talking:
                return ""  # the line NEXT says it
            case "next":
                return "Note"
            case "call" if running is not None and running.is_sales:
                return "Hang up"
            case "call" if running is not None and running.kind == "problem":
                return "Stop"
            case "edit" if self._edits_call:
                return "Who"
            case "tick" if current is not None and current.activity.is_sales:
                return "Talked"
            case "tick" if current is not None:
                terms = current.terms
                if terms is not None and terms.seconds is not None:
                    return "Stop" if running and running.activity_id == current.id else "Time"
                if terms is not None and terms.count is not None:
                    return "One more"
                return "Untick" if current.progress.done else "Tick"
        return binding.description

    def _look_back(self) -> None:
        if self._store is not None and self._weeks.has_more:
            self.refresh_data()

    def on_resize(self, event: events.Resize) -> None:
        self.watch_facts(self._next.facts)
        self.call_after_refresh(self._look_back)
        self.refresh_bindings()

    def on_panel_moved(self) -> None:
        self.refresh_bindings()
        self.watch_facts(self._next.facts)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if isinstance(event.widget, Panel):
            self.refresh_bindings()

    async def on_panel_picked(self, event: Panel.Picked) -> None:
        """A second click does what the list is for."""
        await self.run_action("tick" if event.panel is self._list else "pick")

    def action_day(self, by: int) -> None:
        self.show_day(self.snapshot.day + by * ONE_DAY)

    def action_today(self) -> None:
        self.show_day(self.snapshot.today)

    def action_block(self) -> None:
        if self.calls.can_call():
            self.blocks.toggle()

    def action_tick(self) -> None:
        current = self._list.current
        if current is not None:
            tick(self, self.calls, current)

    def action_log(self) -> None:
        current = self._list.current if self._list.has_focus else None
        activity_id = current.id if current is not None else None
        later.entry_form.ask_entry(self, activity_id=activity_id, call=self.calls.chosen)

    def action_money(self) -> None:
        later.entry_form.ask_money(self, self._log.entry if self._log.has_focus else None)

    @property
    def _edits_call(self) -> bool:
        """Whether `e` names the running call: in the log too, while its line asks for the name."""
        running = self.snapshot.running
        if running is None or not running.is_sales:
            return False
        return not running.contact or not self._log.has_focus

    def action_edit(self) -> None:
        """Edit the entry or activity under the cursor, or name the running call."""
        running, current = self.snapshot.running, self._list.current
        if running is not None and self._edits_call:
            self.calls.name_contact(running)
        elif self._log.has_focus:
            if self._log.entry is not None:
                later.entry_form.ask_entry(self, entry=self._log.entry)
        else:
            self.action_add(current.activity if current is not None else None)

    def action_add(self, activity: ActivityFact | None = None) -> None:
        """Ask for an activity: a new one, or one as it is promised now."""
        later.forms.ask_activity(self, activity)

    def action_rank(self, by: int) -> None:
        current, other = self._list.current, self._list.beside(by)
        if current is not None and other is not None:
            place, rank = self._list.cursor + by, other.activity.rank
            if self.attempt(lambda: self.store.activities.edit(current.id, rank=rank)):
                self._list.cursor = place

    def action_archive(self) -> None:
        """Put an activity away, and say from when on."""
        current, archive = self._list.current, self.store.activities.archive
        done = self.attempt(lambda: archive(current.id)) if current is not None else None
        if done is not None:
            today, start = self.store.today, done.timeline[-1].start
            when = "" if is_archived(done.timeline, today) else f" {from_day(start, today)}"
            self.say(f"{quoted(done.name)} is archived{when}; u brings it back.", stays=True)

    def action_delete(self) -> None:
        entry, entries = self._log.entry, self.store.entries
        if entry is not None and self.attempt(lambda: entries.delete(entry.id)) is not None:
            self.say("Deleted; u brings it back.")

    def action_pick(self) -> None:
        """Show what happened with the contact before; open a run; edit an entry with no contact."""
        if self._log.has_focus and self._log.unfold():
            return
        if self.calls.name:
            later.entry_lists.show_contact(self, self.calls.name)
        elif self._log.entry is not None:
            later.entry_form.ask_entry(self, entry=self._log.entry)

    def action_asks(self) -> None:
        self.ask(later.entry_lists.AsksDialog(self))

    def action_answer(self) -> None:
        if self._asks.also is not None:
            self._asks.also[1]()
            return
        later.ledger.answer_first(self)
