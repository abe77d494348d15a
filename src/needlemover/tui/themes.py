"""Our own two themes: calm ground, one accent."""

from textual.color import Color
from textual.theme import Theme

DARK = Theme(
    name="needle-dark",
    primary="#e8a33d",
    secondary="#7aa2f7",
    accent="#e8a33d",
    success="#4fb286",
    error="#e5635c",
    warning="#e8a33d",
    foreground="#dcdfe4",
    background="#101114",
    surface="#16181d",
    panel="#1b1e24",
    dark=True,
    variables={
        "needle-muted": "#7d828c",
        "needle-faint": "#3a3d45",
        "needle-dim-accent": "#a87a37",
        "needle-call": "#1d3a2d",
        "needle-cursor": "#23262e",
    },
)

LIGHT = Theme(
    name="needle-light",
    primary="#a4620a",
    secondary="#2a5bd7",
    accent="#a4620a",
    success="#1d7a50",
    error="#bf2f28",
    warning="#a4620a",
    foreground="#23262d",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#eae7e0",
    dark=False,
    variables={
        "needle-muted": "#686c75",
        "needle-faint": "#c4c2bb",
        "needle-dim-accent": "#c08a40",
        "needle-call": "#d3ecdf",
        "needle-cursor": "#eae5d8",
    },
)

OWN = (DARK, LIGHT)

_SHADES = {
    "needle-muted": ("foreground", 0.6, "ansi_bright_black"),
    "needle-faint": ("foreground", 0.25, "ansi_bright_black"),
    "needle-dim-accent": ("accent", 0.65, "ansi_yellow"),
    "needle-call": ("success", 0.25, "ansi_default"),
    "needle-cursor": ("foreground", 0.1, "ansi_default"),
}
"""A colour, how far the ground is blended with it; and a colour of the terminal's own."""


def our_shades(theme: Theme) -> dict[str, str]:
    """Our own colours for a theme that does not bring them: shades between its own."""
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
