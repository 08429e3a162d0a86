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


def report(*blocks: str, words: str = "Delivery report.") -> bytes:
    """As of RFC 3464, with a block for each recipient."""
    status = "\n\n".join(("Reporting-MTA: dns; mx.huyenuy.example", *blocks))
    return (
        f"{SERVER}Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n{words}\n"
        f"--b\nContent-Type: message/delivery-status\n\n{status}\n\n--b--\n"
    ).encode()


def block(action: str, status: str, said: str = "", address: str = "tochuc@huyenuy.example") -> str:
    named = f"Action: {action}\n" if action else ""
    return f"Final-Recipient: rfc822; {address}\n{named}Status: {status}\nDiagnostic-Code: smtp; {said or status}"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("4.4.7", "delivery time expired"),
        ("5.4.7", ""),
        ("5.2.2", "552 mailbox full"),
        ("4.4.1", "no answer from host"),
        ("4.7.0", "421 too many connections"),
        ("5.0.0", "permanent error: retry timeout exceeded"),
    ],
)
def test_a_letter_that_was_given_up_came_back_though_it_may_be_sent_again_later(status: str, said: str) -> None:
    reading = read_mail(report(block("failed", status, said)), OWN, "")

    assert reading.kind == MailKind.BOUNCE
    assert [(one.address, one.for_good) for one in reading.failed] == [("tochuc@huyenuy.example", False)]


@pytest.mark.parametrize(
    ("action", "words", "kind"),
    [
        ("delayed", "", MailKind.DELAY),
        ("", "We will keep trying to deliver your message.", MailKind.DELAY),
        ("", "Delivery has failed, giving up.", MailKind.BOUNCE),
    ],
)
def test_only_what_is_still_tried_is_a_delay(action: str, words: str, kind: MailKind) -> None:
    assert read_mail(report(block(action, "4.4.1"), words=words), OWN, "").kind == kind


def test_of_a_letter_that_came_back_to_some_those_are_named_to_whom_it_is_not_tried_any_more() -> None:
    delayed = block("delayed", "4.4.1", address="khac@huyenuy.example")

    reading = read_mail(report(delayed, block("failed", "5.2.2")), OWN, "")

    assert (reading.kind, [one.address for one in reading.failed]) == (MailKind.BOUNCE, ["tochuc@huyenuy.example"])


def test_words_that_tell_of_no_further_try_say_that_it_came_back() -> None:
    exim = "permanent error has occurred\n  tochuc@huyenuy.example\n    retry timeout exceeded"
    warning = "THIS IS A WARNING MESSAGE ONLY\n<tochuc@huyenuy.example>\nMessage could not be delivered for 4 hours"

    assert read_mail(f"{SERVER}\n{exim}\n".encode(), OWN, "").kind == MailKind.BOUNCE
    assert read_mail(f"{SERVER}\n{warning}\n".encode(), OWN, "").kind == MailKind.DELAY
