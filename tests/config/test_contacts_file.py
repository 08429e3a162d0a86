"""The contact file: the shipped one fits the plan of 2024, and every fault is named with its line."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from config.contacts_file import STANDING_BOARD, read_contacts
from database.converter import structure
from domain.plan import Contacts, Plan
from domain.record import to_data

SHIPPED = Path(__file__).parents[2] / "config" / "contacts" / "2024.yaml"
TEXT = SHIPPED.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def contacts(plan: Plan) -> Contacts:
    shipped, problems = read_contacts(SHIPPED, plan)
    assert shipped
    assert problems == []
    return shipped


def line_of(text: str, snippet: str) -> int:
    """The line, from 1, in which the only such snippet begins."""
    assert text.count(snippet) == 1, snippet
    return text[: text.index(snippet)].count("\n") + 1


def test_every_unit_has_both_its_boards(plan: Plan, contacts: Contacts) -> None:
    """R77, R78."""
    codes = {unit.code for unit in plan.units}
    assert contacts.standing_boards.keys() == contacts.organisation_boards.keys() == codes
    for unit in plan.units:
        assert contacts.standing_boards[unit.code].name == unit.standing_board


def test_every_invited_body_has_an_address(plan: Plan, contacts: Contacts) -> None:
    """R54–R56, A17; and the one body that receives the annual report (R68)."""
    assert {body.contact for body in plan.invited()} | {STANDING_BOARD} == contacts.bodies.keys()


def test_the_office_has_its_three_roles_and_a_working_group_of_three(contacts: Contacts) -> None:
    """A19: the head of the group comes first."""
    assert contacts.staff.keys() == {"officer", "leader", "clerk"}
    assert len(contacts.inspectors) == 3
    assert contacts.inspectors[0].email.startswith("to-truong@")


def test_no_shipped_address_can_receive_mail() -> None:
    addresses = [word for word in re.split(r"[ ,{}]+", TEXT) if "@" in word]
    assert len(addresses) == 1 + 3 + 3 + 7 + 16 + 16
    assert all(address.endswith(".example") for address in addresses)


FAULTS = {
    "unit_without_standing_board": (
        "  dinh_quan: {name: Ban Thường vụ Huyện ủy Định Quán, email: ban-thuong-vu@dinh-quan.example}\n",
        "",
        "standing_boards:",
        "“dinh_quan”",
    ),
    "unit_without_organisation_board": (
        "  dinh_quan: {name: Ban Tổ chức Huyện ủy Định Quán, email: ban-to-chuc@dinh-quan.example}\n",
        "",
        "organisation_boards:",
        "“dinh_quan”",
    ),
    "body_misspelt": ("  party_office:", "  party_ofice:", "bodies:", "“party_office”"),
    "role_missing": ("  clerk:", "  clark:", "staff:", "“clerk”"),
    "role_unknown": ("  clerk:", "  clark:", "  clark:", "có phải là “clerk”?"),
    "no_inspector": ("inspectors: #", "inspectors: []\nothers: #", "inspectors: []", "Tổ công tác"),
    "address_without_at": ("van-phong@tinh-uy.example", "van-phong.example", "van-phong.", "địa chỉ thư"),
    "address_with_marks": ("van-phong@tinh-uy", "văn-phòng@tinh-uy", "văn-phòng", "không dấu"),
    "address_with_two_dots": ("van-phong@tinh-uy.example", "a@b..example", "a@b..", "địa chỉ thư"),
    "two_addresses": ("van-phong@tinh-uy.example", "a@b.vn;c@d.vn", "a@b.vn;", "địa chỉ thư"),
    "address_missing": (
        ", email: van-phong@tinh-uy.example}",
        "}",
        "  party_office:",
        "thiếu mục “email”",
    ),
    "name_is_empty": ("name: Văn phòng Tỉnh ủy", "name: ''", "  party_office:", "để trống"),
    "office_missing": ("office: {", "ofice: {", "ofice: {", "“office”?"),
    "unit_twice": (
        "  long_khanh: {name: Ban Thường",
        "  bien_hoa: {name: Ban Thường",
        "Thường vụ Thành ủy Long Khánh",
        "“bien_hoa” đã có ở dòng",
    ),
}


@pytest.mark.parametrize(("old", "new", "place", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_line(
    write: Callable[[str], Path], plan: Plan, old: str, new: str, place: str, said: str
) -> None:
    assert old in TEXT
    text = TEXT.replace(old, new, 1)
    path = write(text)
    read, problems = read_contacts(path, plan)
    assert read is None
    line = text[: text.index(place)].count("\n") + 1
    told = [str(one) for one in problems if one.place == f"{path}:{line}" and not one.warning]
    assert any(said in one for one in told), [str(problem) for problem in problems]


def test_all_faults_are_told_at_once(write: Callable[[str], Path], plan: Plan) -> None:
    text = TEXT.replace("  clerk:", "  clark:").replace("  party_office:", "  party_ofice:")
    text = text.replace("email: van-thu@", "email: van thu@")
    problems = read_contacts(write(text), plan)[1]
    assert len(problems) == 4


def test_a_unit_that_left_the_plan_may_keep_its_address(plan: Plan) -> None:
    """C8: only a warning, and the nearest unit is suggested in case it is a slip."""
    smaller = replace(plan, units=plan.units[:-1])
    read, problems = read_contacts(SHIPPED, smaller)
    assert read
    assert [problem.warning for problem in problems] == [True, True]


def test_an_address_shared_by_two_units_is_a_warning(write: Callable[[str], Path], plan: Plan) -> None:
    """6.7 no. 7: what is found in one unit is not for the eyes of another."""
    text = TEXT.replace("ban-to-chuc@tan-phu.example", "Ban-To-Chuc@bien-hoa.example")
    path = write(text)
    read, problems = read_contacts(path, plan)
    assert read
    line = line_of(text, "email: ban-to-chuc@bien-hoa.example")
    assert [(one.place, one.warning) for one in problems] == [(f"{path}:{line}", True)]


@pytest.mark.parametrize("text", ["", "- một", "office: [", "staff: một\nbodies: 3\n"])
def test_a_file_that_holds_no_contacts_is_refused(write: Callable[[str], Path], plan: Plan, text: str) -> None:
    read, problems = read_contacts(write(text), plan)
    assert read is None
    assert problems


def test_a_missing_file_is_named(tmp_path: Path, plan: Plan) -> None:
    read, problems = read_contacts(tmp_path / "none.yaml", plan)
    assert read is None
    assert problems[0].fault == "không có tệp này"


def test_contacts_go_through_json_and_come_back_equal(contacts: Contacts) -> None:
    assert structure(json.loads(json.dumps(to_data(contacts))), Contacts) == contacts


def test_an_officer_without_a_telephone_is_named_and_may_stay_so(plan: Plan, tmp_path: Path) -> None:
    """D6: an invitation says whom to ask, and by which number."""
    file = tmp_path / "contacts.yaml"
    file.write_text(TEXT.replace(', phone: "0251.000.0000"', ""), encoding="utf-8")

    read, (told,) = read_contacts(file, plan)

    assert read
    assert told.warning
    assert told.place == f"{file}:{line_of(TEXT, 'officer: {')}"
    assert "chưa có điện thoại" in told.fault
