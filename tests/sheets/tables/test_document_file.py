"""A list in Word is read like one in Excel; what acts, leads away or would fill the memory is refused in a sentence."""

from pathlib import Path
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from apart import package
from domain.plan import Plan
from domain.problem import Problem
from sheets.nominations.nomination_file import Understood, read_nominations
from sheets.tables.table_file import tables_of
from tests.sheets.word_lists import HEADER, MEETINGS, document, with_parts

_RELS = "word/_rels/document.xml.rels"
_END = b"</Relationships>"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def related(kind: str, target: str, *, outside: bool = False) -> bytes:
    """The file with one relation more."""
    mode = ' TargetMode="External"' if outside else ""
    one = f'<Relationship Id="rId99" Type="{_TYPE}/{kind}" Target="{target}"{mode}/>'.encode()
    return with_parts(document(), {}, replaced={_RELS: (_END, one + _END)})


def understood(content: bytes, folder: Path, name: str = "danh-sach.docx") -> Understood:
    (folder / name).write_bytes(content)
    return read_nominations(folder / name, 2024, 5)


def faults(content: bytes, name: str = "danh-sach.docx") -> list[Problem]:
    tables, problems = tables_of(name, content)
    assert tables == []
    return problems


def test_a_table_in_word_is_read_through_the_columns_of_every_list(tmp_path: Path) -> None:
    found = understood(document(above=["ĐẢNG ỦY MẪU", "DANH SÁCH sinh hoạt tháng 5/2024"]), tmp_path)

    assert found.acceptable, found
    assert [(one.organisation, one.venue) for one in found.meetings] == [
        ("Chi bộ Trường THPT Mẫu", "Phòng họp A"), ("Chi bộ Phòng Tư pháp", "Phòng họp B"),
    ]  # fmt: skip
    assert found.meetings[0].is_thematic_cell
    assert found.problems == ()


def test_a_fault_is_told_at_its_cell_of_its_table(tmp_path: Path) -> None:
    rows = (HEADER, (*MEETINGS[0][:3], "31/6/2024", *MEETINGS[0][4:]))
    found = understood(document(rows), tmp_path)

    assert not found.acceptable
    assert [one.place for one in found.rows[0].problems] == ["bảng 1!D2"]


def test_a_heading_of_another_month_is_noticed(tmp_path: Path) -> None:
    found = understood(document(above=["DANH SÁCH sinh hoạt tháng 6/2024"]), tmp_path)

    assert [problem.place for problem in found.problems] == ["bảng 1"]


def test_a_letter_with_tables_for_its_head_and_signature_has_one_list(tmp_path: Path) -> None:
    def with_head(made: Any) -> None:
        head = made.add_table(rows=1, cols=2)
        head.rows[0].cells[0].text = "ĐẢNG BỘ TỈNH ĐỒNG NAI\nTHÀNH ỦY"
        head.rows[0].cells[1].text = "ĐẢNG CỘNG SẢN VIỆT NAM"
        made.element.body.insert(0, head._tbl)
        foot = made.add_table(rows=1, cols=2)
        foot.rows[0].cells[0].text = "Nơi nhận:\n- Như trên"
        foot.rows[0].cells[1].text = "T/M BAN THƯỜNG VỤ"

    found = understood(document(change=with_head), tmp_path)

    assert len(found.meetings) == 2
    assert found.acceptable


def test_merged_cells_across_and_down_are_repeated_and_told(tmp_path: Path) -> None:
    def merge(made: Any) -> None:
        table = made.tables[0]
        table.cell(1, 5).merge(table.cell(2, 5)).text = "Hội trường chung"

    found = understood(document(change=merge), tmp_path)

    assert [one.venue for one in found.meetings] == ["Hội trường chung", "Hội trường chung"]
    assert [one.place for one in found.rows[1].problems] == ["bảng 1!F3"]
    assert "F2:F3" in found.rows[1].problems[0].fault


def test_what_is_below_the_table_is_told_and_not_lost(tmp_path: Path) -> None:
    found = understood(document(below=["Riêng chi bộ số 2 có thể dời sang ngày 20."]), tmp_path)

    assert found.acceptable
    assert [one.fault for one in found.problems] == [
        "chữ dưới bảng không được đọc (“Riêng chi bộ số 2 có thể dời sang ngày 20.”)"
    ]


