"""A meeting moves, a visit is called off (A23)."""

import pytest

from tests.desk import Desk
from tests.may import MAY
from tests.web.conftest import AsRole
from tests.web.deciding import VISIT, problem_at

# Moving and calling off


def test_a_meeting_moves_with_the_reason(chosen: Desk, as_role: AsRole) -> None:
    """A23."""
    answer = as_role("officer").post(
        f"{VISIT}/doi/1", {"day": "21/5/2024", "time": "14h30", "venue": "Hội trường", "reason": "Thi học kỳ"}
    )

    assert answer.status_code == 303
    (row,) = chosen.answers("move")
    assert (row.by, row.source, row.content["reason"]) == ("Nguyễn Văn Ví Dụ", "desk", "Thi học kỳ")
    assert row.content["to"].startswith("2024-05-21T14:30")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("day", "", "Chưa ghi ngày."),
        ("day", "20/3/2024", "đã qua"),
        ("day", "30/2/2024", "không có trên lịch"),
        ("time", "", "Chưa ghi giờ."),
        ("time", "25:00", "không phải giờ trong ngày"),
        ("reason", "", "Chưa ghi lý do."),
    ],
)
def test_a_move_with_a_wrong_field_is_refused_there(
    chosen: Desk, as_role: AsRole, field: str, typed: str, said: str
) -> None:
    good = {"day": "21/5/2024", "time": "14:30", "venue": "Hội trường", "reason": "Thi học kỳ"}

    answer = as_role("officer").post(f"{VISIT}/doi/1", good | {field: typed})

    assert said in problem_at(answer, field)
    assert 'value="Hội trường"' in answer.text
    assert chosen.answers("move") == []


def test_there_is_no_form_for_a_meeting_that_is_not_listed(chosen: Desk, as_role: AsRole) -> None:
    assert chosen.key == MAY
    assert as_role("officer").get(f"{VISIT}/doi/9").status_code == 404


def test_a_visit_is_called_off_with_reason_and_confirmation(chosen: Desk, as_role: AsRole) -> None:
    leader = as_role("leader")

    unsure = leader.post(f"{VISIT}/huy", {"reason": "Đơn vị hợp nhất"})
    assert "Chưa xác nhận." in problem_at(unsure, "sure")
    unfounded = leader.post(f"{VISIT}/huy", {"reason": "", "sure": "1"})
    assert "Chưa ghi lý do." in problem_at(unfounded, "reason")
    assert chosen.visit.state == "open"

    assert leader.post(f"{VISIT}/huy", {"reason": "Đơn vị hợp nhất", "sure": "1"}).status_code == 303
    assert chosen.visit.state == "cancelled"
    assert chosen.answers("cancellation")[0].by == "Trần Thị Minh Họa"
