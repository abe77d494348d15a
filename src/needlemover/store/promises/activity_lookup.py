"""Activities by their id, or as somebody names them."""

from collections.abc import Sequence

from ...domain.calls.entry import contact_key
from ...domain.errors import GoneError, NeedleError, WrongUsageError
from ...domain.promises.commitment import ActivityFact, is_archived
from ...text.format import quoted
from ..facts import Facts

name_key = contact_key
"""Two activities, like two contacts, are the same when they read the same."""


def read_activity(facts: Facts, activity_id: int) -> ActivityFact:
    """One activity; a `GoneError` where there is none any more."""
    for item in facts.activities:
        if item.id == activity_id:
            return item
    raise GoneError("activity")


def find_activity(facts: Facts, typed: str) -> ActivityFact:
    """The activity of a name or of a unique beginning of it, in any case.

    Raises:
        NeedleError: when there is none, or several.
    """
    wanted = name_key(typed)
    exact = [item for item in facts.activities if name_key(item.name) == wanted]
    if exact:
        return exact[0]
    active = [item for item in facts.activities if not is_archived(item.timeline, facts.today)]
    found = [item for item in active if wanted and name_key(item.name).startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(quoted(item.name) for item in found)
        raise WrongUsageError(f"{quoted(typed)} could be {names}: type more of the name.")
    if not active:
        raise NeedleError(f"There is no activity {quoted(typed)}: add one.", "add activity")
    why = f"There is no activity {quoted(typed)}: did you mean {quoted(_nearest(wanted, active))}?"
    raise WrongUsageError(why)


def _nearest(wanted: str, activities: Sequence[ActivityFact]) -> str:
    """The name that is most like what was typed, as far as it was typed, or in one of its words."""
    from difflib import SequenceMatcher

    def likeness(item: ActivityFact) -> float:
        key = name_key(item.name)
        parts = (key, key[: len(wanted)], *key.split())
        return max(SequenceMatcher(None, wanted, part).ratio() for part in parts)

    return max(activities, key=likeness).name


def first_sales_activity(facts: Facts) -> ActivityFact:
    """The highest-ranked sales activity that is not put away.

    Raises:
        NeedleError: when there is none.
    """
    for item in facts.activities:
        if item.is_sales and not is_archived(item.timeline, facts.today):
            return item
    raise NeedleError("There is no sales activity yet: add one.", "add sales activity")
