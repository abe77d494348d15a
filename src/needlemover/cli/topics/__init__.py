"""The pages of needle help, and what to type in the place of what is no command."""

from importlib.resources import files

TOPICS = ("commands", "keys", "files", "import", "export", "prompt", "remind", "json")
_MEANT = {
    "call dial ring phone": "needle start --next, or needle start --with NAME",
    "hangup hang end": "needle stop",
    "done did complete mark": "needle tick ACTIVITY",
    "add new create": "needle activity add NAME, or needle contact add NAME",
    "delete remove rm": "needle undo, needle activity archive NAME, or d in the app",
    "list ls show todo tasks": "needle today, needle activity list, or needle contact list",
    "week month summary": "needle review --week, or needle review --month",
    "stats statistics report funnel": "needle numbers",
    "quit exit close": "needle stop for the timer, or q in the app",
    "config configure preferences options set": "needle settings, and needle where for the file",
    "buyers contacts people leads": "needle contact list",
}


def read_topic(name: str) -> str:
    """The page about a topic, of which a paragraph is a line."""
    return (files(__package__) / f"{name}.txt").read_text(encoding="utf-8").rstrip()


def instead_of(word: str) -> str:
    """What does that which somebody typed in the place of a command; empty where nobody knows."""
    return next((does for words, does in _MEANT.items() if word.casefold() in words.split()), "")
