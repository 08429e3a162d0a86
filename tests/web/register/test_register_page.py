"""The register at the desk: every number with its document, gaps seen, written by clerks, covered where it must be."""

import re

from answers import register
from config.settings import settings
from database.engine import reading, writing
from database.models import DocumentRow, NumberRow
from database.numbers import Series
from domain.dates import at
from overview.register import read_register
from tests.desk import Desk
from tests.may import CLERK, MAY
from tests.web.conftest import AsRole
from tests.web.looking import queries_for

TB = Series("BTCTU", "TB", "2020-2025")
#: The page of that series.
PAGE = "/so-van-ban?so=TB.BTCTU.2020-2025"


def test_a_number_is_shown_with_its_day_its_document_and_its_files(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()

    shown = as_role("leader").get(PAGE).text

    assert "80-TB/BTCTU" in shown
    assert "22/3/2024" in shown
    assert "Thông báo dự sinh hoạt · 2024-05 · Biên Hòa" in shown
    assert f"/chuyen/{MAY}/van-ban/selection_notice.pdf?ban=1" in shown
    assert "Số kế tiếp: <strong>81-TB/BTCTU</strong>" in shown


def test_numbers_left_out_share_a_line_and_cancelled_ones_keep_their_reason(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    register.reserve(TB, 78, CLERK, "thông báo tháng 3")
    register.cancel(TB, 84, CLERK, "viết hỏng")

    shown = as_role("officer").get(PAGE).text

    assert "81-TB/BTCTU … 83-TB/BTCTU" in shown
    assert "<strong>4 số bỏ trống</strong>" in shown
    assert "viết hỏng" in shown
    assert "viết hỏng" not in as_role("viewer").get(PAGE).text


def test_a_kind_of_document_that_nobody_has_heard_of_is_shown_all_the_same(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    with writing(settings().database) as session:
        session.get_one(DocumentRow, desk.documents("selection_notice")[-1].id).kind = "cong_van_moi"

    assert "Cong_van_moi · 2024-05 · Biên Hòa" in as_role("clerk").get(PAGE).text


def test_a_marked_document_shows_neither_number_nor_day_to_whom_it_does_not_concern(
    desk: Desk, as_role: AsRole
) -> None:
    desk.until_issued()
    with writing(settings().database) as session:
        session.get_one(DocumentRow, desk.documents("selection_notice")[-1].id).secrecy = "MẬT"

    theirs, viewers = (as_role(role).get(PAGE).text for role in ("clerk", "viewer"))

    assert "80-TB/BTCTU" in theirs
    assert "80-TB/BTCTU" not in viewers
    assert "Biên Hòa" not in viewers
    assert "có độ mật" in viewers


def test_a_viewer_opens_no_file_that_tells_findings(desk: Desk, as_role: AsRole) -> None:
    desk.until_year_end()

    files = [re.findall(r"van-ban/(\w+)\.", as_role(role).get(PAGE).text) for role in ("clerk", "viewer")]

    assert {"selection_notice", "result_notice"} <= set(files[0])
    assert set(files[1]) == {"selection_notice"}


def test_a_clerk_keeps_the_next_number_and_gives_one_up(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    clerk = as_role("clerk")

    kept = clerk.follow(clerk.post("/so-van-ban/ghi?loai=TB", {"do": "reserve", "reason": "thông báo tháng 6"}))
    given_up = clerk.follow(clerk.post("/so-van-ban/ghi?loai=TB", {"do": "cancel", "number": "81", "reason": "thôi"}))

    assert "Đã giữ số 81-TB/BTCTU." in kept.text
    assert "Đã hủy số 81-TB/BTCTU." in given_up.text
    with reading(settings().database) as session:
        assert [(line.symbol, line.state) for line in read_register(session, TB)] == [
            ("81-TB/BTCTU", "cancelled"), ("80-TB/BTCTU", "used"),
        ]  # fmt: skip


def test_a_number_that_is_used_is_not_given_up_and_what_was_typed_stays(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()

    refused = as_role("clerk").post("/so-van-ban/ghi?loai=TB", {"do": "cancel", "number": "80", "reason": "nhầm"})

    assert refused.status_code == 422
    assert "ố 80-TB/BTCTU đã dùng trong nhiệm kỳ 2020-2025" in refused.text
    assert 'value="nhầm"' in refused.text


def test_giving_up_needs_number_and_reason(desk: Desk, as_role: AsRole) -> None:
    assert desk.visit.state == "planned"

    refused = as_role("clerk").post("/so-van-ban/ghi?loai=TB", {"do": "cancel"})

    assert refused.status_code == 422
    assert "Chưa ghi số" in refused.text
    assert "Chưa ghi lý do" in refused.text


def test_a_long_register_comes_in_pages_and_costs_no_more_queries(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    clerk = as_role("clerk")
    before = queries_for(clerk, PAGE)
    with writing(settings().database) as session:
        session.add_all(
            NumberRow(organ_code="BTCTU", type_code="TB", term="2020-2025", number=number, state="reserved", by="đo",
                      at=at(desk.today, 9), reason="", document_id=None)
            for number in range(100, 350)
        )  # fmt: skip

    first, last = clerk.get(PAGE).text, clerk.get(f"{PAGE}&trang=3").text

    assert "349-TB/BTCTU" in first
    assert "149-TB/BTCTU" not in first
    assert "81-TB/BTCTU … 99-TB/BTCTU" in last
    assert queries_for(clerk, f"{PAGE}&trang=3") == before


def test_a_state_that_only_a_newer_service_knows_is_counted_and_shown(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    register.reserve(TB, 81, CLERK)
    with writing(settings().database) as session:
        session.query(NumberRow).filter_by(number=81).one().state = "nhap"

    shown = as_role("clerk").get(PAGE).text

    assert "Đang hiện 1–2 trong 2 số" in shown
    assert ">nhap</span>" in shown
