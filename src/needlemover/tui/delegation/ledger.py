"""The ledger: what to delegate now, what is delegated, what else was parked, and what is over."""

from collections.abc import Sequence

from ...domain.delegation.deal import Verdict
from ...domain.delegation.problem import ProblemState
from ...domain.delegation.verdict import Part, ProblemsSnapshot, Totals, Weighing, part_of
from ...text.delegation import VERDICT_WORDS, lead_words, length
from ...text.format import money
from ..kit.lines import EMPTY, LEAST_NAME, Hint, Line, Span, fit, wrapped
from ..kit.panel import Panel

_STATE = 10
_SAVING = 13
_HOURS = 8
# The columns from which on there is room for them beside a name.
_WITH_STATE = 2 + LEAST_NAME + 1 + _STATE + _SAVING
_WITH_HOURS = _WITH_STATE + _HOURS
VERDICT_INKS = {Verdict.NOW: "accent", Verdict.SOON: "advance"}
_SHORT = {Verdict.CLOSE: "too close", Verdict.UNKNOWN: "too little"}
_OVER = {ProblemState.DONE: "did it", ProblemState.DROPPED: "dropped"}
_NOTHING = "Nothing is parked yet: what pops up waits here, with what handing it over saves."
_BEGIN = ("p", "parks what pops up"), ("a", "weighs an activity of your checklist")


class LedgerPanel(Panel[ProblemsSnapshot, Weighing], can_focus=True):
    """What to do, then a line a problem, and what those that are delegated add up to."""

    BORDER_TITLE = "THE LEDGER"
    scrolls = True

    def items(self, facts: ProblemsSnapshot) -> Sequence[Weighing]:
        return facts.rows

    def subtitle(self, facts: ProblemsSnapshot) -> str:
        return "a month · largest saving first" if facts.rows else ""

    def choose(self, problem_id: int) -> None:
        rows = self.facts.rows if self.facts else ()
        for place, row in enumerate(rows):
            if row.problem.id == problem_id:
                self.cursor = place

    def watch_facts(self, before: ProblemsSnapshot | None, facts: ProblemsSnapshot | None) -> None:
        """Show other facts, the cursor on the same problem."""
        if before is not None and facts is not None and self.cursor < len(before.rows):
            self.choose(before.rows[self.cursor].problem.id)
        super().watch_facts(before, facts)

    def lines(self, facts: ProblemsSnapshot, width: int, height: int) -> Sequence[Line]:
        rows, currency = facts.rows, facts.settings.currency
        if not rows:
            return Hint(_NOTHING, width, *_BEGIN)
        parts = [part_of(row) for row in rows]
        lead = lead_words(rows, currency)
        found = [*wrapped(lead, width, "accent" if Part.NOW in parts else "muted")]
        frees = f"{'frees':>{_HOURS}}" if width >= _WITH_HOURS else ""
        heads = f"{'saves':>{_SAVING}}{frees}"
        found.append(Line((("", "muted"),), ((heads, "muted"),)))
        is_roomy = height > len(rows) + len(found) + len(Part)
        for place, row in enumerate(rows):
            if is_roomy and place and parts[place] is not parts[place - 1]:
                found.append(EMPTY)
            found.append(self._line(facts, row, place, width))
            if parts[place] is Part.DELEGATED not in parts[place + 1 :]:
                found += _together(facts.totals, currency, width)
        return found

    def _line(self, facts: ProblemsSnapshot, row: Weighing, place: int, width: int) -> Line:
        problem, here, load = row.problem, place == self.cursor, row.workload
        state, ink = _state(row)
        right = [_saving(row, facts.settings.currency)]
        if width >= _WITH_STATE:
            right.insert(0, (f" {state:<{_STATE}}", ink))
        if width >= _WITH_HOURS:
            right.append((f"{'' if load is None else length(load.hours):>{_HOURS}}", "muted"))
        room = max(0, width - 2 - sum(len(text) for text, _ in right))
        sign: Span = ("▶ " if here else "  ", "accent")
        if facts.running is not None and problem.id == facts.running.problem_id:
            sign = ("● ", "good")
        name_ink = "muted" if problem.state in _OVER else "strong" if here else "text"
        return Line((sign, (fit(problem.title, room), name_ink)), tuple(right), place)


def _together(totals: Totals, currency: str, width: int) -> list[Line]:
    """What the delegated things of each month add up to."""
    if totals.worth is None or not totals.hours:
        return []
    saving = money(totals.worth - totals.cost, currency)
    hours = f"{length(totals.hours):>{_HOURS}}" if width >= _WITH_HOURS else ""
    right = (f"{saving:>{_SAVING}}{hours}", "good")
    return [Line((("  bought back a month", "good"),), (right,))]


def _state(row: Weighing) -> Span:
    problem = row.problem
    if problem.state in _OVER:
        return _OVER[problem.state], "muted"
    if problem.state is ProblemState.DELEGATED:
        return "delegated", "good"
    verdict = row.verdict
    return _SHORT.get(verdict, VERDICT_WORDS[verdict]), VERDICT_INKS.get(verdict, "muted")


def _saving(row: Weighing, currency: str) -> Span:
    """What it saves: a month, or once."""
    found, words, ink = row.sum, "–", "muted"
    if row.problem.state in _OVER:
        words = ""
    elif found is not None and found.saving is not None:
        words = money(found.saving, currency) + (" once" if found.deal.is_once else "")
        ink = "text" if found.saving > 0 else "muted"
    return f"{words:>{_SAVING}}", ink
