"""The host's list at the desk: what is wrong stands at its field; what is right is stored once, with who and when."""

import pytest

from domain.plan import Contacts, Plan
from tests.desk import Desk
from tests.may import MAY
from tests.web.conftest import AsRole, Visitor
from tests.web.lists import GOOD, ROW, filled_form

URL = f"/chuyen/{MAY}/de-cu"


@pytest.fixture
def officer(asked: Desk, as_role: AsRole) -> Visitor:
    """The officer at her browser."""
    assert asked.answers("nominations") == []
    return as_role("officer")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("organisation-1", " ", "Chưa ghi tên tổ chức đảng. Ghi tên đầy đủ."),
        ("org_type-1", "", "Chưa chọn loại hình."),
        ("org_type-1", "tổ đảng", "Không có lựa chọn “tổ đảng”."),
        ("day-1", "", "Chưa ghi ngày."),
        ("day-1", "31/4/2024", "“31/4/2024” không có trên lịch"),
        ("day-1", "14/5", "“14/5” không phải ngày"),
        ("day-1", "19/3/2024", "đã qua khi nhận"),
        ("time-1", "24:00", "không phải giờ trong ngày"),
        ("time-1", "chiều", "“chiều” không phải giờ"),
        ("venue-1", "", "Chưa ghi địa điểm. Ghi nơi sinh hoạt."),
        ("kind-1", "", "Chưa chọn loại sinh hoạt."),
        ("kind-1", "regular", "Có tên chuyên đề nhưng chọn sinh hoạt thường kỳ."),
        ("members-1", "ba mươi", "“ba mươi” không phải số nguyên từ 1."),
        ("members-1", "0", "“0” không phải số nguyên từ 1."),
        ("theme-1", "x" * 4001, "Dài 4001 ký tự, nhiều nhất 4000."),
        ("received_on", "", "Chưa ghi ngày nhận."),
        ("received_on", "21/3/2024", "Ngày nhận chưa tới."),
        ("their_date", "21/3/2024", "Ngày văn bản sau ngày nhận."),
    ],
)
def test_a_wrong_field_says_so_at_its_place_and_keeps_what_was_typed(
    officer: Visitor, asked: Desk, field: str, typed: str, said: str
) -> None:
    answer = officer.post(URL, GOOD | {field: typed})

    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text
    at_field = answer.text.split(f'id="{field}-problem-1">')[1].split("</span>")[0]
    assert said in at_field
    assert 'value="Chi bộ khu phố Mẫu Hai"' in answer.text
    assert asked.answers("nominations") == []


def test_nothing_typed_is_no_list(officer: Visitor) -> None:
    answer = officer.post(URL, {"do": "preview", "received_on": "20/3/2024"})

    assert answer.status_code == 422
    assert "Danh sách chưa có tổ chức đảng nào." in answer.text


def test_two_rows_for_one_meeting_are_refused(officer: Visitor) -> None:
    twice = {"organisation-2": "Chi bộ Trường THPT Mẫu", "parent-2": "", "day-2": "14/5/2024", "time-2": "14:00"}

    answer = officer.post(URL, GOOD | twice)

    assert answer.status_code == 422
    assert 'id="organisation-2-problem-1">' in answer.text or 'id="day-2-problem-1">' in answer.text


def test_the_list_is_seen_first_and_taken_on_confirmation_only(officer: Visitor, asked: Desk) -> None:
    seen = officer.post(URL, GOOD)

    assert seen.status_code == 200
    assert "14 giờ 00, thứ Ba, ngày 14/5/2024" in seen.text
    assert asked.answers("nominations") == []

    taken = officer.post(URL, GOOD | {"do": "confirm"})

    assert taken.headers["location"] == f"/chuyen/{MAY}"
    (row,) = asked.answers("nominations")
    assert (row.by, row.source) == ("Nguyễn Văn Ví Dụ", "desk")
    assert f"{row.given_at:%d/%m/%Y %H:%M}" == "20/03/2024 09:00"
    assert row.content["their_symbol"] == "63-CV/ThU"
    assert [one["organisation"] for one in row.content["meetings"]] == [
        "Chi bộ Trường THPT Mẫu", "Chi bộ khu phố Mẫu Hai",
    ]  # fmt: skip


def test_after_the_answer_one_reads_that_the_service_does_not_run(officer: Visitor) -> None:
    taken = officer.post(URL, GOOD | {"do": "confirm"})

    assert "dịch vụ chưa chạy" in officer.follow(taken).text


def test_a_confirmation_sent_twice_is_one_version(officer: Visitor, asked: Desk) -> None:
    first = officer.post(URL, GOOD | {"do": "confirm"})
    second = officer.post(URL, GOOD | {"do": "confirm"})

    assert (first.status_code, second.status_code) == (303, 303)
    assert len(asked.answers("nominations")) == 1


def test_a_list_that_came_meanwhile_is_not_covered_unseen(officer: Visitor, asked: Desk) -> None:
    asked.nominate()

    answer = officer.post(URL, GOOD | {"do": "confirm", "seen": "0"})

    assert answer.status_code == 422
    assert "Ban Thường vụ Thành ủy Biên Hòa đã trả lời lúc 09:00 20/03/2024" in answer.text
    assert len(asked.answers("nominations")) == 1


