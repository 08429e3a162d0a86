"""The yearly plan as values: which unit there is when, and when each month's request opens (R86, A5, C8)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.plan import Contacts, LegalBasis, Participant, Plan, PlannedVisit, Rules, Unit

DISTRICT = Unit(
    "nhon_trach", "Đảng bộ huyện Nhơn Trạch", "district", "Nhơn Trạch", "Ban Thường vụ Huyện ủy Nhơn Trạch", "Huyện ủy",
    valid_from=date(1994, 6, 23), valid_to=date(2025, 6, 30),
)  # fmt: skip
ALWAYS = replace(DISTRICT, valid_from=None, valid_to=None)


@pytest.fixture
def plan(shipped: tuple[Plan, Contacts]) -> Plan:
    return shipped[0]


@pytest.mark.parametrize(("year", "there_is"), [(1993, False), (1994, True), (2024, True), (2025, True), (2026, False)])
def test_a_unit_is_in_every_year_of_which_it_has_a_day(year: int, there_is: bool) -> None:
    """C8: the districts ended on 30/6/2025."""
    assert DISTRICT.exists_in(year) is there_is
    assert ALWAYS.exists_in(year)


@pytest.mark.parametrize(
    ("day", "there_is"),
    [
        (date(1994, 6, 22), False),
        (date(1994, 6, 23), True),
        (date(2025, 6, 30), True),
        (date(2025, 7, 1), False),
    ],
)
def test_a_unit_is_there_from_its_first_to_its_last_day_both_included(day: date, there_is: bool) -> None:
    assert DISTRICT.exists_on(day) is there_is
    assert ALWAYS.exists_on(day)
    assert replace(DISTRICT, valid_to=None).exists_on(day) is (day >= date(1994, 6, 23))


@pytest.mark.parametrize(
    ("ahead", "month", "opens"),
    [
        (2, 2, date(2024, 1, 3)),  # the plan is signed then
        (2, 3, date(2024, 1, 3)),
        (2, 4, date(2024, 2, 1)),
        (2, 12, date(2024, 10, 1)),
        (1, 12, date(2024, 11, 1)),
        (0, 12, date(2024, 12, 1)),
    ],
)
def test_a_request_opens_on_the_first_so_many_months_ahead_and_never_before_the_signature(
    plan: Plan, ahead: int, month: int, opens: date
) -> None:
    """R86, A5."""
    assert replace(plan, rules=Rules(request_months_ahead=ahead)).opens_on(month) == opens


def test_a_request_may_open_in_the_year_before(plan: Plan) -> None:
    early = replace(plan, issued=date(2023, 10, 16))
    assert [early.opens_on(month) for month in (1, 2, 3)] == [date(2023, 11, 1), date(2023, 12, 1), date(2024, 1, 1)]


def test_a_plan_that_says_nothing_else_goes_by_thirty_days_and_asks_two_months_ahead() -> None:
    """R51, R62, R86, A4, A7: what a plan file need not repeat."""
    assert Rules() == Rules(30, "calendar", True, "received", "none", 1, 1, 3, 2)


def test_a_number_of_one_digit_has_its_zero_in_the_symbol(plan: Plan) -> None:
    assert [replace(plan, number=number).symbol for number in (7, 73)] == ["07-KH/BTCTU", "73-KH/BTCTU"]
    assert PlannedVisit(2, "nhon_trach").key(2024) == "2024-02/nhon_trach"


def test_a_unit_is_found_by_its_code_and_an_unknown_one_is_an_error(plan: Plan) -> None:
    assert plan.unit("long_khanh").short_name == "Long Khánh"
    with pytest.raises(KeyError):
        plan.unit("sai_gon")


def test_only_who_is_invited_gets_an_invitation(plan: Plan) -> None:
    """D6."""
    told, invited = Participant("R54", "province", "Lãnh đạo Ban", False), Participant("R55", "host", "Cấp ủy", True)
    assert list(replace(plan, participants=(told, invited)).invited()) == [invited]


def test_personal_data_may_be_mailed_unless_the_plan_says_that_a_unit_is_restricted(plan: Plan) -> None:
    """A20, P3."""
    assert not ALWAYS.restricted
    assert plan.unit("cong_an_tinh").restricted


@pytest.mark.parametrize(
    ("symbol", "kind", "called"),
    [
        ("12-HD/BTCTW", "", "Hướng dẫn"),
        ("85-KH/TU", "", "Kế hoạch"),
        ("25-QĐi/TU", "", "Quy định"),
        ("213-QĐ/TW", "", "văn bản"),
        ("213-QĐ/TW", "Quy định", "Quy định"),
    ],
)
def test_a_legal_basis_is_cited_by_the_name_of_its_kind(symbol: str, kind: str, called: str) -> None:
    """A18: `QĐ` alone may be a Quy định or a Quyết định, so the plan says which."""
    basis = LegalBasis(symbol, date(2020, 1, 2), "Bộ Chính trị", "trách nhiệm của đảng viên", kind)

    assert (basis.called, basis.known) == (called, called != "văn bản")


def test_the_items_of_section_two_have_the_numbers_by_which_other_papers_cite_them(plan: Plan) -> None:
    cited = [f"II.{group.number}.{letter}".rstrip(".") for group in plan.supervised for letter, _item in group.lettered]

    assert [group.number for group in plan.supervised] == ["1", "2", "3", "4", "5", "6", "7"]
    assert cited == [item.code for item in plan.checklist if item.code.startswith("II.")]


def test_a_checklist_with_codes_of_another_kind_is_printed_whole(plan: Plan) -> None:
    other = replace(plan, checklist=tuple(replace(item, code=f"{n}") for n, item in enumerate(plan.checklist, 1)))

    assert len(other.supervised) == len(plan.checklist)


def test_a_list_of_participants_says_what_it_says_of_them_else_their_name() -> None:
    board = Participant("R54", "province", "Thường trực Tỉnh ủy", invited=True)
    assert board.in_list == "Thường trực Tỉnh ủy"
    assert replace(board, listed="Mời đồng chí Thường trực Tỉnh ủy").in_list == "Mời đồng chí Thường trực Tỉnh ủy"
