"""`visits inbox`: read the inbox now, see what came and what became of it."""

import json
from collections.abc import Iterator

import pytest

from config.settings import Settings, settings, use
from database.engine import writing
from database.models import DocumentRow
from tests.cli.conftest import Typed
from tests.desk import Desk
from tests.imap_server import ImapServer, imap_server
from tests.incoming_mail import answer_to, by_a_program


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """The visit whose request has been issued."""
    desk.until_asked()
    return desk


@pytest.fixture
def server(office: Settings) -> Iterator[ImapServer]:
    """An empty inbox, which this office reads."""
    with imap_server() as running:
        use(office.model_copy(update={"inbox": running.settings()}))
        yield running


def test_what_came_is_read_listed_and_shown(visits: Typed, asked: Desk, server: ImapServer) -> None:
    server.deliver(answer_to(asked.letters()[0], text="Kính gửi danh sách tháng 5."), by_a_program(2))

    read, listed, shown = visits("inbox", "read"), visits("inbox", "list"), visits("inbox", "show", "1")

    assert read.stdout.startswith("2 thư mới, xử lý 1, chờ người xem 1.")
    assert "ban-thuong-vu@bien-hoa.example" in listed.stdout
    assert "có lời, không kèm tệp" in listed.stdout
    assert "về: 2024-05/bien_hoa (theo thư được trả lời)" in shown.stdout
    assert "Kính gửi danh sách tháng 5." in shown.stdout


def test_the_list_as_json_can_be_asked_for_one_state(visits: Typed, asked: Desk, server: ImapServer) -> None:
    server.deliver(answer_to(asked.letters()[0]), by_a_program(2))
    visits("inbox", "read")

    (one,) = json.loads(visits("inbox", "list", "--state", "done", "--json").stdout)

    assert (one["id"], one["kind"], one["outcome"]) == (
        2,
        "automatic",
        "thư tự động của ban-thuong-vu@bien-hoa.example",
    )
    wrong = visits("inbox", "list", "--state", "xong")
    assert (wrong.exit_code, "một trong: new, open, done, aside" in wrong.stderr) == (1, True)


def test_what_came_about_a_visit_with_a_mark_shows_no_word_of_it(
    visits: Typed, asked: Desk, server: ImapServer
) -> None:
    letter = asked.letters()[0]
    server.deliver(answer_to(letter, text="Nội dung riêng."), returned(letter.message_id))
    visits("inbox", "read")
    plain = visits("inbox", "list").stdout + visits("inbox", "show", "2").stdout
    with writing(settings().database) as session:
        session.query(DocumentRow).update({"secrecy": "MẬT"})

    commands = (("list",), ("list", "--json"), ("show", "1"), ("show", "2"))
    said = " ".join("".join(visits("inbox", *words).stdout for words in commands).split())

    assert "2024-05/bien_hoa" in said
    assert "hộp thư riêng của đồng chí A" in " ".join(plain.split())
    assert not any(word in said for word in ("Nội dung riêng", "Re:", "đồng chí A", "có lời", "trả lại ("))


def returned(letter_id: str) -> bytes:
    """A server gives that letter back, in words that say more than anybody should read."""
    report = "Final-Recipient: rfc822; ban-thuong-vu@bien-hoa.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    said = "Diagnostic-Code: smtp; 550 5.1.1 hộp thư riêng của đồng chí A\r\n"
    head = "From: mailer-daemon@bien-hoa.example\r\nSubject: Undelivered\r\nMessage-ID: <tra@bien-hoa.example>\r\n"
    kind = "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n"
    return (
        f"{head}In-Reply-To: {letter_id}\r\n{kind}\r\n--b\r\n\r\nx\r\n--b\r\n"
        f"Content-Type: message/delivery-status\r\n\r\n{report}{said}--b--\r\n"
    ).encode()


def test_a_message_that_is_not_there_and_an_inbox_that_is_not_set_are_said_with_the_way_out(
    visits: Typed, office: Settings
) -> None:
    assert office.inbox.host == ""
    missing, unset = visits("inbox", "show", "7"), visits("inbox", "read")
    assert (missing.exit_code, unset.exit_code) == (1, 1)
    assert "không có thư này" in missing.stderr
    assert "đặt VISITS_INBOX__HOST" in unset.stderr


def test_a_server_that_is_off_is_said_and_kept_for_the_doctor(visits: Typed, server: ImapServer) -> None:
    server.process.kill()
    server.process.wait()

    result = visits("inbox", "read")

    assert (result.exit_code, "hộp thư đến: " in result.stderr) == (1, True)
