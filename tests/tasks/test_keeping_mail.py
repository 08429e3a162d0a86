"""No message holds up those behind it, whatever it is and whatever its server does; each is a row, and none is lost."""

from collections.abc import Sequence
from typing import Any

import pytest

from config.settings import Settings, settings, use
from database import incoming
from database.engine import reading
from database.incoming import IncomingRow
from domain.incoming import MailKind, MailState
from inbox.mail_server import InboxUnavailable
from tasks import keeping_mail
from tasks.incoming import read_inbox
from tests.incoming_mail import ACCEPTED, by_calendar, mail
from tests.odd_imap import EMPTY, REFUSED, OddImap, odd_imap

pytestmark = pytest.mark.usefixtures("office")


def read(server: OddImap, **options: Any) -> Sequence[IncomingRow]:
    use(settings().model_copy(update={"inbox": server.settings(**options)}))
    read_inbox()
    with reading(settings().database) as session:
        return session.query(IncomingRow).order_by(IncomingRow.id).all()


@pytest.mark.parametrize(
    ("method", "line"),
    [
        ("REPLY", "DTSTART;TZID=Asia:20240515T080000"),
        ("REPLY", "DTSTART;TZID=America:20240515T080000"),
        ("REPLY", f"DTSTART;TZID={'x' * 300}:20240515T080000"),
        ("REPLY", "DTSTART;TZID=/etc:20240515T080000"),
        ("COUNTER", "DTSTART:99991231T235959Z"),
        ("COUNTER", "DTSTART;TZID=Asia/Ho_Chi_Minh:00010101T000000"),
        ("COUNTER", "FREEBUSY:99991231T235959Z/P99999D"),
    ],
)
def test_an_entry_that_breaks_its_reader_is_a_row_and_what_lies_behind_is_read(method: str, line: str) -> None:
    entry = by_calendar(method, line, ACCEPTED)

    with odd_imap({5: entry, 6: mail(number=6)}) as server:
        first, second = read(server)

    assert first.raw == entry
    assert (second.kind, second.state) == (MailKind.ANSWER, MailState.OPEN)


@pytest.mark.parametrize("error", [OSError, OverflowError, RuntimeError, MemoryError])
def test_whatever_goes_wrong_while_a_message_is_read_or_kept_it_is_kept_as_it_came(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    """First its reader fails, then the write of what was read, then the look for what it answers."""
    monkeypatch.setattr(
        "inbox.reading.read_calendar" if error is not MemoryError else "inbox.reading.parse", _fails(error)
    )
    store, tries = keeping_mail.store, iter([True, True, False, False])
    monkeypatch.setattr(keeping_mail, "store", lambda *given: _fails(error)() if next(tries) else store(*given))

    with odd_imap({5: mail(number=5), 6: mail(number=6)}) as server:
        rows = read(server)

    assert [(row.kind, row.state, row.raw) for row in rows] == [
        (MailKind.UNREADABLE, MailState.OPEN, mail(number=5)), (MailKind.UNREADABLE, MailState.OPEN, mail(number=6)),
    ]  # fmt: skip


def _fails(error: type[Exception]) -> Any:
    def fail(*_given: object, **_named: object) -> None:
        raise error("hỏng")

    return fail


def test_a_message_that_the_server_does_not_hand_out_is_named_by_its_head_and_stays() -> None:
    with odd_imap({5: mail(number=5, subject="Hỏng"), 6: mail(number=6)}, bodies={5: REFUSED}) as server:
        refused, other = read(server, done_folder="xong")

    assert (refused.raw, refused.kind, refused.state) == (None, MailKind.UNREADABLE, MailState.OPEN)
    assert (refused.subject, refused.sender) == ("Hỏng", "ban-thuong-vu@bien-hoa.example")
    assert "máy chủ thư không đưa được thư" in refused.outcome
    assert "[SERVERBUG]" in refused.outcome
    assert other.raw == mail(number=6)


@pytest.mark.parametrize("trouble", [REFUSED, EMPTY])
def test_one_of_which_not_even_the_head_comes_is_a_row_all_the_same_and_only_one(trouble: str) -> None:
    messages = {5: mail(number=5), 6: mail(number=6)}
    with odd_imap(messages, bodies={5: trouble}, heads={5: trouble}) as server:
        rows = read(server)
        again = read(server)

    assert [(row.raw is None, row.kind) for row in rows] == [(True, MailKind.UNREADABLE), (False, MailKind.ANSWER)]
    assert len(again) == 2


def test_a_server_that_hands_out_nothing_at_all_is_asked_again_and_loses_nothing() -> None:
    messages = {uid: mail(number=uid) for uid in (5, 6)}
    every = dict.fromkeys(messages, REFUSED)
    with odd_imap(messages, bodies=every, heads=every) as server:
        with pytest.raises(InboxUnavailable, match="SERVERBUG"):
            read(server)
        server.bodies, server.heads = {}, {}
        rows = read(server)

    assert [row.raw for row in rows] == [*messages.values()]


def test_an_empty_answer_counts_as_deleted_only_where_the_message_is_gone() -> None:
    with odd_imap({5: mail(number=5), 6: mail(number=6)}, bodies={5: EMPTY}) as server:
        rows = read(server)

    assert [(row.kind, row.raw is None) for row in rows] == [(MailKind.UNREADABLE, True), (MailKind.ANSWER, False)]
    assert "không có nội dung" in rows[0].outcome


def test_a_message_longer_than_announced_is_kept_whole() -> None:
    long = mail("chu " * 100_000, number=5)

    with odd_imap({5: long}, sizes={5: int(len(long) * 0.74)}) as server:
        (row,) = read(server)

    assert (row.raw, row.size, row.kind) == (long, len(long), MailKind.ANSWER)


def test_one_that_is_longer_than_announced_and_too_large_stays_in_the_inbox() -> None:
    large = mail("x\n" * 600_000, number=5, subject="Bản chụp")

    with odd_imap({5: large}, sizes={5: 1_000}) as server:
        (row,) = read(server, megabytes=1, done_folder="xong")

    assert (row.raw, row.kind, row.subject) == (None, MailKind.UNREADABLE, "Bản chụp")
    assert row.outcome == "thư lớn hơn 1 MB, còn nguyên trong hộp thư; mở thư trong hộp thư của cơ quan"


def test_a_message_marked_as_deleted_during_a_round_is_a_row_and_stays_where_it_is(office: Settings) -> None:
    """Whoever marked it may take that back; the round has gone past its number by then."""
    assert office.inbox.host == ""
    with odd_imap({5: mail(number=5), 6: mail(number=6)}, marked={5}) as server:
        moved: list[str] = []
        plain = server.answer
        server.answer = lambda verb, rest: (moved.append(rest) if verb == "MOVE" else None, plain(verb, rest))[1]  # type: ignore[method-assign]
        rows = read(server, done_folder="xong")

    assert [row.raw for row in rows] == [mail(number=5), mail(number=6)]
    assert [one.split()[0] for one in moved] == ["6"]
    with reading(settings().database) as session:
        assert incoming.place(session).uid == 6
