"""Choosing an activity of the checklist, to weigh whether it is worth handing over."""

from collections.abc import Callable, Sequence

from ...domain.promises.activity import ActivityFact
from ..kit.form import Form, activity_field


def weigh_form(activities: Sequence[ActivityFact], save: Callable[[int], object]) -> Form[int]:
    """One of the activities, by rank.

    Args:
        activities: to choose from, one at least.
        save: does the command; what it refuses is said in the dialog.
    """
    return Form(
        "Weigh which activity?",
        [activity_field("activity_id", "Activity", activities, none=None)],
        lambda activity_id: activity_id,
        save,
        save_word="Weigh",
        hint="← → choose · Enter weighs it",
    )
