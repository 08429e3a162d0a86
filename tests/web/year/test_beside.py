"""What the year asks for beside the visits tells nothing of what the reader must not see (A20, trap 22)."""

from datetime import date

import pytest
from sqlalchemy import select

from config.settings import settings
from database import plans
from database.engine import reading, writing
from database.models import VisitRow
from domain import words
from domain.obligation import Kind
from domain.state import VisitState
from tests.web.conftest import AsRole
from web.year.beside import read_beside

DUE = date(2024, 12, 16)


def shown(hidden: frozenset[int]) -> tuple[dict[str, int], list[tuple[object, ...]]]:
    """The counts, and each report as its row has it."""
    with reading(settings().database) as session:
        beside = read_beside(session, plans.read(session, 2024)[0], DUE, hidden)
    rows = [(one.line.key, one.line.state, one.line.covered, one.received, one.late) for one in beside.reports]
    return dict(beside.counts), rows


def reports() -> list[int]:
    with reading(settings().database) as session:
        return list(session.scalars(select(VisitRow.id).where(VisitRow.kind == Kind.SELF_REPORT)))


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("state", [VisitState.OPEN, VisitState.CLOSED, VisitState.CANCELLED, VisitState.FILED])
def test_a_hidden_report_stands_where_it_stood_whatever_has_become_of_it(state: VisitState) -> None:
    first = reports()[0]
    before, open_to_all = shown(frozenset({first})), shown(frozenset())

    with writing(settings().database) as session:
        session.get_one(VisitRow, first).state = state

    assert shown(frozenset({first})) == before
    assert before[0]["marked"] == 1
    assert before[1][-1][1:3] == ("", True), "last, without its state"
    assert shown(frozenset()) != open_to_all, "whom it concerns sees it"


@pytest.mark.usefixtures("desk")
def test_a_unit_that_never_reported_is_not_said_to_be_done(as_role: AsRole) -> None:
    """One whose report was done on paper before the service is."""
    never, on_paper = reports()[:2]
    with writing(settings().database) as session:
        for one in (never, on_paper):
            session.get_one(VisitRow, one).state = VisitState.CLOSED
        session.get_one(VisitRow, on_paper).taken_up = "done"
        key, other = session.get_one(VisitRow, never).key, session.get_one(VisitRow, on_paper).key

    with reading(settings().database) as session:
        beside = read_beside(session, plans.read(session, 2024)[0], DUE, frozenset())
    badges = {one.line.key: one.line.state_word for one in beside.reports}

    assert badges[key] == "không có báo cáo"
    assert badges[other] == words.VISITS[VisitState.CLOSED]
    officer = as_role("officer")
    year, unit = key.split("/")
    assert '<span class="tag">không có báo cáo</span>' in officer.get(f"/nam/{year}").text
    told = officer.get(f"/nam/{year}/bao-cao/{unit}").text
    assert '<span class="tag">không có báo cáo</span>' in told
    assert '<p class="standing-what">Không có báo cáo</p>' in told
    assert "Đã kết thúc ngày" not in told
