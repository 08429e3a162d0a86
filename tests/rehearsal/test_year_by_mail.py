"""The year 2024 in which hosts, servers and diaries answer by mail, and every reader of the inbox is killed (R62)."""

import os
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from config.settings import settings
from database import outbox, stored, visits
from database.dossier import open_dossier
from database.engine import reading
from database.incoming import IncomingRow
from database.models import AnswerRow, AuditRow, LetterRow
from database.record.check import faults
from domain.answer_kind import AnswerKind
from domain.incoming import MailKind, MailState
from domain.letters_and_documents import Purpose
from overview.attending import who_comes
from rehearsal.play import Result
from rehearsal.run import files_of, load
from tests.deployments.conftest import service_with
from tests.imap_server import imap_server
from tests.opened_mail import words
from tests.rehearsal.by_mail import LISTS, MailRoom, Occasion, YearByMail
from tests.rehearsal.killed_reader import KilledReaders
from tests.rehearsal.messages import OWN_SERVER, answer, by_a_machine, from_a_calendar, report

#: After each message of the year, and in all.
KILLS_EACH, KILLS = 3, 50
MAY, AUGUST = "2024-05/bien_hoa", "2024-08/thong_nhat"
_DAY = timedelta(days=1)


def occasions() -> list[Occasion]:
    """One letter comes back for good, one is late, one inspector is away, three answer their invitations."""
    return [
        Occasion(
            AUGUST, Purpose.NOMINATION_REQUEST, _DAY,
            lambda mail, row, number: report(
                mail, number, row.addressee.address, "failed", "5.1.1", "550 5.1.1 user unknown"
            ),
            recipient="host",
        ),
        Occasion(
            "2024-06/cao_su_dong_nai", Purpose.NOMINATION_REQUEST, _DAY / 6,
            lambda mail, row, number: report(
                mail, number, row.addresses[1], "delayed", "4.4.1", "connection timed out"
            ),
            recipient="host",
        ),
        Occasion(
            "2024-04/tan_phu", Purpose.GROUP_NOTICE, _DAY / 12,
            lambda mail, row, number: by_a_machine(
                mail, number, row.addressee.address, "Tôi đi công tác đến hết ngày 12/4/2024.", "Trả lời tự động"
            ),
            recipient="inspector:2",
        ),
        *(
            Occasion(
                MAY, Purpose.INVITATION, _DAY,
                lambda mail, row, number, word=word: from_a_calendar(mail, number, row.addressee.address, word),  # type: ignore[misc]
                place=place,
            )
            for place, word in enumerate(("ACCEPTED", "DECLINED", "ACCEPTED"))
        ),
        Occasion(
            "2024-03/cong_an_tinh", Purpose.INVITATION, _DAY,
            lambda _mail, _row, number: answer(
                None, number, "ban-doc@bao-chi.example", "Xin hỏi lịch tiếp công dân.", subject="Xin hỏi"
            ),
            aside="không về việc dự, giám sát",
        ),
    ]  # fmt: skip


@pytest.mark.year
def test_the_year_goes_by_mail_and_nothing_is_acted_upon_twice_although_fifty_readers_are_killed(
    tmp_path: Path,
) -> None:
    """Nine of nine; each message one row and one act, each list of the day on which it came."""
    seed = int(os.environ.get("VISITS_TEST_SEED", random.randrange(10**6)))
    print(f"\nseed {seed}: VISITS_TEST_SEED={seed} repeats the choice of moments")
    plan, contacts, script = files_of("2024")
    readers = KilledReaders(random.Random(seed))
    with imap_server() as server:
        inbox = server.settings(done_folder="xong", authenticated_by=OWN_SERVER, take_at_once=True)
        with service_with("warm", tmp_path, inbox=inbox) as service:
            load(service.settings, plan, contacts, script)
            room = MailRoom(server, readers, KILLS_EACH)
            result = YearByMail(script, lambda _: service.watch(), room=room, occasions=occasions()).to_the_end()
            print(f"killed {readers.killed}: {dict(readers.met)}\n{result}")
            with reading(settings().database) as session:
                print(*table(session), sep="\n")
                assert readers.killed >= KILLS
                assert_the_year_is_whole(session, result)
                assert_each_message_is_one_row_and_one_act(session, room)
                assert_lists_count_from_the_day_they_came(session)
                assert_the_working_group_knows_who_comes(session)
                assert [one for one in faults(session, settings()) if not one.warning] == []
            assert server.flags() == {}, "nothing is left in the inbox"
            assert len(server.flags("xong")) == room.delivered


def table(session: Session) -> Iterator[str]:
    """What came, by kind and state, with what became of it."""
    for row in session.query(IncomingRow).order_by(IncomingRow.id):
        about = visits.get(session, row.visit_id).key if row.visit_id else "-"
        kind, state = MailKind(row.kind).called, MailState(row.state).called
        yield f"{row.received_at:%d/%m} {kind:18} {state:11} {about:24} {row.outcome}"


def assert_the_year_is_whole(session: Session, result: Result) -> None:
    """It ends as it does without mail; one letter more tells of what came back, and one each of who comes."""
    assert (result.visits, result.completed, result.stuck, result.duplicates) == (9, 9, [], 0)
    assert result.reports == {"received": 6, "late": 1, "returned": 1, "missing": 1}
    assert result.recommendations == {"answered": 8, "unanswered": 1}
    assert (result.late_accepted, result.overrides) == (1, 1)
    assert sum(result.letters.values()) == result.letters["sent"]
    told = Counter(row.purpose for row in session.query(LetterRow))
    assert (told[Purpose.RUN_STOPPED], told[Purpose.WHO_COMES]) == (1, 3)


def assert_each_message_is_one_row_and_one_act(session: Session, room: MailRoom) -> None:
    """Delivered twice it is one row; nobody is left to look at anything."""
    rows = session.query(IncomingRow).all()
    assert len(rows) == room.sent == room.delivered - 1
    assert {row.copy for row in rows} == {0}
    assert {row.state for row in rows} == {MailState.DONE, MailState.ASIDE}
    acts = Counter(
        (line.details["message"], line.what) for line in session.query(AuditRow) if "message" in line.details
    )
    assert {number for number, _what in acts} == {row.id for row in rows}
    assert max(acts.values()) == 1, acts


def assert_lists_count_from_the_day_they_came(session: Session) -> None:
    """Each list is one version, in the order in which they came, of the day of its message."""
    for key, ways in LISTS.items():
        visit = visits.find(session, key)
        listed = session.query(AnswerRow).filter_by(visit_id=visit.id, kind=AnswerKind.NOMINATIONS)
        versions = listed.order_by(AnswerRow.version).all()
        came = [
            row.received_at.date()
            for row in session.query(IncomingRow).filter_by(visit_id=visit.id, kind=MailKind.ANSWER)
            if row.state == MailState.DONE
        ]
        assert len(versions) == len(ways), key
        assert [stored.answer_of(row).received_on for row in versions] == came, key
        assert {row.source for row in versions} == {"mail"}, key


def assert_the_working_group_knows_who_comes(session: Session) -> None:
    """Beside the visit, and in the letter of the day before."""
    visit = visits.find(session, MAY)
    coming = [one for one in who_comes(open_dossier(session, visit.id)) if one.attending is not None]
    assert Counter(one.told for one in coming) == {"dự": 2, "không dự": 1}
    eve = [one for one in outbox.of_visit(session, visit.id) if one.purpose == Purpose.WHO_COMES]
    assert {one.queued_at.date() for one in eve} == {date(2024, 5, 8)}
    for one in coming:
        assert f"{one.name}: {one.told}" in words(eve[0])
