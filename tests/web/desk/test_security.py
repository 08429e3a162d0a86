"""What stands before every page: headers, names, sizes; what an error tells and what it does not."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from config.secret import secret, secret_file
from config.settings import Settings, settings, use
from domain.problem import Problem, Refused
from tests.web.conftest import PASSWORD, AsRole, Visitor, token_in
from web.desk.binding import check
from web.desk.render import FOLDER, asset
from web.desk.security_tokens import message_cookie, pack

Stranger = Callable[[], Visitor]

EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
}


@pytest.mark.parametrize("url", ["/dang-nhap", "/mat-khau", "/khong-co", "/suc-khoe", "/static/desk.css"])
def test_every_answer_carries_the_headers(stranger: Stranger, url: str) -> None:
    answer = stranger().get(url)

    assert {name: answer.headers[name] for name in EVERYWHERE} == EVERYWHERE
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "strict-transport-security" not in answer.headers


def test_pages_are_kept_nowhere_and_files_for_good(as_role: AsRole) -> None:
    visitor = as_role("leader")

    assert visitor.get("/mat-khau").headers["cache-control"] == "no-store"
    assert "immutable" in visitor.get(asset("desk.css")).headers["cache-control"]


def test_under_tls_cookies_are_secure_and_browsers_are_told_to_stay_there(as_role: AsRole, stranger: Stranger) -> None:
    use(settings().model_copy(update={"desk_behind_proxy": True}))
    as_role("leader")
    visitor = stranger()
    form = visitor.browser.get("https://127.0.0.1/dang-nhap")

    entered = visitor.browser.post(
        "https://127.0.0.1/dang-nhap", data={"csrf": token_in(form), "login": "leader", "password": PASSWORD}
    )

    assert entered.status_code == 303
    assert "__Host-visits_session_" in entered.headers["set-cookie"]
    assert "Secure" in entered.headers["set-cookie"]
    assert "max-age" in entered.headers["strict-transport-security"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8080", 200),
        ("localhost", 200),
        ("[::1]:8080", 200),
        ("evil.example", 400),
        ("", 400),
        ("127.0.0.1.x", 400),
    ],
)
def test_the_desk_answers_to_its_own_names_only(stranger: Stranger, host: str, status: int) -> None:
    """A foreign name that points to this machine must not reach it through a browser (DNS rebinding)."""
    assert stranger().get("/dang-nhap", headers={"host": host}).status_code == status


def test_the_public_name_is_one_of_them(stranger: Stranger) -> None:
    use(settings().model_copy(update={"desk_public_host": "ban.tinhuy.example"}))

    assert stranger().get("/dang-nhap", headers={"host": "ban.tinhuy.example"}).status_code == 200


def test_what_is_too_big_is_refused_before_it_is_read(stranger: Stranger) -> None:
    answer = stranger().browser.post("/dang-nhap", content=b"x" * (21 * 2**20 + 1))

    assert answer.status_code == 413
    assert "nhiều nhất 21 MB" in answer.text


def test_what_does_not_say_its_size_is_counted(stranger: Stranger) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    answer = stranger().browser.post("/dang-nhap", content=(b"x" * 2**16 for _ in range(400)), headers=kind)

    assert answer.status_code == 413


@pytest.mark.parametrize("length", ["-1", "abc", "99999999999"])
def test_a_false_size_is_refused(stranger: Stranger, length: str) -> None:
    answer = stranger().browser.post("/dang-nhap", content=b"x", headers={"content-length": length})

    assert answer.status_code == 413


def test_a_look_at_the_head_is_answered_like_the_page(stranger: Stranger) -> None:
    """Mail scanners ask so (design trap 13)."""
    assert stranger().browser.head("/dang-nhap").status_code == 200


def test_an_unknown_page_says_so_in_vietnamese(as_role: AsRole, stranger: Stranger) -> None:
    for visitor in (as_role("leader"), stranger()):
        answer = visitor.get("/khong-co")
        assert answer.status_code == 404
        assert "Không có trang này" in answer.text


def test_a_defect_tells_the_reader_a_number_and_nothing_else(
    site: FastAPI, as_role: AsRole, caplog: pytest.LogCaptureFixture
) -> None:
    @site.get("/hong/{token}")
    def broken(token: str) -> None:
        raise RuntimeError(f"bí mật {len(token)}")

    visitor = as_role("leader")
    browser = TestClient(site, base_url="http://127.0.0.1", raise_server_exceptions=False)
    browser.cookies = visitor.browser.cookies

    answer = browser.get("/hong/chia-khoa")

    assert answer.status_code == 500
    assert "bí mật" not in answer.text
    assert "Traceback" not in answer.text
    number = re.search(r"với số (\w+)", answer.text)
    assert number
    assert answer.headers["x-content-type-options"] == "nosniff", "even then"
    record = next(one for one in caplog.records if one.name == "desk")
    assert number[1] in record.getMessage()
    assert "chia-khoa" not in record.getMessage(), "the address of a reply page is a key"


def test_a_refusal_that_no_form_caught_names_every_problem(site: FastAPI, as_role: AsRole) -> None:
    @site.get("/tu-choi")
    def refuse() -> None:
        raise Refused(Problem("ô 1", "<b>sai</b>", "sửa"), Problem("--by", "thiếu", "chạy: visits show"))

    answer = as_role("leader").get("/tu-choi")

    assert answer.status_code == 422
    assert "&lt;b&gt;sai&lt;/b&gt;" in answer.text
    assert "thiếu" in answer.text
    assert "visits show" not in answer.text, "a command is no help in a browser"


def test_a_message_over_a_redirect_is_ours_or_not_shown(stranger: Stranger) -> None:
    visitor = stranger()
    visitor.browser.cookies.set(message_cookie(), pack("Đã ghi xong."), domain="127.0.0.1", path="/")
    assert "Đã ghi xong." in visitor.get("/dang-nhap").text
    visitor.browser.cookies.set(message_cookie(), "ImdpYW8i.gia-mao", domain="127.0.0.1", path="/")
    assert "giao" not in visitor.get("/dang-nhap").text


def test_no_template_holds_a_style_a_script_or_an_address_of_another_machine() -> None:
    for file in (FOLDER / "templates").rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", text), file
        assert not re.search(r"""(?:src|href|action)=["']?(?:https?:)?//""", text), file
    for file in (FOLDER / "static").iterdir():
        assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org)", file.read_text(encoding="utf-8")), file


