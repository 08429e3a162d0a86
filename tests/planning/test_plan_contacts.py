"""Which addresses a plan asks for: names are known, addresses are people's to write, what is there is kept."""

from dataclasses import replace

from config.contacts_file import STANDING_BOARD
from config.office_calendar import working_calendar
from domain.plan import Contact, Contacts, Plan
from planning.next_year import next_year
from planning.plan_contacts import contacts_for


def test_an_office_that_has_none_gets_names_and_no_address(plan: Plan) -> None:
    made = contacts_for(plan, None)

    assert set(made.standing_boards) == set(made.organisation_boards) == {unit.code for unit in plan.units}
    assert made.standing_boards["bien_hoa"] == Contact("Ban Thường vụ Thành ủy Biên Hòa", "")
    assert made.organisation_boards["bien_hoa"] == Contact("Ban Tổ chức Thành ủy Biên Hòa", "")
    assert set(made.bodies) == {one.contact for one in plan.invited()} | {STANDING_BOARD}
    assert made.inspectors == ()


def test_of_a_year_before_those_are_kept_that_are_asked_for_still(shipped: tuple[Plan, Contacts]) -> None:
    plan, before = shipped
    coming = next_year(plan, 2026, working_calendar((2025, 2026, 2027))).plan

    made = contacts_for(coming, before)

    assert made.standing_boards["cong_an_tinh"] == before.standing_boards["cong_an_tinh"]
    assert "bien_hoa" not in made.standing_boards
    assert made.organisation_boards["xa_long_thanh"] == Contact("Ban Xây dựng Đảng Đảng ủy xã Long Thành", "")
    assert (made.office, made.inspectors) == (before.office, before.inspectors)


def test_a_body_that_is_invited_no_more_is_written_to_no_more(shipped: tuple[Plan, Contacts]) -> None:
    plan, before = shipped
    fewer = replace(plan, participants=tuple(one for one in plan.participants if one.contact != "party_office"))

    assert "party_office" not in contacts_for(fewer, before).bodies
