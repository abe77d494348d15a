"""Exports that hands or disks have changed: refused in a sentence that names the place."""

import json
import resource
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlemover.domain.errors import NeedleError
from needlemover.exchange.formats import OURS
from needlemover.exchange.ours.rows import VERSION

from ..cli.conftest import Needle, made_by, morning, program
from ..conftest import some_examples
from ..store.conftest import sql
from ..store.test_properties import begun
from .exported import On, edited, export, on, repacked
from .moving import export as export_of
from .moving import new_store

__all__ = ["morning", "on", "program"]

SAID = f'"version": {VERSION}'


def entry(key: str, value: object) -> Callable[[Any], object]:
    return lambda data: data["entries"][1].__setitem__(key, value)


WRONG: list[tuple[Callable[[Any], object], str]] = [
    (entry("day", "24.11.2026"), "entries[1].day must be a day like 2026-11-24"),
    (entry("day", "2026-02-30"), "entries[1].day is not a day of the calendar"),
    (entry("day", 20261124), "entries[1].day must be a day like 2026-11-24"),
    (entry("day", "1815-06-18"), "entries[1].day must be a day like 2026-11-24"),
    (entry("seconds", "60"), "entries[1].seconds must be a whole number from 0"),
    (entry("seconds", True), "entries[1].seconds must be a whole number from 0"),
    (entry("seconds", 1.5), "entries[1].seconds must be a whole number from 0"),
    (entry("seconds", -1), "entries[1].seconds must be a whole number from 0"),
    (entry("amount", 10**30), "entries[1].amount must be an amount of money"),
    (entry("utc_offset", 10**6), "entries[1].utc_offset must be a whole number from -86,399"),
    (entry("started_at", "2026-11-24 14:40"), "entries[1].started_at must be a time like"),
    (entry("outcome", "bought"), "entries[1].outcome must be one of asked,"),
    (entry("note", "a\ud800"), "it is damaged"),
    (entry("note", ["a"]), "entries[1].note must be text"),
    (entry("activity_id", 99), "entries[1].activity_id refers to none of the activities"),
    (entry("follows", 2), "entries[1].follows refers to none of the entries before it"),
    (entry("id", 1), "entries[1].id is there twice"),
    (entry("color", "red"), "entries[1].“color” is unknown"),
    (lambda data: data["entries"][1].pop("day"), "entries[1].day is missing"),
    (lambda data: data["entries"].append(7), "entries[2] is damaged, or not a row"),
    (lambda data: data["activities"][0].update(name=None), "activities[0].name must be text"),
    (lambda data: data["activities"][0].update(is_sales=1), "activities[0].is_sales must be"),
    (lambda data: data["activities"][1].update(name=data["activities"][0]["name"]),
     "activities[1].name is there twice"),
    (lambda data: data["commitments"][0].update(weekdays=128), "weekdays must be a whole number"),
    (lambda data: data["settings"].append({"id": 1, "key": "colour", "value": "red"}),
     "settings[0].key is not a setting"),
    (lambda data: data["settings"].append({"id": 1, "key": "goal", "value": "much"}),
     "a setting in it cannot be"),
    (lambda data: data.update(version=VERSION + 1), "exported by a newer version"),
    (lambda data: data.update(version="1"), "its version is not a number"),
    (lambda data: data.update(problems=7), "problems is not a list"),
    (lambda data: data.update(more=[]), "“more” is unknown"),
    (lambda data: data.pop("entries"), "its entries are missing"),
]  # fmt: skip


