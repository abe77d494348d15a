"""Today: what must still be done, and how long you talked to buyers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.reactive import reactive

from ...clock import Clock
from ...domain.day import ONE_DAY
from ...domain.today.snapshot import DaySnapshot
from ..calls.asking_log import AskingLog
from ..calls.call_line import CallFacts, CallLine
from ..calls.day_log import DayLog, LogFacts
from ..kit.ground import Panels
from ..kit.keys import KeyLine
from ..kit.list_panel import ListPanel
from ..kit.view import HISTORY_KEY, LAST_KEYS, PARK_KEY, UNDO_KEY
from ..views import VIEW_KEYS
from . import facts
from .ask_line import AskLine
from .checklist import Checklist, ChecklistFacts
from .headline import Headline, HeadlineFacts
from .problem_actions import ProblemActions
from .strip import StripFacts, WeeksStrip
from .talking import Buyers, BuyersFacts

if TYPE_CHECKING:
    from ...store.store import Store


class TodayScreen(ProblemActions):
    """The view of a day, and the keys that work on it."""

    AUTO_FOCUS = "Checklist"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "call", "Call", id="call", tooltip="Start a call, or hang up"),
        Binding("l", "log", "Log", id="log", tooltip="Log a call or time that already happened"),
        Binding("x", "no_answer", "No answer", id="no_answer",
                tooltip="Count a call that nobody answered"),
        Binding("space", "tick", "Tick", id="tick", tooltip="Tick, count or time the activity"),
        PARK_KEY,
        UNDO_KEY,
        *VIEW_KEYS,
        Binding("e", "edit", "Edit", id="edit", tooltip="Edit the activity, entry or running call"),
        Binding("left", "day(-1)", "Day", id="day_before", key_display="←",
                tooltip="Show the day before"),
        Binding("right", "day(1)", "Day", id="day_after", key_display="→",
                tooltip="Show the day after"),
        Binding("dollar_sign", "money", "Money", id="money", key_display="$",
                tooltip="Log money; on an entry of the log: a payment or refund"),
        Binding("a", "add", "Add", id="add", tooltip="Add a non-negotiable"),
        Binding("s", "asks", "Asks", id="asks", tooltip="Settle asks that wait for an answer"),
        Binding("A", "answer", "Answer", id="answer",
                tooltip="Answer whether to hand over what you are asked about today"),
        Binding("d,delete", "delete", "Delete", id="delete", tooltip="Delete the entry"),
        Binding("U", "redo", "Redo", id="redo", tooltip="Redo what was undone"),
        HISTORY_KEY,
        Binding("enter", "pick", "Contact", id="pick",
                tooltip="Show what happened with the contact before"),
        Binding("t", "today", "Today", id="today", tooltip="Go back to today"),
        Binding("K", "rank(-1)", "Rank up", id="rank_up", show=False,
                tooltip="Rank the activity higher"),
        Binding("J", "rank(1)", "Rank down", id="rank_down", show=False,
                tooltip="Rank the activity lower"),
        Binding("z", "archive", "Archive", id="archive", show=False,
                tooltip="Put the activity away"),
        Binding("down,j", "move(1)", "Down", id="down", show=False, tooltip="Move down"),
        Binding("up,k", "move(-1)", "Up", id="up", show=False, tooltip="Move up"),
        Binding("tab", "app.focus_next", "Next list", id="next_list", show=False,
                tooltip="Go to the other list"),
        *LAST_KEYS,
    ]  # fmt: skip

    headline: reactive[HeadlineFacts | None] = reactive(None, repaint=False)
    checklist: reactive[ChecklistFacts | None] = reactive(None, repaint=False)
    buyers: reactive[BuyersFacts | None] = reactive(None, repaint=False)
    log_of_day: reactive[LogFacts | None] = reactive(None, repaint=False)
    weeks: reactive[StripFacts | None] = reactive(None, repaint=False)
    question: reactive[str] = reactive("", repaint=False)
    call: reactive[CallFacts | None] = reactive(None, repaint=False)
    next_thing: reactive[str] = reactive("", repaint=False)

    def __init__(
        self,
        store: Store | None,
        clock: Clock,
        *,
        demo: bool = False,
        first: DaySnapshot | None = None,
    ) -> None:
        super().__init__(store, clock, first)
        self._demo = demo
        self._used_on: date | None = None

    def compose(self) -> ComposeResult:
        """The panels, each bound to its facts."""
        yield Headline(id="headline").data_bind(facts=TodayScreen.headline)
        with Panels(id="panels"):
            yield Checklist(id="checklist").data_bind(facts=TodayScreen.checklist)
            yield Buyers(id="buyers").data_bind(facts=TodayScreen.buyers)
            yield AskingLog(id="log").data_bind(facts=TodayScreen.log_of_day)
            yield WeeksStrip(id="weeks").data_bind(facts=TodayScreen.weeks)
        yield AskLine(id="ask").data_bind(question=TodayScreen.question)
        yield CallLine(id="call").data_bind(
            facts=TodayScreen.call, next_thing=TodayScreen.next_thing
        )
        yield KeyLine(id="keys")

    def begin(self) -> None:
        """Watch the clock and the other terminals; ask what must be asked first."""
        super().begin()
        snapshot = self.snapshot
        if snapshot and not self.store.activities.all(archived=True):
            self.call_later(self.open_first_opening)
        elif snapshot and snapshot.running:
            self.call_after_refresh(self.look_after_timer)

    def compute_headline(self) -> HeadlineFacts | None:
        """The day, the streak, how long the day lasts."""
        if self.snapshot is None or self.now is None:
            return None
        return facts.headline_facts(self.snapshot, self.now, self.clock.zone(), demo=self._demo)

    def compute_checklist(self) -> ChecklistFacts | None:
        """The ranked activities."""
        if self.snapshot is None or self.now is None:
            return None
        return facts.checklist_facts(self.snapshot, self.now, self.clock.zone())

    def compute_buyers(self) -> BuyersFacts | None:
        """Minutes and conversations."""
        if self.snapshot is None or self.now is None:
            return None
        return facts.buyers_facts(self.snapshot, self.now, self.clock.zone())

    def compute_log_of_day(self) -> LogFacts | None:
        """The entries of the day."""
        return facts.log_facts(self.snapshot) if self.snapshot else None

    def compute_weeks(self) -> StripFacts | None:
        """The last twelve weeks."""
        return facts.strip_facts(self.snapshot) if self.snapshot else None

    def compute_question(self) -> str:
        """What is asked about the problems of today."""
        return facts.question(self.snapshot) if self.snapshot else ""

    def compute_call(self) -> CallFacts | None:
        """The running call."""
        if self.snapshot is None or self.now is None:
            return None
        return facts.call_facts(self.snapshot, self.now)

    def compute_next_thing(self) -> str:
        """What is to be done next."""
        return facts.next_thing(self.snapshot) if self.snapshot else ""

    def watch_snapshot(self, before: DaySnapshot | None, snapshot: DaySnapshot | None) -> None:
        """Say it once when the day is won."""
        if before is None or snapshot is None or before.day != snapshot.day:
            return
        if snapshot.is_today and snapshot.status != before.status and snapshot.status == "won":
            self.say(f"Day won. {snapshot.streak.current}-day streak.")

    def on_key(self, event: events.Key) -> None:
        """Answer the question how a call ended; the first key of a day asks about missed ones."""
        if self.is_asking:
            active = self.active_bindings.get(event.key)
            if active is None or active.binding.action != "park":
                event.stop()
                self.query_one(AskingLog).answer_with(event.key)
        elif self.snapshot is not None and self._used_on != self.snapshot.today:
            # Behind the key itself, which is still on its way: it does its work first.
            self.app.call_later(self.app.call_later, self.begin_day)

    def begin_day(self) -> None:
        """Note that the day is used; offer to tell what was done on missed days."""
        snapshot = self.snapshot
        if snapshot is None or snapshot.running is not None or not self.is_free:
            return
        if self._used_on == snapshot.today:
            return
        self._used_on = snapshot.today
        missed = self.attempt(self.store.days.begin_use)
        if missed:
            self.open_missed_days(missed)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide or dim what a key cannot do now."""
        snapshot = self.snapshot
        if snapshot is None:
            return True
        if self.is_asking:
            return True if action == "park" else None
        log_has_focus = isinstance(self.focused, DayLog)
        match action:
            case "today":
                return not snapshot.is_today
            case "delete" | "pick":
                return log_has_focus and bool(snapshot.entries)
            case "answer":
                return bool(snapshot.asks)
            case "asks":
                return snapshot.open_asks > 0
            case "tick":
                return None if not (snapshot.activities or snapshot.weekly) else True
        return True

    def key_word(self, binding: Binding) -> str:
        """The word for what a key would do now."""
        snapshot, current = self.snapshot, self.query_one(Checklist).current
        if snapshot is None:
            return binding.description
        running = snapshot.running
        in_log = isinstance(self.focused, DayLog)
        match binding.id:
            case "call" if running is not None:
                return "Hang up" if running.is_sales else "Stop"
            case "edit" if running is not None and running.is_sales and not in_log:
                return "Who"
            case "tick" if current is not None and not current.activity.is_sales:
                terms = current.terms
                if terms is not None and terms.seconds is not None:
                    return "Stop" if running and running.activity_id == current.id else "Time"
                if terms is not None and terms.count is not None:
                    return "One more"
                return "Untick" if current.progress.done else "Tick"
            case "tick" if current is not None:
                return "Talked"
        return binding.description

    def on_list_panel_moved(self) -> None:
        """The keys do other things with another item."""
        self.refresh_bindings()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The keys do other things in another list."""
        if isinstance(event.widget, ListPanel):
            self.refresh_bindings()

    def on_list_panel_picked(self, event: ListPanel.Picked) -> None:
        """A second click does what the list is for."""
        if event.again:
            if isinstance(event.panel, Checklist):
                self.action_tick()
            else:
                self.action_pick()

    def on_weeks_strip_day_picked(self, event: WeeksStrip.DayPicked) -> None:
        """A click in the weeks shows that day."""
        self.show_day(event.day)

    def action_day(self, by: int) -> None:
        """Look at the day before or after."""
        if self.snapshot is not None:
            self.show_day(self.snapshot.day + by * ONE_DAY)

    def action_today(self) -> None:
        """Look at today again."""
        self.shown = None
        self.attempt(lambda: None)
