"""Files that must not be opened are refused in a sentence, quickly, whatever they hold (P13, 6.7 no. 17)."""

import io
import random
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from apart import package
from sheets.nominations.nomination_file import read_nominations
from sheets.tables import table_file
from sheets.tables.legacy_text import is_legacy
from sheets.tables.table_file import read_tables, refuse_yaml, tables_of


def workbook(inserted: bytes = b"") -> bytes:
    """A small workbook, with something put after the data of its sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("Tên tổ chức đảng", "Loại hình", "Địa điểm"))
    plain, changed = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            target.writestr(part, content.replace(b"</sheetData>", b"</sheetData>" + inserted))
    return changed.getvalue()


LOCKED = b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (LOCKED, "mật khẩu"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "đời cũ"),
        (b"Ten,Loai\n", "không phải tệp Excel"),
        (workbook(b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "quá rộng"),
        (workbook(b"<!DOCTYPE x>"), "không đúng chuẩn"),
    ],
    ids=["locked", "old", "not_excel", "everything_merged", "document_type"],
)
def test_a_workbook_that_must_not_be_opened_is_refused(tmp_path: Path, raw: bytes, fault: str) -> None:
    path = tmp_path / "danh-sach.xlsx"
    path.write_bytes(raw)
    tables, problems = read_tables(path)
    assert tables == []
    assert [fault in problem.fault for problem in problems] == [True]


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_UNPACKED", 1000)
    assert "bung ra quá lớn" in tables_of("danh-sach.xlsx", workbook())[1][0].fault


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_file, "MAX_BYTES", 10)
    path = tmp_path / "danh-sach.csv"
    path.write_text("Tên tổ chức đảng", encoding="utf-8")
    assert "quá lớn" in read_tables(path)[1][0].fault


def test_a_yaml_file_is_refused_by_its_size_and_by_its_letters(tmp_path: Path) -> None:
    path = tmp_path / "danh-sach.yaml"
    path.write_text("- a: b\n" * 100_000, encoding="utf-8")
    assert "quá lớn" in str(refuse_yaml(path))
    path.write_text("- kind: regular\n  organisation: Chi boä tröôøng\n", encoding="utf-8")
    assert str(refuse_yaml(path)).startswith("danh-sach.yaml:2: chữ ở bảng mã cũ")


def test_a_list_longer_than_any_month_is_refused_and_not_compared_line_by_line(tmp_path: Path) -> None:
    line = "Chi bộ ấp 1,Chi bộ cơ sở,05/3/2024,14:00,Nhà văn hóa\n"
    path = tmp_path / "danh-sach.csv"
    path.write_text("Tên tổ chức đảng,Loại hình,Ngày,Giờ,Địa điểm\n" + line * 1001, encoding="utf-8")
    understood = read_nominations(path, 2024, 3)
    assert understood.rows == ()
    assert [problem.fault for problem in understood.problems] == ["danh sách có 1001 dòng, nhiều nhất 1000"]


def test_damaged_workbooks_are_told_and_never_raise(tmp_path: Path) -> None:
    whole, chance = workbook(), random.Random(73)
    for number in range(40):
        damaged = bytearray(whole)
        for _ in range(8):
            damaged[chance.randrange(4, len(damaged))] = chance.randrange(256)
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(damaged)
        understood = read_nominations(path, 2024, 3)
        assert not understood.acceptable
        assert understood.problems


@pytest.mark.parametrize(
    ("text", "font", "legacy"),
    [
        ("Uû ban nh©n d©n", "", True),
        ("Chi boä tröôøng hoïc", "", True),
        ("Chi bé", ".VnTime", True),
        ("Chi bộ Trường THPT", ".VnTime", False),
        ("Chi bộ Công ty Bayer®", "", False),
        ("Schütz", "", False),
    ],
)
def test_old_letters_are_told_from_foreign_names_and_from_unicode(text: str, font: str, legacy: bool) -> None:
    """P13."""
    assert is_legacy(text, font) is legacy


@pytest.mark.parametrize("name", ["danh-sach.odt", "danh-sach.xls", "danh-sach"])
def test_another_kind_of_file_is_named_with_what_to_send_instead(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    understood = read_nominations(tmp_path / name, 2024, 3)
    assert not understood.acceptable
    assert ".xlsx" in understood.problems[0].remedy
