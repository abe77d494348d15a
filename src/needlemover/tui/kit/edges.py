"""The lines at the edges of a view: its title, and the keys, the most used where room is little."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, cast

from msgspec import Struct
from textual.screen import Screen

from ..views import VIEWS
from .lines import Line, Span, length
from .panel import Panel
from .view import View


class TitleLine(Panel[Sequence[Line], None]):
    """One line: of several, the first for which there is room, or else the last."""

    def lines(self, facts: Sequence[Line], width: int, height: int) -> Sequence[Line]:
        fitting = (line for line in facts if length(line.left) + length(line.right) + 2 <= width)
        return (next(fitting, facts[-1]),)


class Tabs(Panel[str, None]):
    """The views in one line over the head line, where a window is tall; a click goes to one."""

    def __init__(self, here: str) -> None:
        """Take the name of the view in which it stands."""
        super().__init__(here, id="tabs")

    def _tabs(self, here: str, width: int) -> Sequence[Sequence[Span]]:
        """The key and the name of each; in little room only the one that is shown has its name."""
        bindings = (each.binding for each in cast("View[Any]", self.screen).all_bindings.values())
        keys = {each.id: self.app.get_key_display(each) for each in bindings}
        found: list[Sequence[Span]] = []
        for place in VIEWS:
            key, name = keys.get(f"view_{place.name}", ""), f" {place.name.capitalize()}"
            if place.name == here:
                found.append((("‹", "accent"), (key + name, "strong"), ("› ", "accent")))
            else:
                found.append(((f" {key}", "accent"), (name * (width >= _TABS) + "  ", "muted")))
        return found

    def lines(self, facts: str, width: int, height: int) -> Sequence[Line]:
        return (Line(tuple(chain.from_iterable(self._tabs(facts, width)))),)

    async def click(self, x: int, y: int) -> None:
        for place, tab in zip(VIEWS, self._tabs(self.facts or "", self.size.width), strict=True):
            if 0 <= x < length(tab):
                await self.screen.run_action(f"view('{place.name}')")
            x -= length(tab)


_TABS = 60  # columns from which on all tabs have their names
# What never gives way.
_ALWAYS = ("view('today')", "app.settings", "help", "app.quit")
_WIDE = 100  # from so many columns on there is room for their words
_GAP = ("  ", "text", "")


class KeyWord(Struct, frozen=True):
    """Keys and the word that they share; each is clicked for its own action."""

    keys: Sequence[tuple[str, str]]  # with their actions
    word: str
    dimmed: bool = False

    @property
    def action(self) -> str:
        """What its first key does."""
        return self.keys[0][1]

    @property
    def spans(self) -> Sequence[tuple[str, str, str]]:
        """Its texts and the gap, each with its ink and action; a word of several keys has none."""
        found, only = [], self.action if len(self.keys) == 1 else ""
        for key, action in self.keys:
            found += [(key, "muted" if self.dimmed else "accent", action), (" ", "text", only)]
        return [*found, (self.word, "muted", only), _GAP] if self.word else [*found[:-1], _GAP]


class KeyLine(Panel[Sequence[KeyWord], None]):
    """One line of keys. A click on one presses it."""

    _is_behind = False
    """Whether it takes other words after the next picture."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def _follow(self, _: Screen[object]) -> None:
        # After the picture: what the key did is seen sooner than what it would do now.
        if not self._is_behind:
            self._is_behind = True
            self.call_after_refresh(self._take_words)

    def _take_words(self) -> None:
        self._is_behind = False
        if self.is_attached:
            self.facts = tuple(_words(cast("View[Any]", self.screen)))

    def lay_out(self) -> None:
        """Lay the keys out; for the first picture it is found out what they do."""
        if self.size and self.facts is None:
            self.set_reactive(type(self).facts, tuple(_words(cast("View[Any]", self.screen))))
        super().lay_out()

    def _spans(self, facts: Sequence[KeyWord], width: int) -> list[tuple[str, str, str]]:
        """As many as fit, in their order; in little room those that never give way have no word."""
        always = [word for action in _ALWAYS for word in facts if word.action == action]
        if width < _WIDE and always:
            always = [KeyWord([key for word in always for key in word.keys], "")]
        last = [span for word in always for span in word.spans]
        spans: list[tuple[str, str, str]] = []
        for word in facts:
            # The last one needs no gap after it.
            room = width + len(_GAP[0]) - sum(len(text) for text, *_ in (*spans, *last))
            if word.action not in _ALWAYS and sum(len(text) for text, *_ in word.spans) <= room:
                spans += word.spans
        return [*spans, *last]

    def lines(self, facts: Sequence[KeyWord], width: int, height: int) -> Sequence[Line]:
        return (Line(tuple((text, ink) for text, ink, _ in self._spans(facts, width)[:-1])),)

    async def click(self, x: int, y: int) -> None:
        for text, _, action in self._spans(self.facts or (), self.size.width):
            if 0 <= x < len(text) and action:
                await self.screen.run_action(action)
            x -= len(text)


def _words(view: View[Any]) -> Iterator[KeyWord]:
    """A word for each action; actions of one word, such as the days, share it."""
    for asked in view.question_keys:
        press = f"app.simulate_key('{asked.key}')" if asked.key else ""
        yield KeyWord([(asked.key_display or asked.key, press)], asked.description)
    shown: dict[str, tuple[dict[str | None, tuple[str, str]], bool]] = {}
    for active in () if view.question_keys else view.active_bindings.values():
        binding = active.binding
        if word := view.key_word(binding) if binding.show else "":
            keys, _ = shown.setdefault(word, ({}, not active.enabled))
            action = binding.action if active.enabled else ""
            keys.setdefault(binding.id, (view.app.get_key_display(binding), action))
    for word, (keys, dimmed) in shown.items():
        yield KeyWord([*keys.values()], word, dimmed)
