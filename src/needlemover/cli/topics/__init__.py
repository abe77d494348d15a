"""The pages of needle help, and what to type in the place of what is no command."""

from importlib.resources import files

TOPICS = (
    "commands", "keys", "files", "sync", "import", "export", "prompt", "remind", "serve", "json",
)  # fmt: skip
_MEANT = {
    "call dial ring phone track timer": "needle start --next, or needle start --with NAME",
    "hangup hang end pause": "needle stop",
    "done did complete check-in mark finish": "needle tick ACTIVITY, or needle log MINUTES",
    "add new create habit": "needle activity add NAME, or needle contact add NAME",
    "delete remove rm": "needle undo, needle activity archive NAME, or d in the app",
    "edit rename change": "needle activity edit, needle contact edit, or e in the app",
    "list ls show todo tasks day": "needle today, needle activity list, or needle contact list",
    "history changes revert": "needle undo --list, and needle undo",
    "week month weekly monthly summary": "needle review --week, or needle review --month",
    "stats statistics report funnel": "needle numbers",
    "quit exit close": "needle stop for the timer, or q in the app",
    "config configure preferences options set theme": "needle settings, or needle help files",
    "buyers contacts people leads search find": "needle contact list, or needle contact show NAME",
    "pay paid money payment revenue income": "needle earn AMOUNT",
    "holiday vacation leave dayoff": "needle off FROM TO",
    "remember reminder followup later": "needle callback NAME WHEN",
    "now who": "needle next",
    "note notes": "needle contact edit NAME --note TEXT, or n while a call runs",
    "open app tui ui launch gui init setup": "just needle, to open the app",
    "version about": "needle --version",
    "save load": "needle backup, or needle export FILE and needle import FILE",
    "synchronize synchronise share devices machines": "needle sync DIR",
}


def read_topic(name: str) -> str:
    """The page about a topic, of which a paragraph is a line."""
    return (files(__package__) / f"{name}.txt").read_text(encoding="utf-8").rstrip()


def instead_of(word: str) -> str:
    """What does that which somebody typed in the place of a command; empty where nobody knows."""
    return next((does for words, does in _MEANT.items() if word.casefold() in words.split()), "")
