"""What people have is read by the names of its columns and by what stands in them."""

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from needlemover.domain.calls.entry import Outcome
from needlemover.exchange.tables.words import COLUMNS
from needlemover.store.imports.content import ImportedEntry
from needlemover.store.store import Store

from ..cli.conftest import Needle
from ..conftest import SetClock
from .reading import DATA, read

CASES = DATA / "imports"


def write(folder: Path, content: str, name: str = "calls.csv") -> str:
    (folder / name).write_text(content, encoding="utf-8")
    return str(folder / name)


def calls_on(data: Store, day: date) -> list[tuple[int, Outcome | None, str | None]]:
    return [(entry.seconds, entry.outcome, entry.contact) for entry in data.day(day).entries]


@pytest.mark.parametrize(
    "typed",
    [
        (),
        ("--map", "seconds=Duração (h)", "--map", "activity=Projeto"),
        ("--map", "minutes=Duração (h)", "--date-format", "%d/%m/%Y", "--map",
         "day=Data de início", "--map", "time=Hora de início", "--map", "activity=Projeto"),
    ],
)  # fmt: skip
def test_half_an_hour_is_no_half_minute(
    needle: Needle, data: Store, typed: tuple[str, ...]
) -> None:
    path = CASES / "02_hmm_read_as_mmss" / "clockify_pt.csv"
    assert needle("import", str(path), *typed).code == 0
    assert sum(entry.seconds for entry in data.day(date(2025, 1, 31)).entries) == 5400


def test_start_and_end_tell_what_two_parts_are_whatever_the_column_is_called(
    needle: Needle, data: Store, tmp_path: Path
) -> None:
    header = "Date,Start time,End time,Duration (min)\n"
    path = write(tmp_path, header + "2026-01-02,09:00,09:30,0:30\n2026-01-02,10:00,11:05,1:05\n")
    assert needle("import", path).code == 0
    assert sorted(seconds for seconds, *_ in calls_on(data, date(2026, 1, 2))) == [1800, 3900]


def test_a_name_in_two_columns_is_one_name(needle: Needle, data: Store, tmp_path: Path) -> None:
    header = "Date,First Name,Last Name,Company,Duration (sec)\n"
    assert needle("import", write(tmp_path, header + "2026-01-02,Anna,Berg,Acme,90\n")).code == 0
    assert calls_on(data, date(2026, 1, 2)) == [(90, Outcome.TALKED, "Anna Berg")]


def test_days_with_and_without_a_time_stand_in_one_column(
    needle: Needle, data: Store, tmp_path: Path
) -> None:
    rows = "5/1/2026 09:12,60\n6/1/2026,30\n14/1/2026,30\n"
    assert needle("import", write(tmp_path, "When,Seconds\n" + rows)).code == 0
    (entry,) = data.day(date(2026, 1, 5)).entries
    assert entry.started_at == datetime(2026, 1, 5, 8, 12, tzinfo=UTC)
    assert [item.started_at for item in data.day(date(2026, 1, 6)).entries] == [None]


def test_tasks_that_are_no_calls_are_left_out(needle: Needle, data: Store) -> None:
    path = CASES / "03_salesforce_tasks_talked" / "Task_without_subtype.csv"
    said = needle("import", str(path))
    assert "Left out: tasks that are not calls (2)." in said.err
    assert calls_on(data, date(2025, 2, 28)) == [(120, Outcome.TALKED, "003000000000003")]
    assert calls_on(data, date(2025, 2, 3)) == []


@pytest.mark.parametrize(
    "typed",
    [
        (),
        ("--map", "started_at=Date time", "--map", "minutes=Duration-Min", "--map",
         "contact=Destination", "--date-format", "%d/%m/%Y %H:%M:%S"),
    ],
)  # fmt: skip
def test_a_call_of_no_length_and_no_outcome_was_not_answered(
    needle: Needle, data: Store, typed: tuple[str, ...]
) -> None:
    path = CASES / "04_zero_length_talked" / "voip_bill.csv"
    assert needle("import", str(path), *typed).code == 0
    assert calls_on(data, date(2025, 1, 12)) == [
        (2187, Outcome.TALKED, "5550102"), (0, Outcome.NO_ANSWER, "5550101"),
    ]  # fmt: skip
    assert calls_on(data, date(2025, 1, 13)) == [(0, Outcome.NO_ANSWER, "5550103")]


