"""Reads the score sheets of a visit: the newest of each person, and what they come to for each meeting (4.5)."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.settings import settings
from database import stored
from database.dossier import Dossier
from database.models import AnswerRow, VisitRow
from domain.meeting_score import Given, MeetingScore, meeting_score
from domain.nomination import Meeting
from domain.plan import Contacts
from domain.score_sheet import ScoreSheet, Whose
from domain.text import match_key

KIND = "score"


def given_in(rows: Iterable[AnswerRow]) -> tuple[Given, ...]:
    """The newest sheet of each person and meeting among these answers, oldest first; a unit has one of its own."""
    found: dict[tuple[int, Whose, str], Given] = {}
    for row in sorted((row for row in rows if row.kind == KIND), key=lambda one: one.version):
        sheet = stored.value_of(row, ScoreSheet)
        place = (sheet.meeting, sheet.whose, match_key(row.by) if sheet.whose is Whose.GROUP else "")
        found.pop(place, None)
        found[place] = Given(sheet, row.by, row.given_at, row.version)
    return tuple(found.values())


def scores_in(rows: Iterable[AnswerRow], meetings: Sequence[Meeting], contacts: Contacts) -> tuple[MeetingScore, ...]:
    """What these answers come to for each of these meetings, by the rule of the settings (A19: the head is first)."""
    given = given_in(rows)
    head = contacts.inspectors[0].name if contacts.inspectors else ""
    return tuple(
        meeting_score(
            meeting, [each for each in given if each.sheet.meeting == meeting.number], settings().score_of_group, head
        )
        for meeting in meetings
    )


def read_scores(dossier: Dossier) -> tuple[MeetingScore, ...]:
    """The scores of every chosen meeting, scored or not."""
    return scores_in(_rows(dossier), dossier.chosen, dossier.contacts)


def sheet_of(dossier: Dossier, meeting: int, whose: Whose, by: str) -> Given | None:
    """The newest sheet that a new one of that person would replace; the unit's own whoever typed it."""
    for one in given_in(_rows(dossier)):
        theirs = whose is Whose.OWN or match_key(one.by) == match_key(by)
        if (one.sheet.meeting, one.sheet.whose) == (meeting, whose) and theirs:
            return one
    return None


def not_reproduced(session: Session) -> list[tuple[str, AnswerRow]]:
    """Every stored sheet that no longer gives its own total, with the key of its visit: it was altered since."""
    query = select(AnswerRow, VisitRow).join(VisitRow, VisitRow.id == AnswerRow.visit_id).where(AnswerRow.kind == KIND)
    found = session.execute(query.order_by(AnswerRow.id)).all()
    return [(visit.key, row) for row, visit in found if not stored.value_of(row, ScoreSheet).is_reproduced]


def _rows(dossier: Dossier) -> Sequence[AnswerRow]:
    query = select(AnswerRow).where(AnswerRow.visit_id == dossier.visit.id, AnswerRow.kind == KIND)
    return dossier.session.scalars(query.order_by(AnswerRow.version)).all()
