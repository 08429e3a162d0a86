"""Looking finds units, organisations, documents, numbers, people and years; nothing that is not for the reader."""

import re

import pytest
from sqlalchemy import insert

from answers.guests import invite
from config.settings import settings
from database import numbers
from database.engine import writing
from database.models import DocumentRow, VisitRow
from database.sought import SoughtRow
from tests.desk import Desk
from tests.may import INCOMPLETE, MAY, OFFICER
from tests.web.conftest import AsRole, Visitor
from tests.web.looking import queries_for

VISIT = f"/chuyen/{MAY}"


def found(visitor: Visitor, typed: str) -> list[str]:
    """The lines that are found."""
    answer = visitor.get("/tim", params={"q": typed})
    assert answer.status_code == 200
    groups = re.findall(r'<ul class="hits">(.*?)</ul>', answer.text, re.DOTALL)
    lines = [one for part in groups for one in re.findall(r"<li>(.*?)</li>", part, re.DOTALL)]
    return [" ".join(re.sub(r"<[^>]+>", "", one).split()) for one in lines]


@pytest.mark.parametrize(
    "typed", ["Biên Hòa", "bien hoa", "BIÊN HOÀ", "  biên   hoà ", "hòa biên", "Bie\u0302n Ho\u0300a"]
)
def test_a_unit_is_found_however_it_is_written(desk: Desk, as_role: AsRole, typed: str) -> None:
    desk.until_listed()

    assert "Biên Hòa, đợt tháng 5/2024 đang chạy" in found(as_role("viewer"), typed)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("thpt mau", "Chi bộ Trường THPT Mẫu đợt tháng 5/2024"),
        ("dang uy phuong mau", "Đảng ủy phường Mẫu đợt tháng 5/2024"),
        ("80", "Thông báo dự sinh hoạt số 80-TB/BTCTU đợt tháng 5/2024 · 22/3/2024"),
        ("80-tb", "Thông báo dự sinh hoạt số 80-TB/BTCTU đợt tháng 5/2024 · 22/3/2024"),
        ("số 80-TB/BTCTU", "Thông báo dự sinh hoạt số 80-TB/BTCTU đợt tháng 5/2024 · 22/3/2024"),
        ("thong bao du sinh hoat", "Thông báo dự sinh hoạt số 80-TB/BTCTU đợt tháng 5/2024 · 22/3/2024"),
        ("63-cv/thu", "63-CV/ThU đợt tháng 5/2024"),
        ("2024", "Năm 2024 bảng năm"),
        ("tran thi minh", "Trần Thị Minh Họa Lãnh đạo"),
    ],
)
def test_the_office_finds_by_name_number_person_and_year(desk: Desk, as_role: AsRole, typed: str, line: str) -> None:
    desk.until_issued()
    as_role("leader")

    assert line in found(as_role("officer"), typed)


def test_another_kind_of_document_with_that_number_is_not_meant(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()

    assert [line for line in found(as_role("officer"), "80-BC") if "80-TB" in line] == []


def test_a_cancelled_number_is_found_with_its_reason_by_those_who_keep_them(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    with writing(settings().database) as session:
        document = session.get_one(DocumentRow, desk.documents("selection_notice")[-1].id)
        numbers.cancel(session, numbers.series_of(document), 81, "thử", "in hỏng")

    assert any("81-TB/BTCTU" in line and "in hỏng" in line for line in found(as_role("clerk"), "81"))
    assert found(as_role("viewer"), "81") == []


def test_a_guest_is_found_and_the_list_of_before_no_longer(desk: Desk, as_role: AsRole) -> None:
    desk.until_chosen()
    invite(MAY, "Ông Nguyễn Khách Mời", "khach@mau.example", OFFICER)
    assert "Ông Nguyễn Khách Mời đợt tháng 5/2024" in found(as_role("viewer"), "khach moi")
    with writing(settings().database) as session:
        assert session.query(SoughtRow).filter_by(sort="organisation").count() == 3


def test_a_newer_list_takes_the_place_of_the_one_before(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()
    desk.nominate(INCOMPLETE)

    assert found(as_role("viewer"), "thpt mau") == []
    assert found(as_role("viewer"), "khu pho mau hai") == ["Chi bộ khu phố Mẫu Hai đợt tháng 5/2024"]


@pytest.mark.parametrize(("role", "sees"), [("clerk", True), ("inspector", True), ("viewer", False), ("admin", False)])
def test_documents_that_tell_findings_are_found_by_those_whom_they_concern(
    desk: Desk, as_role: AsRole, role: str, sees: bool
) -> None:
    desk.until_year_end()

    assert any("95-TB" in line for line in found(as_role(role), "95")) is sees
    assert any("Báo cáo của Tổ công tác" in line for line in found(as_role(role), "bao cao cua to")) is sees


def test_people_are_found_by_those_who_read_the_record(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()
    as_role("leader")

    assert {role: bool(found(as_role(role), "minh hoa")) for role in ("officer", "admin", "viewer", "inspector")} == {
        "officer": True, "admin": True, "viewer": False, "inspector": False,
    }  # fmt: skip


@pytest.mark.parametrize("role", ["viewer", "admin", "inspector"])
def test_of_a_marked_visit_others_find_what_the_plan_says_and_nothing_else(
    desk: Desk, as_role: AsRole, role: str
) -> None:
    desk.until_issued()
    invite(MAY, "Ông Nguyễn Khách Mời", "khach@mau.example", OFFICER)
    more = {"login": "khac", "name": "Vũ Thị Khác", "email": "khac@tct.example"} if role == "inspector" else {}
    visitor = as_role(role, **more)
    looked_for = ("thpt mau", "80", "khach moi", "thong bao du sinh hoat")
    assert all(found(visitor, typed) for typed in looked_for), "without a mark they do find something"
    with writing(settings().database) as session:
        session.get_one(DocumentRow, desk.documents("selection_notice")[-1].id).secrecy = "MẬT"

    assert {typed: found(visitor, typed) for typed in looked_for} == {typed: [] for typed in looked_for}
    assert found(visitor, "bien hoa") == ["Biên Hòa, đợt tháng 5/2024 có độ mật"]
    assert found(as_role("clerk"), "thpt mau") != []


def test_many_hits_are_cut_without_a_count_and_queries_do_not_grow(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()
    officer = as_role("officer")
    few = queries_for(officer, "/tim?q=mau")
    with writing(settings().database) as session:
        visit = session.query(VisitRow).filter_by(unit="bien_hoa", kind="visit").one()
        rows = [
            {
                "visit_id": visit.id,
                "kind": "x",
                "sort": "organisation",
                "name": f"Chi bộ mẫu {number}",
                "key": f"mau {number}",
            }
            for number in range(200)
        ]
        session.execute(insert(SoughtRow), rows)

    answer = officer.get("/tim?q=mau")

    assert answer.text.count("<li><a") >= 30
    assert "Còn nữa" in answer.text
    assert "200" not in answer.text.split("<main")[1]
    assert queries_for(officer, "/tim?q=mau") == few <= 24


@pytest.mark.parametrize(
    "typed", ["", " ", "a", "%", "_", "%%", "'; drop table visit", "<script>alert(1)</script>", "9" * 300, "\x00\x01"]
)
def test_whatever_is_typed_breaks_nothing_and_a_sign_is_a_sign(desk: Desk, as_role: AsRole, typed: str) -> None:
    desk.until_listed()

    assert found(as_role("officer"), typed) == []
    assert "<script>alert" not in as_role("officer").get("/tim", params={"q": typed}).text
