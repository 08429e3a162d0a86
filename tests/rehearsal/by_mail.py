"""People of a rehearsal who answer by mail, and an officer who deals with what waits in the inbox."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.message import EmailMessage

from prefect.client.schemas.filters import FlowFilter, FlowFilterName
from sqlalchemy import select

from answers.answering import Giver
from answers.incoming.assigning import assign, seen_of, set_aside
from answers.incoming.their_files import weigh
from answers.letters import resend
from answers.nominations import nominate
from answers.running_again import run_again
from config.settings import settings
from database import clock, plans, visits
from database.engine import reading, writing
from database.incoming import IncomingRow
from database.models import AnswerRow, LetterRow
from domain.answer_kind import AnswerKind
from domain.incoming import MailState
from domain.letters_and_documents import Purpose
from domain.nomination import Nominations
from domain.problem import Problem
from flows.engine.server import server
from flows.engine.wake import READING, run_now
from rehearsal.hands import Hands
from rehearsal.play import Play
from tests.imap_server import ImapServer
from tests.rehearsal.killed_reader import KilledReaders
from tests.rehearsal.messages import File, answer, arrived, as_excel, as_word, by_a_machine
from tests.scans.pdfs import pdf

OFFICER = Giver("Cán bộ mẫu (diễn tập)", "mail")


@dataclass(frozen=True)
class ByMail:
    """How a host sends one of its lists."""

    word: bool = False  #: as a table in Word, and not in the form
    scan: bool = False  #: the signed paper beside it
    twice: bool = False  #: the same message is delivered once more
    vouched: bool = False  #: the office's own server says who has sent it
    anew: bool = False  #: it answers no letter, and comes from another address of the unit


#: By the visit, the lists in their order.
LISTS: dict[str, tuple[ByMail, ...]] = {
    "2024-02/nhon_trach": (ByMail(),),
    "2024-04/tan_phu": (ByMail(scan=True),),
    "2024-05/bien_hoa": (ByMail(twice=True), ByMail()),
    "2024-07/long_khanh": (ByMail(vouched=True),),
    "2024-09/cam_my": (ByMail(word=True),),
    "2024-10/quan_su_tinh": (ByMail(anew=True),),
}


@dataclass
class MailRoom:
    """The inbox, its readers that are killed, the flow that reads it in the end, and the officer."""

    server: ImapServer
    readers: KilledReaders
    kills: int  #: after each message that is delivered
    sent: int = 0  #: messages that people and machines wrote, by which each is numbered
    delivered: int = 0  #: as often as a server brought one

    def number(self) -> int:
        """Of the next message."""
        self.sent += 1
        return self.sent

    def brings(self, *messages: bytes) -> list[IncomingRow]:
        """Let messages come, be read while readers die, and be dealt with; returns their rows."""
        with reading(settings().database) as session:
            last = session.scalar(select(IncomingRow.id).order_by(IncomingRow.id.desc()).limit(1)) or 0
            now = clock.now(session)
        for one in messages:  # each killed reader finds something to do
            self.server.deliver(one, at=now)
            self.delivered += 1
            self.readers.die(self.kills)
        read_by_the_flow()
        with reading(settings().database) as session:
            rows = list(session.scalars(select(IncomingRow).where(IncomingRow.id > last).order_by(IncomingRow.id)))
            session.expunge_all()
            return rows


def read_by_the_flow() -> None:
    """One round by the service itself, to its end."""
    run_now(READING)
    own = FlowFilter(name=FlowFilterName(any_=["read-inbox"]))
    until = time.monotonic() + 120
    with server() as client:
        while not all(run.state and run.state.is_final() for run in client.read_flow_runs(flow_filter=own)):
            assert time.monotonic() < until, "the inbox is not read to its end"
            time.sleep(0.05)


def letters_of(key: str, *purposes: Purpose) -> list[LetterRow]:
    """What the service has written about that visit, in its order."""
    with reading(settings().database) as session:
        visit = visits.find(session, key)
        query = select(LetterRow).where(LetterRow.visit_id == visit.id, LetterRow.purpose.in_(purposes))
        found = list(session.scalars(query.order_by(LetterRow.id)))
        session.expunge_all()
        return found


class MailHands(Hands):
    """Hosts answer by mail where `LISTS` says so; a letter that came back is mended and sent again."""

    def __init__(self, room: MailRoom) -> None:
        self._room = room
        self.nominate = self._nominate  # type: ignore[method-assign,assignment]
        self.run_again = self._run_again  # type: ignore[method-assign,assignment]

    def _nominate(self, key: str, nominations: Nominations, host: Giver) -> list[Problem]:
        ways = LISTS.get(key, ())
        if not ways:
            return nominate(key, nominations, host)
        sent = len(_lists_of(key))
        how, request = ways[sent], _to_the_host(key, Purpose.NOMINATION_REQUEST)
        asked = _to_the_host(key, Purpose.NOMINATION_REQUEST, Purpose.NOMINATION_INCOMPLETE)
        message = _with_list(self._room, how, request, asked, nominations)
        receipt = by_a_machine(
            asked.mail, self._room.number(), f"may-chu@{asked.domain}", "Đã nhận được thư.", "Tự động trả lời"
        )
        again = [_by_another_way(message)] if how.twice else []
        list_row, *others = self._room.brings(message.as_bytes(), receipt.as_bytes(), *again)
        assert len(others) == 1, "delivered twice, it is one row"
        if list_row.state == MailState.OPEN:
            _take(key, list_row, nominations)
        else:
            assert how.vouched, "only a list that the office's server vouches for counts by itself"
        return []

    def _run_again(self, key: str, giver: Giver) -> int | None:
        """The officer sees which address a letter came back from; without one he presses *Chạy lại*."""
        back = [one for one in letters_of(key, Purpose.NOMINATION_REQUEST) if one.addressee.state == "refused"]
        if not back:
            return run_again(key, giver)
        mend_the_address(key.partition("/")[2])
        return resend(back[0].id, replace(giver, source="desk"))


@dataclass(frozen=True)
class _Arrived:
    """A letter with the copy of it that the host has."""

    row: LetterRow
    mail: EmailMessage

    @property
    def domain(self) -> str:
        return self.row.addressee.address.rpartition("@")[2]


def _to_the_host(key: str, *purposes: Purpose) -> _Arrived:
    """The newest letter of these that lies in the host's mailbox."""
    row = [one for one in letters_of(key, *purposes) if one.recipient == "host"][-1]
    return _Arrived(row, arrived(settings().mailbox, row))


