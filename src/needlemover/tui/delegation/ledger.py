"""The ledger: what was parked and what became of it, in the order of the money freed."""

from collections.abc import Sequence

from ...domain.delegation.deal import Verdict
from ...domain.delegation.ledger import ProblemsSnapshot
from ...domain.delegation.problem import ProblemState
from ...domain.delegation.verdict import Weighing
from ...text.delegation.ledger import totals_words
from ...text.delegation.words import VERDICT_WORDS, decimal
from ...text.format import rounded_money
from ..kit.lines import EMPTY, Line, Span, fit, wrapped
from ..kit.panel import Panel

_STATE = 10
_SAVING = 11
_HOURS = 7
VERDICT_INKS = {Verdict.NOW: "accent", Verdict.SOON: "advance"}
_SHORT = {Verdict.CLOSE: "too close", Verdict.UNKNOWN: "too little"}
_OVER = {ProblemState.DONE: "did it", ProblemState.DROPPED: "dropped"}
_NOTHING = "Nothing is parked yet: p parks what pops up, a weighs an activity of your checklist."


class LedgerPanel(Panel[ProblemsSnapshot, Weighing], can_focus=True):
    """What delegating adds up to, then a line a problem."""

    BORDER_TITLE = "THE LEDGER"
    scrolls = True

    def items(self, facts: ProblemsSnapshot) -> Sequence[Weighing]:
        return facts.rows

    def subtitle(self, facts: ProblemsSnapshot) -> str:
        return "most money freed first · a month" if facts.rows else ""

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
        if not facts.rows:
            return wrapped(_NOTHING, width, "muted")
        totals = facts.totals
        said = totals_words(totals, facts.settings.currency)
        found = [*wrapped(said, width, "strong" if totals.delegated else "muted")]
        if height > len(facts.rows) + len(found) + 1:
            found.append(EMPTY)
        heads = f"{'saves':>{_SAVING}}{'frees':>{_HOURS}}"
        found.append(Line((("", "muted"),), ((heads, "muted"),)))
        for place, row in enumerate(facts.rows):
            problem, here, load = row.problem, place == self.cursor, row.workload
            state, ink = _state(row)
            saving, saving_ink = _saving(row, facts.settings.currency)
            hours = "" if load is None else f"{decimal(load.hours, 1)} h"
            right: list[Span] = [
                (f" {state:<{_STATE}}", ink),
                (saving.rjust(_SAVING), saving_ink),
                (hours.rjust(_HOURS), "muted"),
            ]
            room = max(0, width - 2 - sum(len(text) for text, _ in right))
            sign: Span = ("▶ " if here else "  ", "accent")
            if facts.running is not None and problem.id == facts.running.problem_id:
                sign = ("● ", "good")
            name_ink = "muted" if problem.state in _OVER else "strong" if here else "text"
            found.append(Line((sign, (fit(problem.title, room), name_ink)), tuple(right), place))
        return found


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
    found = row.sum
    if row.problem.state in _OVER:
        return "", "muted"
    if found is None or found.saving is None:
        return "–", "muted"
    once = " once" if found.deal.is_once else ""
    return rounded_money(found.saving, currency) + once, "text" if found.saving > 0 else "muted"
