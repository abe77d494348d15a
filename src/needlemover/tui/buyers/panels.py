"""The list of buyers, in the order of what comes next."""

from collections.abc import Sequence
from functools import partial

from textual.content import Content

from ...domain.buyers.contact import BuyerRow, BuyersSnapshot, Standing
from ...text.buyers.words import row_when, standing_words, try_words
from ...text.format import plain_day, shown
from ..kit.lines import LEAST_NAME, Hint, Line, LineOfEach, fit
from ..kit.panel import Panel

_INKS = {Standing.LATE: "bad", Standing.TODAY: "accent", Standing.WAITING: "advance"}
_NOBODY = "Nobody is known yet: whom to talk to next comes here."
_BEGIN = ("a", "adds a name"), ("1 c", "starts a call"), ("ctrl+p", "Import calls: also a list")
_WHEN, _NAME, _PHONE, _TRIES, _TOUCH = 13, 22, 16, 8, 16


class RowsPanel(Panel[BuyersSnapshot, BuyerRow], can_focus=True):
    """When, who, by which phone and with what note, which try it is, the day of the last touch."""

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

    def lines(self, facts: BuyersSnapshot, width: int, height: int) -> Sequence[Line]:
        if not facts.rows:
            if any(facts.counts.values()):
                return Hint("No name has that in it.", width, ("esc", "shows all"))
            return Hint(_NOBODY, width, *_BEGIN)
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
        name = max(0, width - 2 - _WHEN - len(right))
        room = name - _NAME - _PHONE - 4  # for a note, beside name and phone
        said = f"  {fit(row.phone, _PHONE)}  {fit(row.note * (room >= 12), room)}" * (room >= 0)
        left = (
            ("▶ " if here else "  ", "accent"),
            (f"{row_when(row, today):<{_WHEN}}", _INKS.get(standing, "muted")),
            (fit(row.name, _NAME if said else name), ink),
            (said, "muted"),
        )
        return Line(left, ((right, "muted"),), place)
