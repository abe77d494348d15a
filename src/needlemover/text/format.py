"""Values written out for people: lengths of time, money, days, and their own words made safe."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from fractions import Fraction
from textwrap import TextWrapper

from ..domain.errors import WrongUsageError
from ..domain.promises.commitment import EVERY_DAY, MONDAY_TO_FRIDAY, Rule, Terms
from .plain import CONTROL, cells
from .plain import clock_length as clock_length
from .plain import round_minutes as round_minutes
from .plain import shown as shown

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

# ISO 4217: the currencies whose minor unit is not a hundredth.
_NO_MINOR = frozenset(
    ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
     "VUV", "XAF", "XOF", "XPF")
)  # fmt: skip
_THREE_DIGITS = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "ILS": "₪"}

_CONTROL_AS_SPACE = dict.fromkeys(CONTROL, " ")
_MONTH = f"(?:{'|'.join(month[:3] for month in MONTHS)})"
_TIES = (  # the blanks within a figure, a date, or a range of them; seldom looked for
    rf"(?<=\d) (?=(?:%|h|min|s|[A-Z]{{3}})(?!\w)|{_MONTH}|(?:to|of|in) [$€£¥]?\d)"
    rf"|(?<=\d h|min) (?=\d)|(?<=\d (?:to|of|in)) (?=\W?\d)|(?<=[a-z]) (?=\d{{4}}\b)"
    r"|(?<=Mon|Tue|Wed|Thu|Fri|Sat|Sun|day) (?=\d)|(?<=\w) (?=– \d)|(?<=–) (?=\d)"
)
MINUS = "\N{MINUS SIGN}"
_TIED = "\N{NO-BREAK SPACE}"
_SECOND = "\N{NULL}"  # the second cell of a wide letter, while lines are broken
_MARKDOWN = r"[\\`*_\[\]<>#|~&$]"


def is_blank(text: str) -> bool:
    """Whether nothing of a text would be seen: blanks, control and joining characters alone."""
    signs = "".join(text.translate(_CONTROL_AS_SPACE).split())
    return all(unicodedata.category(sign) == "Cf" for sign in signs)


def as_markdown(text: str) -> str:
    """A user's text as it may stand within a line of Markdown, but not at its beginning."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    words = unicodedata.normalize("NFC", text).translate(_CONTROL_AS_SPACE).split()
    return re.sub(_MARKDOWN, r"\\\g<0>", " ".join(words))


def quoted(text: str, longest: int = 40) -> str:
    """A user's text in quotes, cut when it is long."""
    text = shown(text)
    return f"“{text if len(text) <= longest else text[: longest - 1] + '…'}”"


class _Wrapper(TextWrapper):
    """Breaks what has no blanks, as Chinese or an address, at any letter."""

    def _split(self, text: str) -> list[str]:
        found: list[str] = []
        room = self.width - len(self.placeholder) * (self.max_lines == 1)
        for word in super()._split(text):
            found += re.findall(rf"\s+|.{_SECOND}?", word) if len(word) > room else [word]
        return found


def in_lines(text: str, width: int, indent: str = "", most: int | None = None) -> list[str]:
    """A sentence on lines of so many columns, at most so many; no figure and no date is torn."""
    tied = re.sub(_TIES, _TIED, text)
    in_cells = "".join(sign + _SECOND * (cells(sign) - 1) for sign in tied)
    wrapper = _Wrapper(width, subsequent_indent=indent, max_lines=most, placeholder=" …")
    return [line.replace(_TIED, " ").replace(_SECOND, "") for line in wrapper.wrap(in_cells)]


def wrong(typed: str, why: str) -> WrongUsageError:
    """The error that says what is wrong with what was typed: it goes on after it."""
    return WrongUsageError(f"{quoted(typed.strip())} {why}")


def minutes(seconds: int) -> str:
    """A length as `38 min`, `3 h 05`, `5 h`; below a minute `35 s`."""
    sign, seconds = (MINUS if seconds < 0 else ""), abs(seconds)
    hour, minute = divmod(round_minutes(seconds), 60)
    if hour:
        return f"{sign}{hour:,} h" + (f" {minute:02}" if minute else "")
    return f"{sign}{seconds} s" if 0 < seconds < 60 else f"{sign}{minute} min"


def exact_length(seconds: int) -> str:
    """A length to the second: `38 min`, `1 min 30 s`, `2 h 05 min 20 s`, `35 s`."""
    whole, rest = seconds // 60 * 60, seconds % 60
    if not whole or not rest:
        return minutes(seconds)
    return f"{minutes(whole)}{' min' if whole > 3600 and whole % 3600 else ''} {rest} s"


def average_length(seconds: int) -> str:
    """A length to the nearest minute, below ten minutes to the second: `1 h 49`, `7 min 17 s`."""
    return exact_length(seconds) if seconds < 600 else minutes(round(Fraction(seconds, 60)) * 60)


def typed_length(seconds: int) -> str:
    """A length as it is typed: `38`, or `38 min 20 s` where there are seconds."""
    whole, rest = divmod(seconds, 60)
    return f"{whole} min {rest} s" if rest else str(whole)


def percent(share: float | None, rounded: int | None = None) -> str:
    """A share, `62 %`, at most 99 unless it is all; in percents as `rounded`; `–` of no whole."""
    if share is None:
        return "–"
    percents = round(share * 100) if rounded is None else rounded
    if percents == 0 and share > 0:
        return "under 1 %"
    return f"{min(percents, 99) if share < 1 else percents} %"


