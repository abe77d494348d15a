"""The file of the rows that could not be imported."""

import csv
from contextlib import closing
from pathlib import Path

import pytest

from needlemover.exchange.reading import LISTED, BadRow, Rejects

BAD = BadRow(3, "“x” is not a date", ("x", 'a "quoted"; cell', "=1+1", "two\r\nlines", "a\rb"))


def lines_of(path: Path, delimiter: str = ",") -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter, strict=True))


def save(path: Path, *bad: BadRow, delimiter: str = ",") -> Path | None:
    with closing(Rejects(["day", "a", "b", "c", "d"], delimiter)) as rejects:
        for item in bad:
            rejects.add(item)
        return rejects.save(path)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_bad_rows_are_written_beside_the_file_as_they_stand_in_it(
    tmp_path: Path, delimiter: str
) -> None:
    where = save(tmp_path / "calls.csv", BAD, delimiter=delimiter)
    assert where == tmp_path / "calls.csv.rejects.csv"
    assert lines_of(where, delimiter) == [
        ["line", "why", "day", "a", "b", "c", "d"],
        ["3", BAD.why, *BAD.cells],
    ]


def test_rejects_of_before_are_not_written_over(tmp_path: Path) -> None:
    first = save(tmp_path / "calls.csv", BAD)
    assert first is not None
    first.write_text("corrected by hand", encoding="utf-8")
    second = save(tmp_path / "calls.csv", BAD)
    assert second == tmp_path / "calls.csv.rejects-2.csv"
    assert first.read_text(encoding="utf-8") == "corrected by hand"


def test_the_same_rejects_are_not_written_twice(tmp_path: Path) -> None:
    first = save(tmp_path / "calls.csv", BAD)
    assert save(tmp_path / "calls.csv", BAD) == first
    assert [path.name for path in tmp_path.iterdir()] == ["calls.csv.rejects.csv"]


def test_where_the_folder_takes_no_file_the_current_one_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert save(tmp_path / "gone" / "calls.csv", BAD) == Path("calls.csv.rejects.csv")
    assert len(lines_of(tmp_path / "calls.csv.rejects.csv")) == 2


def test_where_no_folder_takes_the_file_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert save(tmp_path / ("x" * 250), BAD) is None
    assert list(tmp_path.iterdir()) == []


def test_only_the_first_are_kept_to_be_listed_and_all_are_written(tmp_path: Path) -> None:
    with closing(Rejects(["day"], ",")) as rejects:
        for line in range(2, 30_002):
            rejects.add(BadRow(line, "it has no day", ("",)))
        assert rejects.count == 30_000
        assert [bad.line for bad in rejects.first] == list(range(2, 2 + LISTED))
        where = rejects.save(tmp_path / "calls.csv")
    assert where is not None
    assert len(lines_of(where)) == 30_001
