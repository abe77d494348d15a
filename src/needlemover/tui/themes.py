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

# What the themes of the terminal's own colours get, which know no shades.
_ANSI = {
    "needle-muted": "ansi_bright_black",
    "needle-faint": "ansi_bright_black",
    "needle-dim-accent": "ansi_yellow",
    "needle-call": "ansi_default",
    "needle-cursor": "ansi_default",
}


def our_shades(theme: Theme) -> dict[str, str]:
    """Our own colours for a theme that does not bring them: shades between its own."""
    if theme in OWN:
        return {}
    if theme.ansi:
        return _ANSI
    made = theme.to_color_system().generate()
    ground, text = Color.parse(made["background"]), Color.parse(made["foreground"])
    accent, success = Color.parse(made["accent"]), Color.parse(made["success"])
    return {
        "needle-muted": ground.blend(text, 0.6).hex,
        "needle-faint": ground.blend(text, 0.25).hex,
        "needle-dim-accent": ground.blend(accent, 0.65).hex,
        "needle-call": ground.blend(success, 0.25).hex,
        "needle-cursor": ground.blend(text, 0.1).hex,
    }
