"""What stops a document before it is issued: every fault with its line, and nothing else (2.7)."""

from dataclasses import replace

import pytest

from domain.paper_check import check_recipients, check_wording
from domain.plan import Contacts, Plan

BASIS = "Căn cứ Kế hoạch số 73-KH/BTCTU ngày 03/01/2024 của Ban Tổ chức Tỉnh ủy;"


@pytest.fixture
def plan(shipped: tuple[Plan, Contacts]) -> Plan:
    """The plan of 2024."""
    return shipped[0]


def faults(plan: Plan, *lines: str, unit: str = "bien_hoa") -> list[str]:
    """What is said of a text that has its legal basis."""
    return [str(one) for one in check_wording([BASIS, *lines], plan, plan.unit(unit))]


def test_a_clean_text_has_no_fault(plan: Plan) -> None:
    assert faults(plan, "Chi bộ Trường THPT Mẫu, Thành ủy Biên Hòa, chuẩn bị chu đáo.") == []


def test_a_text_without_its_legal_basis_is_told_so(plan: Plan) -> None:
    """2.7 no. 1."""
    (problem,) = check_wording(["Thông báo kết quả."], plan, plan.unit("bien_hoa"))
    assert problem.fault == "không nêu Kế hoạch số 73-KH/BTCTU"


@pytest.mark.parametrize("name", ["Long Khánh", "Cẩm Mỹ", "Tân Phú"])
def test_the_name_of_another_unit_is_found_with_its_line(plan: Plan, name: str) -> None:
    """2.7 no. 3."""
    (fault,) = faults(plan, "Một dòng đúng.", f"Cấp ủy ({name}) đã làm tốt.")
    assert fault.startswith("dòng 3 (“Cấp ủy")
    assert f"có tên đơn vị khác: {name}" in fault


def test_another_placement_of_the_tone_mark_hides_no_name(plan: Plan) -> None:
    """P11: Biên Hoà is Biên Hòa."""
    assert any("Biên Hòa" in fault for fault in faults(plan, "Đã dự tại Biên Hoà.", unit="long_khanh"))


def test_a_common_word_is_no_name(plan: Plan) -> None:
    """Thống Nhất is a district, `thống nhất` means to agree."""
    assert faults(plan, "Hội nghị thống nhất các nội dung. Thống nhất cao.") == []
    assert faults(plan, "Tại huyện Thống Nhất.") != []


def test_a_name_inside_the_units_own_is_no_stranger(plan: Plan) -> None:
    own = replace(plan.unit("bien_hoa"), name="Đảng bộ liên cơ quan Long Khánh - Biên Hòa")
    assert list(check_wording([BASIS, "Tại Long Khánh."], plan, own)) == []


@pytest.mark.parametrize(
    "left", ["{{ unit }}", "{% if %}", "[[bảng]]", "Số lượng: ……", "Ngày ____ tháng", "Họ tên ....."]
)
def test_what_is_left_unfilled_is_found(plan: Plan, left: str) -> None:
    """6.7 no. 13."""
    assert any("còn chỗ chưa điền" in fault for fault in faults(plan, left))


def test_one_ellipsis_is_ordinary_writing(plan: Plan) -> None:
    assert faults(plan, "Tập trung dân chủ, tự phê bình và phê bình,… được chú ý.") == []


def test_two_ways_to_place_a_tone_mark_are_told_where_the_rarer_one_stands(plan: Plan) -> None:
    """2.7 no. 7."""
    (fault,) = faults(plan, "Thành ủy nêu.", "Đảng uỷ phường làm.", "Huyện ủy xem.")
    assert fault.startswith("dòng 3 ")
    assert "“uỷ” khác với “ủy”" in fault


# Recipients


def missing(*lines: str) -> list[str]:
    """What is said of a list of recipients."""
    required = ("Ban Thường vụ Thành ủy Biên Hòa", "LĐB", "Tổ công tác")
    return [one.fault for one in check_recipients(lines, required, ("Chi bộ Mẫu", "Đảng ủy Mẫu"))]


def test_all_recipients_are_there() -> None:
    """R53, R79."""
    board = "Ban Thường vụ Thành ủy Biên Hòa"
    assert missing(board, "Các tổ chức đảng được dự, giám sát", "LĐB", "Thành viên Tổ công tác", "Lưu BTCTU") == []
    assert missing(board, "Chi bộ Mẫu", "Đảng ủy Mẫu", "LĐB", "Tổ công tác", "Lưu BTCTU") == []


def test_each_missing_recipient_is_named() -> None:
    """2.7 no. 6."""
    assert missing("Chi bộ Mẫu", "LĐB", "Lưu BTCTU") == [
        "thiếu “Ban Thường vụ Thành ủy Biên Hòa”", "thiếu “Tổ công tác”", "thiếu “Đảng ủy Mẫu”",
    ]  # fmt: skip


def test_whoever_is_printed_and_gets_nothing_is_named() -> None:
    """F20: what stands under *Nơi nhận* is what is sent, and nothing more."""
    whole = ("Ban Thường vụ Thành ủy Biên Hòa", "LĐB", "Tổ công tác", "Chi bộ Mẫu, Đảng ủy Mẫu")
    assert missing(*whole, "Lưu BTCTU") == []
    assert missing(*whole, "Ban Dân vận Tỉnh ủy", "Lưu BTCTU") == [
        "“Ban Dân vận Tỉnh ủy” không có trong danh sách gửi, sẽ không được gửi"
    ]
    assert missing(*whole[:3], "Các tổ chức đảng được dự", "Lưu BTCTU") == []


def test_the_copy_that_is_kept_stands_last() -> None:
    """F20."""
    assert "dòng cuối không phải “Lưu …”" in missing("Lưu BTCTU", "LĐB")
    assert "dòng cuối không phải “Lưu …”" in missing()


@pytest.mark.parametrize(("length", "is_cut"), [(10, False), (59, False), (60, False), (61, True), (90, True)])
def test_a_line_is_shown_whole_up_to_sixty_letters_and_cut_beyond(plan: Plan, length: int, is_cut: bool) -> None:
    line = "[[bảng số liệu chi bộ]]".ljust(length, "a") if length > 30 else "[[bảng ]]a"
    (fault,) = faults(plan, "Một dòng đúng.", line)
    shown = f"{line[:59]}…" if is_cut else line
    assert fault.startswith(f"dòng 3 (“{shown}”): còn chỗ chưa điền: [[")
