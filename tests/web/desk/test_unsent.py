"""A session ends while somebody types: the form comes back filled, for the same person alone."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from inspect import getsource

import httpx
import pytest

from config.settings import settings
from database import accounts, unsent
from database.drafts import UploadRow
from database.engine import reading, writing
from domain.dates import OFFICE_ZONE
from tests.desk import Desk
from tests.web.conftest import PASSWORD, AsRole, Visitor
from tests.web.deciding import VISIT
from tests.web.drafted import begin_draft
from tests.web.lists import GOOD
from web.app import create_app, routes_of
from web.desk import unsent as desk_unsent
from web.desk.access import wall_clock
from web.desk.security_tokens import FIELD, TYPIST, session_cookie

Stranger = Callable[[], Visitor]


def sent_too_late(visitor: Visitor, path: str, typed: Mapping[str, object], files: object = None) -> httpx.Response:
    """The form is opened, the session ends on the server, the form is sent."""
    opened = visitor.get(path).text
    hidden = {name: opened.split(f'name="{name}" value="')[1].split('"')[0] for name in (FIELD, TYPIST)}
    with writing(settings().database) as session:
        accounts.end_session(session, visitor.browser.cookies[session_cookie()])
    answer: httpx.Response = visitor.browser.post(path, data={**hidden, **typed}, files=files)  # type: ignore[arg-type]
    return answer


def signs_in(visitor: Visitor, answer: httpx.Response, login: str) -> httpx.Response:
    """Where the sign-in page leads, for whoever types his password there."""
    page = visitor.follow(answer)
    tiep = page.text.split('name="tiep" value="')[1].split('"')[0]
    signed = visitor.post("/dang-nhap", {"login": login, "password": PASSWORD, "tiep": tiep})
    return visitor.follow(signed)


@pytest.mark.parametrize(
    ("chapter", "role", "path", "typed", "comes_back"),
    [
        ("until_listed", "leader", f"{VISIT}/chon", {"meeting": ["1", "2"], "consulted": "Thường trực"}, "Thường trực"),
        ("until_chosen", "officer", f"{VISIT}/doi/1", {"day": "21/5/2024", "reason": "Thi học kỳ"}, "Thi học kỳ"),
        ("until_chosen", "leader", f"{VISIT}/huy", {"reason": "Đơn vị hợp nhất"}, "Đơn vị hợp nhất"),
        ("until_chosen", "officer", f"{VISIT}/khach-moi", {"name": "Đồng chí A"}, "Đồng chí A"),
        ("until_chosen", "clerk", f"{VISIT}/phat-hanh/notice", {"number": "80", "do": "issue"}, 'value="80"'),
        ("until_issued", "clerk", f"{VISIT}/dinh-chinh/notice", {"reason": "Nhầm dòng", "do": "look"}, "Nhầm dòng"),
        ("until_asked", "officer", f"{VISIT}/de-cu", GOOD, "Chi bộ khu phố Mẫu Hai"),
        ("until_met", "officer", f"{VISIT}/ket-qua", {"turn": "1", "strength-2": "Chu đáo", "do": "save"}, "Chu đáo"),
        ("until_year_end", "officer", "/nam/2024/bao-cao/trang_bom/nhan", {"strengths": "Dự đủ kỳ"}, "Dự đủ kỳ"),
        ("until_year_end", "officer", "/nam/2024/tong-hop/nhiem-vu", {"proposals": "Dự sớm hơn"}, "Dự sớm hơn"),
        ("until_year_end", "officer", f"{VISIT}/kien-nghi/tra-loi", {"text-1": "Đã ghi đủ"}, "Đã ghi đủ"),
        ("drafted", "officer", "/ke-hoach/2026", {"do": "settle", "point": "1", "decided-1": "Số 12"}, "Số 12"),
        ("drafted", "officer", "/ke-hoach/2026/noi-dung", {"title": "Tên đã sửa"}, "Tên đã sửa"),
        ("drafted", "officer", "/ke-hoach/2026/don-vi", {"months-xa_long_thanh": "3, 9"}, "3, 9"),
        ("drafted", "officer", "/ke-hoach/2026/dia-chi", {"office.name": "Ban khác"}, "Ban khác"),
        ("drafted", "admin", "/thiet-lap", {"signer-name": "Lê A", "year": "2027"}, ""),
        ("until_listed", "admin", "/quan-tri/lien-he?nam=2024", {"office.name": "Ban khác"}, "Ban khác"),
        ("until_listed", "clerk", "/so-van-ban/ghi?loai=TB", {"number": "78", "reason": "Để sau"}, "Để sau"),
        ("until_listed", "officer", "/lich-lam-viec/sua?nam=2024", {"days_off": "10/7/2024 Nghỉ thêm"}, "Nghỉ thêm"),
    ],
)  # fmt: skip
def test_the_same_person_finds_the_form_filled(
    desk: Desk, as_role: AsRole, chapter: str, role: str, path: str, typed: Mapping[str, object], comes_back: str
) -> None:
    begin_draft() if chapter == "drafted" else getattr(desk, chapter)()
    visitor = as_role(role)

    late = sent_too_late(visitor, path, typed)
    assert "được giữ" in visitor.get("/dang-nhap").text
    back = signs_in(visitor, late, role)

    assert back.status_code == 200, back.text
    assert comes_back in back.text
    assert "ghi trước khi hết phiên làm việc" in back.text


def test_every_form_that_asks_what_was_typed_before_is_kept() -> None:
    routes = list(routes_of(create_app()))
    shown = {one.path for one in routes if "GET" in one.methods and "typed_before(" in getsource(one.endpoint)}
    sent = {one.path for one in routes if "POST" in one.methods}
    assert len(shown & sent) > 10
    assert sorted(path for path in shown & sent if not path.endswith(desk_unsent.COMES_BACK)) == []


def test_findings_sent_while_one_was_away_are_neither_covered_nor_reverted(desk: Desk, as_role: AsRole) -> None:
    """What he changed comes back over what the other sent; he is told of it when he sends."""
    desk.until_met()
    desk.report(desk.findings())
    visitor, url = as_role("officer"), f"{VISIT}/ket-qua"
    opened = visitor.get(url).text
    shown = {"turn": "1", "seen": "1", "strength-1": "Chuẩn bị chu đáo", "limitation-1": "Sổ nghị quyết ghi vắn tắt"}
    assert "Chuẩn bị chu đáo" in opened
    late = sent_too_late(visitor, url, {**shown, "difficulty-1": "Thiếu phòng họp", "do": "save"})
    desk.report(desk.findings(strengths=("Bản của người khác",)))

    back = signs_in(visitor, late, "officer").text

    assert 'name="seen" value="1"' in back
    assert "Thiếu phòng họp" in back
    assert "Bản của người khác" in back
    assert "Chuẩn bị chu đáo" not in back


@pytest.mark.parametrize(
    ("chapter", "role", "path", "of_the_page"),
    [
        ("until_met", "officer", f"{VISIT}/ket-qua", {"turn": "1", "seen": "0", "strength-1": "", "do": "save"}),
        ("until_met", "officer", f"{VISIT}/cham-diem/1", {"rubric": "chi-bo", "seen-group": "0", "do": "save"}),
        ("until_signed", "clerk", f"{VISIT}/phat-hanh/notice", {"shown": "1-2-open-0-0.0", "do": "issue"}),
        ("until_chosen", "officer", f"{VISIT}/khach-moi", {"guest": "1", "guest_email": "a@a", "do": "uninvite"}),
    ],
)  # fmt: skip
def test_where_nothing_was_typed_nothing_is_kept_and_one_comes_back_to_the_form(
    desk: Desk, as_role: AsRole, chapter: str, role: str, path: str, of_the_page: Mapping[str, object]
) -> None:
    """What the page puts into its own form is no text of anybody."""
    getattr(desk, chapter)()
    visitor = as_role(role)

    late = sent_too_late(visitor, path, of_the_page)
    assert "chưa có gì được ghi" in visitor.get("/dang-nhap").text
    back = signs_in(visitor, late, role)

    assert back.status_code == 200
    assert back.url.path == path
    assert "ghi trước khi hết phiên làm việc" not in back.text
    with reading(settings().database) as session:
        assert session.query(UploadRow).count() == 0


def test_another_person_never_sees_it(desk: Desk, as_role: AsRole) -> None:
    desk.until_chosen()
    other = as_role("leader", "khac", name="Bùi Thị Khác", email="")
    visitor = as_role("leader")

    late = sent_too_late(visitor, f"{VISIT}/huy", {"reason": "Đơn vị hợp nhất"})
    back = signs_in(visitor, late, "khac")

    assert back.status_code == 200
    assert "Đơn vị hợp nhất" not in back.text
    assert "Đơn vị hợp nhất" not in other.get(f"{VISIT}/huy").text


def test_the_text_stands_on_no_page_before_somebody_signs_in(desk: Desk, as_role: AsRole) -> None:
    desk.until_chosen()
    visitor = as_role("leader")

    late = sent_too_late(visitor, f"{VISIT}/huy", {"reason": "Đơn vị hợp nhất"})

    assert "hợp nhất" not in late.text + late.headers["location"] + visitor.follow(late).text


def test_a_chosen_file_is_named_and_must_be_chosen_again(desk: Desk, as_role: AsRole) -> None:
    desk.until_asked()
    visitor = as_role("officer")

    file = {"file": ("danh-sach.csv", b"x", "text/csv")}
    late = sent_too_late(visitor, f"{VISIT}/de-cu", {"their_symbol": "63-CV/ThU"}, file)

    assert "Xem lại rồi gửi; tệp “danh-sach.csv” phải chọn lại" in signs_in(visitor, late, "officer").text


def test_a_file_that_was_chosen_alone_is_named_as_well(desk: Desk, as_role: AsRole) -> None:
    desk.until_asked()
    visitor = as_role("officer")

    late = sent_too_late(visitor, f"{VISIT}/de-cu", {"seen": ""}, {"file": ("danh-sach.csv", b"x", "text/csv")})

    assert "tệp “danh-sach.csv” phải chọn lại" in signs_in(visitor, late, "officer").text


def test_nothing_is_decided_by_what_was_sent_too_late(desk: Desk, as_role: AsRole) -> None:
    desk.until_chosen()
    visitor = as_role("leader")

    late = sent_too_late(visitor, f"{VISIT}/huy", {"reason": "Đơn vị hợp nhất", "sure": "1"})
    signs_in(visitor, late, "leader")

    assert desk.answers("cancellation") == []


def test_sent_again_it_is_kept_no_longer(desk: Desk, as_role: AsRole) -> None:
    desk.until_chosen()
    visitor = as_role("leader")
    signs_in(visitor, sent_too_late(visitor, f"{VISIT}/huy", {"reason": "Đơn vị hợp nhất"}), "leader")

    visitor.post(f"{VISIT}/huy", {"reason": "Đơn vị hợp nhất"})

    assert "ghi trước khi hết phiên" not in visitor.get(f"{VISIT}/huy").text


def test_a_page_of_the_session_before_keeps_its_text_under_a_new_one(desk: Desk, as_role: AsRole) -> None:
    """In another tab the same person has signed in again: the old page's token is wrong, its text is not lost."""
    desk.until_chosen()
    visitor, again = as_role("leader"), as_role("leader")
    opened = visitor.get(f"{VISIT}/huy").text
    hidden = {name: opened.split(f'name="{name}" value="')[1].split('"')[0] for name in (FIELD, TYPIST)}
    visitor.browser.cookies.set(session_cookie(), again.browser.cookies[session_cookie()], domain="127.0.0.1", path="/")

    answer = visitor.browser.post(f"{VISIT}/huy", data={**hidden, "reason": "Đơn vị hợp nhất", "sure": "1"})

    assert "Đơn vị hợp nhất" in visitor.follow(answer).text
    assert desk.answers("cancellation") == []