def test_an_unknown_outcome_stops_it_with_its_count_and_a_line_to_copy(
    needle: Needle, data: Store
) -> None:
    path = str(CASES / "06_unknown_outcomes_half_in" / "calls.csv")
    said = needle("import", path)
    assert said.code == 2
    assert "“Busy” is no answer" in said.err
    assert "Which outcome is “Connected - Discovery” (1 row)?" in said.err
    assert '--value "outcome:Connected - Discovery=talked"' in said.err
    assert data.activities.all() == ()
    assert needle("import", path, "--value", "outcome:Connected - Discovery=talked").code == 0
    assert [seconds for seconds, *_ in calls_on(data, date(2026, 10, 1))] == [14, 310, 0, 22]


def test_rows_of_an_unknown_outcome_can_be_left_out(needle: Needle, data: Store) -> None:
    path = str(CASES / "06_unknown_outcomes_half_in" / "calls.csv")
    said = needle("import", path, "--value", "outcome:Connected - Discovery=")
    assert "rows whose outcome is “Connected - Discovery”, as you said (1)" in said.err
    assert [seconds for seconds, *_ in calls_on(data, date(2026, 10, 1))] == [14, 0, 22]


def test_midnight_everywhere_is_the_day(needle: Needle, data: Store) -> None:
    assert needle("import", str(CASES / "10_started_at_midnight" / "calls.csv")).code == 0
    assert calls_on(data, date(2026, 10, 5)) == [(720, Outcome.TALKED, "Acme")]
    assert calls_on(data, date(2026, 10, 6)) == [(900, Outcome.TALKED, "Beta")]


def test_a_log_with_clear_dates_and_hours_is_read(needle: Needle, data: Store) -> None:
    path = str(CASES / "11_all_bad_leaves_activities" / "log.csv")
    assert needle("import", path, "--map", "day=Date", "--map", "activity=Project").code == 0
    assert [entry.seconds for entry in data.day(date(2025, 12, 30)).entries] == [7200]


def test_where_all_rows_are_bad_no_activity_is_made(
    needle: Needle, data: Store, tmp_path: Path
) -> None:
    path = write(tmp_path, "Date,Project,Hours\n2025-12-31,Acme,-1\n2025-12-30,Beta,-2\n")
    said = needle("import", path)
    assert (said.code, "holds nothing but 2 bad rows." in said.err) == (1, True)
    assert data.activities.all(archived=True) == ()


def test_an_activity_whose_rows_are_all_bad_is_not_made(
    needle: Needle, data: Store, tmp_path: Path
) -> None:
    path = write(tmp_path, "Date,Project,Hours\n2025-12-31,Acme,1\n2025-12-30,Beta,-2\n")
    assert needle("import", path).code == 0
    assert [item.name for item in data.activities.all()] == ["Acme"]


def test_the_order_of_dates_is_read_from_the_whole_column(needle: Needle, data: Store) -> None:
    assert needle("import", str(CASES / "17_csv_dates_not_asked" / "calls.csv")).code == 0
    assert calls_on(data, date(2026, 1, 20)) == [(720, Outcome.TALKED, "Acme")]
    assert calls_on(data, date(2026, 2, 13)) == [(900, Outcome.TALKED, "Beta")]


@pytest.mark.parametrize("above", ["Call report;;;\nJanuary 2026;;;\n\n", "sep=;\r\n", ""])
def test_titles_above_the_header_are_skipped(
    needle: Needle, data: Store, tmp_path: Path, above: str
) -> None:
    table = "Datum;Uhrzeit;Dauer (Min.);Kunde\n03.01.2026;09:12;12,5;Müller\n"
    assert needle("import", write(tmp_path, above + table)).code == 0
    assert calls_on(data, date(2026, 1, 3)) == [(750, Outcome.TALKED, "Müller")]


def test_a_file_without_a_header_says_so_and_is_read_by_numbers(
    needle: Needle, data: Store, tmp_path: Path
) -> None:
    path = write(tmp_path, "2026-01-03,09:12,120,+49 30 123456\n2026-01-04,09:12,1800,\n")
    said = needle("import", path)
    assert said.code == 2
    assert "The first line looks like data" in said.err
    assert "--no-header (there is no header)" in said.err
    assert needle("import", path, "--no-header", "--map", "seconds=3").code == 0
    (entry,) = data.day(date(2026, 1, 3)).entries
    assert entry.started_at == datetime(2026, 1, 3, 8, 12, tzinfo=UTC)
    assert (entry.seconds, entry.contact) == (120, "+49 30 123456")


