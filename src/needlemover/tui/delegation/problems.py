"""What the keys of Delegate do with problems, and what is asked about them."""

from datetime import date
from typing import Any

from textual.containers import Container
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ...domain.delegation.problem import Cost, CostPer, Estimate, Problem, ProblemState
from ...domain.delegation.verdict import ProblemsSnapshot, cost_of
from ...store.calls.new_entry import NewEntry
from ...text.delegation import EACH_WORDS
from ...text.format import minutes, quoted
from ..calls.day_log import say_stopped
from ..kit.fields import Field, choice_field, text_field
from ..kit.form import FieldError, Form, activity_field, day_field, length_field, money_field
from ..kit.view import View


def is_timed(view: View[ProblemsSnapshot], problem: Problem) -> bool:
    """Whether the timer runs on a problem, or on what it stands for."""
    running = view.snapshot.running
    if running is None:
        return False
    is_own = problem.activity_id is not None and running.activity_id == problem.activity_id
    return is_own or running.problem_id == problem.id


def time_problem(view: View[ProblemsSnapshot], problem: Problem) -> None:
    """Start the one timer on it; where it runs on it already, stop it."""
    timer, running = view.store.timer, view.snapshot.running
    if running is None or not is_timed(view, problem):
        if view.attempt(lambda: timer.start(problem_id=problem.id, watched=True)):
            view.say(f"The time runs on {quoted(problem.title)}; t stops it.")
        return
    now, cap = view.clock.now(), view.snapshot.settings.call_cap
    if running.is_sales or running.is_in_doubt(timer.last_seen(), now, cap):
        # Today asks how a call ended, and what is true of a timer that was left alone.
        view.show_view("today")
        view.app.screen.call_later(view.app.screen.run_action, "call")
        return
    done = view.attempt(timer.stop)
    if done is not None:
        say_stopped(view, done)


_EVERY = ((None, "not said yet"), *EACH_WORDS.items())
_PER = ((CostPer.MONTH, "a month"), (CostPer.TIME, "each time"), (CostPer.ONCE, "once"))


def ask_to_park(view: View[Any]) -> None:
    """Ask what popped up, and park it: a title and Enter. A running timer goes on."""

    def save(what: str) -> None:
        problem = view.do(lambda: view.store.problems.park(what))
        view.say(f"Parked {quoted(problem.title)}.")
        view.show_parked(problem)

    fields = [text_field("what", "Park", placeholder="like: printer broken")]
    hint = "Enter parks it and goes back · details later, in Delegate (4)"
    view.ask(Form("What popped up?", fields, save, save_word="Park", hint=hint))


def ask_details(view: View[ProblemsSnapshot], problem: Problem) -> None:
    """Ask what it takes, what it costs, and who could take it; each field can wait."""
    estimate = problem.estimate

    def save(cost: int | None, per: CostPer, **said: Any) -> None:
        texts = {"what": "title", "candidate": "candidate", "note": "note"}
        changes = {name: said[key] for key, name in texts.items() if key in form.changed}
        if form.changed - texts.keys():
            takes, own = said["seconds"], said["handover_seconds"]
            changes["estimate"] = Estimate(takes, said["every"], _cost(cost, per), own)
        view.do(lambda: view.store.problems.edit(problem.id, **changes))

    # An activity is renamed on Today.
    what = [text_field("what", "Title", problem.title)] if problem.activity_id is None else []
    fields = (
        *what,
        length_field("seconds", seconds=estimate.seconds, blank=None, longest=None,
                     placeholder="like 30, 1h30", hint="each time"),
        choice_field("every", "How often", _EVERY, estimate.every),
        *_cost_fields(estimate.cost, view.snapshot.settings.currency),
        length_field("handover_seconds", "Hand-over", estimate.handover_seconds, blank=None,
                     longest=None, placeholder="none", hint="minutes of yours, once"),
        text_field("candidate", "Could take it", problem.candidate),
        text_field("note", "Note", problem.note),
    )  # fmt: skip
    hint = "Enter saves · Tab next · ← → choose · blank: not known yet"
    form = view.ask(Form(problem.title, fields, save, hint=hint, begin="seconds"))


