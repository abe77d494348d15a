"""The sum of one problem: whether to hand it over, laid out so that a person can check it."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from ...domain.delegation.offer import Verdict
from ...domain.delegation.problem import ProblemState
from ...domain.delegation.verdict import Missing, Weighing
from ...domain.numbers.returns import Return
from ...text.delegation import words
from ...text.delegation.ledger import given_words, leak_words, state_words
from ...text.format import shown
from ..kit.lines import EMPTY, Line, wrapped
from ..kit.panel import Panel

_OPEN = (ProblemState.PARKED, ProblemState.DELEGATED)
_INKS = {Verdict.NOW: "accent", Verdict.SOON: "advance"}
_EMPTY = "What handing a problem over frees and costs will stand here: e fills it in."


class SumFacts(Struct, frozen=True):
    """What the panel shows."""

    row: Weighing | None
    """None: nothing is parked."""
    best: Return | None
    """The activity that earns most with the freed hours."""
    today: date
    currency: str


class SumPanel(Panel[SumFacts, None], can_focus=True):
    """The verdict, the sum, and what it rests on."""

    BORDER_TITLE = "THE SUM"
    scrolls = True

    def lines(self, facts: SumFacts, width: int, height: int) -> Sequence[Line]:
        """The title and the verdict first."""
        if facts.row is None:
            return wrapped(_EMPTY, width, "muted")
        problem = facts.row.problem
        found = [*wrapped(shown(problem.title), width, "strong")]
        found += wrapped(_about(facts.row), width, "muted")
        parts = [part for part in _parts(facts, facts.row, width) if part]
        spare = height - len(found) - sum(map(len, parts))
        for place, part in enumerate(parts):
            # The blank lines give way where the sentences need them.
            found += [EMPTY, *part] if place < spare else part
        return found


def _about(row: Weighing) -> str:
    """Its state, and who could take it."""
    problem = row.problem
    told = [state_words(problem)]
    if problem.activity_id is not None:
        told.append("an activity of your own")
    if problem.candidate and problem.state is ProblemState.PARKED:
        told.append(f"could take it: {shown(problem.candidate)}")
    about = " · ".join(told)
    return f"{about[0].upper()}{about[1:]}"


def _parts(facts: SumFacts, row: Weighing, width: int) -> Iterator[list[Line]]:
    """What belongs together, one after the other."""
    problem, currency = row.problem, facts.currency

    def told(*sentences: str, ink: str = "text") -> list[Line]:
        return [
            line
            for sentence in sentences
            if sentence
            for line in wrapped(sentence, width, ink, indent="  ")
        ]

    if problem.state in _OPEN:
        verdict = words.verdict_words(row, currency, facts.today)
        ink = _INKS.get(row.verdict, "text")
        if problem.state is ProblemState.DELEGATED and row.verdict is Verdict.NOW:
            ink = "good"
        yield [*told(verdict, ink=ink), *_help(row, width)]
        yield told(*map(_sentence, words.sum_lines(row, currency)))
        yield told(
            words.shaky_words(row, currency),
            words.price_words(row, currency),
            words.freed_words(row, facts.best, currency),
        )
    leak = row.leak
    if row.given_back is not None:
        yield told(given_words(row.given_back, currency), ink="good")
    if leak is not None and problem.activity_id is None:
        yield told(leak_words(leak, currency, facts.today))
    if problem.note:
        yield told(f"Note: {shown(problem.note)}", ink="muted")


def _help(row: Weighing, width: int) -> Sequence[Line]:
    """Which key fills in what is missing."""
    missing = row.missing
    if not missing or row.problem.state not in _OPEN:
        return ()
    keys = []
    if any(item is not Missing.WORTH for item in missing):
        keys.append("e says what it takes and costs")
    if Missing.WORTH in missing:
        keys.append("h declares what your hour is worth")
    return wrapped(f"{'; '.join(keys)}.", width, "muted")


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
