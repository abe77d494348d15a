"""The numbers in sentences: what they say, and what is missing where they say nothing."""

from collections.abc import Callable, Sequence
from math import floor

from ...domain.calls.block import BlockHours, log_ratio
from ...domain.numbers.funnel import BuyerCounts, Funnel, differs
from ...domain.numbers.goal import Range
from ...domain.numbers.hours import POINTS, Slots
from ...domain.numbers.rates import LEAST_SUCCESSES, WIDEST_RATIO, Rate, parted, per_hour
from ...domain.numbers.returns import LEAST_PAYMENTS, LEAST_SECONDS, Contradiction, Return
from ...domain.numbers.snapshot import NumbersSnapshot
from ..format import WEEKDAYS, average_length, counted, days_from_to, minutes, money, percent
from ..plain import round_minutes, shown

_MOST_DIGITS = 4


def empty_words(funnel: Funnel) -> str:
    """What is missing in a window without a dial or a conversation; empty where there are both."""
    if not funnel.tally.dials:
        return "No dials in these days: log a call, or choose a longer window."
    if not funnel.tally.conversations:
        return "Nobody was reached in these days, so nothing can be said of conversations yet."
    return ""


def per_figures(funnel: Funnel, currency: str) -> list[tuple[str, str]]:
    """What a win, a conversation, a dial and an hour took and brought; each with its figure."""
    tally, lines = funnel.tally, []
    enough, enough_talks = (n >= LEAST_SUCCESSES for n in (tally.wins, tally.conversations))

    def brought(amount: int | None) -> str:
        return _told(_amount(amount, currency), enough)

    if tally.wins:
        seconds = funnel.seconds_per_win
        time = "" if seconds is None else f"{average_length(seconds)} with buyers"
        words = ", ".join(filter(None, (_amount(funnel.money_per_win, currency), time)))
        lines.append((f"A win: {_told(words, enough)}", "money_per_win"))
    if tally.conversations:
        seconds = funnel.seconds_per_conversation
        time = "" if seconds is None else _told(average_length(seconds), enough_talks)
        words = ", ".join(filter(None, (brought(funnel.money_per_conversation), time)))
        lines.append((f"A conversation: {words}", "money_per_conversation"))
    if funnel.money_per_dial is not None:
        lines.append((f"A dial: {brought(funnel.money_per_dial)}", "money_per_dial"))
    if not tally.seconds:
        lines.append(("No time with buyers was logged: what an hour brought cannot be said.", ""))
    elif funnel.money_per_hour is None:
        lines.append((f"{minutes(tally.seconds)} with buyers; no money traced", ""))
    else:
        each = _told(hour_words(tally.money, tally.seconds, currency), enough)
        each += f" ({minutes(tally.seconds)} in all)"
        lines.append((f"An hour with buyers: {each}", "money_per_hour"))
    if tally.money < 0:
        lines.append(("More was paid back than received in these days.", ""))
    return [line for line in lines if not line[0].endswith(": ")]


def few_words(funnel: Funnel) -> list[str]:
    """What can be said of too few wins and conversations; empty where both are enough."""
    tally, found = funnel.tally, []
    if not tally.wins:
        found.append("No wins in these days, so what a win takes and brings is not known yet.")
    elif tally.wins < LEAST_SUCCESSES:
        only = f"Only {counted(tally.wins, 'win')}"
        found.append(f"{only}: too few to say what a win takes, or what an hour brings.")
    if tally.seconds and 0 < tally.conversations < LEAST_SUCCESSES:
        only = f"Only {counted(tally.conversations, 'conversation')}"
        found.append(f"{only}: too few to say how long one takes.")
    return found


def _told(figure: str, enough: bool) -> str:
    """A figure; where it rests on too few, as what it was so far."""
    return figure if enough or not figure else f"{figure} so far"


