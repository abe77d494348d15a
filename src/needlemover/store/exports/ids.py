"""The ids of a file's rows, of which there may be millions."""

from array import array
from bisect import bisect_left

from ..care.sections import Value

_GONE = 0


class Ids:
    """Ids, and what each stands for here; as long as they ascend, 16 bytes each."""

    def __init__(self) -> None:
        self._ids = array("q")
        self._here = array("q")
        self._others: dict[int, int] = {}
        """Those that came after a larger one."""

    def add(self, row_id: Value, here: int | None = _GONE) -> bool:
        """Add an id, and what it stands for (None: nothing); whether it was new."""
        number = int(row_id or 0)
        if row_id in self:
            return False
        if self._ids and number < self._ids[-1]:
            self._others[number] = here or _GONE
        else:
            self._ids.append(number)
            self._here.append(here or _GONE)
        return True

    def __contains__(self, row_id: object) -> bool:
        return self._place(row_id) is not None or row_id in self._others

    def here(self, row_id: Value) -> int | None:
        """What an id that was added stands for."""
        place = self._place(row_id)
        return (self._others.get(int(row_id or 0)) if place is None else self._here[place]) or None

    def _place(self, row_id: object) -> int | None:
        if not isinstance(row_id, int) or not self._ids or row_id > self._ids[-1]:
            return None
        place = bisect_left(self._ids, row_id)
        return place if self._ids[place] == row_id else None