def minor_digits(currency: str) -> int:
    """How many decimals a currency has (ISO 4217)."""
    if currency in _NO_MINOR:
        return 0
    return 3 if currency in _THREE_DIGITS else 2


def money(amount: int, currency: str) -> str:
    """Minor units as `$1,200`, `−$30.50`, `1,200 CHF`."""
    digits = minor_digits(currency)
    major = Decimal(abs(amount)).scaleb(-digits)
    number = f"{major:,.{digits}f}" if amount % 10**digits else f"{int(major):,}"
    sign = MINUS if amount < 0 else ""
    if currency in _SIGNS:
        return f"{sign}{_SIGNS[currency]}{number}"
    return f"{sign}{number} {currency}"


def rounded_money(amount: int, currency: str) -> str:
    """An amount in whole units, rounded half-even: `$947`; for what nobody adds up by hand."""
    unit = int(10 ** minor_digits(currency))
    return money(round(Decimal(amount) / unit) * unit, currency)


def plain_money(amount: int, currency: str) -> str:
    """Minor units as they are typed: `1200.50`."""
    digits = minor_digits(currency)
    return f"{Decimal(amount).scaleb(-digits):.{digits}f}"


def long_day(day: date) -> str:
    """`Tuesday 24 November 2026`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date, today: date | None = None) -> str:
    """`Tue 24 Nov`; with its year where that is not the one of today, which may be given."""
    year = f" {day.year}" if today and day.year != today.year else ""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}{year}"


def from_day(start: date, today: date) -> str:
    """`from today`, `from tomorrow`, `from Mon 30 Nov`."""
    near = {today: "today", today + timedelta(days=1): "tomorrow"}
    return f"from {near.get(start) or short_day(start, today)}"


def plain_day(day: date) -> str:
    """`24 Nov 2026`."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def plain_when(day: date, at: time | None) -> str:
    """`24 Nov 2026 14:00`; without a time `24 Nov 2026`."""
    return plain_day(day) if at is None else f"{plain_day(day)} {clock_time(at)}"


def local_when(moment: datetime, zone: tzinfo) -> str:
    """A moment on the clock of a zone, likewise."""
    at = moment.astimezone(zone)
    return plain_when(at.date(), at.time())


def days_from_to(start: date, end: date | None) -> str:
    """`12 Sep – 24 Nov 2026`, each with its year where they differ; `since 12 Sep 2026`."""
    if end is None:
        return f"since {plain_day(start)}"
    if start == end:
        return plain_day(start)
    first = plain_day(start)
    return f"{first[:-5] if start.year == end.year else first} – {plain_day(end)}"


def ranges_words(ranges: Sequence[tuple[date, date]]) -> str:
    """`13 – 17 Nov 2026, 19 Nov 2026`, of many the first three."""
    return joined([days_from_to(start, end) for start, end in ranges], most=3)


def weekdays(days: Collection[int]) -> str:
    """`daily`, `Mon to Fri`, `Mon Wed`."""
    chosen = frozenset(days)
    if chosen == EVERY_DAY:
        return "daily"
    if chosen == MONDAY_TO_FRIDAY:
        return "Mon to Fri"
    return " ".join(WEEKDAYS[day][:3] for day in sorted(chosen))


def typed_weekdays(days: Collection[int]) -> str:
    """As they are typed: `daily`, `mon-fri`, `mon,wed`."""
    return weekdays(days).lower().replace(" to ", "-").replace(" ", ",")


def quota(terms: Terms, *, is_sales: bool) -> str:
    """What is asked: `30 min and 10 conversations`, `3 times`, `a tick`, `at most 30 min`."""
    parts = []
    if terms.seconds is not None:
        parts.append(f"{'at most ' if terms.at_most else ''}{minutes(terms.seconds)}")
    if terms.count is not None:
        parts.append(counted(terms.count, "conversation" if is_sales else "time"))
    if not parts:
        return "a tick"
    return (" or " if terms.rule is Rule.ANY else " and ").join(parts)


def promise(terms: Terms | None, *, is_sales: bool) -> str:
    """What is promised and when: `30 min, Mon to Fri`, `3 times a week`, `nothing promised`."""
    if terms is None:
        return "nothing promised"
    asked = quota(terms, is_sales=is_sales)
    return f"{asked} a week" if terms.weekly else f"{asked}, {weekdays(terms.weekdays)}"


def plural(number: int, word: str, many: str | None = None) -> str:
    """The word for one or for many."""
    return word if number == 1 else many or word + "s"


def counted(number: int, word: str, many: str | None = None) -> str:
    """`1 dial`, `4,933 dials`."""
    return f"{number:,} {plural(number, word, many)}"


def joined(words: Sequence[str], *, most: int = 10) -> str:
    """`a, b and 3 more`."""
    more = len(words) - most
    names = ", ".join(words[:most])
    return f"{names} and {more} more" if more > 0 else names


def local_time(moment: datetime | None, utc_offset: int | None) -> str:
    """The time of day on the clock where it happened: `09:12`; empty when it is not known."""
    if moment is None:
        return ""
    return f"{moment.astimezone(timezone(timedelta(seconds=utc_offset or 0))):%H:%M}"


def clock_time(moment: time) -> str:
    """`09:00`."""
    return f"{moment:%H:%M}"


def file_size(size: int) -> str:
    """Bytes as `12 KB`, `1.4 MB`; never 0 of what holds something."""
    if size < 1_000_000:
        return f"{-(-size // 1000):,} KB"
    return f"{size / 1_000_000:,.1f} MB"
