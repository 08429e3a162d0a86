"""Of the files of a message only those are handed out that are known to be read and not run."""

import pytest

from domain.incoming import MailFile
from domain.mail_file import FileWord, Use, said_of


def word(name: str, mime_type: str = "application/octet-stream", size: int = 10) -> FileWord:
    return said_of(MailFile(1, name, mime_type, size, "x"))


@pytest.mark.parametrize(
    "name",
    [
        "a.exe", "a.exe.", "a.exe ", "a.exe\u200b", "a.exe::$DATA", ".exe", "x.pdf/a.exe", "a.wsf", "a.pif", "a.url",
        "a.xll", "a.cpl", "a.reg", "a.xhtml", "a.mht", "a.py", "a.sct", "a.dll", "a.sh", "a.desktop", "a.vhdx", "a.iso",
        "a.search-ms", "a.msix", "a.html", "a.svg", "a.docm", "a.xlsb", "a.zip", "a.msg", "a.moi", "khong-duoi", "",
    ],
)  # fmt: skip
def test_what_is_not_known_to_be_harmless_stays_in_its_message(name: str) -> None:
    assert word(name).use is Use.NEVER


@pytest.mark.parametrize("name", ["winmail.exe", "winmail.js", "WINMAIL.HTA"])
def test_the_name_of_outlooks_package_makes_nothing_harmless(name: str) -> None:
    assert word(name).use is Use.NEVER
    assert word(name, "application/ms-tnef").use is Use.NEVER
    assert word(name, size=0).use is Use.NEVER


def test_outlooks_package_is_told_with_a_way_out() -> None:
    assert "winmail.dat" in word("winmail.dat").said
    assert "winmail.dat" in word("ATT00001.dat", "application/ms-tnef").said
    assert "winmail.dat" not in word("khac.dat").said


@pytest.mark.parametrize(
    ("name", "use"),
    [
        ("Danh sách.XLSX", Use.TABLE), ("b.docx", Use.TABLE), ("c.csv", Use.TABLE), ("quét.pdf", Use.PAPER),
        ("ảnh.JPG", Use.PHOTO), ("d.doc", Use.NONE), ("e.xls", Use.NONE), ("f.heic", Use.NONE), ("g.txt", Use.NONE),
        ("h.xlsx ", Use.TABLE),
    ],
)  # fmt: skip
def test_documents_tables_and_pictures_are_handed_out(name: str, use: Use) -> None:
    assert word(name).use is use


def test_the_name_counts_under_which_it_would_be_kept() -> None:
    """A long name is cut at its beginning: its ending is the one that a machine goes by."""
    assert word(f"{'a' * 200}.exe.pdf").name.endswith(".pdf")
    assert word(f"{'a' * 200}.pdf.exe").use is Use.NEVER


def test_a_mail_within_the_mail_is_handed_out_as_text() -> None:
    assert (word("thu.EML").use, word("thu.EML").name) == (Use.NONE, "thu.EML.txt")
    assert word("list.xlsx").name == "list.xlsx"


def test_an_empty_file_is_said_to_be_empty() -> None:
    assert word("a.xlsx", size=0).said == "tệp rỗng"
