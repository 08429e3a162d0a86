"""What the clerk does with a draft in tests: its next number, of today."""

from answers.answering import Giver
from answers.papers import Sheet, issue
from config.settings import settings
from database import numbers, visits
from database.dossier import open_dossier
from database.engine import reading
from domain.letters_and_documents import BY_NAME
from tests.may import CLERK


def number_next(key: str, paper: str, by: Giver = CLERK) -> str:
    """Issue the newest draft of `request`, `invitation`, … under the next number of its series; returns the symbol."""
    with reading(settings().database) as session:
        dossier = open_dossier(session, visits.find(session, key).id)
        row = dossier.document(BY_NAME[paper])
        assert row is not None, f"{paper} is not drawn up"
        following = numbers.next_free(session, numbers.series_of(row))
    return issue(key, paper, Sheet(following, dossier.today), by)
