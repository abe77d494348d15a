"""The worth of an hour in sentences: now, a week from now, and where it returns most."""

from collections.abc import Sequence

from ...domain.numbers.returns import LEAST_PAYMENTS, LEAST_SECONDS, Return
from ...domain.numbers.worth import TREND_WEEKS, Worth, WorthBasis, best_return, closest_return
from ...domain.settings import Settings
from ..format import counted, days_from_to, minutes, money, plain_day, rounded_money, shown
from .words import hour_words


def worth_lines(worth: Worth, settings: Settings) -> list[str]:
    """What an hour is worth now and a week from now, and what that is worked out of."""
    measured = measured_words(worth, settings)
    now = f"{measured[0].upper()}{measured[1:]}"
    if worth.declared and worth.now is not None:
        now = f"An hour is worth {money(worth.now, settings.currency)}, as you declared."
    lines = [now, next_words(worth, settings)]
    if worth.declared:
        lines.append(f"As measured, {measured}")
    following = settings.hourly_worth_next
    if following is not None and following.start > worth.basis.until:
        amount = money(following.value, settings.currency)
        lines.append(f"From {plain_day(following.start)} on: {amount}, as you declared.")
    return lines


def measured_words(worth: Worth, settings: Settings) -> str:
    """As `an hour is worth $42, …: $21,504 in 12 payments over 512 h of work`; or why not."""
    basis, currency = worth.basis, settings.currency
    # A first day without work, such as a Sunday, is too little, not a working day set wrongly.
    if not basis.seconds and not basis.days_missing:
        why = "there are no working hours in these days, so an hour has no worth"
        return f"{why}: look at working_day and the days off."
    worked, days = minutes(basis.seconds), days_from_to(basis.since, basis.until)
    payments = counted(basis.payments, "payment")
    rests = f"{money(basis.money, currency)} in {payments} over {worked} of work, {days}"
    if worth.measured is None:
        so_far = f" ({rests})" if basis.payments else ""
        return f"too little to say what an hour is worth: {_missing(basis)}{so_far}."
    if worth.measured < 0:
        cost = money(-worth.measured, currency)
        return f"an hour cost {cost}, because more was paid back than received: {rests}."
    low, high = (money(end, currency) for end in basis.interval or (0, 0))
    each = money(worth.measured, currency)
    return f"an hour is worth {each}, {low} to {high} (80 % sure): {rests}."


def next_words(worth: Worth, settings: Settings) -> str:
    """As `A week from now: at least $45; it rises by $2 a week or more (99.9 % sure)`."""
    currency, trend = settings.currency, worth.trend
    if worth.next_declared and worth.next_week is not None:
        return f"A week from now: {money(worth.next_week, currency)}, as you declared."
    if worth.next_week is None:
        return "A week from now: too little to say."
    if trend is None:
        return f"A week from now: no {TREND_WEEKS} full weeks of work yet, so the same."
    if not trend.sure:
        return "A week from now: no clear trend, so the same."
    most, goes = ("at least", "rises") if trend.sure > 0 else ("at most", "falls")
    then, more = money(worth.next_week, currency), money(abs(trend.sure), currency)
    return f"A week from now: {most} {then}; it {goes} by {more} a week or more (99.9 % sure)."


def _missing(basis: WorthBasis) -> str:
    payments, days = basis.payments_missing, basis.days_missing
    parts = [counted(payments, "more payment")] if payments else []
    parts += [f"{counted(days, 'more day')} of records"] if days else []
    return f"{' and '.join(parts)} {'is' if payments + days == 1 else 'are'} needed"


def hour_lines(worth: Worth, returns: Sequence[Return], settings: Settings) -> list[str]:
    """An hour now, a week from now, and where it returns most, with what each rests on."""
    return [*worth_lines(worth, settings), best_words(returns, settings.currency)]


def best_words(returns: Sequence[Return], currency: str) -> str:
    """As `Sales earned most: $120 an hour ($52 to $188), $24,000 in 12 payments, 200 h`."""
    best, closest = best_return(returns), closest_return(returns)
    if best is not None:
        name, each = shown(best.name), earned_words(best, currency)
        return f"{name} earned most: {each}, {_rests(best, currency)}."
    words = f"no activity has {LEAST_PAYMENTS} payments and {minutes(LEAST_SECONDS)} yet"
    if closest is not None:
        words += f" ({shown(closest.name)} has {_rests(closest, currency)})"
    return f"What earned most an hour: too little to say, as {words}."


def earned_words(item: Return, currency: str) -> str:
    """As `$120 an hour ($52 to $188)`, with its 95 % range; of one with hours."""
    low, high = (rounded_money(end, currency) for end in item.interval or (0, 0))
    return f"{hour_words(item.money, item.seconds, currency)} an hour ({low} to {high})"


def income_words(income: int, worth: int, seconds: int, currency: str) -> str:
    """As `$90,000 a year ÷ 2080 h of work = $43.27 an hour`, from minor units and seconds."""
    worked = minutes(seconds)
    return f"{money(income, currency)} a year ÷ {worked} of work = {money(worth, currency)} an hour"


def _rests(item: Return, currency: str) -> str:
    payments = counted(item.payments, "payment")
    return f"{money(item.money, currency)} in {payments}, {minutes(item.seconds)}"
