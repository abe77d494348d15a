"""What is said of a quota and of the calls: what is done, what is left, whether it is on pace."""

from ..domain.promises.commitment import Done, Rule, Terms
from ..domain.promises.status import WeekDue
from ..domain.today.snapshot import ActivityDay, SalesDay
from .format import counted, minutes, quoted, round_minutes, weekdays


def quota_parts(done: Done, terms: Terms) -> list[str]:
    """What is done of each quota: `38/60 min`, `60 min +5 min`, `4/10`; `35/30 min · over`."""
    parts = []
    if terms.at_most:
        limit = f"{round_minutes(terms.seconds or 0)} min"
        if terms.met_by(done):
            return [f"{round_minutes(done.seconds)}/{limit} at most"]
        return [f"{-(-done.seconds // 60)}/{limit} · over"]
    if terms.seconds is not None:
        asked, over = round_minutes(terms.seconds), done.seconds - terms.seconds
        much = f"{round_minutes(done.seconds)}/{asked} min"
        parts.append(f"{asked} min +{minutes(over)}" if over >= 60 else much)
    if terms.count is not None:
        parts.append(f"{done.count}/{terms.count}")
    return parts


def asked_words(item: ActivityDay) -> str:
    """`38/60 min · 4/10`, `to tick`, `done`, `not due · Mon Wed`, `first day`, `no promise` …."""
    due, terms = item.due, item.terms
    if due.taken_off:
        return "day off"
    if terms is None:
        return "no promise"
    if not due.holds:
        return "first day" if due.begins else f"not due · {weekdays(terms.weekdays)}"
    if terms.is_plain:
        return "done" if due.met else "to tick"
    return _joined(terms, quota_parts(due.progress, terms))


def over_words(name: str, terms: Terms) -> str:
    """`“Social media” is over its limit of 30 min.`."""
    return f"{quoted(name)} is over its limit of {minutes(terms.seconds or 0)}."


def pace_words(much: str, ahead: int, least: int = 60) -> str:
    """`12 min behind pace`; `on pace` where it is less than the least, in seconds or a count."""
    if abs(ahead) < least:
        return "on pace"
    return f"{much} {'ahead of' if ahead > 0 else 'behind'} pace"


def done_words(due: WeekDue) -> str:
    """What is done of what is asked: `1 of 3`, `20 of 60 min · 1 of 3`."""
    terms, done = due.terms, due.progress
    if terms is None:
        return ""
    parts = []
    if terms.seconds is not None:
        parts.append(f"{round_minutes(done.seconds)} of {round_minutes(terms.seconds)} min")
    if terms.count is not None:
        parts.append(f"{done.count} of {terms.count}")
    return _joined(terms, parts)


def left_words(due: WeekDue, *, short: bool = False) -> str:
    """What is still to do: `2 to go in 4 days` (short: `2 to go`), `today or never`, `done`."""
    if due.terms is None:
        return "no promise"
    if due.taken_off:
        return "week off"
    if due.met:
        return "done"
    if due.is_over:
        return "missed" if due.due else "first week"
    if due.today_or_never:
        return "today or never"
    to_go = f"{left_of(due.progress, due.terms)} to go"
    if short:
        return to_go
    days = due.days_left
    return f"{to_go}, no day left" if not days else f"{to_go} in {counted(days, 'day')}"


def left_of(done: Done, terms: Terms, *, is_sales: bool = False) -> str:
    """What is left of each quota: `30 min · 2 conversations`; of a plain tick nothing."""
    parts = []
    if terms.seconds is not None and terms.seconds > done.seconds:
        parts.append(minutes(terms.seconds - done.seconds))
    if terms.count is not None and terms.count > done.count:
        left = terms.count - done.count
        parts.append(counted(left, "conversation") if is_sales else str(left))
    return _joined(terms, parts)


def _joined(terms: Terms, parts: list[str]) -> str:
    return (" or " if terms.rule is Rule.ANY else " · ").join(parts)


def dial_words(sales: SalesDay) -> str:
    """`9 dials · 3 new buyers`."""
    return f"{counted(sales.dials, 'dial')} · {counted(sales.new_buyers, 'new buyer')}"


def buyers_week_words(sales: SalesDay) -> str:
    """The time with buyers: `3 h 10 of 5 h`."""
    of = f" of {minutes(sales.week_quota_seconds)}" if sales.week_quota_seconds else ""
    return f"{minutes(sales.week_seconds)}{of}"
