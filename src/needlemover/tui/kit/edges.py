"""The lines at the edges of a view: its title, and the keys, the most used where room is little."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from msgspec import Struct
from textual.screen import Screen

from ..views import VIEWS
from .lines import Line, length
from .panel import F, Panel
from .view import View


class TitleLine(Panel[Sequence[Line], None]):
    """One line: of several, the first for which there is room, or else the last."""

    def lines(self, facts: Sequence[Line], width: int, height: int) -> Sequence[Line]:
        fitting = (line for line in facts if length(line.left) + length(line.right) + 2 <= width)
        return (next(fitting, facts[-1]),)


Text = tuple[str, str, str]  # with its ink, and the action that a click on it does


class TextLine(Panel[F, None]):
    """One line of texts, each clicked for its own action."""

    def texts(self, facts: F, width: int) -> Sequence[Text]:
        """They stand one after the other."""
        raise NotImplementedError

    def lines(self, facts: F, width: int, height: int) -> Sequence[Line]:
        return (Line(tuple((text, ink) for text, ink, _ in self.texts(facts, width))),)

    async def click(self, x: int, y: int) -> None:
        for text, _, action in self.texts(self.facts, self.size.width) if self.facts else ():
            if 0 <= x < len(text) and action:
                await self.screen.run_action(action)
            x -= len(text)


class Tabs(TextLine[str]):
    """The views, over the head line of a tall window; in little room only its own has a name."""

    def __init__(self, here: str) -> None:
        super().__init__(here, id="tabs")

    def texts(self, facts: str, width: int) -> Sequence[Text]:
        bindings = (each.binding for each in cast("View[Any]", self.screen).all_bindings.values())
        keys = {each.id: self.app.get_key_display(each) for each in bindings}
        found: list[Text] = []
        for name in VIEWS:
            action, key = f"view('{name}')", keys.get(f"view_{name}", "")
            word = f" {name.capitalize()}" * (name == facts or width >= _TABS)
            if name == facts:
                found += [("‹", "accent", action), (key + word, "strong", action)]
            else:
                found += [(f" {key}", "accent", action), (word, "muted", action)]
            found.append(("› " if name == facts else "  ", "accent", action))
        return found


# What never gives way.
_ALWAYS = ("view('today')", "app.ask('settings')", "help", "app.quit")
_WIDE, _TABS = 100, 60  # columns from which on there is room for the words of keys, and of tabs
_GAP: Text = ("  ", "text", "")


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
    def texts(self) -> Sequence[Text]:
        """Its texts and the gap, each with its ink and action; a word of several keys has none."""
        found, only = [], self.action if len(self.keys) == 1 else ""
        for key, action in self.keys:
            found += [(key, "muted" if self.dimmed else "accent", action), (" ", "text", only)]
        return [*found, (self.word, "muted", only), _GAP] if self.word else [*found[:-1], _GAP]


class KeyLine(TextLine[Sequence[KeyWord]]):
    """One line of keys. A click on one presses it."""

    _is_behind = False  # whether it takes other words after the next picture

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

    def texts(self, facts: Sequence[KeyWord], width: int) -> Sequence[Text]:
        """As many as fit, in their order; in little room those that never give way have no word."""
        always = [word for action in _ALWAYS for word in facts if word.action == action]
        if width < _WIDE and always:
            always = [KeyWord([key for word in always for key in word.keys], "")]
        last = [text for word in always for text in word.texts]
        found: list[Text] = []
        for word in facts:
            # The last one needs no gap after it.
            room = width + len(_GAP[0]) - sum(len(text) for text, *_ in (*found, *last))
            if word.action not in _ALWAYS and sum(len(text) for text, *_ in word.texts) <= room:
                found += word.texts
        return [*found, *last][:-1]


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
