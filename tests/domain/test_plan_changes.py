"""How two plans of one year differ, in the words of whoever replaces one by the other."""

from dataclasses import replace
from datetime import date

import pytest

from domain.plan import Plan, PlannedVisit
from domain.plan_changes import PARTS, plan_changes
from domain.record import to_data


def test_every_part_of_a_plan_has_a_name_for_people(plan: Plan) -> None:
    assert set(to_data(plan)) == set(PARTS)


def test_nothing_differs_from_itself(plan: Plan) -> None:
    assert plan_changes(plan, plan) == ()


def test_hosts_units_dates_and_the_rest_are_told_a_line_each(plan: Plan) -> None:
    moved = tuple(PlannedVisit(4, "bien_hoa") if one.unit == "bien_hoa" else one for one in plan.visits)
    renamed = tuple(replace(one, short_name="TP Biên Hòa") if one.code == "bien_hoa" else one for one in plan.units)
    reports = replace(plan.self_supervising, due=date(2024, 12, 20))

    after = replace(plan, number=80, visits=moved, units=renamed, self_supervising=reports)

    assert plan_changes(plan, after) == (
        "sửa đơn vị Đảng bộ thành phố Biên Hòa",
        "thêm: dự TP Biên Hòa tháng 4",
        "bỏ: dự Biên Hòa tháng 5",
        "hạn báo cáo tự giám sát: 16/12/2024 → 20/12/2024",
        "sửa số kế hoạch: 73 → 80",
    )


@pytest.mark.parametrize(("part", "value"), [("issuer", "place"), ("signer", "name")])
def test_what_has_parts_of_its_own_is_named_without_its_content(plan: Plan, part: str, value: str) -> None:
    after = replace(plan, **{part: replace(getattr(plan, part), **{value: "Khác"})})

    assert plan_changes(plan, after) == (f"sửa {PARTS[part]}",)


def test_units_that_come_and_go_and_days_that_change_are_told(plan: Plan) -> None:
    new = replace(plan.unit("bien_hoa"), code="moi", name="Đảng bộ xã Mới", short_name="Xã Mới")
    visits = tuple(
        replace(one, day=date(2024, 3, 5)) if one.month == 3 else one for one in plan.visits if one.unit != "bien_hoa"
    )
    units = (*(one for one in plan.units if one.code not in ("bien_hoa", "long_thanh")), new)
    reports = tuple(one for one in plan.self_supervising.units if one != "long_thanh")
    after = replace(
        plan, units=units, visits=visits, self_supervising=replace(plan.self_supervising, units=(*reports, "moi"))
    )

    assert plan_changes(plan, after) == (
        "thêm đơn vị Đảng bộ xã Mới",
        "bỏ đơn vị Đảng bộ thành phố Biên Hòa",
        "bỏ đơn vị Đảng bộ huyện Long Thành",
        "sửa: dự Công an tỉnh tháng 3",
        "bỏ: dự Biên Hòa tháng 5",
        "thêm tự giám sát: Xã Mới",
        "thôi tự giám sát: Long Thành",
    )


def test_what_had_no_parts_before_is_named_without_them(plan: Plan) -> None:
    after = replace(plan, group_decision=plan.legal_bases[0])

    assert plan_changes(plan, after) == plan_changes(after, plan) == ("sửa quyết định thành lập Tổ công tác",)
