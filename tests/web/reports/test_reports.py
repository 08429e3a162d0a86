"""A unit's report at the desk and by its link: looked at, confirmed, accepted or sent back (R66–R69, D13)."""

import re
from collections.abc import Callable

import pytest

from config.settings import settings
from database import visits
from database.engine import reading
from database.self_reports import reported
from domain.self_report import Reported
from tests.desk import Desk
from tests.obligations import SCAN, Obliged
from tests.opened_mail import words
from tests.scans.pdfs import pdf
from tests.web.conftest import AsRole, Visitor
from tests.web.letters_links import link_of

LONG_THANH, TRANG_BOM = "2024/long_thanh", "2024/trang_bom"
PAGE, OTHER = "/nam/2024/bao-cao/long_thanh", "/nam/2024/bao-cao/trang_bom"
TYPED = {
    "received_on": "18/12/2024", "their_symbol": "90-BC/HU", "committees": "2", "cells": "30", "thematic_cells": "0",
    "strengths": "- Sinh hoạt đều\n\n- Có chuyên đề", "seen": "0",
}  # fmt: skip


@pytest.fixture(autouse=True)
def year_end(desk: Desk) -> None:
    """It is 18/12/2024: Long Thành's report waits for the office, Trảng Bom has sent none."""
    desk.until_year_end()


def state_of(key: str) -> Reported:
    with reading(settings().database) as session:
        return reported(session, visits.find(session, key).id)


# At the desk


def test_an_officer_sees_what_was_understood_before_it_counts(as_role: AsRole) -> None:
    officer = as_role("officer")

    preview = officer.post(f"{OTHER}/nhan", TYPED | {"do": "preview"})

    assert preview.status_code == 200
    assert "Chưa nhận." in preview.text
    assert "<dd>Sinh hoạt đều</dd><dd>Có chuyên đề</dd>" in preview.text
    assert state_of(TRANG_BOM).version == 0
    taken = officer.post(f"{OTHER}/nhan", TYPED | {"do": "confirm"})
    assert "Đã nhận báo cáo." in officer.follow(taken).text
    report = state_of(TRANG_BOM).report
    assert report
    assert (report.symbol, report.cells, report.thematic_cells) == ("90-BC/HU", 30, 0)
    assert report.strengths == ("Sinh hoạt đều", "Có chuyên đề")


