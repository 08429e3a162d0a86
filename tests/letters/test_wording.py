"""Every letter reads as an official letter should."""

import re
import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from domain.findings import Findings, ItemResult
from domain.letters_and_documents import DOCUMENTS, Purpose
from domain.plan import Plan
from domain.structure import Structure
from domain.text import tone_styles
from letters.form.paper import Acts
from letters.form.plain_text import plain_text
from letters.wording import TEMPLATES, Wording, render, write_paper

Facts = dict[str, object]
COMMON = ("plan", "unit", "month_year", "today", "visit", "addressee", "attached")


def whole(wording: Wording) -> str:
    return "\n".join((wording.subject, wording.body, plain_text(wording.paper) if wording.paper else ""))


@pytest.mark.parametrize("purpose", Purpose)
def test_every_letter_is_clean_vietnamese(purpose: str, facts: Facts) -> None:
    wording = render(purpose, facts)
    text = whole(wording)

    assert unicodedata.is_normalized("NFC", text)
    assert tone_styles(text) <= {"old"}
    assert not re.search(r"\{\{|\{%|\*\*|##|None|V/v|[\ue000-\uf8ff]|&(amp|lt|gt|#)", text)
    assert not re.search(r"[ \t]$", wording.body, re.MULTILINE)
    assert not re.search(r"\S  +\S", wording.body)
    assert not re.search(r";\S", text)
    assert "\n\n\n" not in text


@pytest.mark.parametrize("purpose", Purpose)
def test_every_letter_is_content_with_the_facts_that_are_its_own(purpose: str, facts: Facts) -> None:
    of_documents = ("recipients",) if purpose in DOCUMENTS else ()
    own = {name: facts[name] for name in (*COMMON, *of_documents, *Purpose(purpose).facts)}

    assert render(purpose, own) == render(purpose, facts)


@pytest.mark.parametrize("purpose", Purpose)
def test_every_mail_greets_first_and_closes_politely(purpose: str, facts: Facts) -> None:
    for acts in (None, Acts("125-TB/BTCTU", date(2024, 2, 5))):
        body = render(purpose, facts, acts=acts).body

        assert body.startswith("Kính gửi")
        assert "\nTrân trọng.\n" in body


@pytest.mark.parametrize("purpose", Purpose)
def test_every_subject_is_one_line_with_an_ascii_tag(purpose: str, facts: Facts) -> None:
    subject = render(purpose, facts).subject

    assert subject.startswith("[KH73/2024][T02] ")
    assert "\n" not in subject


@pytest.mark.parametrize("purpose", Purpose)
def test_no_letter_prints_the_contact_of_a_meeting(purpose: str, restricted: Facts, contact: str) -> None:
    text = whole(render(purpose, restricted))

    assert contact not in text
    assert "0900" not in text


@pytest.mark.parametrize("purpose", DOCUMENTS)
def test_a_letter_without_a_number_says_its_document_and_one_with_a_number_shows_its_head(
    purpose: str, facts: Facts
) -> None:
    named = facts | {"attached": "2024-02_nhon_trach.docx"}
    drafted, issued = render(purpose, named), render(purpose, named, acts=Acts("125-TB/BTCTU", date(2024, 2, 5)))

    assert drafted.paper == write_paper(purpose, facts)
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" not in drafted.body
    assert "Văn bản gửi kèm thư này: 2024-02_nhon_trach.docx." in drafted.body
    for part in ("ĐẢNG CỘNG SẢN VIỆT NAM", "\nSố 125-TB/BTCTU\n", "ngày 05 tháng 02 năm 2024", "\nNơi nhận:\n"):
        assert part in issued.body


def test_a_host_of_the_armed_forces_is_asked_to_mail_no_personal_data(facts: Facts, restricted: Facts) -> None:
    request = "Đề nghị không gửi họ tên"

    assert request in render("nomination_request", restricted).body
    assert request not in render("nomination_request", facts).body


