"""Whether it is worth paying someone to take a problem, when to ask, and the ledger of all."""

from datetime import date, timedelta
from enum import IntEnum, StrEnum
from fractions import Fraction
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from ..calls.entry import Running
from ..numbers.returns import Return
from ..numbers.worth import WEEKS_AHEAD, Worth
from ..settings import Settings
from .deal import Deal, GivenBack, Sum, Verdict, deal_of, given_back, sum_of
from .problem import Cost, CostPer, Leak, Problem, ProblemState, Workload, workload_of


def turning_day(deal: Deal, worth: Worth, settings: Settings, today: date) -> date | None:
    """The first day on which a deal that is not surely worth it now will be, as far as can be seen.

    That is within 4 weeks by the trend until a declared worth holds, or the day of that worth. What
    is worth it already, but not surely, waits for a declared one.
    """
    following = settings.hourly_worth_next
    is_close = worth.now is not None and deal.is_worth_it(worth.now)
    for week in range(1, 1 if is_close else WEEKS_AHEAD + 1):
        day = today + timedelta(weeks=week)
        if following is not None and following.start <= day:
            break
        coming = worth.after(week)
        if coming is not None and deal.is_worth_it(coming):
            return day
    if following is not None and deal.is_worth_it(following.value):
        return following.start
    return None


def next_ask(problem: Problem, turns: date | None, settings: Settings, today: date) -> date | None:
    """The day to remember as the one on which Today asks again; None: none.

    "A week from now" is another day each time. So the day that was said first stands until it was
    answered, or details or a declared worth change. It moves to an earlier day when the problem
    turns sooner, and to the day of a declared worth, which does not slide.
    """
    if problem.state is not ProblemState.PARKED:
        return None
    said = problem.ask_again_on
    if said is None or turns is None:
        return said or turns
    declared = settings.hourly_worth_next
    if said > today and declared is not None and declared.start == turns:
        return turns
    return min(said, turns)


class Missing(StrEnum):
    """What is not known, so that nothing can be said."""

    MINUTES = "minutes"
    EVERY = "every"
    COST = "cost"
    WORTH = "worth"


class Weighing(Struct, frozen=True):
    """A problem, weighed against the worth of the hour."""

    problem: Problem
    workload: Workload | None  # what it takes of its owner; None: not known
    missing: tuple[Missing, ...]
    low: int | None  # what an hour is worth at least, in minor units; None: not known
    leak: Leak | None
    sum: Sum | None  # None where minutes, how often or the cost are missing
    half: Sum | None  # with half the hours freed: scaling costs and hand-over too changes nothing
    double: Sum | None  # were it to free twice as many hours
    ask_again_on: date | None  # the day on which Today asks again, or has begun to ask
    given_back: GivenBack | None  # of what is delegated, where enough is known

    @property
    def verdict(self) -> Verdict:
        """Whether to hand it over; what pays at no worth, even for free, needs no price."""
        if self.sum is not None:
            return self.sum.verdict
        free = self.free_deal
        pays_never = free is not None and free.turning_worth is None
        return Verdict.NOT_YET if pays_never else Verdict.UNKNOWN

    @property
    def free_deal(self) -> Deal | None:
        """What handing it over would be without a price; None where the hours are not known."""
        if self.workload is None:
            return None
        handover_seconds = self.problem.estimate.handover_seconds or 0
        return deal_of(self.workload, Cost(0, CostPer.MONTH), handover_seconds)

    @property
    def worth_needed(self) -> int | None:
        """The least worth of an hour, in minor units, at which it is worth it; None: at none."""
        return None if self.sum is None else self.sum.deal.worth_needed

    @property
    def most_to_pay(self) -> int | None:
        """The most that it may cost to be surely worth it, a month or once; None: not known, or 0.

        In minor units.
        """
        free = self.free_deal
        if free is None or self.low is None:
            return None
        most = free.most_to_pay(self.low)
        return most if most > 0 else None


