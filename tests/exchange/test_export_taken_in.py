"""needle import of an export into a file that has data of its own."""

import json
from pathlib import Path

import pytest
import time_machine

from ..cli.conftest import Needle, morning, program
from ..store.conftest import sql
from .exported import On, edited, export, on
from .test_import_formats import in_a_terminal

__all__ = ["morning", "on", "program"]


def test_into_other_data_comes_what_is_new_and_once(
    morning: Needle, on: On, now: time_machine.Traveller, tmp_path: Path
) -> None:
    morning("log", "12", "--with", "Acme", "--outcome", "asked", "--came-from", "film")
    morning("earn", "50", "--with", "Acme", "--follows")
    morning("park", "Invoices", "--minutes", "30")
    morning("off", "tomorrow", "--reason", "holiday")
    morning("start", "film")
    on("other", "activity", "add", "Plan", "--days", "daily")
    on("other", "activity", "add", "SALES conversations", "--sales", "--minutes", "5")
    on("other", "settings", "first_weekday", "sunday")
    now.shift(1)
    on("other", "log", "3", "--with", "Foo")
    path = str(export(morning, tmp_path / "a.json"))
    before = on("other", "export", "-").out

    trial = on("other", "import", path, "--dry-run")
    assert "Would add 2 entries, 2 activities, 1 problem and 1 range of days off" in trial.err
    assert "Chosen otherwise in the file: first_weekday." in trial.err
    assert "The timer that ran when it was exported is left out." in trial.err
    assert on("other", "export", "-").out == before

    assert "Added 2 entries" in on("other", "import", path).err
    after = json.loads(on("other", "export", "-").out)
    names = {row["id"]: row["name"] for row in after["activities"]}
    assert list(names.values()) == [
        "Plan", "SALES conversations", "Film one video", "Newsletter",
    ]  # fmt: skip
    asked, paid, foo = after["entries"]
    assert (foo["contact"], foo["batch_id"]) == ("Foo", None)
    assert (names[asked["activity_id"]], names[asked["came_from"]]) == (
        "SALES conversations", "Film one video",
    )  # fmt: skip
    assert (paid["follows"], paid["amount"], paid["outcome"]) == (asked["id"], 5000, "won")
    assert {row["source"] for row in after["entries"]} == {"hand"}
    assert after["timer"] == []
    assert [row["seconds"] for row in after["commitments"] if row["activity_id"] == 2] == [300]

    again = on("other", "import", path)
    assert "Added 0 entries; 2 entries are here already." in again.err
    assert json.loads(on("other", "export", "-").out) == after
    on("other", "export", str(tmp_path / "b.json"))
    back = morning("import", str(tmp_path / "b.json"))
    assert "Added 1 entry" in back.err, "only what the other file had of its own"
    assert on("other", "undo").code == 0
    assert on("other", "export", "-").out == before


def test_what_was_deleted_here_does_not_come_again(morning: Needle, on: On, tmp_path: Path) -> None:
    morning("tick", "film")
    path = str(export(morning, tmp_path / "a.json"))
    on("other", "activity", "add", "Film one video", "--days", "daily")
    on("other", "import", path)
    assert on("other", "untick", "film").code == 0
    assert "Added 0 entries; 1 entry is here already." in on("other", "import", path).err


def test_calls_of_one_import_come_once_through_whatever_file(
    needle: Needle, on: On, tmp_path: Path
) -> None:
    calls = tmp_path / "calls.csv"
    calls.write_text("id,day,seconds\n1,2026-11-23,600\n2,2026-11-24,300\n", encoding="utf-8")
    needle("import", str(calls), "--source", "crm")
    on("other", "import", str(calls), "--source", "crm")
    said = on("other", "import", str(export(needle, tmp_path / "a.json")))
    assert "Added 0 entries; 2 entries are here already." in said.err


def test_money_of_another_currency_is_not_mixed(morning: Needle, on: On, tmp_path: Path) -> None:
    morning("settings", "currency", "JPY")
    morning("earn", "500")
    path = str(export(morning, tmp_path / "a.json"))
    on("other", "activity", "add", "Plan")
    before = on("other", "export", "-").out
    refused = on("other", "import", path)
    assert refused.code == 1
    assert "The file has money in JPY, here it is in USD" in refused.err
    assert on("other", "export", "-").out == before


@pytest.mark.parametrize("option", [["--map", "day=date"], ["--activity", "x"], ["--strict"]])
def test_options_of_other_formats_are_refused(
    morning: Needle, tmp_path: Path, option: list[str]
) -> None:
    refused = morning("import", str(export(morning, tmp_path / "a.json")), *option)
    assert (refused.code, refused.is_a_sentence) == (2, True)


def test_what_was_changed_here_or_there_since_does_not_come_twice(
    morning: Needle, on: On, tmp_path: Path
) -> None:
    morning("log", "12", "--with", "Acme")
    first = str(export(morning, tmp_path / "first.json"))
    on("other", "log", "7", "--with", "Foo", "--outcome", "asked")
    assert "Added 1 entry" in on("other", "import", first).err
    second = tmp_path / "second.json"
    text = Path(first).read_text(encoding="utf-8")
    second.write_text(text.replace('"seconds": 720,', '"seconds": 900,'), encoding="utf-8")
    for command in (morning, lambda *line: on("other", *line)):
        assert "Added 0 entries; 1 entry is here already." in command("import", str(second)).err


