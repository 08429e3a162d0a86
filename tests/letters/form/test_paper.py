"""A filled template becomes a document with every box in its place."""

from datetime import date

import pytest

from domain.plan import Plan
from domain.problem import Refused
from letters.form.blocks import Heading, Paragraph, Span, plain
from letters.form.markup import shield
from letters.form.paper import BLANK_DAY, Acts, Paper, make_paper, without_acts

Facts = dict[str, object]


@pytest.fixture
def plan(ordinary: Facts) -> Plan:
    assert isinstance(ordinary["plan"], Plan)
    return ordinary["plan"]


def test_a_draft_has_blanks_for_number_and_day(plan: Plan) -> None:
    paper = make_paper("result_notice", "Thông báo kết quả", "Chữ.", plan)

    assert paper.number == "Số      -TB/BTCTU"
    assert paper.place_and_day == f"Đồng Nai, {BLANK_DAY}"
    assert paper.stamps == ()


def test_people_add_number_day_and_stamps(plan: Plan) -> None:
    acts = Acts("07-TB/BTCTU", date(2024, 3, 5), "MẬT", "HỎA TỐC")
    paper = make_paper("result_notice", "Thông báo kết quả", "Chữ.", plan, acts)

    assert paper.number == "Số 07-TB/BTCTU"
    assert paper.place_and_day == "Đồng Nai, ngày 05 tháng 3 năm 2024"
    assert paper.stamps == ("MẬT", "HỎA TỐC")


def test_what_people_add_changes_nothing_that_is_approved(plan: Plan) -> None:
    acts = Acts("07-TB/BTCTU", date(2024, 3, 5), "MẬT", "HỎA TỐC")
    draft, issued = (make_paper("result_notice", "Thông báo kết quả", "Chữ.", plan, one) for one in (None, acts))

    assert draft != issued
    assert without_acts(draft) == without_acts(issued) == draft


@pytest.mark.parametrize(
    ("purpose", "subject", "abstract"),
    [
        ("result_notice", "Thông báo kết quả dự, giám sát", "kết quả dự, giám sát"),
        ("result_notice", "Kết quả dự, giám sát", "kết quả dự, giám sát"),
        ("nomination_request", "Đề nghị thông báo danh sách", "đề nghị thông báo danh sách"),
        ("nomination_request", "Thông báo kết quả", "thông báo kết quả"),
    ],
)
def test_the_abstract_is_the_subject_without_the_type(purpose: str, subject: str, abstract: str, plan: Plan) -> None:
    paper = make_paper(purpose, subject, "Chữ.", plan)

    assert paper.abstract == abstract
    assert paper.type_name == ("THÔNG BÁO" if purpose == "result_notice" else "")


def test_one_addressee_stands_on_the_line_and_several_below_it(plan: Plan) -> None:
    one = make_paper("nomination_request", "x", "Kính gửi: Ban Thường vụ\nChữ.", plan)
    several = make_paper("nomination_request", "x", "Kính gửi:\n- Ban A,\n- Ban B.\nChữ.\n- Ý.", plan)

    assert one.addressees == ("Ban Thường vụ",)
    assert one.body == (Paragraph((Span("Chữ."),)),)
    assert several.addressees == ("Ban A", "Ban B")
    assert len(several.body) == 2


def test_recipients_and_appendix_leave_the_body(plan: Plan) -> None:
    text = "I- MỤC\nChữ.\nNơi nhận:\n- Như trên,\n- Lưu BTCTU.\n# PHỤ LỤC\nDanh mục **tài liệu**\nChữ phụ lục."
    paper = make_paper("selection_notice", "x", text, plan)

    assert paper.body == (Heading(1, (Span("I- MỤC"),)), Paragraph((Span("Chữ."),)))
    assert paper.recipients == ("Như trên", "Lưu BTCTU")
    assert paper.appendix is not None
    assert plain(paper.appendix.title) == "Danh mục tài liệu"
    assert paper.appendix.blocks == (Paragraph((Span("Chữ phụ lục."),)),)


def test_a_fact_that_reads_like_a_box_is_no_box(plan: Plan) -> None:
    text = "\n".join(f"Về {shield(line)}" for line in ("Nơi nhận:", "# PHỤ LỤC", "---")) + f"\n{shield('# PHỤ LỤC')}"
    paper = make_paper("selection_notice", "x", text, plan)

    assert len(paper.body) == 4
    assert (paper.recipients, paper.appendix) == ((), None)


def test_a_body_may_say_who_issues_and_signs_it(plan: Plan) -> None:
    head = "cơ quan cấp trên: ĐẢNG BỘ TỈNH ĐỒNG NAI\nCơ quan: HUYỆN ỦY LONG THÀNH\nký hiệu: BC/HU\nđịa danh: Long Thành"
    signs = "quyền hạn ký: T/M BAN THƯỜNG VỤ\nchức vụ ký: BÍ THƯ"
    paper = make_paper("self_report", "x", f"---\n{head}\n{signs}\n---\nChữ.", plan)

    assert (paper.parent, paper.issuer) == ("ĐẢNG BỘ TỈNH ĐỒNG NAI", "HUYỆN ỦY LONG THÀNH")
    assert paper.number == "Số      -BC/HU"
    assert paper.place_and_day.startswith("Long Thành, ")
    assert (paper.signer.authority, paper.signer.title, paper.signer.name) == ("T/M BAN THƯỜNG VỤ", "BÍ THƯ", "")
    assert paper.body == (Paragraph((Span("Chữ."),)),)


def test_a_word_the_form_does_not_know_is_refused_by_its_line(plan: Plan) -> None:
    with pytest.raises(Refused, match="người ký: A"):
        make_paper("self_report", "x", "---\nngười ký: A\n---\nChữ.", plan)


def test_a_deputy_signs_for_the_head_and_the_group_s_report_is_signed_for_the_group(papers: dict[str, Paper]) -> None:
    notice, report = papers["result_notice"].signer, papers["group_report"].signer

    assert (notice.authority, notice.title, notice.name) == ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Phạm Anh Dũng")
    assert (report.authority, report.title, report.name) == ("T/M TỔ CÔNG TÁC", "TỔ TRƯỞNG", "Phạm Thị Thí Dụ")
