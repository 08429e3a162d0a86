"""A file that is no .xlsx is named for what it is, with how to make one of it."""

import io
import zipfile

import pytest

from sheets.tables.other_kinds import other_ending
from sheets.tables.workbook_guard import look_inside


def package(*names: str) -> bytes:
    """A package with parts of these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


def old(stream: str) -> bytes:
    """The container of old Office files, with a stream of that name."""
    return b"\xd0\xcf\x11\xe0" + b"\0" * 508 + stream.encode("utf-16-le")


@pytest.mark.parametrize(
    ("raw", "fault", "remedy"),
    [
        (b"", "tệp rỗng", "gửi lại"),
        (old("Workbook"), ".xls", "Save As"),
        (old("EncryptedPackage"), "mật khẩu", "bỏ mật khẩu"),
        (old("WordDocument"), ".doc", ".xlsx"),
        (package("xl/workbook.bin"), ".xlsb", "Save As"),
        (package("mimetype", "content.xml"), ".ods", "LibreOffice"),
        (package("Index/Document.iwa"), "Numbers", "Xuất sang"),
        (package("word/document.xml", "[Content_Types].xml"), "Word", ".xlsx"),
        (package("ppt/slides/slide1.xml"), "PowerPoint", ".xlsx"),
        (package("anh.jpg"), "không phải tệp Excel", "Save As"),
        (b"%PDF-1.7", "PDF", ".xlsx"),
        (b"\xef\xbb\xbf<html><table>", "HTML", "Save As"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "XML đời cũ", "Save As"),
        (b"Ten;Loai\n", "không phải tệp Excel", "Save As"),
    ],
)
def test_the_content_of_a_file_named_xlsx_is_named(raw: bytes, fault: str, remedy: str) -> None:
    _, problem = look_inside("danh-sach.xlsx", raw)
    assert problem is not None
    assert fault in problem.fault
    assert remedy in problem.remedy


def test_a_part_with_a_password_is_told_before_anything_is_read() -> None:
    raw = bytearray(package("xl/workbook.xml"))
    for marks in (b"PK\x03\x04", b"PK\x01\x02"):
        raw[raw.index(marks) + (6 if marks == b"PK\x03\x04" else 8)] |= 1
    _, problem = look_inside("danh-sach.xlsx", bytes(raw))
    assert problem is not None
    assert "mật khẩu" in problem.fault


@pytest.mark.parametrize("ending", [".xls", ".XLSB", ".ods", ".numbers", ".doc", ".pdf", ".txt"])
def test_a_known_ending_is_named_with_how_to_save(ending: str) -> None:
    told = other_ending(ending)
    assert told is not None
    assert ending in told[0]
    assert ".xlsx" in told[1]


def test_an_unknown_ending_says_nothing() -> None:
    assert other_ending(".xyz") is None