def _lists_of(key: str) -> Sequence[object]:
    with reading(settings().database) as session:
        visit = visits.find(session, key)
        return session.query(AnswerRow.id).filter_by(visit_id=visit.id, kind=AnswerKind.NOMINATIONS).all()


def _with_list(
    room: MailRoom, how: ByMail, request: _Arrived, asked: _Arrived, nominations: Nominations
) -> EmailMessage:
    files: list[File] = [as_word(nominations) if how.word else as_excel(request.mail, nominations)]
    if how.scan:
        files.append(("Danh sach co dau.pdf", "application/pdf", pdf()))
    text = f"Kính gửi Ban Tổ chức Tỉnh ủy danh sách theo Công văn số {nominations.their_symbol}."
    if how.anew:
        sender, subject = f"ban-to-chuc@{asked.domain}", "Gửi danh sách tổ chức đảng sinh hoạt"
        return answer(None, room.number(), sender, text, files, subject=subject)
    return answer(asked.mail, room.number(), asked.row.addressee.address, text, files, vouched=how.vouched)


def _by_another_way(message: EmailMessage) -> bytes:
    """The same message once more, as a server that was not sure delivers it."""
    return b"Received: from mx2 by mx.ban-to-chuc.example; Fri, 15 Mar 2024 09:05:00 +0700\r\n" + message.as_bytes()


def _take(key: str, row: IncomingRow, nominations: Nominations) -> None:
    """One look of the officer: what is understood is what the host has written, and counts from the day it came."""
    if row.visit_id is None:
        assign(row.id, key, OFFICER, looked_at=seen_of(row))
    (one,) = weigh(row.id)
    assert one.understood.acceptable, one.understood
    assert one.understood.meetings == nominations.meetings
    nominate(key, replace(nominations, received_on=row.received_at.date()), replace(OFFICER, message=row.id))


def mend_the_address(unit: str) -> None:
    """The officer corrects where the letters of that unit go."""
    with writing(settings().database) as session:
        plan, contacts = plans.read(session, 2024)
        boards = dict(contacts.standing_boards)
        domain = boards[unit].email.rpartition("@")[2]
        boards[unit] = replace(boards[unit], email=f"btv@{domain}")
        plans.save(session, plan, replace(contacts, standing_boards=boards), OFFICER.name)


@dataclass
class Occasion:
    """What a letter brings about by itself: `writes` gets it with its number, so long after it was sent."""

    visit: str
    purpose: Purpose
    after: timedelta
    writes: Callable[[EmailMessage, LetterRow, int], EmailMessage]
    recipient: str = ""  #: to whom the letter went; empty: the `place`th of them all
    place: int = 0
    aside: str = ""  #: why the officer sets the message aside, where one waits for him
    came: list[datetime] = field(default_factory=list)

    def letter(self) -> LetterRow | None:
        """The letter, once it has gone."""
        found = letters_of(self.visit, self.purpose)
        found = [one for one in found if one.sent_at and self.recipient in ("", one.recipient)]
        return found[self.place] if len(found) > self.place else None


class YearByMail(Play):
    """The same year; beside what people do, letters bring about what mail brings about."""

    def __init__(self, *given: object, room: MailRoom, occasions: Sequence[Occasion]) -> None:
        super().__init__(*given, patience=300, hands=MailHands(room))  # type: ignore[arg-type]
        self._room, self._occasions = room, occasions

    def _act_now(self) -> tuple[bool, list[datetime]]:
        acted, ahead = super()._act_now()
        if acted:
            return acted, ahead
        with reading(settings().database) as session:
            now = clock.now(session)
        for one in self._occasions:
            letter = None if one.came else one.letter()
            if letter is None or letter.sent_at is None:
                continue
            if (due := letter.sent_at + one.after) > now:
                ahead.append(due)
                continue
            self._comes(one, letter, now)
            acted = True
        return acted, ahead

    def _comes(self, one: Occasion, letter: LetterRow, now: datetime) -> None:
        message = one.writes(arrived(settings().mailbox, letter), letter, self._room.number())
        (row,) = self._room.brings(message.as_bytes())
        one.came.append(now)
        if one.aside:
            assert row.state == MailState.OPEN, row.outcome
            set_aside(row.id, one.aside, OFFICER, looked_at=seen_of(row))
        else:
            assert row.state == MailState.DONE, row.outcome
