"""A round over a real inbox: every message is one row, dealt with once, and nothing is lost on the way."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from answers.incoming import acting
from config.settings import Settings, settings, use
from database import incoming, service_notes
from database.engine import reading, writing
from database.health import INBOX, INBOX_FAULT
from database.incoming import IncomingRow
from database.models import AuditRow, DocumentRow
from domain.incoming import MailKind, MailState, MatchedBy
from inbox.imap_answers import Listed
from inbox.mail_server import Inbox, InboxUnavailable
from letters.invitation import uid
from letters.reply_tag import tag_of
from tasks import incoming as rounds
from tasks.incoming import read_inbox
from tests.desk import Desk
from tests.imap_server import CAME, USER, ImapServer, imap_server
from tests.incoming import HOST_ADDRESS
from tests.incoming_mail import ACCEPTED, answer_to, by_a_program, by_calendar, mail


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """The visit whose request has been issued; its letters say nothing of an inbox."""
    desk.until_asked()
    return desk


@pytest.fixture
def server(office: Settings) -> Iterator[ImapServer]:
    """An empty inbox, which this office reads."""
    with imap_server() as running:
        use(office.model_copy(update={"inbox": running.settings()}))
        yield running


def set_inbox(server: ImapServer, **options: object) -> None:
    use(settings().model_copy(update={"inbox": server.settings(**options)}))


def rows() -> Sequence[IncomingRow]:
    with reading(settings().database) as session:
        return session.query(IncomingRow).order_by(IncomingRow.id).all()


def acts() -> int:
    with reading(settings().database) as session:
        return sum(row.details.get("source") == "mail" for row in session.query(AuditRow))


def test_an_answer_is_kept_whole_with_its_letter_and_waits_for_a_person(asked: Desk, server: ImapServer) -> None:
    raw = answer_to(asked.letters()[0])
    server.deliver(raw)

    done = read_inbox()

    (row,) = rows()
    assert (row.raw, row.received_at, row.size) == (raw, CAME, len(raw))
    assert (row.visit_id, row.letter_id) == (asked.visit.id, asked.letters()[0].id)
    assert (row.kind, row.state, row.matched_by) == (MailKind.ANSWER, MailState.OPEN, MatchedBy.REPLY)
    assert f"{done}" == "1 thư mới, xử lý 0, chờ người xem 1"
    assert "Seen" not in server.flags()[101]


def test_nothing_is_read_twice_and_a_quiet_round_says_so(server: ImapServer) -> None:
    server.deliver(mail(number=1), by_a_program(2))
    read_inbox()

    again = read_inbox()

    assert (again.quiet, f"{again}", len(rows()), acts()) == (True, "không có thư mới", 2, 2)


def test_the_same_message_delivered_twice_is_one_row_and_another_text_under_its_name_waits_for_a_person(
    server: ImapServer,
) -> None:
    first, other = mail("Danh sách.", number=1), mail("Danh sách khác.", number=1)
    server.deliver(first, b"Received: by other\r\n" + first, other)

    done = read_inbox()

    assert (done.kept, done.again) == (2, 1)
    assert [(row.copy, row.outcome) for row in rows()] == [
        (0, "chưa rõ trả lời thư nào: xếp vào một đợt"), (1, "đã có thư khác mang cùng Message-ID"),
    ]  # fmt: skip


def test_another_numbering_of_the_folder_brings_nothing_twice(
    server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server whose UIDVALIDITY is another has given its messages new numbers."""
    server.deliver(mail(number=1), mail(number=2))
    read_inbox()
    entered = Inbox.__enter__

    def renumbered(box: Inbox) -> Inbox:
        entered(box)
        box.validity += 1
        return box

    monkeypatch.setattr(Inbox, "__enter__", renumbered)
    done = read_inbox()

    assert (done.kept, done.again, len(rows()), acts()) == (0, 2, 2, 2)


