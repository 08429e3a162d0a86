"""A new year's plan from one that was: dates, units by validity, hosts in turn, and what people must still decide."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from config.office_calendar import working_calendar
from domain.plan import Plan, Unit
from planning.plan_draft import new_year
from planning.plan_file import read_plan
from planning.plan_yaml import plan_text, scalar

CALENDARS = {year: working_calendar((year - 1, year, year + 1)) for year in (2025, 2026, 2027)}
COMMUNE = Unit("xa_mau", "Đảng bộ xã Mẫu", "commune", "Xã Mẫu", "Ban Thường vụ Đảng ủy xã Mẫu", "Đảng ủy")


def said(plan: Plan, year: int, *newer: Unit, keep: bool = False) -> str:
    decisions = new_year(plan, year, CALENDARS[year], newer, keep=keep).decisions
    return "\n".join(f"{one.field}: {one.said}" for one in decisions)


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_a_new_plan_is_one_that_can_be_read(plan: Plan, tmp_path: Path, year: int) -> None:
    draft = new_year(plan, year, CALENDARS[year])
    path = tmp_path / f"{year}.yaml"
    path.write_text(plan_text(draft.plan, ["một dòng"], draft.notes), encoding="utf-8")
    read, problems = read_plan(path)
    assert read == draft.plan
    assert all(problem.warning for problem in problems)


def test_the_dates_of_a_new_plan_are_working_days_of_its_year(plan: Plan) -> None:
    """A13, A25: 01/01/2025 is a holiday; 16/12/2028 would be a Saturday."""
    draft = new_year(plan, 2025, CALENDARS[2025]).plan
    assert (draft.year, draft.issued, draft.self_supervising.due) == (2025, date(2025, 1, 2), date(2025, 12, 16))
    assert draft.title.endswith("năm 2025")
    late = new_year(replace(plan, self_supervising=replace(plan.self_supervising, due=date(2024, 12, 20))), 2025,
                    CALENDARS[2025])  # fmt: skip
    assert late.plan.self_supervising.due == date(2025, 12, 19)


def test_hosts_change_in_turn_and_every_unit_has_its_place(plan: Plan) -> None:
    """R49, R70: the seven that reported in 2024 come first, then the first hosts of 2024 again."""
    draft = new_year(plan, 2025, CALENDARS[2025], keep=False).plan
    by_month = {visit.month: visit.unit for visit in draft.visits}
    assert by_month[7] == "khoi_cac_co_quan_tinh"
    assert {visit.month for visit in draft.visits} <= {visit.month for visit in plan.visits}
    hosts = {visit.unit for visit in draft.visits}
    assert hosts | set(draft.self_supervising.units) == {unit.code for unit in plan.units}
    assert not hosts & set(draft.self_supervising.units)


def test_no_unit_is_visited_in_a_month_in_which_it_is_no_more(plan: Plan) -> None:
    """C8: from 01/7/2025 there are no districts; what is left hosts July and after, or the month stays open."""
    draft = new_year(plan, 2025, CALENDARS[2025])
    for visit in draft.plan.visits:
        assert draft.plan.unit(visit.unit).exists_on(date(2025, visit.month, 28))
    assert "units: Đảng bộ huyện Định Quán chỉ đến 30/6/2025" in said(plan, 2025)
    assert "tháng 10 chưa có đơn vị nào" in said(plan, 2026)  # five units are left for nine months


def test_hosts_can_be_kept(plan: Plan) -> None:
    lasting = replace(plan, units=tuple(replace(unit, valid_to=None) for unit in plan.units))
    kept = new_year(lasting, 2026, CALENDARS[2026], keep=True).plan
    assert kept.visits == plan.visits
    assert kept.self_supervising.units == plan.self_supervising.units


def test_a_unit_that_ended_makes_room_for_those_that_came_after_it(plan: Plan) -> None:
    """C8: units are never deleted from the old plan, only left out of the new one, and named."""
    units = tuple(
        replace(unit, succeeded_by=("xa_mau", "xa_hai")) if unit.code == "long_thanh" else unit for unit in plan.units
    )
    second = replace(COMMUNE, code="xa_hai", name="Đảng bộ xã Hai", valid_from=date(2025, 7, 1))
    draft = new_year(replace(plan, units=units), 2026, CALENDARS[2026], (COMMUNE, second))
    assert "long_thanh" not in {unit.code for unit in draft.plan.units}
    assert [(visit.month, visit.unit) for visit in draft.plan.visits][:2] == [(2, "xa_mau"), (3, "xa_hai")]
    told = "\n".join(one.said for one in draft.decisions)
    assert "bỏ Đảng bộ huyện Long Thành, hết ngày 30/6/2025; kế tục: Đảng bộ xã Mẫu, Đảng bộ xã Hai" in told
    assert "bỏ Đảng bộ huyện Nhơn Trạch, hết ngày 30/6/2025; chưa ghi đơn vị kế tục" in told
    assert "thêm 2 đơn vị mới" in told


def test_a_unit_that_comes_in_the_middle_of_the_year_hosts_only_afterwards(plan: Plan) -> None:
    only = replace(plan, units=(), self_supervising=replace(plan.self_supervising, units=()))
    late = replace(COMMUNE, valid_from=date(2026, 8, 15))
    draft = new_year(only, 2026, CALENDARS[2026], (late,))
    assert [(visit.month, visit.unit) for visit in draft.plan.visits] == [(9, "xa_mau")]


def test_what_a_person_must_decide_is_said_and_stands_in_the_file(plan: Plan) -> None:
    """C11, C12: number, date, signer, legal bases, the documents the checklist cites, the names of the boards."""
    told = said(plan, 2026)
    for field in ("number", "issued", "signer", "legal_bases", "term", "format_profile", "checklist", "participants"):
        assert f"{field}: " in told
    assert "12-HD/BTCTW, 85-KH/TU" in told
    assert "25-QĐi/TU" in told
    text = plan_text(new_year(plan, 2026, CALENDARS[2026]).plan, (), new_year(plan, 2026, CALENDARS[2026]).notes)
    assert "number: 73 # CẦN QUYẾT ĐỊNH: số kế hoạch; 73 là số của năm 2024" in text
    assert "  due: 2026-12-16 # CẦN QUYẾT ĐỊNH: hạn báo cáo" in text


def test_the_term_and_the_form_follow_the_year(plan: Plan) -> None:
    """F22, section 2.1."""
    assert [new_year(plan, year, CALENDARS[year]).plan.term for year in (2025, 2026, 2027)] == [
        "2020-2025",
        "2025-2030",
        "2025-2030",
    ]
    assert new_year(plan, 2025, CALENDARS[2025]).plan.format_profile == "hd36_2018"
    assert new_year(plan, 2026, CALENDARS[2026]).plan.format_profile == "hd05_2026"


def test_a_plan_of_a_year_that_was_is_written_and_read_back_equal(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "2024.yaml"
    path.write_text(plan_text(plan), encoding="utf-8")
    assert read_plan(path)[0] == plan


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Xã Mẫu 01", "Xã Mẫu 01"), ("12-HD/BTCTW", "12-HD/BTCTW"), ("2020-2025", '"2020-2025"'), ("", '""'),
        ("a: b", '"a: b"'), ("a # b", '"a # b"'), ("no", '"no"'), ("05", '"05"'), ("a, b", '"a, b"'), (True, "true"),
        (date(2026, 1, 5), "2026-01-05"), ("“Chi bộ”", '"“Chi bộ”"'),
    ],
)  # fmt: skip
def test_text_stands_in_quotes_where_the_file_would_take_it_for_something_else(
    value: str | bool | date, text: str
) -> None:
    assert scalar(value) == text