def test_a_mark_that_is_not_ours_keeps_nothing(desk: Desk, as_role: AsRole) -> None:
    desk.until_chosen()
    visitor = as_role("leader")
    opened = visitor.get(f"{VISIT}/huy").text
    token = opened.split(f'name="{FIELD}" value="')[1].split('"')[0]
    with writing(settings().database) as session:
        accounts.end_session(session, visitor.browser.cookies[session_cookie()])

    visitor.browser.post(f"{VISIT}/huy", data={FIELD: token, TYPIST: "1.abc", "reason": "Đơn vị hợp nhất"})

    with reading(settings().database) as session:
        assert session.query(UploadRow).count() == 0


def test_what_is_kept_is_bounded(desk: Desk) -> None:
    """Five forms for one account, half a day, and no more letters than a draft has."""
    now = wall_clock().astimezone(OFFICE_ZONE)
    with writing(settings().database) as session:
        for number in range(8):
            unsent.keep(session, desk.visit.id, 1, f"/{number}", b"x", now)
    with reading(settings().database) as session:
        assert [bool(unsent.find(session, 1, f"/{number}", now)) for number in range(8)] == [False] * 3 + [True] * 5
        assert unsent.find(session, 1, "/7", now + timedelta(hours=13)) is None
        assert unsent.find(session, 2, "/7", now) is None


def test_too_long_a_text_is_not_kept(desk: Desk, as_role: AsRole, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.until_chosen()
    monkeypatch.setattr(desk_unsent, "MAX_LETTERS", 10)
    visitor = as_role("leader")

    late = sent_too_late(visitor, f"{VISIT}/huy", {"reason": "Đơn vị hợp nhất"})

    assert late.headers["location"] == "/dang-nhap"
    assert "chưa được ghi" in visitor.follow(late).text
