"""Activities: one by its id or as it is named, and what a change under way does to them."""

from collections.abc import Iterable, Sequence
from datetime import date, time

from msgspec import Struct
from msgspec.structs import asdict

from ...domain.calls.entry import contact_key
from ...domain.errors import GoneError, NeedleError, WrongUsageError
from ...domain.promises.commitment import ActivityFact, Terms, Timeline, is_archived
from ...text.format import quoted
from ...text.parse.values import parse_name
from ..facts import Facts
from ..schema.tables import ACTIVITY, COMMITMENT
from ..session import Step

MOST_ACTIVITIES = 5_000  # nobody keeps so many, and each change reads all of them
name_key = contact_key  # two activities, like two contacts, are the same when they read the same


def read_activity(facts: Facts, activity_id: int) -> ActivityFact:
    """One activity; a `GoneError` where there is none any more."""
    for item in facts.activities:
        if item.id == activity_id:
            return item
    raise GoneError("activity")


def find_activity(facts: Facts, typed: str) -> ActivityFact:
    """The activity of a name or of a unique beginning of it, in any case; else a `NeedleError`."""
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
    """The highest-ranked sales activity that is not put away; else a `NeedleError`."""
    for item in facts.activities:
        if item.is_sales and not is_archived(item.timeline, facts.today):
            return item
    raise NeedleError("There is no sales activity yet: add one.", "add sales activity")


class Brought(Struct, frozen=True):
    """An activity as it was elsewhere."""

    name: str
    timeline: Timeline = ()
    is_sales: bool = False
    starts_at: time | None = None


def bring_activities(step: Step, brought: Sequence[Brought]) -> list[ActivityFact]:
    """Add activities with the commitments that they had elsewhere, in a change under way.

    All at once: else each would have all of them read and ranked anew. A `NeedleError` when a name
    is taken, or there would be far too many.
    """
    if not brought:
        return []
    facts = step.facts
    taken = {name_key(item.name) for item in facts.activities}
    must_be_few(len(taken) + len(brought))
    ids = set()
    for rank, item in enumerate(brought, start=len(taken) + 1):
        name = parse_name(item.name, "activity")
        if name_key(name) in taken:
            must_be_free(facts, name)
        taken.add(name_key(name))
        new = step.insert(
            ACTIVITY,
            name=name,
            name_key=name_key(name),
            is_sales=item.is_sales,
            rank=rank,
            starts_at=item.starts_at and item.starts_at.isoformat(),
        )
        _write_timeline(step, new, (), item.timeline)
        ids.add(new)
    return [item for item in rank_put_away_last(step) if item.id in ids]


def must_be_few(number: int) -> None:
    """Refuse (`NeedleError`) so many activities where they would be far too many."""
    if number > MOST_ACTIVITIES:
        raise NeedleError(
            f"There would be more than {MOST_ACTIVITIES:,} activities, which nobody can keep. "
            "Nothing was changed: leave some out."
        )


def rank_put_away_last(step: Step) -> Sequence[ActivityFact]:
    """Give those put away the last places; all, as they were before."""
    known = step.facts.activities
    _rank_in_order(step, sorted(known, key=is_put_away))
    return known


def add_activity(
    step: Step,
    name: str,
    terms: Terms | None,
    *,
    is_sales: bool,
    start: date | None = None,
    starts_at: time | None = None,
) -> ActivityFact:
    """Add an activity, ranked last, in a change under way; a `NeedleError` for a taken name."""
    timeline = () if terms is None else _changed(step, (), terms, start)
    (fact,) = bring_activities(step, [Brought(name, timeline, is_sales, starts_at)])
    must_not_limit_sales(fact)
    return fact


def archive_activity(step: Step, activity_id: int) -> None:
    """Put an activity away in a change under way, unless it is put away already."""
    fact = read_activity(step.facts, activity_id)
    if not is_put_away(fact):
        set_terms(step, fact, None)
        set_rank(step, activity_id, None)


def take_up_again(step: Step, activity_id: int) -> None:
    """Promise again, in a change under way, what an activity that was put away promised last."""
    fact = read_activity(step.facts, activity_id)
    last = next((item.terms for item in reversed(fact.timeline) if item.terms is not None), None)
    if is_put_away(fact) and last is not None:
        set_terms(step, fact, last)
        set_rank(step, activity_id, None)


def is_put_away(fact: ActivityFact) -> bool:
    """Whether it is archived, or will be."""
    return bool(fact.timeline) and fact.timeline[-1].terms is None


def must_be_free(facts: Facts, name: str, activity_id: int | None = None) -> None:
    """Refuse (`NeedleError`) a name that another activity has."""
    for item in facts.activities:
        if item.id != activity_id and name_key(item.name) == name_key(name):
            put_away = is_archived(item.timeline, facts.today)
            raise NeedleError(
                f"There is an activity {quoted(item.name)} already"
                + (", archived: edit it to take it up again." if put_away else
                   ": choose another name.")
            )  # fmt: skip


def must_not_limit_sales(fact: ActivityFact) -> None:
    """Refuse (`NeedleError`) an upper limit on time with buyers."""
    if fact.is_sales and any(item.terms and item.terms.at_most for item in fact.timeline):
        raise WrongUsageError(
            "Time with buyers has no upper limit: promise so much at least, or make it another "
            "activity."
        )


def set_terms(step: Step, fact: ActivityFact, terms: Terms | None, day: date | None = None) -> None:
    """Promise other terms (None: none), in a change under way; a `NeedleError` for the past."""
    timeline = _changed(step, fact.timeline, terms, day)
    _write_timeline(step, fact.id, fact.timeline, timeline)


def _changed(step: Step, timeline: Timeline, terms: Terms | None, start: date | None) -> Timeline:
    from ...domain.promises.change import change  # of no use to who only logs

    return change(timeline, terms, step.moment.today, start, step.moment.settings.weeks)


def _write_timeline(step: Step, activity_id: int, old: Timeline, new: Timeline) -> None:
    query = "SELECT start, set_on, id FROM commitment WHERE activity_id = ?"
    ids = {tuple(key): row_id for *key, row_id in step.driver.execute(query, (activity_id,))}
    for commitment in old:
        if commitment not in new:
            step.delete(COMMITMENT, ids[str(commitment.start), str(commitment.set_on)])
    for commitment in new:
        if commitment not in old:
            terms = commitment.terms
            values = asdict(terms or Terms())
            values["weekdays"] = sum(1 << day for day in terms.weekdays) if terms else None
            dates = {"start": commitment.start, "set_on": commitment.set_on}
            step.insert(COMMITMENT, activity_id=activity_id, **dates, **values)


def set_rank(step: Step, activity_id: int, rank: int | None) -> None:
    """Give an activity its place (None: the last) before those put away, and the others theirs."""
    known = step.facts.activities
    others = [item for item in known if item.id != activity_id]
    order = [item for item in others if not is_put_away(item)]
    at = len(order) if rank is None else max(0, rank - 1)
    order[at:at] = [item for item in known if item.id == activity_id]
    _rank_in_order(step, [*order, *filter(is_put_away, others)])


def _rank_in_order(step: Step, order: Iterable[ActivityFact]) -> None:
    for place, item in enumerate(order, start=1):
        if item.rank != place:
            step.update(ACTIVITY, item.id, rank=place)
