"""What is no list of calls is named for what it is, with what to do."""

import zipfile
from pathlib import Path

import pytest

from needlemover.domain.errors import NeedleError
from needlemover.store.store import Store

from .reading import read

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016)
NAMED = [
    (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "is locked with a password: save it"),
    (OLD_OFFICE + "WordDocument".encode("utf-16-le"), "is an old Word document: save its table"),
    (OLD_OFFICE + "PowerPoint Document".encode("utf-16-le"), "is an old presentation: "),
    (OLD_OFFICE + "__substg1.0".encode("utf-16-le"), "is an e-mail of Outlook: "),
    (b"%PDF-1.7\n", "is a PDF: export the same as CSV"),
    (b"\x89PNG\r\n\x1a\n", "is a picture: "),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "is a picture: "),
    (b"\0\0\0\x18ftypheic", "is a picture: "),
    (b"\0\0\0\x20ftypisom", "is a recording: export the list of the calls"),
    (b"\x1f\x8b\x08\0", "is packed: unpack it"),
    (b"{\\rtf1\\ansi", "is a text with pictures and fonts"),
    (b"\x7fELF\x02", "is a program: "),
    (b"BEGIN:VCARD\nVERSION:3.0\n", "import that with --as list"),
    (b"\xef\xbb\xbf<?xml version='1.0'?><feed/>", "is XML that is unknown"),
    (b"<?xml version='1.0'?><smses count='1'>", "choose the file that begins with calls-"),
    (b"<!DOCTYPE html>\n<HTML><table>", "is a web page: open it in a spreadsheet"),
    (
        b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
        "is a spreadsheet in XML: open it in a spreadsheet",
    ),
]
PACKED = [
    ("word/document.xml", "is a Word document: save its table"),
    ("ppt/presentation.xml", "is a presentation"),
    ("Index/Document.iwa", "is a Numbers spreadsheet: export it as Excel"),
    ("content.xml", "is a document or a presentation"),
    ("AndroidManifest.xml", "is an app"),
    ("calls.csv", "is a zip that is unknown: unpack it"),
]


@pytest.mark.parametrize(("content", "said"), NAMED)
def test_a_file_is_named_by_how_it_begins(
    store: Store, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(NeedleError, match=r"^file .*\.$") as error:
        read(store, path)
    assert said in str(error.value)


@pytest.mark.parametrize(("name", "said"), PACKED)
def test_a_zip_is_named_by_what_it_holds(
    store: Store, tmp_path: Path, name: str, said: str
) -> None:
    path = tmp_path / "file.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "x")
    with pytest.raises(NeedleError, match=r"^file\.zip .*\.$") as error:
        read(store, path)
    assert said in str(error.value)


def test_an_empty_zip_is_a_sentence(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "file.zip"
    zipfile.ZipFile(path, "w").close()
    with pytest.raises(NeedleError, match="is a zip that is unknown"):
        read(store, path)


def test_a_table_that_begins_like_a_picture_is_a_table(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("BMW,day,seconds\n1,2026-11-03,60\n", encoding="utf-8")
    assert [entry.seconds for entry in read(store, path).entries] == [60]
