"""A mail server is set at the desk when a letter has really gone through it; before, and by whom, nothing changes."""

import stat
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from config.mail_server_file import file_of, password_file
from config.secret import mail_password
from config.settings import settings
from letters.mailbox import LocalMailbox
from tasks.letters.sending import mail_server as server_in_use
from tests.web.conftest import PASSWORD, AsRole, Visitor
from web.setting_up import mail_server as page_of_server

URL = "/thiet-lap/may-chu-thu"


def typed(server: LocalMailbox, **more: str) -> dict[str, str]:
    """What the admin types into the form."""
    return {
        "host": "127.0.0.1", "port": f"{server.port}", "security": "none", "sender": "van-thu@btc.example",
        "to": "quan-tri@btc.example", "own": PASSWORD, **more,
    }  # fmt: skip


def letters(server: LocalMailbox) -> list[Path]:
    return sorted(server.folder.rglob("*.eml"))


def test_a_test_letter_arrives_and_the_server_counts_at_once_in_this_process(
    admin: Visitor, mail_server: LocalMailbox
) -> None:
    assert settings().safe

    answer = admin.post(URL, typed(mail_server))

    assert answer.status_code == 303, answer.text
    (letter,) = letters(mail_server)
    message = message_from_bytes(letter.read_bytes(), policy=policy.default)
    assert message["To"].addresses[0].addr_spec == "quan-tri@btc.example"
    assert "Thư thử của phần mềm" in message["Subject"]
    for form in ("plain", "html"):
        assert "Ngô Thị Quản Trị" in message.get_body((form,)).get_content()
    assert not settings().safe
    assert (server_in_use(settings()).host, server_in_use(settings()).port) == ("127.0.0.1", mail_server.port)
    assert "đã nhận thư thử" in admin.follow(answer).text


def test_the_record_says_who_set_which_server_and_no_password(
    admin: Visitor, as_role: AsRole, mail_server: LocalMailbox
) -> None:
    admin.post(URL, typed(mail_server))

    record = as_role("leader").get("/nhat-ky").text
    assert "Đặt máy chủ thư" in record
    assert f"127.0.0.1:{mail_server.port}, none" in record
    assert PASSWORD not in record


def test_a_server_that_is_not_there_is_said_and_nothing_is_kept(admin: Visitor, mail_server: LocalMailbox) -> None:
    answer = admin.post(URL, typed(mail_server, port="1"))

    assert answer.status_code == 422
    assert "Không kết nối được máy chủ thư 127.0.0.1:1" in answer.text
    assert 'value="quan-tri@btc.example"' in answer.text, "what was typed stays"
    assert PASSWORD not in answer.text
    assert settings().safe
    assert not file_of(settings()).exists()


def test_a_server_that_refuses_the_recipient_is_quoted(admin: Visitor, mail_server: LocalMailbox) -> None:
    fault = mail_server.folder.parent / "mailbox-fault.json"
    fault.write_text('{"mode": "refuse"}', encoding="utf-8")

    answer = admin.post(URL, typed(mail_server))

    assert answer.status_code == 422, answer.text
    assert "550" in answer.text
    assert letters(mail_server) == []
    assert settings().safe


def test_it_asks_for_ones_own_password_again(admin: Visitor, mail_server: LocalMailbox) -> None:
    answer = admin.post(URL, typed(mail_server, own="sai mật khẩu rồi"))

    assert answer.status_code == 422
    assert 'id="own-problem-1"' in answer.text
    assert letters(mail_server) == [], "not even a letter went"
    assert settings().safe


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("host", "", "Chưa ghi máy chủ"), ("port", "99999", "Không có cổng 99999"), ("to", "không phải", "địa chỉ thư"),
        ("security", "gì đó", "Không có lựa chọn"),
    ],
)  # fmt: skip
def test_what_is_typed_wrong_is_said_at_its_field(
    admin: Visitor, mail_server: LocalMailbox, field: str, value: str, said: str
) -> None:
    answer = admin.post(URL, typed(mail_server, **{field: value}))

    assert answer.status_code == 422
    assert said in answer.text.split(f'id="{field}-problem-1">')[1].split("</span>")[0]
    assert letters(mail_server) == []


def test_the_password_is_a_file_of_its_own_that_nobody_else_reads_and_no_page_shows(
    admin: Visitor, monkeypatch: pytest.MonkeyPatch, mail_server: LocalMailbox
) -> None:
    """The sink takes no login: whether a login works is the postman's matter, and tested there."""
    monkeypatch.setattr("answers.mail_server._try", lambda *_told: None)

    admin.post(URL, typed(mail_server, user="van-thu@btc.example", password="bí mật của hộp thư"))

    path = password_file(settings())
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(file_of(settings()).stat().st_mode) == 0o600
    assert mail_password() == "bí mật của hộp thư"
    assert "bí mật" not in file_of(settings()).read_text("utf-8")
    page = admin.get(URL).text
    assert 'value="van-thu@btc.example"' in page
    assert "bí mật" not in page


def test_a_server_of_the_environment_is_not_changed_at_the_desk(
    admin: Visitor, monkeypatch: pytest.MonkeyPatch, mail_server: LocalMailbox
) -> None:
    smtp = settings().smtp.model_copy(update={"host": "mail.example"})
    monkeypatch.setattr("config.settings._in_use", [settings().model_copy(update={"smtp": smtp})])

    assert "do tệp cấu hình của dịch vụ đặt" in admin.get(URL).text
    assert admin.post(URL, typed(mail_server)).status_code == 422
    assert settings().smtp.host == "mail.example"
    assert page_of_server.SECURITY
