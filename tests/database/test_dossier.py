"""What was read of a visit is not read again, and is never older than what was answered in the same transaction."""

from config.settings import settings
from database import answers
from database.dossier import open_dossier
from database.engine import reading, writing
from domain.answer_kind import AnswerKind
from domain.decision import Choice
from tests.desk import Desk
from tests.web.looking import counting


def test_answers_that_are_known_are_not_read_again(desk: Desk) -> None:
    desk.until_chosen(1)
    with reading(settings().database) as session:
        dossier = open_dossier(session, desk.visit.id)
        dossier.know(answers.versions(session, dossier.visit.id))
        with counting() as asked:
            assert [one.number for one in dossier.chosen] == [1]
            assert dossier.nominations is not None
            assert dossier.findings is None
    assert asked == []


def test_an_answer_that_is_given_meanwhile_counts_at_once(desk: Desk) -> None:
    desk.until_chosen(1)
    with writing(settings().database) as session:
        dossier = open_dossier(session, desk.visit.id, lock=True)
        dossier.know(answers.versions(session, dossier.visit.id))
        assert [one.number for one in dossier.chosen] == [1]
        answers.record(session, dossier.visit.id, AnswerKind.CHOICE, Choice((2,)), by="thử", source="desk")
        assert [one.number for one in dossier.chosen] == [2]
