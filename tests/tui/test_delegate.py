"""The Delegate view: what its keys do with what was parked."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from msgspec.structs import replace

from needlemover.domain.delegation.problem import (
    Cost,
    CostPer,
    Estimate,
    Every,
    Problem,
    ProblemState,
)
from needlemover.domain.delegation.verdict import ProblemsSnapshot
from needlemover.domain.settings import NextWorth, Settings
from needlemover.store.store import Store
from needlemover.text.format import shown
from needlemover.tui.app import NeedleApp
from needlemover.tui.delegation.ledger import LedgerPanel
from needlemover.tui.delegation.screen import DelegateScreen, hour_panel_lines
from needlemover.tui.kit.lines import spark, towers
from needlemover.tui.today.screen import TodayScreen

from .. import weighing
from ..conftest import SetClock
from .conftest import TODAY, Drive, Driven, Morning
from .hostile import NAMES

INVOICES = Estimate(5400, Every.WEEK, Cost(30_000, CostPer.MONTH), 4 * 3600)
"""6.5 hours a month for 300 a month, four hours to hand over."""


def delegate(user: Driven) -> DelegateScreen:
    """The view, when it is in front."""
    screen = user.app.screen_stack[0]
    assert isinstance(screen, DelegateScreen)
    return screen


def only(store: Store) -> Problem:
    """The one problem that there is."""
    (problem,) = store.problems.all()
    return problem


@pytest.fixture
def invoices(store: Store, morning: Morning) -> Problem:
    """Worth handing over at 150 an hour: it frees 975 and saves 675 a month."""
    store.choices.set("hourly_worth", "150")
    return store.problems.park("Invoices", INVOICES, candidate="Ana")


@pytest.mark.parametrize("view", ["1", "2", "3", "4"])
async def test_p_parks_from_every_view_with_a_title_and_enter(
    drive: Drive, store: Store, morning: Morning, view: str
) -> None:
    async with drive((80, 24)) as user:
        await user.press(view)
        here = user.app.screen
        await user.press("p")
        await user.type("broken printer")
        await user.press("enter")
        assert user.app.screen is here
        assert only(store).title == "broken printer"
        assert user.messages()[-1] == "Parked “broken printer”."


async def test_parking_in_the_middle_of_a_call_does_not_stop_it(
    drive: Drive, store: Store, morning: Morning, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("c")
        clock.pass_by(minutes=2)
        running = store.timer.running()
        await user.press("p", "f", "a", "x", "enter")
        assert only(store).title == "fax"
        after = store.timer.running()
        assert running is not None
        assert after is not None
        assert after.started_at == running.started_at
        assert "talking to a buyer" in user.screen_text()


async def test_parking_works_while_it_is_asked_how_a_call_ended(
    drive: Drive, store: Store, morning: Morning, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("c")
        await user.talk(clock, 120)
        await user.press("c", "p", "f", "a", "x", "enter")
        assert only(store).title == "fax"
        assert "HOW DID IT END?" in user.screen_text()
        await user.press("enter")
        assert store.timer.running() is None


async def test_a_title_that_nobody_could_read_is_refused_in_the_dialog(
    drive: Drive, store: Store, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("p", "enter")
        assert "The problem needs a name" in user.screen_text()
        await user.press("escape")
        assert store.problems.all() == ()


async def test_the_whole_sum_stands_beside_the_ledger(drive: Drive, invoices: Problem) -> None:
    async with drive() as user:
        await user.press("4")
        text = " ".join(user.screen_text().split())
        # 6.5 × 150 = 975; 975 − 300 = 675; 4 × 150 = 600; 600 ÷ 675 = 0.89 months, 27 days.
        assert "Delegate 1 now: saves $675 a month." in text
        assert "Delegate now: saves $675 a month" in text
        assert "frees 6 h 30 × $150 $975 " in text
        assert "costs −$300" in text
        assert "hand-over, 4 h × $150 $600 " in text
        assert "paid back in 0.9 months" in text
        # At half: 3.25 × 150 = 487.50; 600 ≤ 3 × 187.50 = 562.50 is false.
        assert "At half the hours: not yet" in text
        assert "1 to delegate now" in text


async def test_e_fills_in_what_is_missing(drive: Drive, store: Store, morning: Morning) -> None:
    store.choices.set("hourly_worth", "150")
    store.problems.park("Invoices")
    async with drive() as user:
        await user.press("4")
        assert "e says what it takes and costs." in user.screen_text()
        await user.press("e", "9", "0", "tab", "right", "right", "right", "tab")
        await user.press("3", "0", "0", "tab", "tab", "2", "4", "0", "tab", "A", "n", "a", "enter")
        assert (only(store).estimate, only(store).candidate) == (INVOICES, "Ana")
        assert "saves $675 a month" in user.screen_text()
        await user.press("u")
        assert only(store).estimate == Estimate()


async def test_d_delegates_and_d_again_changes_what_is_known(
    drive: Drive, store: Store, invoices: Problem
) -> None:
    async with drive() as user:
        await user.press("4", "d", "enter")
        handed = only(store)
        assert (handed.state, handed.delegated_to, handed.state_on) == (
            ProblemState.DELEGATED, "Ana", TODAY,
        )  # fmt: skip
        assert handed.real_cost == Cost(30_000, CostPer.MONTH)
        text = " ".join(user.screen_text().split())
        # 6.5 · 150 − 300.
        assert "bought back a month $675 6 h 30" in text
        assert "Nothing to delegate now." in text
        assert "Delegated to Ana since 24 Nov 2026" in text
        await user.press("d", "tab", *["backspace"] * 10)
        await user.type("2026-09-24")
        await user.press("enter")
        assert only(store).state_on == date(2026, 9, 24)
        await user.press("u", "u")
        assert only(store) == invoices


@pytest.mark.parametrize("key", ["enter", "d"])
async def test_a_form_that_is_saved_as_it_was_closes_and_changes_nothing(
    drive: Drive, store: Store, invoices: Problem, key: str
) -> None:
    if key == "d":
        store.problems.set_state(invoices.id, ProblemState.DELEGATED)
    before, steps = only(store), store.journal.steps()
    async with drive() as user:
        await user.press("4", key)
        assert user.app.screen is not delegate(user)
        await user.press("enter")
        assert user.app.screen is delegate(user)
    assert (only(store), store.journal.steps()) == (before, steps)


@pytest.mark.parametrize(
    ("key", "state", "said"),
    [("m", ProblemState.DONE, "Done myself 24"), ("x", ProblemState.DROPPED, "Dropped 24")],
)
async def test_what_is_over_can_be_undone_or_parked_again(
    drive: Drive, store: Store, invoices: Problem, key: str, state: ProblemState, said: str
) -> None:
    async with drive() as user:
        await user.press("4", key)
        assert only(store).state is state
        assert said in user.screen_text()
        await user.press("u")
        assert only(store).state is ProblemState.PARKED
        await user.press(key, "r")
        assert only(store).state is ProblemState.PARKED
        await user.press("u", "u")
        assert only(store) == invoices


async def test_t_times_a_leak_and_t_stops_it_without_asking_anything(
    drive: Drive, store: Store, invoices: Problem, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("4", "t")
        running = store.timer.running()
        assert running is not None
        assert running.problem_id == invoices.id
        assert "● Invoices" in user.screen_text()
        assert "t Stop" in user.screen_text()
        await user.press("1")
        assert "on Invoices" in user.screen_text()
        await user.press("4")
        clock.pass_by(minutes=40)
        store.timer.seen()
        await user.press("t")
        assert store.timer.running() is None
        assert [item.seconds for item in only(store).spent] == [2400]
        # 40 minutes at 150.
        assert "You have put 40 min into this since November: $100" in user.screen_text()


async def test_c_on_today_stops_a_leak_without_asking_an_outcome(
    drive: Drive, store: Store, invoices: Problem, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("4", "t", "1")
        await user.talk(clock, 300)
        await user.press("c")
        assert store.timer.running() is None
        assert "HOW DID IT END?" not in user.screen_text()
        assert [item.seconds for item in only(store).spent] == [300]


async def test_t_says_so_when_another_timer_runs(
    drive: Drive, store: Store, invoices: Problem, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("c", "4", "t")
        assert "“Sales conversations” runs already" in user.messages()[-1]
        running = store.timer.running()
        assert running is not None
        assert running.activity_id == morning.sales


async def test_a_leak_left_alone_is_never_guessed_at(
    drive: Drive, store: Store, invoices: Problem, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("4", "t")
        clock.pass_by(hours=3)
        await user.press("t")
        await user.pilot.pause()
        assert store.timer.running() is not None
        assert isinstance(user.app.screen_stack[0], TodayScreen)
        assert len(user.app.screen_stack) == 2


async def test_l_logs_time_by_hand(drive: Drive, store: Store, invoices: Problem) -> None:
    async with drive() as user:
        await user.press("4", "l", "enter")
        assert "Type how long it took" in user.screen_text()
        await user.press("4", "5", "tab", *["backspace"] * 10)
        await user.type("yesterday")
        await user.press("enter")
        assert [(item.day, item.seconds) for item in only(store).spent] == [
            (date(2026, 11, 23), 2700)
        ]
        await user.press("u")
        assert only(store).spent == ()


async def test_three_logged_times_replace_the_estimate(
    drive: Drive, store: Store, invoices: Problem
) -> None:
    async with drive() as user:
        await user.press("4")
        for _ in range(3):
            await user.press("l", "3", "0", "enter")
        # 1 h 30 in 28 days are 1 h 37.5 a month, though 90 minutes each week were said.
        text = " ".join(user.screen_text().split())
        assert "1 h 30 in 28 days, measured 3 times 1 h 38 a month" in text


async def test_a_weighs_an_activity_which_leaves_the_checklist_when_it_is_delegated(
    drive: Drive, store: Store, morning: Morning, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("4", "a", "right", "right", "right", "enter")
        assert (only(store).title, only(store).activity_id) == ("Newsletter", morning.newsletter)
        await user.press("l")
        assert "is an activity: log its time on Today" in user.messages()[-1]
        await user.press("d")
        assert "It leaves your checklist from tomorrow" in user.screen_text()
        await user.type("Kim")
        await user.press("enter", "1")
        assert "Newsletter" in user.checklist_names()
        clock.set(datetime(2026, 11, 25, 9, 0))
        await user.follow()
        assert "Newsletter" not in user.checklist_names()
        await user.press("4")
        assert "Delegated to Kim" in user.screen_text()


async def test_h_declares_an_hour_and_a_later_one_and_a_blank_takes_them_back(
    drive: Drive, store: Store, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("4", "h", "4", "6", "tab", "tab", "tab", "6", "0", "enter")
        assert "takes both, an amount and the day" in user.screen_text()
        await user.type("2027-03-01")
        await user.press("enter")
        settings = store.settings
        assert settings.hourly_worth == 4_600
        assert settings.hourly_worth_next is not None
        assert settings.hourly_worth_next.start == date(2027, 3, 1)
        text = user.screen_text()
        assert "An hour is worth $46, as you declared." in text
        assert "From 1 Mar 2027 on: $60, as you declared." in text
        await user.press("u")
        assert (store.settings.hourly_worth, store.settings.hourly_worth_next) == (None, None)


async def test_h_takes_the_income_wanted_a_year(
    drive: Drive, store: Store, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("4", "h", "tab")
        await user.type("90000")
        # 90,000 ÷ 2,080 = 43.269…
        assert "$90,000 a year ÷ 2,080 h of work = $43.27 an hour" in user.screen_text()
        await user.press("tab", *["backspace"] * 4, "0", "enter")
        assert "Type how many hours of work a year has" in user.screen_text()
        await user.press("backspace")
        await user.type("1800")
        await user.press("enter")
        assert store.settings.hourly_worth == 5_000


async def test_the_cursor_stays_on_its_problem_when_the_order_changes(
    drive: Drive, store: Store, invoices: Problem
) -> None:
    store.problems.park("Printer")
    async with drive() as user:
        await user.press("4", "j", "e", "6", "0", "0", "tab", "right", "right", "tab", "0", "enter")
        problem = delegate(user).problem
        assert problem is not None
        assert problem.title == "Printer"
        ledger = user.app.screen.query_one(LedgerPanel)
        # Ten hours of each working day for nothing save more than the invoices.
        assert ledger.cursor == 0
        await user.press("j", "u", "u")
        assert [row.problem.title for row in ledger.facts.rows] == ["Invoices"]  # type: ignore[union-attr]
        problem = delegate(user).problem
        assert problem is not None
        assert problem.title == "Invoices"


async def test_a_change_of_another_process_and_a_new_day_are_shown(
    drive: Drive, morning: Morning, again: Callable[[], Store], clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("4")
        again().problems.park("From elsewhere")
        delegate(user).follow()
        await user.pilot.pause()
        assert "From elsewhere" in user.screen_text()
        clock.set(datetime(2026, 11, 25, 9, 0))
        delegate(user).follow()
        snapshot = delegate(user).snapshot
        assert snapshot is not None
        assert snapshot.today == date(2026, 11, 25)


async def test_an_empty_view_says_which_keys_fill_it(drive: Drive) -> None:
    async with drive() as user:
        await user.press("escape", "4")
        text = user.screen_text()
        assert "Nothing is parked yet" in text
        assert "p parks what pops up" in text
        assert "Too little to say what an hour is worth" in text
        assert "h declares it" in text
        assert "e Edit" not in text
        await user.press("e", "d", "t", "l", "m", "x", "r", "enter", "j", "k", "U")
        assert user.app.screen is delegate(user)


async def test_with_little_room_tab_goes_round_the_panels(drive: Drive, invoices: Problem) -> None:
    async with drive((80, 24)) as user:
        await user.press("4")
        shown_titles = []
        for _ in range(3):
            await user.press("tab")
            text = user.screen_text()
            assert "THE LEDGER" in text
            shown_titles.append([title for title in ("THE SUM", "YOUR HOUR") if title in text])
        assert shown_titles == [["THE SUM"], ["YOUR HOUR"], ["YOUR HOUR"]]


@pytest.mark.parametrize("name", NAMES)
async def test_titles_of_any_kind_are_shown_and_never_obeyed(
    drive: Drive, store: Store, morning: Morning, name: str
) -> None:
    parked = store.problems.park(name, INVOICES, candidate=name, note=name)
    store.problems.remember_asks({parked.id: TODAY})
    async with drive() as user:
        for keys in (("A",), ("escape", "4"), ("e",), ("escape", "d"), ("enter",), ("m",), ("t",)):
            await user.press(*keys)
            assert not any(sign in user.screen_text() for sign in "\x1b\x07\u202e")
        assert shown(parked.title)[:2] in user.screen_text()


@pytest.fixture
def soon(store: Store, morning: Morning) -> Problem:
    """Worth it from 46 on, which is declared for the next day: asked about that morning."""
    store.choices.declare_worth(3_800, NextWorth(4_600, date(2026, 11, 25)))
    cost = Cost(27_600, CostPer.MONTH)
    return store.problems.park("Bookkeeping", Estimate(21_600, Every.MONTH, cost))


async def test_today_asks_on_the_morning_that_was_said_also_in_an_app_left_open(
    drive: Drive, store: Store, soon: Problem, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("4")
        assert "Very soon: worth it at $46, about 25 Nov 2026" in user.screen_text()
        await user.press("1")
        assert only(store).ask_again_on is None  # looking writes nothing
        store.problems.keep_days_told()  # as the app does once a day
        await user.follow()
        assert "Ask again today" not in user.screen_text()
        clock.set(datetime(2026, 11, 25, 8, 30))
        await user.follow()
        assert "Ask again today: is “Bookkeeping” worth handing over?" in user.screen_text()
        await user.press("A")
        assert "frees 6 h × $46 $276" in " ".join(user.screen_text().split())
        await user.press("enter")
        await user.type("Kim")
        await user.press("enter")
        assert (only(store).state, only(store).delegated_to) == (ProblemState.DELEGATED, "Kim")
        assert "Ask again today" not in user.screen_text()
        await user.press("u", "escape")  # the first key of a day also offers to tell missed ones
        assert "Ask again today" in user.screen_text()


async def test_who_keeps_it_parked_is_not_asked_again_for_now(
    drive: Drive, store: Store, soon: Problem, clock: SetClock
) -> None:
    store.problems.keep_days_told()
    async with drive((80, 24)) as user:
        clock.set(datetime(2026, 11, 25, 8, 30))
        await user.follow()
        await user.press("A", "escape")
        assert "Ask again today" in user.screen_text()
        await user.press("A", "k")
        assert "Ask again today" not in user.screen_text()
        assert only(store).state is ProblemState.PARKED
        assert "stays parked, not asked again for now" in user.messages()[-1]
        clock.set(datetime(2026, 11, 26, 8, 30))
        await user.follow()
        assert "Ask again today" not in user.screen_text()


async def test_a_panel_that_was_hidden_when_its_facts_changed_shows_them(
    drive: Drive, store: Store, invoices: Problem
) -> None:
    async with drive((80, 24)) as user:
        await user.press("4", "tab", "tab", "tab", "shift+tab", "shift+tab")
        assert "YOUR HOUR" not in user.screen_text()
        store.choices.set("hourly_worth", "80")
        delegate(user).refresh_data()
        await user.press("tab")
        assert "An hour is worth $80, as you declared." in user.screen_text()


async def test_what_to_do_stands_above_the_first_problem_however_long_the_ledger(
    drive: Drive, store: Store, invoices: Problem
) -> None:
    for number in range(20):
        store.problems.park(f"Problem {number}")
    async with drive((80, 24)) as user:
        await user.press("4")
        assert "Delegate 1 now: saves $675 a month." in user.screen_text()
        await user.press(*["j"] * 15)
        assert "Delegate 1 now: saves $675 a month." not in user.screen_text()
        await user.press(*["k"] * 15)
        assert "Delegate 1 now: saves $675 a month." in user.screen_text()


def test_the_weeks_are_drawn_as_tall_as_there_is_room() -> None:
    # In two rows the most has 16 eighths; half of it fills one row, an eighth of it a quarter.
    assert towers([8, 4, 1, None, 0, -3], 2) == ["█     ", "██▂   "]
    assert spark([8, 4, 1, None, 0, -3], 5) == "█▂   "
    assert spark([], 3) == ""


def test_what_the_weeks_earned_stands_apart_however_much_it_is() -> None:
    # "$1,234,567" takes 12 cells with what sets it apart: 3 weeks of 8 on 38 columns.
    hour = replace(weighing.measured(10), weeks=(123_456_700,) * 7 + (0,))
    facts = ProblemsSnapshot(TODAY, Settings(), (), hour, ())
    *_, earned, days = hour_panel_lines(facts, 38, 30)
    assert "".join(text for text, _ in earned.left).split() == ["$1,234,567"] * 2 + ["$0"]
    assert "".join(text for text, _ in days.left).split() == ["2", "Nov", "9", "Nov", "16", "Nov"]
    assert all(len("".join(text for text, _ in line.left)) <= 38 for line in (earned, days))


@pytest.mark.parametrize("width", [40, 45, 60])
async def test_in_the_ledger_a_name_keeps_twelve_cells(
    sample: Store, clock: SetClock, width: int
) -> None:
    app = NeedleApp(sample, clock)
    sample.begin_use()
    async with app.run_test(size=(width, 40)) as pilot:
        user = Driven(app, pilot)
        text = await user.see("4")
        assert "Answer supp" in text
        assert "$401.39" in text
