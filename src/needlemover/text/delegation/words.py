"""Whether to hand a problem over, in sentences: the verdict, and a sum that a person can check."""

from datetime import date
from fractions import Fraction

from ...domain.delegation.deal import PAYBACK_MONTHS, Sum, Verdict
from ...domain.delegation.problem import DAYS_A_MONTH, CostPer, Every, Problem, ProblemState
from ...domain.delegation.verdict import Missing, Weighing, cost_of
from ...domain.numbers.returns import Return
from ..format import MINUS, counted, minutes, money, plain_day, shown
from ..numbers.worth import earned_words

_MISSING = {
    Missing.MINUTES: "how many minutes it takes",
    Missing.EVERY: "how often it comes back",
    Missing.COST: "what it would cost",
    Missing.WORTH: "what your hour is worth",
}
VERDICT_WORDS = {
    Verdict.NOW: "now",
    Verdict.CLOSE: "too close to call",
    Verdict.SOON: "very soon",
    Verdict.NOT_YET: "not yet",
    Verdict.UNKNOWN: "too little to say",
}
EACH_WORDS = {Every.DAY: "each working day", Every.WEEK: "each week", Every.MONTH: "each month"}


def verdict_words(weighing: Weighing, currency: str, today: date) -> str:
    """As `Not yet: worth it once your hour is worth $46`, or what is missing to say it."""
    found, free = weighing.sum, weighing.free_deal
    if free is not None and free.turning_worth is None:
        why = "the hand-over takes three months of it or more"
        if free.is_once:
            why = "handing it over takes as long as doing it"
        return f"Not at any worth of your hour: {why if free.hours else 'it frees no time'}."
    if found is None or found.deal.worth_needed is None:
        *others, last = (_MISSING[item] for item in weighing.missing)
        words = f"{', '.join(others)} and {last}" if others else last
        return f"Too little to say. Still missing: {words}."
    if found.verdict is Verdict.NOW:
        return _now_words(weighing.problem, found, currency)
    if found.verdict is Verdict.CLOSE:
        return _close_words(weighing, found, currency)
    needed = money(found.deal.worth_needed, currency)
    if found.verdict is Verdict.UNKNOWN:
        coming = ""
        if found.turns_on is not None:
            coming = f"; from {plain_day(found.turns_on)} on it is, as you declared"
        return f"Too little to say what your hour is worth; worth it from {needed} on{coming}."
    if weighing.problem.state is ProblemState.DELEGATED:
        return f"Worth it once your hour is worth {needed}; now it is not."
    if found.verdict is Verdict.SOON and found.turns_on is not None:
        asked = asked_words(weighing, found.turns_on, today)
        return f"Very soon: worth it at {needed}, about {plain_day(found.turns_on)}{asked}."
    return f"Not yet: worth it once your hour is worth {needed}."


def _close_words(weighing: Weighing, found: Sum, currency: str) -> str:
    hour, low = money(found.worth or 0, currency), money(weighing.low or 0, currency)
    coming = ""
    if found.turns_on is not None:
        coming = f"; from {plain_day(found.turns_on)} on it is sure, as you declared"
    return f"Now at {hour} an hour, not at {low}: too close to call{coming}."


def asked_words(weighing: Weighing, turns_on: date, today: date) -> str:
    """When Today asks again, as the end of a sentence; empty where it does not."""
    asked = weighing.ask_again_on
    if asked is None:
        return ""
    if asked <= today:
        return "; you are asked again today"
    return f"; asked again {'that morning' if asked == turns_on else f'on {plain_day(asked)}'}"


def sum_lines(weighing: Weighing, currency: str) -> list[str]:
    """The whole sum, each line to be checked by hand; as much of it as is known."""
    lines = [] if weighing.workload is None else [workload_words(weighing)]
    found = weighing.sum
    if found is None:
        return lines
    if found.worth is None:
        return [*lines, *_turning_words(weighing, found, currency)]
    lines.append(_saving_words(weighing, found, found.worth, currency))
    setup = _setup_words(found, found.worth, currency)
    return [*lines, setup] if setup else lines


def workload_words(weighing: Weighing) -> str:
    """As `1 h 30 each week: 6.5 h a month (estimated)`, or as measured."""
    load, every = weighing.workload, weighing.problem.estimate.every
    assert load is not None
    rests = f"measured, {counted(load.logged, 'time')}" if load.is_measured else "estimated"
    if load.is_once:
        return f"It takes {factor(load.hours)} h, once ({rests})"
    month = f"{factor(load.hours)} h a month ({rests})"
    if load.is_measured:
        logged = round(load.seconds * load.days / DAYS_A_MONTH)
        return f"{minutes(logged)} in {load.days} days: {month}"
    if every is None:
        return month
    return f"{minutes(round(load.seconds / load.times))} {EACH_WORDS[every]}: {month}"


def shaky_words(weighing: Weighing, currency: str) -> str:
    """As `At half the hours: not yet ($92 needed). At double: now`; empty without a sum."""
    if weighing.half is None or weighing.double is None:
        return ""
    half, double = _scaled_words(weighing.half, currency), _scaled_words(weighing.double, currency)
    return f"At half the hours: {half}. At double: {double}."


