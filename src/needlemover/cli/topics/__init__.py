"""The pages of needle help, and what to type in the place of what is no command."""

from pathlib import Path

from msgspec import toml

_PAGES = Path(__file__).parent
TOPICS = (
    "commands", "keys", "files", "sync", "import", "export", "prompt", "remind", "serve", "json",
)  # fmt: skip
MEANT: dict[str, str] = toml.decode((_PAGES / "instead.toml").read_bytes())


def read_topic(name: str) -> str:
    """The page about a topic, of which a paragraph is a line."""
    return (_PAGES / f"{name}.txt").read_text(encoding="utf-8").rstrip()


def instead_of(word: str) -> str:
    """What does that which somebody typed in the place of a command; empty where nobody knows."""
    return next((does for words, does in MEANT.items() if word.casefold() in words.split()), "")
