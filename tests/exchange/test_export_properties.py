"""Whatever is in a file, its export brings all of it back; and nothing comes twice."""

from contextlib import closing, suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from needlemover.domain.buyers.contact import StepKind
from needlemover.domain.calls.entry import Outcome, contact_key
from needlemover.domain.delegation.problem import CostPer, Every, ProblemState
from needlemover.domain.errors import NeedleError
from needlemover.domain.promises.commitment import Rule
from needlemover.store.care.sections import Data
from needlemover.store.store import Store

from ..conftest import some_examples
from ..store.test_properties import Command, begun, changes, pauses, undoing
from .moving import content, export, new_store, take_in

DAYS = st.dates(date(1990, 1, 1), date(2026, 11, 20)).map(date.isoformat)
INSTANTS = st.datetimes(datetime(1990, 1, 2), datetime(2026, 11, 20)).map(
    lambda instant: f"{instant:%Y-%m-%dT%H:%M:%SZ}"
)
HOSTILE = st.sampled_from(
    ["=1+1", "+49 30", "-5", "@home", "'", "''=x", "\t=1", "\r=1", "\n-1", 'say "so"', "a,b;c",
     "two\r\nlines", "\x00\x1b[31m\x7f\x9b", "[/b]", "👩‍💻🇺🇦", "שלום\u202e", "\ufeff", " ", "",
     "＝1", '{"a": [1]}', "\u2028", "NULL", "none"]
)  # fmt: skip
TEXTS = HOSTILE | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
AMOUNTS = st.integers(-(10**12), 10**12)
LENGTHS = st.integers(0, 10**6)


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def all_data(draw: st.DrawFn) -> Data:
    """Data of every kind, sound in itself."""
    names = draw(st.lists(TEXTS, max_size=3))
    activities = [
        {
            "id": number,
            "is_sales": draw(st.booleans()),
            "name": f"{number} {name}",
            "rank": number,
            "starts_at": draw(_maybe(st.just("09:00:00"))),
            "uid": draw(st.sampled_from([None, f"uid {number}"])),
        }
        for number, name in enumerate(names, start=1)
    ]
    ids = [row["id"] for row in activities]
    sales = {row["id"] for row in activities if row["is_sales"]}
    some = _maybe(st.sampled_from(ids)) if ids else st.none()
    number_of = iter(range(1, 1000))

    def rows(
        at_most: int, *, has_uid: bool = True, **fields: st.SearchStrategy[Any]
    ) -> list[dict[str, Any]]:
        found = []
        for _ in range(draw(st.integers(0, at_most))):
            row = {"id": next(number_of), **{name: draw(values) for name, values in fields.items()}}
            if has_uid:
                row["uid"] = draw(st.sampled_from([None, f"{draw(TEXTS)}{row['id']}"]))
            found.append(row)
        return found

    commitments = rows(
        3, activity_id=st.sampled_from(ids), count=_maybe(st.integers(1, 99)), rule=_words(Rule),
        seconds=_maybe(st.integers(1, 9999)), set_on=DAYS, start=DAYS,
        weekdays=_maybe(st.integers(0, 127)), weekly=st.booleans(),
    ) if ids else []  # fmt: skip
    for row in commitments:
        if row["weekly"] and row["weekdays"] is not None:
            row["weekdays"] = 0
        is_limit = row["seconds"] and row["count"] is None and not row["weekly"]
        row["at_most"] = bool(is_limit) and row["activity_id"] not in sales and draw(st.booleans())
    problems = rows(
        3, activity_id=some, ask_again_on=_maybe(DAYS), candidate=_maybe(TEXTS),
        cost=_maybe(LENGTHS), cost_per=_maybe(_words(CostPer)), delegated_to=_maybe(TEXTS),
        every=_maybe(_words(Every)), handover_seconds=_maybe(LENGTHS), note=_maybe(TEXTS),
        parked_on=DAYS, real_cost=_maybe(LENGTHS), real_cost_per=_maybe(_words(CostPer)),
        seconds=_maybe(LENGTHS), state=_words(ProblemState), state_on=DAYS,
        title=TEXTS.filter(contact_key),
    )  # fmt: skip
    weighed: set[int] = set()
    for row in problems:  # an activity is weighed once, and its time is its own
        if row["activity_id"] in weighed:
            row["activity_id"] = None
        weighed |= {row["activity_id"]} - {None}
    contacts = rows(
        3, name=TEXTS.filter(contact_key), never_since=st.none(), note=_maybe(TEXTS),
        phone=_maybe(TEXTS), position=st.integers(1, 99), same_as=st.none(),
    )  # fmt: skip
    contacts = list({contact_key(row["name"]): row for row in contacts}.values())
    buyers = [row["id"] for row in contacts]
    steps = _unique(rows(
        3, at=_maybe(st.just("14:00:00")), contact_id=st.sampled_from(buyers), day=DAYS,
        ended_by=st.none(), ended_on=st.none(), kind=_words(StepKind), note=_maybe(TEXTS),
        set_on=DAYS,
    ), "contact_id") if buyers else []  # fmt: skip
    imports = rows(2, file_name=TEXTS, imported_at=INSTANTS, source=TEXTS)
    batch = st.none() | st.sampled_from([row["id"] for row in imports] or [None])
    parked = [row["id"] for row in problems if row["activity_id"] is None]
    problem = st.none() | st.sampled_from(parked or [None])
    entries = rows(
        8, activity_id=some, amount=_maybe(AMOUNTS), batch_id=batch, came_from=some,
        contact=_maybe(TEXTS), count=st.integers(0, 99), day=DAYS, follows=st.none(),
        logged_at=INSTANTS, logged_on=DAYS, note=_maybe(TEXTS), outcome=_maybe(_words(Outcome)),
        problem_id=problem, seconds=LENGTHS, source=TEXTS, source_key=st.none(),
        started_at=_maybe(INSTANTS), utc_offset=_maybe(st.integers(-50_000, 50_000)),
    )  # fmt: skip
    for place, row in enumerate(entries):
        if row["activity_id"] is not None:
            row["problem_id"] = None
        if row["activity_id"] not in sales:
            row["outcome"] = None
        if row["activity_id"] is None and row["problem_id"] is None:
            row.update(seconds=0, count=0, amount=row["amount"] or 1)
        if not contact_key(row["contact"] or ""):
            row["contact"] = None
        _keep_to_its_day(row)
        if draw(st.booleans()):
            row["source_key"] = f"{draw(TEXTS)}{place}"
        elif place:
            ask = entries[draw(st.integers(0, place - 1))]
            if ask["day"] <= row["day"] and (ask["follows"] is None or ask["outcome"]):
                row["follows"] = ask["id"]
    blocks = _unique(rows(
        3, day=DAYS, ended_at=_maybe(st.just("2026-11-24T08:00:00Z")), last_seen=_maybe(INSTANTS),
        planned=st.integers(1, 9999), started_at=INSTANTS, utc_offset=st.integers(-50_000, 50_000),
    ), "ended_at")  # fmt: skip
    for row in blocks:
        _keep_to_its_day(row)
        if row["ended_at"] is None:  # one that comes back runs on
            row["last_seen"] = None
    sections: dict[str, list[dict[str, Any]]] = {
        "settings": [
            {"id": 1, "key": "currency", "value": draw(st.sampled_from(["EUR", "JPY", "KWD"]))}
        ],
        "activities": activities,
        "commitments": _unique(commitments, "activity_id", "start", "set_on"),
        "problems": problems,
        "contacts": contacts,
        "next_steps": steps,
        "imports": imports,
        "days_off": rows(
            3, activity_id=some, end=DAYS, reason=TEXTS, said_on=DAYS, start=DAYS
        ),
        "missed_reasons": _unique(rows(3, has_uid=False, day=DAYS, reason=TEXTS), "day"),
        "skipped_days": _unique(rows(3, has_uid=False, day=DAYS), "day"),
        "forgotten_keys": _unique(
            rows(3, has_uid=False, source=TEXTS, source_key=TEXTS), "source", "source_key"
        ),
        "last_use": [],
        "timer": [],
        "call_blocks": blocks,
    }  # fmt: skip
    subjects = [*((key, None) for key in ids[:1]), *((None, key) for key in parked[:1])]
    if subjects and draw(st.booleans()):
        activity, leak = draw(st.sampled_from(subjects))
        sections["timer"] = [
            {"activity_id": activity, "contact": draw(_maybe(TEXTS)), "day": draw(DAYS), "id": 1,
             "last_seen": draw(_maybe(INSTANTS)), "problem_id": leak, "started_at": draw(INSTANTS),
             "utc_offset": 0}
        ]  # fmt: skip
        _keep_to_its_day(sections["timer"][0])
    for row in sections["days_off"]:
        row["start"], row["end"] = sorted((row["start"], row["end"]))
    return Data(sections, entries)