def price_words(weighing: Weighing, currency: str) -> str:
    """As `At $150 an hour it is worth paying up to $775 a month for it`; empty where unknown or 0.

    At the lower end of what an hour is worth: what is paid then is surely worth it.
    """
    load, most, low = weighing.workload, weighing.most_to_pay, weighing.low
    if load is None or most is None or low is None:
        return ""
    paid = f"{money(most, currency)} {'once' if load.is_once else 'a month'}"
    return f"At {money(low, currency)} an hour it is worth paying up to {paid} for it."


def freed_words(weighing: Weighing, best: Return | None, currency: str) -> str:
    """What an hour earned where most was earned; empty where that is not known."""
    load = weighing.workload
    if load is None or best is None:
        return ""
    freed = f"{decimal(load.hours)} h{'' if load.is_once else ' a month'}"
    return f"It frees {freed}; {shown(best.name)} earned {earned_words(best, currency)}."


def decimal(value: Fraction, places: int = 2) -> str:
    """`6.5`, `1.44`, `1,200`: rounded half-even, without zeros at its end."""
    rounded = round(value * 10**places)
    sign, rounded = (MINUS if rounded < 0 else ""), abs(rounded)
    whole, rest = divmod(rounded, 10**places)
    return f"{sign}{whole:,}.{rest:0{places}}".rstrip("0").rstrip(".")


def factor(value: Fraction) -> str:
    """The same, but thirds in full, `21 2/3`: a person who multiplies by it finds what is told."""
    whole, rest = divmod(value.numerator, value.denominator)
    if value.denominator != 3 or value < 0:
        return decimal(value)
    return f"{whole:,} {rest}/3" if whole else f"{rest}/3"


def _now_words(problem: Problem, found: Sum, currency: str) -> str:
    saving = money(found.saving or 0, currency)
    begin = "Worth it" if problem.state is ProblemState.DELEGATED else "Delegate now"
    if found.deal.is_once:
        return f"{begin}: saves {saving}, once."
    if found.payback_on is None or not found.setup:
        return f"{begin}: saves {saving} a month."
    return f"{begin}: saves {saving} a month, paid back about {plain_day(found.payback_on)}."


def _saving_words(weighing: Weighing, found: Sum, worth: int, currency: str) -> str:
    deal, hour = found.deal, money(worth, currency)
    month = "" if deal.is_once else " a month"
    freed = money(found.freed or 0, currency)
    words = f"frees {factor(deal.hours)} h{month} × {hour} = {freed}"
    if deal.is_once and found.handover:
        words += f"; hand-over {factor(deal.handover)} h × {hour} = "
        words += money(found.handover, currency)
    words += f"; costs {_cost_words(weighing, found, currency)}"
    saving = found.saving or 0
    verb = "saves" if saving >= 0 else "loses"
    return f"{words}; {verb} {money(abs(saving), currency)}{month or ', once'}"


def _turning_words(weighing: Weighing, found: Sum, currency: str) -> list[str]:
    """What it costs, and how the worth needed follows, where that of the hour is not known."""
    deal, needed = found.deal, found.deal.worth_needed
    if needed is None:
        return []
    is_paid_once = deal.is_once or bool(deal.once_cost)
    asked = money(round(deal.once_cost or deal.monthly_cost), currency)
    costs = f"{asked} once" if is_paid_once else f"{_cost_words(weighing, found, currency)} a month"
    months = "" if deal.is_once else f"{PAYBACK_MONTHS} × "
    asked = asked if is_paid_once else f"{months}{asked}"
    over = f"{months}{factor(deal.hours)} h"
    if deal.handover:
        costs += f"; hand-over {factor(deal.handover)} h of yours, once"
        over += f" − {factor(deal.handover)} h"
    return [f"costs {costs}", f"{asked} ÷ ({over}) = {money(needed, currency)} an hour"]


def _cost_words(weighing: Weighing, found: Sum, currency: str) -> str:
    price, load, costs = cost_of(weighing.problem), weighing.workload, money(found.cost, currency)
    if price is None or load is None or price.per is not CostPer.TIME or load.is_once:
        return costs
    return f"{factor(load.times)} × {money(price.amount, currency)} = {costs}"


def _setup_words(found: Sum, worth: int, currency: str) -> str:
    """What it takes once, and when that has come back; empty where it takes nothing."""
    deal, parts = found.deal, list[str]()
    if deal.is_once or not found.setup:
        return ""
    if found.handover:
        product = f"{factor(deal.handover)} h × {money(worth, currency)}"
        parts.append(f"hand-over {product} = {money(found.handover, currency)}")
    if deal.once_cost:
        parts.append(f"{money(round(deal.once_cost), currency)} once")
    words = " + ".join(parts)
    if len(parts) > 1:
        words += f" = {money(found.setup, currency)}"
    months = found.payback_months
    if months is None:
        return f"{words}, never paid back"
    about = "" if found.payback_on is None else f" (about {plain_day(found.payback_on)})"
    tenths = decimal(months, 1)
    within = "at once" if tenths == "0" else f"in {tenths} {'month' if tenths == '1' else 'months'}"
    return f"{words}, paid back {within}{about}"


def _scaled_words(found: Sum, currency: str) -> str:
    words = VERDICT_WORDS[found.verdict]
    if found.verdict is Verdict.NOW:
        return words
    needed = found.deal.worth_needed
    if needed is None:
        return "not at any worth"
    return f"{words} ({money(needed, currency)} needed)"
