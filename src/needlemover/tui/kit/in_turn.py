"""What a view and a dialog ask of whoever holds the keys."""

from collections.abc import Callable
from typing import Protocol

from ...domain.errors import BusyError, NeedleError


class InTurn(Protocol):
    """Does one thing after the other."""

    def wait(
        self,
        what: str,
        do: Callable[[], object],
        refuse: Callable[[NeedleError], None],
        error: BusyError,
    ) -> None:
        """Do what met another program which writes as soon as that lets go."""

    def was_refused(self) -> None:
        """What is being done was refused."""
