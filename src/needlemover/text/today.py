"""What is said of the calls of a day and of its week."""

from ..domain.today.snapshot import SalesDay, SalesWeek
from .format import counted, hours


def dial_words(sales: SalesDay) -> str:
    """`9 dials · 3 new buyers`."""
    return f"{counted(sales.dials, 'dial')} · {counted(sales.new_buyers, 'new buyer')}"


def buyers_week_words(week: SalesWeek) -> str:
    """The time with buyers: `3 h 10 of 5 h`."""
    of = f" of {hours(week.quota_seconds)}" if week.quota_seconds else ""
    return f"{hours(week.seconds)}{of}"