def test_a_figure_that_was_not_given_stays_not_given(as_role: AsRole) -> None:
    as_role("officer").post(f"{OTHER}/nhan", TYPED | {"committees": "", "do": "confirm"})

    report = state_of(TRANG_BOM).report
    assert report
    assert report.committees is None


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [
        ({"cells": "ba mươi"}, "cells", "không phải số lượng"),
        ({"thematic_cells": "31"}, "thematic_cells", "31 chi bộ chuyên đề trong 30 chi bộ"),
        ({"received_on": "19/12/2024"}, "received_on", "chưa tới"),
        ({"committees": "", "cells": "", "thematic_cells": "", "strengths": ""}, "committees", "chưa có nội dung"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(
    as_role: AsRole, wrong: dict[str, str], field: str, told: str
) -> None:
    answer = as_role("officer").post(f"{OTHER}/nhan", TYPED | wrong | {"do": "confirm"})

    assert answer.status_code == 422
    assert f'id="{field}-problem-1"' in answer.text
    assert told in answer.text
    assert "90-BC/HU" in answer.text
    assert state_of(TRANG_BOM).version == 0


def test_a_file_is_kept_over_the_preview_and_given_back_as_it_came(as_role: AsRole) -> None:
    officer = as_role("officer")
    preview = officer.post(
        f"{OTHER}/nhan", TYPED | {"do": "preview"}, files={"file": ("báo cáo.pdf", SCAN, "application/pdf")}
    )
    upload = re.search(r'name="upload" value="([^"]+)"', preview.text)
    assert upload

    officer.post(f"{OTHER}/nhan", TYPED | {"do": "confirm", "upload": upload[1]})

    assert "báo cáo.pdf" in officer.get(OTHER).text
    file = officer.get(f"{OTHER}/tep/1")
    assert file.content == SCAN
    assert file.headers["content-disposition"].startswith("attachment")
    assert file.headers["content-security-policy"].startswith("sandbox")
    assert as_role("viewer").get(f"{OTHER}/tep/1").status_code == 403


def test_a_report_with_a_link_is_kept_and_the_link_is_named(as_role: AsRole) -> None:
    link = "/Annots [<< /Subtype /Link /Rect [0 0 1 1] /A << /S /URI /URI (http://a.vn/x) >> >>]"

    preview = as_role("officer").post(
        f"{OTHER}/nhan", TYPED | {"do": "preview"}, files={"file": ("b.pdf", pdf(page=link), "application/pdf")}
    )

    assert preview.status_code == 200
    assert "Có liên kết ra ngoài: http://a.vn/x. Không bấm khi chưa rõ." in preview.text
    assert 'name="upload"' in preview.text


def test_a_file_of_another_kind_is_refused_at_its_field(as_role: AsRole) -> None:
    answer = as_role("officer").post(
        f"{OTHER}/nhan", TYPED | {"do": "preview"}, files={"file": ("bao-cao.exe", b"MZ", "application/pdf")}
    )

    assert answer.status_code == 422
    assert "Không phải tệp Word, Excel hoặc PDF" in answer.text


@pytest.mark.parametrize("seen", ["9" * 5000, "٣", "-1", "một"])
def test_a_version_that_somebody_made_up_is_none(as_role: AsRole, seen: str) -> None:
    officer = as_role("officer")

    assert officer.post(f"{OTHER}/nhan", TYPED | {"do": "confirm", "seen": seen}).status_code == 303
    assert officer.post(f"{OTHER}/nhan", TYPED | {"cells": "31", "do": "confirm", "seen": seen}).status_code == 422


def test_two_officers_at_once_make_one_version(as_role: AsRole) -> None:
    first, second = as_role("officer"), as_role("officer", "khac", name="Bùi Thị Khác")
    first.post(f"{OTHER}/nhan", TYPED | {"do": "confirm"})

    late = second.post(f"{OTHER}/nhan", TYPED | {"cells": "31", "do": "confirm"})

    assert late.status_code == 422
    assert "Nguyễn Văn Ví Dụ đã trả lời" in late.text
    assert state_of(TRANG_BOM).version == 1


def test_the_office_accepts_the_version_that_it_saw(as_role: AsRole) -> None:
    officer = as_role("officer")
    assert "Chi bộ thôn sinh hoạt chuyên đề còn ít" in officer.get(f"{PAGE}/xem-xet").text

    assert officer.post(f"{PAGE}/xem-xet", {"do": "accept", "seen": "khác"}).status_code == 422
    assert officer.post(f"{PAGE}/xem-xet", {"do": "accept"}).status_code == 303

    assert state_of(LONG_THANH).accepted
    assert "Tiếp nhận báo cáo, bản 1" in officer.get(PAGE).text


def test_sent_back_it_says_why_and_the_unit_is_asked_again(as_role: AsRole) -> None:
    officer = as_role("officer")
    assert "lý do" in officer.post(f"{PAGE}/xem-xet", {"do": "return", "reason": " "}).text

    officer.post(f"{PAGE}/xem-xet", {"do": "return", "reason": "Chưa có số đảng viên"})

    one = Obliged(LONG_THANH)
    one.go_on()
    assert "Chưa có số đảng viên" in words(one.letters("self_report_returned")[-1])
    assert "Chưa có số đảng viên" in officer.get(PAGE).text
    assert "Chưa có số đảng viên" not in as_role("viewer").get(PAGE).text


def test_what_a_unit_reports_is_shown_to_the_office_alone(as_role: AsRole) -> None:
    shown = {role: "còn ít" in as_role(role).get(PAGE).text for role in ("officer", "leader", "viewer", "admin")}

    assert shown == {"officer": True, "leader": True, "viewer": False, "admin": False}


# By the link in the letter


def test_the_request_brings_a_link_to_the_units_own_form(stranger: Callable[[], Visitor]) -> None:
    unit, link = stranger(), link_of(TRANG_BOM, "year_end_request")

    page = unit.get(link)

    assert page.status_code == 200
    assert "Trảng Bom" in page.text
    assert "đến nay đã quá" in page.text
    assert "received_on" not in page.text
    assert state_of(TRANG_BOM).version == 0


def test_a_unit_answers_by_its_link_late_and_again_until_it_is_accepted(
    stranger: Callable[[], Visitor], as_role: AsRole
) -> None:
    unit, link = stranger(), link_of(TRANG_BOM, "year_end_request")
    unit.get(link)

    done = unit.post(link, TYPED | {"do": "confirm"})

    assert "Đã nhận báo cáo." in unit.follow(done).text
    state = state_of(TRANG_BOM)
    assert state.first_on is not None
    assert f"{state.first_on}" == "2024-12-18"
    assert unit.post(link, TYPED | {"cells": "31", "seen": "1", "do": "confirm"}).status_code == 303
    assert state_of(TRANG_BOM).version == 2
    as_role("officer").post(f"{OTHER}/xem-xet", {"do": "accept"})
    assert "đã tiếp nhận báo cáo" in unit.get(link).text
    assert unit.post(link, TYPED | {"cells": "32", "seen": "2", "do": "confirm"}).status_code == 422
    assert state_of(TRANG_BOM).version == 2


def test_a_confirmation_that_is_sent_twice_is_one_report(stranger: Callable[[], Visitor]) -> None:
    unit, link = stranger(), link_of(TRANG_BOM, "year_end_request")
    unit.get(link)

    answers = [unit.post(link, TYPED | {"do": "confirm"}).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert state_of(TRANG_BOM).version == 1


def test_a_link_that_was_taken_back_opens_nothing(stranger: Callable[[], Visitor], as_role: AsRole) -> None:
    officer, link = as_role("officer"), link_of(TRANG_BOM, "year_end_request")
    number = re.search(r'name="link" value="(\d+)"', officer.get(f"{OTHER}/lien-ket").text)
    assert number

    officer.post(f"{OTHER}/lien-ket", {"do": "revoke", "link": number[1]})

    assert stranger().get(link).status_code == 410
