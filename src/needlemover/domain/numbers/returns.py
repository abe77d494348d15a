"""Returns: what the hours of each activity brought, and whether that fits the user's own rank."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import comb, erfc, log, sqrt
from operator import add

from msgspec import Struct
from msgspec.structs import replace

from ..day import Weeks
from .rates import CHANCE, Z, divide, per_hour, percents

LEAST_PAYMENTS = 5
LEAST_SECONDS = 10 * 3600
LEAST_RATIO = 2  # what it takes to compare two activities in words

TOP = 3  # how many of the highest-ranked activities are the right things


class Return(Struct, frozen=True):
    """What an activity took and brought in a window."""

    activity_id: int
    name: str
    rank: int
    seconds: int  # all that was logged on it
    money: int  # in minor units, of the buyers that it brought, else what was logged on it
    payments: int  # how many times money came in; refunds do not count
    seconds_share: float | None = None  # of all logged time, 0 to 1; None without any
    money_share: float | None = None  # of all money; None without, or where a part is below 0
    seconds_percent: int = 0  # the shares in percent, rounded so that they add up
    money_percent: int = 0
    is_archived: bool = False
    squares: int = 0  # the sum of the squared amounts that came in or were paid back

    @property
    def is_traced(self) -> bool:
        """Whether any money could be traced to it. Where not, nothing is said of its return."""
        return bool(self.payments or self.money)

    @property
    def per_hour(self) -> int | None:
        """Minor units an hour; None with no money traced or no time logged."""
        return per_hour(self.money, self.seconds) if self.is_traced else None

    @property
    def interval(self) -> tuple[int, int] | None:
        """The 95 % range of what an hour brought, in minor units; None without time."""
        return range_per_hour(self.money, self.squares, self.seconds, Z)

    @property
    def payments_missing(self) -> int:
        """How many more payments it takes to say what an hour brings."""
        return max(0, LEAST_PAYMENTS - self.payments)

    @property
    def seconds_missing(self) -> int:
        """How much more time it takes to say so, beside the whole minutes that are told."""
        return max(0, LEAST_SECONDS - self.seconds // 60 * 60)

    @property
    def can_be_compared(self) -> bool:
        """Whether there is enough evidence to compare it with another activity in words."""
        return not self.payments_missing and not self.seconds_missing

    @property
    def is_proven(self) -> bool:
        """Whether it can be ranked by what it earned."""
        return self.can_be_compared and self.money > 0 and not self.is_archived


def range_per_hour(money: int, squares: int, seconds: int, z: float) -> tuple[int, int] | None:
    """Of money in minor units, with the sum of its squares: what an hour brings; None without time.

    Source: the variance of a compound Poisson sum, estimated by the sum of the squares; S. A.
    Klugman, H. H. Panjer and G. E. Willmot, "Loss Models", fourth edition (2012), section 9.3.
    `z` is the normal deviate that leaves on either side what the range may miss. Below 0 it goes
    only where more was paid back than came in.
    """
    if not seconds:
        return None
    reach = z * sqrt(squares)
    low, high = (round((money + way) * 3600 / seconds) for way in (-reach, reach))
    return (low if money < 0 else max(0, low)), high


class Contradiction(Struct, frozen=True):
    """The measured order says otherwise than the user's rank, with enough evidence."""

    ranked: Return  # the one that the user ranks higher
    better: Return  # the one that earned more an hour
    tenths: int  # how many tenths as much an hour it earned: 41 is 4.1 times
    is_first: bool  # whether nothing is ranked above the first of them


class RightWeek(Struct, frozen=True):
    """Where the logged time of a week went."""

    start: date
    seconds: int = 0  # all logged time
    top_seconds: int = 0  # on the three highest-ranked activities
    leak_seconds: int = 0  # on problems

    @property
    def share(self) -> float | None:
        """The share of the right things, 0 to 1; None when nothing was logged."""
        return self.top_seconds / self.seconds if self.seconds else None

    @property
    def leak_share(self) -> float | None:
        """The share of problems, 0 to 1; None when nothing was logged."""
        return self.leak_seconds / self.seconds if self.seconds else None


