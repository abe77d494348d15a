"""The clock of the sample data: it is a working afternoon whenever they are looked at."""

from datetime import datetime, time, timedelta

from ..clock import SystemClock


class DemoClock(SystemClock):
    """The computer's clock, moved to 15:40 of today, or of Friday at the weekend, and running."""

    def __init__(self) -> None:
        super().__init__()
        now = super().real_now()
        today = now.astimezone(self.zone()).date()
        day = today - timedelta(days=max(0, today.weekday() - 4))
        self._ahead = datetime.combine(day, time(15, 40), self.zone()) - now

    def real_now(self) -> datetime:
        """The present instant as it shows it, in UTC."""
        return super().real_now() + self._ahead