def test_entries_that_two_files_logged_are_both_kept(
    needle: Needle, on: On, now: time_machine.Traveller, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        on(name, "activity", "add", "Sales", "--sales")
        on(name, "log", "12", "--with", "Acme")
        on(name, "export", str(tmp_path / f"{name}.json"))
        now.shift(1)
    path = str(tmp_path / "b.json")
    assert "Added 1 entry; 0 entries are here already." in on("a", "import", path).err
    assert "Added 0 entries" in on("a", "import", path).err


@pytest.mark.parametrize(
    "edit",
    [
        {"outcome": "won", "amount": 50_000, "note": "signed"},
        {"contact": "Foo", "seconds": 60, "day": "2026-11-20", "started_at": None},
    ],
)
def test_an_entry_is_the_same_whatever_of_it_was_edited(
    needle: Needle, on: On, tmp_path: Path, edit: dict[str, object]
) -> None:
    on("a", "activity", "add", "Sales", "--sales")
    on("a", "log", "12", "--with", "Acme")
    path = tmp_path / "a.json"
    on("a", "export", str(path))
    changed = edited(path, lambda data: data["entries"][0].update(edit))
    assert "Added 0 entries; 1 entry is here already." in on("a", "import", changed).err


def test_an_answer_to_what_was_deleted_here_is_a_call_of_its_own(
    morning: Needle, on: On, tmp_path: Path
) -> None:
    morning("log", "12", "--with", "Acme", "--outcome", "asked")
    on("other", "activity", "add", "Sales conversations", "--sales")
    on("other", "import", str(export(morning, tmp_path / "ask.json")))
    sql(tmp_path / "other.db", "INSERT INTO forgotten_key (source, source_key) "
        "SELECT source, uid FROM entry")  # fmt: skip
    sql(tmp_path / "other.db", "DELETE FROM entry")
    morning("earn", "50", "--with", "Acme", "--follows")
    assert "Added 1 entry" in on("other", "import", str(export(morning, tmp_path / "b.json"))).err
    (answer,) = json.loads(on("other", "export", "-").out)["entries"]
    assert (answer["follows"], answer["outcome"], answer["count"]) == (None, "won", 1)


def test_a_large_one_is_asked_about_in_a_terminal(
    needle: Needle, program: Needle, tmp_path: Path
) -> None:
    calls = tmp_path / "calls.csv"
    rows = "".join(f"2026-11-{number % 20 + 1:02},{number}\n" for number in range(1, 600))
    calls.write_text(f"day,seconds\n{rows}", encoding="utf-8")
    needle("import", str(calls))
    path = str(export(needle, tmp_path / "a.json"))
    needle("undo")
    code, shown = in_a_terminal(path, "n\n")
    assert code == 1
    assert "Import it?" in shown
    assert "It was not imported" in shown
    assert needle("today", "--json").json["activities"] == []
    code, shown = in_a_terminal(path, "y\n")
    assert code == 0
    assert "Added 599 entries" in shown


@pytest.mark.parametrize("name", ["a.json", "a.zip"])
def test_the_day_from_which_weeks_begin_otherwise_goes_with_the_data(
    needle: Needle, on: On, tmp_path: Path, name: str
) -> None:
    needle("activity", "add", "Film", "--days", "daily", "--from", "2026-11-02")
    assert json.loads(needle("export", "-").out)["settings"] == []
    needle("settings", "first_weekday", "sunday")
    path = export(needle, tmp_path / name)
    assert on("new", "import", str(path)).code == 0
    assert on("new", "settings", "first_weekday").lines == ["monday, sunday from 2026-12-06"]
    rows = json.loads(on("new", "export", "-").out)["settings"]
    assert [(row["key"], row["value"]) for row in rows] == [
        ("first_weekday", "monday, sunday from 2026-12-06")
    ]
    assert on("new", "check").code == 0


def test_what_goes_by_another_name_there_is_the_same_here(
    morning: Needle, on: On, tmp_path: Path
) -> None:
    morning("park", "Invoices", "--minutes", "30")
    morning("contact", "add", "Acme")
    on("other", "activity", "add", "Plan")
    on("other", "import", str(export(morning, tmp_path / "a.json")))
    morning("activity", "edit", "film", "--name", "Record one video")
    morning("contact", "edit", "Acme", "--name", "Acme Corp")
    morning("tick", "record")
    morning("log", "5", "--with", "Acme Corp")
    said = on("other", "import", str(export(morning, tmp_path / "b.json"))).err
    assert "Added 2 entries; 0 entries are here already." in said
    after = json.loads(on("other", "export", "-").out)
    assert [row["name"] for row in after["activities"]] == [
        "Plan", "Sales conversations", "Film one video", "Newsletter",
    ]  # fmt: skip
    assert [row["name"] for row in after["contacts"]] == ["Acme"]
    assert sorted(row["contact"] or "" for row in after["entries"]) == ["", "Acme"]
    assert len(after["problems"]) == 1
    assert len({row["uid"] for row in after["commitments"]}) == 4
    assert on("other", "check").code == 0


def test_days_off_that_were_removed_here_do_not_come_again_but_an_undone_import_does(
    morning: Needle, on: On, tmp_path: Path
) -> None:
    morning("off", "tomorrow", "--reason", "holiday")
    path = str(export(morning, tmp_path / "a.json"))
    on("other", "activity", "add", "Plan")
    for _ in range(2):
        assert "1 range of days off" in on("other", "import", path).err
        assert on("other", "undo").code == 0
    on("other", "import", path)
    assert on("other", "off", "tomorrow", "--remove").code == 0
    assert "nothing new" in on("other", "import", path).err