def weigh(problem: Problem, worth: Worth, settings: Settings, today: date) -> Weighing:
    """A problem weighed against the worth of the hour, by its real cost where that is known."""
    workload = workload_of(problem, settings.working_day, today)
    cost = cost_of(problem)
    whole = half = double = back = None
    if workload is not None and cost is not None:
        deal = deal_of(workload, cost, problem.estimate.handover_seconds or 0)
        is_delegated = problem.state is ProblemState.DELEGATED
        since = problem.state_on if is_delegated else today
        whole, half, double = (
            _sum(replace(deal, hours=deal.hours * factor), worth, settings, today, since)
            for factor in (Fraction(1), Fraction(1, 2), Fraction(2))
        )
        back = given_back(whole, since, today) if is_delegated else None
    missing = {
        Missing.MINUTES: workload is None and problem.estimate.seconds is None,
        Missing.EVERY: workload is None and problem.estimate.every is None,
        Missing.COST: cost is None,
        Missing.WORTH: worth.now is None,
    }
    return Weighing(
        problem=problem,
        workload=workload,
        missing=tuple(item for item, is_missing in missing.items() if is_missing),
        low=worth.low,
        leak=problem.leak(worth.now),
        sum=whole,
        half=half,
        double=double,
        ask_again_on=next_ask(problem, whole.turns_on if whole else None, settings, today),
        given_back=back,
    )


def cost_of(problem: Problem) -> Cost | None:
    """What somebody else asks for it; since it is delegated, what it really costs."""
    if problem.state is ProblemState.DELEGATED and problem.real_cost is not None:
        return problem.real_cost
    return problem.estimate.cost


def _sum(deal: Deal, worth: Worth, settings: Settings, today: date, since: date) -> Sum:
    turns_on = None
    if worth.low is None or not deal.is_worth_it(worth.low):
        turns_on = turning_day(deal, worth, settings, today)
    if deal.turning_worth is None:
        verdict = Verdict.NOT_YET
    elif worth.now is None or worth.low is None:
        verdict = Verdict.UNKNOWN
    elif deal.is_worth_it(worth.low):
        verdict = Verdict.NOW
    elif deal.is_worth_it(worth.now):
        verdict = Verdict.CLOSE
    else:
        verdict = Verdict.NOT_YET if turns_on is None else Verdict.SOON
    return sum_of(deal, worth.now, since, verdict, turns_on)


class Totals(Struct, frozen=True):
    """What all delegated problems add up to. Money is in minor units."""

    delegated: int  # how many there are
    left_out: int  # of them are in no sum: minutes, how often or the cost are missing
    hours: Fraction  # bought back a month; one-off things give back none a month
    cost: int  # a month
    worth: int | None  # of the hours of a month; None where the worth of an hour is not known


class Part(IntEnum):
    """The parts of the ledger, in their order."""

    NOW = 0  # parked, and worth delegating now
    DELEGATED = 1
    PARKED = 2
    OVER = 3


def part_of(weighing: Weighing) -> Part:
    """In which part of the ledger it stands."""
    state = weighing.problem.state
    if state is ProblemState.PARKED:
        return Part.NOW if weighing.verdict is Verdict.NOW else Part.PARKED
    return Part.DELEGATED if state is ProblemState.DELEGATED else Part.OVER


def _place(weighing: Weighing) -> tuple[int | Fraction, ...]:
    """Where it stands in its part: by what it saves, then by its hours; of what is over, newest."""
    problem, found, part = weighing.problem, weighing.sum, part_of(weighing)
    if part is Part.OVER:
        return part, -problem.state_on.toordinal(), problem.id
    hours = weighing.workload.seconds if weighing.workload else 0
    after = -hours, problem.parked_on.toordinal(), problem.id
    if found is None or found.saving is None:
        return part, 1, *after
    return part, 0, -found.saving, *after


class ProblemsSnapshot(Struct, frozen=True, dict=True):
    """All that Delegate is worked out of."""

    today: date
    settings: Settings
    problems: tuple[Problem, ...]  # in any state, earliest first
    worth: Worth
    returns: tuple[Return, ...]  # of all activities in 90 days: what freed hours could earn
    running: Running | None = None  # the timer, which may run on one of them

    @cached_property
    def rows(self) -> tuple[Weighing, ...]:
        """What to delegate now, what is delegated, what else is parked, and what is over."""
        weighed = (weigh(item, self.worth, self.settings, self.today) for item in self.problems)
        return tuple(sorted(weighed, key=_place))

    @cached_property
    def totals(self) -> Totals:
        """The sums of what is delegated, as each part of them is told."""
        worth = self.worth.now
        delegated = [row for row in self.rows if part_of(row) is Part.DELEGATED]
        counted = [row.sum for row in delegated if row.sum is not None]
        monthly = [found for found in counted if not found.deal.is_once]
        return Totals(
            delegated=len(delegated),
            left_out=len(delegated) - len(counted),
            hours=sum((found.deal.hours for found in monthly), Fraction()),
            cost=sum(found.cost for found in monthly),
            worth=None if worth is None else sum(found.freed or 0 for found in monthly),
        )
