"""What the numbers depend on, chosen by the user."""

from datetime import date, time

from msgspec import Struct, field

from .promises.working_day import WorkingDay
from .weeks import USUAL_WEEKS, Weeks


class NextWorth(Struct, frozen=True):
    """A declared worth that holds from a day on."""

    value: int
    """Of an hour, in minor units."""
    start: date


class AssumedRate(Struct, frozen=True):
    """A win rate that the user assumes."""

    wins: int
    conversations: int


class Settings(Struct, frozen=True):
    """The settings kept with the data, with their values before anyone chose."""

    currency: str = "USD"
    """ISO 4217 code."""
    day_starts_at: time = time(4)
    weeks: Weeks = USUAL_WEEKS
    working_day: WorkingDay = field(default_factory=WorkingDay)
    call_cap: int = 7200
    """Seconds after which a running call is asked about at hang-up."""
    retry_days: tuple[int, ...] = (1, 3, 6, 30)
    """After so many days a callback without an answer is tried again, by the number of tries; the
    last one holds for more."""
    hourly_worth: int | None = None
    """The declared worth of an hour in minor units."""
    hourly_worth_next: NextWorth | None = None
    """A second declared worth, for a day to come or past."""
    goal: int | None = None
    """Money wanted in a month, or by `goal_by`, in minor units."""
    goal_by: date | None = None
    """The last day of the goal; None: the end of each month."""
    goal_since: date | None = None
    """The first day whose money counts towards a goal with a last day; None: the first of the
    month that runs."""
    assumed_win_rate: AssumedRate | None = None
    assumed_win: int | None = None
    """What a win is assumed to bring, in minor units."""

    def declared_worth(self, day: date) -> int | None:
        """The worth of an hour that is declared for a day, in minor units."""
        following = self.hourly_worth_next
        if following is not None and following.start <= day:
            return following.value
        return self.hourly_worth
