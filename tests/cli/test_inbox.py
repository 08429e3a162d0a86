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
    server.deliver(answer_to(asked.letters()[0], text="Nội dung riêng."))
    visits("inbox", "read")
    with writing(settings().database) as session:
        session.query(DocumentRow).update({"secrecy": "MẬT"})

    said = visits("inbox", "list").stdout + visits("inbox", "show", "1").stdout

    assert "2024-05/bien_hoa" in said
    assert "Nội dung riêng" not in said
    assert "Re:" not in said


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
