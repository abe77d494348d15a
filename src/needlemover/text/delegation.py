"""Whether to hand a problem over, in sentences: the verdict, its sum, and the ledger of all."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from ..domain.delegation.deal import PAYBACK_MONTHS, Sum, Verdict
from ..domain.delegation.problem import CostPer, Every, Leak, Problem, ProblemState, Workload
from ..domain.delegation.verdict import Missing, Part, Totals, Weighing, cost_of, part_of
from ..domain.numbers.returns import Return
from ..domain.numbers.worth import best_return
from ..domain.today.snapshot import ProblemAsk
from .format import MONTHS, counted, exact_length, minutes, money, plain_day, quoted, shown
from .numbers.worth import earned_words

_MISSING = {
    Missing.MINUTES: "how many minutes it takes",
    Missing.EVERY: "how often it comes back",
    Missing.COST: "what it would cost",
    Missing.WORTH: "what your hour is worth",
}
Row = tuple[str, str]
"""Of a sum: what it is, and how much."""

VERDICT_WORDS = {
    Verdict.NOW: "now",
    Verdict.CLOSE: "too close to call",
    Verdict.SOON: "very soon",
    Verdict.NOT_YET: "not yet",
    Verdict.UNKNOWN: "too little to say",
}
EACH_WORDS = {
    Every.ONCE: "once",
    Every.DAY: "each working day",
    Every.WEEK: "each week",
    Every.MONTH: "each month",
}


def verdict_words(weighing: Weighing, currency: str, today: date) -> str:
    """As `Not yet: worth it once your hour is worth $46`, or what is missing to say it."""
    found, free = weighing.sum, weighing.free_deal
    if free is not None and free.turning_worth is None:
        why = "handing it over takes as long as doing it for three months, or longer"
        if free.is_once:
            why = "handing it over takes as long as doing it"
        return f"Not at any worth of your hour: {why if free.hours else 'it frees no time'}."
    if found is None or found.deal.worth_needed is None:
        *others, last = (_MISSING[item] for item in weighing.missing)
        words = f"{', '.join(others)} and {last}" if others else last
        return f"Too little to say. Still missing: {words}."
    if found.verdict is Verdict.NOW:
        return _now_words(weighing.problem, found, currency)
    needed, coming = money(found.deal.worth_needed, currency), ""
    if found.turns_on is not None:
        coming = f"; from {plain_day(found.turns_on)} on it is worth it, as you declared"
    if found.verdict is Verdict.CLOSE:
        hour, low = (money(value or 0, currency) for value in (found.worth, weighing.low))
        return f"Now at {hour} an hour, not at {low}: too close to call{coming}."
    if found.verdict is Verdict.UNKNOWN:
        return f"Too little to say what your hour is worth; worth it from {needed} on{coming}."
    if weighing.problem.state is ProblemState.DELEGATED:
        return f"Worth it once your hour is worth {needed}; now it is not."
    if found.verdict is Verdict.SOON and found.turns_on is not None:
        asked = _asked_words(weighing, found.turns_on, today)
        return f"Very soon: worth it at {needed}, about {plain_day(found.turns_on)}{asked}."
    return f"Not yet: worth it once your hour is worth {needed}."


def _asked_words(weighing: Weighing, turns_on: date, today: date) -> str:
    """When Today asks again, as the end of a sentence; empty where it does not."""
    if (asked := weighing.ask_again_on) is None:
        return ""
    if asked <= today:
        return "; you are asked again today"
    return f"; asked again {'that morning' if asked == turns_on else f'on {plain_day(asked)}'}"


def sum_blocks(weighing: Weighing, currency: str) -> list[list[Row]]:
    """The whole sum, each row to be checked by hand; as much of it as is known."""
    load, found = weighing.workload, weighing.sum
    if load is None:
        return []
    takes = length(load.hours) if load.is_once else f"{length(load.hours)} a month"
    first = [(_workload_words(weighing, load), takes)]
    if found is None:
        return [first]
    if found.worth is None:
        return [first, _needed_rows(weighing, found, currency)]
    deal, hour = found.deal, money(found.worth, currency)
    handover, saving = found.handover or 0, found.saving or 0
    handing = f"hand-over, {length(deal.handover)} × {hour}"
    parts = {f"frees {length(deal.hours)} × {hour}": found.freed or 0}
    if deal.is_once and handover:
        parts[handing] = -handover
    parts[f"costs {_price_words(weighing, currency)}".strip()] = -found.cost
    often = ", once" if deal.is_once else " a month"
    parts[f"{'saves' if saving >= 0 else 'loses'}{often}"] = saving
    blocks = [first, _in_money(parts, currency)]
    if not deal.is_once and found.setup:
        once = {handing: handover, "paid once": found.setup - handover}
        if all(once.values()):
            once["takes once"] = found.setup
        setup = _in_money({words: amount for words, amount in once.items() if amount}, currency)
        blocks.append([*setup, ("paid back", _payback_words(found))])
    return blocks


def given_rows(weighing: Weighing, currency: str) -> list[Row]:
    """What delegating it gave back so far, as a sum."""
    given, found = weighing.given_back, weighing.sum
    if given is None or found is None or not (given.hours or given.paid or given.handover):
        return []
    hours = f"given back so far, {length(given.hours)}"
    if given.worth is None or given.money is None or found.worth is None:
        return [(hours, f"for {money(given.paid, currency)}")]
    parts = {f"{hours} × {money(found.worth, currency)}": given.worth, "paid": -given.paid}
    if given.handover:
        parts["hand-over"] = -given.handover
    return _in_money(parts | {"saved so far": given.money}, currency)


def _in_money(parts: Mapping[str, int], currency: str) -> list[Row]:
    return [(words, money(amount, currency)) for words, amount in parts.items()]


def _workload_words(weighing: Weighing, load: Workload) -> str:
    """As `1 h 30 each week, estimated`, or `65 h in 91 days, measured 65 times`."""
    if load.days:
        words = f"{minutes(load.logged_seconds)} in {load.days:,} days"
    else:
        every = weighing.problem.estimate.every or Every.ONCE
        words = f"{exact_length(round(load.seconds / load.times))} {EACH_WORDS[every]}"
    rests = f"measured {counted(load.logged, 'time')}" if load.is_measured else "estimated"
    return f"{words}, {rests}"


def also_lines(weighing: Weighing, returns: Sequence[Return], currency: str) -> Iterator[str]:
    """What else is worth knowing: other hours, what may be paid, and what freed hours earn."""
    load, most, low = weighing.workload, weighing.most_to_pay, weighing.low
    if weighing.half is not None and weighing.double is not None:
        half, double = (_scaled_words(it, currency) for it in (weighing.half, weighing.double))
        yield f"At half the hours: {half}. At double: {double}."
    if load is None:
        return
    often = "" if load.is_once else " a month"
    if most is not None and low is not None:
        # At the lower end of what an hour is worth: what is paid then is surely worth it.
        paid = f"{money(most, currency)}{often or ' once'}"
        yield f"At {money(low, currency)} an hour it is worth paying up to {paid} for it."
    if (best := best_return(returns, but_not=weighing.problem.activity_id)) is not None:
        earned = f"{shown(best.name)} earned {earned_words(best, currency)}"
        yield f"It frees {length(load.hours)}{often}; {earned}."


def length(hours: Fraction) -> str:
    """Hours as `16 h 15`, `5 min`; of whole minutes, as all hours of a sum are."""
    return minutes(round(hours * 3600))


def decimal(value: Fraction, places: int = 2) -> str:
    """`6.5`, `1.44`, `1,200`: rounded half-even, without zeros at its end."""
    whole, rest = divmod(round(value * 10**places), 10**places)
    return f"{whole:,}.{rest:0{places}}".rstrip("0").rstrip(".")


def factor(value: Fraction) -> str:
    """The same, but thirds in full, `21 2/3`: a person who multiplies by it finds what is told."""
    whole, rest = divmod(value.numerator, value.denominator)
    if value.denominator != 3:
        return decimal(value)
    return f"{whole:,} {rest}/3" if whole else f"{rest}/3"


def _now_words(problem: Problem, found: Sum, currency: str) -> str:
    begin = "Worth it" if problem.state is ProblemState.DELEGATED else "Delegate now"
    saves = f"{begin}: saves {money(found.saving or 0, currency)}"
    if found.deal.is_once:
        return f"{saves}, once."
    if found.payback_on is None or not found.setup:
        return f"{saves} a month."
    return f"{saves} a month, paid back about {plain_day(found.payback_on)}."


def _needed_rows(weighing: Weighing, found: Sum, currency: str) -> list[Row]:
    """What it costs, and how the worth needed follows, where that of the hour is not known."""
    deal, needed = found.deal, found.deal.worth_needed
    if needed is None:
        return []
    months, over = "", deal.hours - deal.handover
    if not deal.is_once:
        months, over = f"{PAYBACK_MONTHS} × ", PAYBACK_MONTHS * deal.hours - deal.handover
    costs, price = deal.once_cost, "once"
    if not costs:
        costs = PAYBACK_MONTHS * deal.monthly_cost
        price = months + (_price_words(weighing, currency) or money(found.cost, currency))
    handover = f" − {length(deal.handover)} of hand-over" if deal.handover else ""
    return [
        (f"costs {price}", money(round(costs), currency)),
        (f"÷ {months}{length(deal.hours)}{handover}", length(over)),
        ("an hour must be worth", money(needed, currency)),
    ]


def _price_words(weighing: Weighing, currency: str) -> str:
    """As `21 2/3 × $14`, of what is paid for each time; else empty."""
    price, load = cost_of(weighing.problem), weighing.workload
    if price is None or load is None or price.per is not CostPer.TIME or load.is_once:
        return ""
    return f"{factor(load.times)} × {money(price.amount, currency)}"


def _payback_words(found: Sum) -> str:
    if (months := found.payback_months) is None:
        return "never"
    about = "" if found.payback_on is None else f", about {plain_day(found.payback_on)}"
    tenths = decimal(months, 1)
    in_months = "at once" if tenths == "0" else f"in {tenths} month{'' if tenths == '1' else 's'}"
    return in_months + about


def _scaled_words(found: Sum, currency: str) -> str:
    words, needed = VERDICT_WORDS[found.verdict], found.deal.worth_needed
    if needed is None:
        return "not at any worth"
    asked = f"{money(needed, currency)} needed"
    if found.verdict is Verdict.UNKNOWN:
        return asked
    return words if found.verdict is Verdict.NOW else f"{words} ({asked})"


_LEFT_OUT = "without enough figures to count"


def lead_words(rows: Sequence[Weighing], currency: str) -> str:
    """What to do, as `Delegate 2 now: saves $444.32 a month and $608.16 once`."""
    now = [row.sum for row in rows if part_of(row) is Part.NOW and row.sum is not None]
    if not now:
        return "Nothing to delegate now."
    sums = {"a month": 0, "once": 0}
    for found in now:
        sums["once" if found.deal.is_once else "a month"] += found.saving or 0
    saves = " and ".join(f"{money(sums[often], currency)} {often}" for often in sums if sums[often])
    return f"Delegate {len(now)} now: saves {saves or money(0, currency)}."


def totals_words(totals: Totals, currency: str) -> str:
    """As `Delegated so far: 31 h a month bought back for $640, worth $4,400`."""
    if not totals.delegated:
        return "Nothing is delegated yet."
    if totals.left_out == totals.delegated:
        return f"Delegated so far: {counted(totals.delegated, 'thing')}, {_LEFT_OUT}."
    worth = "" if totals.worth is None else f", worth {money(totals.worth, currency)}"
    bought = f"{length(totals.hours)} a month bought back for {money(totals.cost, currency)}{worth}"
    more = f"; {totals.left_out} more, {_LEFT_OUT}" if totals.left_out else ""
    return f"Delegated so far: {bought}{more}."


def leak_words(leak: Leak, currency: str, today: date) -> str:
    """As `You have put 6 h 40 into this since August: $947 at your hour`."""
    since = MONTHS[leak.since.month - 1]
    if leak.since.year != today.year:
        since += f" {leak.since.year}"
    worth = "" if leak.money is None else f": {money(leak.money, currency)} at your hour"
    return f"You have put {minutes(leak.seconds)} into this since {since}{worth}."


def state_words(problem: Problem) -> str:
    """`parked 3 Nov 2026`, `delegated to Kim since 1 Sep 2026`, `done myself …`, `dropped …`."""
    on = plain_day(problem.state_on)
    if problem.state is ProblemState.DELEGATED:
        to = f" to {shown(problem.delegated_to)}" if problem.delegated_to else ""
        return f"delegated{to} since {on}"
    if problem.state is ProblemState.DONE:
        return f"done myself {on}"
    return f"{problem.state.value} {on}"


def asked_today_words(problems: Sequence[Problem | ProblemAsk]) -> str:
    """As `Ask again today: is “Bookkeeping” worth handing over?`; empty without any."""
    if not problems:
        return ""
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return f"Ask again today: is {quoted(problems[0].title, 28)} worth handing over?{more}"
