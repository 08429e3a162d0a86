"""What the clerk does with a draft in tests: its next number, of today."""

from answers.answering import Giver
from answers.papers import Sheet, issue
from config.settings import settings
from database import clock, numbers, visits
from database.dossier import open_dossier
from database.engine import reading, writing
from domain.letters_and_documents import BY_NAME
from domain.state import DocumentState
from papers.drafts import draw_up
from tests.may import CLERK


def number_next(key: str, paper: str, by: Giver = CLERK) -> str:
    """Issue the newest draft of `request`, `invitation`, … under the next number of its series; returns the symbol."""
    with reading(settings().database) as session:
        dossier = open_dossier(session, visits.find(session, key).id)
        row = dossier.document(BY_NAME[paper])
        assert row is not None, f"{paper} is not drawn up"
        following = numbers.next_free(session, numbers.series_of(row))
    return issue(key, paper, Sheet(following, dossier.today), by)


def number_at_once(key: str, paper: str) -> str:
    """Have it drawn up, and issue it before the clerk is asked to."""
    with writing(settings().database) as session:
        draw_up(open_dossier(session, visits.find(session, key).id, clock.now(session)), BY_NAME[paper])
    return number_next(key, paper)


def number_invitations(key: str, notice: str, by: Giver = CLERK) -> str:
    """After a notice its invitations, where they are drawn up; returns the symbol of the notice."""
    with reading(settings().database) as session:
        row = open_dossier(session, visits.find(session, key).id).document(BY_NAME["invitation"])
    if row is not None and row.state == DocumentState.DRAFT:
        number_next(key, "invitation", by)
    return notice