def test_what_is_a_row_is_moved_and_what_was_left_by_a_dead_process_too(
    server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_inbox(server, done_folder="Đã nhận")
    server.deliver(mail(number=1), mail(number=2))
    with monkeypatch.context() as dead:
        dead.setattr(Inbox, "move", _dies)
        with pytest.raises(_Died):
            read_inbox()
    assert len(server.flags()) == 2

    done = read_inbox()

    assert (done.kept, done.moved, len(rows()), acts()) == (0, 2, 2, 2)
    assert server.flags() == {}


class _Died(BaseException):
    pass


def _dies(*_given: object) -> None:
    raise _Died


def test_a_message_that_a_person_deletes_between_list_and_fetch_is_missed_by_nobody(
    server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.deliver(mail(number=1), mail(number=2))
    whole = Inbox.whole
    monkeypatch.setattr(Inbox, "whole", lambda box, one, most: None if one.uid == 101 else whole(box, one, most))

    assert read_inbox().kept == 1
    assert [row.state for row in rows()] == [MailState.OPEN]


def test_what_is_too_large_stays_in_the_inbox_and_is_only_named(server: ImapServer) -> None:
    set_inbox(server, megabytes=1, done_folder="Đã nhận")
    server.deliver(mail("x\n" * 600_000, number=1, subject="Bản chụp"), mail(number=2))

    read_inbox()

    large, other = rows()
    assert (large.raw, large.kind, large.subject) == (None, MailKind.UNREADABLE, "Bản chụp")
    assert large.outcome == "thư lớn hơn 1 MB, còn nguyên trong hộp thư; mở thư trong hộp thư của cơ quan"
    assert other.raw
    assert list(server.flags()) == [101]
    assert read_inbox().quiet
    assert list(server.flags()) == [101]


def test_of_a_visit_with_a_mark_nothing_is_kept_but_that_something_came(asked: Desk, server: ImapServer) -> None:
    set_inbox(server, done_folder="Đã nhận")
    with writing(settings().database) as session:
        session.query(DocumentRow).update({"secrecy": "MẬT"})
    server.deliver(answer_to(asked.letters()[0]))

    read_inbox()

    (row,) = rows()
    assert (row.raw, row.visit_id, row.sender) == (None, asked.visit.id, "ban-thuong-vu@bien-hoa.example")
    assert "Kính gửi" not in f"{row.reading}"
    assert row.subject == "(không giữ nội dung: thông tin của đợt có độ mật)"
    assert row.outcome == "chỉ giữ trong hộp thư của cơ quan: mở ở đó, rồi nhập thay"
    assert list(server.flags()) == [101]


@pytest.mark.parametrize("how", ["another month", "a forged tag", "a calendar", "a known Message-ID"])
def test_nor_is_anything_kept_of_what_points_there_and_is_believed_by_nobody(
    asked: Desk, server: ImapServer, how: str
) -> None:
    letter = asked.letters()[0]
    set_inbox(server, done_folder="Đã nhận")
    with writing(settings().database) as session:
        session.query(DocumentRow).update({"secrecy": "MẬT"})
    secret = "Nội dung riêng."
    tag = tag_of(letter.message_id)
    user, _, domain = USER.partition("@")
    entry = uid(asked.visit.key, 1, settings().mail_domain)
    server.deliver(*{
        "another month": [mail(secret, answers=letter.message_id, subject="[KH73/2024][T06] riêng")],
        "a forged tag": [mail(secret, subject="riêng", to=f"{user}+{tag[:-4]}aaaa@{domain}")],
        "a calendar": [by_calendar("REPLY", ACCEPTED, f"COMMENT:{secret}", uid=entry)],
        "a known Message-ID": [answer_to(letter), answer_to(letter, text=secret)],
    }[how])  # fmt: skip

    read_inbox()

    row = rows()[-1]
    assert row.raw is None
    assert not any("riêng" in one for one in (row.subject, row.outcome, f"{row.reading}"))
    assert len(server.flags()) == len(rows())


def test_a_program_is_noted_beside_the_letter_and_calls_nobody(asked: Desk, server: ImapServer) -> None:
    called = asked.visit.wake_wanted
    server.deliver(answer_to(asked.letters()[0], Auto_Submitted="auto-generated"))

    read_inbox()

    (row,) = rows()
    assert (row.kind, row.state, row.outcome) == (
        MailKind.AUTOMATIC, MailState.DONE, f"thư tự động của {row.sender}, ghi cạnh thư {row.letter_id}",
    )  # fmt: skip
    assert asked.visit.wake_wanted == called


def test_a_rule_that_fails_leaves_its_message_to_a_person_and_holds_nobody_up(
    server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acting, "propose", lambda *_given: 1 / 0)
    server.deliver(mail(number=1), by_a_program(2))

    read_inbox()

    assert [(row.state, row.outcome) for row in rows()] == [
        (MailState.OPEN, "máy không xử lý được (ZeroDivisionError)"),
        (MailState.DONE, f"thư tự động của {HOST_ADDRESS}"),
    ]  # fmt: skip


def test_a_mark_that_no_database_can_hold_is_taken_out_and_the_message_kept_as_it_came(server: ImapServer) -> None:
    raw = mail("mot\x00hai", number=1)
    server.deliver(raw)

    read_inbox()

    (row,) = rows()
    assert row.raw == raw
    assert "\x00" not in f"{row.reading}"


def test_a_message_that_was_being_read_when_its_folder_broke_off_is_read_by_the_next_round(
    server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.deliver(mail(number=1), mail(number=2))
    whole = Inbox.whole

    def breaks(box: Inbox, one: Listed, most: int) -> bytes | None:
        if one.uid == 102:
            with server.signed_in():
                server.process.kill()
        return whole(box, one, most)

    with monkeypatch.context() as broken:
        broken.setattr(Inbox, "whole", breaks)
        with pytest.raises(InboxUnavailable, match="Không tải thư được"):
            read_inbox()
    assert len(rows()) == 1


@pytest.mark.usefixtures("server")
def test_when_it_was_read_and_why_it_was_not_stand_where_the_doctor_looks() -> None:
    rounds.note_fault("máy chủ không trả lời")
    read_inbox()

    with reading(settings().database) as session:
        assert {INBOX} == {INBOX, INBOX_FAULT} & service_notes.read(session).keys()


def test_without_an_inbox_nothing_is_read(office: Settings) -> None:
    assert office.inbox.host == ""
    assert read_inbox().quiet


def test_another_account_begins_at_its_beginning(server: ImapServer) -> None:
    server.deliver(mail(number=1))
    read_inbox()
    with imap_server() as other:
        set_inbox(other)
        other.deliver(mail(number=1), mail(number=2))
        done = read_inbox()
    assert (done.kept, done.again) == (1, 1)


def test_a_place_is_of_one_folder_and_one_numbering() -> None:
    here = incoming.Place("a", 7, 5)
    assert here.same_folder(replace(here, uid=9))
    assert not here.same_folder(replace(here, validity=8))
    assert not replace(here, validity=0).same_folder(replace(here, validity=0))
