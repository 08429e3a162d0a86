"""Words that stood in letters and documents and must not come back, each held as a kind in every template."""

import re
from dataclasses import replace
from datetime import date

import pytest

from config.settings import ROOT
from domain.letters_and_documents import DOCUMENTS, Purpose
from domain.plan import LegalBasis, Participant, Plan
from letters.form.paper import Acts
from letters.form.plain_text import plain_text
from letters.wording import render
from planning.plan_file import read_plan

Facts = dict[str, object]
PLANS = ROOT / "config" / "plans"
ACTS = Acts("125-TB/BTCTU", date(2024, 2, 5))
#: What stood there once, with the reason in words.
WRONG = {
    r"văn bản số \d": "a document is cited by what it is",
    r"Văn bản này đồng thời": "the signer is the leader who would get the copy",
    r"sẽ được nêu tên": "no threat",
    r"đảng ủy không thay được": "say what the plan asks for",
    r"kính mời (Đại diện|Đồng chí)": "a description has no capital inside a sentence",
    r"- Thường trực Tỉnh ủy\.": "R54: the body is invited, by “Mời đồng chí …”",
    r"\d %": "no blank before a percent sign",
    r"(?m)^[1-9]\d?\. Đảng bộ (huyện|thành phố)": "a month is no list number",
    r"nội dung thông báo trước": "name the notice that is replaced",
    r"trước ngày \d": "the last day itself: “chậm nhất ngày …”",
    r"Kiến nghị \d": "“Kiến nghị số 1”",
    r"[Tt]háng 0\d(?!/| năm)": "a month by itself is “Tháng 2”; “02” goes with its year",
    r"đề nghị đề cử|khép|khám dịch vụ": "nobody is nominated for an office, and nothing is shut",
}
#: Citations: `D14` writes its own, and is looked at where it is written.
CITED = re.compile(r"\d+-\w+/\w+ ngày \d")


def whole(purpose: str, facts: Facts) -> str:
    wording = render(purpose, facts, acts=ACTS)
    return "\n".join((wording.subject, wording.body, plain_text(wording.paper) if wording.paper else ""))


@pytest.fixture
def invited(facts: Facts) -> Facts:
    """With the first participant as the plan of 2024 lists it, changes, and everything overdue."""
    plan = facts["plan"]
    assert isinstance(plan, Plan)
    first = Participant("R54", "province", "Thường trực Tỉnh ủy", True, "x", "Mời đồng chí Thường trực Tỉnh ủy")
    decision = LegalBasis("12-QĐ/BTCTU", date(2024, 1, 5), "Ban Tổ chức Tỉnh ủy", "thành lập Tổ công tác", "Quyết định")
    changed = replace(plan, participants=(first, *plan.participants[1:]), group_decision=decision)
    return facts | {"plan": changed, "changes": ("Chuyển sang 14 giờ 00, ngày 22/02/2024",)}


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("days_left", [-5, 0, 5])
def test_no_letter_has_words_that_were_put_right(purpose: str, days_left: int, invited: Facts) -> None:
    text = whole(purpose, invited | {"days_left": days_left, "overdue": days_left < 0})

    assert {wrong: why for wrong, why in WRONG.items() if re.search(wrong, text)} == {}
    if purpose != Purpose.ANNUAL_REPORT:
        assert not CITED.search(text)


@pytest.mark.parametrize("purpose", DOCUMENTS)
@pytest.mark.parametrize("overdue", [True, False])
def test_the_abstract_of_a_document_has_no_brackets_and_that_of_a_letter_asks(
    purpose: str, overdue: bool, invited: Facts
) -> None:
    """F12, F13: “về việc đề nghị …”."""
    paper = render(purpose, invited | {"overdue": overdue}, acts=ACTS).paper
    assert paper is not None

    assert "(" not in paper.abstract
    assert paper.type_name or paper.abstract.startswith("đề nghị ")


def test_a_changed_notice_names_the_notice_that_it_replaces(invited: Facts) -> None:
    assert "thay thế Thông báo số 125-TB/BTCTU, ngày 05/02/2024." in whole("selection_notice", invited)


def test_a_reminder_of_recommendations_cites_their_notice_and_numbers_them_by_name(facts: Facts) -> None:
    text = whole("remedy_reminder", facts)

    assert "đã có Thông báo số 130-TB/BTCTU, ngày 01/3/2024 về kết quả dự, giám sát" in text
    assert "Kiến nghị số 1: Bổ sung" in text