@pytest.mark.parametrize("name", ["..%2Fapp.py", "%2e%2e/app.py", "desk.css/x", "khong-co.css", "desk.css%00"])
def test_only_the_files_of_one_folder_are_handed_out(stranger: Stranger, name: str) -> None:
    assert stranger().get(f"/static/{name}").status_code == 404


# Secrets


def test_a_secret_is_made_once_and_read_by_its_owner_only(home: Settings) -> None:
    first = secret("links")

    assert secret("links") == first
    assert len(first) > 40
    assert first != secret("desk")
    assert secret_file("links").stat().st_mode & 0o777 == 0o600
    assert secret_file("links").parent.stat().st_mode & 0o777 == 0o700
    assert [one.name for one in (home.folder / "secrets").iterdir() if one.name.startswith(".")] == []


# Where the desk may be opened


def reason(**more: object) -> str:
    """Why the desk does not open with these settings; empty when it does."""
    try:
        check(Settings(_env_file=None, **more))  # type: ignore[arg-type]  # any setting
    except Refused as refused:
        return str(refused)
    return ""


def test_the_desk_opens_on_this_machine_only_unless_it_is_encrypted(tmp_path: Path) -> None:
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    for file in (cert, key):
        file.touch()

    assert reason() == ""
    assert reason(desk_host="::1") == ""
    assert reason(desk_host="localhost") == ""
    assert "không mã hóa" in reason(desk_host="0.0.0.0")
    assert "không mã hóa" in reason(desk_host="ban.tinhuy.example")
    named: dict[str, object] = {"desk_host": "0.0.0.0", "desk_public_host": "giamsat.example"}
    assert reason(**named, desk_behind_proxy=True) == ""
    assert reason(**named, desk_tls_cert=cert, desk_tls_key=key) == ""
    assert reason(desk_host="10.0.0.5", desk_behind_proxy=True) == ""
    assert "chưa ghi tên" in reason(desk_host="0.0.0.0", desk_behind_proxy=True)
    assert "chỉ có khóa" in reason(desk_host="0.0.0.0", desk_tls_cert=cert)
    assert "không đọc được" in reason(desk_tls_cert=tmp_path / "x", desk_tls_key=key)


def test_a_rehearsal_is_never_open_to_others() -> None:
    assert "chỉ mở trên máy này" in reason(mode="rehearsal", desk_host="0.0.0.0", desk_behind_proxy=True)