@pytest.mark.parametrize(
    ("typed", "contacts"),
    [
        (("--only", "agent=ann"), ["A", "C"]),
        (("--without", "Agent=Ann"), ["B"]),
        (("--only", "Agent=Ann", "--without", "Contact=C"), ["A"]),
    ],
)
def test_rows_are_chosen_by_what_stands_in_a_column(
    needle: Needle, data: Store, tmp_path: Path, typed: tuple[str, ...], contacts: list[str]
) -> None:
    rows = "2026-01-02,A,Ann\n2026-01-02,B,Bob\n2026-01-02,C,ANN\n"
    said = needle("import", write(tmp_path, "Date,Contact,Agent\n" + rows), *typed)
    assert said.code == 0
    assert "Left out: rows " in said.err
    assert [contact for *_, contact in calls_on(data, date(2026, 1, 2))] == contacts
    wrong = needle("import", str(tmp_path / "calls.csv"), "--only", "Team=Ann")
    assert (wrong.code, "There is no column “Team”" in wrong.err) == (2, True)


def test_the_files_of_a_folder_are_imported_one_after_the_other(
    needle: Needle, data: Store, tmp_path: Path
) -> None:
    folder = tmp_path / "months"
    folder.mkdir()
    write(folder, "day,contact\n2026-01-02,A\n", "january.csv")
    write(folder, "%PDF-1.4", "bill.pdf")
    write(folder, "Datum;Kunde\n03.02.2026;B\n14.02.2026;C\n", "february.csv")
    said = needle("import", str(folder))
    assert said.code == 1
    assert "bill.pdf is a PDF" in said.err
    assert said.lines == []
    assert "1 of 3 files could not be read." in said.err
    assert calls_on(data, date(2026, 1, 2)) == [(0, Outcome.TALKED, "A")]
    assert calls_on(data, date(2026, 2, 3)) == [(0, Outcome.TALKED, "B")]


def test_the_summary_can_be_held_against_the_file(needle: Needle, tmp_path: Path) -> None:
    rows = "2026-01-02,60,talked\n2026-03-04,0,no_answer\n2026-02-03,30,won\n"
    said = needle("import", write(tmp_path, "day,seconds,outcome\n" + rows))
    assert (
        "Of them 3 calls, 2 conversations, 90 seconds (1 min 30 s), on 3 days from 2026-01-02 to "
        "2026-03-04."
    ) in said.err


def test_the_numbers_of_a_column_tell_what_a_comma_is(
    needle: Needle, data: Store, tmp_path: Path
) -> None:
    header = "day;minutes\n"
    said = needle("import", write(tmp_path, header + "2026-01-02;1,500\n"))
    assert said.code == 2
    assert "--decimal . (1500), or --decimal , (1.500)" in said.err
    assert (
        needle("import", write(tmp_path, header + "2026-01-02;1,500\n2026-01-03;2,5\n")).code == 0
    )
    assert [seconds for seconds, *_ in calls_on(data, date(2026, 1, 2))] == [90]