def _amount(amount: int | None, currency: str) -> str:
    """An amount that some share; of money that was there nobody is told that it is 0."""
    return "" if amount is None else money(amount, currency) if amount else "next to nothing"


def hour_words(amount: int, seconds: int, currency: str) -> str:
    """What an hour brought, worked out of the whole minutes that are told of so many seconds."""
    return _amount(per_hour(amount, round_minutes(seconds) * 60 or seconds), currency)


STEPS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("Dials", "dials", ()),
    ("Conversations", "conversations", (("conversation_per_dial", "dial"),)),
    ("Asks", "asks", (("ask_per_conversation", "conversation"),)),
    ("Wins", "wins", (("win_per_ask", "settled ask"), ("win_per_conversation", "conversation"))),
)
"""The steps of the funnel with their counts, and the rates with what they are shares of."""


def funnel_rate_words(funnel: Funnel, before: Funnel | None, name: str, of: str) -> str:
    """A rate of the funnel, and that of the days before where more than the days changed it.

    Of asks with an answer, beside it how many have none; of conversations, where asks are open, of
    how many it is. Empty where too few were won to count those that are not settled.
    """
    rate: Rate = getattr(funnel, name)
    if funnel.tally.open and name == "win_per_conversation" and not rate.can_be_said:
        return ""
    if funnel.tally.open and name == "win_per_conversation":
        of = f"{rate.trials:,} {of}"
    said = rate_words(rate, of)
    if funnel.tally.open and name == "win_per_ask":
        said += f", {funnel.tally.open:,} open"
    if before is not None and rate.can_be_said and differs(funnel, before, name):
        said += f", was {percent(getattr(before, name).value)}"
    return said


def buyers_words(buyers: BuyerCounts) -> str:
    """`Conversations: 95 new, 1,411 known, 3 without a name`."""
    words = f"Conversations: {buyers.new:,} new, {buyers.known:,} known"
    return f"{words}, {buyers.unnamed:,} without a name" if buyers.unnamed else words


def buyer_lines(snapshot: NumbersSnapshot) -> list[str]:
    """Of offers, tries and promises.

    As `$12,400 asked for, in 4 open asks, oldest 9 days`,
    `Reached on the first 2 tries: 31 % (27 to 35 %) of dials, later 12 % (9 to 16 %)`, `Meetings
    held: 3 of 4 (could be …)`.
    """
    offers, said = snapshot.offers, []
    if offers.oldest_days is not None:
        age = counted(offers.oldest_days, "day") if offers.oldest_days else "today"
        where = f"in {counted(offers.asks, 'open ask')}, oldest {age}"
        said.append(f"{money(offers.amount, snapshot.settings.currency)} asked for, {where}")
    if (parts := parted(snapshot.tries)) is not None:
        tries = f"{parts.place} tries" if parts.place > 1 else "try"
        first, later = rate_words(parts.first, "dial"), rate_words(parts.later)
        weeks, since = snapshot.weeks, snapshot.since
        of = f" of the last {len(weeks)} weeks" if weeks and weeks[0].since > since else ""
        said.append(f"Reached on the first {tries}{of}: {first}, later {later}")
    promised = (("Callbacks kept on their day", snapshot.kept.callbacks),
                ("Meetings held", snapshot.kept.meetings))  # fmt: skip
    return said + [f"{label}: {rate_words(Rate(*kept))}" for label, kept in promised if kept[1]]


def before_words(before: Funnel, currency: str) -> str:
    """As `27 May – 24 Aug 2026 had 9 dials, 4 conversations, 2 asks, 1 win, $1,200`."""
    steps = (f"{name}s" for name in ("dial", "conversation", "ask", "win"))
    had = [counted(getattr(before.tally, step), step[:-1]) for step in steps]
    all_of_it = ", ".join([*had, money(before.tally.money, currency)])
    return f"{days_from_to(before.since, before.until)} had {all_of_it}."


