"""Choosing an activity of the checklist, to weigh whether it is worth handing over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual.widget import Widget

from ...domain.errors import WrongUsageError
from ...domain.promises.activity import ActivityFact
from ...text.format import shown
from ..kit.dialog import Dialog
from ..kit.fields import Choice, Field


class WeighDialog(Dialog[bool]):
    """One of the activities."""

    AUTO_FOCUS = "#activity"
    title_text = "Weigh which activity?"
    save_word = "Weigh"
    hint_text = "← → choose · Enter weighs it"

    def __init__(self, activities: Sequence[ActivityFact], save: Callable[[int], object]) -> None:
        """Make the dialog.

        Args:
            activities: to choose from.
            save: does the command; what it refuses is said in the dialog.
        """
        super().__init__()
        self._activities = activities
        self._save = save

    def fields(self) -> Iterable[Widget]:
        """The activities by rank."""
        names = [(item.id, shown(item.name)) for item in self._activities]
        yield Field("Activity", Choice(names, id="activity"))

    def accept(self) -> bool:
        """The activity that is chosen."""
        chosen = self.chosen("activity")
        if not isinstance(chosen, int):
            raise WrongUsageError("There is no activity yet: add one on Today (1, then a).")
        self._save(chosen)
        return True
