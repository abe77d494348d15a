"""The calls of a phone: SMS Backup & Restore and the takeout of Google Voice."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from needlemover.domain.errors import NeedleError
from needlemover.store.store import Store

from .reading import DATA, bring_in, packed, read

CALL = '<call number="{}" duration="{}" date="17936{}000000" type="{}" contact_name="{}" />'
VOICE = """<?xml version="1.0" ?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{kind} call</title></head>
<body><div class="haudio"><span class="album">Call Log for
</span><span class="fn">{kind} call
{name}</span><div class="contributor vcard">{kind} call
<a class="tel" href="tel:{phone}"><span class="fn">{name}</span></a></div>
<abbr class="published" title="2026-11-03T{time}.000-08:00">Nov 3, 2026</abbr><br />
{duration}<div class="tags">Labels: <a rel="tag" href="#">{kind}</a></div></div></body></html>
"""


def backup(path: Path, *calls: str) -> Path:
    lines = "\n  ".join(calls)
    head = "<?xml version='1.0' encoding='UTF-8' ?>\n<!--File Created By a phone-->"
    path.write_text(f'{head}\n<calls count="1">\n  {lines}\n</calls>\n', encoding="utf-8")
    return path


def takeout(folder: Path) -> Path:
    calls = folder / "Takeout" / "Voice" / "Calls"
    calls.mkdir(parents=True)
    pages = {
        "Ann &amp; Co - Placed": ("09:15:00", '<abbr class="duration" title="PT2M27S">x</abbr>'),
        "Bob - Received": ("10:00:00", '<abbr class="duration" title="PT1H0M4S">x</abbr>'),
        "Cem - Missed": ("11:00:00", ""),
        "Dan - Voicemail": ("12:00:00", '<abbr class="duration" title="PT31S">x</abbr>'),
        "Ann - Text": ("13:00:00", ""),
    }
    for place, (title, (time, duration)) in enumerate(pages.items()):
        name, _, kind = title.partition(" - ")
        phone = f"+1555010{place}"
        page = VOICE.format(kind=kind, name=name, phone=phone, time=time, duration=duration)
        file = calls / f"{title.replace('&amp;', '&')} - 2026-11-03T17_15_00Z.html"
        file.write_text(page, encoding="utf-8")
    return folder


def test_the_calls_of_a_backup_come_with_who_and_how_long(store: Store, tmp_path: Path) -> None:
    path = backup(
        tmp_path / "calls-20261106.xml",
        CALL.format("+15550100", 505, 10, 2, "Acme"),
        CALL.format("+15550101", 65, 20, 1, "(Unknown)"),
    )
    out, into = read(store, path).entries
    assert (out.seconds, out.contact, out.phone) == (505, "Acme", "+15550100")
    assert out.started_at == datetime.fromtimestamp(1793610000, UTC)
    assert (into.seconds, into.contact, into.phone) == (65, "", "+15550101")


def test_calls_of_a_backup_that_nobody_dialled_are_left_out(store: Store, tmp_path: Path) -> None:
    calls = [CALL.format("1", 0, 10 + kind, kind, "A") for kind in (3, 4, 5, 6)]
    found = read(store, backup(tmp_path / "calls.xml", *calls))
    assert found.entries == []
    assert found.reading.left_out == {
        "calls that you missed": 1,
        "messages that were left to you": 1,
        "calls that you rejected": 1,
        "calls of numbers that you blocked": 1,
    }


def test_a_bad_call_of_a_backup_is_named_by_its_line(store: Store, tmp_path: Path) -> None:
    path = backup(tmp_path / "calls.xml", CALL.format("1", "long", 10, 2, "A"))
    assert [bad.line for bad in read(store, path).bad] == [4]


def test_a_name_with_a_sign_in_two_halves_is_whole(store: Store, tmp_path: Path) -> None:
    path = backup(tmp_path / "calls.xml", CALL.format("1", 5, 10, 2, "Ann &#55357;&#56832;"))
    assert [entry.contact for entry in read(store, path).entries] == ["Ann \U0001f600"]


def test_a_backup_comes_in_once(store: Store) -> None:
    path = DATA / "imports" / "12_wrong_format_sentences" / "calls.xml"
    (entry,) = read(store, path).entries
    assert (entry.seconds, entry.contact) == (505, "Acme")
    assert bring_in(store, path).added == 1
    assert bring_in(store, path).changed_anything is False


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('<!DOCTYPE calls [<!ENTITY a "b">]><calls>&a;</calls>', "is XML that is unknown"),
        ('<calls>\n<call number="1" />\n', "is cut off in the middle: export it again"),
    ],
)
def test_a_backup_that_is_none_is_a_sentence(
    store: Store, tmp_path: Path, content: str, said: str
) -> None:
    path = tmp_path / "calls.xml"
    path.write_text(f"<?xml version='1.0'?>{content}", encoding="utf-8")
    with pytest.raises(NeedleError, match=said):
        read(store, path)


def test_the_pages_of_google_voice_are_calls(store: Store, tmp_path: Path) -> None:
    folder = takeout(tmp_path / "folder")
    for path in (folder, packed(folder, tmp_path / "takeout.zip")):
        found = read(store, path)
        placed, received = found.entries
        assert (placed.contact, placed.phone, placed.seconds) == ("Ann & Co", "+15550100", 147)
        assert placed.started_at == datetime(2026, 11, 3, 17, 15, tzinfo=UTC)
        assert (received.contact, received.seconds) == ("Bob", 3604)
        assert found.reading.left_out == {
            "calls that you missed": 1,
            "messages that were left to you": 1,
        }


def test_a_takeout_comes_in_once_as_a_folder_and_as_a_zip(store: Store, tmp_path: Path) -> None:
    folder = takeout(tmp_path / "folder")
    assert bring_in(store, folder).added == 2
    assert bring_in(store, packed(folder, tmp_path / "a.zip")).changed_anything is False


def test_a_page_without_a_time_is_a_bad_row(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "takeout.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Voice/Calls/Ann - Placed - 2026.html", "<html></html>")
    assert [bad.why for bad in read(store, path).bad] == ["it has no day"]
