"""Who a letter did not come to, where servers put other addresses in the place of ours."""

import pytest

from domain.incoming import MailKind
from inbox.reading import read_mail

OWN = frozenset({"btc@tinhuy.example"})
SERVER = "Return-Path: <>\nFrom: MAILER-DAEMON@mx.huyenuy.example\nSubject: Undelivered mail\n"


def failed(words: str, head: str = SERVER) -> list[str]:
    return [one.address for one in read_mail(f"{head}\n{words}".encode(), OWN, "").failed]


def test_an_address_that_was_expanded_is_told_as_it_was_written() -> None:
    assert failed("<canbo7@noibo.example> (expanded from <tochuc@huyenuy.example>): no such user") == [
        "tochuc@huyenuy.example"
    ]


def test_a_report_that_holds_of_the_letter_whom_it_was_for_alone_tells_the_other_address_as_well() -> None:
    """It may be an alias of the addressee, or somebody who got a copy: whoever has the letter knows which."""
    raw = (
        f'{SERVER}MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="z"\n\n'
        "--z\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.huyenuy.example\n\n"
        "Final-Recipient: rfc822; ban-to-chuc@huyenuy.example\nAction: failed\nStatus: 5.1.1\n\n"
        "--z\nContent-Type: text/rfc822-headers\n\nTo: thuong-vu@huyenuy.example\nMessage-ID: <1@tinhuy.example>\n\n"
        "--z--\n"
    )

    (one,) = read_mail(raw.encode(), OWN, "").failed

    assert (one.address, one.reported_as) == ("thuong-vu@huyenuy.example", "ban-to-chuc@huyenuy.example")


def test_our_own_address_and_those_of_servers_are_nobody_to_whom_it_did_not_come() -> None:
    words = "From btc@tinhuy.example. Ask postmaster@mx.huyenuy.example.\n<tochuc@huyenuy.example>: 550 no such user"

    assert failed(words) == ["tochuc@huyenuy.example"]


def test_where_the_words_name_nobody_it_is_the_letter_s_recipient() -> None:
    words = "550 no such user\n\n--- copy of the message\nMessage-ID: <1@tinhuy.example>\nTo: tochuc@huyenuy.example\n"

    assert failed(words) == ["tochuc@huyenuy.example"]


@pytest.mark.parametrize(
    "head",
    [
        SERVER.replace("MAILER-DAEMON@mx.huyenuy.example", "MAILER-DAEMON <>"),
        SERVER.replace("Undelivered mail", "[EXTERNAL] ***SPAM*** Undelivered mail"),
        SERVER.replace("Undelivered mail", "x"),
        SERVER.replace("MAILER-DAEMON", "thu").replace("Undelivered mail", "Không gửi được thư"),
    ],
)
def test_a_server_is_known_by_more_than_one_sign(head: str) -> None:
    assert failed("<tochuc@huyenuy.example>: no such user", head) == ["tochuc@huyenuy.example"]


@pytest.mark.parametrize(
    "head",
    [
        "From: An <an@huyenuy.example>\nSubject: Undelivered mail\n",
        "From: An <postmaster@huyenuy.example>\nSubject: Re: Undelivered mail\n",
        "From: Hệ thống thư <an@huyenuy.example>\nSubject: Danh sách\n",
    ],
)
def test_the_same_words_of_a_person_are_an_answer(head: str) -> None:
    reading = read_mail(f"{head}\n<tochuc@huyenuy.example>: no such user".encode(), OWN, "")

    assert (reading.kind, reading.failed) == (MailKind.ANSWER, ())
