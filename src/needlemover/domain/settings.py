"""What the numbers depend on, chosen by the user."""

from dataclasses import dataclass, field
from datetime import time

from .quota import WorkingDay


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings kept with the data, with their values before anyone chose."""

    currency: str = "USD"
    """ISO 4217 code."""
    day_starts_at: time = time(4)
    first_weekday: int = 0
    """Monday is 0."""
    working_day: WorkingDay = field(default_factory=WorkingDay)
    call_cap: int = 7200
    """Seconds after which a running call is asked about at hang-up."""
    hourly_worth: int | None = None
    """The declared worth of an hour in minor units."""