def test_the_request_says_what_the_plan_says(facts: Facts) -> None:
    body = render("nomination_request", facts | {"due": date(2024, 1, 17), "first_in_time": date(2024, 2, 16)}).body

    assert "Kế hoạch số 73-KH/BTCTU, ngày 03/01/2024 của Ban Tổ chức Tỉnh ủy về dự, giám sát" in body
    assert "ít nhất 01 chi bộ tổ chức sinh hoạt chuyên đề" in body
    assert "(qua Phòng Tổ chức đảng - Đảng viên) trước 30 ngày tính đến ngày" in body
    assert "chậm nhất là ngày 17 tháng 01 năm 2024." in body
    assert "các buổi sinh hoạt từ ngày 16/02/2024 trở đi được báo trước đủ 30 ngày" in body  # A5


def test_a_request_that_leaves_no_meeting_in_time_says_what_is_asked_instead(facts: Facts) -> None:
    body = render("nomination_request", facts | {"due": date(2024, 2, 8), "first_in_time": None}).body

    assert "tháng 02/2024 không còn buổi sinh hoạt nào được báo trước đủ 30 ngày" in body
    assert "vẫn gửi danh sách các buổi sinh hoạt sẽ tổ chức trong tháng" in body


def test_a_request_later_than_the_plan_says_which_day_it_replaces(facts: Facts) -> None:
    late = facts | {"due": date(2024, 1, 24), "instead_of": date(2024, 1, 17)}

    assert (
        "ngày 24 tháng 01 năm 2024 (thay cho ngày 17/01/2024 ghi trong lịch" in render("nomination_request", late).body
    )


def test_a_request_in_good_time_does_not_speak_of_lateness(facts: Facts) -> None:
    in_time = {"today": date(2023, 12, 1), "first_in_time": date(2024, 2, 1), "tight": False}
    body = render("nomination_request", facts | in_time).body

    assert "sớm nhất" not in body


@pytest.mark.parametrize(("days_left", "expected"), [(7, "(còn 7 ngày)"), (0, "là ngày cuối"), (-5, "quá hạn 5 ngày")])
@pytest.mark.parametrize("purpose", ["nomination_reminder", "findings_reminder", "year_end_reminder"])
def test_reminders_count_the_days_in_words(purpose: str, days_left: int, expected: str, facts: Facts) -> None:
    facts |= {"days_left": days_left, "overdue": days_left < 0}

    assert expected in render(purpose, facts).body


def test_a_late_list_names_the_days_of_delay(facts: Facts) -> None:
    assert "Trễ hạn: 4 ngày" in render("late_nomination", facts).body


def test_a_changed_notice_says_what_has_changed(facts: Facts) -> None:
    changed = facts | {"changes": ("Chuyển sang 14 giờ 00, ngày 22/02/2024",)}

    for purpose in ("selection_notice", "invitation"):
        wording = render(purpose, changed)
        assert "điều chỉnh" in wording.subject
        assert "- Chuyển sang 14 giờ 00, ngày 22/02/2024." in wording.body
        assert "điều chỉnh" not in whole(render(purpose, facts))


def test_the_notice_has_every_participant_and_every_checklist_item_in_its_appendix(facts: Facts) -> None:
    text = whole(render("selection_notice", facts))

    for word in ("Thường trực Tỉnh ủy", "Thường trực cấp ủy", "PHỤ LỤC", "II.2.a", "II.2.b", "Sổ biên bản họp"):
        assert word in text


def test_the_report_gives_a_result_for_every_checklist_item(facts: Facts) -> None:
    body = render("group_report", facts).body

    assert "II.2.a. Biên bản họp cấp ủy, đảng ủy, chi bộ\n   - Kết quả: Đạt\n" in body
    assert "   - Kết quả: Đạt một phần\n   - Nhận xét: ghi chưa đầy đủ số phiếu biểu quyết (hạn chế 1)\n" in body


def test_the_result_notice_names_who_mends_what_by_when(facts: Facts) -> None:
    body = render("result_notice", facts).body

    assert (
        body.index("I- ƯU ĐIỂM") < body.index("II- HẠN CHẾ") < body.index("III- KIẾN NGHỊ") < body.index("IV- KHÓ KHĂN")
    )
    assert "   - Nơi thực hiện: Chi ủy Chi bộ Trường THPT Nhơn Trạch\n   - Thời hạn: 15/4/2024\n" in body


