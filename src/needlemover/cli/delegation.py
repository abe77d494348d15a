"""needle park, needle problems."""

from collections.abc import Iterator
from typing import Annotated

from ..domain.delegation.problem import Cost, CostPer, Estimate, Every, ProblemState
from ..domain.delegation.verdict import ProblemsSnapshot, Weighing
from ..domain.errors import WrongUsageError
from ..text import delegation as words
from ..text.format import in_lines, quoted
from ..text.parse.values import parse_amount, parse_choice, parse_seconds
from .line import AsJson, Typed, argument, if_given, offer, option
from .opening import open_store
from .output import Part, columns, fit, give_answer, listing, pick, say


def park(
    title: Annotated[str, argument("TITLE", "What popped up.")],
    minutes: Annotated[Typed, option("MINUTES", "How long it takes each time: 30, 1h30.")] = None,
    every: Annotated[Typed, option("EVERY", f"{', '.join(Every)}.", offers=offer(Every))] = None,
    cost: Annotated[Typed, option("AMOUNT", "What somebody else would ask: 300.")] = None,
    cost_per: Annotated[Typed, option("PER", "once, time or month.", offers=offer(CostPer))] = None,
    handover: Annotated[Typed, option("MINUTES", "Your own time to hand it over.")] = None,
    to: Annotated[Typed, option("NAME", "Who could take it.")] = None,
    note: Annotated[Typed, option("TEXT", "A note.")] = None,
) -> None:
    """Park what popped up instead of working on it. A running timer goes on.

    With what it takes and costs it says whether to pay someone for it; all of that can follow later
    in the app.

    Example: needle park "Broken invoice" --minutes 90 --every week --cost 300 --handover 240
    """
    how_often = if_given(parse_choice, every, Every, "a rhythm")
    if cost is None and cost_per is not None:
        raise WrongUsageError("Say what it would cost with --cost AMOUNT, too.")
    usual = CostPer.ONCE if how_often is Every.ONCE else CostPer.MONTH
    per = if_given(parse_choice, cost_per, CostPer, "a way to pay") or usual
    seconds = if_given(parse_seconds, minutes, longest=None)
    handing = if_given(parse_seconds, handover, longest=None)
    with open_store() as store:
        amount = if_given(parse_amount, cost, store.settings.currency)
        price = None if amount is None else Cost(amount, per)
        estimate = Estimate(seconds, how_often, price, handing)
        parked = store.problems.park(title, estimate, candidate=to or "", note=note or "")
        say(f"Parked {quoted(parked.title)}.")
        if estimate != Estimate():
            store.problems.keep_days_told()
            snapshot = store.problems.snapshot()
            weighed = {row.problem.id: row for row in snapshot.rows}
            say(words.verdict_words(weighed[parked.id], store.settings.currency, snapshot.today))


def problems(as_json: AsJson = False) -> None:
    """List what was parked, and whether it is worth paying for.

    Example: needle problems
    """
    with open_store(only_reads=True) as store:
        snapshot = store.problems.snapshot()
    if not snapshot.rows and not as_json:
        say("Nothing is parked: park what pops up with needle park TITLE.")
    give_answer(list(map(_answer, snapshot.rows)), _lines(snapshot), as_json=as_json)


def _lines(snapshot: ProblemsSnapshot) -> Iterator[str]:
    currency = snapshot.settings.currency
    if snapshot.rows:
        yield words.lead_words(snapshot.rows, currency)
        yield from in_lines(words.totals_words(snapshot.totals, currency), columns())
    for row in snapshot.rows:
        problem = row.problem
        yield from ("", f"{fit(problem.title, 40)}  {words.state_words(problem)}")
        for sentence in _sentences(row, snapshot):
            for part in in_lines(sentence, columns() - 2):
                yield f"  {part}"


def _sentences(row: Weighing, snapshot: ProblemsSnapshot) -> Iterator[str]:
    problem, currency, today = row.problem, snapshot.settings.currency, snapshot.today
    if problem.state in (ProblemState.PARKED, ProblemState.DELEGATED):
        yield words.verdict_words(row, currency, today)
        for block in (*words.sum_blocks(row, currency), words.given_rows(row, currency)):
            yield from (f"{what:<44} {amount:>32}" for what, amount in block)
        yield from words.also_lines(row, snapshot.returns, currency)
    if row.leak is not None and problem.activity_id is None:
        yield words.leak_words(row.leak, currency, today)
    if problem.candidate:
        yield f"Who could take it: {problem.candidate}"
    if problem.note:
        yield f"Note: {problem.note}"


def _answer(weighing: Weighing) -> Part:
    given, found, load, leak = weighing.given_back, weighing.sum, weighing.workload, weighing.leak
    problem, workload, given_back = weighing.problem, None, None
    if load is not None:
        workload = {"seconds": round(load.seconds), **pick(load, "is_once is_measured logged")}
    if given is not None:
        seconds = round(given.hours * 3600)
        given_back = {"seconds": seconds, **pick(given, "worth paid handover money")}
    is_activity = problem.activity_id is not None
    return listing(
        **pick(problem, "title", status="state"),
        **pick(weighing, "verdict"),
        saving_per_month=None if found is None or found.deal.is_once else found.saving,
        payback_months=found and found.payback_months,
        **pick(weighing, "worth_needed", worth_low="low"),
        **pick(weighing, "ask_again_on"),
        **pick(problem, "id parked_on", status_since="state_on"),
        is_activity=is_activity,
        **pick(problem, "estimate candidate note delegated_to real_cost"),
        workload=workload,
        missing=weighing.missing,
        sum=found and pick(found, "worth freed cost setup saving payback_on turns_on"),
        half=weighing.half and weighing.half.verdict,
        double=weighing.double and weighing.double.verdict,
        most_to_pay=weighing.most_to_pay,
        leak=pick(leak, "since seconds times", worth="money") if leak and not is_activity else None,
        given_back=given_back,
    )
