"""Which obligations are covered for whom: asked of one year, and of all years at once, it is the same."""

import pytest

from config.settings import settings, use
from database import plans
from database.engine import reading, writing
from database.models import DocumentRow, VisitRow
from tests.desk import Desk
from web.desk.access import Person
from web.standing.covered import hidden_from, hidden_of_all_years

CLERK = Person(1, "c", "C", frozenset({"clerk"}))
VIEWER = Person(2, "v", "V", frozenset({"viewer"}))
OF_THE_GROUP = Person(3, "i", "I", frozenset({"inspector"}), "to-truong@to-cong-tac.example")
OF_ANOTHER = Person(4, "k", "K", frozenset({"inspector"}), "khac@tct.example")


@pytest.mark.parametrize("person", [CLERK, VIEWER, OF_THE_GROUP, OF_ANOTHER], ids=lambda one: one.login)
@pytest.mark.parametrize("marked", ["", "document", "units"])
def test_both_ways_to_ask_agree(desk: Desk, person: Person, marked: str) -> None:
    desk.until_year_end()
    if marked == "document":
        with writing(settings().database) as session:
            session.get_one(DocumentRow, desk.documents("selection_notice")[-1].id).secrecy = "MẬT"
    if marked == "units":
        use(settings().model_copy(update={"restricted_mark": "MẬT"}))

    with reading(settings().database) as session:
        hidden = hidden_from(person, session, 2024, plans.read(session, 2024)[1])
        rows = session.query(VisitRow).all()

        assert hidden_of_all_years(person, session) == {row.id for row in rows if hidden(row)}
        assert bool(hidden_of_all_years(person, session)) is (bool(marked) and person in (VIEWER, OF_ANOTHER))
