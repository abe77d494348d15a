"""The funnel of a window: dials, conversations, asks, wins, and what each of them brought.

Counts belong to the day of the dial. An ask that is answered later, even after the window has
ended, is a win or a loss of the day on which the buyer was first asked; so in every window wins
are at most asks, asks at most conversations, and conversations at most dials. Money belongs to
the day on which it was received, whatever it pays for; only what a win brings is the money that
followed the wins themselves. How often something is won is told of asks with an answer.
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from math import sqrt
from operator import add

from msgspec import Struct
from msgspec.structs import astuple

from ..day import Weeks
from .rates import Rate, Z, divide, per_hour, spread


class Tally(Struct, frozen=True):
    """What sales entries add up to."""

    dials: int = 0
    conversations: int = 0
    asks: int = 0
    wins: int = 0
    seconds: int = 0  # of conversations
    money: int = 0  # received with sales entries, in minor units; later payments and refunds too
    open: int = 0  # of the asks, those without an answer
    earned: int = 0  # what followed these sales, whenever it came, in minor units
    squares: int = 0  # the sum of the squares of what followed each of them

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*map(add, astuple(self), astuple(other)))


Tallies = Iterable[tuple[date, Tally]]  # what the sales entries of days add up to


class BuyerCounts(Struct, frozen=True):
    """With whom the conversations of a window were: together they are all of them."""

    new: int = 0  # those that were the first ever with their contact
    known: int = 0  # later ones
    unnamed: int = 0  # those that name no contact: these can be neither


class Funnel(Struct, frozen=True):
    """The funnel of a window, with its rates and what one of each costs and brings."""

    since: date
    until: date
    tally: Tally = Tally()
    buyers: BuyerCounts = BuyerCounts()
    effect: float = 1.0  # how many dials tell as much as one would, as contacts repeat
    days: tuple[Tally, ...] = ()  # those of the window with any entry

    @property
    def conversation_per_dial(self) -> Rate:
        """How often a buyer was reached."""
        return Rate(self.tally.conversations, self.tally.dials, self.effect)

    @property
    def ask_per_conversation(self) -> Rate:
        """How often a buyer was asked to buy."""
        return Rate(self.tally.asks, self.tally.conversations)

    @property
    def win_per_ask(self) -> Rate:
        """How often a buyer who was asked, and has answered, bought."""
        return Rate(self.tally.wins, self._settled(self.tally.asks))

    @property
    def win_per_conversation(self) -> Rate:
        """How often a conversation was won, of as many as have settled asks."""
        return Rate(self.tally.wins, self._settled(self.tally.conversations))

    @property
    def win_per_dial(self) -> Rate:
        """How often a dial was won, likewise."""
        return Rate(self.tally.wins, self._settled(self.tally.dials))

    def _settled(self, number: int) -> int:
        """The part of a number that belongs to the settled asks, as one of an ask's own would."""
        asks = self.tally.asks
        return round(Fraction(number * (asks - self.tally.open), asks)) if asks else number

    @property
    def seconds_per_conversation(self) -> int | None:
        """How long a conversation took on average; None without any, or with no time logged."""
        return self._each(self.tally.seconds, self.tally.conversations)

    @property
    def seconds_per_win(self) -> int | None:
        """Seconds of conversation for each win; None without any, or with no time logged."""
        return self._each(self.tally.seconds, self.tally.wins)

    @property
    def money_per_win(self) -> int | None:
        """Minor units that followed each win; None without any, or with no money traced."""
        return self._each(self.tally.earned, self.tally.wins)

    @property
    def money_per_conversation(self) -> int | None:
        """Minor units for each conversation; None without any, or with no money traced."""
        return self._each(self.tally.money, self.tally.conversations)

    @property
    def money_per_dial(self) -> int | None:
        """Minor units for each dial; None without any, or with no money traced."""
        return self._each(self.tally.money, self.tally.dials)

    @property
    def money_per_hour(self) -> int | None:
        """Minor units for each hour with buyers; None without any, or with no money traced."""
        return per_hour(self.tally.money, self.tally.seconds) if self.tally.money else None

    def _each(self, whole: int, number: int) -> int | None:
        """Where nothing was logged or received nothing is said, never that it brought 0."""
        return divide(whole, number) if whole else None


def funnel_of(
    days: Tallies, since: date, until: date, new: int, unnamed: int, effect: float = 1.0
) -> Funnel:
    """The funnel of a window, of what the sales entries of each day, in it or not, add up to.

    `new` are its conversations that were the first ever with a contact, `unnamed` those with none.
    """
    found: dict[date, Tally] = {}
    for day, tally in days:
        if since <= day <= until:
            found[day] = found.get(day, Tally()) + tally
    total = sum(found.values(), Tally())
    buyers = BuyerCounts(new, total.conversations - new - unnamed, unnamed)
    return Funnel(since, until, total, buyers, effect, tuple(found.values()))


def differs(now: Funnel, before: Funnel, name: str) -> bool:
    """Whether a rate of two windows differs by more than days of one window do, 95 % sure."""
    both = [
        [getattr(Funnel(funnel.since, funnel.until, day), name) for day in funnel.days]
        for funnel in (now, before)
    ]
    (share, variance), (earlier, its_variance) = map(spread, both)
    return abs(share - earlier) > Z * sqrt(variance + its_variance)


def funnel_weeks(days: Tallies, since: date, until: date, cut: Weeks) -> tuple[Funnel, ...]:
    """Every week of the window, earliest first, as far as it lies in it; with whom is left out."""
    weeks = dict.fromkeys(cut.between(since, until), Tally())
    for day, tally in days:
        if since <= day <= until:
            weeks[cut.of(day)] += tally
    return tuple(Funnel(week.first, week.last, tally) for week, tally in weeks.items())
