"""Files as people's programs write them."""

import csv
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlemover.domain.errors import NeedleError
from needlemover.exchange.files import LONGEST_ROW, MOST_COLUMNS
from needlemover.exchange.tables.csv_file import TableRow, open_csv

HEADER = "day,seconds,note\n"


def written(folder: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / "calls.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def rows_of(path: Path, *known: str) -> list[TableRow]:
    with closing(open_csv(path, known)) as file:
        return list(file.rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_usual_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    lines = [["day", "seconds"], ["2026-11-24", "60"], ["2026-11-23", "90"]]
    path = written(tmp_path, "".join(delimiter.join(line) + "\r\n" for line in lines))
    with closing(open_csv(path)) as file:
        assert file.delimiter == delimiter
        assert file.columns == lines[0]
        assert [row.cells for row in file.rows] == lines[1:]


def test_the_delimiter_is_the_one_that_parts_every_row_alike(tmp_path: Path) -> None:
    path = written(tmp_path, "day;who, where;amount\n2026-11-24;Acme, Inc;1,50\n2026-11-24;Foo;2\n")
    assert [row.cells for row in rows_of(path)] == [
        ["2026-11-24", "Acme, Inc", "1,50"],
        ["2026-11-24", "Foo", "2"],
    ]


def test_where_two_delimiters_fit_the_one_that_shows_the_named_column_is_taken(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, "date;amount, EUR\n2026-11-24;1,50\n2026-11-23;2,50\n")
    with closing(open_csv(path, ["date"])) as file:
        assert file.columns == ["date", "amount, EUR"]


def test_a_file_of_one_column_needs_no_delimiter(tmp_path: Path) -> None:
    path = written(tmp_path, "day\n2026-11-24\n")
    assert [row.cells for row in rows_of(path)] == [["2026-11-24"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, "day,contact\n2026-11-24,Zoë Łuć 電話\n", encoding)
    with closing(open_csv(path)) as file:
        assert file.columns == ["day", "contact"]
        assert [row.cells for row in file.rows] == [["2026-11-24", "Zoë Łuć 電話"]]


def test_what_is_not_utf_8_is_read_as_windows_1252_and_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, "day,contact\n2026-11-24,Zoë – 5 €\n", "cp1252")
    with closing(open_csv(path)) as file:
        assert file.encoding == "cp1252"
        assert [row.cells for row in file.rows] == [["2026-11-24", "Zoë – 5 €"]]


def test_one_wrong_byte_far_down_is_found_before_anything_is_read(tmp_path: Path) -> None:
    content = HEADER.encode() + b"2026-11-24,60,x\n" * 200_000 + b"2026-11-24,60,Zo\xeb\n"
    with closing(open_csv(written(tmp_path, content))) as file:
        assert file.encoding == "cp1252"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_system(tmp_path: Path, end: str) -> None:
    path = written(tmp_path, f"day,note{end}2026-11-24,a{end}2026-11-23,b")
    assert rows_of(path) == [TableRow(2, ["2026-11-24", "a"]), TableRow(3, ["2026-11-23", "b"])]


def test_a_row_has_the_number_of_the_line_on_which_it_begins(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + '\n2026-11-24,1,"two\nlines"\n , ,\n2026-11-23,2,x\n')
    assert rows_of(path) == [
        TableRow(3, ["2026-11-24", "1", "two\nlines"]),
        TableRow(6, ["2026-11-23", "2", "x"]),
    ]


def test_rows_with_too_few_or_too_many_cells_are_said_to_be_so(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + "2026-11-24\n2026-11-24,1,a,b\n2026-11-24,1,a\n")
    assert rows_of(path) == [
        TableRow(2, ["2026-11-24"], "it has 1 column, the header has 3"),
        TableRow(3, ["2026-11-24", "1", "a", "b"], "it has 4 columns, the header has 3"),
        TableRow(4, ["2026-11-24", "1", "a"]),
    ]


def test_a_nul_byte_spoils_only_its_own_row(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + "2026-11-24,1,a\0b\n2026-11-24,2,c\n")
    assert [bool(row.fault) for row in rows_of(path)] == [True, False]


def test_a_quote_in_the_middle_of_a_cell_spoils_only_its_own_row(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + '2026-11-24,1,"Joe "the man" X"\n2026-11-24,2,5" pipe\n')
    spoiled, whole = rows_of(path)
    assert spoiled.cells == ['2026-11-24,1,"Joe "the man" X"\n']
    assert spoiled.fault == "a quote stands in the middle of a cell"
    assert whole == TableRow(3, ["2026-11-24", "2", '5" pipe'])


def test_a_quote_that_swallows_rows_keeps_all_of_them_together(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + '2026-11-24,1,"a\n2026-11-24,2,b\n2026-11-24,3,"c"\n')
    (spoiled,) = rows_of(path)
    assert spoiled.line == 2
    assert spoiled.cells == ['2026-11-24,1,"a\n2026-11-24,2,b\n2026-11-24,3,"c"\n']
    assert spoiled.fault == "a quote stands in the middle of a cell in one of the lines to 4"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("\n \n\r\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\n", "not a text"),
        (b"PK\x03\x04\x14\0\x06\0\x08\0\x81\x8d\n", "not a text"),
        (b"\x81\x8d\x8f\x90\x9d\n", "not a text"),
        ("day,seconds\n2026-11-24,1\n".encode("utf-16-le"), "not a text"),
        (b"\xff\xfed\0a\0y", "not a text"),
        (HEADER + '2026-11-24,1,a\n2026-11-24,1,"b\n2026-11-24,1,c\n', "In line 3 of .* a quote"),
        (HEADER + "2026-11-24,1," + "x" * 200_000 + "\n", "In line 2 of .* a cell is too long"),
        (HEADER + '2026-11-24,1,"x\n' + "2026-11-24,1,y\n" * 20_000, "In line 2 of"),
        (HEADER + "x" * (LONGEST_ROW + 1), "a row of more than 4 MB: look"),
        (HEADER + "2026-11-24,1,a" + ',"a\n"' * (LONGEST_ROW // 5 + 1), "a row of more than 4 MB"),
        ("day" + ",a" * MOST_COLUMNS + "\n", "more than 1,000 columns: leave out those"),
    ],
)
def test_a_file_that_cannot_be_a_table_is_refused_with_a_sentence(
    tmp_path: Path, content: str | bytes, said: str
) -> None:
    path = written(tmp_path, content)
    with pytest.raises(NeedleError, match=said):
        rows_of(path)


def test_what_is_no_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NeedleError, match="There is no file"):
        open_csv(tmp_path / "none.csv")
    with pytest.raises(NeedleError, match="is a folder"):
        open_csv(tmp_path)


CELL = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)


@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL).filter(lambda row: any(map(str.strip, row)))),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_whatever_a_program_writes_is_read_back_cell_by_cell(
    rows: list[tuple[str, str, str]], delimiter: str, encoding: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "calls.csv"
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows([("day", "contact", "note"), *rows])
        found = rows_of(path, "day", "contact", "note")
    assert [tuple(row.cells) for row in found] == rows
    assert not any(row.fault for row in found)


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        (["Żabka", "Łódź", "Nie odebrał", "Ćma", "trwająca"], "cp1250"),
        (["Źródło"], "cp1250"),  # has a byte that Windows-1252 does not have
        (["Zoë", "¿Qué?", "20 m³", "5 £", "cœur", "Århus"], "cp1252"),
    ],
)
def test_polish_names_are_read_as_windows_1250(
    tmp_path: Path, names: list[str], encoding: str
) -> None:
    path = written(tmp_path, "contact;day\n" + "".join(f"{it};x\n" for it in names), encoding)
    with closing(open_csv(path)) as file:
        assert [row.cells[0] for row in file.rows] == names
