"""A chosen file is read whichever button is pressed, and nothing that was typed or sent is dropped without a word."""

import re

import pytest

from domain.plan import Contacts, Plan
from tests.desk import Desk
from tests.may import MAY
from tests.web.conftest import AsRole, Visitor
from tests.web.lists import GOOD, ROW, filled_form

URL = f"/chuyen/{MAY}/de-cu"
LETTER = {"received_on": "20/3/2024", "seen": "0"}
#: One row of the page that stands in no file.
BY_HAND = {name: text for name, text in GOOD.items() if name.endswith("-2")}


@pytest.fixture
def officer(asked: Desk, as_role: AsRole) -> Visitor:
    """The officer at her browser."""
    assert asked.answers("nominations") == []
    return as_role("officer")


def file_of(plan: Plan, *rows: dict[str, str], name: str = "danh-sach.xlsx") -> dict[str, tuple[str, bytes, str]]:
    """The host's Excel form with these rows, as a browser sends it."""
    return {"file": (name, filled_form(plan, *rows), "application/octet-stream")}


def carried(page: str) -> dict[str, str]:
    """What a preview brings back with its buttons."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


@pytest.mark.parametrize("do", ["preview", "upload", ""])
def test_whichever_button_is_pressed_the_file_is_read(
    officer: Visitor, shipped: tuple[Plan, Contacts], do: str
) -> None:
    seen = officer.post(URL, LETTER | ({"do": do} if do else {}), files=file_of(shipped[0], ROW))

    assert seen.status_code == 200, seen.text
    assert "Tệp <strong>danh-sach.xlsx</strong>" in seen.text
    assert "Chi bộ Trường THPT Mẫu" in seen.text


@pytest.mark.parametrize("do", ["add", "remove-1"])
def test_a_button_about_rows_keeps_the_file(officer: Visitor, shipped: tuple[Plan, Contacts], do: str) -> None:
    """Without a script it sends the whole form, and the browser forgets the file."""
    form = officer.post(URL, LETTER | {"do": do}, files=file_of(shipped[0], ROW))

    assert "Đã giữ tệp <strong>danh-sach.xlsx</strong>" in form.text
    seen = officer.post(URL, LETTER | {"do": "preview", "upload": carried(form.text)["upload"]})
    assert "Chi bộ Trường THPT Mẫu" in seen.text


def test_a_wrong_day_beside_it_does_not_lose_the_file(officer: Visitor, shipped: tuple[Plan, Contacts]) -> None:
    form = officer.post(URL, {"do": "preview", "received_on": "32/3/2024"}, files=file_of(shipped[0], ROW))

    assert form.status_code == 422
    assert "Đã giữ tệp <strong>danh-sach.xlsx</strong>" in form.text
    assert 'name="upload"' in form.text


def test_rows_beside_a_file_are_shown_and_it_is_said_which_counts(
    officer: Visitor, asked: Desk, shipped: tuple[Plan, Contacts]
) -> None:
    seen = officer.post(URL, LETTER | BY_HAND | {"do": "preview"}, files=file_of(shipped[0], ROW))

    assert "Có cả tệp và 01 dòng ghi trên trang" in seen.text
    assert "Chi bộ khu phố Mẫu Hai" in seen.text
    assert "Nhận danh sách trong tệp" in seen.text
    officer.post(URL, carried(seen.text) | {"do": "confirm"})
    (row,) = asked.answers("nominations")
    assert [one["organisation"] for one in row.content["meetings"]] == ["Chi bộ Trường THPT Mẫu"]


def test_the_rows_may_be_taken_instead_of_the_file(
    officer: Visitor, asked: Desk, shipped: tuple[Plan, Contacts]
) -> None:
    seen = officer.post(URL, LETTER | BY_HAND | {"do": "preview"}, files=file_of(shipped[0], ROW))

    rows = officer.post(URL, carried(seen.text) | {"do": "rows"})

    assert rows.status_code == 200
    assert "upload" not in carried(rows.text)
    officer.post(URL, carried(rows.text) | {"do": "confirm"})
    (row,) = asked.answers("nominations")
    assert [one["organisation"] for one in row.content["meetings"]] == ["Chi bộ khu phố Mẫu Hai"]


def test_both_come_into_the_form_to_be_mended_by_hand(officer: Visitor, shipped: tuple[Plan, Contacts]) -> None:
    seen = officer.post(URL, LETTER | BY_HAND | {"do": "preview"}, files=file_of(shipped[0], ROW))

    form = officer.post(URL, carried(seen.text) | {"do": "edit"})

    assert 'name="organisation-1" type="text" value="Chi bộ Trường THPT Mẫu"' in form.text
    assert 'name="organisation-2" type="text" value="Chi bộ khu phố Mẫu Hai"' in form.text
    assert "đứng trước, 1 dòng ghi trên trang đứng sau" in form.text


def test_the_list_that_was_there_is_no_row_that_somebody_typed(
    officer: Visitor, asked: Desk, shipped: tuple[Plan, Contacts]
) -> None:
    officer.post(URL, GOOD | {"do": "confirm"})

    shown = GOOD | {"day-2": "16/5/2024", "time-2": "19:00"}  # as the page shows what was taken
    seen = officer.post(URL, shown | {"do": "preview", "seen": "1"}, files=file_of(shipped[0], ROW))

    assert "Có cả tệp" not in seen.text
    assert len(asked.answers("nominations")) == 1


@pytest.mark.parametrize(
    ("column", "text", "field"),
    [("F", "25:00", "time-1"), ("E", "31/4/2024", "day-1"), ("C", "Tổ đảng", "org_type-1"), 
     ("J", "ba mươi", "members-1"),      ("G", "", "venue-1")],
)  # fmt: skip
def test_a_row_with_one_bad_cell_comes_whole_with_that_cell_marked(
    officer: Visitor, shipped: tuple[Plan, Contacts], column: str, text: str, field: str
) -> None:
    seen = officer.post(
        URL, LETTER | {"do": "upload"}, files=file_of(shipped[0], ROW | {column: text}, ROW | {"E": "15/5/2024"})
    )
    assert seen.status_code == 422

    form = officer.post(URL, carried(seen.text) | {"do": "edit"}).text.split("<template")[0]

    assert 'name="organisation-1" type="text" value="Chi bộ Trường THPT Mẫu"' in form
    assert 'name="theme-1" type="text" value="Nêu gương"' in form
    assert 'name="day-2" type="text" value="15/5/2024"' in form
    assert f'id="{field}-problem-1">' in form
    assert f"{column}6" in form.split(f'id="{field}-problem-1">')[1].split("</span>")[0]
    at_field = form.split(f'id="{field}"')[1].split("</div>")[0]
    assert text in at_field


def test_a_file_that_is_none_stays_named_with_what_to_do(officer: Visitor) -> None:
    answer = officer.post(
        URL, LETTER | BY_HAND | {"do": "preview"}, files={"file": ("danh-sach.bin", b"PK", "application/octet-stream")}
    )

    assert answer.status_code == 422
    assert "Tệp vừa chọn, <strong>danh-sach.bin</strong>, không dùng được" in answer.text
    assert "Gửi tệp .xlsx, .docx hoặc .csv." in answer.text
    assert 'value="Chi bộ khu phố Mẫu Hai"' in answer.text


def test_a_file_of_which_nothing_can_be_read_stays_named_in_the_form(officer: Visitor) -> None:
    seen = officer.post(
        URL, LETTER | {"do": "preview"}, files={"file": ("hong.xlsx", b"PK\x03\x04 x", "application/x")}
    )
    assert "hong.xlsx" in seen.text

    form = officer.post(URL, carried(seen.text) | {"do": "edit"})

    assert "Tệp vừa chọn, <strong>hong.xlsx</strong>, không dùng được" in form.text
    assert 'id="file-problem-1">' in form.text


def test_more_rows_than_the_page_has_are_mended_in_the_file(officer: Visitor, shipped: tuple[Plan, Contacts]) -> None:
    many = [ROW | {"B": f"Chi bộ ấp Mẫu {number}", "F": "25:00"} for number in range(61)]
    seen = officer.post(URL, LETTER | {"do": "upload"}, files=file_of(shipped[0], *many))

    form = officer.post(URL, carried(seen.text) | {"do": "edit"})

    assert form.status_code == 422
    assert "có 61 dòng, trang này ghi được 60 dòng" in form.text
    assert "Đã giữ tệp" in form.text
