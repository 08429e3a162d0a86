"""The Word files have the form of an official document and the words of the wording."""

import io
import re
import zipfile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm

from domain.problem import Refused
from letters.document import DOCUMENTS, file_name, make_docx
from letters.wording import PURPOSES, Wording, render

Facts = dict[str, object]


def opened(purpose: str, facts: Facts, symbol: str = "") -> WordDocument:
    return Document(io.BytesIO(make_docx(purpose, facts, render(purpose, facts), symbol=symbol)))


def text_of(word: WordDocument) -> str:
    """All the words of a document, tables and all, in their order."""
    return "\n".join(
        "".join(run.text or "" for run in one.iter(qn("w:t"))) for one in word.element.body.iter(qn("w:p"))
    )


@pytest.mark.parametrize("purpose", DOCUMENTS)
def test_every_document_is_an_a4_sheet_with_the_official_margins(purpose: str, facts: Facts) -> None:
    section = opened(purpose, facts).sections[0]

    def near(length: int | None, millimetres: float) -> bool:
        return length is not None and abs(length - Mm(millimetres)) < Mm(0.1)

    assert near(section.page_width, 210)
    assert near(section.page_height, 297)
    assert near(section.left_margin, 30)
    assert near(section.right_margin, 15)
    assert near(section.top_margin, 20)
    assert near(section.bottom_margin, 20)


@pytest.mark.parametrize("purpose", DOCUMENTS)
def test_every_document_has_the_parts_of_an_official_one(purpose: str, facts: Facts) -> None:
    text = text_of(opened(purpose, facts))

    for part in ("TỈNH ỦY ĐỒNG NAI", "BAN TỔ CHỨC", "*", "ĐẢNG CỘNG SẢN VIỆT NAM", "Nơi nhận:", "- Lưu BTCTU."):
        assert f"\n{part}\n" in f"\n{text}\n"
    assert "Đồng Nai, ngày 05 tháng 02 năm 2024" in text
    assert "[[" not in text
    assert "{{" not in text


@pytest.mark.parametrize("purpose", DOCUMENTS)
def test_the_same_facts_give_the_same_bytes(purpose: str, facts: Facts) -> None:
    wording = render(purpose, facts)

    assert make_docx(purpose, facts, wording) == make_docx(purpose, facts, wording)


def test_nothing_in_a_file_tells_when_it_was_made(facts: Facts) -> None:
    made = make_docx("invitation", facts, render("invitation", facts))

    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert {entry.date_time[0] for entry in file.infolist()} == {1980}
        core = file.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {"2024-02-05T"}


def test_the_font_is_set_for_every_script_and_no_theme_overrides_it(facts: Facts) -> None:
    styles = opened("invitation", facts).styles.element.xml

    assert styles.count('w:cs="Times New Roman"') >= 2
    for slot in ("ascii", "hAnsi", "eastAsia"):
        assert f'w:{slot}="Times New Roman"' in styles
    assert "vi-VN" in styles


def test_a_notice_has_its_name_its_abstract_and_its_number(facts: Facts) -> None:
    text = text_of(opened("selection_notice", facts))

    assert "Số 125-TB/BTCTU" in text
    assert "\nTHÔNG BÁO\ndanh sách đảng ủy, chi bộ Tổ công tác của tỉnh dự, giám sát" in text
    assert "Kính gửi" not in text
    assert "Trân trọng." not in text


def test_a_letter_has_no_name_but_a_salutation_and_its_abstract_under_the_number(facts: Facts) -> None:
    text = text_of(opened("nomination_request", facts))

    assert "Số      -CV/BTCTU\nvề việc đề nghị thông báo danh sách" in text
    assert "CÔNG VĂN" not in text
    assert "Kính gửi: Ban Thường vụ Huyện ủy Nhơn Trạch" in text


def test_a_number_is_left_blank_until_the_clerk_gives_it(facts: Facts) -> None:
    facts["symbol"] = ""

    assert "Số      -TB/BTCTU" in text_of(opened("result_notice", facts))
    assert "Số 130-TB/BTCTU" in text_of(opened("result_notice", facts, symbol="130-TB/BTCTU"))


def test_an_invitation_does_not_take_the_number_of_the_notice(facts: Facts) -> None:
    assert "Số      -GM/BTCTU" in text_of(opened("invitation", facts))


def test_the_notice_has_a_table_of_meetings_and_a_checklist_appendix(facts: Facts) -> None:
    word = opened("selection_notice", facts)
    tables = {table.cell(0, 1).text: table for table in word.tables}

    meetings, checklist = tables["Tổ chức đảng"], tables["Nội dung giám sát"]
    assert [cell.text for cell in meetings.rows[1].cells] == [
        "01",
        "Chi bộ Trường THPT Nhơn Trạch (thuộc Đảng bộ Khối cơ quan huyện)",
        "Thường kỳ và chuyên đề (Nêu gương của cán bộ, đảng viên)",
        "7 giờ 30, thứ Ba, ngày 20/02/2024",
        "Phòng họp A, Trường THPT Nhơn Trạch",
    ]
    assert [row.cells[0].text for row in checklist.rows] == ["Mục", "II.2.a", "II.2.b"]
    assert "PHỤ LỤC" in text_of(word)


def test_no_document_prints_the_contact_of_a_meeting(facts: Facts, contact: str) -> None:
    for purpose in DOCUMENTS:
        assert contact not in text_of(opened(purpose, facts))


def test_the_deputy_signs_the_notice_and_the_group_its_report(facts: Facts) -> None:
    notice, report = text_of(opened("result_notice", facts)), text_of(opened("group_report", facts))

    assert "K/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\n\nPhạm Anh Dũng" in notice
    assert "T/M TỔ CÔNG TÁC\nTỔ TRƯỞNG" in report
    assert "Phạm Anh Dũng" not in report


def test_the_words_come_from_the_wording_and_not_from_the_form(facts: Facts) -> None:
    made = make_docx("invitation", facts, Wording("Giấy mời họp", "Một dòng.\n\nNơi nhận:\n- Như trên.\n"))

    text = text_of(Document(io.BytesIO(made)))
    assert "\nGIẤY MỜI\nhọp\n" in text
    assert "\nMột dòng.\n" in text


def test_hostile_facts_do_not_spoil_the_file(facts: Facts) -> None:
    facts |= {"invitee": "Văn phòng \x00\x0b\ud800\uffff <w:p> & 😀 \u202e", "signed": "\x01A"}

    assert "<w:p> & 😀" in text_of(opened("invitation", facts))


def test_a_missing_fact_is_refused(facts: Facts) -> None:
    wording = render("invitation", facts)
    del facts["plan"]

    with pytest.raises(Refused, match="plan"):
        make_docx("invitation", facts, wording)


def test_file_names_are_ascii_and_tell_visit_and_type() -> None:
    assert file_name("result_notice", "2024-02/nhon_trach") == "2024-02_nhon_trach_TB-ket-qua.docx"
    assert len({file_name(purpose, "2024-02/nhon_trach") for purpose in DOCUMENTS}) == len(DOCUMENTS)


def test_only_letters_that_exist_have_documents() -> None:
    assert set(DOCUMENTS) <= set(PURPOSES)
    with pytest.raises(KeyError):
        file_name("staff_task", "2024-02/nhon_trach")
