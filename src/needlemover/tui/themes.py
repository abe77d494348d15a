"""Our own themes: calm ground, one accent; and those of the library, so that all can be read.

What our apps share: their themes, and how they say something over a screen.
"""

import re
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from textual.app import App
from textual.color import Color
from textual.notifications import Notification, Notify
from textual.reactive import Reactive
from textual.theme import BUILTIN_THEMES, Theme

from ..config import AUTO
from ..text.format import shown
from .ground import Ground

T = TypeVar("T")

_COLOURS = {
    "primary": ("#e8a33d", "#8f540a"),
    "secondary": ("#7aa2f7", "#2854c4"),
    "accent": ("#e8a33d", "#8f540a"),
    "success": ("#4fb286", "#186a45"),
    "error": ("#eb726b", "#b32a23"),
    "warning": ("#e8a33d", "#8f540a"),
    "foreground": ("#dcdfe4", "#23262d"),
    "background": ("#101114", "#fbfaf7"),
    "surface": ("#16181d", "#f3f1ec"),
    "panel": ("#1b1e24", "#eae7e0"),
}
# In the dark theme and in the light one; in others a colour, and how far the ground is blended
# with it; in one of 16 colours.
_SHADES = {
    "needle-cursor": ("#23262e", "#ebe6da", ("foreground", 0.1), "ansi_default"),
    "needle-call": ("#182d23", "#d9efe3", ("success", 0.15), "ansi_default"),
    "needle-muted": ("#8d939e", "#5b5f68", ("foreground", 0.6), "ansi_bright_black"),
    "needle-faint": ("#6f747e", "#85827a", ("foreground", 0.25), "ansi_bright_black"),
    "needle-dim-accent": ("#b0803a", "#a06e22", ("accent", 0.65), "ansi_magenta"),
}
_ANSI_SHADES = {name: ansi for name, (*_, ansi) in _SHADES.items()}

GROUNDS = ("background", "surface", "panel", "needle-cursor", "needle-call")
TEXTS = ("foreground", "needle-muted", "primary", "accent", "success", "error", "secondary")
MARKS = ("needle-faint", "needle-dim-accent")  # frames, bars, and what has the focus
TEXT_CONTRAST, MARK_CONTRAST = 4.5, 3.0  # at least, on every ground: WCAG 2.2, 1.4.3 and 1.4.11


def _ours(name: str, place: int) -> Theme:
    colours: dict[str, Any] = {key: both[place] for key, both in _COLOURS.items()}
    shades = {key: (dark, light)[place] for key, (dark, light, _, _) in _SHADES.items()}
    return Theme(name, **colours, dark=place == 0, variables=shades)


DARK, LIGHT = _ours("needle-dark", 0), _ours("needle-light", 1)
SIXTEEN = replace(
    BUILTIN_THEMES["ansi-dark"],
    name="needle-16",
    primary="ansi_yellow",
    accent="ansi_yellow",
    error="ansi_bright_red",
    variables=BUILTIN_THEMES["ansi-dark"].variables | _ANSI_SHADES,
)  # for a terminal of 16 colours: each meaning has one of them to itself
OWN = {theme.name: theme for theme in (DARK, LIGHT, SIXTEEN)}


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Color) -> float:
    """Relative luminance, from 0 to 1 (WCAG 2.2)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def readable(name: str) -> Theme:
    """A theme of the library, in colours that can be read on every ground of ours."""
    theme = BUILTIN_THEMES[name]
    if theme.ansi:
        return replace(theme, variables=theme.variables | _ANSI_SHADES)
    generated = theme.to_color_system().generate()
    made = {key: Color.parse(generated[key]) for key in _COLOURS}
    for shade, (_, _, (colour, share), _) in _SHADES.items():
        made[shade] = made["background"].blend(made[colour], share)
    end = Color.parse("white" if theme.dark else "black")
    grounds = [made[ground] for ground in GROUNDS]
    for inks, least in ((TEXTS, TEXT_CONTRAST), (MARKS, MARK_CONTRAST)):
        for ink in inks:
            steps = (made[ink].blend(end, step / 20) for step in range(20))
            clear = (at for at in steps if all(contrast(at, on) > least * 1.01 for on in grounds))
            made[ink] = next(clear, end)
    colours: dict[str, Any] = {key: made.pop(key).hex for key in _COLOURS}
    shades = {shade: colour.hex for shade, colour in made.items()}
    return replace(theme, **colours, variables=theme.variables | shades)


SHORTEST = 0.5
"""Seconds. A timer of Textual's whose time is below zero goes round for ever, and the app hangs."""
_TIMES = r"(?s)(.*?)(?: \((\d+) times\))?"


class Message(Notification):
    """One that is drawn for a moment even where it is over before it is drawn."""

    @property
    def time_left(self) -> float:
        return max(super().time_left, SHORTEST)

    @property
    def has_expired(self) -> bool:
        return super().time_left <= 0


class ThemedApp(App[T]):
    """An app in one of our themes, or in one of the library's. What it says is safe."""

    TITLE = "Needlemover"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]

    # Ours is there from the start: one that is chosen later has the stylesheets parsed again.
    theme: Reactive[str] = Reactive(DARK.name)

    def __init__(self, theme: str, ground: Ground | None = None) -> None:
        """Take the theme, where there is one of that name; `ground` is the terminal's, if asked."""
        self.ground = ground
        show_again = lambda: self.show_theme(self.chosen_theme)  # noqa: E731
        super().__init__(ground.driver(show_again) if ground is not None else None)
        for known in OWN.values():
            self.register_theme(known)
        self.show_theme(theme)

    def show_theme(self, name: str) -> None:
        """Take a theme by its name, or (`AUTO`) the one that is as light as the terminal."""
        self.chosen_theme = name
        if name == AUTO:
            name = (LIGHT if self.ground is not None and self.ground.is_light else DARK).name
        if name in OWN and self.console.color_system == "standard":
            name = SIXTEEN.name
        if name in self.available_themes:
            self.theme = name

    def get_theme(self, theme_name: str) -> Theme | None:
        """A theme by its name; it is asked for each line."""
        if theme_name in OWN:
            return OWN[theme_name]
        return readable(theme_name) if theme_name in BUILTIN_THEMES else None

    def on_notify(self, event: Notify) -> None:
        """Say something once, with a count while the same stands there."""
        said, times = Message(**vars(event.notification)), 1
        said.message = shown(said.message)
        for each in list(self._notifications):
            before = re.fullmatch(_TIMES, each.message)
            if before is not None and before[1] == said.message:
                times += int(before[2] or 1)
                del self._notifications[each]
        if times > 1:
            said.message += f" ({times} times)"
        event.notification = said
