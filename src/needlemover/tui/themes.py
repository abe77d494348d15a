"""Our own two themes: calm ground, one accent."""

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
        "needle-line": "#3a3d45",
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
        "needle-line": "#c4c2bb",
        "needle-cursor": "#eae5d8",
    },
)

OWN = (DARK, LIGHT)

# What the stylesheets take from a theme that does not know us (Textual's own ones).
FALLBACKS = {
    "needle-muted": "$text-muted",
    "needle-faint": "$foreground 25%",
    "needle-dim-accent": "$accent 60%",
    "needle-call": "$success 25%",
    "needle-line": "$foreground 25%",
    "needle-cursor": "$foreground 10%",
}

# The same for the themes of the terminal's own colours, which know no shades.
ANSI_FALLBACKS = {
    "needle-muted": "ansi_bright_black",
    "needle-faint": "ansi_bright_black",
    "needle-dim-accent": "ansi_yellow",
    "needle-call": "ansi_default",
    "needle-line": "ansi_bright_black",
    "needle-cursor": "ansi_default",
}
