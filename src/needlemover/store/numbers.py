"""What Numbers asks: a window of the data added up by the database, never loaded."""

from datetime import date

from ..domain.numbers import NumbersSnapshot
from .session import Session


class Numbers:
    """The numbers of a window."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def snapshot(
        self, since: date | None = None, until: date | None = None, *, whole: bool = False
    ) -> NumbersSnapshot:
        """All that Numbers shows of a window.

        Args:
            since: its first day; None: 90 days, the last one among them.
            until: its last day; None: today.
            whole: from the first entry on, whatever `since` says.

        Raises:
            NeedleError: when the window ends before it begins.
        """
        raise NotImplementedError