def test_changes_that_nobody_has_taken_yet_are_read_as_taken_with_a_doubt(tmp_path: Path) -> None:
    def track(made: Any) -> None:
        paragraph = made.tables[0].cell(1, 5).paragraphs[0]
        paragraph._p.clear()
        for kind, text, letters in (("del", "Phòng họp A", "delText"), ("ins", "Phòng họp C", "t")):
            run = f"<w:r><w:{letters}>{text}</w:{letters}></w:r>"
            paragraph._p.append(parse_xml(f'<w:{kind} {nsdecls("w")} w:id="1" w:author="x">{run}</w:{kind}>'))

    found = understood(document(change=track), tmp_path)

    assert found.meetings[0].venue == "Phòng họp C"
    assert "Track Changes" in found.problems[0].fault


def test_a_line_that_is_struck_through_is_doubted(tmp_path: Path) -> None:
    def strike(made: Any) -> None:
        for cell in made.tables[0].rows[2].cells:
            for run in cell.paragraphs[0].runs:
                run.font.strike = True

    found = understood(document(change=strike), tmp_path)

    assert "gạch ngang" in found.rows[1].problems[0].fault


def test_old_letters_in_word_are_refused_by_their_font(tmp_path: Path) -> None:
    def old(made: Any) -> None:
        run = made.tables[0].cell(1, 1).paragraphs[0].runs[0]
        run.font.name, run.text = ".VnTime", "Chi bé Tr­êng"

    assert not understood(document(change=old), tmp_path).acceptable


def test_a_document_without_a_table_says_what_to_do(tmp_path: Path) -> None:
    def bare(made: Any) -> None:
        made.element.body.remove(made.tables[0]._tbl)

    found = understood(document(change=bare), tmp_path)

    assert [problem.fault for problem in found.problems] == ["tệp Word không có bảng nào"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "rỗng"),
        (b"<html>", "không phải tệp Word"),
        (b"PK\x03\x04" + b"x" * 40, "bị hỏng"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "đời cũ"),
        (with_parts(document(), {"word/vbaProject.bin": b"x"}), "macro"),
        (related("vbaProject", "vbaProject.bin"), "macro"),
        (related("attachedTemplate", "http://ke-xau.example/mau.dotm", outside=True), "nơi khác"),
        (related("image", "http://ke-xau.example/a.png", outside=True), "nơi khác"),
        (related("oleObject", "embeddings/a.bin"), "đối tượng nhúng"),
        (related("aFChunk", "a.html"), "chèn từ tệp khác"),
        (with_parts(document(), {"word/extra.xml": b"<!DOCTYPE x><x/>"}), "không đúng chuẩn"),
        (with_parts(document(), {"word/deep.xml": b"<a>" * 5000 + b"</a>" * 5000}), "không đúng chuẩn"),
        (with_parts(document(), {"WORD/document.xml": b"<x/>"}), "hai phần cùng tên"),
        (with_parts(document(), {"word/bomb.xml": b"<a/>" * 6_000_000}), "bung ra quá lớn"),
    ],
    ids=["empty", "page", "torn", "locked", "old", "macro", "macro_by_relation", "template", "picture_elsewhere",
         "object", "chunk", "document_type", "nested", "twice", "bomb"],
)  # fmt: skip
def test_a_word_file_that_must_not_be_opened_is_refused(content: bytes, fault: str) -> None:
    (problem,) = faults(content)
    assert fault in problem.fault
    assert problem.remedy


def test_a_link_in_the_text_leads_nobody_away(tmp_path: Path) -> None:
    assert understood(related("hyperlink", "https://don-vi.example", outside=True), tmp_path).acceptable


def test_a_document_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_UNPACKED", 1000)
    assert "bung ra quá lớn" in faults(document())[0].fault


def test_a_table_as_long_as_a_book_is_refused() -> None:
    rows = b"<w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>" * 10_001
    content = with_parts(document(), {}, replaced={"word/document.xml": (b"</w:tbl>", rows + b"</w:tbl>")})

    assert "quá nhiều dòng" in faults(content)[0].fault


def test_a_cell_as_wide_as_a_road_is_refused() -> None:
    wide = b'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="100000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    content = with_parts(document(), {}, replaced={"word/document.xml": (b"</w:tbl>", wide)})

    assert "quá nhiều cột" in faults(content)[0].fault


def test_the_form_of_another_unit_in_word_is_not_taken_for_this_plan(plan: Plan) -> None:
    """A Word file carries no mark of a unit: nothing of the plan is read from it."""
    assert plan.units
    assert tables_of("danh-sach.docx", document())[0][0].origin is None
