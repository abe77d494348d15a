"""The sum of one problem: whether to hand it over, so that a person can check it; and asking so."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from msgspec.structs import replace
from textual.widget import Widget

from ...domain.delegation.deal import Verdict
from ...domain.delegation.problem import Problem, ProblemState
from ...domain.delegation.verdict import Missing, ProblemsSnapshot, Weighing, weigh
from ...domain.today.snapshot import DaySnapshot
from ...text import delegation as words
from ...text.delegation import leak_words, state_words
from ...text.format import plain_day, quoted, shown
from ..kit.dialog import Dialog, button
from ..kit.lines import EMPTY, Hint, Line, flow, length, paragraphs, wrapped
from ..kit.panels import TextPanel
from ..kit.view import View
from .ledger import VERDICT_INKS
from .problems import ask_handover

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
    problem, state = row.problem, state_words(row.problem)
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
        yield paragraphs([leak_words(leak, currency, facts.today)], width)
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
    asks = view.snapshot.asks
    found = view.attempt(view.store.problems.snapshot) if asks else None
    if found is None:
        return
    row = next((row for row in found.rows if row.problem.id == asks[0].problem_id), None)
    if row is None:
        view.refresh_data()
        return
    problem = row.problem

    def answered(is_delegated: bool | None) -> None:
        if is_delegated:
            ask_handover(view, problem)
        elif is_delegated is not None:
            view.run_worker(_keep(view, problem, found))

    view.app.push_screen(AskDialog((found, row)), answered)


async def _keep(view: View[DaySnapshot], problem: Problem, found: ProblemsSnapshot) -> None:
    answered = replace(problem, ask_again_on=None)
    day = weigh(answered, found.worth, found.settings, found.today).ask_again_on
    answer = partial(view.store.problems.answer_ask, problem.id, day)
    if await view.patiently("Your answer", answer) is None:
        return
    when = f"asked again on {plain_day(day)}" if day is not None else "not asked again for now"
    view.say(f"{quoted(problem.title)} stays parked, {when}.")
