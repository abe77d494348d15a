"""The ledger of what was parked, the sum of one problem, and asking whether it is delegated."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from msgspec.structs import replace
from textual.widget import Widget

from ...domain.delegation.deal import Verdict
from ...domain.delegation.problem import Problem, ProblemState
from ...domain.delegation.verdict import (
    Missing,
    Part,
    ProblemsSnapshot,
    Totals,
    Weighing,
    part_of,
    weigh,
)
from ...domain.today.snapshot import DaySnapshot
from ...text import delegation as words
from ...text.format import money, plain_day, quoted, shown
from ..kit.dialog import Dialog, button
from ..kit.lines import EMPTY, LEAST_NAME, Hint, Line, Span, fit, flow, length, paragraphs, wrapped
from ..kit.panel import Panel
from ..kit.panels import TextPanel
from ..kit.view import View
from .problems import ask_handover

_STATE, _SAVING, _HOURS = 10, 13, 8  # cells
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
        for place, row in enumerate(self.facts.rows if self.facts else ()):
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
        ink = "accent" if Part.NOW in parts else "muted"
        found = wrapped(words.lead_words(rows, currency), width, ink)
        frees = f"{'frees':>{_HOURS}}" if width >= _WITH_HOURS else ""
        found.append(Line((("", "muted"),), ((f"{'saves':>{_SAVING}}{frees}", "muted"),)))
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
            right.append((f"{'' if load is None else words.length(load.hours):>{_HOURS}}", "muted"))
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
    hours = f"{words.length(totals.hours):>{_HOURS}}" if width >= _WITH_HOURS else ""
    return [Line((("  bought back a month", "good"),), ((f"{saving:>{_SAVING}}{hours}", "good"),))]


def _state(row: Weighing) -> Span:
    problem = row.problem
    if problem.state in _OVER:
        return _OVER[problem.state], "muted"
    if problem.state is ProblemState.DELEGATED:
        return "delegated", "good"
    verdict = row.verdict
    return _SHORT.get(verdict, words.VERDICT_WORDS[verdict]), VERDICT_INKS.get(verdict, "muted")


def _saving(row: Weighing, currency: str) -> Span:
    """What it saves: a month, or once."""
    found, said, ink = row.sum, "–", "muted"
    if row.problem.state in _OVER:
        said = ""
    elif found is not None and found.saving is not None:
        said = money(found.saving, currency) + (" once" if found.deal.is_once else "")
        ink = "text" if found.saving > 0 else "muted"
    return f"{said:>{_SAVING}}", ink


_OPEN = (ProblemState.PARKED, ProblemState.DELEGATED)
_WIDEST = 56  # columns of a sum, so that the eye finds the amount of a row
_EMPTY = "What handing it over frees and costs comes here: e fills it in."

SumFacts = tuple[ProblemsSnapshot, Weighing | None]
"""What is known, and the problem of which the sum is shown; None: nothing is parked."""


def sum_panel(facts: SumFacts | None = None) -> TextPanel[SumFacts]:
    """Shows the verdict, the sum, and what it rests on."""
    return TextPanel("THE SUM", _lines, facts, id="sum")


def _lines(facts: SumFacts, width: int, height: int) -> Sequence[Line]:
    snapshot, row = facts
    if row is None:
        return Hint(_EMPTY, width)
    problem, state = row.problem, words.state_words(row.problem)
    told = [f"{state[0].upper()}{state[1:]}"]
    if problem.activity_id is not None:
        told.append("an activity of your own")
    if problem.candidate and problem.state is ProblemState.PARKED:
        told.append(f"could take it: {shown(problem.candidate)}")
    title, about = shown(problem.title), " · ".join(told)
    found = flow([[(title, "strong")], [(about, "muted")]], width)
    if max(map(length, (line.left for line in found))) > width:
        found = [*wrapped(title, width, "strong"), *wrapped(about, width, "muted")]
    parts = [part for part in _parts(snapshot, row, width) if part]
    spare = height - len(found) - sum(map(len, parts))
    for place, part in enumerate(parts):
        # The blank lines give way where the sentences need them.
        found += [EMPTY, *part] if place < spare else part
    return found


def _parts(facts: ProblemsSnapshot, row: Weighing, width: int) -> Iterator[list[Line]]:
    """What belongs together, one after the other."""
    problem, currency = row.problem, facts.settings.currency
    if problem.state in _OPEN:
        verdict = words.verdict_words(row, currency, facts.today)
        ink = VERDICT_INKS.get(row.verdict, "text")
        if problem.state is ProblemState.DELEGATED and row.verdict is Verdict.NOW:
            ink = "good"
        keys = []
        if any(item is not Missing.WORTH for item in row.missing):
            keys.append("e says what it takes and costs")
        if Missing.WORTH in row.missing:
            keys.append("h declares what your hour is worth")
        found = paragraphs([verdict], width, ink)
        if keys:
            found += wrapped(f"{'; '.join(keys)}.", width, "muted")
        yield found
        for block in words.sum_blocks(row, currency):
            yield _table(block, width)
        yield _table(words.given_rows(row, currency), width)
        yield paragraphs(words.also_lines(row, facts.returns, currency), width, "muted")
    else:
        yield wrapped("r parks it again.", width, "muted")
    leak = row.leak
    if leak is not None and problem.activity_id is None:
        yield paragraphs([words.leak_words(leak, currency, facts.today)], width)
    if problem.note:
        yield paragraphs([f"Note: {shown(problem.note)}"], width, "muted")


def _table(rows: Sequence[words.Row], width: int) -> list[Line]:
    """Two columns, of which the last row says what the others come to."""
    found, edge = list[Line](), min(width, _WIDEST)
    for place, (label, value) in enumerate(rows, 1):
        ink = "strong" if 1 < place == len(rows) else "text"
        if len(label) + len(value) >= edge:
            found += wrapped(label, width, ink)
            label = ""
        found.append(Line(((f"{label}{value:>{edge - len(label)}}", ink),)))
    return found


class AskDialog(Dialog[bool]):
    """The sum, and two answers: whether it is delegated."""

    title_text = "Is it worth handing over by now?"
    save_word = "Delegate now"
    cancel_word = "Later"
    hint_text = "Enter delegates it now · k keeps it parked · Esc asks later today"
    BINDINGS = [
        ("enter", "save", "Delegate"),
        ("k", "keep", "Keep"),
        ("down", "move(1)", "Down"),
        ("up", "move(-1)", "Up"),
    ]

    def __init__(self, facts: SumFacts) -> None:
        super().__init__(classes="-sum")
        self._facts = facts

    def fields(self) -> Iterable[Widget]:
        yield sum_panel(self._facts)
        yield button("Keep it parked", "keep")

    def accept(self) -> bool:
        return True

    def action_keep(self) -> None:
        self.dismiss(False)


def answer_first(view: View[DaySnapshot]) -> None:
    """Show the sum of the first problem that is asked about, and ask what is to become of it."""
    first = view.snapshot.asks[0].problem_id
    found = view.attempt(view.store.problems.snapshot)
    rows = found.rows if found is not None else ()
    row = next((row for row in rows if row.problem.id == first), None)
    if found is None or row is None:
        return
    problem = row.problem

    def answered(is_delegated: bool | None) -> None:
        if is_delegated:
            ask_handover(view, problem)
        elif is_delegated is not None:
            view.run_worker(_keep(view, problem, found))

    view.ask(AskDialog((found, row)), answered)


async def _keep(view: View[DaySnapshot], problem: Problem, found: ProblemsSnapshot) -> None:
    answered = replace(problem, ask_again_on=None)
    day = weigh(answered, found.worth, found.settings, found.today).ask_again_on
    answer = partial(view.store.problems.answer_ask, problem.id, day)
    if await view.patiently("Your answer", answer) is None:
        return
    when = f"asked again on {plain_day(day)}" if day is not None else "not asked again for now"
    view.say(f"{quoted(problem.title)} stays parked, {when}.")