def test_a_list_without_a_thematic_cell_is_asked_for_again_by_a_day(facts: Facts) -> None:
    body = render("nomination_incomplete", facts | {"due": date(2024, 1, 12)}).body

    assert "trong đó có ít nhất 01 chi bộ tổ chức sinh hoạt chuyên đề" in body
    assert "chậm nhất là ngày 12 tháng 01 năm 2024" in body


def test_a_report_is_sent_back_with_the_last_day_itself(facts: Facts) -> None:
    body = render("self_report_returned", facts | {"due": date(2024, 12, 16)}).body

    assert "\nNgày 25/01/2024, Ban Tổ chức Tỉnh ủy nhận được báo cáo số 88-BC/HU" in body
    assert "chậm nhất ngày 16 tháng 12 năm 2024" in body


def test_an_invitation_says_whom_to_ask_and_by_which_telephone(facts: Facts) -> None:
    """D6."""
    assert "đồng chí Nguyễn Văn Ví Dụ, Phòng Tổ chức đảng - Đảng viên" in whole("invitation", facts)
    assert "điện thoại 0251.000.0000." in whole("invitation", facts)


def test_a_name_keeps_its_capital_inside_a_sentence(facts: Facts) -> None:
    assert "kính mời đại diện lãnh đạo Văn phòng Tỉnh ủy dự" in whole("invitation", facts)
    assert "kính mời Thường trực Tỉnh ủy dự" in whole("invitation", facts | {"invitee": "Thường trực Tỉnh ủy"})


def test_the_plan_s_mail_is_called_a_plan_and_its_months_are_months(facts: Facts) -> None:
    wording = render("annual_plan", facts, acts=ACTS)

    assert "Kế hoạch dự, giám sát sinh hoạt" in wording.subject
    assert "Tháng 2: Đảng bộ huyện Nhơn Trạch" in wording.body


@pytest.mark.parametrize(("purpose", "kind"), [("annual_plan", "Kế hoạch"), ("selection_notice", "Thông báo")])
def test_an_appendix_says_which_document_it_goes_with(purpose: str, kind: str, facts: Facts) -> None:
    issued, draft = render(purpose, facts, acts=ACTS).paper, render(purpose, facts).paper
    assert issued is not None
    assert draft is not None

    said = f"(Kèm theo {kind} số 125-TB/BTCTU, ngày 05 tháng 02 năm 2024 của Ban Tổ chức Tỉnh ủy)"
    assert said in plain_text(issued).partition("PHỤ LỤC")[2]
    assert f"(Kèm theo {kind} số      -" in plain_text(draft)


@pytest.mark.parametrize("year", ["2024", "2026-vi-du"])
def test_the_shipped_plans_cite_documents_by_what_they_are_and_invite_the_standing_body(year: str) -> None:
    """D0: “Thực hiện Hướng dẫn số 12-HD/BTCTW, ngày … và Kế hoạch số …”; R54."""
    plan, _ = read_plan(PLANS / f"{year}.yaml")
    said = whole("annual_plan", {
        "plan": plan, "unit": plan.units[0], "month_year": "02/2024", "today": plan.issued, "visit": "2024/ke-hoach",
        "rounds": (), "reports": (), "recipients": ("Lưu",), "addressee": "x", "attached": "",
    })  # fmt: skip

    for basis in plan.legal_bases:
        assert re.search(rf"(Chỉ thị|Hướng dẫn|Kế hoạch|Quy định|Nghị quyết|Kết luận) số {basis.symbol}, ngày \d", said)
    assert "- Mời đồng chí Thường trực Tỉnh ủy." in said
    assert {wrong: why for wrong, why in WRONG.items() if re.search(wrong, said)} == {}
    assert not CITED.search(said)


def test_units_are_asked_for_their_report_by_the_last_day_itself_and_threatened_with_nothing(facts: Facts) -> None:
    """D12."""
    due = facts | {"due": date(2024, 12, 16), "overdue": True}

    assert "chậm nhất ngày 16 tháng 12 năm 2024" in whole("year_end_request", due)
    assert "Ban Tổ chức Tỉnh ủy sẽ tổng hợp, báo cáo Ban Thường vụ Tỉnh ủy." in whole("year_end_reminder", due)


def test_a_mail_names_every_file_that_it_brings(facts: Facts) -> None:
    for purpose in Purpose:
        body = whole(purpose, facts | {"attached": "a.docx; a.pdf; mau.xlsx"})
        assert body.count("Văn bản gửi kèm thư này: a.docx; a.pdf; mau.xlsx.") == 1, purpose