def return_words(item: Return, currency: str) -> str:
    """`$120 an hour`, from too few `$120 an hour so far`, `no money traced`, `no time logged`."""
    if not item.is_traced:
        return "no money traced"
    if item.per_hour is None:
        return "no time logged"
    each = hour_words(item.money, item.seconds, currency)
    return _told(f"{each} an hour", item.can_be_compared)


def hours_words(snapshot: NumbersSnapshot) -> str:
    """Why an hour with buyers brought another amount than one of an activity, where it did."""
    tally, currency = snapshot.funnel.tally, snapshot.settings.currency
    found = [item for item in snapshot.returns if item.per_hour is not None]
    hours = [hour_words(item.money, item.seconds, currency) for item in found]
    whole = hour_words(tally.money, tally.seconds, currency)
    if snapshot.funnel.money_per_hour is None or not hours or whole in hours:
        return ""
    with_buyers = "An hour with buyers is all sales money by talking time"
    return f"{with_buyers}; here it is an activity's own money by all its hours."


def evidence_words(item: Return) -> str:
    """`7 payments`, `1 payment: too few to say (4 more and 9 h 30 more)`; empty with no money."""
    if not item.is_traced:
        return ""
    paid = counted(item.payments, "payment")
    if item.can_be_compared or item.per_hour is None:
        return paid
    parts = [f"{item.payments_missing} more"] if item.payments_missing else []
    if item.seconds_missing:
        parts.append(f"{minutes(item.seconds_missing)} more")
    return f"{paid}: too few to say ({' and '.join(parts)})"


def ranking_words(returns: Sequence[Return], found: Contradiction | None) -> str:
    """As `You rank Film first; Sales earned 4.1 times as much an hour`, `Your ranking holds.`."""
    if found is None:
        if sum(item.is_proven for item in returns) > 1:
            return "Your ranking holds."
        least = f"{LEAST_PAYMENTS} payments and {minutes(LEAST_SECONDS)} each"
        return f"Your ranking cannot be checked yet: that takes two activities with {least}."
    better = shown(found.better.name)
    rank = "first" if found.is_first else f"above {better}"
    times = f"{found.tenths // 10}.{found.tenths % 10}"
    name = shown(found.ranked.name)
    return f"You rank {name} {rank}; {better} earned {times} times as much an hour."


def right_words(total: int, top: int, leak: int = 0) -> str:
    """As `62 % of 14 h logged went to your top three, 8 % leaked into problems`, from seconds."""
    total += leak
    if not total:
        return "No hours were logged in these days."
    leaked = f", {percent(leak / total)} leaked into problems" if leak else ""
    return f"{percent(top / total)} of {minutes(total)} logged went to your top three{leaked}."


def slots_words(slots: Slots) -> list[str]:
    """As `11:00: 106 of 260 dials, 41 % (35 to 47 %)`, or what it takes to name an hour."""
    lines = []
    for part in slots.best:
        dials = f"{part.conversations} of {counted(part.dials, 'dial')}"
        when = f"{part.hour:02}:00" if part.weekday is None else f"{WEEKDAYS[part.weekday]}s"
        lines.append(f"{when}: {dials}, {rate_words(part.rate)}")
    points = f"a difference of {POINTS * 100:.0f} points"
    if not lines and slots.dials_missing is None:
        lines = ["Too few calls with a time of day to say when buyers answer best."]
    elif not lines and slots.dials_missing:
        more = counted(rounded_up(slots.dials_missing), "more dial")
        lines = [f"No hour stands out yet ({more} would show {points})."]
    elif not lines:
        lines = [f"No hour stands out: {points} would show."]
    if slots.timeless:
        dials = counted(slots.timeless, "dial")
        are = "has no time of day and is" if slots.timeless == 1 else "have no time of day and are"
        lines.append(f"{dials} {are} left out.")
    return lines


