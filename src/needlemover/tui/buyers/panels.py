"""The list of buyers, in the order of what comes next, and the one under the cursor."""

from collections.abc import Sequence
from functools import partial

from textual.content import Content

from ...domain.buyers.contact import BuyerRow, BuyersSnapshot, Standing
from ...text.buyers.words import row_when, standing_words, try_words
from ...text.format import plain_day, shown
from ..kit.lines import EMPTY, LEAST_NAME, Line, LineOfEach, Lines, fit, wrapped
from ..kit.panel import Panel
from .with_buyer import known_of, touch_lines

_INKS = {Standing.LATE: "bad", Standing.TODAY: "accent", Standing.WAITING: "advance"}
_NOBODY = "Nobody is known yet: a adds a name, and every call brings one with it."
_NONE = "No name has that in it."
_WHEN, _TRIES, _TOUCH = 13, 8, 16


class RowsPanel(Panel[BuyersSnapshot, BuyerRow], can_focus=True):
    """When, who, which try it is, and the day of the last touch."""

    BORDER_TITLE = "WHOM DO I TALK TO NEXT?"
    scrolls = True

    def items(self, facts: BuyersSnapshot) -> Sequence[BuyerRow]:
        return facts.rows

    def subtitle(self, facts: BuyersSnapshot) -> Content:
        here = None if self.screen.has_class("-wide") else facts.buyer  # else beside the list
        phone = shown(here.contact.phone) if here else ""
        words = " · ".join(filter(None, (phone, standing_words(facts.counts))))
        while len(words) > self.size.width - 2 and " · " in words:
            words = words.rpartition(" · ")[0]
        return Content(words)

    def watch_facts(self, before: BuyersSnapshot | None, facts: BuyersSnapshot | None) -> None:
        if facts is not None:
            self.cursor = facts.place
        super().watch_facts(before, facts)

    def lines(self, facts: BuyersSnapshot, width: int, height: int) -> Lines:
        if not facts.rows:
            return wrapped(_NONE if any(facts.counts.values()) else _NOBODY, width, "muted")
        return LineOfEach(facts.rows, partial(self._line, facts=facts, width=width))

    def _line(self, row: BuyerRow, place: int, facts: BuyersSnapshot, width: int) -> Line:
        here, today = place == self.cursor, facts.today
        touch = f"last {plain_day(row.last_touch)}" if row.last_touch is not None else ""
        tries, touches = f" {try_words(row):>{_TRIES}}", f"  {touch:>{_TOUCH}}"
        room = width - 2 - _WHEN - LEAST_NAME  # the name keeps its own
        right = (tries if room >= len(tries) else "") + touches * (room >= len(tries + touches))
        standing = row.standing(today)
        is_away = standing in (Standing.LET_GO, Standing.NEVER)
        ink = "muted" if is_away else "strong" if here else "text"
        left = (
            ("▶ " if here else "  ", "accent"),
            (f"{row_when(row, today):<{_WHEN}}", _INKS.get(standing, "muted")),
            (fit(row.name, max(0, width - 2 - _WHEN - len(right))), ink),
        )
        return Line(left, ((right, "muted"),), place)


def known_lines(facts: BuyersSnapshot, width: int, height: int) -> Sequence[Line]:
    """What is known of one buyer, and what happened, newest first."""
    if facts.buyer is None:
        return wrapped("What is known of a buyer stands here.", width, "muted")
    currency = facts.settings.currency
    about = known_of(facts.buyer, facts.today, currency)
    about.insert(0, (facts.buyer.contact.name, "strong"))
    found = [line for text, ink in about for line in wrapped(shown(text), width, ink)]
    below = [*touch_lines(facts.touches, facts.today, currency, width, most=20)]
    return [*found, EMPTY, *(below or wrapped("No call yet.", width, "muted"))]