KINDS = {  # of the columns of a table, with the texts of its rows
    "start": ("2026-07-01 09:12", "2026-07-01 10:40", "2026-07-14 17:05"),
    "length": ("0:12:40", "0:00:00", "1:02:03"),
    "outcome": ("Meeting booked", "No answer", "Not interested"),
    "contact": ("Anna Berg", "Łuć & Sons", "Zoë"),
    "phone": ("+49 30 5550101", "+49 30 5550102", "+49 30 5550103"),
    "note": ("Wants an offer", "", "x; y, \"z\""),
}  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(
    order=st.permutations(sorted(KINDS)),
    names=st.fixed_dictionaries(
        {kind: st.sampled_from(sorted(COLUMNS[kind])) for kind in KINDS}
    ).filter(lambda names: len(set(names.values())) == len(KINDS) and "utc" not in names["start"]),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_the_same_table_is_read_the_same_however_it_is_called_and_ordered(
    order: list[str], names: dict[str, str], delimiter: str, encoding: str
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow([names[kind].title() for kind in order])
    writer.writerows([KINDS[kind][row] for kind in order] for row in range(3))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "calls.csv"
        path.write_bytes(text.getvalue().encode(encoding))
        store = Store(Path(folder) / "needle.db", SetClock(datetime(2026, 12, 24, 15, 40)))
        found = read(store, path)
        store.close()
    assert found.bad == []
    assert [told(entry) for entry in found.entries] == [
        ("2026-07-01T07:12", 760, "meeting_set", "Anna Berg", "+49 30 5550101", "Wants an offer"),
        ("2026-07-01T08:40", 0, "no_answer", "Łuć & Sons", "+49 30 5550102", ""),
        ("2026-07-14T15:05", 3723, "lost", "Zoë", "+49 30 5550103", "x; y, \"z\""),
    ]  # fmt: skip


def told(entry: ImportedEntry) -> tuple[object, ...]:
    assert entry.started_at is not None
    assert entry.outcome is not None
    start = f"{entry.started_at:%Y-%m-%dT%H:%M}"
    return start, entry.seconds, entry.outcome.value, entry.contact, entry.phone, entry.note


@pytest.mark.parametrize(
    ("content", "calls"),
    [
        # A form of questions: the answers tell which column is the outcome.
        (
            "Timestamp,Who?,How did it go?,Minutes\n10/13/2026 9:05:11,Ann,Talked,5\n"
            "10/14/2026 9:15:11,Bob,No answer,0\n10/14/2026 9:25:11,,Voicemail,1\n",
            [("09:05", 300, "talked"), ("09:15", 0, "no_answer"), ("09:25", 60, "voicemail")],
        ),
        # Times as people write them in Italian and French.
        (
            "Data;Ora;Durata;Esito\n13/10/2026;9.30;45 s;Non risponde\n14/10/2026;10.05;0:01:10;\n",
            [("09:30", 45, "no_answer"), ("10:05", 70, None)],
        ),
        (
            "Date;Heure;Durée\n13/10/2026;9h30;2 min\n14/10/2026;14h;3 min\n",
            [("09:30", 120, None), ("14:00", 180, None)],
        ),
        # A table that names another one before its columns.
        (
            "Call - Date,Call - Time,Call - Duration (sec),Call - Outcome\n"
            "2026-10-13,09:05,60,Won\n",
            [("09:05", 60, "won")],
        ),
        # Totals under the calls, also where they are as many as the calls.
        (
            "Date/Time,Number,Talk (mm:ss),Notes\n11/14/2025 9:05 AM,5550101,2:30,\n"
            "11/15/2025 9:15 PM,5550102,1:05,\nTotal,2,3:35,\nAverage:,,1:48,\n",
            [("09:05", 150, None), ("21:15", 65, None)],
        ),
        ("Kunde;Datum;Dauer (Sek.)\nTotal;13.10.2026;60\n", [("", 60, None)]),  # a company
        (
            "Datum;von;bis;Kunde\n1.10.26;9:00;9:12;Ann\n1.10.26;10:00;10:05;Bo\n",
            [("09:00", 720, None), ("10:00", 300, None)],
        ),
        # HubSpot writes lengths in either way, and has mails beside the calls.
        (
            "Activity date,Activity type,Call outcome,Call duration (HH:mm:ss),Call direction\n"
            "2026-10-05 09:00,Call,Connected,00:02:10,Outbound\n2026-10-05 09:10,Email,,,\n",
            [("09:00", 130, "talked")],
        ),
        (
            "Anrufart;Beginn;Ende\nausgehend;13.10.26 09:00;13.10.26 09:05\n"
            "in Abwesenheit;13.10.26 10:30;13.10.26 10:30\n",
            [("09:00", 300, None)],
        ),
    ],
)
def test_columns_are_told_by_what_stands_in_them(
    store: Store, tmp_path: Path, content: str, calls: list[tuple[str, int, str | None]]
) -> None:
    done, zone = read(store, Path(write(tmp_path, content))), store.moment().zone
    assert not done.bad
    starts = [it.started_at and it.started_at.astimezone(zone) for it in done.entries]
    found = zip(starts, done.entries, strict=True)
    assert [(f"{at:%H:%M}" if at else "", it.seconds, it.outcome) for at, it in found] == calls


@pytest.mark.parametrize("column", ["Dials", "Calls", "Anzahl Anrufe", "Llamadas"])
def test_rows_that_are_totals_of_a_day_are_no_calls(
    needle: Needle, tmp_path: Path, column: str
) -> None:
    rows = "2026-10-01,40,01:20:00\n2026-10-02,35,00:55:10\n"
    done = needle("import", write(tmp_path, f"Date,{column},Talk time\n{rows}"))
    assert done.code == 2
    assert "totals" in done.err
