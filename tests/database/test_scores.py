"""What the stored sheets of a visit come to: the newest of each person, their mean, the unit's own beside it (4.5)."""

from decimal import Decimal

import pytest

from answers.answering import Giver
from config.settings import settings, use
from database import visits
from database.dossier import open_dossier
from database.engine import reading
from database.scores import given_in, read_scores, sheet_of
from domain.meeting_score import MeetingScore
from domain.score_sheet import Whose
from tests.desk import Desk
from tests.may import INSPECTOR, MAY, OFFICER
from tests.workbooks import DETAILED, given, marked

OTHER = Giver("Hoàng Văn Mẫu", "desk")


@pytest.fixture(autouse=True)
def met(desk: Desk) -> Desk:
    """Two meetings were chosen and attended."""
    desk.until_met(1, 2)
    return desk


def scores() -> tuple[MeetingScore, ...]:
    """The scores of May's visit."""
    with reading(settings().database) as session:
        return read_scores(open_dossier(session, visits.find(session, MAY).id))


def test_every_chosen_meeting_is_there_scored_or_not() -> None:
    given()

    first, second = scores()

    assert [one.meeting.number for one in (first, second)] == [1, 2]
    assert (first.begun, second.begun) == (True, False)


def test_two_members_count_by_their_mean_and_each_by_his_newest_sheet() -> None:
    given(marked(conducted="20"))
    given(marked(conducted="36.5"))
    given(marked(conducted="34"), OTHER)

    first, _ = scores()

    assert [(one.by, one.version) for one in first.group] == [(INSPECTOR.name, 2), (OTHER.name, 3)]
    assert first.total
    assert (first.total.value, first.total.grade) == (Decimal("90.75"), "Tốt")
    assert first.total.line("conducted").points == Decimal("35.25")


def test_the_head_decides_where_the_office_says_so() -> None:
    """A19: the head comes first in the contacts."""
    use(settings().model_copy(update={"score_of_group": "head"}))
    given(marked(conducted="34"), OTHER)
    assert scores()[0].total is None
    assert "người quyết định điểm của Tổ công tác" in scores()[0].why

    with reading(settings().database) as session:
        head = open_dossier(session, visits.find(session, MAY).id).contacts.inspectors[0].name
    given(marked(conducted="30"), Giver(head, "desk"))

    total = scores()[0].total
    assert total
    assert total.value == Decimal("85.5")


def test_the_units_own_sheet_is_compared_line_by_line() -> None:
    given(marked(conducted="36", closed="4"))
    given(marked(conducted="40"), OFFICER, Whose.OWN)

    first, _ = scores()

    assert first.comparison
    assert [(one.id, one.by) for one in first.comparison.differing] == [("conducted", 4), ("closed", 1)]
    assert first.comparison.value.by == 5
    assert first.comparison.own_grade == "Tốt"


def test_two_rubrics_are_not_compared() -> None:
    given()
    given(marked(), OFFICER, Whose.OWN)
    given(marked(), OTHER)
    before = scores()[0]
    given(rubric=DETAILED, inputs=marked(**dict.fromkeys(marked().marks, "")))

    first = scores()[0]

    assert before.comparison
    assert first.comparison is None
    assert first.total is None, "the newest sheet is incomplete, and the others go by another rubric"


def test_the_sheet_before_is_found_by_person_and_side() -> None:
    given()
    given(marked(), OFFICER, Whose.OWN)

    with reading(settings().database) as session:
        dossier = open_dossier(session, visits.find(session, MAY).id)
        found = [
            sheet_of(dossier, 1, Whose.GROUP, "phạm thị thí dụ"), sheet_of(dossier, 1, Whose.OWN, "ai cũng được"),
            sheet_of(dossier, 1, Whose.GROUP, OTHER.name), sheet_of(dossier, 2, Whose.GROUP, INSPECTOR.name),
        ]  # fmt: skip

    assert [one.version if one else None for one in found] == [1, 2, None, None]


def test_every_stored_sheet_is_reproduced(met: Desk) -> None:
    given()
    given(marked(conducted="0.5"), OFFICER, Whose.OWN)
    given(marked(closed=""), OTHER)

    assert [one.sheet.is_reproduced for one in given_in(met.answers("score"))] == [True] * 3