def _keep_to_its_day(row: dict[str, Any]) -> None:
    """Let what began at a time count for the day on which it began."""
    if row["started_at"] is not None:
        offset = timedelta(seconds=row["utc_offset"] or 0)
        row["day"] = (datetime.fromisoformat(row["started_at"]) + offset).date().isoformat()


def _words(choices: Any) -> st.SearchStrategy[str]:
    return st.sampled_from([str(item) for item in choices])


def _unique(rows: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    return list({tuple(row[name] for name in names): row for row in rows}.values())


SLOW = settings(some_examples(12), suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(all_data(), st.sampled_from(["json", "csv"]))
def test_an_export_read_into_a_new_file_is_exported_as_the_same_bytes(
    data: Data, name: str
) -> None:
    with TemporaryDirectory() as place:
        folder = Path(place)
        with closing(new_store(folder / "a.db")) as first:
            first.exports.add(
                Data(data.sections, [dict(row) for row in data.entries]), file_name=""
            )
            wanted, before = export(first, folder / "first"), content(first)
            packed = export(first, folder / "packed", name)
        with closing(new_store(folder / "b.db")) as second:
            brought = take_in(second, folder / "packed")
            assert brought.added == len(list(data.entries))
            assert content(second) == before
            assert export(second, folder / "second") == wanted
            assert export(second, folder / "again", name) == packed
            second.journal.undo()
            assert {table for table, rows in content(second).items() if rows} == set()
            second.journal.redo()
            # A timer that comes back runs on, so when it was last seen is another time.
            assert content(second) | {"timer": []} == before | {"timer": []}


@some_examples(12)
@given(st.lists(st.one_of(changes, changes, pauses, undoing), max_size=14))
def test_what_commands_made_comes_back_with_every_row(commands: list[Command]) -> None:
    with begun() as (store, clock), TemporaryDirectory() as place:
        folder = Path(place)
        for act in commands:
            with suppress(NeedleError):
                act(store, clock)
        wanted = export(store, folder / "a.json")
        export(store, folder / "a.zip", "csv")
        for name in ("a.json", "a.zip"):
            with closing(Store(folder / f"{name}.db", clock)) as second:
                take_in(second, folder / name)
                assert content(second) == content(store)
                assert export(second, folder / "again") == wanted


@some_examples(10)
@given(
    st.lists(st.one_of(changes, changes, pauses), max_size=10),
    st.lists(st.one_of(changes, changes, pauses), max_size=10),
)
def test_what_comes_to_other_data_comes_once_and_goes_again(
    here: list[Command], there: list[Command]
) -> None:
    with begun() as (store, clock), begun() as (other, other_clock), TemporaryDirectory() as place:
        path = Path(place) / "other.json"
        other_clock.pass_by(hours=1)
        for act in there:
            with suppress(NeedleError):
                act(other, other_clock)
        for act in here:
            with suppress(NeedleError):
                act(store, clock)
        export(other, path)
        before = content(store)
        try:
            first = take_in(store, path)
        except NeedleError:  # what sells there does not sell here
            assert content(store) == before
            return
        after = content(store)
        assert len(after["entry"]) == len(before["entry"]) + first.added
        assert set(before["entry"]) <= set(after["entry"])
        assert take_in(store, path).changed_anything is False
        assert content(store) == after
        if first.changed_anything:
            store.journal.undo()
        assert content(store) == before
