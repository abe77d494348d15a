"""What a file is that cannot be imported, in words, and what to do then (`kinds.toml`)."""

from collections.abc import Collection
from pathlib import Path

from msgspec import Struct, toml

from ..domain.errors import NeedleError


class _Kind(Struct, frozen=True):
    """A kind of file; one of the three tells it."""

    what: str
    then: str
    begins: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()  # files of a zip; an empty name: it is any other zip
    inside: str = ""  # what stands in its first lines, in lower case


def must_not_be_named(path: Path, head: bytes, names: Collection[str] = ()) -> None:
    """Refuse what is known by its first bytes, or by the names in a zip, in a plain sentence."""
    text = head.decode("latin-1").removeprefix("\u00ef\u00bb\u00bf").lstrip("\r\n ")
    content = Path(__file__).with_name("kinds.toml").read_bytes()
    for kind in toml.decode(content, type=dict[str, tuple[_Kind, ...]])["kinds"]:
        if (
            text.startswith(kind.begins)
            or any(name in names or not name for name in kind.holds if names)
            or (kind.inside and text.startswith("<") and kind.inside in text.casefold())
        ):
            raise NeedleError(f"{path.name} is {kind.what}: {kind.then}.")
