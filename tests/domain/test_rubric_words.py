"""A score sheet in words: what a grade asks for beside its points, and how each criterion gets its points (4.5)."""

from decimal import Decimal

import pytest

from domain.rubric import Band, Cap, Case, Criterion, Fact, Grade, Group, Measure, NotApplicable, Rubric
from domain.rubric_words import gate, how, title_of

D = Decimal
RUBRIC = Rubric(
    "thu", 3, "Phiếu thử", "thử", ("regular", "thematic"), D(5), (Group("all", "Nội dung", D(5), ()),),
    (Grade("Kém", D(0)),),
    (Measure("members", "Số đảng viên"), Measure("present", "Có mặt"), Measure("speakers", "Ý kiến")),
    (Fact("absent", "Vắng không lý do"), Fact("guest", "Có cấp trên dự")),
)  # fmt: skip
POINTS = Criterion("content", "Nội dung", "points", D(5))
FULL = (Band(D(5), D(90)),)


def told(one: Criterion) -> list[str]:
    """With the names that the sheet gives."""
    return how(one, RUBRIC.named)


def test_the_title_of_a_sheet_says_its_version() -> None:
    assert title_of(RUBRIC) == "Phiếu thử, bản 3"


def test_a_grade_names_the_criteria_that_must_have_all_their_points() -> None:
    grade = Grade("Tốt", D(90), ("all", "absent"))
    assert gate(grade, RUBRIC.named) == "tối đa điểm: Nội dung, Vắng không lý do"
    assert gate(grade) == "tối đa điểm: all, absent"


def test_a_grade_without_a_gate_says_nothing_of_one() -> None:
    assert gate(Grade("Kém", D(0)), RUBRIC.named) == ""


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (Criterion("open", "Đúng lịch", "boolean", D(5)), "đạt hoặc không đạt"),
        (POINTS, "người chấm cho điểm"),
        (Criterion("remark", "Nhận xét", "info"), "chỉ ghi nhận, không tính điểm"),
        (Criterion("more", "Sáng tạo", "points", D(5), bonus=True), "người chấm cho điểm (điểm thưởng)"),
    ],
)
def test_a_criterion_without_bands_is_told_by_its_kind_alone(one: Criterion, said: str) -> None:
    assert told(one) == [said]


def test_bands_are_told_with_what_is_counted() -> None:
    one = Criterion("talk", "Phát biểu", "bands", D(5), measure="speakers", bands=(Band(D(5), D(3)),))
    assert told(one) == ["theo mức của một số đếm được: Ý kiến", "từ 3: 5"]
    assert how(one)[0] == "theo mức của một số đếm được: speakers"


def test_a_share_is_told_with_its_whole_and_in_per_cent() -> None:
    bands = (Band(D("4.5"), D(90), label="đông đủ"), Band(D(2), max=D(90)))
    one = Criterion("share", "Tỷ lệ dự", "ratio", D("4.5"), part="present", of="members", bands=bands, bonus=True)
    assert told(one) == [
        "theo mức của tỷ lệ phần trăm (điểm thưởng): Có mặt / Số đảng viên",
        "từ 90 %: 4,5 (đông đủ)",
        "dưới 90 %: 2",
    ]


@pytest.mark.parametrize(
    ("band", "said"),
    [
        (Band(D(5), D(40), True, D(50), False), "từ 40 đến dưới 50: 5"),
        (Band(D(5), D(40), True, D(50), True), "từ 40 đến 50: 5"),
        (Band(D(5), D(15), False, D(30), True), "trên 15 đến 30: 5"),
        (Band(D(5), D(15), False, D(30), False), "trên 15 đến dưới 30: 5"),
        (Band(D(5), D(90)), "từ 90: 5"),
        (Band(D(5), D(90), False), "trên 90: 5"),
        (Band(D(5), max=D(30)), "dưới 30: 5"),
        (Band(D(5), max=D(30), max_inclusive=True), "đến 30: 5"),
        (Band(D("0.5")), "mọi giá trị: 0,5"),
    ],
)
def test_a_band_is_said_as_people_write_it(band: Band, said: str) -> None:
    assert told(Criterion("talk", "Phát biểu", "bands", D(5), measure="speakers", bands=(band,)))[1:] == [said]


@pytest.mark.parametrize(
    ("kind", "unit"),
    [("bands", ""), ("ratio", " %")],
)
def test_cells_of_each_size_have_their_own_bands_below_them(kind: str, unit: str) -> None:
    """A case is called by its label, and by its sizes where it has none."""
    cases = (Case((Band(D(5), D(80)), Band(D(3), max=D(80))), max=D(30), label="chi bộ nhỏ"), Case(FULL, D(30)))
    one = Criterion("share", "Tỷ lệ dự", kind, D(5), case_by="members", cases=cases)
    assert told(one)[1:] == ["chi bộ nhỏ:", f"  từ 80{unit}: 5", f"  dưới 80{unit}: 3", "từ 30:", f"  từ 90{unit}: 5"]


def test_a_cap_names_the_fact_and_the_most_points_it_leaves() -> None:
    one = Criterion("talk", "Phát biểu", "points", D(5), caps=(Cap("absent", D("2.5")), Cap("guest", D(0))))
    assert told(one)[1:] == ["Vắng không lý do: nhiều nhất 2,5", "Có cấp trên dự: nhiều nhất 0"]


@pytest.mark.parametrize(
    ("when", "unless", "treat_as", "said"),
    [
        (("thematic",), (), "full", "chỉ khi chuyên đề; nếu không: tính đủ điểm"),
        (("guest",), (), "exclude", "chỉ khi Có cấp trên dự; nếu không: bỏ khỏi tổng điểm"),
        ((), ("absent",), "zero", "chỉ khi không có Vắng không lý do; nếu không: tính 0 điểm"),
        (
            ("regular", "guest"), ("absent",), "full",
            "chỉ khi thường kỳ, Có cấp trên dự, không có Vắng không lý do; nếu không: tính đủ điểm",
        ),
    ],
)  # fmt: skip
def test_a_criterion_that_does_not_always_apply_says_when_and_what_it_counts_otherwise(
    when: tuple[str, ...], unless: tuple[str, ...], treat_as: str, said: str
) -> None:
    one = Criterion(
        "content", "Nội dung", "points", D(5),
        applies_when=when, applies_unless=unless, not_applicable=NotApplicable(treat_as),
    )  # fmt: skip
    assert told(one)[1:] == [said]
