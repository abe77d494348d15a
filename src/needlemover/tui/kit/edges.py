"""The lines at the edges of a view: its title, and the keys, the most used where room is little."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from msgspec import Struct
from textual.binding import Binding
from textual.screen import Screen

from .lines import Line, Span, length
from .panel import Panel
from .view import View


class TitleLine(Panel[Sequence[Line], None]):
    """One line: of several, the first for which there is room, or else the last."""

    def lines(self, facts: Sequence[Line], width: int, height: int) -> Sequence[Line]:
        fitting = (line for line in facts if length(line.left) + length(line.right) + 2 <= width)
        return (next(fitting, facts[-1]),)


_WIDE = 100  # from so many columns on there is room for quit
_LAST = ("view('today')", "help", "app.quit")
_GAP = 2


class KeyWord(Struct, frozen=True):
    """A key, its word, and what it does."""

    keys: str
    word: str
    action: str
    dimmed: bool

    @property
    def width(self) -> int:
        """In cells, with the gap after it."""
        return len(self.keys) + 1 + len(self.word) + _GAP


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

    def _fitting(self, facts: Sequence[KeyWord], width: int) -> list[KeyWord]:
        """As many as fit, in their order; all give way to the views, to help, and to quit."""
        always = _LAST if width >= _WIDE else _LAST[:-1]
        last = [word for word in facts if word.action in always]
        # The last one needs no gap after it.
        room = width - 1 + _GAP - sum(word.width for word in last)
        found = []
        for word in facts:
            if word.action not in _LAST and word.width <= room:
                room -= word.width
                found.append(word)
        return found + last

    def lines(self, facts: Sequence[KeyWord], width: int, height: int) -> Sequence[Line]:
        spans: list[Span] = []
        for word in self._fitting(facts, width):
            spans += [
                (" " * (_GAP if spans else 1), "text"),
                (word.keys, "muted" if word.dimmed else "accent"),
                (f" {word.word}", "muted"),
            ]
        return (Line(tuple(spans)),)

    async def click(self, x: int, y: int) -> None:
        place = 1
        for word in self._fitting(self.facts or (), self.size.width):
            if place <= x < place + word.width - 1:
                if not word.dimmed:
                    await self.screen.run_action(word.action)
                return
            place += word.width


def _words(view: View[Any]) -> Iterator[KeyWord]:
    """A word for each action; actions of one word, such as the days, share it."""
    shown: dict[str, tuple[Binding, dict[str | None, str], bool]] = {}
    for key in view.question_keys:
        press = f"app.simulate_key('{key.key}')"
        yield KeyWord(key.key_display or key.key, key.description, press, dimmed=False)
    for active in () if view.question_keys else view.active_bindings.values():
        binding = active.binding
        word = view.key_word(binding) if binding.show else ""
        if not word:
            continue
        _, keys, _ = shown.setdefault(word, (binding, {}, not active.enabled))
        keys.setdefault(binding.id, view.app.get_key_display(binding))
    for word, (binding, keys, dimmed) in shown.items():
        pressed = [*keys.values()]
        is_run = len(pressed) > 2 and all(map(str.isdecimal, pressed))
        said = f"{pressed[0]}–{pressed[-1]}" if is_run else " ".join(pressed)
        yield KeyWord(said, word, binding.action, dimmed)
