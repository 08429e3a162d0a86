"""Where several meetings were attended, the findings form has a part for each of them (R15, R16–R38)."""

import pytest

from domain.plan import Contacts, Plan
from tests.desk import Desk
from tests.meetings_held import held
from tests.web.conftest import AsRole, Visitor
from tests.web.findings.draft import URL, autosave, draft_of


@pytest.fixture
def both_met(desk: Desk) -> Desk:
    """The morning after the last of two chosen meetings."""
    desk.until_met(1, 2)
    return desk


@pytest.fixture
def inspector(both_met: Desk, as_role: AsRole) -> Visitor:
    """The head of the working group at her browser."""
    assert len(both_met.chosen()) == 2
    return as_role("inspector")


@pytest.fixture
def typed(both_met: Desk, shipped: tuple[Plan, Contacts]) -> dict[str, str]:
    """Everything is met at the first; the second has no book of resolutions."""
    facts = ("chaired_by", "minutes_by", "members", "present", "absences", "began", "ended")
    fields = {
        f"meeting-{one.meeting}-{fact}": str(getattr(one, fact)) for one in held(both_met.chosen()) for fact in facts
    }
    fields |= {f"meeting-{number}-resolution": "passed" for number in (1, 2)}
    fields |= {f"result-{item.id}-{number}": "met" for item in shipped[0].checklist for number in (1, 2)}
    return fields | {
        "do": "review", "turn": "1", "seen": "0",
        "result-R20-2": "not_met", "remark-R20-2": "chưa lập sổ",
        "strength-1": "Đúng giờ", "strength-2": "Thảo luận sôi nổi", "strength-2-meeting": "1",
        "limitation-1": "Chưa lập sổ nghị quyết", "limitation-1-items": "II.2.b", "limitation-1-meeting": "2",
        "remedy-1-1-text": "Lập sổ", "remedy-1-1-owner": "Đảng ủy", "remedy-1-1-due": "01/7/2024",
    }  # fmt: skip


def test_each_meeting_has_its_list_and_is_sent_with_its_own_results(
    inspector: Visitor, both_met: Desk, typed: dict[str, str]
) -> None:
    page = inspector.get(URL).text
    assert [page.count(f'name="result-R20-{number}"') for number in (1, 2)] == [5, 5]
    assert 'name="result-R20"' not in page

    assert 'id="complete"' in inspector.post(URL, typed).text
    inspector.post(URL, typed | {"do": "confirm"})

    findings = both_met.dossier().findings
    assert findings is not None
    assert {one.meeting: (one.result.value, one.limitations) for one in findings.items if one.item == "R20"} == {
        1: ("met", ()), 2: ("not_met", (1,)),
    }  # fmt: skip
    assert (findings.strengths_at, findings.limitations_at) == ((0, 1), (2,))
    again = inspector.get(URL).text
    assert 'value="chưa lập sổ"' in again
    assert "48</span>/48 mục" in again


def test_what_is_missing_is_named_meeting_by_meeting(inspector: Visitor, both_met: Desk, typed: dict[str, str]) -> None:
    names = [meeting.organisation for meeting in both_met.chosen()]
    lacking = typed | {"result-R16-1": "", "result-R17-2": "", "remark-R20-2": "", "strength-1": ""}

    review = inspector.post(URL, lacking).text

    assert f"02 mục chưa có kết quả: {names[0]}: II.1.a; {names[1]}: II.1.b" in review
    assert f"{names[1]}: II.2.b: kết quả “Chưa đạt” chưa có ghi chú" in review
    assert f"chưa ghi của {names[1]}" in review


def test_an_item_that_is_met_there_is_not_named_by_another_meetings_limitation(
    inspector: Visitor, typed: dict[str, str]
) -> None:
    review = inspector.post(URL, typed | {"limitation-1-meeting": "1"}).text
    assert "nhưng được nêu ở phần hạn chế" in review
    assert "chưa nêu thành hạn chế" in review


def test_a_draft_keeps_whose_meeting_it_was(inspector: Visitor, both_met: Desk) -> None:
    autosave(inspector, **{"result-R16-2": ("met", 5), "limitation-1-meeting": ("2", 5)})
    assert draft_of(both_met) == {"result-R16-2": "met", "limitation-1-meeting": "2"}


def test_a_draft_of_before_stands_at_each_meeting(inspector: Visitor) -> None:
    """It was typed when the form had one list for all."""
    autosave(inspector, **{"remark-R16": ("chậm", 5)})
    assert inspector.get(URL).text.count('value="chậm"') == 2
