"""What single cells of people's files say."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.errors import WrongUsageError
from needlemover.exchange.reading import UnreadableError
from needlemover.exchange.tables.dates import Written, read_date, read_time
from needlemover.exchange.tables.lengths import Decimals, read_amount, read_length
from needlemover.exchange.tables.survey import Outcomes

from .reading import options


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("261", 261),
        ("0", 0),
        ("", 0),
        ("261.0", 261),
        ("4:21", 4 * 60 + 21),
        ("90:00", 90 * 60),
        ("0:04:21", 4 * 60 + 21),
        ("01:02:03", 3600 + 2 * 60 + 3),
        ("400:00:00", 400 * 3600),
        ("12 min", 12 * 60),
        ("12min", 12 * 60),
        ("1 h 30 min", 90 * 60),
        ("45 s", 45),
    ],
)
def test_a_length_is_read_in_each_way_people_write_it(text: str, seconds: int) -> None:
    assert read_length(text) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("12", 720), ("12.5", 750), ("12,5", 750), ("4:21", 261), ("0:04:21", 261), ("45 s", 45)],
)
def test_in_a_column_of_minutes_only_a_bare_number_counts_minutes(text: str, seconds: int) -> None:
    assert read_length(text, "minutes") == seconds


@pytest.mark.parametrize(
    "text", ["-5", "-0:05", "1e9", "abc", "25:61", "1:2:3:4", "9" * 30, "9" * 5000, "nan", "=1+1"]
)
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_length(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026-11-24", Written(date(2026, 11, 24))),
        ("20261124", Written(date(2026, 11, 24))),
        ("2026-11-24 09:05", Written(date(2026, 11, 24), time(9, 5))),
        ("2026-11-24T09:05:30", Written(date(2026, 11, 24), time(9, 5, 30))),
        ("20261124T0905", Written(date(2026, 11, 24), time(9, 5))),
        ("2026-11-24T09:05:30Z", Written(date(2026, 11, 24), time(9, 5, 30), UTC)),
        (
            "2026-11-24 09:05:30+02:00",
            Written(date(2026, 11, 24), time(9, 5, 30), timezone(timedelta(hours=2))),
        ),
        ("2024-02-29", Written(date(2024, 2, 29))),
    ],
)
def test_iso_dates_are_read_with_and_without_time_and_zone(text: str, written: Written) -> None:
    assert read_date(text) == written


@pytest.mark.parametrize(
    "text",
    ["03/04/2026", "24.11.2026", "2026-02-30", "2026-W10-1", "1764000000", "0001-01-01", "soon"],
)
def test_no_date_that_is_not_iso_is_guessed_at(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_date(text)


def test_a_date_format_says_which_number_is_the_day() -> None:
    assert read_date("03/04/2026", "%d/%m/%Y") == Written(date(2026, 4, 3))
    assert read_date("03/04/2026", "%m/%d/%Y") == Written(date(2026, 3, 4))


def test_a_date_format_may_hold_a_time_and_an_offset() -> None:
    assert read_date("24.11.2026 09:05", "%d.%m.%Y %H:%M") == Written(
        date(2026, 11, 24), time(9, 5)
    )
    zone = timezone(timedelta(hours=-5))
    assert read_date("24.11.26 9:05 PM -0500", "%d.%m.%y %I:%M %p %z") == Written(
        date(2026, 11, 24), time(21, 5), zone
    )


def test_with_a_date_format_an_iso_date_is_no_date() -> None:
    with pytest.raises(UnreadableError):
        read_date("2026-11-24", "%d.%m.%Y")


@pytest.mark.parametrize("date_format", ["%d.%m.%Y", "%m/%d/%y %H:%M", "%Y-%j", "%b %d, %Y"])
def test_a_format_of_whole_dates_is_accepted(date_format: str) -> None:
    options((), (), date_format)
    example = datetime(2026, 11, 24, 9, 5)
    assert read_date(example.strftime(date_format), date_format).day == date(2026, 11, 24)


@pytest.mark.parametrize(
    "date_format", ["", "%d.%m.", "%H:%M", "%Q", "%", "dd.mm.yyyy", "%d %d %m %Y", "%d.%m.%Y %Z"]
)
def test_a_format_without_a_whole_date_is_refused(date_format: str) -> None:
    with pytest.raises(WrongUsageError):
        options((), (), date_format)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("9:05", time(9, 5)),
        ("17:30:12", time(17, 30, 12)),
        ("5:30 pm", time(17, 30)),
        ("12:15 AM", time(0, 15)),
        ("00:00", time(0)),
    ],
)
def test_a_time_of_day_is_read(text: str, clock: time) -> None:
    assert read_time(text) == clock


@pytest.mark.parametrize("text", ["24:00", "9:60", "17", "13:00 pm", "noon", "9:05+02:00"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_time(text)


@pytest.mark.parametrize("text", ["meeting_set", "Meeting set", " MEETING-SET ", "meeting  set"])
def test_an_outcome_is_its_name_however_it_is_spaced(text: str) -> None:
    assert meaning(text) == Outcome.MEETING_SET


@pytest.mark.parametrize("text", ["w", "yes", "meet", "won deals"])
def test_a_part_of_an_outcome_is_none(text: str) -> None:
    assert meaning(text) is None


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("No Answer", "no_answer"), ("Nicht erreicht", "no_answer"), ("BUSY", "no_answer"),
        ("Répondeur", "voicemail"), ("Left VM", "voicemail"), ("Não atendida", "no_answer"),
        ("Call connected", "talked"), ("Gesprochen", "talked"),
        ("Umówione spotkanie", "meeting_set"), ("Appuntamento fissato", "meeting_set"),
        ("Geen interesse", "lost"), ("Verkauft", "won"),
    ],
)  # fmt: skip
def test_usual_outcomes_are_known_in_eight_languages(text: str, outcome: str) -> None:
    assert meaning(text) == outcome


def test_who_was_called_and_answered_may_be_a_machine_and_who_called_is_a_person() -> None:
    assert meaning("Answered") is None
    assert meaning("Answered", is_incoming=True) == Outcome.TALKED
    said = Outcomes({"answered": "gatekeeper"}, is_answered=False)
    assert said.meaning("Answered", is_incoming=False) == "gatekeeper"
    assert said.meaning("Answered", is_incoming=True) == Outcome.TALKED


def meaning(text: str, *, is_incoming: bool = False) -> str | None:
    return Outcomes({}, is_answered=False).meaning(text.strip(), is_incoming=is_incoming)


def test_money_comes_out_in_minor_units_of_its_currency() -> None:
    assert read_amount("1,200.50", "USD") == 120_050
    assert read_amount("€ -30", "EUR") == -3_000
    assert read_amount("1200", "JPY") == 1_200
    assert read_amount("1.250", "KWD") == 1_250
    assert read_amount("", "USD") is None


@pytest.mark.parametrize("text", ["1.200", "12.345 €", "1.200,50", "10.005", "lots", "9" * 20])
def test_money_that_could_mean_two_things_or_nothing_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_amount(text, "EUR")


@pytest.mark.parametrize(
    "text", ["R$ 1.200,50", "1.200,50 zł", "kr 1.200,50", "1 200,50 kr.", "1.200,50 €"]
)
def test_money_has_the_sign_of_any_country(text: str) -> None:
    decimals = Decimals("")
    decimals.add(text.replace(" 200", ".200"))
    assert read_amount(text, "EUR", decimals.decimal) == 120_050