def ask_handover(view: View[Any], problem: Problem) -> None:
    """Ask to whom a problem is delegated; of what is delegated already, change what is known."""
    problems, today = view.store.problems, view.snapshot.today
    is_new = problem.state is not ProblemState.DELEGATED

    def save(to: str, on: date, cost: int | None, per: CostPer) -> None:
        real = _cost(cost, per)
        if not is_new:
            names = {"to": "delegated_to", "on": "state_on"}
            said = {"delegated_to": to, "state_on": on, "real_cost": real}
            changed = {names.get(key, "real_cost") for key in form.changed}
            view.do(lambda: problems.edit(problem.id, **{name: said[name] for name in changed}))
            return
        state = ProblemState.DELEGATED
        view.do(lambda: problems.set_state(problem.id, state, on=on, to=to, real_cost=real))
        view.say(f"{quoted(problem.title)} is delegated; u takes it back.")

    to = problem.candidate if is_new else problem.delegated_to
    since = today if is_new else problem.state_on
    fields: list[Widget] = [
        text_field("to", "To", to, placeholder="who takes it"),
        day_field("on", "Since", since, today, hint="1 dec, mon, -3"),
        *_cost_fields(cost_of(problem), view.snapshot.settings.currency),
    ]
    if is_new and problem.activity_id is not None:
        leaves = "It leaves your checklist from tomorrow and stays in the ledger."
        fields.append(Container(Static(Content(leaves)), classes="note"))
    title = f"Delegate {problem.title}" if is_new else problem.title
    hint = "Enter saves · Tab next · ← → choose · what it really costs, as far as known"
    form = view.ask(Form(title, fields, save, save_word="Delegate", hint=hint))


def ask_leak(view: View[ProblemsSnapshot], problem: Problem) -> None:
    """Ask how much time was put into a problem after all."""
    if problem.activity_id is not None:
        view.say(f"{quoted(problem.title)} is an activity: log its time on Today.", wrong=True)
        return

    def save(seconds: int, day: date, note: str) -> None:
        if not seconds:
            raise FieldError("seconds", "Type how long it took, like 12.")
        new = NewEntry(None, day, seconds=seconds, problem_id=problem.id)
        form.ask_once("seconds", view.store.entries.doubt(new))
        log = view.store.problems.log_leak
        done = view.do(lambda: log(problem.id, seconds, day=day, note=note))
        view.say(f"{minutes(done.entry.seconds)} put into {quoted(problem.title)}.")

    today = view.snapshot.today
    fields = (
        length_field("seconds", placeholder="like 12, 1 h 30"),
        day_field("day", "Day", today, today),
        text_field("note", "Note"),
    )
    hint = "Enter saves · Tab next · it fills no quota"
    form = view.ask(Form(f"Time put into {problem.title}", fields, save, hint=hint))


DEEDS = {"edit": ask_details, "delegate": ask_handover, "time": time_problem, "log": ask_leak}


def choose_activity(view: View[ProblemsSnapshot]) -> None:
    """Ask which activity of the checklist is to be weighed like a problem."""
    activities = view.store.activities.all()
    if not activities:
        view.say("There is no activity yet: a on Today adds one.", wrong=True)
        return

    def save(activity_id: int) -> None:
        view.show_parked(view.do(lambda: view.store.problems.weigh(activity_id)))

    fields = [activity_field("activity_id", "Activity", activities, none=None)]
    title, hint = "Weigh which activity?", "← → choose · Enter weighs it"
    view.ask(Form(title, fields, save, save_word="Weigh", hint=hint))


def _cost_fields(cost: Cost | None, currency: str) -> tuple[Field, Field]:
    """What somebody else asks, and what it is paid for."""
    amount, per = (cost.amount, cost.per) if cost is not None else (None, CostPer.MONTH)
    return (
        money_field("cost", f"Costs ({currency})", currency, amount, placeholder="like 300, or 0"),
        choice_field("per", "Paid", _PER, per),
    )


def _cost(amount: int | None, per: CostPer) -> Cost | None:
    return Cost(amount, per) if amount is not None else None
