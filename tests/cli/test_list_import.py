"""needle import --as list: buyers to call."""

from pathlib import Path

import pytest

from .conftest import Needle

LEADS = (
    "Company;Telephone;Full Name;E-mail;Note\n"
    "Acme Inc;+49 30 5550142;Ann Lee;ann@example.com;met at the fair\n"
    ";;Bo;;\n"
    "Zeta;;;;\n"
    "Acme Inc;;ann  LEE;;\n"
)


@pytest.fixture
def leads(tmp_path: Path) -> Path:
    path = tmp_path / "leads.csv"
    path.write_text(LEADS)
    return path


def test_a_list_is_taken_in_by_its_columns_and_once(morning: Needle, leads: Path) -> None:
    line = ("import", str(leads), "--as", "list")
    tried = morning(*line, "--dry-run")
    assert tried.code == 0
    assert "Would add 3 contacts to the list; 1 on it already" in tried.err
    assert "Not read: “E-mail”." in tried.err
    assert morning("contact", "list").out == ""
    assert "Added 3 contacts to the list; 1 on it already" in morning(*line).err
    first = morning("next", "--json").json
    assert [first["next"]["name"], *(item["name"] for item in first["then"])] == [
        "Ann Lee", "Bo", "Zeta"
    ]  # fmt: skip
    assert first["next"]["phone"] == "+49 30 5550142"
    assert first["next"]["note"] == "Acme Inc · met at the fair"
    again = morning(*line)
    assert (again.code, again.err.splitlines()[-1]) == (
        0, "There was nothing new in it, so nothing was changed."
    )  # fmt: skip
    assert morning("undo").code == 0
    assert morning("contact", "list").out == ""


def test_who_asked_never_to_be_called_stays_so(morning: Needle, leads: Path) -> None:
    morning("contact", "add", "Bo")
    morning("contact", "never", "bo")
    assert "Added 2 contacts" in morning("import", str(leads), "--as", "list").err
    assert "never to be called" in morning("contact", "show", "bo").out


def test_who_was_talked_to_is_said_apart(morning: Needle, leads: Path) -> None:
    morning("log", "5", "--with", "bo")
    told = morning("import", str(leads), "--as", "list").err
    assert "Added 2 contacts to the list; 1 talked to already, so not on it; 1 on it" in told
    told = morning("import", str(leads), "--as", "list").err
    assert "Added 0 contacts to the list; 1 talked to already, so not on it; 3 on it" in told
    assert "nothing was changed" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name,phone\nAnn,030 12345\nBo,call after lunch\n", "Line 3 of leads.csv: “call after l"),
        ("name,phone\nAnn\n", "Line 2 of leads.csv is broken"),
        ("name,phone\n,030 12345\n", "Line 2 of leads.csv: There is no name"),
        ("name\n" + "x" * 1001 + "\n", "Line 2 of leads.csv: The name is too long"),
        ("name,note\nAnn," + "x" * 10_001 + "\n", "Line 2 of leads.csv: The note is too long"),
        ("who,when\nAnn,now\n", "No column of leads.csv is called name"),
        ("", "is empty"),
        ("name\n" + "\n".join(f"n{n}" for n in range(100_001)), "more than 100,000 contacts"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence(
    morning: Needle, tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "leads.csv"
    path.write_text(text)
    ended = morning("import", str(path), "--as", "list")
    assert ended.code in (1, 2)
    assert told in ended.err
    assert ended.is_a_sentence
    assert morning("contact", "list").out == ""


def test_a_list_takes_no_other_option(morning: Needle, leads: Path) -> None:
    ended = morning("import", str(leads), "--as", "list", "--strict")
    assert ended.code == 2
    assert ended.err == "leads.csv is a list of buyers: it takes no option but --dry-run.\n"


def test_names_like_formulas_and_with_control_signs_are_data(
    morning: Needle, tmp_path: Path
) -> None:
    path = tmp_path / "leads.csv"
    path.write_text(
        'note,NAME,mobile,phone\n=1+1,"=SUM(A1)",0171 23456,030 12345\n,"\x1b[31m[/",,\n'
    )
    assert morning("import", str(path), "--as", "list").code == 0
    found = morning("next", "--json").json
    assert found["next"]["name"] == "=SUM(A1)"
    assert found["next"]["note"] == "0171 23456 · =1+1"
    assert found["then"][0]["name"] == "\x1b[31m[/"
    assert "\x1b" not in morning("contact", "list").out