@pytest.fixture(scope="module")
def kept_export(kept_morning: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two entries, a problem, a day off and a call that runs."""
    folder = tmp_path_factory.mktemp("exported")
    path, database = folder / "a.json", Path(copy(kept_morning, folder))
    lines = (
        ("log", "12", "--with", "Acme"), ("log", "5"), ("park", "Invoices"), ("off", "tomorrow"),
        ("start",), ("export", str(path)),
    )  # fmt: skip
    assert made_by(database, *lines) == [0] * len(lines)
    return path


@pytest.fixture
def exported(kept_export: Path, tmp_path: Path) -> Path:
    """A copy of that export."""
    return Path(copy(kept_export, tmp_path))


def test_what_was_not_changed_is_let_in(exported: Path, on: On) -> None:
    assert on("new", "import", str(exported)).code == 0
    assert on("new", "check").code == 0


@pytest.mark.parametrize(("change", "said"), WRONG, ids=[said for _, said in WRONG])
def test_what_is_wrong_is_said_with_its_place_and_nothing_is_changed(
    exported: Path, on: On, tmp_path: Path, change: Callable[[Any], object], said: str
) -> None:
    refused = on("new", "import", edited(exported, change))
    assert refused.code == 1
    assert said in refused.err
    assert refused.is_a_sentence
    assert sql(tmp_path / "new.db", "SELECT * FROM entry") == []
    assert sql(tmp_path / "new.db", "SELECT * FROM activity") == []
    assert on("new", "undo").code == 1


def first(section: str, **values: object) -> Callable[[Any], object]:
    """Other values in the first row of a section."""
    return lambda data: data[section][0].update(values)


AGAINST_THE_RULES: list[tuple[Callable[[Any], object], str]] = [
    (first("entries", started_at="2020-01-01T10:00:00Z"),
     "entries[0].started_at is on 2020-01-01 at 10:00, the day is 2026-11-24"),
    (first("entries", started_at="2031-01-01T10:00:00Z", day="2031-01-01"),
     "entries[0].day is still to come"),
    (first("entries", started_at="2026-11-24T15:00:00Z"), "started_at is still to come"),
    (first("entries", day="2031-01-01"), "entries[0].day is still to come"),
    (first("entries", logged_at="2031-01-01T10:00:00Z"), "logged_at is still to come"),
    (first("entries", contact=""), "entries[0].contact is empty"),
    (first("entries", contact="  "), "entries[0].contact is empty"),
    (first("entries", seconds=2**63), "seconds must be a whole number from 0 to 31,622,400"),
    (first("entries", seconds=10**12), "seconds must be a whole number from 0 to 31,622,400"),
    (first("entries", count=10**12), "count must be a whole number from 0 to 1,000,000,000"),
    (first("entries", amount=2**63), "entries[0].amount must be an amount of money"),
    (first("entries", activity_id=None, outcome=None), "activity_id is missing, and only money"),
    (first("activities", rank=7), "The ranks leave a place out or share one"),
    (first("activities", rank=2), "The ranks leave a place out or share one"),
    (first("activities", name=" "), "activities[0].name is empty"),
    (first("activities", name="x" * 1001), "activities[0].name is longer than 1,000 characters"),
    (first("commitments", weekly=True), "commitments[0].weekdays must be 0 by the week"),
    (first("commitments", seconds=0), "commitments[0].seconds must be above 0"),
    (first("timer", started_at="2020-01-01T10:00:00Z"), "timer[0].started_at is on 2020-01-01"),
    (first("days_off", start="2026-12-24"), "days_off[0].end is before the start"),
    (first("problems", title=""), "problems[0].title is empty"),
    (lambda data: data["entries"][1].update(follows=1, day="2026-11-20", started_at=None),
     "Entry 2 of 2026-11-20 follows one that is not before it."),
]  # fmt: skip


@pytest.mark.parametrize(("change", "said"), AGAINST_THE_RULES)
def test_what_a_check_would_refuse_is_not_let_in(
    exported: Path, on: On, tmp_path: Path, change: Callable[[Any], object], said: str
) -> None:
    refused = on("new", "import", edited(exported, change))
    assert refused.code == 1
    assert said in refused.err
    assert refused.is_a_sentence
    assert sql(tmp_path / "new.db", "SELECT * FROM activity") == []
    assert on("new", "check").code == 0


LAYOUTS: dict[str, Callable[[str], str]] = {
    "pretty": lambda text: json.dumps(json.loads(text), indent=2),
    "compact": lambda text: json.dumps(json.loads(text), separators=(",", ":")),
    "other order": lambda text: json.dumps(dict(reversed(json.loads(text).items()))),
    "Windows": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    "blank lines": lambda text: text.replace("\n", "\n\n"),
    "last row deleted": lambda text: text.replace("\n]\n}", ",\n]\n}"),
}
"""What editors and other programs do to an export."""


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_export_that_was_laid_out_anew_is_read(
    morning: Needle, on: On, tmp_path: Path, layout: str
) -> None:
    morning("log", "12", "--with", "Café")
    path = export(morning, tmp_path / "a.json")
    wanted = path.read_text(encoding="utf-8")
    path.write_text(LAYOUTS[layout](wanted), encoding="utf-8", newline="")
    for _ in range(2):
        assert on("new", "import", str(path), "--as", "needle-json").code == 0
    assert on("new", "export", "-").out == wanted


BY_LINES: list[tuple[str, str, str]] = [
    ('"seconds": 720', '"seconds": "long"', "entries[0].seconds must be a whole number from 0"),
    ('"seconds": 720', '"seconds": ' + "9" * 5000, "entries[0].seconds must be a whole number"),
    ('"seconds": 720', '"seconds": ' + "[" * 100_000, "entries[0].seconds must be a whole"),
    ('"seconds": 720', f'"{"x" * (5 << 20)}": 1', "a row of more than 4 MB"),
    ('"follows": null', '"follow": null', "entries[0].“follow” is unknown"),
    ('"Café"', '"Caf\\ud800"', "entries[0] is damaged"),
    ('"Café"', '"Café', "entries[0] is damaged"),
    ('"entries": [', '"more": [],\n"entries": [', "“more” is unknown or in the wrong place"),
    ('"timer": []', '"settings": []', "“settings” is unknown or in the wrong place"),
    ("\n]\n}", '\n],\n"timer": []\n}', "“timer” is unknown or in the wrong place"),
    ("\n]\n}", "\n]\n}\n7", "something follows its end"),
    ("\n]\n}", "\n]", "it is cut off"),
    ('"settings": [],', "7,", "there is a row before the first section"),
    (SAID, f'"version": {VERSION + 1}', "a newer version"),
    (SAID, '"version": ' + "[" * 100_000, "it is damaged"),
    ('"timer": []', '"timer": [\n{"id": 2, "activity_id": 1, "day": "2026-11-24", '
     '"started_at": "2026-11-24T14:40:00Z", "utc_offset": 0}\n]', "The file contradicts itself"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), BY_LINES, ids=[said for *_, said in BY_LINES])
def test_what_is_wrong_in_a_line_is_said(
    morning: Needle, on: On, tmp_path: Path, old: str, new: str, said: str
) -> None:
    morning("log", "12", "--with", "Café")
    path = export(morning, tmp_path / "a.json")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    refused = on("new", "import", str(path), "--as", "needle-json")
    assert (refused.code, refused.is_a_sentence) == (1, True), refused.err
    assert said in refused.err
    assert sql(tmp_path / "new.db", "SELECT * FROM activity") == []


@pytest.mark.parametrize("space", [" ", "\n"])
def test_a_line_without_end_takes_little_memory(
    program: Needle, tmp_path: Path, space: str
) -> None:
    path = tmp_path / "a.json"
    head = ["{", '"format": "needlemover export",', '"version": 1,', '"entries": [', ""]
    path.write_text(space.join(head), encoding="utf-8")
    with path.open("r+b") as file:
        file.truncate(2 << 30)
    most = 400 << 20
    refused = program(
        "import", str(path), "--as", "needle-json",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (most, most)),
    )  # fmt: skip
    assert (refused.code, refused.is_a_sentence) == (1, True), refused.err
    assert "more than 64 MB" in refused.err or "more than 4 MB" in refused.err


def test_fields_that_are_left_out_are_taken_as_they_are_by_nature(
    morning: Needle, on: On, tmp_path: Path
) -> None:
    morning("log", "12")
    path = export(morning, tmp_path / "a.json")
    wanted = path.read_bytes()

    def leave_out(data: Any) -> None:
        data["entries"][0] = {key: value for key, value in data["entries"][0].items() if value}

    assert on("new", "import", edited(path, leave_out)).code == 0
    assert on("new", "export", "-").out.encode() == wanted


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("name", ["a.json", "a.zip"])
def test_a_file_that_was_cut_off_is_refused(
    morning: Needle, on: On, tmp_path: Path, name: str, share: float
) -> None:
    morning("log", "12", "--with", "Acme")
    path = export(morning, tmp_path / name)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    refused = on("new", "import", str(path), "--as", f"needle-{name[2:].replace('zip', 'csv')}")
    assert refused.code == 1
    assert refused.is_a_sentence
    assert sql(tmp_path / "new.db", "SELECT * FROM activity") == []


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        (
            "entries.csv",
            lambda text: text.replace(",720,", ",soon,"),
            "row 2, seconds must be a whole number",
        ),
        (
            "entries.csv",
            lambda text: text.replace("7.00,USD", "7.001,USD"),
            "row 2, amount must be an amount of",
        ),
        (
            "entries.csv",
            lambda text: text.replace("7.00,USD", "7.00,EUR"),
            "amount_currency is not",
        ),
        (
            "entries.csv",
            lambda text: text.replace("2026-11-24", "24/11/2026"),
            "row 2, day must be a day",
        ),
        ("entries.csv", lambda text: text + "1,2\r\n", "row 3 has 2 cells, the header 21"),
        (
            "entries.csv",
            lambda text: text.replace("note", "notes"),
            "has a column that is unknown or there twice: “notes”",
        ),
        ("activities.csv", lambda text: text.replace("yes", "TRUE"), "is_sales must be yes or no"),
        ("entries.csv", lambda text: text + "x" * (5 << 20), "a row of more than 4 MB"),
        ("needlemover.csv", lambda text: text.replace(",6", ",9"), "a newer version"),
        ("needlemover.csv", lambda text: "", "needlemover.csv was changed"),
    ],
)
def test_what_is_wrong_in_a_table_is_said_with_its_row(
    morning: Needle, on: On, tmp_path: Path, name: str, change: Callable[[str], str], said: str
) -> None:
    morning("log", "12", "--outcome", "won", "--amount", "7")
    path = export(morning, tmp_path / "a.zip")
    refused = on("new", "import", repacked(path, name, change))
    assert refused.code == 1
    assert said in refused.err
    assert refused.is_a_sentence
    assert sql(tmp_path / "new.db", "SELECT * FROM activity") == []


DAMAGE = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 8), st.binary(max_size=4)),
    min_size=1,
    max_size=6,
)


@some_examples(25)
@given(st.sampled_from(["json", "csv"]), DAMAGE)
def test_damage_anywhere_is_refused_in_a_sentence_or_does_no_harm(
    name: str, damage: list[tuple[float, int, bytes]]
) -> None:
    with begun() as (first, _), TemporaryDirectory() as place:
        path = Path(place) / "all"
        content = bytearray(export_of(first, path, name))
        for share, length, other in damage:
            start = int(share * len(content))
            content[start : start + length] = other
        path.write_bytes(content)
        with closing(new_store(Path(place) / "new.db")) as second:
            sentence = "."
            try:
                with OURS[f"needle-{name}"](path, second.clock.now()) as data:
                    second.exports.add(data, file_name="all")
            except NeedleError as error:
                sentence = str(error)
            assert sentence.endswith((".", "?"))
            if sentence != ".":
                assert second.activities.all(archived=True) == ()
                assert second.journal.steps() == ()
            assert sql(second.path, "PRAGMA foreign_key_check") == []
            assert second.day().day == second.today
