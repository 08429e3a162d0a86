"""Signing in and out: by password only, not too often, not for too long."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from config.settings import settings, use
from database import accounts
from database.accounts import AccountRow, AttemptRow, SessionRow
from database.engine import reading, writing
from tests.web.conftest import PASSWORD, AsRole, Visitor
from web.desk.security_tokens import session_cookie

Stranger = Callable[[], Visitor]
WRONG = {"login": "leader", "password": "không phải thế"}
RIGHT = {"login": "leader", "password": PASSWORD}


def move_back(what: timedelta) -> None:
    """Let so much time have passed for every session and attempt: they lie that much further back."""
    with writing(settings().database) as session:
        for kept in session.query(SessionRow):
            kept.seen_at, kept.begun_at = kept.seen_at - what, kept.begun_at - what
        for attempt in session.query(AttemptRow):
            attempt.at -= what


def test_whoever_is_not_signed_in_is_sent_to_the_form_and_comes_back(as_role: AsRole, stranger: Stranger) -> None:
    as_role("leader")
    visitor = stranger()

    sent = visitor.get("/mat-khau?a=1")
    assert sent.headers["location"] == "/dang-nhap?tiep=/mat-khau%3Fa%3D1"

    form = visitor.follow(sent)
    assert 'name="tiep" value="/mat-khau?a=1"' in form.text
    entered = visitor.post("/dang-nhap", {"login": " Leader ", "password": PASSWORD, "tiep": "/mat-khau?a=1"})
    assert entered.headers["location"] == "/mat-khau?a=1"
    assert "Trần Thị Minh Họa" in visitor.follow(entered).text
    with reading(settings().database) as session:
        row = accounts.by_login(session, "leader")
        assert row
        assert row.signed_in_at


@pytest.mark.parametrize("elsewhere", ["https://x.example/", "//x.example", "/\\x.example", "javascript:alert(1)", "x"])
def test_nobody_is_led_to_another_site_after_signing_in(as_role: AsRole, stranger: Stranger, elsewhere: str) -> None:
    as_role("leader")

    entered = stranger().post("/dang-nhap", {**RIGHT, "tiep": elsewhere})

    assert entered.headers["location"] == "/viec-cua-toi"


@pytest.mark.parametrize("typed", [WRONG, {"login": "ai-do", "password": PASSWORD}, {"login": "", "password": ""}])
def test_a_wrong_password_and_an_unknown_login_are_told_apart_by_nobody(
    as_role: AsRole, stranger: Stranger, typed: dict[str, str]
) -> None:
    as_role("leader")

    answer = stranger().post("/dang-nhap", typed)

    assert answer.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in answer.text
    assert session_cookie() not in answer.headers.get("set-cookie", "")


def test_a_locked_account_does_not_open(as_role: AsRole, stranger: Stranger) -> None:
    inside = as_role("leader")
    with writing(settings().database) as session:
        session.query(AccountRow).filter_by(login="leader").one().active = False

    assert stranger().post("/dang-nhap", RIGHT).status_code == 422
    assert inside.get("/mat-khau").status_code == 303, "and whoever is inside is out"


def test_a_password_typed_in_another_form_of_unicode_is_the_same(as_role: AsRole, stranger: Stranger) -> None:
    """P8: some keyboards compose letters, others do not."""
    import unicodedata

    as_role("leader")
    decomposed = unicodedata.normalize("NFD", PASSWORD)
    assert decomposed != PASSWORD

    assert stranger().post("/dang-nhap", {**RIGHT, "password": decomposed}).status_code == 303


def test_after_five_wrong_attempts_even_the_right_password_waits_a_quarter_of_an_hour(
    as_role: AsRole, stranger: Stranger
) -> None:
    as_role("leader")
    visitor = stranger()
    assert [visitor.post("/dang-nhap", WRONG).status_code for _ in range(5)] == [422] * 5

    refused = visitor.post("/dang-nhap", RIGHT)
    assert refused.status_code == 429
    assert "Sai quá nhiều lần" in refused.text
    assert "15 phút" in refused.text

    move_back(timedelta(minutes=16))
    assert visitor.post("/dang-nhap", RIGHT).status_code == 303


def test_a_success_wipes_out_the_failures_before_it(as_role: AsRole, stranger: Stranger) -> None:
    as_role("leader")
    for _ in range(2):
        for _ in range(4):
            stranger().post("/dang-nhap", WRONG)
        assert stranger().post("/dang-nhap", RIGHT).status_code == 303


def test_one_address_cannot_try_many_logins(stranger: Stranger) -> None:
    visitor = stranger()
    answers = [visitor.post("/dang-nhap", {"login": f"ai-{n}", "password": "x"}).status_code for n in range(21)]

    assert answers == [422] * 20 + [429]


def test_every_sign_in_is_a_new_session_whatever_the_browser_brought(as_role: AsRole, stranger: Stranger) -> None:
    as_role("leader")
    visitor = stranger()
    visitor.browser.cookies.set(session_cookie(), "planted", domain="127.0.0.1", path="/")

    entered = visitor.post("/dang-nhap", RIGHT)

    given = entered.headers["set-cookie"]
    assert f"{session_cookie()}=" in given
    assert "planted" not in given
    assert "HttpOnly" in given
    assert "SameSite=lax" in given
    with reading(settings().database) as session:
        assert accounts.find_session(session, "planted") is None


def test_what_is_kept_of_a_session_does_not_open_the_desk(as_role: AsRole, stranger: Stranger) -> None:
    as_role("leader")
    with reading(settings().database) as session:
        kept = session.query(SessionRow).one().token
    visitor = stranger()
    visitor.browser.cookies.set(session_cookie(), kept, domain="127.0.0.1", path="/")

    assert visitor.get("/mat-khau").status_code == 303


def test_a_session_nobody_uses_for_half_an_hour_is_over(as_role: AsRole) -> None:
    visitor = as_role("leader")
    move_back(timedelta(minutes=29))
    assert visitor.get("/mat-khau").status_code == 200, "and this counts as use"
    move_back(timedelta(minutes=29))
    assert visitor.get("/mat-khau").status_code == 200
    move_back(timedelta(minutes=31))

    sent = visitor.get("/mat-khau")

    assert sent.status_code == 303
    assert "Đã hết phiên làm việc" in visitor.follow(sent).text


def test_a_session_is_over_after_twelve_hours_however_busy(as_role: AsRole) -> None:
    visitor = as_role("leader")
    for _ in range(25):
        move_back(timedelta(minutes=28))
        assert visitor.get("/mat-khau").status_code == 200
    move_back(timedelta(minutes=28))

    assert visitor.get("/mat-khau").status_code == 303


def test_the_time_out_is_a_setting(as_role: AsRole) -> None:
    use(settings().model_copy(update={"desk": settings().desk.model_copy(update={"idle_minutes": 5})}))
    visitor = as_role("leader")
    move_back(timedelta(minutes=6))

    assert visitor.get("/mat-khau").status_code == 303


def test_signing_out_ends_the_session_on_the_server(as_role: AsRole, stranger: Stranger) -> None:
    visitor = as_role("leader")
    token = visitor.browser.cookies[session_cookie()]

    left = visitor.post("/dang-xuat")

    assert "Đã đăng xuất" in visitor.follow(left).text
    thief = stranger()
    thief.browser.cookies.set(session_cookie(), token, domain="127.0.0.1", path="/")
    assert thief.get("/mat-khau").status_code == 303


def test_a_rehearsal_shows_its_people_and_a_live_desk_shows_nothing(stranger: Stranger) -> None:
    assert "dien-tap-2024" in stranger().get("/dang-nhap").text

    use(settings().model_copy(update={"mode": "live"}))
    assert "dien-tap" not in stranger().get("/dang-nhap").text


# One's own password


def test_one_changes_ones_own_password_and_other_browsers_are_signed_out(as_role: AsRole, stranger: Stranger) -> None:
    visitor, other = as_role("leader"), as_role("leader")
    new = {"old": PASSWORD, "new": "bốn con voi cùng đi", "again": "bốn con voi cùng đi"}

    changed = visitor.post("/mat-khau", new)

    assert changed.status_code == 303
    assert visitor.get("/mat-khau").status_code == 200
    assert other.get("/mat-khau").status_code == 303
    assert stranger().post("/dang-nhap", RIGHT).status_code == 422
    assert stranger().post("/dang-nhap", {**RIGHT, "password": new["new"]}).status_code == 303


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"old": "sai"}, "mật khẩu hiện nay"),
        ({"again": "khác"}, "hai lần nhập mật khẩu mới khác nhau"),
        ({"new": "ngắn", "again": "ngắn"}, "ngắn hơn 10 ký tự"),
        ({"new": PASSWORD, "again": PASSWORD}, "giống mật khẩu hiện nay"),
        ({"new": "aaaaaaaaaaaaa", "again": "aaaaaaaaaaaaa"}, "quá dễ đoán"),
        ({"new": "leader-leader-1", "again": "leader-leader-1"}, "quá dễ đoán"),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_the_reason(
    as_role: AsRole, changed: dict[str, str], said: str
) -> None:
    visitor = as_role("leader")
    form = {"old": PASSWORD, "new": "bốn con voi cùng đi", "again": "bốn con voi cùng đi", **changed}

    answer = visitor.post("/mat-khau", form)

    assert answer.status_code == 422
    assert said in answer.text


def test_wrong_passwords_are_counted_there_like_those_of_signing_in_and_with_them(
    as_role: AsRole, stranger: Stranger
) -> None:
    """Whoever sits down at an open desk does not try on."""
    visitor = as_role("leader")
    change = {"old": "sai", "new": "bốn con voi cùng đi", "again": "bốn con voi cùng đi"}
    assert [visitor.post("/mat-khau", change).status_code for _ in range(5)] == [422] * 5

    refused = visitor.post("/mat-khau", {**change, "old": PASSWORD})

    assert refused.status_code == 429
    assert "thử lại sau 15 phút" in refused.text
    assert stranger().post("/dang-nhap", RIGHT).status_code == 429, "they are the same account and address"
    move_back(timedelta(minutes=16))
    assert visitor.post("/mat-khau", {**change, "old": PASSWORD}).status_code == 303


def test_the_right_one_wipes_out_the_wrong_ones_before_it(as_role: AsRole) -> None:
    visitor = as_role("leader")
    for _ in range(2):
        for _ in range(4):
            visitor.post("/mat-khau", {"old": "sai", "new": "x", "again": "x"})
        assert "ngắn hơn" in visitor.post("/mat-khau", {"old": PASSWORD, "new": "x", "again": "x"}).text


def test_with_a_password_from_somebody_else_one_must_first_set_ones_own(as_role: AsRole) -> None:
    visitor = as_role("leader")
    with writing(settings().database) as session:
        session.query(AccountRow).filter_by(login="leader").one().must_change = True

    assert visitor.get("/viec-cua-toi").headers["location"] == "/mat-khau"
    assert "do người khác đặt" in visitor.get("/mat-khau").text

    visitor.post("/mat-khau", {"old": PASSWORD, "new": "bốn con voi cùng đi", "again": "bốn con voi cùng đi"})
    assert visitor.get("/viec-cua-toi").status_code == 200


def test_what_was_sent_after_the_session_was_over_is_said_to_be_lost(as_role: AsRole) -> None:
    visitor = as_role("leader")
    token = visitor.token()
    move_back(timedelta(minutes=31))

    sent = visitor.browser.post("/mat-khau", data={"csrf": token, "old": PASSWORD})

    assert "nội dung vừa gửi chưa được ghi" in visitor.follow(sent).text
