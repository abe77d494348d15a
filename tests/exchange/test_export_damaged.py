"""Exports that hands or disks have changed: refused in a sentence that names the place."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from needlemover.domain.errors import NeedleError
from needlemover.exchange.formats import opened_ours

from ..cli.conftest import Needle, morning
from ..store.conftest import sql
from ..store.test_properties import begun
from .exported import On, edited, export, on, repacked
from .moving import export as export_of
from .moving import new_store

__all__ = ["morning", "on"]


def entry(key: str, value: object) -> Callable[[Any], object]:
    return lambda data: data["entries"][1].__setitem__(key, value)


WRONG: list[tuple[Callable[[Any], object], str]] = [
    (entry("day", "24.11.2026"), "entries[1].day is no day like 2026-11-24"),
    (entry("day", "2026-02-30"), "entries[1].day is no day like 2026-11-24"),
    (entry("day", 20261124), "entries[1].day is no day like 2026-11-24"),
    (entry("seconds", "60"), "entries[1].seconds is no whole number"),
    (entry("seconds", True), "entries[1].seconds is no whole number"),
    (entry("seconds", 1.5), "entries[1].seconds is no whole number"),
    (entry("seconds", -1), "entries[1].seconds is not from 0 to"),
    (entry("amount", 10**30), "entries[1].amount is too large a number"),
    (entry("utc_offset", 10**6), "entries[1].utc_offset is not from"),
    (entry("started_at", "2026-11-24 14:40"), "entries[1].started_at is no time like"),
    (entry("outcome", "bought"), "entries[1].outcome is none of asked,"),
    (entry("note", "a\ud800"), "entries[1].note holds a sign that is broken"),
    (entry("note", ["a"]), "entries[1].note is no text"),
    (entry("activity_id", 99), "entries[1].activity_id is the id of none of the activities"),
    (entry("follows", 2), "entries[1].follows is the id of none of the entries before it"),
    (entry("id", 1), "entries[1].id is there twice"),
    (entry("color", "red"), "entries[1].“color” is unknown"),
    (lambda data: data["entries"][1].pop("day"), "entries[1].day is missing"),
    (lambda data: data["entries"].append(7), "entries[2] is no row of names and values"),
    (lambda data: data["activities"][0].update(name=None), "activities[0].name is empty"),
    (lambda data: data["activities"][0].update(is_sales=1), "activities[0].is_sales is neither"),
    (lambda data: data["activities"][1].update(name=data["activities"][0]["name"]),
     "activities[1].name is there twice"),
    (lambda data: data["commitments"][0].update(weekdays=128), "commitments[0].weekdays is not"),
    (lambda data: data["settings"].append({"id": 1, "key": "colour", "value": "red"}),
     "settings[0].key is no setting"),
    (lambda data: data["settings"].append({"id": 1, "key": "goal", "value": "much"}),
     "a setting in it cannot be"),
    (lambda data: data.update(version=2), "exported by a newer version"),
    (lambda data: data.update(version="1"), "version of this export is no number"),
    (lambda data: data.update(problems=7), "problems is no list"),
    (lambda data: data.update(more=[]), "“more” stands behind the entries"),
    (lambda data: data.pop("entries"), "entries is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "said"), WRONG, ids=[said for _, said in WRONG])
def test_what_is_wrong_is_said_with_its_place_and_nothing_is_changed(
    morning: Needle, on: On, tmp_path: Path, change: Callable[[Any], object], said: str
) -> None:
    morning("log", "12", "--with", "Acme")
    morning("log", "5")
    path = export(morning, tmp_path / "a.json")
    refused = on("new", "import", edited(path, change))
    assert refused.code == 1
    assert said in refused.err
    assert refused.is_a_sentence
    assert sql(tmp_path / "new.db", "SELECT * FROM entry") == []
    assert sql(tmp_path / "new.db", "SELECT * FROM activity") == []
    assert on("new", "undo").code == 1


def test_an_export_that_another_program_laid_out_anew_is_read(
    morning: Needle, on: On, tmp_path: Path
) -> None:
    morning("log", "12", "--with", "Café")
    path = export(morning, tmp_path / "a.json")
    wanted = path.read_bytes()
    assert on("new", "import", edited(path, lambda data: None)).code == 0
    assert on("new", "export", "-").out.encode() == wanted


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
        ("entries.csv", lambda text: text.replace(",720,", ",soon,"), "row 2, seconds is no whole"),
        ("entries.csv", lambda text: text.replace("7.00,USD", "7.001,USD"), "row 2, amount is no"),
        (
            "entries.csv",
            lambda text: text.replace("7.00,USD", "7.00,EUR"),
            "amount_currency is not",
        ),
        ("entries.csv", lambda text: text.replace("2026-11-24", "24/11/2026"), "row 2, day is no"),
        ("entries.csv", lambda text: text + "1,2\r\n", "row 3 has 2 cells, the header 20"),
        ("entries.csv", lambda text: text.replace("note", "notes"), "“notes” is too many"),
        ("activities.csv", lambda text: text.replace("yes", "TRUE"), "is_sales is neither"),
        ("needlemover.csv", lambda text: text.replace("1", "9"), "a newer version"),
        ("needlemover.csv", lambda text: "", "needlemover.csv is not as it was"),
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


@settings(max_examples=50)
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
                with opened_ours(path, f"needle-{name}") as data:
                    second.whole.add(data, file_name="all")
            except NeedleError as error:
                sentence = str(error)
            assert sentence.endswith((".", "?"))
            if sentence != ".":
                assert second.activities.all(archived=True) == ()
                assert second.journal.steps() == ()
            assert sql(second.path, "PRAGMA foreign_key_check") == []
            assert second.day().day == second.today
