"""The mail server of the accidents does what its faults say: else what holds under them would say nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from letters.postman import LetterRefused, MailServer, PostalError, Postman, ServerUnavailable, TryLater, Unknown
from tests.chaos.certificates import Certificates
from tests.chaos.mail_server import MailServer as InTrouble
from tests.chaos.mail_server import Trouble, Verb

RAW = b"Message-ID: <1@visits.example>\r\nSubject: x\r\n\r\nKinh gui\r\n"
TO = ("a@nhon-trach.example", "b@nhon-trach.example")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InTrouble]:
    """One whose authority this process knows."""
    certificates = Certificates(tmp_path / "certificates")
    monkeypatch.setenv("SSL_CERT_FILE", f"{certificates.authority}")
    server = InTrouble(tmp_path / "inbox", certificates)
    yield server
    server.mended()
    server.ends()


def hand_over(server: InTrouble) -> None:
    with Postman(MailServer("127.0.0.1", server.port, security="starttls", timeout=1)) as postman:
        postman.hand_over(RAW, "office@ban-to-chuc.example", TO)


def test_a_server_without_trouble_counts_whom_it_has_taken_a_letter_for(server: InTrouble) -> None:
    hand_over(server)

    assert server.taken == {("<1@visits.example>", address): 1 for address in TO}
    assert len(list(server.folder.glob("*.eml"))) == 1


@pytest.mark.parametrize("how", ["hang", "drop"])
@pytest.mark.parametrize(
    ("verb", "told", "taken"),
    [
        ("connect", ServerUnavailable, 0), ("EHLO", ServerUnavailable, 0), ("MAIL", ServerUnavailable, 0),
        ("RCPT", ServerUnavailable, 0), ("DATA", ServerUnavailable, 0), ("text", Unknown, 0), ("taken", Unknown, 2),
    ],
)  # fmt: skip
def test_it_hangs_and_dies_at_every_verb(
    server: InTrouble, how: str, verb: Verb, told: type[PostalError], taken: int
) -> None:
    server.trouble = Trouble(verb, how)  # type: ignore[arg-type] # one of both

    with pytest.raises(told):
        hand_over(server)

    assert server.trouble.met == 1
    assert server.taken.total() == taken


@pytest.mark.parametrize(("verb", "how", "told"), [("text", "later", TryLater), ("text", "never", LetterRefused)])
def test_it_answers_the_text_by_its_code(server: InTrouble, verb: Verb, how: str, told: type[PostalError]) -> None:
    server.trouble = Trouble(verb, how)  # type: ignore[arg-type] # one of both

    with pytest.raises(told):
        hand_over(server)


def test_it_puts_off_some_recipients_and_takes_the_letter_for_the_others(server: InTrouble) -> None:
    server.trouble = Trouble("RCPT", "later", TO[0].__eq__)

    hand_over(server)

    assert server.taken == {("<1@visits.example>", TO[1]): 1}


@pytest.mark.parametrize("certificate", ["expired", "stranger"])
def test_nobody_gives_a_letter_to_it_with_such_a_certificate_and_all_is_well_once_it_is_mended(
    server: InTrouble, certificate: str
) -> None:
    server.shows(certificate)
    with pytest.raises(ServerUnavailable):
        hand_over(server)
    assert not server.taken

    server.mended()
    hand_over(server)
    assert server.taken.total() == 2


def test_it_refuses_connections_and_is_there_again_at_the_same_port(server: InTrouble) -> None:
    port = server.port
    server.ends()
    with pytest.raises(ServerUnavailable):
        hand_over(server)

    server.begins()
    hand_over(server)
    assert server.port == port