def test_rows_are_added_and_taken_out_without_any_script(officer: Visitor, asked: Desk) -> None:
    more = officer.post(URL, GOOD | {"do": "add"})
    assert 'id="organisation-3"' in more.text.split("<template")[0]

    less = officer.post(URL, GOOD | {"do": "remove-1"})
    assert "Chi bộ Trường THPT Mẫu" not in less.text
    assert "Chi bộ khu phố Mẫu Hai" in less.text
    assert asked.answers("nominations") == []


def test_a_list_without_a_thematic_cell_is_taken_with_a_warning(officer: Visitor) -> None:
    """A6."""
    regular = officer.post(URL, GOOD | {"kind-1": "regular", "theme-1": ""})

    assert regular.status_code == 200
    assert 'id="no-thematic-cell"' in regular.text


def test_a_late_meeting_is_marked_and_still_taken(officer: Visitor, asked: Desk) -> None:
    """A5: the deadline of a meeting on 14/5 is 14/4."""
    asked.set_clock(2024, 4, 20, 9)

    late = officer.post(URL, GOOD | {"received_on": "20/4/2024"})
    assert "24 ngày (quy định ít nhất 30 ngày), nhận 20/4/2024: trễ hạn nhưng vẫn được nhận" in late.text

    officer.post(URL, GOOD | {"received_on": "20/4/2024", "do": "confirm"})
    assert asked.candidates() == {1: "late", 2: "late"}


def test_armed_forces_are_not_asked_for_people(desk: Desk, as_role: AsRole) -> None:
    """A20, P3."""
    desk.key = "2024-03/cong_an_tinh"
    desk.open()

    assert 'name="contact-1"' not in as_role("officer").get("/chuyen/2024-03/cong_an_tinh/de-cu").text


def test_a_file_is_seen_line_by_line_kept_and_confirmed(
    officer: Visitor, asked: Desk, shipped: tuple[Plan, Contacts]
) -> None:
    file = {"file": ("danh sách.xlsx", filled_form(shipped[0], ROW), "application/octet-stream")}

    seen = officer.post(URL, {"do": "upload", "received_on": "20/3/2024", "seen": "0"}, files=file)

    assert seen.status_code == 200, seen.text
    assert "Chi bộ Trường THPT Mẫu" in seen.text
    assert asked.answers("nominations") == []
    key = seen.text.split('name="upload" value="')[1].split('"')[0]

    taken = officer.post(URL, {"do": "confirm", "upload": key, "received_on": "20/3/2024", "seen": "0"})
    assert taken.status_code == 303
    (row,) = asked.answers("nominations")
    assert row.content["meetings"][0]["venue"] == "Phòng họp A"


def test_the_kept_file_of_somebody_else_is_not_given_out(
    officer: Visitor, asked: Desk, as_role: AsRole, shipped: tuple[Plan, Contacts]
) -> None:
    file = {"file": ("danh-sach.xlsx", filled_form(shipped[0], ROW), "application/octet-stream")}
    seen = officer.post(URL, {"do": "upload", "received_on": "20/3/2024", "seen": "0"}, files=file)
    key = seen.text.split('name="upload" value="')[1].split('"')[0]

    other = as_role("officer", login="officer2", name="Người Khác")
    answer = other.post(URL, {"do": "confirm", "upload": key, "received_on": "20/3/2024", "seen": "0"})

    assert answer.status_code == 422
    assert "Tệp đã gửi không còn được giữ." in answer.text
    assert asked.answers("nominations") == []


def test_a_faulty_file_says_its_cells_and_fills_the_rows_for_mending(
    officer: Visitor, shipped: tuple[Plan, Contacts]
) -> None:
    file = {"file": ("danh-sach.xlsx", filled_form(shipped[0], ROW | {"F": "25:00"}), "application/octet-stream")}

    seen = officer.post(URL, {"do": "upload", "received_on": "20/3/2024"}, files=file)

    assert seen.status_code == 422
    assert "F6" in seen.text
    assert 'id="confirm"' not in seen.text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("danh-sach.exe", b"MZ", "Không nhận loại tệp “.exe”."),
        ("danh-sach", b"x", "Không nhận loại tệp"),
        ("danh-sach.xlsx", b"PK\x03\x04 not a workbook", "bị hỏng"),
        ("danh-sach.xlsx", b"", "rỗng"),
        ("danh-sach.csv", b"a,b\n1,2\n", "danh-sach.csv"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_the_reason(
    officer: Visitor, asked: Desk, name: str, content: bytes, said: str
) -> None:
    answer = officer.post(
        URL, {"do": "upload", "received_on": "20/3/2024"}, files={"file": (name, content, "application/octet-stream")}
    )

    assert answer.status_code == 422
    assert said in answer.text
    assert asked.answers("nominations") == []


def test_no_file_is_said_at_the_field(officer: Visitor) -> None:
    answer = officer.post(URL, {"do": "upload", "received_on": "20/3/2024"})

    assert 'id="file-problem-1">Chưa chọn tệp.' in answer.text


def test_after_the_choice_the_form_is_closed(desk: Desk, as_role: AsRole) -> None:
    desk.until_chosen()
    officer = as_role("officer")

    assert 'id="list-form"' not in officer.get(URL).text
    answer = officer.post(URL, GOOD | {"do": "confirm", "seen": "1"})
    assert answer.status_code == 422
    assert len(desk.answers("nominations")) == 1


def test_without_the_token_of_the_form_nothing_is_taken(officer: Visitor, asked: Desk) -> None:
    assert officer.browser.post(URL, data=GOOD | {"do": "confirm"}).status_code == 403
    assert asked.answers("nominations") == []
