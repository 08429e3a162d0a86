"""A plan that stands in no file is looked at by the rules of one that does, and each fault names its part in words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from config.office_calendar import working_calendar
from domain.plan import Contacts, Plan, PlannedVisit
from domain.plan_calendar import Pace
from planning.plan_file import read_plan
from planning.plan_value import Looker, check_value
from planning.plan_yaml import plan_text

PACE = Pace()
BY = Looker(working_calendar((2023, 2024, 2025)), PACE, 3)
Change = Callable[[Plan], Plan]


def stopping(plan: Plan) -> list[str]:
    return [f"{one.place}: {one.fault}" for one in check_value(plan, None, BY) if not one.warning]


def test_the_shipped_plan_has_no_fault(plan: Plan) -> None:
    assert stopping(plan) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda plan: replace(plan, number=0), "Số kế hoạch: “số kế hoạch” là 0"),
        (lambda plan: replace(plan, signer=replace(plan.signer, name="")), "Người ký, tên: “tên” để trống"),
        (lambda plan: replace(plan, units=()), "Đơn vị: kế hoạch không có đơn vị nào"),
        (lambda plan: replace(plan, visits=plan.visits[1:]), "Đơn vị, Nhơn Trạch, mã: “Nhơn Trạch” không có trong"),
        (lambda plan: replace(plan, visits=(*plan.visits, PlannedVisit(5, "bien_hoa"))), "“Biên Hòa” đã có tháng 5 ở"),
        (lambda plan: replace(plan, issued=date(2025, 3, 1)), "Ngày ký: ngày ký 01/3/2025 không thuộc năm 2024"),
    ],
)  # fmt: skip
def test_a_fault_names_its_part_as_people_call_it(plan: Plan, change: Change, said: str) -> None:
    assert any(said in one for one in stopping(change(plan))), stopping(change(plan))


def test_no_name_of_a_field_of_files_is_told(plan: Plan) -> None:
    broken = replace(plan, number=0, visits=plan.visits[2:], signer=replace(plan.signer, name="", title=""))

    told = " ".join(stopping(broken))
    assert not {"self_supervising", "visits", "units", "number", "signer"} & set(told.replace("“", " ").split())


def test_the_same_rules_count_as_for_a_file(plan: Plan, tmp_path: Path) -> None:
    """As many faults and doubts, of the same words but for the places."""
    path = tmp_path / "2024.yaml"
    path.write_text(plan_text(plan), encoding="utf-8")
    _plan, of_file = read_plan(path)

    own = [one.fault for one in check_value(plan, None, BY)]

    assert {one.fault for one in of_file} <= set(own)


def test_what_the_addresses_lack_is_said_as_well(shipped: tuple[Plan, Contacts]) -> None:
    plan, contacts = shipped
    boards = {code: one for code, one in contacts.standing_boards.items() if code != "tan_phu"}

    found = check_value(plan, replace(contacts, standing_boards=boards), BY)

    assert found[0].place == "Ban thường vụ đơn vị"
    assert not found[0].warning
