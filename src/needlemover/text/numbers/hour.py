"""The worth of an hour for who thinks of delegating, in sentences."""

from ...domain.numbers.hour import HourWorth
from ...domain.numbers.returns import LEAST_PAYMENTS, LEAST_SECONDS, Return
from ...domain.settings import Settings
from ..format import counted, hours, money, shown
from .worth import worth_lines


def hour_lines(hour: HourWorth, settings: Settings) -> list[str]:
    """An hour now, a week from now, and where it returns most, with what each rests on."""
    return [*worth_lines(hour.worth, settings), best_words(hour, settings.currency)]


def best_words(hour: HourWorth, currency: str) -> str:
    """As `Best-returning: Sales, $120 an hour ($24,000 in 12 payments, 200 h)`, or what lacks."""
    best, closest = hour.best, hour.closest
    if best is not None and best.per_hour is not None:
        each = f"{money(best.per_hour, currency)} an hour"
        return f"Best-returning: {shown(best.name)}, {each} ({_rests(best, currency)})."
    words = f"no activity has {LEAST_PAYMENTS} payments and {hours(LEAST_SECONDS)} yet"
    if closest is not None:
        words += f" ({shown(closest.name)}: {_rests(closest, currency)})"
    return f"Best-returning: too little to say: {words}."


def income_words(income: int, worth: int, seconds: int, currency: str) -> str:
    """As `$90,000 a year ÷ 2080 h of work = $43.27 an hour`.

    Args:
        income: wanted a year, in minor units.
        worth: of an hour, in minor units.
        seconds: of work in a year.
        currency: the ISO code.
    """
    worked = hours(seconds)
    return f"{money(income, currency)} a year ÷ {worked} of work = {money(worth, currency)} an hour"


def _rests(item: Return, currency: str) -> str:
    payments = counted(item.payments, "payment")
    return f"{money(item.money, currency)} in {payments}, {hours(item.seconds)}"
