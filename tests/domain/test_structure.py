"""How a plan calls levels, committees and places: by the profile it names, as before where it names none (C8–C11)."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from domain.plan import Plan, Unit
from domain.structure import UNNAMED, Structure, UnitForm
from planning.plan_file import read_plan

PLANS = Path(__file__).parents[2] / "config" / "plans"
COMMUNE = Unit("phu_ly", "Đảng bộ xã Phú Lý", "commune", "Xã Phú Lý", "Ban Thường vụ Đảng ủy xã Phú Lý", "Đảng ủy")
TWO_LEVELS = Structure("hai-cap", units=(UnitForm("commune", place_word="Xã"), UnitForm("ward", place_word="Phường")))


def plan_of(year: str) -> Plan:
    plan, _ = read_plan(PLANS / f"{year}.yaml")
    assert plan
    return plan


@pytest.mark.parametrize(
    ("code", "place", "organ_code"),
    [
        ("nhon_trach", "Nhơn Trạch", "HU"), ("bien_hoa", "Biên Hòa", "ThU"),
        ("cong_an_tinh", "Đồng Nai", "ĐU"), ("cao_su_dong_nai", "Đồng Nai", "ĐU"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("named", [True, False], ids=["with a profile", "as before"])
def test_units_of_2024_write_from_their_own_place(code: str, place: str, organ_code: str, named: bool) -> None:
    plan = plan_of("2024") if named else replace(plan_of("2024"), structure=UNNAMED)
    unit = plan.unit(code)
    assert (plan.place_of(unit), plan.organ_code_of(unit), plan.host_level) == (
        place, organ_code, "Cấp huyện và tương đương",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("unit_type", "short_name", "place"),
    [
        ("commune", "Xã Phú Lý", "Phú Lý"), ("ward", "Phường Trấn Biên", "Trấn Biên"),
        ("ward", "Phường 1", "Phường 1"), ("ward", "Phường 2B", "Phường 2B"), ("commune", "Phú Lý", "Phú Lý"),
        ("armed_forces", "Công an tỉnh", "Đồng Nai"),
    ],
)  # fmt: skip
def test_a_commune_writes_from_its_own_place_and_not_from_the_province_s(
    unit_type: str, short_name: str, place: str
) -> None:
    """36-HD and 05-HD alike: a place is named without the word for its kind, save where its name is a number."""
    plan = replace(plan_of("2024"), structure=TWO_LEVELS)
    assert plan.place_of(replace(COMMUNE, unit_type=unit_type, short_name=short_name)) == place


def test_a_plan_without_a_profile_calls_its_hosts_by_the_kinds_of_its_units() -> None:
    communes = replace(plan_of("2026-vi-du"), structure=UNNAMED)
    assert communes.host_level == "Cấp xã và tương đương"
    assert communes.place_of(COMMUNE) == "Đồng Nai"


def test_a_profile_covers_the_years_of_its_days() -> None:
    until, since = Structure(valid_to=date(2025, 6, 30)), Structure(valid_from=date(2025, 7, 1))
    assert [until.covers(year) for year in (2024, 2025, 2026)] == [True, True, False]
    assert [since.covers(year) for year in (2024, 2025, 2026)] == [False, True, True]
    assert UNNAMED.covers(2024)


def test_a_profile_knows_its_kinds_of_units_and_without_one_any_will_do() -> None:
    assert (TWO_LEVELS.knows("commune"), TWO_LEVELS.knows("district"), UNNAMED.knows("commune")) == (True, False, True)
    assert TWO_LEVELS.form_of("enterprise") == UnitForm("enterprise", "Đảng ủy", "ĐU", "")
