"""A database that an earlier version has left opens, with a visit waiting at each step, and the visit goes on.

Each file of `earlier/` holds the visit of May 2024 at six points of its story (`tests/desk.py`), as the code at the
migration of its name wrote it. From 0012 on `everything.db` is beside them: answers of every kind, without letters
and files. Whoever changes what is stored adds a file and keeps these.
"""

import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from config.settings import settings
from database import calendars, plans, stored
from database.due_dates import DueDateRow
from database.engine import reading
from database.models import AnswerRow, AuditRow
from database.record.check import faults
from database.schema import prepare
from database.scores import not_reproduced
from domain.answer_kind import AnswerKind
from domain.choice_record import Advice, is_reproduced
from domain.outcome import Waiting
from domain.wait import Wait
from tests.desk import Desk

pytestmark = pytest.mark.only_sqlite("no database of an earlier version is on PostgreSQL")

EARLIER = Path(__file__).parent / "earlier"
VERSIONS = sorted(file.name.split(".")[0] for file in EARLIER.glob("*.tar.xz"))


def take_the_list(desk: Desk) -> None:
    desk.postman_calls()
    desk.set_clock(2024, 3, 20, 9)
    assert desk.nominate() == []


#: At which point -> what it waits for there, what somebody does, what it waits for then.
STORY: dict[str, tuple[Wait, Callable[[Desk], object], Wait]] = {
    "asked": (Wait.NOMINATIONS, take_the_list, Wait.CHOICE),
    "listed": (Wait.CHOICE, lambda desk: desk.choose(1), Wait.NOTICE_ISSUE),
    "chosen": (Wait.NOTICE_ISSUE, lambda desk: desk.issue("notice", 80), Wait.MEETING_DAY),
    "issued": (Wait.MEETING_DAY, lambda desk: desk.set_clock(2024, 5, 18), Wait.FINDINGS),
    "met": (Wait.FINDINGS, lambda desk: desk.report(desk.findings()), Wait.REPORT_APPROVAL),
    "reported": (Wait.RESULT_APPROVAL, lambda desk: desk.approve("result"), Wait.RESULT_ISSUE),
}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("point", STORY)
@pytest.mark.usefixtures("home")
def test_a_visit_of_an_earlier_version_waits_for_the_same_and_goes_on(version: str, point: str) -> None:
    before, act, after = STORY[point]
    take_out(version, point)
    desk = Desk()
    assert desk.visit.wait is before
    letters = len(desk.letters())

    assert waits_for(desk) is before, "looking again changes nothing"
    written = {letter.purpose for letter in desk.letters()[letters:]}
    assert written <= {"group_notice", "group_report"}, "and writes to nobody but whom earlier versions left out"
    act(desk)
    assert waits_for(desk) is after


@pytest.mark.parametrize("version", [one for one in VERSIONS if one > "0011"])
@pytest.mark.usefixtures("home")
def test_every_answer_of_an_earlier_version_is_read_and_would_be_written_as_it_is(version: str) -> None:
    """Fields may have come since: then the form of before has an upgrade or they have a default, and the rest stays."""
    take_out(version, "everything")

    with reading(settings().database) as session:
        rows = session.query(AnswerRow).all()
        assert {row.kind for row in rows} == set(AnswerKind) - {AnswerKind.CORRECTION}, "which came with 0019"
        for row in rows:
            again = stored.written(row.kind, stored.answer_of(row))
            before = stored.ANSWERS[AnswerKind(row.kind)].brought_up(row.content, row.shape)
            assert {**again, **before} == again, row.kind
        assert all(is_reproduced(stored.value_of(row, Advice)) for row in rows if row.kind == "recommendation")
        assert not_reproduced(session) == []
        assert calendars.in_force(session).content.days_off
        assert [row.as_rule for row in session.query(DueDateRow)]
        assert plans.read(session, 2024)[0].units


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.usefixtures("home")
def test_what_an_earlier_version_has_left_is_sealed_and_called_right(version: str) -> None:
    """Its lines keep their hashes (0027)."""
    take_out(version, "reported")

    with reading(settings().database) as session:
        lines = session.query(AuditRow).order_by(AuditRow.id).all()
        assert [bool(one.mac) for one in lines] == [False] * (len(lines) - 1) + [True]
        assert len(lines[-1].seals or {}) > 5
        assert [one for one in faults(session, settings()) if not one.warning] == []


def take_out(version: str, point: str) -> None:
    """Put that database in its place, and bring its tables up as the service does when it starts."""
    with tarfile.open(EARLIER / f"{version}.tar.xz") as kept:
        (settings().folder / "visits.db").write_bytes(kept.extractfile(f"{point}.db").read())  # type: ignore[union-attr]
    prepare(settings().database)


def waits_for(desk: Desk) -> Wait:
    outcome = desk.go_on()
    assert isinstance(outcome, Waiting), outcome
    return outcome.wait
