"""The local mailbox keeps every letter it has accepted, and can play a server in trouble."""

import json
import os
import signal
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from domain.dates import OFFICE_ZONE
from letters.mailbox import LocalMailbox
from letters.mailbox_file import keep
from letters.postman import LetterRefused, MailServer, Postman, ServerUnavailable, TryLater

RAW = b"Subject: =?utf-8?b?xJDhu5NuZw==?=\r\nX-Mine: 1\r\n\r\n..dots\r\nbody\r\n"
SENDER = "office@ban-to-chuc.example"
HOST = "Ban-Thuong-Vu@nhon-trach.example"


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[LocalMailbox]:
    box = LocalMailbox(tmp_path / "mailbox")
    box.start()
    yield box
    box.stop()


def postman(mailbox: LocalMailbox) -> Postman:
    return Postman(MailServer("127.0.0.1", mailbox.port, security="none", timeout=5))


def play(mailbox: LocalMailbox, **fault: object) -> None:
    (mailbox.folder.parent / "mailbox-fault.json").write_text(json.dumps(fault), encoding="utf-8")


def letters(mailbox: LocalMailbox) -> list[Path]:
    return sorted(mailbox.folder.iterdir())


def test_a_letter_is_kept_as_it_came_with_its_envelope_before_it(mailbox: LocalMailbox) -> None:
    with postman(mailbox) as carrier:
        receipt = carrier.hand_over(RAW, SENDER, [HOST, "b@c.example"])

    (path,) = letters(mailbox)
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert path.name in receipt.reply
    assert path.read_bytes().endswith(RAW)
    assert message["X-Envelope-From"] == SENDER
    assert message["X-Envelope-To"] == f"{HOST}, b@c.example"
    assert message["Subject"] == "Đồng"


def test_a_file_is_named_by_time_and_first_recipient(tmp_path: Path) -> None:
    now = datetime(2024, 2, 5, 8, 0, 9, tzinfo=OFFICE_ZONE)

    names = [keep(tmp_path, SENDER, [HOST], RAW, now).name for _ in range(2)]

    assert names == [
        "20240205-080009-1-ban_thuong_vu_nhon_trach_example.eml",
        "20240205-080009-2-ban_thuong_vu_nhon_trach_example.eml",
    ]
    assert len(list(tmp_path.iterdir())) == 2  # nothing half-written is left


def test_letters_of_one_moment_do_not_overwrite_each_other(tmp_path: Path) -> None:
    now = datetime(2024, 2, 5, 8, 0, 9, tzinfo=OFFICE_ZONE)

    with ThreadPoolExecutor(16) as pool:
        paths = set(pool.map(lambda number: keep(tmp_path, SENDER, [HOST], b"%d" % number, now), range(64)))

    assert len(paths) == 64
    assert {path.read_bytes().rsplit(b"\n", 1)[1] for path in paths} == {b"%d" % number for number in range(64)}


def test_a_mailbox_that_is_started_again_keeps_what_it_had(mailbox: LocalMailbox) -> None:
    with postman(mailbox) as carrier:
        carrier.hand_over(RAW, SENDER, [HOST])
    again = LocalMailbox(mailbox.folder)
    again.start()

    with postman(again) as carrier:
        carrier.hand_over(RAW, SENDER, [HOST])

    again.stop()
    assert len(letters(mailbox)) == 2


def test_a_mailbox_that_plays_down_turns_everyone_away(mailbox: LocalMailbox) -> None:
    play(mailbox, mode="down")

    with pytest.raises(ServerUnavailable, match="421"), postman(mailbox):
        pass


def test_a_mailbox_can_go_down_in_the_middle_of_a_batch(mailbox: LocalMailbox) -> None:
    with postman(mailbox) as carrier:
        carrier.hand_over(RAW, SENDER, [HOST])
        play(mailbox, mode="down")
        with pytest.raises(ServerUnavailable):
            carrier.hand_over(RAW, SENDER, [HOST])

        (mailbox.folder.parent / "mailbox-fault.json").unlink()
        carrier.hand_over(RAW, SENDER, [HOST])
    assert len(letters(mailbox)) == 2


@pytest.mark.parametrize(("mode", "error"), [("later", TryLater), ("refuse", LetterRefused)])
def test_a_mailbox_that_plays_a_refusal_keeps_nothing(mode: str, error: type[Exception], mailbox: LocalMailbox) -> None:
    play(mailbox, mode=mode)

    with postman(mailbox) as carrier, pytest.raises(error):
        carrier.hand_over(RAW, SENDER, [HOST])

    assert letters(mailbox) == []


def test_trouble_can_concern_some_recipients_only(mailbox: LocalMailbox) -> None:
    play(mailbox, mode="refuse", recipients=[HOST.lower()])

    with postman(mailbox) as carrier:
        receipt = carrier.hand_over(RAW, SENDER, [HOST, "b@c.example"])

    assert list(receipt.envelope.refused) == [HOST]


def test_trouble_that_begins_after_the_recipients_still_stops_the_letter(mailbox: LocalMailbox) -> None:
    with smtplib.SMTP("127.0.0.1", mailbox.port) as smtp:
        smtp.ehlo()
        smtp.mail(SENDER)
        smtp.rcpt(HOST)
        play(mailbox, mode="later")
        assert smtp.data(RAW)[0] == 451

    assert letters(mailbox) == []


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '"down"', '{"mode": "unheard of"}', '{"mode": []}', '{"mode": "later", "recipients": 5}']
)
def test_a_fault_file_that_cannot_be_read_is_no_trouble(content: str, mailbox: LocalMailbox) -> None:
    (mailbox.folder.parent / "mailbox-fault.json").write_text(content)

    assert mailbox.fault is None


def test_a_letter_that_cannot_be_written_is_to_be_tried_later(mailbox: LocalMailbox) -> None:
    mailbox.folder.rmdir()

    with postman(mailbox) as carrier, pytest.raises(TryLater, match="452"):
        carrier.hand_over(RAW, SENDER, [HOST])


def test_it_runs_by_itself_until_it_is_told_to_end(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "letters.mailbox", str(tmp_path / "box"), "0"]
    root = Path(__file__).parents[2]
    environment = os.environ | {"PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root, env=environment) as process:
        assert process.stdout
        port = int(process.stdout.readline().decode().split("cổng ")[1].split(",")[0])
        with Postman(MailServer("127.0.0.1", port, security="none")) as carrier:
            carrier.hand_over(RAW, SENDER, [HOST])
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0

    assert len(list((tmp_path / "box").glob("*.eml"))) == 1