def rounded_up(count: int) -> int:
    """To two digits: 1,811 is 1,900."""
    step = int(10 ** max(0, len(str(count)) - 2))
    return -(-count // step) * step


def block_hours_words(found: BlockHours) -> list[str]:
    """As `An hour in a block: 3.1 conversations (9 blocks, 7 h 30).` and what that bears."""
    lines = []
    for what, part, of in (
        ("in a block", found.inside, counted(found.inside.blocks, "block")),
        ("outside", found.outside, "hours with a dial"),
    ):
        if part.talks_an_hour is not None:
            talks = f"{part.talks_an_hour:.1f} conversations"
            lines.append(f"An hour {what}: {talks} ({of}, {minutes(part.seconds)}).")
    ratio = log_ratio(found)
    if ratio is None or ratio[0] <= 0 <= ratio[1]:
        return [*lines, "Too little to say which brings more."]
    return [*lines, f"An hour {'in a block' if ratio[0] > 0 else 'outside'} surely brings more."]


def range_words(
    found: Range, shape: Callable[[int], str] = "{:,}".format, *, is_sure: bool = True
) -> str:
    """`60 (48 to 74)`, `60`, or `at least 48`; if it is not sure, `3 to 8`."""
    if found.high is None or found.likely is None or no_end_words(found, is_sure=is_sure):
        return f"at least {shape(found.low)}"
    low, likely, high = shape(found.low), shape(found.likely), shape(found.high)
    if low == high:
        return likely
    return f"{likely} ({low} to {high})" if is_sure and likely != high else f"{low} to {high}"


def no_end_words(found: Range, *, is_sure: bool) -> str:
    """Why only the lower end of a range is told, as `, no upper limit yet`; else empty."""
    if found.high is None or found.likely is None:
        return ", no upper limit yet"
    is_wide = not is_sure and found.high > WIDEST_RATIO * found.low
    return ", the range is too wide to say more" if is_wide else ""


def rate_words(rate: Rate, of: str = "") -> str:
    """A rate as it may be told, with one of its trials: `11.7 % (11.4 to 12.0 %) of dials`.

    Else what it could be: `1 of 8 dials (could be 1 in 2 or 1 in 45)`; from 1 in 10 to above one
    half `3 of 3 (could be 4 to 10 in 10)`; `none of 8 so far (at most 1 in 3)`; `nothing to go by
    yet`.
    """
    if rate.interval is None:
        return "nothing to go by yet"
    low, high = rate.interval
    if rate.can_be_said:
        words = _percent(rate.successes / rate.trials, low, high)
        return f"{words} of {of}s" if of else words
    trials = counted(rate.trials, of) if of else f"{rate.trials:,}"
    if not rate.successes:
        return f"none of {trials} so far (at most {_at_most(high)})"
    could_be = f"{_chance(high)} or {_chance(low)}"
    if low >= 0.1 and high > 0.5:
        could_be = f"{round(low * 10)} to {round(high * 10)} in 10"
    return f"{rate.successes:,} of {trials} (could be {could_be})"


def _percent(value: float, low: float, high: float) -> str:
    if value == 1:
        return f"100 % (at least {floor(low * 1000) / 10:.1f} %)"
    digits = 0 if high - low > 0.05 else 1
    value, low, high = value * 100, low * 100, high * 100
    # What is not 0 is never told as 0, nor what is not all as all.
    while digits < _MOST_DIGITS and not 0 < round(low, digits) <= round(high, digits) < 100:
        digits += 1
    return f"{value:.{digits}f} % ({low:.{digits}f} to {high:.{digits}f} %)"


def _chance(share: float) -> str:
    """`1 in 45`, or `7 in 10` where one in two would be too little."""
    one_in = round(1 / share)
    return f"1 in {one_in:,}" if one_in > 1 else f"{round(share * 10)} in 10"


def _at_most(share: float) -> str:
    """A bound in words that is never below it."""
    one_in = floor(1 / share)
    return f"1 in {one_in:,}" if one_in > 1 else f"{-floor(-share * 10)} in 10"