def test_a_result_notice_without_limitations_reads_honestly(facts: Facts) -> None:
    assert isinstance(facts["findings"], Findings)
    items = tuple(replace(item, result=ItemResult.MET) for item in facts["findings"].items)
    findings = replace(facts["findings"], items=items, limitations=(), recommendations=(), difficulties=())

    body = render("result_notice", facts | {"findings": findings}).body

    assert "chưa phát hiện hạn chế, tồn tại" in body
    assert "IV-" not in body


def test_the_annual_report_names_who_was_late_who_is_missing_and_what_was_not_held(facts: Facts) -> None:
    body = render("annual_report", facts).body

    assert "Đợt không tổ chức: Đảng bộ huyện Cẩm Mỹ (bận diễn tập).\n" in body
    late = "Đảng bộ huyện Nhơn Trạch (01/02 buổi); Đảng bộ huyện Cẩm Mỹ (bận diễn tập)"
    assert f"Đơn vị gửi danh sách trễ hạn: {late}.\n" in body
    assert "Đơn vị báo cáo trễ hạn: Đảng bộ huyện Trảng Bom.\n" in body
    assert "Đơn vị chưa báo cáo: Đảng bộ huyện Vĩnh Cửu.\n" in body


def test_a_cancelled_visit_without_meetings_lists_none(facts: Facts) -> None:
    assert "sau đây" not in render("visit_cancelled", facts | {"meetings": ()}).body


def test_the_tag_of_the_subject_is_ascii_whatever_the_type(facts: Facts) -> None:
    assert isinstance(facts["plan"], Plan)
    plan = replace(facts["plan"], type_code="ĐA", number=5)

    assert render("invitation", facts | {"plan": plan}).subject.startswith("[DA05/2024][T02] ")


def test_each_purpose_has_its_folder_and_each_folder_its_purpose() -> None:
    folders = {path.parent.name for path in TEMPLATES.glob("*/body.txt")}

    assert folders == set(Purpose)


@pytest.mark.parametrize("purpose", ["nomination_request", "year_end_request"])
def test_an_official_letter_to_several_names_each_and_one_to_many_has_a_list_behind_it(
    purpose: str, facts: Facts
) -> None:
    """F14: one addressee a line; a province of a hundred communes would fill the first page."""
    facts |= {"recipients": ("Như trên", "Ban Tổ chức các cấp ủy nêu trên", "LĐB", "Lưu BTCTU")}
    two = write_paper(purpose, facts | {"boards": ["Ban Thường vụ Huyện ủy A", "Ban Thường vụ Thành ủy B"]})
    many = write_paper(
        purpose, facts | {"boards": [f"Ban Thường vụ Đảng ủy xã số {number}" for number in range(1, 21)]}
    )

    assert two.addressees == ("Ban Thường vụ Huyện ủy A", "Ban Thường vụ Thành ủy B")
    assert "đề nghị Ban Thường vụ các cấp ủy nêu trên" in plain_text(two)
    assert two.appendix is None
    assert many.addressees == ("Ban Thường vụ các cấp ủy trực thuộc tỉnh (theo danh sách kèm theo)",)
    assert many.appendix is not None
    assert "20. Ban Thường vụ Đảng ủy xã số 20" in plain_text(many)
    assert "Nhơn Trạch" not in plain_text(many), "no unit stands for the others"


@pytest.mark.parametrize("purpose", [Purpose.GROUP_NOTICE, Purpose.GROUP_CANCELLED])
def test_the_group_is_called_as_the_plan_s_own_level_is(purpose: str, facts: Facts) -> None:
    """A province that became a city has no group of the province."""
    plan = facts["plan"]
    assert isinstance(plan, Plan)
    city = replace(plan, structure=Structure(upper="thành phố", committee="Thành ủy"))
    body = render(purpose, facts | {"plan": city}).body

    assert "Tổ công tác của thành phố" in body
    assert "Tổ công tác của tỉnh" not in body
