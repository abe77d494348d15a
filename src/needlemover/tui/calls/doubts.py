"""A length that may be a slip is asked about once."""

from __future__ import annotations

from typing import Any

from ...store.calls.new_entry import NewEntry
from ..kit.form import FieldError
from ..kit.view import View


class Doubts:
    """What a form has asked about; it is believed when it is saved again."""

    def __init__(self, view: View[Any]) -> None:
        self._view = view
        self._asked = {""}

    def ask(self, new: NewEntry) -> None:
        """Ask about the length of what is to be logged, unless it was asked about already.

        Raises:
            FieldError: where it may be a slip.
            NeedleError: when its start or its end is still to come.
        """
        doubt = self._view.store.entries.doubt(new)
        if doubt not in self._asked:
            self._asked.add(doubt)
            raise FieldError("seconds", f"{doubt}: Enter again, if it was.")
