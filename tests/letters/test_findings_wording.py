"""What papers say of limitations follows from the items, and no two of their sentences disagree (R15, R53)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from domain.annual import Grouped
from domain.findings import Findings, ItemFinding, ItemResult, Recommendation
from domain.item_lines import ItemLine
from domain.plan import LegalBasis
from letters.wording import render

Facts = dict[str, object]
Say = Callable[..., str]

NOTHING_FOUND = "Qua dự, giám sát chưa phát hiện hạn chế, tồn tại."
MET = (ItemFinding("R19", ItemResult.MET), ItemFinding("R20", ItemResult.MET))
FAULT = ItemFinding("R20", ItemResult.NOT_MET, "chưa lập sổ")
UNSEEN = ItemFinding("R20", ItemResult.NOT_EXAMINED)


@pytest.fixture(params=["group_report", "result_notice"])
def say(request: pytest.FixtureRequest, facts: Facts) -> Say:
    """The words of that document about findings that are ordinary but for what is named."""

    def words(**changes: object) -> str:
        assert isinstance(facts["findings"], Findings)
        clean = replace(facts["findings"], items=MET, limitations=(), recommendations=(), difficulties=())
        return render(request.param, facts | {"findings": replace(clean, **changes)}).body  # type: ignore[arg-type]

    return words


def test_nothing_was_found_is_said_of_items_that_are_met_only(say: Say) -> None:
    assert NOTHING_FOUND in say()
    assert "khắc phục" not in say()
    assert "kiến nghị đúng thời hạn" not in say()


def test_limitations_without_recommendations_are_to_be_mended_and_no_recommendation_is_spoken_of(say: Say) -> None:
    text = say(items=(MET[0], replace(FAULT, limitations=(1,))), limitations=("Chưa lập sổ nghị quyết",))

    assert "1. Chưa lập sổ nghị quyết." in text
    assert "chủ động đề ra giải pháp, khắc phục hạn chế, tồn tại đã nêu" in text
    assert "chưa phát hiện" not in text
    assert "kiến nghị đúng thời hạn" not in text


def test_what_nobody_looked_at_is_named_and_nothing_is_said_of_it(say: Say) -> None:
    text = say(items=(MET[0], UNSEEN))

    assert "Đối với các nội dung đã xem xét, chưa phát hiện hạn chế, tồn tại." in text
    assert "Các nội dung chưa xem xét:\n\n- Sổ nghị quyết." in text
    assert NOTHING_FOUND not in text


def test_what_was_lacking_and_is_no_limitation_is_told_with_its_reason(say: Say) -> None:
    text = say(items=(MET[0], replace(FAULT, no_limitation="Chi bộ mới thành lập")))

    assert "- Sổ nghị quyết: chưa lập sổ (lý do: chi bộ mới thành lập)." in text
    assert "chưa phát hiện" not in text


def test_a_gap_in_older_findings_is_named_and_not_covered(say: Say) -> None:
    text = say(items=(MET[0], FAULT), rules=1)

    assert "chưa được nêu thành hạn chế cụ thể:\n\n- Sổ nghị quyết: chưa lập sổ." in text
    assert "chưa phát hiện" not in text
    assert "giữ vững nền nếp" not in text


def test_older_findings_in_which_nothing_was_considered_say_so(say: Say) -> None:
    text = say(items=(replace(UNSEEN, item="R19"), UNSEEN), rules=1)

    assert "Chưa xem xét nội dung giám sát nào nên chưa có cơ sở nhận xét về hạn chế, tồn tại." in text
    assert "chưa phát hiện" not in text
    assert "giữ vững nền nếp" not in text


def test_causes_what_is_urgent_and_who_sees_to_it_are_told(say: Say) -> None:
    asked = Recommendation(1, "Lập sổ", "Chi ủy", date(2024, 4, 1), urgent=True, followed_by="Ban Tổ chức Huyện ủy")
    text = say(
        items=(MET[0], replace(FAULT, limitations=(1,))), limitations=("Chưa lập sổ",),
        causes=("Thư ký mới nhận việc",), recommendations=(asked,),
    )  # fmt: skip

    assert "Nguyên nhân:\n\n- Thư ký mới nhận việc." in text
    assert "Nơi thực hiện: Chi ủy; theo dõi, đôn đốc: Ban Tổ chức Huyện ủy" in text
    assert "Thời hạn: Làm ngay, chậm nhất 01/4/2024" in text


@pytest.mark.parametrize(("restricted", "told"), [(False, True), (True, False)])
def test_who_came_is_told_and_no_name_goes_to_the_armed_forces(facts: Facts, restricted: bool, told: bool) -> None:
    """A20, P3: absences and numbers are no personal data, names are."""
    facts |= {"unit": replace(facts["unit"], restricted=restricted)}  # type: ignore[type-var]

    notice = render("result_notice", facts).body

    assert "31/35 đảng viên; vắng: 03 ốm, 01 đi công tác" in notice
    assert "từ 7 giờ 30 đến 9 giờ 10 (100 phút); đã thông qua nghị quyết; chất lượng sinh hoạt xếp loại “Tốt”" in notice
    assert "Thành phần dự: không ghi" in notice, "of the second meeting nobody wrote it down"
    assert ("Nguyễn Văn Chủ" in notice, "cùng dự" in notice) == (told, told)
    assert "Nguyễn Văn Chủ" in render("group_report", facts).body


def test_the_report_names_its_group_and_the_notice_cites_report_and_decision(facts: Facts) -> None:
    """A19, D9, D10."""
    decision = LegalBasis("12-QĐ/BTCTU", date(2024, 1, 5), "Ban Tổ chức Tỉnh ủy", "Thành lập Tổ công tác")
    facts |= {"plan": replace(facts["plan"], group_decision=decision)}  # type: ignore[type-var]
    cited = "Quyết định số 12-QĐ/BTCTU, ngày 05/01/2024 của Ban Tổ chức Tỉnh ủy về thành lập Tổ công tác"

    report, notice = render("group_report", facts).body, render("result_notice", facts).body

    assert "02 đồng chí: Phạm Thị Thí Dụ (tổ trưởng), Ngô Văn Mẫu, thành lập theo " + cited in report
    assert f"Căn cứ {cited};" in notice
    assert "Căn cứ Báo cáo số 01-BC/TCT, ngày 26/02/2024 của Tổ công tác của tỉnh về kết quả" in notice


def test_one_body_is_not_spoken_of_as_several(facts: Facts) -> None:
    meetings = facts["meetings"]
    assert isinstance(meetings, tuple)
    assert "các tổ chức đảng nêu trên" in render("result_notice", facts).body
    assert "các tổ chức đảng nêu trên" not in render("result_notice", facts | {"meetings": meetings[:1]}).body


def test_the_annual_report_names_what_no_limitation_tells_and_what_no_round_looked_at(facts: Facts) -> None:
    summary = replace(
        facts["summary"],  # type: ignore[type-var]
        limitations=(), recommendations=(),
        items=(ItemLine("II.2.a", "Biên bản", not_met=1), ItemLine("II.2.b", "Sổ nghị quyết", not_examined=1)),
        excused=(Grouped("Sổ đảng phí: mới lập", ("Cẩm Mỹ",)),), unexplained=(Grouped("Biên bản", ("Tân Phú",)),),
    )  # fmt: skip

    body = render("annual_report", facts | {"summary": summary}).body

    assert "chưa phát hiện" not in body
    assert "Chưa ghi hạn chế, tồn tại cụ thể." in body
    assert "chưa được nêu thành hạn chế cụ thể:\n\n- Biên bản (Tân Phú)." in body
    assert "không coi là hạn chế, có lý do:\n\n- Sổ đảng phí: mới lập (Cẩm Mỹ)." in body
    assert "Các nội dung chưa xem xét trong cả năm:\n\n- Sổ nghị quyết (mục II.2.b)." in body


def test_the_annual_report_of_a_year_without_limitations_says_so(facts: Facts) -> None:
    clean = replace(
        facts["summary"], limitations=(), recommendations=(), items=(ItemLine("II.2.a", "Biên bản", met=2),)
    )  # type: ignore[type-var]

    assert NOTHING_FOUND in render("annual_report", facts | {"summary": clean}).body
