"""The palette: every action of every view, found by its words and by others that people type."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from msgspec import Struct
from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from .views import VIEWS, keys_of, pressed_for

# What has no key, most of it with all data: its title, what it does, the action, and other words.
_ANYWHERE = (
    ("Import calls", "Bring in calls, time, habits or buyers from a file", "ask('import_file')",
     "csv excel spreadsheet load data hubspot salesforce aircall upload leads list"),
    ("Export all data", "Write all of it into one file, as JSON or CSV", "ask('export')",
     "csv json zip excel spreadsheet save file download share"),
    ("Back up now", "Make today's backup anew and check it", "ask('back_up')",
     "backup save copy archive safe"),
    ("Go back to a backup", "Choose one of the backups", "ask('restore')",
     "restore recover backup old revert"),
    ("Check the data", "Look whether the file is whole and keeps the rules", "ask('check_data')",
     "damage repair integrity verify file"),
    ("What came from other machines", "See what sync changed here, take a value back",
     "ask('sync_log')", "sync synchronise log conflicts laptop desktop merged overridden device"),
    ("Theme", "Change the colours", "ask('settings', 'theme')",
     "color colour dark light look appearance mode"),
)  # fmt: skip
_WORDS = {
    "view_today": "home checklist day main start",
    "view_progress": "streak calendar history chart statistics stats quota pace year weeks",
    "view_numbers": "statistics stats funnel report rates returns revenue money earn conversion",
    "view_delegate": "problems parked outsource hire assistant worth",
    "view_buyers": "contacts people customers leads prospects clients phone list crm",
    "call": "dial phone ring talk start stop hang hangup outcome timer",
    "next": "who whom dial list queue",
    "log": "add entry time call record enter past",
    "no_answer": "unanswered dial voicemail missed busy",
    "tick": "done check complete count untick mark",
    "back": "callback later remind reminder schedule appointment meeting follow followup snooze",
    "park": "problem idea task todo later inbox distraction",
    "undo": "revert back mistake",
    "redo": "again",
    "history": "changes journal undo log",
    "block": "focus pomodoro hour session",
    "edit": "change rename correct modify promise quota schedule commitment",
    "money": "payment revenue income refund invoice paid earn sale price amount",
    "add": "new create activity habit non-negotiable task",
    "asks": "offers pending open won lost settle proposals deals",
    "delete": "remove entry",
    "archive": "remove hide retire activity stop delete",
    "rank_up": "order priority sort",
    "rank_down": "order priority sort",
    "help": "keys shortcuts keyboard manual ? tutorial",
    "quit": "exit close leave end stop",
    "day_before": "yesterday past",
    "day_after": "tomorrow",
    "today": "now",
    "review": "weekly monthly summary retrospective report",
    "off": "holiday vacation sick leave pause break free day days travel",
    "work_again": "cancel return",
    "note": "reason missed comment",
    "goal": "target revenue money income",
    "window": "period range days filter",
    "dates": "period range from until filter",
    "hour": "worth rate salary income wage",
    "weigh": "delegate hire outsource hand over",
    "find": "search filter look name contact",
    "merge": "duplicates join combine",
    "never": "block do not call donotcall dnc blacklist unsubscribe stop",
    "copy_phone": "number clipboard",
    "dial": "phone tel number",
    "settings": "settings currency euro dollar preferences options config notification "
    "notifications nudge bell reminder working hours day week retry cap time first timezone remap "
    "keymap boundary midnight",
}  # other words for an action, by its id


class Action(Struct, frozen=True):
    """What can be done, and how it is found."""

    title: str
    explained: str
    words: str  # others that people type for it
    run: Callable[[], object]

    def fits(self, typed: str) -> float:
        """How well it fits what is typed: 1 by its title, less by other words; 0: not at all."""
        typed_words = typed.casefold().split()
        for text, score in ((self.title, 1.0), (self.words, 0.9), (self.explained, 0.5)):
            if _has_all(text, typed_words):
                return score
        return 0.3 if _has_all(f"{self.title} {self.words} {self.explained}", typed_words) else 0.0


def _has_all(text: str, typed: Sequence[str]) -> bool:
    """Whether each word that is typed begins a word of the text, or is one with an ending."""
    known = re.findall(r"[\w$?-]+", text.casefold())
    forms = [*known, *(word + end for word in known if len(word) > 3 for end in "sdr")]
    return all(any(form.startswith(begun) for form in forms) for begun in typed)


class Actions(Provider):
    """Finds the actions of the view in front first, then those of the others."""

    app: Any  # ours, which imports this

    async def discover(self) -> Hits:
        for action in self.here():
            yield DiscoveryHit(action.title, action.run, help=action.explained)

    async def search(self, query: str) -> Hits:
        actions = [*self.here(), *sorted(self._elsewhere(), key=lambda action: len(action.title))]
        for action in actions:
            if score := action.fits(query):
                yield Hit(score, Content(action.title), action.run, help=action.explained)

    def here(self) -> Iterator[Action]:
        """What the keys of the screen do now, and what concerns the data as a whole."""
        screen, app = self.screen, self.app
        seen = set()
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.id and binding.id not in seen and active.enabled:
                seen.add(binding.id)
                key = f"key {app.get_key_display(binding)}"
                run = partial(screen.call_later, screen.run_action, binding.action)
                yield _action(binding, key, run)
        for title, explained, action, words in _ANYWHERE:
            run = partial(screen.call_later, screen.run_action, f"app.{action}")
            yield Action(title, explained, words, run)

    def _elsewhere(self) -> Iterator[Action]:
        """What only another view does, which is shown first, or this one not just now."""
        known = {active.binding.id for active in self.screen.active_bindings.values()}
        for view in VIEWS:
            for binding in keys_of(view):
                if binding.id not in known:
                    known.add(binding.id)
                    pressed = " ".join(pressed_for(binding, self.app.config.keys))
                    where = f"key {pressed} in {view.title()}"
                    yield _action(binding, where, partial(self._go_and_do, view, binding.action))

    def _go_and_do(self, view: str, action: str) -> None:
        if not action.startswith("app."):  # which is done over any view
            self.app.show_view(view)
        screen = self.app.view
        screen.call_later(screen.run_action, action)


def _action(binding: Binding, where: str, run: Callable[[], object]) -> Action:
    title = binding.tooltip or binding.description
    return Action(title, where, f"{binding.description} {_WORDS.get(binding.id or '', '')}", run)
