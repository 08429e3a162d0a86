"""Two visits of 2024 and its plan, start to end: warm processes and one process per run leave the very same behind."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Literal

import pytest
from sqlalchemy import select

from database.engine import reading
from database.models import AnswerRow, AuditRow, Base, DocumentRow, LetterRow, StepRow, VisitRow
from rehearsal.play import Play
from rehearsal.run import files_of, load
from tests.deployments.conftest import service_with

#: Two reminders and an outage of the mail server are among them; every wake-up of the process runner takes seconds.
VISITS = ("2024-05/bien_hoa", "2024-07/long_khanh")


@pytest.mark.year
def test_letters_and_records_are_the_same_with_either_runner(tmp_path: Path) -> None:
    """Every letter with its words, every step, answer, document and line of the record, each with its moment."""
    warm, process = (played(runner, tmp_path / runner) for runner in ("warm", "process"))
    assert len(warm["letters"]) > 20
    for what in warm:
        assert warm[what] == process[what], what


def played(runner: Literal["warm", "process"], home: Path) -> dict[str, list[str]]:
    """What a rehearsal of these visits leaves, as sorted lines."""
    plan, contacts, script = files_of("2024")
    kept = tuple(visit for visit in plan.visits if visit.key(2024) in VISITS)
    with service_with(runner, home) as service:
        none_reports = replace(plan.self_supervising, units=())
        load(service.settings, replace(plan, visits=kept, self_supervising=none_reports), contacts, script)
        result = Play(script, lambda _progress: service.watch(), patience=300).to_the_end()
        assert (result.completed, result.stuck) == (len(kept), [])
        return left_behind(service.settings.database, service.settings.mailbox)


#: Of each table what matters, without what differs from one machine to the next: processes, ids of runs, real time.
COLUMNS: dict[type[Base], str] = {
    VisitRow: "key state opened_at closed_at",
    StepRow: "visit_id step done_at note",
    AnswerRow: "visit_id kind version by content",
    DocumentRow: "visit_id type_code number",
    LetterRow: "visit_id purpose recipient state subject",
    AuditRow: "visit_id at who what",
}


def left_behind(database: str, mailbox: Path) -> dict[str, list[str]]:
    """The rows of every table and the letters that have arrived."""
    lines = {"letters": sorted(words(file) for file in mailbox.glob("*.eml"))}
    with reading(database) as session:
        for table, columns in COLUMNS.items():
            rows = session.scalars(select(table)).all()
            lines[table.__tablename__] = sorted(
                " ".join(f"{getattr(row, one)}" for one in columns.split()) for row in rows
            )
    return lines


def words(file: Path) -> str:
    """One letter that has arrived: to whom, about what, and its text."""
    letter = message_from_bytes(file.read_bytes(), policy=default)
    body = letter.get_body(("plain",))
    text = re.sub(r"\s+", " ", body.get_content()) if body else ""
    # Each home signs its links with a secret of its own, and each service has a port of its own.
    text = re.sub(r"http://127\.0\.0\.1:\d+(/tra-loi)?[^ ]*", "(liên kết)", text)
    return f"{letter['X-Envelope-To']} {letter['Subject']} {text}"
