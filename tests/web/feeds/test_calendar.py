"""One's own calendar: by a link that is shown once and taken back, read by two parsers, by what its owner may see."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest
import vobject
from icalendar import Calendar
from sqlalchemy import select

from answers.accounts import change
from config.settings import settings
from database import accounts
from database.calendar_links import CalendarLinkRow
from database.engine import reading, writing
from database.models import AuditRow, DocumentRow
from database.tables import Base
from tests.desk import Desk
from tests.web.conftest import ROLES, AsRole, Visitor

Stranger = Callable[[], Visitor]


def made(visitor: Visitor) -> str:
    """The path of a link that this person has just made."""
    answer = visitor.post("/lich", {"do": "make"})
    found = re.search(r"<code>http://127\.0\.0\.1:\d+(/lich/[\w-]+\.ics)</code>", answer.text)
    assert found, answer.text
    return found[1]


def entries(answer: httpx.Response) -> dict[str, Any]:
    """Title -> entry, as icalendar reads it; vobject, which shares no code with it, must read the same."""
    assert answer.status_code == 200
    calendar: Any = Calendar.from_ical(answer.content)
    other: Any = vobject.readOne(answer.content.decode())
    mine = {str(one["UID"]): one for one in calendar.walk("VEVENT")}
    theirs = {one.uid.value: one for one in other.vevent_list}
    assert mine.keys() == theirs.keys()
    for uid, one in mine.items():
        assert str(one["SUMMARY"]) == theirs[uid].summary.value
        begins, same = one["DTSTART"].dt, theirs[uid].dtstart.value
        assert (
            (begins.astimezone(UTC), same.astimezone(UTC)) == (same.astimezone(UTC),) * 2
            if isinstance(begins, datetime)
            else begins == same
        )
    return {str(one["SUMMARY"]): one for one in mine.values()}


def test_the_chosen_meeting_stands_there_with_its_place_and_the_plans_days(
    desk: Desk, as_role: AsRole, stranger: Stranger
) -> None:
    desk.until_issued()

    found = entries(stranger().get(made(as_role("leader"))))

    meeting = next(one for title, one in found.items() if title.startswith("Dự sinh hoạt: Chi bộ Trường THPT Mẫu"))
    assert meeting["DTSTART"].dt.isoformat() == "2024-05-14T14:00:00+07:00"
    assert str(meeting["LOCATION"]) == "Phòng họp A"
    assert str(meeting["URL"]).endswith("/chuyen/2024-05/bien_hoa")
    reports = next(one for title, one in found.items() if title.startswith("Hạn báo cáo năm 2024"))
    assert reports["DTSTART"].dt == date(2024, 12, 16)
    assert any(title.startswith("Hạn gửi danh sách giới thiệu: Cao su Đồng Nai") for title in found)


def test_what_waits_for_its_owner_is_called_his(desk: Desk, as_role: AsRole, stranger: Stranger) -> None:
    desk.until_listed()

    titles = {role: list(entries(stranger().get(made(as_role(role))))) for role in ("leader", "viewer")}

    assert any(title.startswith("Việc của tôi: Chờ lựa chọn") for title in titles["leader"])
    assert any(title.startswith("Chờ lựa chọn") for title in titles["viewer"])


@pytest.mark.parametrize("role", ROLES)
def test_of_what_bears_a_mark_only_what_the_plan_says_leaves_the_desk_for_anybody(
    desk: Desk, as_role: AsRole, stranger: Stranger, role: str
) -> None:
    desk.until_issued()
    with writing(settings().database) as session:
        session.get_one(DocumentRow, desk.documents("selection_notice")[-1].id).secrecy = "MẬT"

    answer = stranger().get(made(as_role(role)))

    of_may = [(title, one) for title, one in entries(answer).items() if "Biên Hòa" in title]
    assert [title for title, _one in of_may] == ["Biên Hòa, tháng 5/2024: có độ mật, xem tại bàn làm việc"]
    assert of_may[0][1]["DTSTART"].dt == date(2024, 5, 1)
    for fact in ("THPT Mẫu", "Phòng họp A", "20240514", "80-TB"):
        assert fact not in answer.content.decode()


def test_the_summary_is_the_offices_alone(desk: Desk, as_role: AsRole, stranger: Stranger) -> None:
    desk.until_year_end()

    told = {role: "tong-hop" in stranger().get(made(as_role(role))).text for role in ("leader", "viewer", "admin")}

    assert told == {"leader": True, "viewer": False, "admin": False}


def test_only_the_hash_of_the_key_is_kept_and_the_address_is_shown_once(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()
    visitor = as_role("viewer")

    key = made(visitor).removeprefix("/lich/").removesuffix(".ics")

    with reading(settings().database) as session:
        row = session.scalars(select(CalendarLinkRow)).one()
        assert row.key_hash == accounts.hashed(key) != key
        said = [(line.what, line.details) for line in session.scalars(select(AuditRow)) if "lịch" in line.what]
    assert said == [("cấp liên kết lịch", {"source": "desk"})]
    assert key not in visitor.get("/lich").text
    with reading(settings().database) as session:
        everything = [repr(session.execute(select(table)).all()) for table in Base.metadata.sorted_tables]
    assert not [rows for rows in everything if key in rows]


def test_a_link_holds_until_it_is_taken_back_or_another_is_made(
    desk: Desk, as_role: AsRole, stranger: Stranger
) -> None:
    desk.until_listed()
    visitor, reader = as_role("officer"), stranger()
    first = made(visitor)
    assert reader.get(first).status_code == 200

    second = made(visitor)
    assert (reader.get(first).status_code, reader.get(second).status_code) == (404, 200)

    visitor.post("/lich", {"do": "revoke"})
    assert reader.get(second).status_code == 404
    assert "Chưa có liên kết nào" in visitor.get("/lich").text


def test_a_locked_account_has_no_calendar_and_another_role_another_one(
    desk: Desk, as_role: AsRole, stranger: Stranger
) -> None:
    desk.until_year_end()
    path, reader = made(as_role("leader")), stranger()
    changed = {"name": "Trần Thị Minh Họa", "email": ""}
    with writing(settings().database) as session:
        row = accounts.by_login(session, "leader")
        assert row
        change(session, row, "thử", roles=["viewer"], active=True, **changed)
    assert "tong-hop" not in reader.get(path).text
    with writing(settings().database) as session:
        row = accounts.by_login(session, "leader")
        assert row
        change(session, row, "thử", roles=["viewer"], active=False, **changed)

    assert reader.get(path).status_code == 404


def test_a_calendar_that_has_it_is_not_sent_it_again(desk: Desk, as_role: AsRole, stranger: Stranger) -> None:
    desk.until_listed()
    path, reader = made(as_role("leader")), stranger()
    desk.set_clock(2024, 3, 20, 12)
    first = reader.get(path)
    by_tag = {"if-none-match": first.headers["etag"]}
    by_date = {"if-modified-since": first.headers["last-modified"]}

    assert [reader.get(path, headers=one).status_code for one in (by_tag, by_date)] == [304, 304]
    assert reader.get(path, headers=by_tag).content == b""
    assert "no-store" not in first.headers["cache-control"]

    desk.choose(1)
    desk.go_on()
    desk.set_clock(2024, 3, 20, 13)
    assert [reader.get(path, headers=one).status_code for one in (by_tag, by_date)] == [200, 200]
    assert reader.get(path, headers={**by_date, "if-none-match": '"other"'}).status_code == 200
    assert reader.get(path, headers={"if-modified-since": "yesterday"}).status_code == 200


def test_while_the_second_of_the_last_change_lasts_it_goes_by_its_tag_alone(
    desk: Desk, as_role: AsRole, stranger: Stranger
) -> None:
    """What came later in the same second would have the same date."""
    desk.until_listed()
    answer = stranger().get(made(as_role("leader")))

    assert "last-modified" not in answer.headers
    assert answer.headers["etag"]


def test_looking_changes_nothing(desk: Desk, as_role: AsRole, stranger: Stranger) -> None:
    """Calendars ask every few hours (design trap 13)."""
    desk.until_listed()
    path, reader = made(as_role("leader")), stranger()

    def lines() -> int:
        with reading(settings().database) as session:
            return session.query(AuditRow).count()

    before = lines()
    assert reader.get(path).content == reader.get(path).content
    assert lines() == before


def test_of_the_year_before_only_what_is_still_open_stands_there(
    desk: Desk, as_role: AsRole, stranger: Stranger
) -> None:
    desk.until_year_end()
    desk.set_clock(2025, 1, 20, 9)

    titles = list(entries(stranger().get(made(as_role("officer")))))

    assert any("kiến nghị tháng 5/2024" in title for title in titles)
    assert not any(title.startswith(("Gửi đề nghị", "Hạn báo cáo năm 2024")) for title in titles)
