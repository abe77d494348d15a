"""What is said of a contact: why it is called, what was promised, what happened last."""

from collections.abc import Mapping
from datetime import date, time

from ...domain.buyers.contact import Buyer, BuyerRow, NextStep, OfferNews, Standing, StepKind
from ...domain.buyers.next_calls import NextCall, Why
from ...domain.calls.entry import EntryFact
from ..calls import entry_parts
from ..format import clock_time, counted, money, plain_day, quoted, short_day

_STANDS = {
    Standing.LIST: "on the list",
    Standing.LET_GO: "let go",
    Standing.NEVER: "never to be called",
}


def when_words(step: NextStep, today: date) -> str:
    """When something was promised: `today 14:00`, `Thu 26 Nov`, `Fri 1 Jan 2027`."""
    day = "today" if step.day == today else short_day(step.day, today)
    return day if step.at is None else f"{day} {clock_time(step.at)}"


def promised_words(name: str, step: NextStep | None, today: date) -> str:
    """`Call back “Acme” Thu 26 Nov 14:00`, `Meet “Acme” today`."""
    what = "Meet" if step and step.kind is StepKind.MEETING else "Call back"
    when = f" {when_words(step, today)}" if step else ""
    return f"{what} {quoted(name)}{when}"


def next_words(buyer: Buyer, today: date, currency: str) -> str:
    """What comes next: `call 2 days late “Back on Monday.” · 3rd try`, `asked $50, 9 d ago`."""
    standing, parts = buyer.standing(today), []
    if buyer.step is not None:
        late, note = (today - buyer.step.day).days, buyer.step.note
        when = f"{counted(late, 'day')} late" if late > 0 else when_words(buyer.step, today)
        parts.append(f"{buyer.step.kind} {when}" + (f" {quoted(note, 300)}" if note else ""))
    elif standing is Standing.WAITING:
        parts.append(ask_words(buyer, today, currency))
    elif standing in _STANDS:
        parts.append(_STANDS[standing])
    if buyer.tries and standing not in (Standing.LET_GO, Standing.NEVER):
        parts.append(try_words(buyer))
    return " · ".join(parts)


def ask_words(buyer: Buyer, today: date, currency: str) -> str:
    """The ask that waits: `asked $5,000, 9 d ago`, `asked today`; empty: none does."""
    if buyer.asked_on is None:
        return ""
    asked = f"asked {money(buyer.offer, currency)}" if buyer.offer else "asked"
    days = (today - buyer.asked_on).days
    return f"{asked}{',' * bool(buyer.offer)} {days} d ago" if days > 0 else f"{asked} today"


def touch_words(entry: EntryFact, currency: str) -> str:
    """What happened once: `24 Nov 2026: 12 min, asked, $5,000 “sign-off by the board”`."""
    said = entry_parts(entry, currency)
    words = ", ".join(filter(None, (said.length, said.what, said.amount)))
    return f"{plain_day(entry.day)}: {words} {said.note}".rstrip()


def call_when(call: NextCall, today: date) -> str:
    """`14:00`, `today`, `late 2 d`, a meeting `2 d ago`; else `ask 9 d` or `list`."""
    step, asked_on = call.buyer.step, call.buyer.asked_on
    if step is None:
        return f"{call.why} {(today - asked_on).days} d" if asked_on else str(call.why)
    if step.day < today and call.why is Why.MEETING:
        return f"{(today - step.day).days} d ago"
    return day_words(step.day, step.at, today)


def day_words(day: date, at: time | None, today: date) -> str:
    """When something is promised, in few cells: `late 2 d`, `14:00`, `today`, `Thu 26 Nov`."""
    if day < today:
        return f"late {(today - day).days} d"
    if day == today:
        return "today" if at is None else clock_time(at)
    return short_day(day) if day.year == today.year else plain_day(day)


def call_why(call: NextCall, today: date, currency: str) -> str:
    """`meeting “bring the contract”`, `asked $50, 9 d ago “by post”`; of an ask `$50 “by post”`."""
    buyer, step, parts = call.buyer, call.buyer.step, []
    if call.why is Why.MEETING:
        parts.append("held? l yes, x no")
    elif step is not None and step.kind is StepKind.MEETING:
        parts.append("meeting")
    if step is None and buyer.offer:
        parts.append(money(buyer.offer, currency))
    elif step is not None and buyer.asked_on is not None:
        parts.append(ask_words(buyer, today, currency))
    if call.note:
        parts.append(quoted(call.note, 300))
    return " ".join(parts) or buyer.contact.note or buyer.contact.phone


def following_words(call: NextCall, today: date, currency: str) -> str:
    """Why somebody is next: `promised for 14:00`, `2 days late`, `asked $50, 9 d ago`."""
    buyer, step = call.buyer, call.buyer.step
    if step is not None:
        if step.day < today:
            return f"{counted((today - step.day).days, 'day')} late"
        return "promised for today" if step.at is None else f"promised for {clock_time(step.at)}"
    return ask_words(buyer, today, currency) or try_words(buyer) or "on the list"


def news_words(news: OfferNews, currency: str) -> str:
    """What changed with the money received, where amounts on asks came to be offers."""
    asks = counted(len(news.asks), "ask")
    before, after = (money(amount, currency) for amount in (news.before, news.after))
    return f"Amounts on asks are offers now: with {asks} you had received {before}, it is {after}."


def row_when(row: BuyerRow, today: date) -> str:
    """`late 2 d`, `14:00`, `Thu 26 Nov`, `asked 9 d`, `list`, `let go`, `never`; else nothing."""
    if row.promised is not None:
        return day_words(row.promised, row.at, today)
    if row.asked_on is not None:
        return f"asked {(today - row.asked_on).days} d"
    standing = row.standing(today)
    return str(standing) if standing in _STANDS else ""


def standing_words(counts: Mapping[Standing, int]) -> str:
    """`2 late · 3 today · 41 on the list`, without those with whom nothing comes next."""
    told = {item: _STANDS.get(item, str(item)) for item in list(Standing)[:5]}
    return " · ".join(f"{counts[item]:,} {word}" for item, word in told.items() if counts.get(item))


def try_words(buyer: Buyer | BuyerRow) -> str:
    """Which try in a row the next dial is: `3rd try`; empty for the first."""
    number = buyer.tries + 1
    if number == 1:
        return ""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{ending or 'th'} try"
