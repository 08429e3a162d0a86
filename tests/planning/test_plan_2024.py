"""The shipped plan says what the plan of 2024 says."""

import unicodedata
from datetime import date
from pathlib import Path

from domain.plan import Plan
from domain.text import tone_styles
from planning.plan_file import read_plan

SHIPPED = Path(__file__).parents[2] / "config" / "plans" / "2024.yaml"
TEXT = SHIPPED.read_text(encoding="utf-8")


def test_the_shipped_plan_has_only_the_warning_about_its_first_host() -> None:
    """A5: for a meeting on 01/02 the deadline was the day before the plan was signed."""
    shipped, problems = read_plan(SHIPPED)
    line = TEXT[: TEXT.index("{month: 2, unit: nhon_trach}")].count("\n") + 1
    assert shipped
    assert [(problem.place, problem.warning) for problem in problems] == [(f"{SHIPPED}:{line}", True)]
    assert "02/01/2024" in problems[0].fault


def test_the_head_of_the_plan_is_that_of_the_source(plan: Plan) -> None:
    """R1–R8, R63, R83, R84."""
    assert plan.symbol == "73-KH/BTCTU"
    assert plan.issued == date(2024, 1, 3)
    assert plan.title == "Dự, giám sát sinh hoạt thường kỳ của đảng ủy, chi bộ năm 2024"
    assert (plan.issuer.parent, plan.issuer.name) == ("TỈNH ỦY ĐỒNG NAI", "BAN TỔ CHỨC")
    assert (plan.issuer.place, plan.issuer.receiving_office) == ("Đồng Nai", "Phòng Tổ chức đảng - Đảng viên")
    assert (plan.signer.authority, plan.signer.name) == ("K/T TRƯỞNG BAN", "Phạm Anh Dũng")
    assert [(one.symbol, one.issued) for one in plan.legal_bases] == [
        ("12-HD/BTCTW", date(2018, 7, 6)),
        ("85-KH/TU", date(2008, 10, 15)),
    ]
    assert plan.format_profile == "hd36_2018"
    assert plan.term == "2020-2025"


def test_nine_hosts_in_nine_months_are_those_of_the_source(plan: Plan) -> None:
    """R40–R49."""
    assert {visit.month: plan.unit(visit.unit).name for visit in plan.visits} == {
        2: "Đảng bộ huyện Nhơn Trạch",
        3: "Đảng bộ Công an tỉnh",
        4: "Đảng bộ huyện Tân Phú",
        5: "Đảng bộ thành phố Biên Hòa",
        6: "Đảng bộ Tổng Công ty Cao su Đồng Nai",
        7: "Đảng bộ thành phố Long Khánh",
        8: "Đảng bộ huyện Thống Nhất",
        9: "Đảng bộ huyện Cẩm Mỹ",
        10: "Đảng bộ Quân sự tỉnh",
    }
    assert len(plan.visits) == 9


def test_the_seven_others_report_by_16_december(plan: Plan) -> None:
    """R66–R69, A11."""
    assert plan.self_supervising.due == date(2024, 12, 16)
    assert [plan.unit(code).short_name for code in plan.self_supervising.units] == [
        "Long Thành",
        "Trảng Bom",
        "Vĩnh Cửu",
        "Xuân Lộc",
        "Định Quán",
        "Khối Các cơ quan tỉnh",
        "Khối Doanh nghiệp tỉnh",
    ]


def test_all_sixteen_units_are_either_visited_or_report(plan: Plan) -> None:
    """R70."""
    hosts = {visit.unit for visit in plan.visits}
    remaining = set(plan.self_supervising.units)
    assert len(plan.units) == 16
    assert not hosts & remaining
    assert hosts | remaining == {unit.code for unit in plan.units}
    assert sum(unit.unit_type in ("district", "city") for unit in plan.units) == 11
    assert {unit.code for unit in plan.units if unit.restricted} == {"cong_an_tinh", "quan_su_tinh"}


def test_a_letter_addresses_the_standing_board_by_its_full_name(plan: Plan) -> None:
    """A9."""
    assert plan.unit("nhon_trach").standing_board == "Ban Thường vụ Huyện ủy Nhơn Trạch"
    assert plan.unit("bien_hoa").standing_board == "Ban Thường vụ Thành ủy Biên Hòa"
    assert plan.unit("quan_su_tinh").standing_board == "Ban Thường vụ Đảng ủy Quân sự tỉnh"


def test_the_checklist_has_the_23_items_of_section_two_and_the_electronic_handbook(plan: Plan) -> None:
    """R16–R38, and R11 by the place that names it: the signed plan has no line II.8."""
    assert [item.id for item in plan.checklist] == [*(f"R{number}" for number in range(16, 39)), "R11"]
    assert [item.code for item in plan.checklist][:4] == ["II.1.a", "II.1.b", "II.1.c", "II.2.a"]
    assert [item.code for item in plan.checklist][-2:] == ["II.7", "I.2"]
    assert all(item.text and item.evidence for item in plan.checklist)


def test_the_rules_are_those_of_the_source(plan: Plan) -> None:
    """R51, R62, A4."""
    rules = plan.rules
    assert (rules.nomination_days, rules.day_kind, rules.inclusive) == (30, "calendar", True)
    assert (rules.basis, rules.roll, rules.min_thematic_cells) == ("received", "none", 1)


def test_the_party_boards_are_the_four_of_2024(plan: Plan) -> None:
    """R54–R59, A17."""
    assert [body.contact for body in plan.invited()] == [
        "provincial_standing_body",
        "inspection_commission",
        "propaganda_board",
        "mass_mobilisation_board",
        "internal_affairs_board",
        "party_office",
    ]
    assert [one.id for one in plan.participants if not one.invited] == ["R57", "R58", "R59"]


def test_the_recipients_are_those_of_the_source_with_the_scan_mended(plan: Plan) -> None:
    """R77–R82, A10."""
    assert [one.id for one in plan.recipients] == [f"R{number}" for number in range(77, 83)]
    assert "LĐB" in [one.text for one in plan.recipients]


def test_the_shipped_plan_is_nfc_and_of_one_tone_style() -> None:
    """P8, P11."""
    assert unicodedata.is_normalized("NFC", TEXT)
    assert tone_styles(TEXT) == {"old"}
