"""What was asked for, in the commands: apart from the money, and told of once."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from .conftest import Needle

DATA = Path(__file__).parent.parent / "data" / "schema"
SAID = (
    "Amounts on asks are offers now: with 1 ask you had received $6,500.50, it is $1,500.50. "
    "The app shows which."
)


def numbers(needle: Needle) -> tuple[int, dict[str, int | None]]:
    answer = needle("numbers", "--json").json
    return answer["revenue"], answer["offers"]


def test_what_was_asked_for_is_summed_apart_and_gone_when_it_is_lost(needle: Needle) -> None:
    needle("activity", "add", "Sales", "--sales")
    assert numbers(needle) == (0, {"amount": 0, "asks": 0, "oldest_days": None})
    asked = ("--outcome", "asked", "--amount")
    needle("log", "10", "--with", "Acme", *asked, "5000", "--day", "2026-11-15")
    needle("log", "10", "--with", "Iris", *asked, "7400")
    assert numbers(needle) == (0, {"amount": 1_240_000, "asks": 2, "oldest_days": 9})
    assert "$12,400 asked for, in 2 open asks, oldest 9 days" in needle("numbers").lines
    needle("log", "5", "--with", "acme", "--outcome", "lost")
    assert numbers(needle) == (0, {"amount": 740_000, "asks": 1, "oldest_days": 0})
    assert "$7,400 asked for, in 1 open ask, oldest today" in needle("numbers").lines
    assert "1 ask without an answer" in needle("today").lines
    needle("earn", "7000", "--with", "Iris", "--follows")
    assert numbers(needle) == (700_000, {"amount": 0, "asks": 0, "oldest_days": None})
    needle("undo")
    needle("undo")
    assert numbers(needle) == (0, {"amount": 1_240_000, "asks": 2, "oldest_days": 9})


def test_a_win_without_money_says_what_was_asked_for(needle: Needle) -> None:
    needle("activity", "add", "Sales", "--sales")
    said = "$5,000 was asked for; when it is paid: needle earn AMOUNT --with NAME --follows."
    for number, name in enumerate(("Acme", "Iris", "Umbra")):
        asked = ("--outcome", "asked", "--amount", "5000")
        assert said not in needle("log", "10", "--with", name, *asked).err
        if number:
            needle("start", "--with", name)
            won = needle("stop", "--outcome", "won", *(("--amount", "70") if number > 1 else ()))
        else:
            won = needle("log", "5", "--with", name, "--outcome", "won")
        assert (said in won.err.splitlines()) is (number < 2)
    needle("earn", "5000", "--with", "acme", "--follows")
    # The payment is no second win, and nothing is asked for any more.
    answer = needle("numbers", "--json").json
    assert (answer["wins"], answer["revenue"], answer["offers"]["asks"]) == (3, 507_000, 0)


def test_a_file_of_before_says_once_what_its_money_is_now(needle: Needle, database: Path) -> None:
    database.parent.mkdir()
    shutil.copyfile(DATA / "version-8.db", database)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE entry SET amount = 500000 WHERE outcome = 'asked'")
    assert needle("numbers").err.splitlines() == [SAID]  # it is only read, so it stays as it was
    assert needle("activity", "list").err.splitlines() == [SAID]
    assert SAID in needle("tick", "film").err.splitlines()
    assert SAID not in needle("untick", "film").err
    assert needle("numbers").err == ""
