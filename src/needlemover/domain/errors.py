"""The errors that a user can meet. Each carries one plain sentence that says what to do next."""

TYPE_CHECKING = False  # the one of `typing` would load it
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    Hint = Literal[
        "add activity", "add sales activity", "add contact", "merge contacts",
        "rename activity", "log", "start timer", "stop timer",
        "leave out follows", "another file", "rescue", "same currency",
        "import into", "leave out outcome", "another source", "name column",
        "leave out length", "date format", "outcome meaning", "read as csv",
        "answered calls", "tags", "zone", "own rows", "older", "begin", "standard output",
        "sync",
    ]  # fmt: skip
    """What a sentence asks for. How it is done, the command line and the app each know."""
else:
    Hint = str


class NeedleError(Exception):
    """It was not done; the text says why and what to do. The command exits with 1."""

    exit_code = 1
    usual_hint: Hint | None = None

    def __init__(self, sentence: str = "", hint: Hint | None = None, **facts: str) -> None:
        """Say it in a plain sentence that names neither a command nor a key.

        `hint` is what it asks for, and `facts` what the way to do that is filled with.
        """
        super().__init__(sentence)
        self.hint = hint or self.usual_hint
        self.facts = facts

    def told(self, ways: "Mapping[Hint, str]") -> str:
        """The sentence, and in brackets the way to do what it asks for, with the facts in it."""
        if self.hint is None or self.hint not in ways:
            return str(self)
        return f"{str(self).removesuffix('.')} ({ways[self.hint].format(**self.facts)})."


class WrongUsageError(NeedleError):
    """What was typed makes no sense; the text says what to type. The command exits with 2."""

    exit_code = 2


class GoneError(NeedleError):
    """What was to be changed is not there any more."""

    def __init__(self, what: str) -> None:
        super().__init__(f"This {what} is gone: another terminal may have taken it back.")


class OlderError(NeedleError):
    """What was to be taken back, or done again, was not done today."""


class NoDataError(NeedleError):
    """There is no data file yet, so there is nothing to read."""

    def __init__(self, path: object) -> None:
        super().__init__(f"There is no data at {path} yet.", "begin")


class DamagedError(NeedleError):
    """The data file is damaged: a backup, or what can be read of it, must take its place."""

    usual_hint = "rescue"


class LostFileError(NeedleError):
    """The data file that was opened is no longer in its place: deleted, moved or replaced."""


class RefusedError(NeedleError):
    """What another machine wrote is not allowed."""


class BusyError(NeedleError):
    """Another program writes to the data file, so nothing could be read or changed just now."""
