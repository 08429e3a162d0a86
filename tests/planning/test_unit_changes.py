"""What came in the place of the units of 2024 is a file with sources; a draft of 2026 is made of it, and asks more."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from config.office_calendar import working_calendar
from domain.plan import Plan
from domain.plan_calendar import Pace
from domain.structure import Structure
from planning.next_year import next_year
from planning.plan_draft import Draft
from planning.plan_value import Looker, check_value
from planning.unit_changes import FOLDER, changes_for, read_unit_changes

FILE = FOLDER / "dong-nai-2025.yaml"


@pytest.fixture
def draft(plan: Plan) -> Draft:
    return next_year(plan, 2026, working_calendar((2025, 2026, 2027)))


def test_the_file_has_the_95_units_of_the_resolution_and_two_more() -> None:
    """1662/NQ-UBTVQH15: 72 communes and 23 wards."""
    kinds = Counter(unit.unit_type for unit in read_unit_changes(FILE).units)

    assert kinds == {"commune": 72, "ward": 23, "party_agencies": 1, "government_bloc": 1}


def test_each_code_and_each_name_stands_once() -> None:
    units = read_unit_changes(FILE).units

    assert len({unit.code for unit in units}) == len({unit.name for unit in units}) == len(units)


def test_every_unit_that_ended_has_heirs_and_each_heir_is_in_the_file() -> None:
    found = read_unit_changes(FILE)

    assert all(one.succeeded_by for one in found.ended)
    assert {code for one in found.ended for code in one.succeeded_by} <= {unit.code for unit in found.units}


def test_every_district_and_bloc_of_2024_is_answered_for(plan: Plan) -> None:
    ended = {one.code for one in read_unit_changes(FILE).ended}

    left = {unit.code for unit in plan.units} - ended
    assert left == {"cong_an_tinh", "quan_su_tinh", "cao_su_dong_nai"}


def test_names_are_called_by_their_kind() -> None:
    words = {"commune": "xã", "ward": "phường"}
    for unit in read_unit_changes(FILE).units:
        if word := words.get(unit.unit_type):
            assert unit.name.startswith(f"Đảng bộ {word} ")
            assert unit.standing_board == f"Ban Thường vụ Đảng ủy {unit.name.removeprefix('Đảng bộ ')}"
            assert unit.valid_from == date(2025, 7, 1)


def test_a_year_before_and_another_province_are_left_alone(plan: Plan) -> None:
    elsewhere = replace(plan, issuer=replace(plan.issuer, place="Cà Mau"))

    assert changes_for(plan, 2024) is None
    assert changes_for(elsewhere, 2026) is None
    assert changes_for(plan, 2026) is not None


def test_the_draft_of_2026_has_them_and_asks_nobody_about_what_is_known(draft: Draft) -> None:
    structure: Structure = draft.plan.structure

    assert len(draft.plan.units) == 100
    assert structure.name == "tinh-hai-cap"
    assert not any("Nhơn Trạch, hết ngày" in one.said for one in draft.decisions)
    assert any(
        line.startswith("bỏ Đảng bộ huyện Nhơn Trạch, hết ngày 30/6/2025; kế tục: Xã Đại") for line in draft.told
    )
    assert any("1662/NQ-UBTVQH15" in line for line in draft.told)


def test_what_no_source_says_is_among_the_decisions(draft: Draft) -> None:
    said = [one.said for one in draft.decisions if one.field == "units"]

    assert any("đối chiếu với danh sách đảng bộ trực thuộc" in one for one in said)
    assert any("Cao su Đồng Nai có còn" in one for one in said)
    assert any("12 năm mới hết lượt" in one.said for one in draft.decisions)


def test_the_year_of_the_change_has_the_old_units_and_the_new_ones_under_the_new_levels(plan: Plan) -> None:
    calendar = working_calendar((2024, 2025, 2026))
    coming = next_year(plan, 2025, calendar).plan

    found = check_value(coming, None, Looker(calendar, Pace(), 3))

    assert {"bien_hoa", "phuong_bien_hoa"} <= {unit.code for unit in coming.units}
    assert coming.structure.name == "tinh-hai-cap"
    assert not [one for one in found if not one.warning or "không có loại này" in one.fault]