def returns_of(found: Sequence[Return], all_money: int) -> tuple[Return, ...]:
    """The activities with their shares, by return, then by rank; `all_money` in minor units."""
    times, amounts = [item.seconds for item in found], [item.money for item in found]
    all_seconds = sum(times)
    if min([*amounts, all_money - sum(amounts)]) < 0:
        all_money = 0  # of a whole with a part below 0 there are no shares
    in_percent = zip(percents(times, all_seconds), percents(amounts, all_money), strict=True)
    shared = (
        replace(
            item,
            seconds_share=item.seconds / all_seconds if all_seconds else None,
            money_share=item.money / all_money if all_money > 0 else None,
            seconds_percent=of_time,
            money_percent=of_money,
        )
        for item, (of_time, of_money) in zip(found, in_percent, strict=True)
    )
    return tuple(sorted(shared, key=lambda it: (it.per_hour is None, -(it.per_hour or 0), it.rank)))


def contradiction_of(returns: Sequence[Return]) -> Contradiction | None:
    """The contradiction of the highest-ranked activity that has one, with the best of the others.

    Both have 5 payments and 10 hours, and the lower ranked earned at least twice as much an hour,
    by more than chance: however many pairs are compared, 5 % of such rankings are contradicted.
    """
    ranked = sorted((item for item in returns if not item.is_archived), key=lambda item: item.rank)
    proven = [item for item in ranked if item.is_proven]
    limit = CHANCE / max(1, comb(len(proven), 2))
    for place, higher in enumerate(proven):
        others = [item for item in proven[place + 1 :] if _earned_more(item, higher, limit)]
        if others:
            better = max(others, key=lambda item: Fraction(item.money, item.seconds))
            tenths = divide(10 * better.money * higher.seconds, higher.money * better.seconds)
            return Contradiction(higher, better, tenths or 0, is_first=higher is ranked[0])
    return None


def _earned_more(item: Return, than: Return, limit: float) -> bool:
    """Whether an hour earned at least twice as much, and so by chance less often than the limit.

    Source: the logarithm of the ratio of two compound Poisson sums, by the delta method (G. Casella
    and R. L. Berger, "Statistical Inference", second edition, 2002, section 5.5.4), has the
    variance Σx²/(Σx)² of each, added.
    """
    ratio = Fraction(item.money * than.seconds, than.money * item.seconds)
    variance = sum(Fraction(each.squares, each.money**2) for each in (item, than))
    return ratio >= LEAST_RATIO and erfc(log(ratio) / sqrt(2 * variance)) < limit


def right_seconds(returns: Sequence[Return]) -> tuple[int, int]:
    """All logged time of a window, and what of it went to the three highest-ranked activities."""
    ranked = sorted((item for item in returns if not item.is_archived), key=lambda item: item.rank)
    return sum(item.seconds for item in returns), sum(item.seconds for item in ranked[:TOP])


def right_weeks(
    days: Iterable[tuple[int, date, int]],
    leaks: Mapping[date, int],
    ranks: Mapping[int, int],
    since: date,
    until: date,
    cut: Weeks,
) -> tuple[RightWeek, ...]:
    """Where the logged time of each week of a window went, earliest first.

    `days` are activity, day and seconds, in the window or not; `leaks` the seconds put into
    problems; `ranks` those of the activities that are not archived.
    """
    top = sorted(ranks, key=lambda key: ranks[key])[:TOP]
    logged = [(day, seconds, seconds * (key in top), 0) for key, day, seconds in days]
    logged += [(day, seconds, 0, seconds) for day, seconds in leaks.items()]
    weeks = {week.first: [0, 0, 0] for week in cut.between(since, until)}
    for day, *sums in logged:
        if since <= day <= until:
            week = weeks[cut.start(day)]
            week[:] = map(add, week, sums)
    return tuple(RightWeek(start, *sums) for start, sums in weeks.items())
