"""Our own two themes: calm ground, one accent."""

from typing import Any, TypeVar

from textual.app import App
from textual.color import Color
from textual.reactive import Reactive
from textual.theme import Theme

T = TypeVar("T")

_COLOURS = {
    "primary": ("#e8a33d", "#a4620a"),
    "secondary": ("#7aa2f7", "#2a5bd7"),
    "accent": ("#e8a33d", "#a4620a"),
    "success": ("#4fb286", "#1d7a50"),
    "error": ("#e5635c", "#bf2f28"),
    "warning": ("#e8a33d", "#a4620a"),
    "foreground": ("#dcdfe4", "#23262d"),
    "background": ("#101114", "#fbfaf7"),
    "surface": ("#16181d", "#f3f1ec"),
    "panel": ("#1b1e24", "#eae7e0"),
}
_OWN_SHADES = {
    "needle-muted": ("#7d828c", "#686c75"),
    "needle-faint": ("#3a3d45", "#c4c2bb"),
    "needle-dim-accent": ("#a87a37", "#c08a40"),
    "needle-call": ("#1d3a2d", "#d3ecdf"),
    "needle-cursor": ("#23262e", "#eae5d8"),
}  # in the dark theme and in the light one


def _ours(name: str, place: int) -> Theme:
    colours: dict[str, Any] = {key: both[place] for key, both in _COLOURS.items()}
    shades = {key: both[place] for key, both in _OWN_SHADES.items()}
    return Theme(name, **colours, dark=place == 0, variables=shades)


DARK, LIGHT = _ours("needle-dark", 0), _ours("needle-light", 1)
OWN = (DARK, LIGHT)

_SHADES = {
    "needle-muted": ("foreground", 0.6, "ansi_bright_black"),
    "needle-faint": ("foreground", 0.25, "ansi_bright_black"),
    "needle-dim-accent": ("accent", 0.65, "ansi_yellow"),
    "needle-call": ("success", 0.25, "ansi_default"),
    "needle-cursor": ("foreground", 0.1, "ansi_default"),
}  # of other themes: a colour, how far the ground is blended with it; one of the terminal's own


class ThemedApp(App[T]):
    """An app in one of our themes, or in one of the library's."""

    TITLE = "Needlemover"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012

    # Ours is there from the start: one that is chosen later has the stylesheets parsed again.
    theme: Reactive[str] = Reactive(DARK.name)

    def __init__(self, theme: str) -> None:
        """Take the theme, where there is one of that name."""
        super().__init__()
        for known in OWN:
            self.register_theme(known)
        if theme in self.available_themes:
            self.theme = theme

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colours in a theme that does not bring them: shades between its own."""
        theme = self.current_theme
        if theme in OWN:
            return {}
        if theme.ansi:
            return {name: ansi for name, (_, _, ansi) in _SHADES.items()}
        made = theme.to_color_system().generate()
        ground = Color.parse(made["background"])
        return {
            name: ground.blend(Color.parse(made[colour]), share).hex
            for name, (colour, share, _) in _SHADES.items()
        }
